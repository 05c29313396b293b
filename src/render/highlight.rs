//! Colours of code: text → ranges with classes. Languages are data, in `presets/code-languages.yaml`.
//!
//! Code is read word by word and never parsed, so that the time is linear in its length and a page
//! full of code costs little more than its text. What is too long is left as it is.

mod language;
mod lexer;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use crate::render::highlight::language::Language;
use crate::render::highlight::lexer::Lexer;

const LANGUAGES: &str = include_str!("../presets/code-languages.yaml");

/// Longest code that is coloured, in bytes, and its longest line.
const MAX_CODE: usize = 20 << 10;
const MAX_LINE: usize = 1000;

/// Fewest bytes of code for each range that is coloured, so that the tags around them do not become
/// many times as long as the code.
const BYTES_PER_RANGE: usize = 3;

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A comment.
    Comment,
    /// A string.
    String,
    /// A number or a constant.
    Number,
    /// A keyword.
    Keyword,
    /// A name that is called.
    Function,
    /// A type or the name of a tag.
    Type,
    /// A key, an attribute or a variable.
    Name,
    /// A line that was added.
    Inserted,
    /// A line that was taken away.
    Deleted,
}

impl Class {
    /// Its name in a page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comment => "c",
            Self::String => "s",
            Self::Number => "n",
            Self::Keyword => "k",
            Self::Function => "f",
            Self::Type => "t",
            Self::Name => "a",
            Self::Inserted => "i",
            Self::Deleted => "d",
        }
    }
}

/// A piece of code and what it is.
pub type Coloured = (Range<usize>, Class);

/// Every language by each of its names.
#[derive(Debug, Default)]
pub struct Highlighter {
    languages: OnceLock<Languages>,
}

/// The languages, and where each name leads.
#[derive(Debug)]
struct Languages {
    list: Vec<Language>,
    names: BTreeMap<String, usize>,
}

impl Highlighter {
    /// The pieces of a code that have a colour, in order; none where the language is unknown or the
    /// code is too long.
    pub fn highlight(&self, code: &str, language: &str) -> Vec<Coloured> {
        if code.len() > MAX_CODE || code.lines().any(|line| line.len() > MAX_LINE) {
            return Vec::new();
        }
        let Some(known) = self.get(language) else {
            return Vec::new();
        };
        let embedded = |name: &str| self.get(name);
        let mut found = Lexer::new(code, known, &embedded).run();
        found.truncate(code.len() / BYTES_PER_RANGE);
        found
    }

    fn get(&self, name: &str) -> Option<&Language> {
        let languages = self.languages.get_or_init(load);
        let index = match languages.names.get(name) {
            Some(index) => index,
            None => languages.names.get(&name.to_ascii_lowercase())?,
        };
        languages.list.get(*index)
    }
}

fn load() -> Languages {
    let list: Vec<Language> = serde_yaml::from_str(LANGUAGES)
        .expect("the embedded languages are valid, a test reads them");
    let names = list.iter().enumerate();
    let names = names
        .flat_map(|(index, language)| language.names.iter().map(move |name| (name.clone(), index)));
    Languages {
        names: names.collect(),
        list,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// Compares the coloured pieces, each after its class.
    fn check(language: &str, code: &str, expected: &str) {
        let found = Highlighter::default().highlight(code, language);
        let pieces: Vec<String> = found
            .iter()
            .map(|(range, class)| format!("{}:{}", class.name(), &code[range.clone()]))
            .collect();
        assert_eq!(pieces.join("|"), expected, "{code}");
    }

    #[test]
    fn words_of_programs_are_coloured() {
        check(
            "js",
            "const a = call('b', 1.5) // c\n",
            "k:const|f:call|s:'b'|n:1.5|c:// c",
        );
        check("ts", "x: Array<number> = null", "a:x|t:Array|n:null");
        check(
            "jsx",
            "<Card title=\"a\" on={b}>it's</Card>",
            "t:Card|a:title|s:\"a\"|a:on|t:Card",
        );
        check(
            "py",
            "def f(a): # b\n  \"\"\"c\nd\"\"\"\n",
            "k:def|f:f|c:# b|s:\"\"\"c\nd\"\"\"",
        );
        check("sql", "SELECT a From b", "k:SELECT|k:From");
        check("sh", "npm i -D x $HOME # y", "f:npm|a:-D|a:$HOME|c:# y");
    }

    #[test]
    fn keys_and_tags_of_data_are_coloured() {
        check(
            "json",
            "{\"a\": \"b\", \"c\": 1}",
            "a:\"a\"|s:\"b\"|a:\"c\"|n:1",
        );
        check("yaml", "a-b: c # d\n", "a:a-b|c:# d");
        check("toml", "a = true", "a:a|n:true");
        check("css", ".a { color: #fff; }", "a:color|n:#fff");
        check(
            "html",
            "<!-- a --><p class=\"b\">if c</p><script>let d</script>",
            "c:<!-- a -->|t:p|a:class|s:\"b\"|t:p|t:script|k:let|t:script",
        );
        check("diff", "+a\n-b\n c\n", "i:+a|d:-b");
    }

    #[test]
    fn what_is_unknown_or_too_long_is_left_as_it_is() {
        check("nothing", "const a", "");
        check("", "const a", "");
        check("js", &format!("const {}", "a".repeat(MAX_LINE)), "");
        check("js", &"const a\n".repeat(MAX_CODE / 8 + 1), "");
        let dense = Highlighter::default().highlight(&"1,".repeat(400), "js");
        assert_eq!(dense.len(), 800 / BYTES_PER_RANGE);
    }

    #[test]
    fn ranges_are_in_order_whatever_the_code_is() {
        let languages = Highlighter::default();
        let pieces = [
            "<", "'", "\"", "`", "/*", "#", "<!--", "<script>", "가", "a:", "\n", "\\", "-", "$",
        ];
        for name in ["js", "html", "sh", "css", "yaml", "md", "diff", "py"] {
            for piece in pieces {
                let code = (piece.to_string() + " ").repeat(60) + piece;
                let mut end = 0;
                for (range, _) in languages.highlight(&code, name) {
                    assert!(
                        end <= range.start && range.start < range.end,
                        "{name} {piece}"
                    );
                    assert!(code.get(range.clone()).is_some(), "{name} {piece}");
                    end = range.end;
                }
            }
        }
    }

    #[test]
    fn time_is_bounded() {
        let languages = Highlighter::default();
        for piece in ["'a", "\"", "<a ", "/*", "<script>", "$", "a:", "`"] {
            let line = piece.repeat(990 / piece.len()) + "\n";
            let code = line.repeat(MAX_CODE / line.len());
            let start = Instant::now();
            for name in ["js", "html", "sh", "css"] {
                languages.highlight(&code, name);
            }
            assert!(start.elapsed().as_secs() < 5, "{piece}");
        }
    }
}

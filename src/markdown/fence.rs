//! What the words after a fence say of the code: language, title, marked lines.
//!
//! ```text
//! js title="app.js" {1,3-4} ins={5}
//! js {{ filename: 'app.js', mark: [1, [3, 4]] }}
//! js app.js [App]
//! ```

use crate::literal::{self, Value};
use crate::markdown::node::{CodeBlock, LineMark};

/// Words after the language that set how a tool shows the code, and name nothing.
const SWITCHES: [&str; 22] = [
    "active",
    "hidden",
    "readOnly",
    "wrap",
    "nowrap",
    "lines",
    "expandable",
    "twoslash",
    "collapse",
    "showLineNumbers",
    "noLineNumbers",
    "lineNumbers",
    "copy",
    "nocopy",
    "live",
    "noInline",
    "runnable",
    "interactive",
    "tab",
    "sandpack",
    "frame",
    "focus",
];

/// Line numbers that are read of one list of lines; more mark nothing.
const MOST_RANGES: usize = 64;

/// What is known of a piece of code besides its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fence<'a> {
    /// The language as written; empty when there is none.
    pub language: &'a str,
    /// Its title, such as the name of its file.
    pub title: Option<String>,
    /// What follows the language and is neither a title nor lines.
    words: String,
    ranges: Vec<(usize, usize, LineMark)>,
    /// Lines that comments in the code mark; in order.
    noted: &'a [(usize, LineMark)],
}

impl<'a> Fence<'a> {
    /// Reads what is after the fence of a code block.
    pub fn of(code: &'a CodeBlock) -> Self {
        Self {
            noted: &code.marks,
            ..Self::read(code.info.as_deref().unwrap_or_default())
        }
    }

    /// Reads the text after a fence.
    pub fn read(info: &'a str) -> Self {
        let info = info.trim();
        let end = info
            .find(|c: char| c.is_whitespace() || c == '{' || c == '[')
            .unwrap_or(info.len());
        let mut fence = Self::default();
        let (language, rest) = info.split_at(end);
        // `title="a"` without a language.
        let rest = match language.contains('=') {
            true => info,
            false => {
                fence.language = language;
                rest
            }
        };
        fence.rest(rest);
        fence
    }

    fn rest(&mut self, text: &str) {
        let mut rest = text;
        loop {
            rest = rest.trim_start();
            let Some(first) = rest.chars().next() else {
                return;
            };
            rest = match first {
                '{' => self.braces(rest),
                '[' => self.brackets(rest),
                _ => self.word(rest),
            };
        }
    }

    /// `{1,3-4}`, or `{{ filename: 'a' }}`, or attributes `{title="a"}`.
    fn braces<'r>(&mut self, rest: &'r str) -> &'r str {
        let close = if rest.starts_with("{{") { "}}" } else { "}" };
        let Some(end) = rest.find(close) else {
            self.words.push_str(rest);
            return "";
        };
        let inner = rest[close.len()..end].trim();
        let is_lines = inner
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b",- .".contains(&byte));
        if close == "}}" {
            self.map(&literal::read(&format!("{{{inner}}}")));
        } else if is_lines {
            self.lines(inner, LineMark::Marked);
        } else {
            self.rest(inner);
        }
        &rest[end + close.len()..]
    }

    /// `[name]`
    fn brackets<'r>(&mut self, rest: &'r str) -> &'r str {
        let Some(end) = rest.find(']') else {
            self.words.push_str(rest);
            return "";
        };
        let name = rest[1..end].trim();
        if self.title.is_none() && !name.is_empty() {
            self.title = Some(name.to_string());
        }
        &rest[end + 1..]
    }

    /// `title="a b"`, `ins={1}`, `hl_lines="1 3"`, or a word.
    fn word<'r>(&mut self, rest: &'r str) -> &'r str {
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '=')
            .unwrap_or(rest.len());
        let name = &rest[..end];
        let Some(value) = rest[end..].strip_prefix('=') else {
            if !SWITCHES.contains(&name) {
                if !self.words.is_empty() {
                    self.words.push(' ');
                }
                self.words.push_str(name);
            }
            return &rest[end..];
        };
        let (value, after) = value_of(value);
        match name {
            "title" | "filename" | "file" | "name" | "label" if !value.is_empty() => {
                self.title = Some(value.to_string());
            }
            "mark" | "hl_lines" | "highlight" | "hl" => self.lines(value, LineMark::Marked),
            "ins" | "add" => self.lines(value, LineMark::Inserted),
            "del" | "remove" => self.lines(value, LineMark::Deleted),
            _ => {}
        }
        after
    }

    /// What a map in double braces says.
    fn map(&mut self, map: &Value) {
        for name in ["filename", "title", "file"] {
            if let Some(title) = map.get(name).map(Value::text)
                && !title.is_empty()
            {
                self.title = Some(title);
                break;
            }
        }
        let marks = [
            ("mark", LineMark::Marked),
            ("ins", LineMark::Inserted),
            ("del", LineMark::Deleted),
        ];
        for (name, mark) in marks {
            let Some(Value::List(items)) = map.get(name) else {
                continue;
            };
            for item in items {
                match item {
                    Value::List(range) => {
                        let ends: Vec<String> = range.iter().map(Value::text).collect();
                        self.lines(&ends.join("-"), mark);
                    }
                    one => self.lines(&one.text(), mark),
                }
            }
        }
    }

    /// `1,3-4` or `1 3-4`
    fn lines(&mut self, text: &str, mark: LineMark) {
        let parts = text.split([',', ' ', '{', '}', '[', ']', '"', '\'']);
        for part in parts.filter(|part| !part.is_empty()) {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            if let (Ok(first), Ok(last)) = (first.parse(), last.parse())
                && self.ranges.len() < MOST_RANGES
            {
                self.ranges.push((first, last, mark));
            }
        }
    }

    /// The name by which the code is chosen in a group: its title, else the words after the
    /// language.
    pub fn label(&self) -> Option<String> {
        let words = Some(&self.words).filter(|words| !words.is_empty());
        self.title.clone().or_else(|| words.cloned())
    }

    /// How the line with this number, from 1, is marked.
    pub fn mark(&self, line: usize) -> Option<LineMark> {
        if let Ok(place) = self.noted.binary_search_by_key(&line, |(line, _)| *line) {
            return Some(self.noted[place].1);
        }
        let ranges = self.ranges.iter().rev();
        let mut found = ranges.filter(|(first, last, _)| (*first..=*last).contains(&line));
        found.next().map(|(_, _, mark)| *mark)
    }

    /// Whether a line may be marked.
    pub fn has_marks(&self) -> bool {
        !self.ranges.is_empty() || !self.noted.is_empty()
    }
}

/// A value in quotes, braces or brackets, or a word, and what follows it.
fn value_of(text: &str) -> (&str, &str) {
    let close = match text.chars().next() {
        Some('"') => '"',
        Some('\'') => '\'',
        Some('{') => '}',
        Some('[') => ']',
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            return text.split_at(end);
        }
    };
    match text[1..].find(close) {
        Some(end) => (&text[1..=end], &text[end + 2..]),
        None => (&text[1..], ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(info: &str, language: &str, title: Option<&str>, label: Option<&str>, marked: &str) {
        let fence = Fence::read(info);
        let sign = |line| match fence.mark(line) {
            None => '.',
            Some(LineMark::Marked) => '=',
            Some(LineMark::Inserted) => '+',
            Some(LineMark::Deleted) => '-',
        };
        let marks: String = (1..=5).map(sign).collect();
        assert_eq!(fence.language, language, "{info}");
        assert_eq!(fence.title.as_deref(), title, "{info}");
        assert_eq!(fence.label().as_deref(), label, "{info}");
        assert_eq!(marks, marked, "{info}");
    }

    #[test]
    fn titles_and_lines_are_read_in_the_ways_of_every_tool() {
        check("", "", None, None, ".....");
        check("js", "js", None, None, ".....");
        let title = Some("a b.js");
        check("js title=\"a b.js\" {1,3-4}", "js", title, title, "=.==.");
        check("js{2} filename='a b.js'", "js", title, title, ".=...");
        check(
            "{{ filename: 'a b.js', ins: [1, [3, 4]] }}",
            "",
            title,
            title,
            "+.++.",
        );
        check("js [a b.js]", "js", title, title, ".....");
        check("js [a b.js] del={2} ins={1,5}", "js", title, title, "+-..+");
        check("python hl_lines=\"1 3-4\"", "python", None, None, "=.==.");
        check("bash npm", "bash", None, Some("npm"), ".....");
        check(
            "js wrap src/a.js active",
            "js",
            None,
            Some("src/a.js"),
            ".....",
        );
        check("title=\"a b.js\"", "", title, title, ".....");
        check("js {title=\"a b.js\"}", "js", title, title, ".....");
    }

    #[test]
    fn what_does_not_end_is_read_to_the_end() {
        check("js {1", "js", None, Some("{1"), ".....");
        check("js [a", "js", None, Some("[a"), ".....");
        check("js title=\"a", "js", Some("a"), Some("a"), ".....");
        check("js {99999999999999999999-}", "js", None, None, ".....");
    }
}

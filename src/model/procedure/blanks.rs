//! Values to fill in within code: `<cluster-name>`, `YOUR_API_KEY`, `{{ name }}`.
//!
//! Code goes in, the names of what its reader puts there come out. A tag, a type and what a program
//! writes are between the same marks, so in code that may have one the name itself has to show that
//! it is none.

use std::collections::HashSet;
use std::ops::Range;

use crate::config::procedures::ProcedureConvention;
use crate::config::procedures::words::Vocabulary;
use crate::markdown::fence::Fence;
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk, walk_inlines};
use crate::model::conventions::Conventions;
use crate::model::field::secret_word;
use crate::model::item::{Blank, Item, Role};

/// Longest name, in bytes.
const LONGEST: usize = 60;

/// Looks for values to fill in.
pub(super) struct BlankFinder<'f> {
    pub convention: &'f ProcedureConvention,
    pub vocabulary: &'f Vocabulary,
    pub conventions: &'f Conventions<'f>,
}

/// What else may be between the marks around a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marks {
    /// Nothing: a language of commands or settings.
    Names,
    /// Perhaps a tag: code in a line of text, or without a language.
    Unknown,
    /// Tags or types.
    Syntax,
}

impl BlankFinder<'_> {
    /// Sets what is to be filled in for a step and the items within it, each name once.
    pub fn fill(&self, item: &mut Item) {
        let mut seen = HashSet::new();
        item.blanks = self.blanks(item, &mut seen);
        for part in item.items.iter_mut().filter(|part| is_done(part)) {
            part.blanks = self.blanks(part, &mut seen);
        }
    }

    fn blanks(&self, item: &Item, seen: &mut HashSet<String>) -> Vec<Blank> {
        let mut names: Vec<String> = Vec::new();
        let mut visit = |node: Node<'_>| {
            let found = match node {
                Node::Inline(Inline::Code(code)) => self.names(&code.text, Marks::Unknown),
                Node::Block(Block::Code(code)) => {
                    self.names(&code.text, self.marks(Fence::of(code).language))
                }
                _ => return,
            };
            let fresh = found.into_iter().filter(|name| seen.insert(name.clone()));
            names.extend(fresh);
        };
        walk_inlines(&item.label, Attributes::Enter, &mut visit);
        walk(&item.detail, Attributes::Enter, &mut visit);
        if let Some(field) = &item.setting {
            walk_inlines(&field.text, Attributes::Enter, &mut visit);
            walk(&field.note, Attributes::Enter, &mut visit);
        }
        let words = &self.conventions.words.fields;
        let blanks = names.into_iter().map(|name| Blank {
            is_secret: secret_word(&name, words).is_some(),
            name,
        });
        blanks.collect()
    }

    fn marks(&self, language: &str) -> Marks {
        let language = language.to_lowercase();
        match self.convention.command_languages.contains(&language) {
            _ if language.is_empty() => Marks::Unknown,
            true => Marks::Names,
            false => Marks::Syntax,
        }
    }

    /// The names in a piece of code, in order.
    fn names(&self, code: &str, marks: Marks) -> Vec<String> {
        let has_tags = marks == Marks::Unknown && (code.contains("</") || code.contains("/>"));
        let marks = if has_tags { Marks::Syntax } else { marks };
        let mut names = Vec::new();
        let mut at = 0;
        while let Some(start) = code[at..].find(|c: char| c == '<' || c == '{' || is_part(c)) {
            let start = at + start;
            let (name, end) = match code.as_bytes()[start] {
                b'<' => self.in_angles(code, start, marks),
                b'{' => self.in_braces(code, start, marks),
                _ => self.word(code, start),
            };
            names.extend(name.map(|name| code[name].to_string()));
            at = end;
        }
        names
    }

    /// The name in angle brackets that begin at a byte, and where to look on.
    fn in_angles(&self, code: &str, start: usize, marks: Marks) -> (Option<Range<usize>>, usize) {
        let inner = start + 1;
        let Some(name) = enclosed(&code[inner..], ">") else {
            return (None, inner);
        };
        let is_word = code[..start].ends_with(char::is_alphanumeric);
        let is_blank = match marks {
            Marks::Names => !self.is_result(name),
            Marks::Unknown => {
                !self.is_result(name) && !self.is_element(name) && (!is_word || is_compound(name))
            }
            Marks::Syntax => self.begins_with_filler(name) && name.contains([' ', '-', '_']),
        };
        match is_blank {
            true => (Some(inner..inner + name.len()), inner + name.len() + 1),
            false => (None, inner),
        }
    }

    /// The name in double braces that begin at a byte, and where to look on. Braces with more in them
    /// are those of a template.
    fn in_braces(&self, code: &str, start: usize, marks: Marks) -> (Option<Range<usize>>, usize) {
        let Some(rest) = code[start..].strip_prefix("{{") else {
            return (None, start + 1);
        };
        let inner = start + 2;
        let is_expression = match marks {
            Marks::Names => code[..start].ends_with('$'),
            Marks::Unknown => code[..start].ends_with(['$', '=']),
            Marks::Syntax => true,
        };
        let name = enclosed_word(rest).filter(|_| !is_expression);
        match name {
            Some(name) => (Some(inner + name.start..inner + name.end), inner + name.end),
            None => (None, inner),
        }
    }

    /// The word that begins at a byte, where its first part says that it is to be replaced.
    fn word(&self, code: &str, start: usize) -> (Option<Range<usize>>, usize) {
        let length = code[start..].find(|c| !is_part(c));
        let end = length.map_or(code.len(), |length| start + length);
        let whole = code[start..end].trim_end_matches(['-', '_']);
        let is_blank = whole.len() <= LONGEST && self.begins_with_filler(whole);
        (is_blank.then(|| start..start + whole.len()), end)
    }

    /// Whether the first of several words is one of those before what is to be replaced. Some begin
    /// names of examples, too, but not in capitals.
    fn begins_with_filler(&self, name: &str) -> bool {
        let Some(end) = name.find(|c: char| !c.is_ascii_alphabetic()) else {
            return self.begins_with_filler_in_one(name);
        };
        let first = name[..end].to_lowercase();
        let is_example = self.vocabulary.example_words.contains(&first);
        let is_shouted = !name.contains(|c: char| c.is_ascii_lowercase());
        self.vocabulary.placeholder_words.contains(&first)
            && name[end..].contains(char::is_alphanumeric)
            && (is_shouted || !is_example)
    }

    /// The same for words that are written as one: `yourDomain`, but not the name of a type.
    fn begins_with_filler_in_one(&self, name: &str) -> bool {
        let mut others = name.char_indices().skip(1);
        let Some((end, _)) = others.find(|(_, c)| c.is_ascii_uppercase()) else {
            return false;
        };
        let first = name[..end].to_lowercase();
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && self.vocabulary.placeholder_words.contains(&first)
            && !self.vocabulary.example_words.contains(&first)
    }

    /// Whether a program writes the name for what is not there: `<none>`.
    fn is_result(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.convention.output_words.contains(&name)
    }

    /// Whether the name is that of an element of HTML, or that of a type.
    fn is_element(&self, name: &str) -> bool {
        let first = name.split(' ').next().unwrap_or_default();
        let is_type = !name.contains([' ', '-', '_'])
            && name.starts_with(|c: char| c.is_ascii_uppercase())
            && name.contains(|c: char| c.is_ascii_lowercase());
        let is_letter = name.chars().count() == 1;
        let is_known = self.convention.elements.iter().any(|one| one == first);
        is_type || is_letter || is_known || name.contains('=')
    }
}

/// Whether an item is done and not only seen: output has nothing to fill in.
fn is_done(item: &Item) -> bool {
    item.role.has_box() && item.role != Role::Result
}

fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// Whether a name consists of several words.
fn is_compound(name: &str) -> bool {
    name.trim_matches(['-', '_']).contains([' ', '-', '_'])
}

/// The name before a mark: letters first, and nothing that a sentence or a program would have.
fn enclosed<'t>(rest: &'t str, mark: &str) -> Option<&'t str> {
    let is_name = |c: char| c.is_alphanumeric() || " -_.#:'".contains(c);
    let end = rest.find(|c| !is_name(c))?;
    let name = &rest[..end];
    let is_blank = end <= LONGEST
        && rest[end..].starts_with(mark)
        && name.starts_with(char::is_alphanumeric)
        && !name.ends_with(' ')
        && name.contains(char::is_alphabetic);
    is_blank.then_some(name)
}

/// The bytes of the word before two closing braces, without the blanks around it.
fn enclosed_word(rest: &str) -> Option<Range<usize>> {
    let start = rest.len() - rest.trim_start_matches(' ').len();
    let length = rest[start..].find(|c| !is_part(c))?;
    let behind = rest[start + length..].trim_start_matches(' ');
    let name = &rest[start..start + length];
    let is_blank = length <= LONGEST
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && behind.starts_with("}}");
    is_blank.then_some(start..start + length)
}

#[cfg(test)]
mod tests {
    use crate::model::procedure::tests::procedures_at;

    /// Names of what is to be filled in for the first step, with a `!` at secrets; the step has a code
    /// block of a language.
    fn assert_blanks(language: &str, code: &str, expected: &[&str]) {
        let code = code.replace('\n', "\n   ");
        let text = format!(
            "# Install\n\n1. Run this:\n\n   ```{language}\n   {code}\n   ```\n2. Open a.\n"
        );
        assert_blanks_in(&text, expected);
    }

    fn assert_blanks_in(text: &str, expected: &[&str]) {
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let items = &found[0].items;
        let blanks = items[0].blanks.iter().map(|blank| {
            let sign = if blank.is_secret { "!" } else { "" };
            format!("{sign}{}", blank.name)
        });
        assert_eq!(blanks.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn names_between_marks_are_to_be_filled_in() {
        assert_blanks(
            "shell",
            "kubectl delete pod <pod-name> -n <my-namespace> <pod-name>\ncurl <고객사 서버 URL>",
            &["pod-name", "my-namespace", "고객사 서버 URL"],
        );
        assert_blanks("", "ssh <user>@<host>", &["user", "host"]);
        assert_blanks("env", "KEY={{ region }} B={{zone}}", &["region", "zone"]);
        assert_blanks("ts", "a = \"<your tag value>\"", &["your tag value"]);
    }

    #[test]
    fn words_that_say_so_are_to_be_filled_in() {
        assert_blanks(
            "python",
            "login(\"https://your-domain.com\", YOUR_REGION, MY_ZONE, {yourHost})",
            &["your-domain", "YOUR_REGION", "MY_ZONE", "yourHost"],
        );
        assert_blanks(
            "sh",
            "create my-app your yours yourself --my-flag --- __ YourApp",
            &[],
        );
    }

    #[test]
    fn names_of_secrets_are_secret() {
        assert_blanks(
            "sh",
            "login YOUR_API_KEY <gh-token> <비밀번호> <user>",
            &["!YOUR_API_KEY", "!gh-token", "!비밀번호", "user"],
        );
    }

    #[test]
    fn tags_types_redirections_and_output_are_none() {
        assert_blanks("tsx", "<div>{{ a }}<Image /> useState<string>()", &[]);
        assert_blanks("", "let a: Vec<T>; Map<string, number> <div> <String>", &[]);
        assert_blanks("", "<version>1</version> <scope>", &[]);
        assert_blanks(
            "sh",
            "a < b > c\ncat <<EOF >out\nNODE <none>\n<<a>>",
            &["a"],
        );
        assert_blanks("yaml", "a: ${{ secrets.A }} {{ .Values.b }} {{< c >}}", &[]);
        assert_blanks_in("# A\n\n1. Add a `<div>` to it.\n2. Open a.\n", &[]);
    }

    #[test]
    fn each_name_of_a_step_has_one_place() {
        let text = "# A\n\n1. Run `a <x-name>`:\n\n   1. Run `b <x-name> <y-name>`.\n   2. Open c.\n2. Open a.\n";
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let step = &found[0].items[0];
        let names = |blanks: &[super::Blank]| -> Vec<String> {
            blanks.iter().map(|blank| blank.name.clone()).collect()
        };
        assert_eq!(names(&step.blanks), ["x-name"]);
        assert_eq!(names(&step.items[0].blanks), ["y-name"]);
    }
}

//! What an author declares about procedures: comments directly above a list, a heading or a component,
//! and the frontmatter.
//!
//! ```text
//! <!-- tickbook procedure -->
//! <!-- tickbook no procedure: a sequence of events -->      in MDX {/* tickbook procedure */}
//!
//! procedure: headings                                        in the frontmatter
//! procedure: { Rollout: headings, How it works: false }
//! ```

use crate::config::procedures::Form;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::literal::{Value, toml, yaml};
use crate::markdown::Document;
use crate::markdown::node::{Block, Inline};
use crate::markdown::text::comment_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// The key of the frontmatter.
const KEY: &str = "procedure";

/// What each comment begins with.
const TOOL: &str = "tickbook";

/// Words of the frontmatter by the form that they declare.
const FORMS: [(&str, Form, bool); 6] = [
    ("steps", Form::Steps, false),
    ("tasks", Form::Tasklist, false),
    ("headings", Form::Headings, false),
    ("runbook", Form::Runbook, false),
    ("ordered-list", Form::OrderedList, false),
    ("bullets", Form::OrderedList, true),
];

/// What is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    /// It is a procedure, of whatever form.
    Procedure,
    /// It is a procedure of this form; bullets have that of numbered lists.
    Form { form: Form, is_bullets: bool },
    /// It is none.
    None,
}

/// A declaration of the frontmatter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct InFrontmatter {
    /// Text of the heading that it is about; `None` for the page.
    pub heading: Option<String>,
    /// What is declared; the word itself where nobody knows it.
    pub declared: Result<Declared, String>,
    /// Its bytes.
    pub span: Span,
}

/// A declaration that has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stray {
    /// Its bytes.
    pub span: Span,
    /// Why it has none.
    pub why: StrayReason,
}

/// Why a declaration has no effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StrayReason {
    /// There is nothing that it could be about.
    NoTarget,
    /// Nobody knows this word.
    UnknownWord(String),
    /// No heading has this text.
    NoHeading(String),
    /// It gives no reason; it has its effect all the same.
    NoReason,
}

impl Stray {
    /// The finding about it in a file.
    pub fn finding(&self, file: FileId) -> Diagnostic {
        const RULE: &str = "procedure-comment-unused";
        let (key, values) = match &self.why {
            StrayReason::NoTarget => ("", Vec::new()),
            StrayReason::NoReason => (".reason", Vec::new()),
            StrayReason::NoHeading(text) => (".heading", vec![("heading", text.clone())]),
            StrayReason::UnknownWord(word) => {
                let known: Vec<String> = known_words().map(|word| format!("`{word}`")).collect();
                (
                    ".word",
                    vec![("word", word.clone()), ("words", known.join(", "))],
                )
            }
        };
        let mut found = Diagnostic::new(RULE, Severity::Warning, file, self.span);
        found.message = Message::new(format!("{RULE}{key}"));
        let found = found.help(Message::new(format!("{RULE}{key}.help")));
        values
            .into_iter()
            .fold(found, |found, (name, value)| found.with(name, value))
    }
}

/// Whether a document may declare anything, by its text alone.
pub(super) fn may_declare(document: &Document, source: &str) -> bool {
    let frontmatter = document.frontmatter.span.range();
    let has_key = source.get(frontmatter).is_some_and(|it| it.contains(KEY));
    has_key || source.contains(TOOL)
}

/// What a comment declares, and whether it gives the reason that it needs; `None` for a comment about
/// something else, and `Err` for one that begins like a declaration and is none.
pub(super) fn in_comment(comment: &str) -> Option<Result<(Declared, bool), String>> {
    let text = comment_text(comment);
    let (written, reason) = match text.split_once(':') {
        Some((before, reason)) => (before, !reason.trim().is_empty()),
        None => (text, false),
    };
    let words: Vec<&str> = written.split_whitespace().take(4).collect();
    match words.as_slice() {
        [TOOL, KEY] if !text.contains(':') => Some(Ok((Declared::Procedure, true))),
        [TOOL, "no", KEY] => Some(Ok((Declared::None, reason))),
        [TOOL, "no", KEY, ..] | [TOOL, KEY, ..] => Some(Err(text.to_string())),
        [TOOL, "no-procedure", ..] | [TOOL, "procedures", ..] => Some(Err(text.to_string())),
        _ => None,
    }
}

/// The comments of a document that declare something, or begin as if they did, in order.
pub(super) fn comments(blocks: &[Block]) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    walk(blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(Block::Comment(comment)) | Node::Inline(Inline::Comment(comment)) = node
            && in_comment(&comment.text).is_some()
        {
            found.push((comment.span, comment.text.as_str()));
        }
    });
    found
}

/// What the frontmatter declares; `block` is the whole of it with its fences.
pub(super) fn in_frontmatter(block: Span, source: &str) -> Vec<InFrontmatter> {
    let text = source.get(block.range()).unwrap_or_default();
    if !text.contains(KEY) {
        return Vec::new();
    }
    let values = values(text);
    let Some(value) = values.as_ref().and_then(|values| values.get(KEY)) else {
        return Vec::new();
    };
    let key = line_with(text, 0, KEY);
    match value {
        Value::Map(entries) => {
            let mut from = key.start;
            let entries = entries.iter().map(|(heading, value)| {
                let line = line_with(text, from, heading);
                from = line.end;
                InFrontmatter {
                    heading: Some(heading.clone()),
                    declared: declared(value),
                    span: moved(line, block.start),
                }
            });
            entries.collect()
        }
        Value::Null => Vec::new(),
        value => vec![InFrontmatter {
            heading: None,
            declared: declared(value),
            span: moved(key, block.start),
        }],
    }
}

/// The values of a block: YAML between `---`, or TOML between `+++`.
fn values(block: &str) -> Option<Value> {
    let (first, rest) = block.split_once('\n')?;
    let body = rest.trim_end();
    let body = &body[..body.rfind('\n').map_or(0, |at| at + 1)];
    match first.trim_start_matches('\u{feff}').trim_end() {
        "+++" => toml::read(body).ok(),
        _ => yaml::read(body).ok(),
    }
}

fn declared(value: &Value) -> Result<Declared, String> {
    if *value == Value::Bool(false) {
        return Ok(Declared::None);
    }
    let word = value.text();
    let known = FORMS.iter().find(|(name, ..)| *name == word);
    match known {
        Some((_, form, is_bullets)) => Ok(Declared::Form {
            form: *form,
            is_bullets: *is_bullets,
        }),
        None => Err(word),
    }
}

/// The words that the frontmatter may have.
fn known_words() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|(name, ..)| *name).chain(["false"])
}

/// The rest of the first line from a byte on in which a text is, from that text on.
fn line_with(block: &str, from: usize, text: &str) -> Span {
    let rest = &block[from..];
    let start = from + rest.find(text).unwrap_or(0);
    let line = block[start..].lines().next().unwrap_or_default();
    Span::new(start, start + line.trim_end().len())
}

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_declare_with_a_reason() {
        let check = |text: &str, expected: Option<Result<(Declared, bool), &str>>| {
            let found = in_comment(text);
            let expected = expected.map(|one| one.map_err(str::to_string));
            assert_eq!(found, expected, "{text}");
        };
        let yes = Some(Ok((Declared::Procedure, true)));
        check("<!-- tickbook procedure -->", yes);
        check("<!--tickbook  procedure-->", yes);
        check("{/* tickbook procedure */}", yes);
        let no = |reason| Some(Ok((Declared::None, reason)));
        check("<!-- tickbook no procedure: events -->", no(true));
        check("{/* tickbook no procedure */}", no(false));
        check("<!-- tickbook no procedure: -->", no(false));
        check(
            "<!-- tickbook procedures -->",
            Some(Err("tickbook procedures")),
        );
        check(
            "<!-- tickbook procedure: a -->",
            Some(Err("tickbook procedure: a")),
        );
        check("<!-- tickbook allow raw-html: a procedure -->", None);
        check("<!-- the procedure -->", None);
    }

    #[test]
    fn frontmatter_declares_the_page_or_headings() {
        let check = |text: &str, expected: &[(Option<&str>, Result<Declared, &str>, &str)]| {
            let found = in_frontmatter(Span::new(0, text.len()), text);
            let shown: Vec<_> = found
                .iter()
                .map(|one| {
                    let declared = one.declared.as_ref().map(|one| *one);
                    let declared = declared.map_err(String::as_str);
                    (one.heading.as_deref(), declared, &text[one.span.range()])
                })
                .collect();
            assert_eq!(shown, expected, "{text}");
        };
        let headings = Declared::Form {
            form: Form::Headings,
            is_bullets: false,
        };
        check(
            "---\ntitle: a\nprocedure: headings\n---\n",
            &[(None, Ok(headings), "procedure: headings")],
        );
        check(
            "---\nprocedure: false\n---\n",
            &[(None, Ok(Declared::None), "procedure: false")],
        );
        check(
            "+++\nprocedure = \"stepz\"\n+++\n",
            &[(None, Err("stepz"), "procedure = \"stepz\"")],
        );
        check(
            "---\nprocedure:\n  Roll out: headings\n  Events: false\n---\n",
            &[
                (Some("Roll out"), Ok(headings), "Roll out: headings"),
                (Some("Events"), Ok(Declared::None), "Events: false"),
            ],
        );
        check("---\nprocedure:\n---\n", &[]);
        check("---\ntitle: procedure\n---\n", &[]);
    }
}

//! The grammar of one tag.
//!
//! ```text
//! tag       = "<" name { space attribute } [ space ] [ "/" ] ">" | "</" name [ space ] ">"
//! name      = capital { letter | digit | "_" | "-" | "." } | letter { letter | digit | "-" }
//! attribute = key [ [ space ] "=" [ space ] value ] | spread
//! key       = ( letter | "_" | ":" ) { letter | digit | "_" | "-" | ":" | "." }
//! value     = '"' any* '"' | "'" any* "'" | bare+ | "{" any* "}"
//! space     = blank | line end, any number
//! ```
//!
//! A quoted value may contain anything, blank lines and angle brackets too. A tag whose name starts
//! with a capital is a component; any other is an element of HTML. A value in braces is taken as
//! the text it is: nothing in content is evaluated.
//!
//! In MDX a value in braces may have several lines, elements may contain blank lines, a name may
//! be empty or have dots, and there may be braces between attributes:
//!
//! ```text
//! name      = ... | letter { letter | digit | "-" } "." { letter | digit | "_" | "-" | "." } | ""
//! spread    = "{" any* "}"
//! ```

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::markdown::braces::Braces;
use crate::markdown::directive::{Directive, Marks};
use crate::markdown::schema::Dialect;

/// What the name of a fragment, `<>`, is followed by once it is as long as its mask. Control
/// characters are dropped from every text, so no document contains it.
pub(super) const FRAGMENT_FILLER: char = '\u{8}';

/// What is at a `<`.
#[derive(Debug, PartialEq)]
pub(super) enum Found {
    /// Nothing of interest; the bracket is text.
    Nothing,
    /// `<https://…>` or `<name@host>`, up to this offset.
    Autolink(usize),
    /// A tag.
    Tag(TagKind, usize),
    /// A component's name, but no whole tag; the name's bytes.
    Broken(Range<usize>),
}

/// A tag without its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TagKind {
    /// `<Name …>` or `<Name … />`
    Open {
        name: Range<usize>,
        attributes: Vec<RawAttribute>,
        self_closing: bool,
    },
    /// `</Name>`
    Close { name: Range<usize> },
    /// `<!-- … -->`, and `{/* … */}` in MDX.
    Comment,
    /// `{…}`; the bytes between the braces.
    Expression { inner: Range<usize> },
    /// Lines of `import` and `export`.
    Esm,
    /// `:::name[title]{attributes}`, or `:::name title`.
    Directive(Directive),
    /// `:::` alone
    DirectiveEnd { marks: Marks },
}

/// An attribute as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RawAttribute {
    /// Its name.
    pub name: Range<usize>,
    /// Its value without quotes; `None` for a flag.
    pub value: Option<Range<usize>>,
}

/// What earlier brackets of the same text found out. Without it a text of brackets that never
/// become tags would be read to its end from each of them.
#[derive(Debug, Default)]
pub(super) struct DeadEnds {
    /// The dialect of the text.
    pub dialect: Dialect,
    /// Offsets from which attributes lead to no component tag.
    components: HashSet<usize>,
    /// Offsets from which attributes lead to no HTML tag.
    html: HashSet<usize>,
    /// Where each brace of the lines looked at so far is closed; `None` when it is not.
    line_braces: HashMap<usize, Option<usize>>,
    /// The braces of MDX.
    pub braces: Braces,
}

impl DeadEnds {
    /// Nothing is known yet.
    pub fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            ..Self::default()
        }
    }

    /// Offsets from which attributes lead to no tag of this kind.
    fn dead(&mut self, is_component: bool) -> &mut HashSet<usize> {
        match is_component {
            true => &mut self.components,
            false => &mut self.html,
        }
    }
}

/// Reads what is at the `<` at `start`.
///
/// ```text
/// a <Callout title="b>c" /> d
///   ^^^^^^^^^^^^^^^^^^^^^^^
/// ```
pub(super) fn read(text: &str, start: usize, dead_ends: &mut DeadEnds) -> Found {
    if let Some(end) = autolink_end(text, start) {
        return Found::Autolink(end);
    }
    let bytes = text.as_bytes();
    let closing = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(closing);
    let is_mdx = dead_ends.dialect == Dialect::Mdx;
    if is_mdx && let Some(end) = fragment_end(&text[name_start..]) {
        return Found::Tag(fragment(name_start, closing), name_start + end);
    }
    if !bytes.get(name_start).is_some_and(u8::is_ascii_alphabetic) {
        return Found::Nothing;
    }
    let name = name_start..name_end(bytes, name_start, is_mdx);
    let is_component = is_component_name(&text[name.clone()]);
    let tag = if closing {
        close_tag(bytes, name.clone(), is_component || is_mdx)
    } else {
        open_tag(bytes, name.clone(), is_component, dead_ends)
    };
    match tag {
        Some((kind, end)) => Found::Tag(kind, end),
        None if is_component => Found::Broken(name),
        None => Found::Nothing,
    }
}

/// Whether a tag's name is a component's: elements of HTML are in lower case and have no dots.
pub(super) fn is_component_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) || name.contains('.')
}

fn name_end(bytes: &[u8], start: usize, is_mdx: bool) -> usize {
    if bytes[start].is_ascii_uppercase() {
        return end_of(bytes, start, is_name_byte);
    }
    match end_of(bytes, start, is_html_name_byte) {
        end if is_mdx && bytes.get(end) == Some(&b'.') => end_of(bytes, end, is_name_byte),
        end => end,
    }
}

/// Length of what follows a fragment's empty name.
fn fragment_end(rest: &str) -> Option<usize> {
    let behind = rest.strip_prefix(FRAGMENT_FILLER).unwrap_or(rest);
    behind
        .starts_with('>')
        .then(|| rest.len() - behind.len() + 1)
}

fn fragment(start: usize, closing: bool) -> TagKind {
    let name = start..start;
    match closing {
        true => TagKind::Close { name },
        false => TagKind::Open {
            name,
            attributes: Vec::new(),
            self_closing: false,
        },
    }
}

fn close_tag(bytes: &[u8], name: Range<usize>, is_component: bool) -> Option<(TagKind, usize)> {
    let at = end_of(bytes, name.end, is_space);
    let is_whole = is_component || is_one_paragraph(&bytes[name.end..at]);
    (is_whole && bytes.get(at) == Some(&b'>')).then_some((TagKind::Close { name }, at + 1))
}

fn open_tag(
    bytes: &[u8],
    name: Range<usize>,
    is_component: bool,
    dead_ends: &mut DeadEnds,
) -> Option<(TagKind, usize)> {
    let mut attributes = Vec::new();
    let mut steps = vec![name.end];
    let end = loop {
        let at = steps[steps.len() - 1];
        if dead_ends.dead(is_component).contains(&at) {
            break None;
        }
        match step(bytes, at, is_component, dead_ends) {
            Step::Attribute(attribute, end) => {
                attributes.push(attribute);
                steps.push(end);
            }
            Step::Spread(end) => steps.push(end),
            Step::End { self_closing, end } => break Some((self_closing, end)),
            Step::DeadEnd => break None,
        }
    };
    let Some((self_closing, end)) = end else {
        dead_ends.dead(is_component).extend(steps);
        return None;
    };
    let kind = TagKind::Open {
        name,
        attributes,
        self_closing,
    };
    Some((kind, end))
}

/// What follows a tag's name or one of its attributes.
enum Step {
    Attribute(RawAttribute, usize),
    /// `{...props}`, or a comment in braces.
    Spread(usize),
    End {
        self_closing: bool,
        end: usize,
    },
    DeadEnd,
}

fn step(bytes: &[u8], at: usize, is_component: bool, dead_ends: &mut DeadEnds) -> Step {
    let is_mdx = dead_ends.dialect == Dialect::Mdx;
    let next = end_of(bytes, at, is_space);
    // A blank line ends the paragraph, and an HTML tag with it.
    let is_whole = |end| is_component || is_mdx || is_one_paragraph(&bytes[at..end]);
    match bytes.get(next) {
        Some(_) if !is_whole(next) => Step::DeadEnd,
        Some(b'>') => Step::End {
            self_closing: false,
            end: next + 1,
        },
        Some(b'/') if bytes.get(next + 1) == Some(&b'>') => Step::End {
            self_closing: true,
            end: next + 2,
        },
        Some(b'{') if is_mdx => match dead_ends.braces.end(bytes, next, bytes.len()) {
            Some(end) => Step::Spread(end),
            None => Step::DeadEnd,
        },
        Some(byte) if is_key_start(*byte) && next > at => match attribute(bytes, next, dead_ends) {
            Some((attribute, end)) if is_whole(end) => Step::Attribute(attribute, end),
            _ => Step::DeadEnd,
        },
        _ => Step::DeadEnd,
    }
}

/// ```text
/// <Tag text = "a" />
///      ^^^^^^^^^^
/// ```
fn attribute(
    bytes: &[u8],
    start: usize,
    dead_ends: &mut DeadEnds,
) -> Option<(RawAttribute, usize)> {
    let name = start..end_of(bytes, start, is_key_byte);
    let equals = end_of(bytes, name.end, is_space);
    if bytes.get(equals) != Some(&b'=') {
        let end = name.end;
        return Some((RawAttribute { name, value: None }, end));
    }
    let at = end_of(bytes, equals + 1, is_space);
    let (value, end) = match *bytes.get(at)? {
        quote @ (b'"' | b'\'') => {
            let close = find(bytes, at + 1, quote)?;
            (at + 1..close, close + 1)
        }
        b'{' => {
            let end = match dead_ends.dialect {
                Dialect::Mdx => dead_ends.braces.end(bytes, at, bytes.len())?,
                _ => end_of_braces(bytes, at, &mut dead_ends.line_braces)?,
            };
            (at..end, end)
        }
        _ => {
            let end = end_of(bytes, at, is_bare_byte);
            (at..end, end)
        }
    };
    (end > at).then_some((
        RawAttribute {
            name,
            value: Some(value),
        },
        end,
    ))
}

/// End of the braces at `start`, which must close on their line. The whole rest of the line is
/// matched at once and remembered.
fn end_of_braces(
    bytes: &[u8],
    start: usize,
    braces: &mut HashMap<usize, Option<usize>>,
) -> Option<usize> {
    if let Some(end) = braces.get(&start) {
        return *end;
    }
    let mut open = Vec::new();
    for (offset, byte) in bytes[start..].iter().enumerate() {
        match byte {
            b'{' => open.push(start + offset),
            b'}' => {
                if let Some(opened) = open.pop() {
                    braces.insert(opened, Some(start + offset + 1));
                }
            }
            b'\n' => break,
            _ => {}
        }
    }
    braces.extend(open.into_iter().map(|opened| (opened, None)));
    braces.get(&start).copied().flatten()
}

/// End of the autolink at `start`, after CommonMark 0.31.2 section 6.5.
fn autolink_end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start + 1..];
    let length = rest.find(|c: char| c == '>' || c == '<' || c.is_ascii_whitespace())?;
    let inner = &rest[..length];
    if !rest[length..].starts_with('>') {
        return None;
    }
    (is_uri(inner) || is_email(inner)).then_some(start + length + 2)
}

fn is_uri(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
    })
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        let is_name =
            |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        !name.is_empty()
            && name.bytes().all(is_name)
            && !host.is_empty()
            && host.bytes().all(is_host)
    })
}

/// Whether a piece of an HTML tag contains no blank line, which would end its paragraph. Its first
/// and last lines are never blank: there is more of the tag on them.
fn is_one_paragraph(piece: &[u8]) -> bool {
    let mut lines = piece.split(|byte| *byte == b'\n');
    lines.next();
    lines.next_back();
    lines.all(|line| !line.iter().all(|byte| is_space(*byte)))
}

fn end_of(bytes: &[u8], start: usize, belongs: fn(u8) -> bool) -> usize {
    bytes[start..]
        .iter()
        .position(|byte| !belongs(*byte))
        .map_or(bytes.len(), |n| start + n)
}

fn find(bytes: &[u8], start: usize, wanted: u8) -> Option<usize> {
    bytes[start..]
        .iter()
        .position(|byte| *byte == wanted)
        .map(|n| start + n)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n')
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

fn is_html_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn is_key_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':')
}

fn is_key_byte(byte: u8) -> bool {
    is_name_byte(byte) || byte == b':'
}

fn is_bare_byte(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'"' | b'\'' | b'=' | b'<' | b'>' | b'`' | b'/')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows a tag as `name attribute=value …` with `/` before a closing and after an empty one.
    fn check(text: &str, expected: &str) {
        check_in(Dialect::Help, text, expected);
    }

    fn check_in(dialect: Dialect, text: &str, expected: &str) {
        let shown = match read(text, 0, &mut DeadEnds::new(dialect)) {
            Found::Nothing => "nothing".to_string(),
            Found::Autolink(end) => format!("autolink {}", &text[..end]),
            Found::Broken(name) => format!("broken {}", &text[name]),
            Found::Tag(TagKind::Close { name }, _) => format!("/{}", &text[name]),
            Found::Tag(
                TagKind::Open {
                    name,
                    attributes,
                    self_closing,
                },
                _,
            ) => {
                let mut shown = text[name].to_string();
                for attribute in attributes {
                    let value = attribute.value.map(|value| &text[value]);
                    shown += &format!(" {}={value:?}", &text[attribute.name]);
                }
                shown + if self_closing { "/" } else { "" }
            }
            Found::Tag(kind, _) => format!("{kind:?}"),
        };
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn value_may_hold_brackets_and_blank_lines() {
        check(
            "<Callout title=\"a>b<c\" />",
            "Callout title=Some(\"a>b<c\")/",
        );
        check(
            "<Callout content='a\n\nb'/>",
            "Callout content=Some(\"a\\n\\nb\")/",
        );
        check("<Indent level=1>", "Indent level=Some(\"1\")");
        check("<A open b = \"c\">", "A open=None b=Some(\"c\")");
        check("<A b={1 + {c}} />", "A b=Some(\"{1 + {c}}\")/");
    }

    #[test]
    fn autolinks_are_not_tags() {
        check("<https://a.b>", "autolink <https://a.b>");
        check("<cs@a.b>", "autolink <cs@a.b>");
        check("<Mail.me@a.b>", "autolink <Mail.me@a.b>");
    }

    #[test]
    fn text_after_a_closing_quote_breaks_the_tag() {
        check(
            "<Callout content=\"abc\n\n<Callout content=\"x\" />",
            "broken Callout",
        );
        check("<Callout title=\"a\" icon=\"b", "broken Callout");
        check("<A <B/>", "broken A");
    }

    #[test]
    fn bracket_without_a_name_is_text() {
        for text in ["<foo.bar>", "< a>", "<1>", "<가>", "<", "</>", "<>"] {
            check(text, "nothing");
        }
    }

    #[test]
    fn html_tag_ends_with_its_paragraph() {
        check("<br>", "br");
        check("</p >", "/p");
        check("<a b='\n\n'>", "nothing");
        check("<a\n b\n>", "a b=None");
        for text in ["<a\n\nb>", "<a\n \n>", "</a\n\n>"] {
            check(text, "nothing");
        }
    }

    #[test]
    fn mdx_has_more_between_the_name_and_the_end() {
        let check = |text: &str, expected: &str| check_in(Dialect::Mdx, text, expected);
        check(
            "<A b={[\n  '}>',\n\n]} c />",
            "A b=Some(\"{[\\n  '}>',\\n\\n]}\") c=None/",
        );
        check("<A {...rest} {/* > */} b='c'>", "A b=Some(\"c\")");
        check("<div\n\n  id='a'>", "div id=Some(\"a\")");
        check("<prose.h3>", "prose.h3");
        check("</Tree.File>", "/Tree.File");
        check("<>", "");
        check("</>", "/");
        check("<A b={c>", "broken A");
    }
}

//! Includes that are marks in a text, whatever is around them.

use std::ops::Range;

use crate::config::files::IncludeSyntax;
use crate::include::code::{Fences, numbers};
use crate::include::part::Part;

/// An include as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Include {
    /// The bytes that it replaces.
    pub span: Range<usize>,
    /// The path, without the part.
    pub path: String,
    /// Which part of the file.
    pub part: Part,
    /// How the part is shown.
    pub shown: Shown,
}

/// How an included text is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// As a part of the text.
    Text,
    /// As a block of code: its language, where it is named, and what else follows the fence.
    Code(Option<String>, String),
}

/// The includes of these kinds in a text, in order; none overlaps another.
pub(super) fn includes(text: &str, syntaxes: &[IncludeSyntax]) -> Vec<Include> {
    let mut found = Vec::new();
    let has = |syntax| syntaxes.contains(&syntax);
    if has(IncludeSyntax::Braces) {
        between(text, "{{#", "}}", braces, &mut found);
    }
    if has(IncludeSyntax::Comment) {
        between(text, "<!--", "-->", comment, &mut found);
    }
    let is_by_line = [
        IncludeSyntax::Scissors,
        IncludeSyntax::Star,
        IncludeSyntax::Arrows,
    ];
    if is_by_line.into_iter().any(has) {
        lines(text, syntaxes, &mut found);
    }
    found.sort_by_key(|one| one.span.start);
    let mut end = 0;
    found.retain(|one| {
        let is_after = one.span.start >= end;
        end = end.max(one.span.end);
        is_after && !one.path.is_empty() && !text[one.span.clone()].contains("://")
    });
    found
}

/// A mark's path, its part, and how it is shown.
type Read = Option<(String, Part, Shown)>;

/// Longest mark, in bytes.
const LONGEST: usize = 1024;

/// Marks that begin and end somewhere in a line.
fn between(text: &str, open: &str, close: &str, read: fn(&str) -> Read, found: &mut Vec<Include>) {
    let mut next_close = 0;
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        let inner = start + open.len();
        if next_close < inner {
            match text[inner..].find(close) {
                Some(length) => next_close = inner + length,
                None => return,
            }
        }
        at = inner;
        let is_short = next_close - inner <= LONGEST && !text[..start].ends_with('\\');
        let written = text.get(inner..next_close).filter(|_| is_short);
        let written = written.filter(|written| !written.contains('\n'));
        if let Some((path, part, shown)) = written.and_then(read) {
            at = next_close + close.len();
            found.push(Include {
                span: start..at,
                path,
                part,
                shown,
            });
        }
    }
}

/// ```text
/// include file.rs:anchor
/// ```
fn braces(inner: &str) -> Read {
    let (word, rest) = inner.trim().split_once(char::is_whitespace)?;
    let shown = match word {
        "include" | "rustdoc_include" => Shown::Text,
        "playground" | "playpen" => Shown::Code(None, String::new()),
        _ => return None,
    };
    let path = rest.split_whitespace().next()?;
    let (path, part) = path.split_once(':').unwrap_or((path, ""));
    Some((path.to_string(), lines_or_name(part, true), shown))
}

/// ```text
///  @include: ./a.md{2,5}
/// ```
fn comment(inner: &str) -> Read {
    let rest = inner.trim().strip_prefix("@include:")?.trim();
    let (path, part) = region_or_lines(rest);
    Some((path, part, Shown::Text))
}

/// ```text
/// a.md#region    a.md{2,5}    a.md{2,}
/// ```
fn region_or_lines(written: &str) -> (String, Part) {
    let (written, lines) = match written.split_once('{') {
        Some((before, lines)) => (before, lines.trim_end().trim_end_matches('}')),
        None => (written, ""),
    };
    let (path, name) = written
        .trim()
        .split_once('#')
        .unwrap_or((written.trim(), ""));
    let part = match (name, lines) {
        ("", "") => Part::Whole,
        ("", lines) => lines_or_name(&lines.replace(',', ":"), true),
        (name, _) => Part::Named(name.to_string()),
    };
    (path.trim().to_string(), part)
}

/// The part after a path: `2:5`, `2:`, `:5`, `2` or a name. Whether a single number is that line
/// alone, or the first of all that follow, depends on the tool.
fn lines_or_name(part: &str, is_alone: bool) -> Part {
    let mut numbers = part.splitn(3, ':').map(str::trim);
    let number = |text: Option<&str>| match text {
        None | Some("") => Ok(None),
        Some(text) => text.parse::<usize>().map(Some),
    };
    let has_end = part.contains(':');
    match (number(numbers.next()), number(numbers.next())) {
        (Ok(None), Ok(None)) => Part::Whole,
        (Ok(Some(from)), Ok(None)) if !has_end && is_alone => Part::Lines(Some(from), Some(from)),
        (Ok(from), Ok(to)) => Part::Lines(from, to),
        _ => Part::Named(part.trim().to_string()),
    }
}

/// Marks that have their lines to themselves.
fn lines(text: &str, syntaxes: &[IncludeSyntax], found: &mut Vec<Include>) {
    let has = |syntax| syntaxes.contains(&syntax);
    let mut fences = Fences::default();
    let mut is_list = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let span = start..start + trimmed.len();
        at += line.len();
        if has(IncludeSyntax::Scissors) && is_scissors(trimmed) {
            is_list = !is_list;
            found.push(Include {
                span,
                path: String::new(),
                part: Part::Whole,
                shown: Shown::Text,
            });
            continue;
        }
        let read = match is_list {
            true => scissors_path(trimmed),
            false => None,
        };
        let read = read.or_else(|| scissors(trimmed).filter(|_| has(IncludeSyntax::Scissors)));
        let is_code = fences.enter(line);
        let read = read
            .or_else(|| star(trimmed).filter(|_| !is_code && has(IncludeSyntax::Star)))
            .or_else(|| arrows(trimmed).filter(|_| !is_code && has(IncludeSyntax::Arrows)));
        if let Some((path, part, shown)) = read {
            found.push(Include {
                span,
                path,
                part,
                shown,
            });
        }
    }
}

/// What follows `--8<--`; any number of dashes may be around it.
fn after_scissors(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('-');
    let inner = rest.strip_prefix("8<")?;
    let after = inner.trim_start_matches('-');
    (rest.len() < line.len() && after.len() < inner.len()).then_some(after)
}

/// Whether a line begins or ends a list of files.
fn is_scissors(line: &str) -> bool {
    after_scissors(line) == Some("")
}

fn scissors(line: &str) -> Read {
    let rest = after_scissors(line)?.trim();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let path = rest.strip_prefix(quote)?.strip_suffix(quote)?;
    scissors_path(path)
}

fn scissors_path(path: &str) -> Read {
    let (path, part) = path.split_once(':').unwrap_or((path, ""));
    let is_path = !path.is_empty() && !path.starts_with(';');
    is_path.then(|| (path.to_string(), lines_or_name(part, false), Shown::Text))
}

/// ```text
/// {* ../../a.py ln[1:3,8] hl[2] *}
/// ```
fn star(line: &str) -> Read {
    let inner = line.strip_prefix("{*")?.strip_suffix("*}")?;
    let mut words = inner.split_whitespace();
    let path = words.next()?;
    let bracketed = |name: &str| {
        let mut words = words.clone();
        words.find_map(|word| {
            word.strip_prefix(name)?
                .strip_prefix('[')?
                .strip_suffix(']')
        })
    };
    let shown = bracketed("ln").map(ranges).unwrap_or_default();
    let marked = bracketed("hl").map(ranges).unwrap_or_default();
    let marked = numbers(&marked, &shown);
    let meta = match marked.is_empty() {
        true => String::new(),
        false => format!("{{{marked}}}"),
    };
    let part = match shown.is_empty() {
        true => Part::Whole,
        false => Part::Ranges(shown),
    };
    Some((path.to_string(), part, Shown::Code(None, meta)))
}

/// Most ranges of lines in one include.
const MOST_RANGES: usize = 64;

/// `1:3,8` as first and last lines.
fn ranges(written: &str) -> Vec<(usize, usize)> {
    let range = |one: &str| {
        let (from, to) = one.split_once(':').unwrap_or((one, one));
        Some((from.trim().parse().ok()?, to.trim().parse().ok()?))
    };
    let all = written.split(',').take(MOST_RANGES);
    all.filter_map(range).collect()
}

/// ```text
/// <<< @/a.js#region{2,4-6 ts} [title]
/// ```
fn arrows(line: &str) -> Read {
    let rest = line.strip_prefix("<<<")?;
    let rest = rest
        .strip_prefix([' ', '\t', '@', '.', '/'])
        .map_or(rest, |_| rest.trim());
    let (rest, title) = match rest.split_once('[') {
        Some((before, title)) => (before.trim(), format!(" [{title}")),
        None => (rest, String::new()),
    };
    let (path, meta) = match rest.split_once('{') {
        Some((path, meta)) => (path.trim(), meta.trim().trim_end_matches('}')),
        None => (rest, ""),
    };
    let (path, name) = path.split_once('#').unwrap_or((path, ""));
    let is_lines = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let marked = meta.split_whitespace().find(is_lines);
    let language = meta.split_whitespace().find(|word| !is_lines(word));
    let language = language.map(|word| word.split(':').next().unwrap_or(word).to_string());
    let marked = marked.map_or(String::new(), |lines| format!("{{{lines}}}"));
    let part = match name {
        "" => Part::Whole,
        name => Part::Named(name.to_string()),
    };
    Some((
        path.trim().to_string(),
        part,
        Shown::Code(language, format!("{marked}{title}")),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [IncludeSyntax; 5] = [
        IncludeSyntax::Braces,
        IncludeSyntax::Scissors,
        IncludeSyntax::Star,
        IncludeSyntax::Arrows,
        IncludeSyntax::Comment,
    ];

    /// Shows each include as its bytes, its path, its part, and how it is shown.
    fn check(text: &str, expected: &[(&str, &str, Part, Shown)]) {
        let found = includes(text, &ALL);
        let shown: Vec<_> = found
            .iter()
            .map(|one| {
                let at = &text[one.span.clone()];
                (at, &*one.path, one.part.clone(), one.shown.clone())
            })
            .collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn braces_have_a_path_and_a_part() {
        let one = |at, path, part| [(at, path, part, Shown::Text)];
        let at = "{{#include a/b.rs}}";
        check(at, &one(at, "a/b.rs", Part::Whole));
        let at = "{{#include b.rs:2:5}}";
        check(at, &one(at, "b.rs", Part::Lines(Some(2), Some(5))));
        let at = "{{#include b.rs:2}}";
        check(at, &one(at, "b.rs", Part::Lines(Some(2), Some(2))));
        let at = "{{#rustdoc_include b.rs::5}}";
        check(at, &one(at, "b.rs", Part::Lines(None, Some(5))));
        let at = "{{#include b.rs:name}}";
        check(at, &one(at, "b.rs", Part::Named("name".into())));
        check("\\{{#include b.rs}} {{#title a}} {{#include", &[]);
    }

    #[test]
    fn scissors_have_quotes_or_a_list() {
        let one = |at, path, part| (at, path, part, Shown::Text);
        let at = "--8<-- \"a.md\"";
        check(&format!("  {at}\n"), &[one(at, "a.md", Part::Whole)]);
        let at = "-8<- 'a.md:3'";
        check(at, &[one(at, "a.md", Part::Lines(Some(3), None))]);
        check(
            ";--8<-- \"a.md\"\n--8<-- \"http://a/b\"\na --8<-- \"b\"",
            &[],
        );
        let list = "--8<--\na.md\n; b.md\nc.md\n--8<--\nd.md";
        let expected = [
            one("a.md", "a.md", Part::Whole),
            one("c.md", "c.md", Part::Whole),
        ];
        check(list, &expected);
    }

    #[test]
    fn code_has_a_language_and_marked_lines() {
        let code = |language: Option<&str>, meta: &str| {
            Shown::Code(language.map(str::to_string), meta.to_string())
        };
        let at = "{* ../a.py ln[1:3,8] hl[2,8] *}";
        let part = Part::Ranges(vec![(1, 3), (8, 8)]);
        check(at, &[(at, "../a.py", part, code(None, "{2,4}"))]);
        let at = "<<< @/a.js#one{2,4-6 ts:line-numbers} [b]";
        let part = Part::Named("one".into());
        check(at, &[(at, "@/a.js", part, code(Some("ts"), "{2,4-6} [b]"))]);
        check("```\n<<< a.js\n{* a.py *}\n```", &[]);
    }

    #[test]
    fn comment_has_lines_or_a_region() {
        let at = "<!-- @include: ./a.md{3,} -->";
        let part = Part::Lines(Some(3), None);
        check(at, &[(at, "./a.md", part, Shown::Text)]);
        let at = "<!--@include: a.md#b-->";
        check(at, &[(at, "a.md", Part::Named("b".into()), Shown::Text)]);
    }
}

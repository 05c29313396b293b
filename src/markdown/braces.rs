//! Where braces of MDX are closed.
//!
//! ```text
//! {items.map(item => `${item} }`) /* } */}
//! ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
//! ```
//!
//! Strings, templates and comments are known, so that a bracket inside them closes nothing. It is
//! not a parser of JavaScript: what it takes for an expression may be none, and nothing is run.

use std::collections::HashMap;

/// How many searches up to one limit may fail before no more are made. One failed search decides
/// all braces that it meets, so a second one is only needed where quotes part them differently.
const MAX_FAILURES: usize = 8;

/// Ends of braces, remembered from earlier searches in the same text.
#[derive(Debug, Default)]
pub(super) struct Braces {
    /// End of the braces that open at an offset; `None` when they are not closed.
    ends: HashMap<usize, Option<usize>>,
    /// Limit of the last failed search, and how many failed with it.
    failures: (usize, usize),
}

/// What is open while braces are matched.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Open {
    /// `{`, `(` or `[`, with its offset.
    Bracket(u8, usize),
    /// A template literal.
    Template,
    /// `${` in a template literal.
    Hole,
}

impl Braces {
    /// Offset after the brace that closes the one at `start`, which is before `limit`.
    pub fn end(&mut self, bytes: &[u8], start: usize, limit: usize) -> Option<usize> {
        if let Some(end) = self.ends.get(&start) {
            return end.filter(|end| *end <= limit);
        }
        let (failed, count) = self.failures;
        if failed == limit && count >= MAX_FAILURES {
            return None;
        }
        let end = self.search(bytes, start, limit);
        if end.is_none() {
            self.failures = (limit, if failed == limit { count + 1 } else { 1 });
        }
        end
    }

    fn search(&mut self, bytes: &[u8], start: usize, limit: usize) -> Option<usize> {
        let mut open = Vec::new();
        let mut scanner = Scripted::new(bytes, limit);
        let mut at = start;
        while at < limit {
            if open.last() == Some(&Open::Template) {
                at = match bytes[at] {
                    b'\\' => at + 2,
                    b'`' => {
                        open.pop();
                        at + 1
                    }
                    b'$' if bytes.get(at + 1) == Some(&b'{') => {
                        open.push(Open::Hole);
                        at + 2
                    }
                    _ => at + 1,
                };
                continue;
            }
            match bytes[at] {
                b'`' => open.push(Open::Template),
                bracket @ (b'{' | b'(' | b'[') => open.push(Open::Bracket(bracket, at)),
                closing @ (b'}' | b')' | b']') => {
                    if self.close(&mut open, closing, at) {
                        return Some(at + 1);
                    }
                    if open.is_empty() {
                        break;
                    }
                }
                _ => {
                    at = scanner.past(at);
                    continue;
                }
            }
            at += 1;
        }
        let unclosed = open.into_iter().filter_map(|open| match open {
            Open::Bracket(b'{', offset) => Some((offset, None)),
            _ => None,
        });
        self.ends.extend(unclosed);
        self.ends.entry(start).or_insert(None);
        None
    }

    /// Closes the innermost bracket of this kind; whether nothing is open any more. A closing brace
    /// closes what the writer forgot to close inside it; any other bracket without a partner is
    /// passed over.
    fn close(&mut self, open: &mut Vec<Open>, closing: u8, at: usize) -> bool {
        if closing == b'}' {
            while matches!(open.last(), Some(Open::Bracket(b'(' | b'[', _))) {
                open.pop();
            }
        }
        let opening = match closing {
            b'}' => b'{',
            b')' => b'(',
            _ => b'[',
        };
        match open.last() {
            Some(Open::Hole) if closing == b'}' => {
                open.pop();
            }
            Some(Open::Bracket(bracket, offset)) if *bracket == opening => {
                if closing == b'}' {
                    self.ends.insert(*offset, Some(at + 1));
                }
                open.pop();
                return open.is_empty();
            }
            _ => {}
        }
        false
    }
}

/// Passes over strings and comments of a script.
#[derive(Debug)]
pub(super) struct Scripted<'a> {
    bytes: &'a [u8],
    limit: usize,
    /// End of the line up to which a quote of each kind opens no string, for it is not closed.
    lone: [usize; 2],
}

impl<'a> Scripted<'a> {
    pub fn new(bytes: &'a [u8], limit: usize) -> Self {
        Self {
            bytes,
            limit,
            lone: [0; 2],
        }
    }

    /// Offset after the string, the comment or the byte at `at`.
    pub fn past(&mut self, at: usize) -> usize {
        match self.bytes[at] {
            quote @ (b'"' | b'\'') => self.past_string(at, quote),
            b'/' => self.past_comment(at),
            _ => at + 1,
        }
    }

    /// A string ends on its line. A quote that is not closed there is an apostrophe.
    fn past_string(&mut self, start: usize, quote: u8) -> usize {
        let lone = &mut self.lone[usize::from(quote == b'"')];
        if start < *lone {
            return start + 1;
        }
        let mut at = start + 1;
        while at < self.limit {
            match self.bytes[at] {
                b'\\' => at += 2,
                b'\n' => break,
                byte if byte == quote => return at + 1,
                _ => at += 1,
            }
        }
        *lone = at;
        start + 1
    }

    /// Two slashes after anything but a blank or a bracket are part of an address.
    fn past_comment(&self, start: usize) -> usize {
        let rest = &self.bytes[start..self.limit];
        let before = self.bytes[..start].last();
        let is_apart = before.is_none_or(|byte| b" \t\n{([,;".contains(byte));
        if rest.starts_with(b"//") && is_apart {
            let length = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            return start + length;
        }
        if rest.starts_with(b"/*") {
            let end = memchr::memmem::find(&rest[2..], b"*/");
            return end.map_or(start + 1, |length| start + length + 4);
        }
        start + 1
    }
}

/// Words of JavaScript after or before which another word may come without an operator.
const WORDS_BEFORE: [&str; 13] = [
    "typeof",
    "new",
    "return",
    "await",
    "async",
    "const",
    "let",
    "function",
    "void",
    "delete",
    "in",
    "of",
    "instanceof",
];
const WORDS_AFTER: [&str; 5] = ["as", "in", "of", "instanceof", "satisfies"];

/// Whether text between braces can be an expression. Prose has words side by side.
///
/// ```text
/// {items.length > 0 && 'two words'}      is one
/// {상점 아이디}                           is text
/// ```
pub(super) fn is_plausible(inner: &str) -> bool {
    // Text of elements inside an expression has words side by side, too.
    if inner.contains(['<', '`']) {
        return true;
    }
    let mut scanner = Scripted::new(inner.as_bytes(), inner.len());
    let mut last = "";
    let mut at = 0;
    while let Some(character) = inner.get(at..).and_then(|rest| rest.chars().next()) {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        if is_word(character) {
            let length = inner[at..]
                .find(|c| !is_word(c))
                .unwrap_or(inner.len() - at);
            let word = &inner[at..at + length];
            let is_keyword = WORDS_BEFORE.contains(&last) || WORDS_AFTER.contains(&word);
            if !last.is_empty() && !is_keyword {
                return false;
            }
            last = word;
            at += length;
        } else if character.is_whitespace() {
            at += character.len_utf8();
        } else {
            last = "";
            at = scanner.past(at).max(at + character.len_utf8());
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows the braces that the text starts with.
    fn check(text: &str, expected: Option<&str>) {
        let end = Braces::default().end(text.as_bytes(), 0, text.len());
        assert_eq!(end.map(|end| &text[..end]), expected, "{text}");
    }

    #[test]
    fn brackets_in_strings_templates_and_comments_close_nothing() {
        check("{a} b}", Some("{a}"));
        check("{{a: '}'}} b", Some("{{a: '}'}}"));
        check(
            "{`}${b ? '}' : `${c}`}`} d",
            Some("{`}${b ? '}' : `${c}`}`}"),
        );
        check("{/* } */} b", Some("{/* } */}"));
        check("{ // }\n} b", Some("{ // }\n}"));
        check("{'a\\'}'} b", Some("{'a\\'}'}"));
        check("{<b>don't</b>} c", Some("{<b>don't</b>}"));
        check("{<a>https://a.b</a>} c", Some("{<a>https://a.b</a>}"));
    }

    #[test]
    fn braces_that_do_not_close_are_none() {
        check("{a", None);
        check("{`a}", None);
        check("{(a}", Some("{(a}"));
    }

    #[test]
    fn prose_is_no_expression() {
        let check = |text: &str, expected: bool| {
            assert_eq!(is_plausible(text), expected, "{text}");
        };
        check("name", true);
        check("a.b.c", true);
        check("ok && <b>two words</b>", true);
        check("'two words'", true);
        check("typeof a", true);
        check("상점 아이디", false);
        check("brace and", false);
        check("count + 1", true);
    }
}

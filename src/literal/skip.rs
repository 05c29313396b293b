//! Where code that is not read ends: brackets are matched, with strings, templates, regular
//! expressions and comments known.

/// Whether a character may be in a name.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// Where the name or number that begins at `at` ends.
pub(super) fn word_end(source: &str, at: usize) -> usize {
    let rest = &source[at..];
    at + rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

/// The first position from `at` that is neither blank nor in a comment.
pub(super) fn blanks(source: &str, mut at: usize) -> usize {
    loop {
        let rest = &source[at..];
        at = source.len() - rest.trim_start().len();
        match comment_end(source, at) {
            Some(end) => at = end,
            None => return at,
        }
    }
}

/// Where the comment that begins at `at` ends; one that does not close ends with the source.
fn comment_end(source: &str, at: usize) -> Option<usize> {
    let rest = &source[at..];
    let length = if rest.starts_with("//") {
        rest.find('\n')
    } else {
        let inner = rest.strip_prefix("/*")?;
        inner.find("*/").map(|end| end + "/**/".len())
    };
    Some(at + length.unwrap_or(rest.len()))
}

/// Skips code, and remembers where no string can begin.
#[derive(Default)]
pub(super) struct Skipper {
    /// For `"` and `'`, the end of the line up to which a quote has no partner: in text between
    /// tags, as in `<b>it's</b>`, it is an apostrophe.
    unpaired: [usize; 2],
}

/// A bracket that is open.
#[derive(PartialEq, Eq)]
enum Open {
    Bracket(u8),
    /// A template, in its text.
    Template,
}

impl Skipper {
    /// The first comma or closing bracket after `at` that no bracket encloses, or the end of the
    /// source; `None` where brackets do not match or a template does not end.
    pub(super) fn element_end(&mut self, source: &str, mut at: usize) -> Option<usize> {
        let bytes = source.as_bytes();
        let mut open = Vec::new();
        // The last byte that was neither blank nor comment: it decides whether `/` divides.
        let mut before = b'(';
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            if open.last() == Some(&Open::Template) {
                at += match byte {
                    b'\\' => 2,
                    b'`' => {
                        open.pop();
                        before = b'`';
                        1
                    }
                    b'$' if bytes.get(at + 1) == Some(&b'{') => {
                        open.push(Open::Bracket(b'}'));
                        before = b'{';
                        2
                    }
                    _ => 1,
                };
                continue;
            }
            at += 1;
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => continue,
                b'(' => open.push(Open::Bracket(b')')),
                b'[' => open.push(Open::Bracket(b']')),
                b'{' => open.push(Open::Bracket(b'}')),
                b'`' => open.push(Open::Template),
                b',' if open.is_empty() => return Some(start),
                b')' | b']' | b'}' => match open.pop() {
                    None => return Some(start),
                    Some(closed) if closed == Open::Bracket(byte) => {}
                    Some(_) => return None,
                },
                b'"' | b'\'' => at = self.string_end(source, start),
                b'/' => match comment_end(source, start) {
                    Some(end) => {
                        at = end;
                        continue;
                    }
                    None if is_before_value(before) => at = expression_end(bytes, start),
                    None => {}
                },
                _ => {}
            }
            before = byte;
        }
        Some(source.len()).filter(|_| open.is_empty())
    }

    /// Where the string that begins at `start` ends; only past the quote where it does not.
    fn string_end(&mut self, source: &str, start: usize) -> usize {
        let bytes = source.as_bytes();
        let quote = bytes[start];
        let unpaired = &mut self.unpaired[usize::from(quote == b'\'')];
        if start < *unpaired {
            return start + 1;
        }
        let mut at = start + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => break,
                _ if byte == quote => return at + 1,
                _ => {}
            }
            at += 1;
        }
        *unpaired = at;
        start + 1
    }
}

/// Whether a value follows this byte, so that `/` begins a regular expression.
fn is_before_value(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b'[' | b'{' | b'}' | b',' | b';' | b':' | b'=' | b'?' | b'!' | b'&' | b'|' | b'>'
    )
}

/// Where the regular expression that begins at `start` ends; only past the slash where it does not
/// end on its line, or not within the length of any that people write.
fn expression_end(bytes: &[u8], start: usize) -> usize {
    const LONGEST: usize = 200;
    let mut at = start + 1;
    let mut is_in_class = false;
    while let Some(&byte) = bytes[..bytes.len().min(start + LONGEST)].get(at) {
        match byte {
            b'\n' => break,
            b'\\' => at += 1,
            b'[' => is_in_class = true,
            b']' => is_in_class = false,
            b'/' if !is_in_class => return at + 1,
            _ => {}
        }
        at += 1;
    }
    start + 1
}

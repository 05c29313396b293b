//! Strings and templates of JavaScript.

/// The text of the string that begins with the quote at `start`, and where it ends.
///
/// ```text
/// 'it\'s'
/// ^      ^
/// ```
///
/// `None` where it does not end on its line.
pub(super) fn quoted(source: &str, start: usize) -> Option<(String, usize)> {
    let quote = source[start..].chars().next()?;
    enclosed(source, start, quote)
}

/// The text of the template that begins at `start`, and where it ends; `None` where it has a hole or
/// no end.
pub(super) fn template(source: &str, start: usize) -> Option<(String, usize)> {
    enclosed(source, start, '`')
}

fn enclosed(source: &str, start: usize, quote: char) -> Option<(String, usize)> {
    let body = start + quote.len_utf8();
    let mut text = Utf16Text::default();
    let mut chars = source[body..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            _ if c == quote => return Some((text.finish(), body + at + quote.len_utf8())),
            '\n' | '\r' if quote != '`' => return None,
            '$' if quote == '`' && matches!(chars.peek(), Some((_, '{'))) => return None,
            '\\' => {
                let rest = &source[body + at + 1..];
                let read = escape(rest, &mut text)?;
                let end = at + 1 + read;
                while chars.next_if(|(at, _)| *at < end).is_some() {}
            }
            _ => text.push(c),
        }
    }
    None
}

/// Adds what an escape means; returns its bytes after the backslash.
fn escape(rest: &str, text: &mut Utf16Text) -> Option<usize> {
    let c = rest.chars().next()?;
    let plain = match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '0' => '\0',
        '\n' => return Some(1),
        '\r' => return Some(if rest.starts_with("\r\n") { 2 } else { 1 }),
        'x' => {
            text.push_unit(hexadecimal(rest.get(1..3)?)?);
            return Some(3);
        }
        'u' if rest.starts_with("u{") => {
            let end = rest.get(..10).unwrap_or(rest).find('}')?;
            let code = u32::from_str_radix(&rest[2..end], 16).ok()?;
            text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            return Some(end + 1);
        }
        'u' => {
            text.push_unit(hexadecimal(rest.get(1..5)?)?);
            return Some(5);
        }
        _ => c,
    };
    text.push(plain);
    Some(c.len_utf8())
}

fn hexadecimal(digits: &str) -> Option<u16> {
    u16::from_str_radix(digits, 16).ok()
}

/// A text whose escapes may bring the two halves of a character one by one.
#[derive(Default)]
struct Utf16Text {
    text: String,
    /// Units of escapes that are not in `text` yet.
    units: Vec<u16>,
}

impl Utf16Text {
    fn push(&mut self, c: char) {
        self.join();
        self.text.push(c);
    }

    fn push_unit(&mut self, unit: u16) {
        self.units.push(unit);
    }

    fn join(&mut self) {
        let chars = char::decode_utf16(self.units.drain(..));
        let chars = chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        self.text.extend(chars);
    }

    fn finish(mut self) -> String {
        self.join();
        self.text
    }
}

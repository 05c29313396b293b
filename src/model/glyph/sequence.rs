//! Sequences of characters that make one pictograph, as characters that can be printed.
//!
//! ```text
//! keycap   = ("0" … "9" | "#" | "*") U+FE0F? U+20E3       ① [#]
//! flag     = letter letter, of U+1F1E6 … U+1F1FF          [KR]
//! sequence = pictograph rest (U+200D pictograph rest)*    its first pictograph
//! rest     = (U+FE0F | skin tone | tag)*
//! ```

use std::borrow::Cow;
use std::iter::Peekable;
use std::str::Chars;

use crate::model::glyph::{is_invisible, is_pictograph};

const JOINER: char = '\u{200d}';
const KEYCAP: char = '\u{20e3}';
const VARIANT: char = '\u{fe0f}';

/// The text with each sequence as the characters that replace it.
pub fn without_sequences(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c == KEYCAP || c == JOINER || flag_letter(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if let Some(keycap) = keycap(character, &rest) {
            whole.push_str(&keycap);
            skip(&mut rest, |c| c == VARIANT || c == KEYCAP);
        } else if let Some(first) = flag_letter(character) {
            let second = rest.next_if(|next| flag_letter(*next).is_some());
            whole.push('[');
            whole.push(first);
            whole.extend(second.and_then(flag_letter));
            whole.push(']');
        } else {
            whole.push(character);
            if is_pictograph(character) {
                skip_joined(&mut rest);
            }
        }
    }
    Cow::Owned(whole)
}

/// What a key with this letter is printed as, where the text behind it makes it one.
fn keycap(letter: char, rest: &Peekable<Chars<'_>>) -> Option<String> {
    let behind = rest.clone().find(|c| *c != VARIANT);
    if behind != Some(KEYCAP) {
        return None;
    }
    match letter {
        '0' => Some("\u{24ea}".to_string()),
        '1'..='9' => char::from_u32(u32::from(letter) - u32::from('1') + 0x2460).map(String::from),
        '#' | '*' => Some(format!("[{letter}]")),
        _ => None,
    }
}

/// The letter of a character of which two make a flag.
fn flag_letter(character: char) -> Option<char> {
    let at = u32::from(character).checked_sub(0x1f1e6)?;
    char::from_u32(u32::from('A') + at).filter(char::is_ascii_uppercase)
}

fn skip(rest: &mut Peekable<Chars<'_>>, is_skipped: impl Fn(char) -> bool) {
    while rest.next_if(|next| is_skipped(*next)).is_some() {}
}

/// Skips what is joined to the pictograph before it.
fn skip_joined(rest: &mut Peekable<Chars<'_>>) {
    loop {
        skip(rest, |c| c != JOINER && is_invisible(c));
        let mut behind = rest.clone();
        let is_joined = behind.next() == Some(JOINER) && behind.next().is_some_and(is_pictograph);
        if !is_joined {
            return;
        }
        rest.next();
        rest.next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequences_are_one_sign_or_letters() {
        for (text, expected) in [
            ("1\u{fe0f}\u{20e3} 9\u{20e3}0\u{fe0f}\u{20e3}", "① ⑨⓪"),
            ("#\u{fe0f}\u{20e3}*\u{20e3}a\u{20e3}", "[#][*]a\u{20e3}"),
            ("🇰🇷🇺🇸 🇰", "[KR][US] [K]"),
            ("👨\u{200d}👩\u{200d}👧 가", "👨 가"),
            ("👍🏽\u{200d}가", "👍\u{200d}가"),
            ("❤\u{fe0f}\u{200d}🔥🔥", "❤🔥"),
            ("10 #", "10 #"),
        ] {
            assert_eq!(without_sequences(text), expected, "{text}");
        }
    }
}

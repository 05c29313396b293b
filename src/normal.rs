//! Texts in one normal form, so that what looks the same is the same: Unicode's form C, with or
//! without spaces and case.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_security::skeleton;

use crate::hangul::is_syllable;

/// The text in NFC. Nearly every text is so as it is, and is not copied.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_surely_composed) || is_nfc(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// Whether no normal form changes a character, whatever is beside it: letters before the
/// combining marks, syllables, and the marks, arrows and pictographs of running text. It spares
/// most texts Unicode's tables.
fn is_surely_composed(character: char) -> bool {
    is_syllable(character)
        || SURELY_COMPOSED
            .iter()
            .any(|range| range.contains(&character))
}

/// Characters of `NFC_Quick_Check=Yes` and no combining class, the most usual ones first. Gaps are
/// characters that compose, such as the angle brackets of U+2329.
const SURELY_COMPOSED: [RangeInclusive<char>; 6] = [
    '\0'..='\u{2ff}',
    '\u{2010}'..='\u{20cf}',
    '\u{2190}'..='\u{2328}',
    '\u{232b}'..='\u{2adb}',
    '\u{3000}'..='\u{3029}',
    '\u{1f300}'..='\u{1faff}',
];

/// The text in NFC without spaces.
pub fn without_blanks(text: &str) -> String {
    let text = composed(text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text in NFC without spaces and in lower case.
pub fn folded(text: &str) -> String {
    without_blanks(text).to_lowercase()
}

/// The text as it is read: in NFKC, so that letters have one width, and without characters that cannot be seen.
pub fn visible(text: &str) -> String {
    text.nfkc().filter(|c| !is_invisible(*c)).collect()
}

/// What a text looks like: letters that cannot be distinguished are one, such as the Cyrillic `а`
/// and the Latin `a`. It is for comparing two texts and not for showing one.
pub fn look(text: &str) -> String {
    skeleton(text).nfc().collect()
}

/// The text without what nobody sees: joiners, marks of direction, soft hyphens.
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.contains(is_invisible) {
        Cow::Owned(text.replace(is_invisible, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a character leaves no trace where nothing draws it: Unicode's `Default_Ignorable_Code_Point`.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::*;

    #[test]
    fn syllables_are_composed_and_blanks_go() {
        let apart: String = "설정 경로".nfd().collect();
        assert_eq!(composed(&apart), "설정 경로");
        assert_eq!(without_blanks(&apart), "설정경로");
        assert_eq!(folded("↗ 실 연동 (V1)"), "↗실연동(v1)");
    }

    #[test]
    fn surely_composed_characters_are_so_by_unicode_tables() {
        for character in SURELY_COMPOSED.iter().cloned().flatten() {
            let quick = is_nfc_quick(std::iter::once(character));
            assert_eq!(quick, IsNormalized::Yes, "{character:?}");
            assert_eq!(canonical_combining_class(character), 0, "{character:?}");
        }
    }

    #[test]
    fn visible_text_has_one_width_and_nothing_unseen() {
        assert_eq!(visible("Ｋ\u{200b}ｅ\u{ad}ｙ ﾌ\u{fe0f}"), "Key フ");
    }

    #[test]
    fn composed_text_is_not_copied() {
        assert!(matches!(composed("⚠️ 실연동 é"), Cow::Borrowed(_)));
    }
}

//! Texts in one normal form, so that what looks the same is the same: Unicode's form C, with or
//! without blanks and case.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::hangul::is_plainly_composed;

/// The text in NFC. Nearly every text is so as it stands, and is not copied.
pub fn composed(text: &str) -> Cow<'_, str> {
    if is_plainly_composed(text) || is_nfc(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfc().collect())
}

/// The text in NFC without blanks.
pub fn without_blanks(text: &str) -> String {
    let text = composed(text);
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The text in NFC without blanks and in lower case.
pub fn folded(text: &str) -> String {
    without_blanks(text).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_composed_and_blanks_go() {
        let apart: String = "설정 경로".nfd().collect();
        assert_eq!(composed(&apart), "설정 경로");
        assert_eq!(without_blanks(&apart), "설정경로");
        assert_eq!(folded("↗ 실 연동 (V1)"), "↗실연동(v1)");
    }

    #[test]
    fn composed_text_is_not_copied() {
        assert!(matches!(composed("⚠️ 실연동 é"), Cow::Borrowed(_)));
    }
}

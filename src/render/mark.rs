//! Marks of the parts of a sheet, by which a page finds the items that changed since an old sheet
//! was printed.
//!
//! ```text
//! fragment = "#r=" revision [ "." mark* ]
//! revision = seven hexadecimal digits
//! mark     = two characters of base64url
//! ```
//!
//! The QR code of a printed sheet contains its marks, so former revisions need not be stored. A
//! part's mark is made of its visible text and not of its position or the targets of its links, so
//! it is the same on paper, on the page and after other parts have moved.

use sha2::{Digest, Sha256};

/// The digits of a mark.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The visible text of one part of a sheet, from which its mark is made.
#[derive(Debug, Default)]
pub struct MarkedText(String);

impl MarkedText {
    /// Adds a text and a separator that no text contains.
    pub fn add(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\0');
    }

    /// Adds texts.
    pub fn all<'t>(&mut self, texts: impl IntoIterator<Item = &'t String>) {
        texts.into_iter().for_each(|text| self.add(text));
    }

    /// The mark; empty without text.
    pub fn mark(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let digest = Sha256::digest(self.0.as_bytes());
        let bits = usize::from(u16::from_be_bytes([digest[0], digest[1]]));
        let digits = [bits >> 10, bits >> 4 & 63];
        digits
            .iter()
            .map(|digit| char::from(DIGITS[*digit]))
            .collect()
    }
}

/// The fragment of the address of a printed sheet's page.
pub fn fragment<'m>(revision: &str, marks: impl Iterator<Item = &'m str>) -> String {
    format!("#r={revision}.{}", marks.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(texts: &[&str]) -> String {
        let mut marked = MarkedText::default();
        texts.iter().for_each(|text| marked.add(text));
        marked.mark()
    }

    #[test]
    fn mark_is_the_first_twelve_bits_of_a_hash() {
        // SHA-256 of "a\0" starts with ffe9.
        assert_eq!(mark(&["a"]), "_-");
        assert_eq!(mark(&[]), "");
    }

    #[test]
    fn words_that_move_from_one_text_to_the_next_change_the_mark() {
        assert_ne!(mark(&["ab", "c"]), mark(&["a", "bc"]));
    }
}

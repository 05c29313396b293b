//! The seal by which a printed file is known again: a hash of everything else in it. A file whose seal
//! is whole was written by `print` and not changed since, so it may be replaced.
//!
//! ```text
//! <!-- tickbook 9f86d081… -->    after the end of a page
//! %tickbook 9f86d081…            a comment before the last `startxref` of a PDF
//! ```

use sha2::{Digest, Sha256};

/// Beginning of a PDF.
const PDF: &[u8] = b"%PDF-";

/// What comes before the last number of a PDF.
const PDF_END: &[u8] = b"startxref";

/// Digits of a hash.
const DIGITS: usize = 64;

/// The printed file with its seal.
pub(super) fn sealed(bytes: Vec<u8>) -> Vec<u8> {
    let digits = digits(&[&bytes]);
    let (at, seal) = match end_of_pdf(&bytes) {
        Some(at) => (at, pdf_seal(&digits)),
        None => (bytes.len(), page_seal(&digits)),
    };
    let mut sealed = bytes;
    sealed.splice(at..at, seal.into_bytes());
    sealed
}

/// Whether a file carries a seal that is true of it.
pub(super) fn is_ours(bytes: &[u8]) -> bool {
    let pdf = end_of_pdf(bytes);
    let end = pdf.unwrap_or(bytes.len());
    let seal = if pdf.is_some() { pdf_seal } else { page_seal };
    let length = seal(&"0".repeat(DIGITS)).len();
    let Some(start) = end.checked_sub(length) else {
        return false;
    };
    let digits = digits(&[&bytes[..start], &bytes[end..]]);
    bytes[start..end] == *seal(&digits).as_bytes()
}

fn page_seal(digits: &str) -> String {
    format!("<!-- tickbook {digits} -->\n")
}

fn pdf_seal(digits: &str) -> String {
    format!("%tickbook {digits}\n")
}

/// Where the seal of a PDF ends; `None` for another file.
fn end_of_pdf(bytes: &[u8]) -> Option<usize> {
    let mut windows = bytes.windows(PDF_END.len());
    let end = windows.rposition(|window| window == PDF_END)?;
    bytes.starts_with(PDF).then_some(end)
}

fn digits(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    let hash = hasher.finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_file_is_known_until_a_byte_changes() {
        for file in [
            "<!DOCTYPE html>\n<p>startxref",
            "%PDF-1.7\nstartxref\n1\nstartxref\n12\n%%EOF",
            "",
        ] {
            let sealed = sealed(file.as_bytes().to_vec());
            assert!(is_ours(&sealed), "{file}");
            assert!(!is_ours(file.as_bytes()), "{file}");
            assert!(!is_ours(&[&sealed, b"\n".as_slice()].concat()), "{file}");
            for at in 0..sealed.len() {
                let mut other = sealed.clone();
                other[at] ^= 1;
                assert!(!is_ours(&other), "{file} {at}");
            }
        }
    }

    #[test]
    fn seal_of_a_pdf_is_where_a_comment_may_be() {
        let sealed = sealed(b"%PDF-1.7\nendobj\nstartxref\n9\n%%EOF".to_vec());
        let text = String::from_utf8(sealed).unwrap();
        assert!(text.starts_with("%PDF-1.7\nendobj\n%tickbook "), "{text}");
        assert!(text.ends_with("\nstartxref\n9\n%%EOF"), "{text}");
    }
}

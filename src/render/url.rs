//! Addresses in the output: always relative, always safe inside an attribute.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// Characters that would end or change an address; letters of every script stay readable.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'#')
    .add(b'?')
    .add(b'%')
    .add(b'\\')
    .add(b'`');

/// The way from the file at `from` to the file at `to`, both below the site's root.
pub fn relative(from: &str, to: &str) -> String {
    let from_folders: Vec<&str> = from.split('/').collect();
    let to_parts: Vec<&str> = to.split('/').collect();
    let folders = from_folders.len() - 1;
    let shared = from_folders[..folders]
        .iter()
        .zip(&to_parts[..to_parts.len() - 1])
        .take_while(|(from, to)| from == to)
        .count();
    let mut way = "../".repeat(folders - shared);
    way.push_str(&encode(&to_parts[shared..].join("/")));
    way
}

/// The way from the file at `from` to the site's root: empty, `../`, `../../` and so on.
pub fn root(from: &str) -> String {
    "../".repeat(from.matches('/').count())
}

/// A path with the characters that would end an address encoded.
pub fn encode(path: &str) -> String {
    utf8_percent_encode_keeping_letters(path)
}

/// A fragment with its `#`; empty for an empty id.
pub fn fragment(id: &str) -> String {
    if id.is_empty() {
        String::new()
    } else {
        format!("#{}", encode(id))
    }
}

fn utf8_percent_encode_keeping_letters(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    let mut rest = path;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        encoded.push_str(&rest[..letters]);
        rest = &rest[letters..];
        let ascii = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        encoded.extend(utf8_percent_encode(&rest[..ascii], RESERVED));
        rest = &rest[ascii..];
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_are_relative() {
        assert_eq!(relative("a/b/c.html", "a/d.html"), "../d.html");
        assert_eq!(relative("a.html", "b/c.html"), "b/c.html");
        assert_eq!(relative("a/b.html", "a/c d.html"), "c%20d.html");
        assert_eq!(
            relative("checklists/a/b.html", "a/b.html"),
            "../../a/b.html"
        );
        assert_eq!(root("a/b/c.html"), "../../");
    }

    #[test]
    fn letters_stay_readable() {
        assert_eq!(fragment("통합인증/live"), "#통합인증/live");
        assert_eq!(fragment("0_API-\"수기\""), "#0_API-%22수기%22");
        assert_eq!(fragment(""), "");
    }
}

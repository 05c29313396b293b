//! Gives a page what it needs to be read again by itself. A build never does.

use std::collections::BTreeMap;

use crate::render::html::escape;
use crate::strings::Strings;

/// Folder of the preview's own files, below the root of the host.
pub const OWN: &str = "_tickbook/";

/// Words of the preview; their keys in the table of pages begin with `preview_`.
const WORDS: [&str; 10] = [
    "clean", "errors", "warnings", "notes", "error", "warning", "info", "failure", "sheets",
    "paper",
];

/// The page with the preview's script: `page` is its address, `mark` is its state.
pub fn with_script(html: &[u8], page: &str, mark: u64, strings: &Strings) -> Vec<u8> {
    let word = |word: &&'static str| (*word, strings.page(&format!("preview_{word}")));
    let words: BTreeMap<&str, &str> = WORDS.iter().map(word).collect();
    let words = serde_json::to_string(&words).unwrap_or_default();
    let script = format!(
        "<script type=\"module\" src=\"/{OWN}preview.js\" data-page=\"{}\" data-mark=\"{mark:016x}\" data-words=\"{}\"></script>\n",
        escape(page),
        escape(&words),
    );
    let end = b"</body>";
    let at = html
        .windows(end.len())
        .rposition(|window| window == end)
        .unwrap_or(html.len());
    [&html[..at], script.as_bytes(), &html[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;

    #[test]
    fn script_stands_at_the_end_of_the_body() {
        let strings = Strings::load(Language::En);
        let page = with_script(b"<body>a</body></html>", "a\"b.html", 1, &strings);
        let page = String::from_utf8(page).unwrap();
        assert!(page.starts_with("<body>a<script type=\"module\""), "{page}");
        assert!(page.ends_with("</script>\n</body></html>"), "{page}");
        assert!(
            page.contains("data-page=\"a&quot;b.html\" data-mark=\"0000000000000001\""),
            "{page}"
        );
    }
}

//! Names of files and folders: which are taken, and how the others are shown.

use std::ffi::OsStr;
use std::path::Path;

use crate::disk::is_git;

/// Whether a name is text on one line that reads as what it is, and is one name on every system: it
/// contains no line end, no other control character, none that changes the direction of letters and
/// no backslash, and is not taken for git's own folder.
pub(super) fn is_plain(name: &OsStr) -> bool {
    let is_text = |name: &str| !name.contains(is_active) && !name.contains('\\');
    name.to_str().is_some_and(is_text) && !is_git(name)
}

fn is_active(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// The last `depth` names of a path as they are written in messages when one of them is not plain.
///
/// ```text
/// images/a\nCNAME  caf\xE9.png  a\\b.png
/// ```
pub(super) fn shown(path: &Path, depth: usize) -> String {
    let root = path.ancestors().nth(depth).unwrap_or(Path::new(""));
    let quoted = format!("{:?}", path.strip_prefix(root).unwrap_or(path));
    quoted.trim_matches('"').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_on_one_line() {
        for name in ["a.png", "그림 1 (새).png", "a'b\"c.png", "👩\u{200d}💻.png"] {
            assert!(is_plain(OsStr::new(name)), "{name}");
        }
        for name in [
            "a\nb",
            "a\r",
            "\u{0}",
            "a\u{1b}[31m",
            "a\u{7f}",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{2029}b",
            "a\u{202e}gnp.b",
            "a\u{2066}b",
            "\u{200f}a",
            "\u{61c}a",
            "a\\b",
            "git~1",
            ".GIT",
        ] {
            assert!(!is_plain(OsStr::new(name)), "{name:?}");
            let shown = shown(Path::new(name), 1);
            assert!(!shown.contains(is_active), "{name:?}: {shown}");
        }
    }
}

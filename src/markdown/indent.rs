//! Takes off indentation that means nothing: MDX has no indented code, and a block may start at any
//! column.
//!
//! ```text
//! <Steps>               <Steps>
//!     1. 하나            1. 하나
//!
//!        ```sh             ```sh
//!        code              code
//!        ```               ```
//! </Steps>              </Steps>
//! ```
//!
//! What is left is indented as CommonMark needs it, and the derived text leads back to the bytes
//! before. Lines inside a tag or an expression stay as they are.

use crate::markdown::containers::Surplus;
use crate::markdown::offsets::Derived;
use crate::markdown::scan::{EMPTY_EXPRESSION, Tag, scan_free};
use crate::markdown::schema::Dialect;
use crate::markdown::tag::{FRAGMENT_FILLER, TagKind};

/// The text with only the indentation that CommonMark needs; `None` when it has no other.
pub(super) fn dedent(text: &str, dialect: Dialect) -> Option<Derived> {
    let (scan, surplus) = scan_free(text, dialect);
    let mut edits: Vec<Edit> = surplus.into_iter().map(Edit::Blanks).collect();
    edits.extend(scan.tags.iter().filter_map(too_short));
    if edits.is_empty() {
        return None;
    }
    edits.sort_by_key(Edit::start);
    let mut derived = Derived::default();
    let mut start = 0;
    for edit in edits {
        derived.push_verbatim(text, start..edit.start());
        start = edit.apply(text, &mut derived);
    }
    derived.push_verbatim(text, start..text.len());
    Some(derived)
}

enum Edit {
    Blanks(Surplus),
    /// A tag of two bytes, for which there is no mask.
    Short(usize, String),
}

impl Edit {
    fn start(&self) -> usize {
        match self {
            Self::Blanks(surplus) => surplus.blanks.start,
            Self::Short(start, _) => *start,
        }
    }

    /// Adds what comes in the place of the edit; returns where the text goes on.
    fn apply(&self, text: &str, derived: &mut Derived) -> usize {
        match self {
            Self::Blanks(Surplus { blanks, needed }) => {
                let spaces = text[blanks.clone()]
                    .bytes()
                    .rev()
                    .take_while(|byte| *byte == b' ');
                match spaces.take(*needed).count() == *needed {
                    true => derived.push_verbatim(text, blanks.end - needed..blanks.end),
                    false => derived.push_replaced(&" ".repeat(*needed), blanks.clone()),
                }
                blanks.end
            }
            Self::Short(start, filler) => {
                derived.push_replaced(filler, *start..start + 2);
                start + 2
            }
        }
    }
}

fn too_short(tag: &Tag) -> Option<Edit> {
    let filler = match &tag.kind {
        _ if tag.span.len() > 2 => return None,
        TagKind::Expression { .. } => EMPTY_EXPRESSION.to_string(),
        _ => format!("<{FRAGMENT_FILLER}>"),
    };
    Some(Edit::Short(tag.span.start, filler))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let derived = dedent(text, Dialect::Mdx);
        let derived = derived.map_or(text.to_string(), |derived| derived.text);
        assert_eq!(derived, expected, "{text:?}");
    }

    #[test]
    fn blocks_may_start_at_any_column() {
        check("<A>\n      text\n    more\n</A>", "<A>\ntext\nmore\n</A>");
        check("    # 제목", "# 제목");
        check("     > a\n     > b", "> a\n> b");
    }

    #[test]
    fn items_keep_what_makes_them_nest() {
        check("    - a\n      - b\n        - c", "- a\n  - b\n    - c");
        check("-     a\n\n      b", "- a\n\n  b");
        check("1. a\n\n       b", "1. a\n\n   b");
        check("\t- a\n\t\tb", "- a\n  b");
    }

    #[test]
    fn code_in_a_fence_loses_only_what_the_fence_has() {
        check(
            "    ```\n    a\n      b\n  c\n    ```",
            "```\na\n  b\nc\n```",
        );
        check(
            "1. a\n\n      ```\n      b\n      ```",
            "1. a\n\n   ```\n   b\n   ```",
        );
    }

    #[test]
    fn tags_stay_as_they_are() {
        check(
            "<A\n      b={[\n         1]}\n/>",
            "<A\n      b={[\n         1]}\n/>",
        );
        check("a <>b</>", "a <\u{8}>b</>");
        check("{}", "{\u{8}}");
    }
}

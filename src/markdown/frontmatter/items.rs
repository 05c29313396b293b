//! Where the items of a frontmatter list are: which the YAML reader does not report.
//!
//! Only lists with one item a line are looked at, for only there an item goes with its line.

use std::ops::Range;

/// An item on a line of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'y> {
    /// Its text, without quotes; empty for null.
    pub text: &'y str,
    /// Bytes of the text, quotes included; the mark's where there is none.
    pub place: Range<usize>,
    /// Bytes of the line, its end included.
    pub line: Range<usize>,
}

/// The items of the list `key` in `yaml`, in order; none when they are not one per line.
///
/// ```text
/// tags:
///   - 하나
/// ^^^^^^^^ an item with its line
/// ```
pub fn items<'y>(yaml: &'y str, key: &str) -> Vec<Item<'y>> {
    let mut items = Vec::new();
    let mut at = 0;
    let mut is_inside = false;
    for line in yaml.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let text = line.trim();
        if !is_inside {
            is_inside = text.strip_suffix(':') == Some(key);
        } else if text == "-" || text.starts_with("- ") {
            items.push(item(yaml, start..at));
        } else if !text.is_empty() && !text.starts_with('#') {
            // A line that goes on with the item above: that one is not on one line.
            if line.starts_with(' ') && !text.contains(':') {
                items.pop();
                continue;
            }
            break;
        }
    }
    items
}

fn item(yaml: &str, line: Range<usize>) -> Item<'_> {
    let text = yaml[line.clone()].trim_end();
    let mark = text.len() - text.trim_start().len();
    let value = text[mark + 1..].trim_start();
    let end = line.start + text.len();
    let place = if value.is_empty() {
        line.start + mark..end
    } else {
        end - value.len()..end
    };
    let plain = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(match value {
            "~" | "null" | "Null" | "NULL" => "",
            value => value,
        });
    let text = plain.trim();
    Item { text, place, line }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = items(yaml, "tags")
            .into_iter()
            .map(|item| (item.text, &yaml[item.line]))
            .collect();
        assert_eq!(found, expected, "{yaml:?}");
    }

    #[test]
    fn items_go_with_their_lines() {
        check(
            "title: a\ntags:\n  - 하나\n  - ' 둘 '\n  -\n  - null\nseo:\n  - b\n",
            &[
                ("하나", "  - 하나\n"),
                ("둘", "  - ' 둘 '\n"),
                ("", "  -\n"),
                ("", "  - null\n"),
            ],
        );
        check("tags:\n- a\nx: b\n", &[("a", "- a\n")]);
    }

    #[test]
    fn items_that_share_a_line_or_take_several_are_left_out() {
        check("tags: [a, a]\n", &[]);
        check("tags:\n  - a\n    b\n  - c\n", &[("c", "  - c\n")]);
    }
}

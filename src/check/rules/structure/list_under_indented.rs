//! A list item is indented too little to be nested under the one above.
//!
//! ## Why
//!
//! Markdown nests an item where it starts at the text of the item above: two spaces under `-`, three
//! under `1.`, four under `10.`. With fewer the item is a sibling, or starts a list of its own: one
//! field with values to choose from becomes several fields to set. The fix indents the items
//! together with what they contain. Items of one and the same list that are out of line get none:
//! whether they should be nested or aligned is up to the author.
//!
//! ## Bad
//!
//! ````markdown
//! 1. 상점아이디 : 아래에서 하나를 고릅니다.
//!   - 일반결제 : TEST0001 선택
//!   - 정기결제 : TEST0002 선택
//! 2. 과세설정 : 설정하지 않습니다.
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 1. 상점아이디 : 아래에서 하나를 고릅니다.
//!    - 일반결제 : TEST0001 선택
//!    - 정기결제 : TEST0002 선택
//! 2. 과세설정 : 설정하지 않습니다.
//! ````

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Severity};
use crate::markdown::node::{Block, List};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// Most spaces between a mark and the text of its item.
const MAX_GAP: usize = 4;

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "list-under-indented",
    level: Level::Error,
    source: include_str!("list_under_indented.rs"),
    check,
    fix: Effect::Nesting,
};

/// An item with its place in the text.
#[derive(Clone, Copy)]
struct Placed<'a> {
    list: &'a List,
    /// Its index in the list.
    index: usize,
    /// First byte of its first line.
    line: usize,
    /// Its mark, such as `-` or `10.`.
    mark: Span,
    /// Column of its mark, from 0.
    column: usize,
    /// Column at which what is under it starts.
    content: usize,
}

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let text = context.text(file);
        let mut ends: HashMap<usize, Vec<Placed<'_>>> = HashMap::new();
        // Items up to here move with one that was found.
        let mut moved = 0;
        for item in items(page, text) {
            let before = text[..item.line].trim_end().len();
            let above = ends.get(&before).into_iter().flatten();
            let mut above = above.filter(|above| is_between(item, **above));
            if let Some(above) = above.next().filter(|_| starts_line(item, text)) {
                let run = run(item, *above, text);
                found.push(finding(file, item, *above, run, item.line >= moved, text));
                moved = moved.max(run.end);
            }
            let end = item.list.items[item.index].span.end;
            ends.entry(text[..end].trim_end().len())
                .or_default()
                .push(item);
        }
    }
}

/// Every item, in the order of the text.
fn items<'a>(page: &'a Page, text: &str) -> Vec<Placed<'a>> {
    let mut items = Vec::new();
    walk(&page.document.blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(Block::List(list)) = node {
            items.extend((0..list.items.len()).filter_map(|index| placed(list, index, text)));
        }
    });
    items.sort_by_key(|item| item.mark.start);
    items
}

fn placed<'a>(list: &'a List, index: usize, text: &str) -> Option<Placed<'a>> {
    let span = list.items[index].span;
    let source = &text[span.range()];
    let start = span.start + source.len() - source.trim_start().len();
    let rest = &text[start..span.end.max(start)];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_mark = match list.start {
        Some(_) => digits > 0 && rest[digits..].starts_with(['.', ')']),
        None => digits == 0 && rest.starts_with(['-', '*', '+']),
    };
    if !is_mark {
        return None;
    }
    let mark = Span::new(start, start + digits + 1);
    let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let column = columns(&text[line..start]);
    let behind = &text[mark.end..];
    let gap = behind.len() - behind.trim_start_matches(' ').len();
    let is_empty = behind[gap..].starts_with(['\n', '\r']) || behind.len() == gap;
    let gap = if is_empty || gap > MAX_GAP {
        1
    } else {
        gap.max(1)
    };
    Some(Placed {
        list,
        index,
        line,
        mark,
        column,
        content: column + digits + 1 + gap,
    })
}

/// Columns that a line's start takes.
fn columns(start: &str) -> usize {
    start.chars().fold(0, |column, character| match character {
        '\t' => column + TAB - column % TAB,
        _ => column + 1,
    })
}

/// Whether an item is indented more than the one above, and less than what is under that.
fn is_between(item: Placed<'_>, above: Placed<'_>) -> bool {
    above.column < item.column && item.column < above.content
}

/// Whether nothing but spaces, or marks of quotes, is before an item.
fn starts_line(item: Placed<'_>, text: &str) -> bool {
    let before = &text[item.line..item.mark.start];
    before.trim_matches([' ', '\t', '>']).is_empty()
}

/// The lines of an item and of those after it in its list that are indented more than the one
/// above.
fn run(item: Placed<'_>, above: Placed<'_>, text: &str) -> Span {
    let behind = item.index + 1..item.list.items.len();
    let behind = behind.map_while(|index| placed(item.list, index, text));
    let last = behind
        .take_while(|next| next.column > above.column)
        .last()
        .unwrap_or(item);
    Span::new(item.line, last.list.items[last.index].span.end)
}

/// The edits indent every line of the run as far as the first one lacks. Items of one list may be
/// out of line by a slip, so they are no error.
fn finding(
    file: FileId,
    item: Placed<'_>,
    above: Placed<'_>,
    run: Span,
    may_move: bool,
    text: &str,
) -> Diagnostic {
    let is_same_list = std::ptr::eq(item.list, above.list);
    let severity = match is_same_list {
        true => Severity::Warning,
        false => Severity::Error,
    };
    let line = text[item.line..].lines().next().unwrap_or_default();
    let end = item.line + line.trim_end().len();
    let found = RULE
        .at(file, Span::new(item.mark.start, end))
        .severity(severity)
        .with("mark", &text[above.mark.range()])
        .with("needed", (above.content - above.column).to_string())
        .with("found", (item.column - above.column).to_string());
    // Whether siblings are meant that are out of line, or items that should be nested, is not
    // certain.
    if is_same_list || !may_move || !is_plain(item, run, text) {
        return found;
    }
    let blanks = " ".repeat(above.content - item.column);
    let starts = line_starts(run, text);
    starts.fold(found, |found, at| found.edit(Span::new(at, at), &blanks))
}

/// Whether spaces are all that indents the lines of a run.
fn is_plain(item: Placed<'_>, run: Span, text: &str) -> bool {
    let is_indented = text[item.line..item.mark.start]
        .trim_matches(' ')
        .is_empty();
    let has_tab = |line: &str| {
        let rest = line.trim_start_matches(' ');
        rest.starts_with('\t')
    };
    is_indented && !text[run.range()].lines().any(has_tab)
}

/// First bytes of the lines of a run that are not blank.
fn line_starts(run: Span, text: &str) -> impl Iterator<Item = usize> {
    let mut start = run.start;
    let lines = text[run.range()].split_inclusive('\n');
    lines.filter_map(move |line| {
        let at = start;
        start += line.len();
        (!line.trim().is_empty()).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found, findings};

    #[test]
    fn bullets_under_a_number_take_three_blanks_or_more() {
        let text = "1. 가\n  - 나\n  - 다\n2. 라\n";
        assert_found(&RULE, text, &["2: - 나"]);
        assert_fixed(&RULE, text, "1. 가\n   - 나\n   - 다\n2. 라\n");
        let text = "10. 가\n   - 나\n     글\n\n     글\n";
        assert_found(&RULE, text, &["2: - 나"]);
        assert_fixed(&RULE, text, "10. 가\n    - 나\n      글\n\n      글\n");
        let text = "1. 가\n\n  - 나\n";
        assert_fixed(&RULE, text, "1. 가\n\n   - 나\n");
    }

    #[test]
    fn items_of_the_same_kind_are_found_too() {
        let text = "- 가\n - 나\n - 다\n- 라\n";
        assert_found(&RULE, text, &["2: - 나"]);
        assert_fixed(&RULE, text, text);
        let text = "1. 가\n  1. 나\n  2. 다\n2. 라\n";
        assert_found(&RULE, text, &["2: 1. 나"]);
        assert_fixed(&RULE, text, text);
        let text = "- 가\n * 나\n";
        assert_fixed(&RULE, text, "- 가\n  * 나\n");
    }

    #[test]
    fn what_the_items_hold_moves_with_them() {
        let text = "1. 가\n  - 나\n    ```\n    code\n      more\n    ```\n    - 다\n- 라\n";
        let fixed = "1. 가\n   - 나\n     ```\n     code\n       more\n     ```\n     - 다\n- 라\n";
        assert_fixed(&RULE, text, fixed);
        assert_found(&RULE, fixed, &[]);
    }

    #[test]
    fn staircase_of_siblings_is_left_to_its_author() {
        let text = "- 가\n - 나\n  - 다\n";
        assert_found(&RULE, text, &["2: - 나", "3: - 다"]);
        assert_fixed(&RULE, text, text);
    }

    #[test]
    fn lists_in_attributes_and_deeper_lists_are_read_too() {
        let text = "<Callout content=\"\n1. 가\n  - 나\n\" />\n";
        assert_found(&RULE, text, &["3: - 나"]);
        assert_fixed(&RULE, text, &text.replace("  - 나", "   - 나"));
        let text = "- 가\n  1. 나\n    - 다\n";
        assert_found(&RULE, text, &["3: - 다"]);
        assert_fixed(&RULE, text, &text.replace("    - 다", "     - 다"));
    }

    #[test]
    fn tabs_and_quotes_are_left_to_their_writer() {
        let quoted = "> 1. 가\n>   - 나\n";
        assert_found(&RULE, quoted, &["2: - 나"]);
        assert_fixed(&RULE, quoted, quoted);
        let tabs = "1. 가\n  - 나\n\t글\n";
        assert_fixed(&RULE, tabs, tabs);
    }

    #[test]
    fn items_that_stand_where_they_should_are_not_found() {
        for text in [
            "1. 가\n   - 나\n",
            "- 가\n  - 나\n    - 다\n  - 라\n- 마\n",
            "10. 가\n    - 나\n",
            "1. 가\n- 나\n",
            " 9. 가\n10. 나\n",
            "- 가\n\n글\n\n - 나\n",
            "-     code\n  - 나\n",
        ] {
            assert_found(&RULE, text, &[]);
        }
    }

    #[test]
    fn items_of_one_list_may_be_out_of_line_by_a_slip() {
        let severity = |text: &str| findings(&RULE, "", &[("a.md", text)])[0].severity;
        assert_eq!(severity("- 가\n - 나\n"), Severity::Warning);
        assert_eq!(severity("1. 가\n  - 나\n"), Severity::Error);
    }
}

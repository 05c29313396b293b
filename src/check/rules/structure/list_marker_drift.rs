//! A bullet's mark changes between siblings.
//!
//! ## Why
//!
//! Markdown starts a second list at another marker: the items are separated on the page, and on a sheet
//! their numbers start again. The fix gives them the mark of the list above.
//!
//! ## Bad
//!
//! ````markdown
//! - 채널 이름 : 임의값
//!
//! * 상점 아이디 : 발급값
//! ````
//!
//! ## Good
//!
//! ````markdown
//! - 채널 이름 : 임의값
//! - 상점 아이디 : 발급값
//! ````

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Block, List};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// Marks of bullets.
const MARKS: [char; 3] = ['-', '*', '+'];

/// A list with its place and mark.
#[derive(Clone, Copy)]
struct Bullets<'a> {
    list: &'a List,
    /// First byte of its first line.
    line: usize,
    /// Spaces before its mark.
    indent: usize,
    mark: char,
}

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "list-marker-drift",
    level: Level::Info,
    source: include_str!("list_marker_drift.rs"),
    check,
    fix: Effect::JoinedLists,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let text = context.text(file);
        // The last list that ends at a byte and starts at an indent, with the mark it shall have.
        let mut ends: HashMap<(usize, usize), Bullets<'_>> = HashMap::new();
        for mut bullets in all_bullets(page, text) {
            let before = text[..bullets.line].trim_end().len();
            if let Some(above) = ends.get(&(before, bullets.indent)) {
                if above.mark != bullets.mark {
                    found.push(finding(file, *above, bullets, text));
                }
                bullets.mark = above.mark;
            }
            let end = text[..bullets.list.span.end].trim_end().len();
            ends.insert((end, bullets.indent), bullets);
        }
    }
}

/// Bulleted lists that start a line, in document order.
fn all_bullets<'a>(page: &'a Page, text: &str) -> Vec<Bullets<'a>> {
    let mut all = Vec::new();
    walk(&page.document.blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(Block::List(list)) = node {
            all.extend(bullets(list, text));
        }
    });
    all.sort_by_key(|bullets| bullets.list.span.start);
    all
}

fn bullets<'a>(list: &'a List, text: &str) -> Option<Bullets<'a>> {
    let at = mark_of(list.items.first()?.span, text)?;
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let starts_line = text[line..at].trim().is_empty();
    (list.start.is_none() && starts_line).then(|| Bullets {
        list,
        line,
        indent: at - line,
        mark: char::from(text.as_bytes()[at]),
    })
}

/// Offset of an item's mark.
fn mark_of(item: Span, text: &str) -> Option<usize> {
    let source = &text[item.range()];
    let at = item.start + source.len() - source.trim_start().len();
    text[at..].starts_with(MARKS).then_some(at)
}

/// The edits give the items the mark of the list above and, between two tight lists, close the
/// gap, so that one tight list is left.
fn finding(file: FileId, above: Bullets<'_>, below: Bullets<'_>, text: &str) -> Diagnostic {
    let items = below.list.items.iter();
    let marks: Vec<usize> = items.filter_map(|item| mark_of(item.span, text)).collect();
    let first = marks.first().copied().unwrap_or(below.line);
    let mut found = RULE
        .at(file, Span::new(first, first + 1))
        .with("mark", below.mark)
        .with("above", above.mark);
    let gap = Span::new(text[..below.line].trim_end().len(), below.line);
    if above.list.tight && below.list.tight && text[gap.range()].trim().is_empty() {
        let end = match text[gap.range()].contains("\r\n") {
            true => "\r\n",
            false => "\n",
        };
        found = found.edit(gap, end);
    }
    let edits = marks.into_iter();
    edits.fold(found, |found, at| {
        found.edit(Span::new(at, at + 1), above.mark)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn second_list_joins_the_first() {
        let text = "- 가\n  - 나\n\n* 다\n* 라\n";
        assert_found(&RULE, text, &["4: *"]);
        assert_fixed(&RULE, text, "- 가\n  - 나\n- 다\n- 라\n");
    }

    #[test]
    fn third_list_takes_the_mark_of_the_first() {
        let text = "- 가\n\n* 나\n\n- 다\n";
        assert_found(&RULE, text, &["3: *"]);
    }

    #[test]
    fn lists_of_other_levels_or_with_text_between_keep_their_marks() {
        assert_found(&RULE, "- 가\n  * 나\n\n글\n\n* 다\n", &[]);
        assert_found(&RULE, "- 가\n\n1. 나\n", &[]);
    }
}

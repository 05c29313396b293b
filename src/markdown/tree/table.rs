//! Cells for which a table's head has no column. GFM drops them; here their text is kept in a
//! column of its own.
//!
//! ```text
//! | 코드 | 할 일 |
//! |---|---|
//! | E100 | 취소합니다 | 고객에게 알립니다 |
//!                     ^^^^^^^^^^^^^^^^^^
//! ```

use std::ops::Range;

use crate::diagnostic::{Message, Severity};
use crate::markdown::attribute::INLINE_GUARD;
use crate::markdown::node::{Alignment, Cell, Inline, Literal, Table};
use crate::markdown::offsets::{Derived, Locator};
use crate::markdown::tree::{Builder, MAX_ATTRIBUTE_DEPTH};
use crate::source::Span;

/// How a bar is written that parts no cells.
const ESCAPED_BAR: &str = "\\|";

impl Builder<'_, '_, '_> {
    /// What is in a row after its last column, as one cell; `None` where nothing does.
    pub(super) fn rest_of_row(&mut self, row: Range<usize>) -> Option<Cell> {
        let text = self.text;
        let end = row.start + text[row.clone()].trim_end_matches([' ', '\t', '\n']).len();
        let behind = text.get(self.cell_end.max(row.start)..end)?;
        let rest = behind.strip_prefix('|')?;
        let rest = match rest.strip_suffix('|') {
            Some(inner) if !inner.ends_with('\\') => inner,
            _ => rest,
        };
        let shown = rest.trim_matches([' ', '\t']);
        if shown.is_empty() {
            return None;
        }
        let start =
            end - behind.len() + 1 + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let place = start..start + shown.len();
        self.report_rest(row.start..end, place.clone());
        let inlines = self.inlines_of_rest(place.clone());
        let span = self.span(place);
        Some(Cell { inlines, span })
    }

    fn inlines_of_rest(&mut self, place: Range<usize>) -> Vec<Inline> {
        let derived = unescaped(self.text, place.clone());
        if self.depth >= MAX_ATTRIBUTE_DEPTH {
            let text = self.text[place.clone()].to_string();
            let span = self.span(place);
            return vec![Inline::Text(Literal { text, span })];
        }
        let parent = self.locator;
        let locator = Locator {
            derived: &derived,
            parent: Some(&parent),
        };
        self.reader.inlines(locator, self.depth + 1)
    }

    /// Reports the cell. Where bars inside code made it, the fix escapes them.
    fn report_rest(&mut self, row: Range<usize>, rest: Range<usize>) {
        let extra = 1 + bars(&self.text[rest.clone()]).count();
        let in_code = bars_in_code(&self.text[row.clone()]);
        let bars: Vec<Span> = in_code
            .iter()
            .map(|at| self.span(row.start + at..row.start + at + 1))
            .collect();
        let span = self.span(rest);
        let found = self
            .reader
            .report("table-extra-cells", Severity::Warning, span);
        if bars.is_empty() {
            return;
        }
        found.help = Some(Message::new("table-extra-cells.code.help"));
        if bars.len() == extra {
            let edits = bars.into_iter();
            *found = edits.fold(found.clone(), |found, bar| found.edit(bar, ESCAPED_BAR));
        }
    }
}

/// The text that a cell shows, after the guard that keeps it on one line.
fn unescaped(text: &str, place: Range<usize>) -> Derived {
    let mut derived = Derived::default();
    derived.push_replaced(INLINE_GUARD, place.start..place.start);
    let mut start = place.start;
    while let Some(found) = text[start..place.end].find(ESCAPED_BAR) {
        let at = start + found;
        derived.push_verbatim(text, start..at);
        derived.push_replaced("|", at..at + ESCAPED_BAR.len());
        start = at + ESCAPED_BAR.len();
    }
    derived.push_verbatim(text, start..place.end);
    derived
}

/// Offsets of the bars that no backslash escapes.
fn bars(text: &str) -> impl Iterator<Item = usize> {
    let bars = text.match_indices('|').map(|(at, _)| at);
    bars.filter(|at| !text[..*at].ends_with('\\'))
}

/// Offsets of the bars inside the code spans of a row.
fn bars_in_code(row: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(next) = row[at..].find('`') {
        let start = at + next;
        let length = row[start..].len() - row[start..].trim_start_matches('`').len();
        at = start + length;
        match &open {
            Some(code) if code.len() == length => {
                found.extend(bars(&row[code.end..start]).map(|bar| code.end + bar));
                open = None;
            }
            Some(_) => {}
            None => open = Some(start..at),
        }
    }
    found
}

/// A table whose rows all have the cells of the longest one. Columns that the head lacks have an
/// empty one.
pub(super) fn table(
    mut alignments: Vec<Alignment>,
    mut head: Vec<Cell>,
    mut rows: Vec<Vec<Cell>>,
    span: Span,
) -> Table {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    if width > head.len() {
        alignments.resize(width, Alignment::None);
        rows.iter_mut()
            .chain([&mut head])
            .for_each(|cells| fill(cells, width));
    }
    Table {
        alignments,
        head,
        rows,
        span,
    }
}

/// Adds empty cells to a row.
fn fill(cells: &mut Vec<Cell>, width: usize) {
    let end = cells.last().map_or(0, |last| last.span.end);
    let empty = Cell {
        inlines: Vec::new(),
        span: Span::new(end, end),
    };
    cells.resize(width.max(cells.len()), empty);
}

#[cfg(test)]
mod tests {
    use crate::check::fix::apply;
    use crate::config::Config;
    use crate::markdown::node::Block;
    use crate::markdown::parse;
    use crate::markdown::text::label_text;
    use crate::source::FileId;

    const HEAD: &str = "| 코드 | 할 일 |\n|---|---|\n";

    /// Shows the cells of the first row, the places of findings, and the row after their fixes.
    fn check(row: &str, cells: &[&str], places: &[&str], fixed: &str) {
        let text = format!("{HEAD}{row}\n| 다 | 라 |\n");
        let (document, found) = parse(&text, FileId(0), &Config::defaults().components);
        let Some(Block::Table(table)) = document.blocks.first() else {
            panic!("{text}")
        };
        let shown: Vec<String> = table.rows[0]
            .iter()
            .map(|cell| label_text(&cell.inlines))
            .collect();
        assert_eq!(shown, cells, "{row}");
        let lengths = table.rows.iter().chain([&table.head]).map(Vec::len);
        assert!(
            lengths
                .clone()
                .all(|length| length == table.alignments.len()),
            "{row}"
        );
        let shown: Vec<&str> = found.iter().map(|one| &text[one.span.range()]).collect();
        assert_eq!(shown, places, "{row}");
        let edits = found.into_iter().flat_map(|one| one.fix).collect();
        assert_eq!(apply(&text, edits), text.replace(row, fixed), "{row}");
    }

    #[test]
    fn text_beyond_the_head_is_kept_in_a_column_of_its_own() {
        let row = "| 가 | 나 | **꼭** `알림` |";
        check(row, &["가", "나", "꼭 알림"], &["**꼭** `알림`"], row);
        let row = "가 | 나 | 다 | 라\\|마";
        check(row, &["가", "나", "다 | 라|마"], &["다 | 라\\|마"], row);
        let row = "| 가 | 나 | <Tag text=\"새\" /> |";
        check(row, &["가", "나", "새"], &["<Tag text=\"새\" />"], row);
    }

    #[test]
    fn rows_that_fit_are_left_alone() {
        for row in [
            "| 가 | 나 |",
            "| 가 | 나",
            "가 | 나 |",
            "| 가 | 나 |  |",
            "| 가 | `나\\|다` |",
        ] {
            let cells = if row.contains('다') {
                ["가", "나|다"]
            } else {
                ["가", "나"]
            };
            check(row, &cells, &[], row);
        }
    }

    #[test]
    fn bar_in_code_is_escaped() {
        check(
            "| `A|B` | 멈춥니다 |",
            &["`A", "B`", "멈춥니다"],
            &["멈춥니다"],
            "| `A\\|B` | 멈춥니다 |",
        );
        let both = "| `A|B` | 가 | 나 |";
        check(both, &["`A", "B`", "가 | 나"], &["가 | 나"], both);
    }
}

//! Finds the rows that a page folds, so that the first box is in sight.

use crate::render::checklist::{ItemView, SectionView};

/// The fewest rows that are folded: one alone takes no more room than what would open it.
const FEWEST_ROWS: usize = 2;

/// Marks the rows that are only read and come before the first box of the sheet.
pub(super) fn fold_rows(sections: &mut [SectionView]) {
    for section in sections {
        let first_box = section.items.iter().position(|item| item.has_box);
        let end = first_box.unwrap_or(section.items.len());
        for rows in section.items[..end].chunk_by_mut(|a, b| Group::of(a) == Group::of(b)) {
            fold(rows);
        }
        if first_box.is_some() {
            return;
        }
    }
}

fn fold(rows: &mut [ItemView]) {
    let count = rows.len();
    if let [first, .., last] = rows
        && count >= FEWEST_ROWS
        && Group::of(first) != Group::Open
    {
        first.fold = count;
        last.fold_ends = true;
    }
}

/// Rows that are folded together.
#[derive(PartialEq)]
enum Group {
    /// Information.
    Read,
    /// Dangers: folded in a narrow window only, under a line in their colour.
    Danger,
    /// Whatever is never folded, such as a row that the checker found something in.
    Open,
}

impl Group {
    fn of(row: &ItemView) -> Self {
        if row.has_box || row.doubtful || !row.flags.is_empty() {
            Self::Open
        } else if row.role == "hazard" {
            Self::Danger
        } else {
            Self::Read
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::checklist::FaultView;

    /// A letter for each row: `k` is only read, `h` is a danger, `f` has a finding, `b` a box.
    fn check(sections: &[&str], expected: &[&str]) {
        let mut views: Vec<SectionView> = sections.iter().map(|rows| section(rows)).collect();
        fold_rows(&mut views);
        let shown: Vec<String> = views.iter().map(shown).collect();
        assert_eq!(shown, expected);
    }

    fn section(rows: &str) -> SectionView {
        SectionView {
            number: 1,
            kind: "prerequisites",
            title: String::new(),
            hint: String::new(),
            mark: String::new(),
            path: None,
            has_gate: false,
            items: rows.chars().map(row).collect(),
        }
    }

    fn row(letter: char) -> ItemView {
        let mut row = ItemView::empty();
        row.has_box = letter == 'b';
        row.role = if letter == 'h' { "hazard" } else { "know" };
        if letter == 'f' {
            row.flags.push(FaultView {
                text: String::new(),
                makes_wrong: false,
            });
        }
        row
    }

    fn shown(section: &SectionView) -> String {
        let row = |item: &ItemView| match (item.fold, item.fold_ends) {
            (0, false) => "-".to_string(),
            (0, true) => ")".to_string(),
            (count, _) => format!("({count}"),
        };
        section.items.iter().map(row).collect()
    }

    #[test]
    fn rows_that_are_only_read_are_folded_up_to_the_first_box() {
        check(&["kkkb", "kkb"], &["(3-)-", "---"]);
        check(&["kk", "kkbkk"], &["(2)", "(2)---"]);
    }

    #[test]
    fn dangers_are_folded_apart_and_findings_never() {
        check(&["kkhhkkffb"], &["(2)(2)(2)---"]);
        check(&["kkhkkfkb"], &["(2)-(2)---"]);
    }

    #[test]
    fn one_row_alone_is_not_folded() {
        check(&["kb"], &["--"]);
    }
}

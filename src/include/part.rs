//! Parts of files: lines, and what is between marks with a name.
//!
//! ```text
//! // ANCHOR: a        --8<-- [start:a]        // #region a
//! …                   …                       …
//! // ANCHOR_END: a    --8<-- [end:a]          // #endregion a
//! ```

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

/// The text of a file that may be included.
#[derive(Debug)]
pub(super) struct FileText {
    /// Its path below the content folder.
    pub path: String,
    /// The whole file.
    pub text: Arc<str>,
    /// Whether it is a document, and not code.
    pub is_document: bool,
    /// Where its lines begin.
    pub lines: Vec<usize>,
    /// Its parts that have names; made on first use.
    named: OnceCell<Named>,
}

impl FileText {
    pub fn of(path: &str, text: Arc<str>, is_document: bool) -> Rc<Self> {
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        // What follows the last line end is no line where it is empty.
        if lines.len() > 1 && lines.last() == Some(&text.len()) {
            lines.pop();
        }
        Rc::new(Self {
            path: path.to_string(),
            text,
            is_document,
            lines,
            named: OnceCell::new(),
        })
    }

    /// How many lines are in these bytes, at most.
    pub fn count_of_lines(&self, range: &Range<usize>) -> usize {
        let before = |at: usize| self.lines.partition_point(|line| *line < at);
        before(range.end) - before(range.start) + 1
    }

    /// Where a line begins, counted from 0; the end of the text after the last one.
    pub fn line(&self, index: usize) -> usize {
        self.lines.get(index).copied().unwrap_or(self.text.len())
    }
}

/// Which part of a file is included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// From a line to a line, both included and counted from 1.
    Lines(Option<usize>, Option<usize>),
    /// Several such lines.
    Ranges(Vec<(usize, usize)>),
    /// What is between the marks with this name.
    Named(String),
}

/// Lines between marks, by name; lines count from 0.
#[derive(Debug, Default)]
pub(super) struct Named {
    parts: HashMap<String, Range<usize>>,
    /// Whether each line is a mark.
    is_mark: Vec<bool>,
}

/// Marks that begin a part and those that end it, with what follows the name.
const MARKS: [(&str, &str, &str); 3] = [
    ("ANCHOR: ", "ANCHOR_END: ", ""),
    ("--8<-- [start:", "--8<-- [end:", "]"),
    ("#region ", "#endregion ", ""),
];

impl Named {
    fn of(file: &FileText) -> Self {
        let mut named = Self::default();
        let mut open: HashMap<&str, usize> = HashMap::new();
        for (index, line) in file.text.lines().enumerate() {
            let start = MARKS
                .iter()
                .find_map(|(start, _, end)| name(line, start, end));
            let end = MARKS
                .iter()
                .find_map(|(_, start, end)| name(line, start, end));
            named.is_mark.push(start.is_some() || end.is_some());
            if let Some(name) = start {
                open.entry(name).or_insert(index + 1);
            }
            if let Some((name, first)) = end.and_then(|name| open.remove_entry(name)) {
                named.parts.entry(name.to_string()).or_insert(first..index);
            }
        }
        // What is not closed ends with the file.
        let count = named.is_mark.len();
        for (name, first) in open {
            named.parts.entry(name.to_string()).or_insert(first..count);
        }
        named
    }
}

/// The name after a mark.
fn name<'l>(line: &'l str, mark: &str, end: &str) -> Option<&'l str> {
    let (_, rest) = line.split_once(mark)?;
    let rest = match end {
        "" => rest,
        end => rest.split_once(end)?.0,
    };
    let is_of_name = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
    let name = rest.trim_start();
    let length = name.find(|c| !is_of_name(c)).unwrap_or(name.len());
    (length > 0).then(|| &name[..length])
}

/// The bytes of a part, in order, without the marks inside it; `None` where the file has no such
/// part.
pub(super) fn ranges(file: &FileText, part: &Part) -> Option<Vec<Range<usize>>> {
    let count = file.lines.len();
    let lines = |from: usize, to: usize| file.line(from)..file.line(to.min(count));
    match part {
        Part::Whole => Some(std::iter::once(0..file.text.len()).collect()),
        Part::Lines(from, to) => {
            let first = from.map_or(0, |from| from.saturating_sub(1));
            let last = to.unwrap_or(count);
            (first < count && first < last).then(|| vec![lines(first, last)])
        }
        Part::Ranges(all) => {
            let all = all.iter().map(|(from, to)| (from.saturating_sub(1), *to));
            let kept = all.filter(|(first, last)| *first < count && first < last);
            let kept: Vec<_> = kept.map(|(first, last)| lines(first, last)).collect();
            (!kept.is_empty()).then_some(kept)
        }
        Part::Named(name) => {
            let named = file.named.get_or_init(|| Named::of(file));
            let part = named.parts.get(name)?.clone();
            let kept = part.filter(|line| !named.is_mark.get(*line).is_some_and(|mark| *mark));
            Some(merged(kept.map(|line| lines(line, line + 1))))
        }
    }
}

/// Ranges with those in one that touch each other.
fn merged(all: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in all {
        match merged.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, part: &Part, expected: Option<&str>) {
        let file = FileText::of("a", Arc::from(text), false);
        let shown = ranges(&file, part);
        let shown = shown.map(|all| all.into_iter().map(|one| &text[one]).collect::<String>());
        assert_eq!(shown.as_deref(), expected, "{part:?}");
    }

    #[test]
    fn lines_are_counted_from_one_and_both_ends_belong() {
        let text = "a\nb\nc\n";
        check(text, &Part::Lines(Some(2), Some(2)), Some("b\n"));
        check(text, &Part::Lines(Some(2), None), Some("b\nc\n"));
        check(text, &Part::Lines(None, Some(2)), Some("a\nb\n"));
        check(text, &Part::Lines(Some(3), Some(99)), Some("c\n"));
        check(text, &Part::Lines(Some(4), None), None);
        check(text, &Part::Lines(Some(3), Some(2)), None);
        check(text, &Part::Ranges(vec![(1, 1), (3, 3)]), Some("a\nc\n"));
    }

    #[test]
    fn named_part_is_between_its_marks_without_others() {
        let text = "x\n// ANCHOR: a\n1\n# ANCHOR: b\n2\n# ANCHOR_END: b\n3\n// ANCHOR_END: a\ny\n";
        check(text, &Part::Named("a".into()), Some("1\n2\n3\n"));
        check(text, &Part::Named("b".into()), Some("2\n"));
        check(text, &Part::Named("c".into()), None);
        let text = "<!-- --8<-- [start:a] -->\n1\n<!-- --8<-- [end:a] -->\n2";
        check(text, &Part::Named("a".into()), Some("1\n"));
        check(
            "// #region a\n1\n// #endregion a\n2",
            &Part::Named("a".into()),
            Some("1\n"),
        );
    }
}

//! Mends what is safe to mend: edits on texts, round by round until nothing is left to do.

use crate::check::check;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Edit};
use crate::error::Error;
use crate::model::site::Site;
use crate::source::{FileId, SourceSet};

/// Most rounds: an edit may uncover another fault, such as a blank run inside a mended label, but
/// no chain of real ones is longer than three.
const MAX_ROUNDS: usize = 10;

/// The sources with every safe edit made to what `select` keeps of the findings. Mending the
/// result again changes nothing.
///
/// # Errors
/// [`Error::Config`] when the configuration is not valid.
pub fn mend(
    sources: &SourceSet,
    config: &Config,
    select: &dyn Fn(&SourceSet, Vec<Diagnostic>) -> Vec<Diagnostic>,
) -> Result<SourceSet, Error> {
    let mut sources = sources.clone();
    for _ in 0..MAX_ROUNDS {
        let (site, read) = Site::build(&sources, config)?;
        let found = select(&sources, check(&site, &sources, config, read)?);
        if !apply_all(&mut sources, &found) {
            break;
        }
    }
    Ok(sources)
}

/// Makes the edits of all findings; whether any text changed.
fn apply_all(sources: &mut SourceSet, found: &[Diagnostic]) -> bool {
    let mut has_changed = false;
    for (index, source) in sources.documents.iter_mut().enumerate() {
        let of_file = found.iter().filter(|found| found.file == FileId(index));
        let edits: Vec<Edit> = of_file.flat_map(|found| found.fix.clone()).collect();
        if edits.is_empty() {
            continue;
        }
        let fixed = apply(&source.text, edits);
        has_changed |= fixed != source.text;
        source.text = fixed;
    }
    has_changed
}

/// The text with `edits` made. Where two edits touch the same bytes, the first in the text wins
/// and the other is left for a later round.
pub fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut fixed = String::with_capacity(text.len());
    let mut done = 0;
    let mut last = None;
    for edit in edits {
        let is_free = edit.span.start >= done && last != Some(edit.span);
        if is_free {
            fixed.push_str(&text[done..edit.span.start]);
            fixed.push_str(&edit.text);
            done = edit.span.end;
            last = Some(edit.span);
        }
    }
    fixed.push_str(&text[done..]);
    fixed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn check(edits: &[(usize, usize, &str)], expected: &str) {
        let edits = edits.iter().map(|(start, end, text)| Edit {
            span: Span::new(*start, *end),
            text: (*text).to_string(),
        });
        assert_eq!(apply("abcdef", edits.collect()), expected);
    }

    #[test]
    fn edits_change_only_what_they_name() {
        check(&[(4, 5, ""), (0, 1, "x")], "xbcdf");
        check(&[(3, 3, "-")], "abc-def");
    }

    #[test]
    fn first_of_two_that_touch_wins() {
        check(&[(0, 3, "x"), (2, 4, "y")], "xdef");
        check(&[(1, 1, "x"), (1, 1, "x")], "axbcdef");
    }
}

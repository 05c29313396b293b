//! There are three or more blank lines in a row.
//!
//! ## Why
//!
//! They show as one, so something may be missing: an export that drops an image leaves such a
//! gap. Look for what is lost before the fix closes it.
//!
//! ## Bad
//!
//! ````markdown
//! 본문
//!
//!
//!
//! #### 설정경로
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 본문
//!
//! #### 설정경로
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Blank lines from which on they are a run.
const RUN: usize = 3;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "blank-run",
    level: Level::Info,
    source: include_str!("blank_run.rs"),
    check,
    fix: Effect::Nothing,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let text = context.text(file);
        let mut at = page.document.frontmatter.span.end;
        let mut run: Vec<Span> = Vec::new();
        for line in text[at..].split_inclusive('\n') {
            let span = Span::new(at, at + line.len());
            at = span.end;
            if line.trim().is_empty() {
                run.push(span);
            } else {
                found.extend(finding(file, &run, context));
                run.clear();
            }
        }
    }
}

/// One blank line stays; the edit takes the others.
fn finding(file: FileId, run: &[Span], context: &Context<'_>) -> Option<Diagnostic> {
    let (second, last) = (run.get(1)?, run.last()?);
    if run.len() < RUN || context.is_in_code(file, second.start) {
        return None;
    }
    let place = Span::new(second.start, second.start);
    let found = RULE.at(file, place).with("count", run.len().to_string());
    Some(found.edit(second.cover(*last), ""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn one_blank_line_is_left() {
        assert_found(&RULE, "가\n\n\n\n나\n", &["3: "]);
        assert_fixed(&RULE, "가\n\n\n \n나\n", "가\n\n나\n");
    }

    #[test]
    fn code_and_the_end_of_the_file_are_left_alone() {
        assert_found(&RULE, "```\na\n\n\n\nb\n```\n\n\n\n\n", &[]);
        assert_found(&RULE, "가\n\n\n나\n", &[]);
    }
}

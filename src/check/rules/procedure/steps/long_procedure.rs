//! A procedure has many steps and no parts.
//!
//! ## Why
//!
//! Few readers finish a long list without losing their place. Headings divide it into parts that
//! can be done, checked and handed over one by one.
//!
//! ## Bad
//!
//! ```markdown
//! ## How to create a key
//!
//! 1. Open the console.
//! 2. Select the project.
//! 3. Click **Keys**.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to open the list of keys
//!
//! 1. Open the console.
//! 2. Select the project.
//!
//! ## How to create a key
//!
//! 1. Click **Keys**.
//! 2. Click **Create**.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! check:
//!   procedure: { longest_procedure: 2 }
//! ```
//!
//! ## Configuration
//!
//! `check.procedure.longest_procedure` is the highest number of steps, 9 unless a project sets
//! another; 0 is any number. A procedure with headings among its steps has parts. Above
//! `procedures.longest_sheet` steps, 40 unless a project sets another, each part has a checklist of
//! its own; there a heading within a step makes no part.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::check::rules::procedure::steps::procedures;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::page::Page;
use crate::model::procedure::Procedure;
use crate::model::procedure::parts::headings_between;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "long-procedure",
    level: Level::Info,
    source: include_str!("long_procedure.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let longest = context.config.check.procedure.longest_procedure;
    let sheet = context.config.procedures.longest_sheet;
    let long = procedures(context).filter(|(_, page, one)| {
        let steps = one.steps.len();
        let has_parts = match sheet > 0 && steps > sheet {
            true => headings_between(one, &page.anchors).next().is_some(),
            false => has_headings(page, one),
        };
        longest > 0 && steps > longest && !has_parts
    });
    found.extend(long.map(|(file, _, procedure)| {
        let finding = RULE.at(file, first_line(context, file, procedure.span));
        finding
            .with("steps", procedure.steps.len().to_string())
            .with("longest", longest.to_string())
    }));
}

fn has_headings(page: &Page, procedure: &Procedure) -> bool {
    let anchors = &page.anchors;
    let first = anchors.partition_point(|anchor| anchor.span.start < procedure.span.start);
    let next = anchors.get(first);
    next.is_some_and(|anchor| anchor.span.start < procedure.span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

    fn list(steps: usize) -> String {
        let items = (1..=steps).map(|step| format!("{step}. Click **{step}**.\n"));
        format!("## How to create a key\n\n{}", items.collect::<String>())
    }

    #[test]
    fn more_steps_than_the_limit_are_found() {
        assert_found(&RULE, &list(9), &[]);
        assert_found(&RULE, &list(10), &["3: 1. Click **1**."]);
        let config = "check: { procedure: { longest_procedure: 0 } }";
        assert_found_with(&RULE, config, &list(10), &[]);
    }

    #[test]
    fn headings_make_parts() {
        let steps =
            (1..=12).map(|step| format!("## Step {step}. Open\n\n1. Click **{step}**.\n\n"));
        assert_found(&RULE, &steps.collect::<String>(), &[]);
        let steps = (1..=12).map(|step| format!("### {step}. Open it\n\nClick it.\n\n"));
        let text = format!("<Steps>\n\n{}</Steps>\n", steps.collect::<String>());
        assert_found(&RULE, &text, &[]);
    }

    #[test]
    fn heading_within_a_step_divides_no_sheet() {
        let step =
            |number: usize| format!("{number}. Click **{number}**.\n\n    ### Note {number}\n\n");
        let list = |steps: usize| {
            let steps: String = (1..=steps).map(step).collect();
            format!("## How to create a key\n\n{steps}")
        };
        assert_found(&RULE, &list(40), &[]);
        assert_found(&RULE, &list(41), &["3: 1. Click **1**."]);
    }
}

//! A list would be a procedure but for one thing that speaks against it.
//!
//! ## Why
//!
//! A list that is not found as a procedure has no checklist. Where one word of its heading or of
//! the sentence before it is the only reason, that word is easily changed.
//!
//! ## Bad
//!
//! ```markdown
//! ## Overview
//!
//! 1. Open the console.
//! 2. Click **Keys**.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to open the list of keys
//!
//! 1. Open the console.
//! 2. Click **Keys**.
//! ```
//!
//! ## Configuration example
//!
//! ```yaml
//! check:
//!   levels: { almost-procedure: info }
//! ```
//!
//! ## Configuration
//!
//! Lists that half of the items speak for are reported, where exactly one reason is against them;
//! bullets, where all items do and the heading or the text before does, too. `tickbook list --why -v` shows all reasons. The rule is off unless
//! a project turns it on.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::procedure::Refused;
use crate::model::procedure::evidence::{Evidence, Veto};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "almost-procedure",
    level: Level::Off,
    source: include_str!("almost_procedure.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let refused = page.procedures.refused.iter();
        for (refused, veto) in refused.filter_map(|one| Some((one, only_veto(one)?))) {
            let line = first_line(context, file, refused.span);
            let message = Message::new(format!("almost-procedure.{}", veto.name()));
            let mut finding = RULE.at(file, line);
            finding.message = message;
            found.push(finding);
        }
    }
}

/// The only thing that speaks against what looks like a procedure. What the author says, and the
/// number of steps, are no mistakes.
fn only_veto(refused: &Refused) -> Option<Veto> {
    let [veto] = refused.vetoes[..] else {
        return None;
    };
    let is_near = match veto {
        Veto::Declared | Veto::Count | Veto::FewInstruct => false,
        Veto::NotAnnounced => share(refused) >= 1.0 && is_about_a_task(refused),
        _ => share(refused) >= 0.5,
    };
    is_near.then_some(veto)
}

fn is_about_a_task(refused: &Refused) -> bool {
    let mut why = refused.why.iter();
    why.any(|why| matches!(why, Evidence::TaskHeading | Evidence::Announced))
}

/// Share of the items that tell the reader to do something, from 0 to 1.
fn share(refused: &Refused) -> f64 {
    let counts = refused.why.iter().find_map(|why| match why {
        Evidence::Instructs(some, all) => Some((*some, *all)),
        _ => None,
    });
    counts.map_or(0.0, |(some, all)| some as f64 / all.max(1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found_with, findings};

    const CONFIG: &str = "check: { levels: { almost-procedure: info } }";

    #[test]
    fn message_names_what_speaks_against_it() {
        let text = "## Overview\n\n1. Open the console.\n2. Click **Keys**.\n";
        let found = findings(&RULE, CONFIG, &[("a.md", text)]);
        let keys: Vec<&str> = found.iter().map(|one| one.message.key.as_str()).collect();
        assert_eq!(keys, ["almost-procedure.heading-explains"]);
    }

    #[test]
    fn bullets_need_a_task() {
        let bullets = "- Open the console.\n- Click **Keys**.\n";
        let text = format!("## How to open it\n\n{bullets}");
        assert_found_with(&RULE, CONFIG, &text, &["3: - Open the console."]);
        assert_found_with(&RULE, CONFIG, &format!("## Keys\n\n{bullets}"), &[]);
    }

    #[test]
    fn two_reasons_or_few_steps_are_enough() {
        let text =
            "## Overview\n\nThere are two ways:\n\n1. Open the console.\n2. Click **Keys**.\n";
        assert_found_with(&RULE, CONFIG, text, &[]);
        let text = "## How to open it\n\n1. Open the console.\n";
        assert_found_with(&RULE, CONFIG, text, &[]);
    }
}

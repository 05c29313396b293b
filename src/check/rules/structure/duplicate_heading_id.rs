//! A heading has an id that its page already uses.
//!
//! ## Why
//!
//! An address points to one place. The heading whose text makes the id keeps it, or else the first
//! one that was given it, so a link to this heading leads to that one.
//!
//! ## Bad
//!
//! ````markdown
//! ## 카드<a id="pay"></a>
//!
//! ## 계좌이체<a id="pay"></a>
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ## 카드<a id="pay"></a>
//!
//! ## 계좌이체<a id="transfer"></a>
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::headings::headings;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "duplicate-heading-id",
    level: Level::Warning,
    source: include_str!("duplicate_heading_id.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        for (heading, anchor) in headings(page).into_iter().zip(&page.anchors) {
            for id in &heading.ids {
                if anchor.id == id.text || anchor.ids.contains(&id.text) {
                    continue;
                }
                let finding = RULE.at(file, id.span).with("id", &id.text);
                let first = page.anchor(&id.text).map(|first| first.span);
                found.push(match first {
                    Some(first) => {
                        let related = Message::new("duplicate-heading-id.related");
                        finding.related(file, first, related)
                    }
                    None => finding,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn ids_of_other_headings_are_found_and_own_ones_are_not() {
        assert_found(&RULE, "## a {#a}\n## b {#c}<a id=\"c\"></a>\n", &[]);
        assert_found(&RULE, "## a\n## b {#a}\n", &["2: {#a}"]);
        assert_found(
            &RULE,
            "## a <a name=\"c\"></a>\n## b\n### d <a id=\"c\"></a>\n",
            &["3: <a id=\"c\">"],
        );
    }
}

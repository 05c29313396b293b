//! The style of a heading differs from others of its level.
//!
//! ## Why
//!
//! One plain heading among bold ones looks less important, though it is not. The page's own
//! majority, of at least three to one, decides which style is meant.
//!
//! ## Bad
//!
//! ````markdown
//! #### **설정경로**
//! #### **설정방법**
//! #### **설정경로**
//! #### 설정방법
//! ````
//!
//! ## Good
//!
//! ````markdown
//! #### **설정경로**
//! #### **설정방법**
//! #### **설정경로**
//! #### **설정방법**
//! ````
//!
//! ## Configuration
//!
//! Where `heading-redundant-bold` is off, bold ones among plain ones are found, too, and the fix
//! gives each the look of the majority.

use std::collections::BTreeMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::headings::{bold_parts, headings, marks, whole_bold};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Heading, Inline};
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// The rule that finds all bold headings; while it runs, they need no second finding.
const BOLD_RULE: &str = "heading-redundant-bold";

/// How many headings of the other style make one a deviation.
const MAJORITY: usize = 3;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "heading-style-drift",
    level: Level::Info,
    source: include_str!("heading_style_drift.rs"),
    check,
    fix: Effect::HeadingWeight,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let levels = &context.config.check.levels;
    let takes_bold = levels.get(BOLD_RULE) != Some(&Level::Off);
    for (file, page) in context.pages() {
        for (bold, plain) in looks(page).into_values() {
            if plain.len() * MAJORITY <= bold.len() {
                let findings = plain
                    .into_iter()
                    .map(|heading| plain_finding(file, heading));
                found.extend(findings.map(|finding| without_edit_if(takes_bold, finding)));
            } else if bold.len() * MAJORITY <= plain.len() && !takes_bold {
                let text = context.text(file);
                found.extend(
                    bold.into_iter()
                        .map(|heading| bold_finding(file, heading, text)),
                );
            }
        }
    }
}

/// Bold and plain headings of a page, by level.
fn looks(page: &Page) -> BTreeMap<u8, (Vec<&Heading>, Vec<&Heading>)> {
    let mut looks: BTreeMap<u8, (Vec<&Heading>, Vec<&Heading>)> = BTreeMap::new();
    for heading in headings(page) {
        let (bold, plain) = looks.entry(heading.level).or_default();
        let is_text = matches!(heading.inlines.as_slice(), [Inline::Text(_)]);
        if whole_bold(heading).is_some() {
            bold.push(heading);
        } else if is_text && bold_parts(heading).is_empty() {
            plain.push(heading);
        }
    }
    looks
}

fn plain_finding(file: FileId, heading: &Heading) -> Diagnostic {
    let text = heading.inlines.iter().map(Inline::span).reduce(Span::cover);
    let text = text.unwrap_or(heading.span);
    RULE.at(file, heading.span)
        .edit(Span::new(text.start, text.start), "**")
        .edit(Span::new(text.end, text.end), "**")
}

/// While bold headings are found as such, making one would only move the fault.
fn without_edit_if(takes_bold: bool, mut finding: Diagnostic) -> Diagnostic {
    if takes_bold {
        finding.fix.clear();
    }
    finding
}

fn bold_finding(file: FileId, heading: &Heading, text: &str) -> Diagnostic {
    let marks = whole_bold(heading).and_then(|group| marks(group, text));
    let marks = marks.into_iter().flatten();
    marks.fold(RULE.at(file, heading.span), |found, mark| {
        found.edit(mark, "")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with, findings};

    const BOLD_IS_HOUSE_STYLE: &str = "check:\n  levels:\n    heading-redundant-bold: off\n";

    #[test]
    fn plain_among_bold_is_found() {
        let text = "## **가**\n## **나**\n## **다**\n## 라\n### 마\n";
        assert_found(&RULE, text, &["4: ## 라"]);
        let found = findings(&RULE, BOLD_IS_HOUSE_STYLE, &[("a.md", text)]);
        assert_eq!(found[0].fix.len(), 2);
    }

    #[test]
    fn bold_among_plain_is_left_to_the_other_rule_while_it_runs() {
        let text = "## 가\n## 나\n## 다\n## **라**\n";
        assert_found(&RULE, text, &[]);
        assert_found_with(&RULE, BOLD_IS_HOUSE_STYLE, text, &["4: ## **라**"]);
    }

    #[test]
    fn even_looks_are_not_drift() {
        assert_found(&RULE, "## **가**\n## **나**\n## 다\n", &[]);
    }
}

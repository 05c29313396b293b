//! The first heading has not the level of all pages.
//!
//! ## Why
//!
//! The title is the page's heading of level 1, so its parts start at level 2; a page that starts
//! deeper looks smaller than its neighbours.
//!
//! ## Bad
//!
//! ````markdown
//! ---
//! title: 카드
//! ---
//! ### 개요
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ---
//! title: 카드
//! ---
//! ## 개요
//! ````
//!
//! ## Configuration
//!
//! `check.structure.first_heading` is the level; without it nothing is found.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::anchor::Anchor;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "first-heading-level",
    level: Level::Info,
    source: include_str!("first_heading_level.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(expected) = context.config.check.structure.first_heading else {
        return;
    };
    for (file, page) in context.pages() {
        let first = page.anchors.iter().find(|anchor| !anchor.text.is_empty());
        // A heading of level 1 may repeat the title.
        let says_title = page.document.frontmatter.title.is_none();
        let is_right = |anchor: &Anchor| {
            let is_title = says_title || page.title_heading == Some(anchor.span);
            anchor.level == expected || (anchor.level == 1 && is_title)
        };
        if let Some(anchor) = first.filter(|anchor| !is_right(anchor)) {
            let finding = RULE
                .at(file, anchor.span)
                .with("level", anchor.level.to_string())
                .with("expected", expected.to_string());
            found.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_found, assert_found_with};

    #[test]
    fn first_heading_has_the_configured_level() {
        assert_found(&RULE, "### 가\n## 나\n", &["1: ### 가"]);
        assert_found(&RULE, "## 가\n### 나\n", &[]);
        let config = "check:\n  structure:\n    first_heading: 3\n";
        assert_found_with(&RULE, config, "### 가\n", &[]);
    }

    #[test]
    fn heading_of_level_1_may_say_the_title() {
        assert_found(&RULE, "# 가\n", &[]);
        assert_found(&RULE, "---\ntitle: 가\n---\n# 가\n", &[]);
        assert_found(&RULE, "---\ntitle: 가\n---\n# 나\n", &["4: # 나"]);
    }
}

//! A heading is more than one level below the one above it.
//!
//! ## Why
//!
//! A screen reader's user looks for the level between and believes that a part is missing; the
//! contents are indented for nothing.
//!
//! ## Bad
//!
//! ````markdown
//! ## 결제창
//!
//! #### 설정경로
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ## 결제창
//!
//! ### 설정경로
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::model::anchor::Anchor;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "heading-level-skip",
    level: Level::Warning,
    source: include_str!("heading_level_skip.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        let anchors = page.anchors.iter().filter(|anchor| !anchor.text.is_empty());
        let anchors: Vec<&Anchor> = anchors.collect();
        for pair in anchors.windows(2) {
            let (above, below) = (pair[0], pair[1]);
            if below.level > above.level + 1 {
                let finding = RULE
                    .at(file, below.span)
                    .with("above", above.level.to_string())
                    .with("below", below.level.to_string())
                    .with("expected", (above.level + 1).to_string());
                let related = Message::new("heading-level-skip.related");
                found.push(finding.related(file, above.span, related));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn levels_go_down_one_by_one_and_up_at_will() {
        assert_found(&RULE, "## 가\n#### 나\n## 다\n", &["2: #### 나"]);
        assert_found(&RULE, "### 가\n#### 나\n## 다\n###### \n### 라\n", &[]);
    }
}

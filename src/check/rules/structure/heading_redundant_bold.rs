//! A heading is bold as a whole.
//!
//! ## Why
//!
//! Headings are bold already; the marks change nothing on the page and are in the way of
//! who searches the source. The fix takes them away.
//!
//! ## Bad
//!
//! ````markdown
//! #### **설정경로**
//! ````
//!
//! ## Good
//!
//! ````markdown
//! #### 설정경로
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::headings::{headings, marks, whole_bold};
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "heading-redundant-bold",
    level: Level::Info,
    source: include_str!("heading_redundant_bold.rs"),
    check,
    fix: Effect::HeadingWeight,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for (file, page) in context.pages() {
        for group in headings(page).into_iter().filter_map(whole_bold) {
            let finding = RULE.at(file, group.span);
            let marks = marks(group, context.text(file)).into_iter().flatten();
            found.push(marks.fold(finding, |finding, mark| finding.edit(mark, "")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn bold_of_the_whole_heading_goes() {
        let text = "## **가**\n## 가 **나**\n## __다__\n";
        assert_found(&RULE, text, &["1: **가**", "3: __다__"]);
        assert_fixed(&RULE, text, "## 가\n## 가 **나**\n## 다\n");
    }

    #[test]
    fn marks_that_would_change_the_heading_stay() {
        assert_fixed(&RULE, "## **가 #**\n", "## **가 #**\n");
    }
}

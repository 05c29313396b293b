//! A component is opened or closed only.
//!
//! ## Why
//!
//! Where the other tag is missing, the component takes in what follows it, or lets go of what belongs
//! to it. The fix ends the tag of an empty component with `/>`.
//!
//! ## Bad
//!
//! ````markdown
//! <Tag text="결제">
//!
//! 본문
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Tag text="결제" />
//!
//! 본문
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unbalanced-component",
    level: Level::Error,
    source: include_str!("unbalanced_component.rs"),
    check: found_by_the_reader,
    fix: Effect::Nothing,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn tag_that_holds_nothing_is_ended() {
        assert_fixed(
            &RULE,
            "<Tag text=\"가\">\n\n나\n",
            "<Tag text=\"가\" />\n\n나\n",
        );
        assert_fixed(
            &RULE,
            "<Callout title=\"가\" >\n",
            "<Callout title=\"가\" />\n",
        );
    }

    #[test]
    fn where_the_text_ends_is_for_a_person() {
        for text in ["<Indent level=\"1\">\n\n가\n", "가 </Indent>\n"] {
            assert_fixed(&RULE, text, text);
        }
        assert_found(
            &RULE,
            "<Indent level=\"1\">\n\n가\n",
            &["1: <Indent level=\"1\">"],
        );
    }
}

//! Emphasis marks are shown as text.
//!
//! ## Why
//!
//! A space on the inner side of `**` or `~~`, a `**` that nothing closes, or `_` inside a word marks
//! nothing, and the page shows the marks. Write the marks close to what they enclose, `*` in place of
//! `_`, and a backslash before a mark that is to be seen.
//!
//! ## Bad
//!
//! ````markdown
//! **상점 정보 **의 값을 __그대로__를 확인합니다
//! ````
//!
//! ## Good
//!
//! ````markdown
//! **상점 정보**의 값을 **그대로**를 확인합니다
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "stray-emphasis-marks",
    level: Level::Warning,
    source: include_str!("stray_emphasis_marks.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn bold_before_a_particle_closes() {
        assert_found(&RULE, "**[가]**의 값\n", &[]);
        assert_found(&RULE, "**[가] **의 값\n", &["1: **[가] **"]);
    }
}

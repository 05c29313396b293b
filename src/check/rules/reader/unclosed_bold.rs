//! Bold marks do not close.
//!
//! ## Why
//!
//! CommonMark closes bold at the end of a word only. A Korean particle follows without a blank, so a
//! bracket or quote before the mark keeps it open, and the page shows the asterisks. The fix moves
//! the punctuation out of the bold.
//!
//! ## Bad
//!
//! ````markdown
//! **[상점 정보]**의 값을 확인합니다
//! ````
//!
//! ## Good
//!
//! ````markdown
//! [**상점 정보**]의 값을 확인합니다
//! ````

use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unclosed-bold",
    level: Level::Warning,
    source: include_str!("unclosed_bold.rs"),
    check: found_by_the_reader,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn bold_closes_after_the_fix() {
        assert_fixed(&RULE, "**[가]**의 값\n", "[**가**]의 값\n");
        assert_found(&RULE, "[**가**]의 값\n", &[]);
    }
}

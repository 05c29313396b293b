//! An address has a scheme that is never made a link.
//!
//! ## Why
//!
//! Addresses such as `javascript:` run code in the reader's browser, and others open programs. The
//! text is shown without its link.
//!
//! ## Bad
//!
//! ```markdown
//! [열기](javascript:alert)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [열기](https://example.com)
//! ```

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "unsafe-link",
    level: Level::Error,
    source: include_str!("unsafe_link.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn schemes_are_distinguished() {
        assert_found(
            &RULE,
            "[a](javascript:b) [c](tel:1) [d](e:f)",
            &["1: [a](javascript:b)", "1: [d](e:f)"],
        );
    }
}

//! The address of an image contains a space or a bracket.
//!
//! ## Why
//!
//! The address ends at the space or the bracket, so the image is not read as one and the page shows
//! its Markdown. The fix puts the address in angle brackets.
//!
//! ## Bad
//!
//! ````markdown
//! ![화면](/images/설정 화면 (1).png)
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ![화면](</images/설정 화면 (1).png>)
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "image-path-unsafe",
    level: Level::Warning,
    source: include_str!("image_path_unsafe.rs"),
    check: found_by_the_reader,
    fix: Effect::Images,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn image_is_one_after_the_fix() {
        assert_fixed(&RULE, "![가](나 (1).png)\n", "![가](<나 (1).png>)\n");
        assert_found(&RULE, "![가](<나 (1).png>)\n", &[]);
    }
}

//! The text contains a control character.
//!
//! ## Why
//!
//! It has no shape, and most often came with text copied from a document. Some of them turn the order
//! of the letters around, so that a text is not what it looks like; none is shown. The fix removes
//! it. In the example it is where `␇` is.
//!
//! ## Bad
//!
//! ````markdown
//! 상점 아이디를␇ 입력합니다
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 상점 아이디를 입력합니다
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "control-character",
    level: Level::Warning,
    source: include_str!("control_character.rs"),
    check: found_by_the_reader,
    fix: Effect::Nothing,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_fixed;

    #[test]
    fn character_without_a_shape_goes() {
        assert_fixed(&RULE, "가\u{8}나\u{202e}다\n", "가나다\n");
    }
}

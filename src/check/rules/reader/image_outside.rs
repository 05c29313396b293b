//! An image is outside the content folder.
//!
//! ## Why
//!
//! Files are taken from the content folder alone, so the page would show nothing, or, opened from
//! disk, a file of the reader's own. Nothing is written until it is fixed, and no comment allows it.
//!
//! ## Bad
//!
//! ````markdown
//! ![화면](../../pictures/screen.png)
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ![화면](/uploads/screen.png)
//! ````

use crate::check::effect::Effect;
use crate::check::rule::{Rule, found_by_the_reader};
use crate::config::check::Level;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "image-outside",
    level: Level::Error,
    source: include_str!("image_outside.rs"),
    check: found_by_the_reader,
    fix: Effect::NoFix,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn images_are_distinguished_from_links() {
        assert_found(
            &RULE,
            "![a](../b.png) [c](../d.md) ![e](file:///f.png) <Accordion image=\"../g.png\" />",
            &["1: ![a](../b.png)", "1: ![e](file:///f.png)", "1: ../g.png"],
        );
    }
}

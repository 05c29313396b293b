//! The brackets of a link are shown as text, because they do not form a link.
//!
//! ## Why
//!
//! The reader sees marks and half an address instead of a link. A space in the address, an escaped
//! bracket or a missing one does it.
//!
//! ## Bad
//!
//! ```markdown
//! [개발자센터↗]\(https://developers.example.com)
//! ```
//!
//! ## Good
//!
//! ```markdown
//! [개발자센터↗](https://developers.example.com)
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::{PieceKind, TextKind, TextLine};
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "malformed-link",
    level: Level::Error,
    source: include_str!("malformed_link.rs"),
    check,
    fix: Effect::NoFix,
};

/// What is between a link's text and its address.
const MIDDLE: &str = "](";

/// The same as it is most often broken.
const ESCAPED: &str = "]\\(";

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let lines = context.lines().iter();
    for line in lines.filter(|line| !matches!(line.kind, TextKind::Frontmatter(_))) {
        if let Some(at) = broken(line) {
            let span = line.span(at..at + MIDDLE.len());
            let span = context.locate(line.file, span, ESCAPED);
            found.push(RULE.at(line.file, span));
        }
    }
}

/// The first brackets that are shown. Those in code are quoted, and those of an image are the
/// reader's to find.
fn broken(line: &TextLine<'_>) -> Option<usize> {
    let (mut done, mut is_image) = (0, false);
    let mut middles = line.text.match_indices(MIDDLE).map(|(at, _)| at);
    middles.find(|at| {
        // Of what is before, only what is new is read for the last opening bracket.
        if let Some(open) = line.text[done..*at].rfind('[') {
            is_image = line.text[..done + open].ends_with('!');
        }
        done = *at;
        matches!(line.piece_kind(*at), PieceKind::Text | PieceKind::Link) && !is_image
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn brackets_that_are_shown_are_found() {
        assert_found(&RULE, "[a](https://example.com/b c)", &["1: ]("]);
        assert_found(&RULE, "- (a ]\\([b](https://example.com/)\n", &["1: ]\\("]);
    }

    #[test]
    fn links_code_and_images_are_not() {
        assert_found(
            &RULE,
            "[a](https://example.com) `[b](c d)` ![e](f g.png) [\\[h\\]](i)",
            &[],
        );
    }
}

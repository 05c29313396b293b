//! A page uses a former name.
//!
//! ## Why
//!
//! Readers look for the name that the console shows. Where a page is about the past, or a program
//! still has the old name, a comment allows it.
//!
//! ## Bad
//!
//! ```markdown
//! ---
//! title: 취소
//! ---
//!
//! 옛이름 콘솔에서 취소합니다.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ---
//! title: 취소
//! ---
//!
//! 새이름 콘솔에서 취소합니다.
//! ```
//!
//! ## Configuration
//!
//! `check.frontmatter.legacy_brands` maps former names to present ones. It is empty by default.
//!
//! ## Configuration example
//!
//! ```yaml
//! check: {frontmatter: {legacy_brands: {옛이름: 새이름}}}
//! ```

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::line::PieceKind;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "legacy-brand",
    level: Level::Info,
    source: include_str!("legacy_brand.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let brands = &context.config.check.frontmatter.legacy_brands;
    if brands.is_empty() {
        return;
    }
    for line in context.lines() {
        for (old, new) in brands {
            let places = line.text.match_indices(old.as_str());
            for (at, _) in places.filter(|(at, _)| line.piece_kind(*at) != PieceKind::Code) {
                let span = line.span(at..at + old.len());
                found.push(RULE.at(line.file, span).with("old", old).with("new", new));
            }
        }
    }
}

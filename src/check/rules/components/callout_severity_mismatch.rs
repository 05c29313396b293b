//! A notice warns under an icon that does not.
//!
//! ## Why
//!
//! Readers look at the icon first and skip what looks like a tip. The fix takes the first icon of the
//! title's kind.
//!
//! ## Bad
//!
//! ````markdown
//! <Callout icon="💡" title="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
//! ````
//!
//! ## Good
//!
//! ````markdown
//! <Callout icon="⚠️" title="유의사항" content="심사 뒤에 바꿀 수 없습니다" />
//! ````
//!
//! ## Configuration
//!
//! `conventions.notices` defines which words of a title and which icons make which kind.

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::components::every::{Placed, components, is_notice};
use crate::config::check::Level;
use crate::config::{NoticeKind, NoticeWords};
use crate::diagnostic::Diagnostic;
use crate::model::notice::{kind_by, title};

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "callout-severity-mismatch",
    level: Level::Info,
    source: include_str!("callout_severity_mismatch.rs"),
    check,
    fix: Effect::Text,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for placed in components(context) {
        if is_notice(placed.component, context) {
            found.extend(finding(placed, context));
        }
    }
}

/// A title that warns under an icon that does not.
fn finding(placed: Placed<'_>, context: &Context<'_>) -> Option<Diagnostic> {
    let words = &context.conventions.words.notices;
    let title = title(placed.component, context.conventions.schema);
    let attribute = placed.component.attribute("icon")?;
    let icon = attribute.value.as_deref()?.trim();
    let said = kind_by(&title, &words.titles).filter(|kind| warns(*kind))?;
    kind_by(icon, &words.icons).filter(|kind| !warns(*kind))?;
    if informs_too(&title, &words.titles) {
        return None;
    }
    let found = RULE
        .at(placed.file, attribute.value_span)
        .with("title", title)
        .with("icon", icon);
    let span = context.locate(placed.file, attribute.value_span, icon);
    let is_literal = context.slice(placed.file, span) == icon;
    Some(match icons(&words.icons, said).first() {
        Some(better) if is_literal => found.with("better", better).edit(span, better),
        Some(better) => found.with("better", better),
        None => found.with("better", ""),
    })
}

fn warns(kind: NoticeKind) -> bool {
    matches!(kind, NoticeKind::Warning | NoticeKind::Caution)
}

/// Whether a title that warns also has a word of information; then both kinds of icon fit.
fn informs_too(title: &str, words: &NoticeWords) -> bool {
    words.tip.occurs_in(title) || words.note.occurs_in(title)
}

fn icons(words: &NoticeWords, kind: NoticeKind) -> &[String] {
    match kind {
        NoticeKind::Warning => words.warning.written(),
        NoticeKind::Caution => words.caution.written(),
        NoticeKind::Tip => words.tip.written(),
        NoticeKind::Note => words.note.written(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn title_that_warns_gets_its_icon() {
        let text = "<Callout icon=\" 💡 \" title=\"유의사항\" />\n";
        assert_found(&RULE, text, &["1:  💡 "]);
        assert_fixed(
            &RULE,
            text,
            "<Callout icon=\" ⚠️ \" title=\"유의사항\" />\n",
        );
    }

    #[test]
    fn icons_of_the_same_weight_stay() {
        assert_found(&RULE, "<Callout icon=\"💡\" title=\"참고사항\" />\n", &[]);
        assert_found(&RULE, "<Callout icon=\"⚠️\" title=\"유의사항\" />\n", &[]);
        assert_found(&RULE, "<Callout icon=\"📞\" title=\"유의사항\" />\n", &[]);
        assert_found(
            &RULE,
            "<Callout icon=\"💡\" title=\"참고 및 유의사항\" />\n",
            &[],
        );
    }
}

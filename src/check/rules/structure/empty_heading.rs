//! A heading has no text.
//!
//! ## Why
//!
//! It leaves a gap in the contents, and old addresses that count the headings count it, too. The fix
//! removes it where no link counts past it.
//!
//! ## Bad
//!
//! ````markdown
//! ## 결제창
//!
//! ####
//!
//! #### 설정경로
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ## 결제창
//!
//! #### 설정경로
//! ````

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::leads::Leads;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::model::anchor::Anchor;
use crate::source::FileId;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "empty-heading",
    level: Level::Warning,
    source: include_str!("empty_heading.rs"),
    check,
    fix: Effect::EmptyHeadings,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut leads = None;
    for (file, page) in context.pages() {
        for anchor in page.anchors.iter().filter(|anchor| anchor.text.is_empty()) {
            let leads = leads.get_or_insert_with(|| Leads::read(context));
            found.push(finding(file, anchor, leads, context));
        }
    }
}

/// The edit takes away marks that are alone on their line, where no link counts the headings
/// after them or has them in its path.
fn finding(file: FileId, anchor: &Anchor, leads: &Leads, context: &Context<'_>) -> Diagnostic {
    let found = RULE.at(file, anchor.span);
    let text = context.text(file);
    let line = text[..anchor.span.start].rfind('\n').map_or(0, |at| at + 1);
    let marks = context.slice(file, anchor.span).trim();
    let is_alone = text[line..anchor.span.start].trim().is_empty()
        && !marks.is_empty()
        && marks.chars().all(|mark| mark == '#');
    let is_used = leads.count_behind(file, anchor.span.start) || leads.lead_below(file, &anchor.id);
    if is_alone && !is_used {
        found.edit(anchor.span, "")
    } else {
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn marks_without_text_go() {
        let text = "## 가\n\n####\n\n#### 나\n";
        assert_found(&RULE, text, &["3: ####"]);
        assert_fixed(&RULE, text, "## 가\n\n\n\n#### 나\n");
    }

    #[test]
    fn counted_marks_stay() {
        let text = "[나](#2_나)\n\n## 가\n\n####\n\n#### 나\n";
        assert_fixed(&RULE, text, text);
    }
}

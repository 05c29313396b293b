//! Bold text is used as a heading.
//!
//! ## Why
//!
//! What follows is missing from the contents, and the section takes no address. Where old addresses
//! count the headings, every one after it leads to its neighbour. It is an error where the text is a
//! configured heading of a mode or a section, and style where another heading of the page has the
//! same text. The fix makes it a heading if no link counts the headings after it.
//!
//! ## Bad
//!
//! ````markdown
//! ## 결제창
//! ### 실 연동
//!
//! **설정경로**
//!
//! - 콘솔 > 채널 관리 > 채널 추가
//! ````
//!
//! ## Good
//!
//! ````markdown
//! ## 결제창
//! ### 실 연동
//!
//! #### **설정경로**
//!
//! - 콘솔 > 채널 관리 > 채널 추가
//! ````
//!
//! ## Configuration
//!
//! `conventions.modes` and `conventions.sections` define which headings a procedure has.

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::structure::leads::Leads;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::markdown::node::{Block, Inline, Paragraph};
use crate::markdown::text::label_text;
use crate::model::anchor::Anchor;
use crate::model::conventions::Opens;
use crate::model::page::Page;
use crate::normal::without_blanks;
use crate::source::{FileId, Span};

/// Level if nothing on the page determines it.
const DEFAULT_LEVEL: u8 = 3;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "bold-as-heading",
    level: Level::Error,
    source: include_str!("bold_as_heading.rs"),
    check,
    fix: Effect::Headings,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut leads = None;
    for (file, page) in context.pages() {
        let (mut titles, mut openers) = (None, None);
        for (paragraph, text) in page.document.blocks.iter().filter_map(bold) {
            let candidate = BoldParagraph { file, paragraph };
            let opens = context.conventions.opens(&text);
            if opens == Opens::Other {
                let titles = titles.get_or_insert_with(|| levels_by_text(page));
                let level = titles.get(&without_blanks(&text)).copied();
                let alike = level.map(|level| finding(candidate, level, context));
                found.extend(alike.map(|alike| alike.severity(Severity::Info)));
            } else {
                let leads = leads.get_or_insert_with(|| Leads::read(context));
                let openers = openers.get_or_insert_with(|| Openers::of(page, context));
                let level = openers.level(paragraph, opens);
                found.push(section(candidate, level, leads, context));
            }
        }
    }
}

/// A bold paragraph and where it is.
#[derive(Clone, Copy)]
struct BoldParagraph<'a> {
    file: FileId,
    paragraph: &'a Paragraph,
}

/// A paragraph that is only bold, and its text.
fn bold(block: &Block) -> Option<(&Paragraph, String)> {
    let Block::Paragraph(paragraph) = block else {
        return None;
    };
    match paragraph.inlines.as_slice() {
        [Inline::Strong(group)] => Some((paragraph, label_text(&group.inlines))),
        _ => None,
    }
}

/// The level of the first heading with this text, by the texts of a page's headings.
fn levels_by_text(page: &Page) -> HashMap<String, u8> {
    let mut levels = HashMap::new();
    for anchor in page.anchors.iter().filter(|anchor| !anchor.text.is_empty()) {
        let text = without_blanks(&anchor.text);
        levels.entry(text).or_insert(anchor.level);
    }
    levels.remove("");
    levels
}

/// An error where the text is a configured heading. A new heading moves the ids that count
/// headings, so none is made where a link counts past it.
fn section(
    candidate: BoldParagraph<'_>,
    level: Option<u8>,
    leads: &Leads,
    context: &Context<'_>,
) -> Diagnostic {
    let start = candidate.paragraph.span.start;
    let is_free = !leads.count_behind(candidate.file, start);
    match level {
        Some(level) if is_free => {
            finding(candidate, level, context).edit(Span::new(start, start), marks(level))
        }
        Some(level) => {
            let found = finding(candidate, level, context);
            let help = found.help.clone().map(|help| Message {
                key: "bold-as-heading.counted.help".to_string(),
                ..help
            });
            Diagnostic { help, ..found }
        }
        None => finding(candidate, DEFAULT_LEVEL, context),
    }
}

fn finding(candidate: BoldParagraph<'_>, level: u8, context: &Context<'_>) -> Diagnostic {
    let written = context.slice(candidate.file, candidate.paragraph.span);
    let text = written.trim_matches(['*', '_']);
    RULE.at(candidate.file, candidate.paragraph.span)
        .with("text", text)
        .with("heading", marks(level) + written)
}

/// ```text
/// #### a
/// ^^^^^
/// ```
fn marks(level: u8) -> String {
    "#".repeat(usize::from(level)) + " "
}

/// The headings of a page that open something.
struct Openers<'p> {
    modes: Vec<&'p Anchor>,
    sections: Vec<&'p Anchor>,
}

impl<'p> Openers<'p> {
    fn of(page: &'p Page, context: &Context<'_>) -> Self {
        let (mut modes, mut sections) = (Vec::new(), Vec::new());
        for anchor in &page.anchors {
            match context.conventions.opens(&anchor.text) {
                Opens::Mode(_) => modes.push(anchor),
                Opens::Path | Opens::Fields => sections.push(anchor),
                Opens::Other => {}
            }
        }
        Self { modes, sections }
    }

    /// Level of the heading that opens the same, the last before the paragraph or else the first
    /// after it; else one below the mode's.
    fn level(&self, paragraph: &Paragraph, opens: Opens) -> Option<u8> {
        let split = |anchors: &[&'p Anchor]| {
            let next = anchors.partition_point(|anchor| anchor.span < paragraph.span);
            let before = next.checked_sub(1).map(|last| anchors[last]);
            (before, anchors.get(next).copied())
        };
        let (mode, next_mode) = split(&self.modes);
        let (before, behind) = match opens {
            Opens::Mode(_) => (mode, next_mode),
            _ => split(&self.sections),
        };
        let like = before.or(behind).map(|anchor| anchor.level);
        like.or_else(|| mode.map(|anchor| (anchor.level + 1).min(6)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found, findings};

    const GUIDE: &str = "## A\n### 테스트 연동\n**설정경로**\n- 콘솔 > 채널\n#### 설정방법\n- 가 : 나\n### 실 연동\n";

    #[test]
    fn section_in_bold_becomes_a_heading_of_its_siblings_level() {
        assert_found(&RULE, GUIDE, &["3: **설정경로**"]);
        assert_fixed(&RULE, GUIDE, &GUIDE.replace("**설정", "#### **설정"));
        let alone = "## A\n### 실 연동\n\n**설정방법**\n\n- 가 : 나\n";
        assert_fixed(&RULE, alone, &alone.replace("**설정", "#### **설정"));
    }

    #[test]
    fn counted_headings_behind_keep_the_fix_away() {
        let counted = format!("[실](#3_실-연동)\n\n{GUIDE}");
        assert_fixed(&RULE, &counted, &counted);
        let found = findings(&RULE, "", &[("a.md", &counted)]);
        let help = found[0].help.as_ref().map(|help| help.key.as_str());
        assert_eq!(help, Some("bold-as-heading.counted.help"));
        for free in ["[가](#0_A)", "[실](#a/live)"] {
            let free = format!("{free}\n\n{GUIDE}");
            assert_fixed(&RULE, &free, &free.replace("**설정", "#### **설정"));
        }
    }

    #[test]
    fn other_bold_counts_only_where_a_heading_says_the_same() {
        let text = "## 결제 안내\n\n**결제안내**\n\n**꼭 확인해 주세요.**\n\n**결제 안내**입니다\n";
        assert_found(&RULE, text, &["3: **결제안내**"]);
        let found = findings(&RULE, "", &[("a.md", text)]);
        assert_eq!(found[0].severity, Severity::Info);
    }
}

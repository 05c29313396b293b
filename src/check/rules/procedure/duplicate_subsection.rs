//! A mode has two paths, or two lists of fields.
//!
//! ## Why
//!
//! Two paths in one mode contradict each other or repeat each other, and the reader cannot know
//! which. Often the second one belongs under a heading that was lost.
//!
//! ## Bad
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! #### 설정방법
//! - 채널 속성 : 결제
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## 결제창
//! ### 실 연동
//! #### 설정방법
//! - 채널 이름 : 임의값
//! - 채널 속성 : 결제
//! ```
//!
//! ## Configuration
//!
//! `conventions.sections` defines the headings.

use crate::check::context::{Context, ModeOf};
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::node::{Block, Inline};
use crate::markdown::text::label_text;
use crate::model::conventions::Opens;
use crate::source::Span;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "duplicate-subsection",
    level: Level::Error,
    source: include_str!("duplicate_subsection.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for place in context.modes() {
        for opens in [Opens::Path, Opens::Fields] {
            let headings = headings(&place, opens, context);
            let Some(((_, first), others)) = headings.split_first() else {
                continue;
            };
            found.extend(others.iter().map(|(title, span)| {
                let related = Message::new("duplicate-subsection.related");
                RULE.at(place.file, *span)
                    .with("section", title)
                    .related(place.file, *first, related)
            }));
        }
    }
}

/// Headings in the mode that open such a section, and bold paragraphs that mean one.
fn headings(place: &ModeOf<'_>, opens: Opens, context: &Context<'_>) -> Vec<(String, Span)> {
    let blocks = &place.page.document.blocks;
    let start = blocks.partition_point(|block| block.span().start < place.mode.span.start);
    let inside = blocks[start..]
        .iter()
        .take_while(|block| block.span().end <= place.mode.span.end);
    inside
        .filter_map(|block| Some((title(block)?, block.span())))
        .filter(|(title, _)| context.conventions.opens(title) == opens)
        .collect()
}

fn title(block: &Block) -> Option<String> {
    match block {
        Block::Heading(heading) => Some(label_text(&heading.inlines)),
        Block::Paragraph(paragraph) => match paragraph.inlines.as_slice() {
            [Inline::Strong(group)] => Some(label_text(&group.inlines)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    #[test]
    fn second_section_is_found() {
        let text = "## A\n### 실 연동\n#### 설정경로\n- 가 > 나\n#### 설정방법\n- 다 : 라\n\n**설정경로**\n\n- 마 > 바\n";
        assert_found(&RULE, text, &["8: **설정경로**"]);
    }

    #[test]
    fn sections_of_two_modes_are_not() {
        let text = "## A\n### 실 연동\n#### 설정방법\n- 다 : 라\n### 테스트 연동\n#### 설정방법\n- 다 : 라\n";
        assert_found(&RULE, text, &[]);
    }
}

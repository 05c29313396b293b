//! The spacing of a label's colon differs from the others of its page.
//!
//! ## Why
//!
//! A space before the colon in one line and none in the next looks careless, and a search for one
//! form misses the other. The page's own majority, of at least three to one, decides which is meant.
//!
//! ## Bad
//!
//! ````markdown
//! - 채널 이름 : 임의값
//! - 채널 속성 : 결제
//! - 과세설정 : 미설정
//! - 상점 아이디: 발급값
//! ````
//!
//! ## Good
//!
//! ````markdown
//! - 채널 이름 : 임의값
//! - 채널 속성 : 결제
//! - 과세설정 : 미설정
//! - 상점 아이디 : 발급값
//! ````

use regex::Regex;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Block, Item};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// How many labels written the other way make one a deviation.
const MAJORITY: usize = 3;

/// A list item that starts with a label.
struct Label {
    /// From the label's start to its colon's end.
    span: Span,
    /// The spaces between label and colon.
    gap: Span,
}

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "label-colon-spacing",
    level: Level::Info,
    source: include_str!("label_colon_spacing.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let label = Regex::new(r"^[^:\n`\[\]<>]{0,40}[^:\s`\[\]<>]([ \t]*):(?:[ \t]|\\?$)");
    let label = label.expect("the expression is constant");
    for (file, page) in context.pages() {
        let labels = labels(page, context.text(file), &label).into_iter();
        let (tight, spaced): (Vec<_>, Vec<_>) =
            labels.partition(|label| label.gap.start == label.gap.end);
        if tight.len() * MAJORITY <= spaced.len() {
            found.extend(tight.iter().map(|label| finding(file, label, " ")));
        } else if spaced.len() * MAJORITY <= tight.len() {
            found.extend(spaced.iter().map(|label| finding(file, label, "")));
        }
    }
}

fn labels(page: &Page, text: &str, label: &Regex) -> Vec<Label> {
    let mut labels = Vec::new();
    walk(&page.document.blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(Block::List(list)) = node {
            let read = |item| read(item, text, label);
            labels.extend(list.items.iter().filter_map(read));
        }
    });
    labels
}

fn read(item: &Item, text: &str, label: &Regex) -> Option<Label> {
    let Some(Block::Paragraph(paragraph)) = item.blocks.first() else {
        return None;
    };
    let start = paragraph.span.start;
    let line = text[paragraph.span.range()].lines().next()?;
    let captures = label.captures(line)?;
    let (whole, gap) = (captures.get(0)?, captures.get(1)?);
    if is_key(&line[..gap.start()]) {
        return None;
    }
    let colon = start + whole.start() + whole.as_str().rfind(':')?;
    Some(Label {
        span: Span::new(start, colon + 1),
        gap: Span::new(start + gap.start(), start + gap.end()),
    })
}

/// Whether a label is a key of code, such as `pg`, which code writes in its own way.
fn is_key(label: &str) -> bool {
    label
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

fn finding(file: FileId, label: &Label, gap: &str) -> Diagnostic {
    RULE.at(file, label.span).edit(label.gap, gap)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn minority_follows_the_majority() {
        let text = "- 가 : 1\n- **나** : 2\n- 다 : 3\n- 라 (MID): 4\n";
        assert_found(&RULE, text, &["4: 라 (MID):"]);
        assert_fixed(&RULE, text, &text.replace("):", ") :"));
        let text = "- 가: 1\n- 나: 2\n- 다: 3\n- 라 : 4\n";
        assert_fixed(&RULE, text, &text.replace(" :", ":"));
    }

    #[test]
    fn times_and_links_are_no_labels() {
        let text = "- 가 : 1\n- 나 : 2\n- 다 : 3\n- 10:30부터\n- [가이드: 나](u)\n- pg: {값}\n";
        assert_found(&RULE, text, &[]);
    }
}

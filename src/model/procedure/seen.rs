//! What a reader sees after a step: "You should see the dashboard.", "출력은 다음과 유사하다."

use crate::config::procedures::{Cue, ProcedureConvention};
use crate::markdown::fence::Fence;
use crate::markdown::node::{Block, Children, CodeBlock, Component, Inline, Paragraph};
use crate::markdown::text::inline_text;
use crate::model::item::{Confidence, Item, Role, Section};
use crate::model::procedure::flow::Flow;
use crate::model::procedure::instruct::{
    YES, begins_sentence, first_sentence, text_instructs, words_of,
};
use crate::model::procedure::lead::is_notice_block;
use crate::model::procedure::sentence::{after_first_sentence, trim_start};
use crate::source::Span;

/// Most sentences of a paragraph that are looked at.
const MOST_SENTENCES: usize = 4;

/// What is seen at the end of a step.
pub(super) struct Seen {
    /// Index of the block with the first sentence about it.
    pub from: usize,
    /// The sentences before that one in its block.
    pub before: Option<Block>,
    /// The item to verify.
    pub item: Item,
}

/// What the last blocks of a step show; `None` where they do something else. From the first sentence
/// about it on nothing is ordered: there are output, pictures and what explains them.
pub(super) fn seen(
    blocks: &[&Block],
    flow: &Flow<'_>,
    convention: &ProcedureConvention,
) -> Option<Seen> {
    let mut first = None;
    for (index, block) in blocks.iter().enumerate().rev() {
        if is_notice_block(block, flow, convention) {
            break;
        }
        match block {
            Block::Paragraph(paragraph) if shows(&paragraph.inlines, flow) => {
                first = Some((index, None, paragraph.inlines.clone()));
            }
            Block::Code(code) if is_command(code, convention) => break,
            Block::Code(_) | Block::Comment(_) => {}
            Block::Component(component) if is_picture_in(component) => {}
            Block::Paragraph(paragraph) => {
                let split = split(&paragraph.inlines, flow);
                let is_about_it = split.is_none() && explains(&paragraph.inlines, flow);
                if let Some((before, seen)) = split {
                    first = Some((index, Some(before), seen));
                }
                if !is_about_it {
                    break;
                }
            }
            _ => break,
        }
    }
    let (from, before, mut label) = first?;
    trim_start(&mut label);
    let span = spans(&label).cover(blocks.last()?.span());
    let mut item = Item::new(Section::Tasks, Role::Result, label, span);
    item.detail = blocks[from + 1..].iter().copied().cloned().collect();
    item.evidence = vec!["seen".to_string()];
    item.confidence = Confidence::Likely;
    Some(Seen {
        from,
        before: before.map(paragraph),
        item,
    })
}

/// Cuts a paragraph before the first of its sentences from which all show something.
fn split(inlines: &[Inline], flow: &Flow<'_>) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let mut before: Vec<Inline> = Vec::new();
    let mut rest = inlines.to_vec();
    for _ in 1..MOST_SENTENCES {
        let (first, Some(Block::Paragraph(behind))) = after_first_sentence(&rest) else {
            return None;
        };
        before.extend(first);
        if shows(&behind.inlines, flow) {
            return Some((before, behind.inlines));
        }
        rest = behind.inlines;
    }
    None
}

/// Whether a text says what is seen: its first sentence does, and none orders anything.
fn shows(inlines: &[Inline], flow: &Flow<'_>) -> bool {
    let text = words_of(inlines);
    let first = first_sentence(&text);
    let is_aside = text.ends_with(')') || first.ends_with(['?', '？']);
    let shows = !is_aside && flow.vocabulary.cues(first).has(Cue::Shows);
    shows && goes_on_without_order(&text, flow)
}

/// Whether a text only explains: no sentence orders anything, and nothing is announced.
fn explains(inlines: &[Inline], flow: &Flow<'_>) -> bool {
    let text = words_of(inlines);
    let is_order = || text_instructs(&text, false, flow.vocabulary) >= YES;
    is_picture(inlines)
        || (!text.ends_with([':', '：']) && !is_order() && goes_on_without_order(&text, flow))
}

/// Whether no sentence behind the first orders anything, or what to do in a case.
fn goes_on_without_order(text: &str, flow: &Flow<'_>) -> bool {
    let mut rest = text;
    for _ in 0..MOST_SENTENCES {
        let sentence = first_sentence(rest);
        let start = rest.len() - rest.trim_start_matches(|c| !begins_sentence(c)).len();
        rest = &rest[start + sentence.len()..];
        if rest.trim().is_empty() {
            return true;
        }
        let is_case = || {
            flow.vocabulary
                .cues(first_sentence(rest))
                .has(Cue::Condition)
        };
        if text_instructs(rest, false, flow.vocabulary) >= YES || is_case() {
            return false;
        }
    }
    false
}

/// Whether code is to be run and no output.
fn is_command(code: &CodeBlock, convention: &ProcedureConvention) -> bool {
    let language = Fence::of(code).language.to_lowercase();
    convention.shells.contains(&language)
}

/// Whether inlines are pictures and nothing else.
fn is_picture(inlines: &[Inline]) -> bool {
    let is_shown = |inline: &Inline| match inline {
        Inline::Image(_) | Inline::SoftBreak(_) | Inline::HardBreak(_) => true,
        other => inline_text(std::slice::from_ref(other)).trim().is_empty(),
    };
    inlines.iter().all(is_shown)
}

/// Whether a component holds pictures and nothing else, such as a frame.
fn is_picture_in(component: &Component) -> bool {
    match &component.children {
        Children::Inlines(inlines) => !inlines.is_empty() && is_picture(inlines),
        Children::Blocks(blocks) => {
            let is_one = |block: &Block| match block {
                Block::Paragraph(paragraph) => is_picture(&paragraph.inlines),
                _ => false,
            };
            !blocks.is_empty() && blocks.iter().all(is_one)
        }
    }
}

fn paragraph(inlines: Vec<Inline>) -> Block {
    let span = spans(&inlines);
    Block::Paragraph(Paragraph { inlines, span })
}

fn spans(inlines: &[Inline]) -> Span {
    let all = inlines.iter().map(Inline::span);
    all.reduce(Span::cover).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::markdown::text::{block_text, label_text};
    use crate::model::item::{Item, Role};
    use crate::model::procedure::tests::procedures_at;

    /// What is seen after the first step, and what the step itself says behind its instruction; the
    /// step is in a list of two.
    fn assert_seen(step: &str, seen: &[&str], own: &str) {
        let step = step.replace('\n', "\n   ");
        let text = format!("# Install\n\n1. {step}\n2. Open the console.\n");
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", &text).found;
        let item = &found[0].items[0];
        let results = item.items.iter().filter(|part| part.role == Role::Result);
        let said = |part: &Item| {
            let text = format!("{} {}", label_text(&part.label), block_text(&part.detail));
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let results: Vec<String> = results.map(said).collect();
        assert_eq!(results, seen, "{text}");
        assert_eq!(block_text(&item.detail).trim(), own, "{text}");
    }

    #[test]
    fn last_sentences_about_what_is_seen_are_an_item() {
        assert_seen(
            "Open the page.\n\nYou should see a list.",
            &["You should see a list."],
            "",
        );
        assert_seen(
            "Click **Save**. Wait a minute. The new key is displayed.",
            &["The new key is displayed."],
            "Wait a minute.",
        );
        assert_seen(
            "명령을 실행합니다.\n\n```sh\na\n```\n\n출력은 다음과 유사하다.\n\n```\nb\n```",
            &["출력은 다음과 유사하다. b"],
            "a",
        );
        assert_seen(
            "저장을 누릅니다. 완료 메시지가 표시됩니다.",
            &["완료 메시지가 표시됩니다."],
            "",
        );
    }

    #[test]
    fn what_must_be_seen_is_an_item() {
        assert_seen(
            "명령을 실행합니다.\n\n```sh\na\n```\n\n출력 결과에 이름이 나와야 한다.\n\n```\nb\n```",
            &["출력 결과에 이름이 나와야 한다. b"],
            "a",
        );
        assert_seen(
            "저장을 누릅니다. 이름이 목록에 표시되어야 합니다.",
            &["이름이 목록에 표시되어야 합니다."],
            "",
        );
        assert_seen(
            "Heat it to 121 °C. The tape should turn black.",
            &["The tape should turn black."],
            "",
        );
    }

    #[test]
    fn output_may_be_explained() {
        assert_seen(
            "List them.\n\nThe output is similar to this:\n\n```\nb\n```\n\nThe list has a name in it.",
            &["The output is similar to this: b The list has a name in it."],
            "",
        );
    }

    #[test]
    fn what_goes_on_with_an_order_is_text_as_before() {
        for (step, own) in [
            (
                "Open the page.\n\nYou should see a list. Click the first one.",
                "You should see a list. Click the first one.",
            ),
            (
                "Open the page.\n\nYou should see a list.\n\nThen wait.",
                "You should see a list. Then wait.",
            ),
            (
                "Open the page.\n\nYou should see it. If you do not, then stop.",
                "You should see it. If you do not, then stop.",
            ),
            (
                "Open the page.\n\n(You should see it.)",
                "(You should see it.)",
            ),
            (
                "Open the page.\n\nIf you see an error, wait.",
                "If you see an error, wait.",
            ),
            ("Open the page.\n\nIt is long.", "It is long."),
            (
                "Open the page.\n\nYou should see it.\n\n```sh\nls\n```",
                "You should see it.\nls",
            ),
        ] {
            let own = own.replace("list. Then", "list.\nThen");
            let own = own.as_str();
            assert_seen(step, &[], own);
        }
    }
}

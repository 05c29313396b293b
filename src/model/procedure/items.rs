//! The items of a procedure, as its sheet has them: what is needed before, notices, steps with what
//! is to be done within them.

use crate::config::procedures::{Cue, ProcedureConvention};
use crate::markdown::node::{Block, Inline, Item as ListItem, List, Literal, Paragraph};
use crate::markdown::text::{block_text, inline_text};
use crate::model::item::{Confidence, Item, Role, Section};
use crate::model::procedure::blanks::BlankFinder;
use crate::model::procedure::candidate::{Candidate, StepRef, StepTitle, split};
use crate::model::procedure::context::FoundNotice;
use crate::model::procedure::flow::Flow;
use crate::model::procedure::inputs::{inputs, lead};
use crate::model::procedure::instruct::{YES, first_sentence, instructs, words_of};
use crate::model::procedure::lead::is_notice_block;
use crate::model::procedure::needs::Need;
use crate::model::procedure::seen::seen;
use crate::model::procedure::sentence::{after_first_sentence, without_blank};
use crate::source::Span;

/// Share of the items of a list within a step that must instruct to be steps of their own.
const HALF: f64 = 0.5;

/// Longest words before a mark that say that a step is optional, in characters.
const LONGEST_MARK: usize = 24;

/// Longest alternative text of a picture that stays in a label, in characters.
const LONGEST_SIGN: usize = 12;

/// Longest clause that is a condition, in characters.
const LONGEST_CONDITION: usize = 120;

/// Makes the items of one procedure.
pub(super) struct ItemMaker<'m, 'a> {
    pub flow: &'m Flow<'a>,
    pub convention: &'m ProcedureConvention,
    pub confidence: Confidence,
    /// The heading above each item, where sheets show it; empty for none.
    pub heading: String,
}

impl<'a> ItemMaker<'_, 'a> {
    /// What is needed before, notices before the first step, and the steps.
    pub fn items(
        &self,
        candidate: &Candidate<'a>,
        needs: &[Need<'a>],
        notices: &[FoundNotice<'a>],
    ) -> Vec<Item> {
        let named = needs.iter().filter(|need| has_words(need));
        let mut items: Vec<Item> = named.map(|need| self.need(need)).collect();
        let first = candidate.steps.first().map_or(0, |step| step.span.start);
        let (before, after): (Vec<_>, Vec<_>) = notices
            .iter()
            .filter(|notice| notice.step.is_none())
            .partition(|notice| notice.block.span().start < first);
        items.extend(
            before
                .iter()
                .map(|notice| self.notice(notice.block, Section::Tasks)),
        );
        for (index, step) in candidate.steps.iter().enumerate() {
            let own = notices.iter().filter(|notice| notice.step == Some(index));
            let (apart, own): (Vec<_>, Vec<_>) =
                own.partition(|notice| self.is_apart(step, notice));
            items.push(self.step(step, own.into_iter()));
            let apart = apart.iter();
            items.extend(apart.map(|notice| self.notice(notice.block, Section::Tasks)));
        }
        items.extend(
            after
                .iter()
                .map(|notice| self.notice(notice.block, Section::Tasks)),
        );
        for item in &mut items {
            item.heading.clone_from(&self.heading);
        }
        items
    }

    fn need(&self, need: &Need<'a>) -> Item {
        let mut item = Item::new(
            Section::Before,
            Role::Verify,
            need.inlines.to_vec(),
            need.span,
        );
        item.detail = need.rest.to_vec();
        item.evidence = vec!["prerequisite".to_string()];
        item.confidence = self.confidence;
        item
    }

    /// A step; `notices` are those at it, within it or behind it.
    fn step<'n>(
        &self,
        step: &StepRef<'a>,
        notices: impl Iterator<Item = &'n FoundNotice<'a>>,
    ) -> Item
    where
        'a: 'n,
    {
        let (label, rest) = self.label(step);
        let mut item = self.action(label, step.span);
        item.node = step.node;
        let behind = step.whole.iter().chain(step.behind.iter().copied());
        self.fill(&mut item, rest.as_ref(), behind, true);
        let outside = notices.filter(|notice| !holds(step, notice.block.span()));
        item.items
            .extend(outside.map(|notice| self.notice(notice.block, Section::Tasks)));
        let blanks = BlankFinder {
            convention: self.convention,
            vocabulary: self.flow.vocabulary,
            conventions: self.flow.conventions,
        };
        blanks.fill(&mut item);
        item
    }

    /// The first sentence of a step, and the rest of its paragraph.
    fn label(&self, step: &StepRef<'a>) -> (Vec<Inline>, Option<Block>) {
        match &step.title {
            StepTitle::Text(text) => {
                let span = Span::new(step.span.start, step.span.start);
                let text = text.clone();
                (vec![Inline::Text(Literal { text, span })], None)
            }
            StepTitle::Inlines(inlines) => {
                let (label, rest) = after_first_sentence(inlines);
                without_pictures(label, rest)
            }
        }
    }

    fn action(&self, label: Vec<Inline>, span: Span) -> Item {
        let text = words_of(&label);
        let mut item = Item::new(Section::Tasks, Role::Do, label, span);
        item.evidence = vec!["step".to_string()];
        item.confidence = self.confidence;
        if self.is_optional(&text) {
            item.role = Role::Optional;
        }
        item.set_condition(self.condition(&text));
        item
    }

    /// Whether the words before the first mark say that a step may be skipped.
    fn is_optional(&self, text: &str) -> bool {
        let text = text.trim_start_matches(['(', '[']);
        let end = text.find([',', ':', ')', ']', '.']).unwrap_or(0);
        let mark = &text[..end];
        mark.chars().count() <= LONGEST_MARK && self.flow.vocabulary.cues(mark).has(Cue::Optional)
    }

    /// The clause at the start of a sentence that says for whom it is.
    fn condition(&self, text: &str) -> Option<String> {
        let clause = first_sentence(text);
        let end = clause.find([',', '，'])?;
        let clause = &clause[..end];
        let is_condition = clause.chars().count() <= LONGEST_CONDITION
            && self.flow.vocabulary.cues(clause).has(Cue::Condition);
        is_condition.then(|| clause.to_string())
    }

    /// Adds blocks: lists that instruct, and values to enter, are items within the item, the rest is
    /// its detail. What is
    /// behind such a list belongs to its last item.
    fn add_blocks<'b>(
        &self,
        item: &mut Item,
        blocks: impl Iterator<Item = &'b Block>,
        has_parts: bool,
    ) {
        // The number that a list of steps behind pictures or text would go on with.
        let mut next = None;
        for block in blocks {
            if self.is_notice(block) {
                item.items.push(self.notice(block, Section::Tasks));
                continue;
            }
            if let Block::List(list) = block
                && let Some(inputs) = inputs(list, &lead(item), self.flow)
            {
                item.items.extend(inputs);
                continue;
            }
            match block {
                Block::List(list)
                    if has_parts
                        && (self.is_steps(list) || (next.is_some() && list.start == next)) =>
                {
                    next = list.start.map(|start| start + list.items.len() as u64);
                    item.items
                        .extend(list.items.iter().map(|part| self.part(part)));
                }
                Block::Comment(_) | Block::Esm(_) | Block::Rule(_) => {}
                other => {
                    let last = item.items.iter_mut().rev().find(|part| part.role.has_box());
                    match last {
                        Some(part) if part.setting.is_some() => {
                            let behind = self.behind_input(part, other);
                            item.items.extend(behind);
                        }
                        Some(part) => part.detail.push(other.clone()),
                        None => item.detail.push(other.clone()),
                    }
                }
            }
        }
    }

    /// What is behind a value to enter: an order is an item of its own, which is returned, and the
    /// rest is text about the value.
    fn behind_input(&self, input: &mut Item, block: &Block) -> Option<Item> {
        if let Block::Paragraph(paragraph) = block
            && instructs(&paragraph.inlines, self.flow.vocabulary) >= YES
        {
            let (label, rest) = after_first_sentence(&paragraph.inlines);
            let (label, rest) = without_pictures(label, rest);
            let mut item = self.action(label, paragraph.span);
            item.detail.extend(rest.map(without_blank));
            return Some(item);
        }
        if let Some(field) = &mut input.setting {
            field.note.push(block.clone());
        }
        None
    }

    fn is_notice(&self, block: &Block) -> bool {
        match block {
            Block::Component(component) => {
                let name = component.name.to_lowercase();
                self.flow.is_callout(component) && !self.convention.plain_callouts.contains(&name)
            }
            _ => is_notice_block(block, self.flow, self.convention),
        }
    }

    /// Whether a list within a step consists of steps: half of its items instruct, or all where
    /// they have no numbers.
    fn is_steps(&self, list: &List) -> bool {
        let all = list.items.iter();
        let all: Vec<f64> = all
            .map(|item| instructs(split(&item.blocks).0, self.flow.vocabulary))
            .collect();
        let is_task = list.items.iter().any(|item| item.checked.is_some());
        let share = all.iter().sum::<f64>() / all.len().max(1) as f64;
        match list.start {
            _ if is_task => true,
            Some(_) => share >= HALF,
            None => all.len() > 1 && all.iter().all(|one| *one >= YES),
        }
    }

    /// An item of a list within a step; what is deeper stays text.
    fn part(&self, part: &ListItem) -> Item {
        let (inlines, rest) = split(&part.blocks);
        let (label, behind) = after_first_sentence(inlines);
        let (label, behind) = without_pictures(label, behind);
        let mut item = self.action(label, part.span);
        self.fill(&mut item, behind.as_ref(), rest.iter(), false);
        item
    }

    /// Adds the rest of the paragraph of an item's label, the blocks behind it, and what is seen
    /// afterwards, which is the last item within it.
    fn fill<'b>(
        &self,
        item: &mut Item,
        rest: Option<&'b Block>,
        blocks: impl Iterator<Item = &'b Block>,
        has_parts: bool,
    ) {
        let first = usize::from(rest.is_some());
        let blocks: Vec<&Block> = rest.into_iter().chain(blocks).collect();
        let seen = seen(&blocks, self.flow, self.convention);
        let end = seen.as_ref().map_or(blocks.len(), |seen| seen.from);
        let (own, others) = blocks[..end].split_at(first.min(end));
        item.detail
            .extend(own.iter().copied().cloned().map(without_blank));
        self.add_blocks(item, others.iter().copied(), has_parts);
        let Some(seen) = seen else { return };
        match seen.before {
            Some(before) if end < first => item.detail.push(without_blank(before)),
            before => self.add_blocks(item, before.iter(), has_parts),
        }
        item.items.push(seen.item);
    }
}

/// Whether something that is needed before says what it is.
fn has_words(need: &Need<'_>) -> bool {
    !words_of(need.inlines).is_empty() || !block_text(need.rest).trim().is_empty()
}

/// A label without its pictures, which come behind it: a short one, such as a sign for "urgent", stays
/// as its words.
fn without_pictures(label: Vec<Inline>, rest: Option<Block>) -> (Vec<Inline>, Option<Block>) {
    let mut pictures = Vec::new();
    let words = label.into_iter().filter_map(|inline| {
        let Inline::Image(image) = &inline else {
            return Some(inline);
        };
        let text = inline_text(&image.inlines);
        let span = image.span;
        if !text.is_empty() && text.chars().count() <= LONGEST_SIGN {
            return Some(Inline::Text(Literal { text, span }));
        }
        pictures.push(inline);
        None
    });
    let label: Vec<Inline> = words.collect();
    if let Some(Block::Paragraph(paragraph)) = rest {
        pictures.extend(paragraph.inlines);
    }
    let span = pictures.iter().map(Inline::span).reduce(Span::cover);
    let rest = span.map(|span| {
        Block::Paragraph(Paragraph {
            inlines: pictures,
            span,
        })
    });
    (label, rest)
}

/// Whether bytes are within what a step's own blocks show.
pub(super) fn holds(step: &StepRef<'_>, span: Span) -> bool {
    let mut own = step.whole.iter().chain(step.behind.iter().copied());
    own.any(|block| block.span().cover(span) == block.span())
}

#[cfg(test)]
mod tests {
    use crate::markdown::text::{block_text, label_text};
    use crate::model::procedure::tests::procedures_at;

    #[test]
    fn list_within_a_step_goes_on_behind_a_picture() {
        let text = "# A\n\n1. Set the rules.\n\n   1. Click a.\n   2. Click b.\n\n   ![Figure](a.png)\n\n   3. The logic: keep it.\n\n   Some text.\n\n   5. The last one.\n2. Open c.\n";
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let parts = &found[0].items[0].items;
        let labels: Vec<String> = parts.iter().map(|part| label_text(&part.label)).collect();
        assert_eq!(labels, ["Click a.", "Click b.", "The logic: keep it."]);
        assert!(block_text(&parts[2].detail).contains("The last one."));
    }

    #[test]
    fn rest_of_a_paragraph_begins_without_a_blank() {
        let text = "# A\n\n1. Open a. It is long.\n2. Open b (here). It is **short**.\n";
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let rest = found[0].items.iter().map(|item| block_text(&item.detail));
        assert_eq!(
            rest.collect::<Vec<_>>(),
            ["It is long.\n", "It is short.\n"]
        );
    }
}

//! Notices as items: what a callout, a quote or a labelled paragraph says at a step.

use crate::config::NoticeKind;
use crate::markdown::node::{Block, Inline, Literal};
use crate::markdown::text::inline_text;
use crate::model::item::{Confidence, Item, NOTICE_LABEL, Requirement, Role, Section};
use crate::model::notice::{Notice, kind_of};
use crate::model::procedure::candidate::StepRef;
use crate::model::procedure::context::{FoundNotice, heading_at};
use crate::model::procedure::items::{ItemMaker, holds};
use crate::model::procedure::label::cut_notice_label;

impl<'a> ItemMaker<'_, 'a> {
    /// A notice as an item: a danger, or something to know.
    pub(super) fn notice(&self, block: &Block, section: Section) -> Item {
        let mut item = Item::new(section, Role::Know, Vec::new(), block.span());
        item.evidence = vec!["notice".to_string()];
        item.confidence = Confidence::Sure;
        item.requirement = Requirement::Optional;
        match block {
            Block::Component(component) => {
                let conventions = self.flow.conventions;
                let notice = Notice::read(component, conventions);
                let kind = kind_of(component, conventions.schema, &conventions.words.notices);
                if matches!(kind, NoticeKind::Caution | NoticeKind::Warning) {
                    item.role = Role::Hazard;
                }
                item.title = notice.title;
                item.detail = notice.blocks;
            }
            Block::Quote(quote) => self.read(&quote.blocks, &mut item),
            other => self.read(std::slice::from_ref(other), &mut item),
        }
        if let Some(Block::Paragraph(first)) = item.detail.first() {
            item.label.clone_from(&first.inlines);
            item.detail.remove(0);
        }
        if item.label.is_empty() && item.detail.is_empty() {
            let text = std::mem::take(&mut item.title);
            let span = block.span();
            item.label = vec![Inline::Text(Literal { text, span })];
        }
        item
    }

    /// Reads blocks that no component is around: their label is the title, and it or a sign says
    /// whether they are about a danger.
    fn read(&self, blocks: &[Block], item: &mut Item) {
        item.detail = blocks.to_vec();
        let Some(Block::Paragraph(first)) = item.detail.first_mut() else {
            return;
        };
        let vocabulary = self.flow.vocabulary;
        let text = inline_text(&first.inlines);
        let mut signs = self.convention.danger_signs.iter();
        let mut is_danger = signs.any(|sign| text.trim_start().starts_with(sign.as_str()));
        if let Some((label, rest)) = cut_notice_label(&first.inlines, vocabulary) {
            is_danger |= vocabulary.dangers.contains(&label.to_lowercase());
            if let Some(rest) = rest {
                first.inlines = rest;
                item.title = label;
                item.evidence.push(NOTICE_LABEL.to_string());
            }
        }
        if first.inlines.is_empty() {
            item.detail.remove(0);
        }
        if is_danger {
            item.role = Role::Hazard;
        }
    }

    /// Whether another section begins between a step and a notice behind it.
    pub(super) fn is_apart(&self, step: &StepRef<'a>, notice: &FoundNotice<'a>) -> bool {
        let span = notice.block.span();
        let end = step.span.end.max(step.span.start + 1) - 1;
        span.start >= step.span.end
            && !holds(step, span)
            && heading_at(self.flow, end) != heading_at(self.flow, span.start)
    }
}

#[cfg(test)]
mod tests {
    use crate::markdown::text::label_text;
    use crate::model::item::Item;
    use crate::model::procedure::tests::procedures_at;

    /// Role, title and text of each notice.
    fn notices(text: &str) -> Vec<String> {
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let all = found[0].items.iter().flat_map(Item::with_parts);
        let all = all.filter(|item| item.evidence.iter().any(|one| one == "notice"));
        let shown = all.map(|item| {
            let role = item.role.name();
            format!("{role} [{}] {}", item.title, label_text(&item.label))
        });
        shown.collect()
    }

    fn assert_at_step(notice: &str, expected: &str) {
        let notice = notice.replace('\n', "\n   ");
        let text = format!("# Install\n\n1. Open a.\n\n   {notice}\n2. Open b.\n");
        assert_eq!(notices(&text), [expected], "{text}");
    }

    #[test]
    fn label_of_a_danger_makes_a_danger() {
        assert_at_step("> **Warning**: It burns.", "hazard [Warning] It burns.");
        assert_at_step("> **Caution:** It burns.", "hazard [Caution] It burns.");
        assert_at_step(
            "**WARNING/DANGER**: It burns.",
            "hazard [WARNING/DANGER] It burns.",
        );
        assert_at_step("Warning: It burns.", "hazard [Warning] It burns.");
        assert_at_step("> **Warning**\n> It burns.", "hazard [Warning] It burns.");
        assert_at_step("> **경고** 뜨겁습니다.", "hazard [경고] 뜨겁습니다.");
        assert_at_step("_Danger: It burns._", "hazard [] Danger: It burns.");
    }

    #[test]
    fn other_labels_are_titles_of_notes() {
        assert_at_step("> **Note**: It is long.", "know [Note] It is long.");
        assert_at_step("Tip: Try **it**.", "know [Tip] Try it.");
        assert_at_step("**참고:** 깁니다.", "know [참고] 깁니다.");
    }

    #[test]
    fn signs_of_a_danger_make_a_danger() {
        assert_at_step("> ⚠️ It burns.", "hazard [] ⚠️ It burns.");
        assert_at_step("> 💡 Try it.", "know [] 💡 Try it.");
    }

    #[test]
    fn notice_below_what_is_needed_is_read_before_the_first_step() {
        let text = "# Make it\n\n## Materials\n\n- Acid\n\n> **Warning**: It burns.\n\n## Procedure\n\n1. Open a.\n2. Open b.\n";
        assert_eq!(notices(text), ["hazard [Warning] It burns."]);
    }

    #[test]
    fn notice_of_another_section_belongs_to_no_step_before_it() {
        let text = "# Full\n\n## Meaning\n\nIt is full.\n\n## Mitigation\n\n### Resize\n\n- Resize it.\n- Check it.\n\n### Purge\n\n**Warning**: It deletes all.\n\n- Delete it.\n- Create it.\n";
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let items = found[0].items.iter();
        let shown = items.map(|item| format!("{} {}", item.role.name(), label_text(&item.label)));
        let shown: Vec<String> = shown.collect();
        assert_eq!(
            shown[1..],
            [
                "do Resize it.",
                "do Check it.",
                "hazard It deletes all.",
                "do Delete it.",
                "do Create it."
            ]
        );
    }
}

//! Values to enter in a step: bullets such as "**App name**: `KIRA Bot`".

use crate::config::procedures::Cue;
use crate::markdown::node::{Block, Inline, Item as ListItem, List};
use crate::markdown::text::{block_text, inline_text, label_text};
use crate::model::field::{self, FieldKind};
use crate::model::item::{Confidence, Item, LABELLED_VALUE, Role, Section};
use crate::model::items::setting;
use crate::model::label::cut;
use crate::model::procedure::candidate::split;
use crate::model::procedure::flow::Flow;

/// The items of a list of values to enter; `None` for any other list. Every bullet has a bold label
/// before its value, and either `lead`, the text before the list, asks to enter something, or every
/// value is code.
pub(super) fn inputs(list: &List, lead: &str, flow: &Flow<'_>) -> Option<Vec<Item>> {
    let is_plain = list.start.is_none() && list.items.iter().all(|item| item.checked.is_none());
    if !is_plain || !list.items.iter().all(|item| is_labelled(item, flow)) {
        return None;
    }
    let cues = flow.vocabulary.cues(lead);
    let asks = cues.has(Cue::Enters) && !cues.has(Cue::Picks);
    if !asks && !list.items.iter().all(is_code) {
        return None;
    }
    Some(list.items.iter().map(|item| input(item, flow)).collect())
}

/// The text before a list within a step: the last paragraph, or else the instruction.
pub(super) fn lead(item: &Item) -> String {
    match item.detail.last() {
        Some(last @ Block::Paragraph(_)) => block_text(std::slice::from_ref(last)),
        _ => inline_text(&item.label),
    }
}

/// The item of a bullet. What the words of a value describe is not the value itself, and without a
/// stated length it is written on a line, since an address has no room in cells.
fn input(item: &ListItem, flow: &Flow<'_>) -> Item {
    let mut field = field::read(item, flow.conventions);
    let describes = || flow.vocabulary.cues(&field.text_line()).has(Cue::Describes);
    if field.kind() == FieldKind::Fixed && !is_code(item) && describes() {
        field.make_credential(&flow.conventions.words.fields);
    }
    let has_length = field.length.is_some();
    let mut made = setting(field, Section::Tasks);
    made.evidence.push(LABELLED_VALUE.to_string());
    if made.confidence == Confidence::Doubtful {
        made.confidence = Confidence::Likely;
    }
    if made.role == Role::EnterIssued && !has_length {
        made.role = Role::EnterFree;
    }
    made.set_condition(None);
    made
}

/// Whether a bullet is a bold label with a value, and not one that begins a notice.
fn is_labelled(item: &ListItem, flow: &Flow<'_>) -> bool {
    let (inlines, _) = split(&item.blocks);
    let Some(Inline::Strong(strong)) = inlines.first() else {
        return false;
    };
    let cut = cut(inlines, &[]);
    let (label, bold) = (label_text(&cut.label), label_text(&strong.inlines));
    let is_whole = label.trim() == bold.trim_end_matches([':', '：', ' ']);
    let is_notice = || {
        let label = label.to_lowercase();
        flow.vocabulary.notices.contains(&label)
    };
    let value = cut.value.as_deref().map(label_text);
    is_whole && value.is_some_and(|value| !value.is_empty()) && !is_notice()
}

/// Whether the value of a bullet is code and nothing else.
fn is_code(item: &ListItem) -> bool {
    let (inlines, _) = split(&item.blocks);
    let value = cut(inlines, &[]).value.unwrap_or_default();
    let mut parts = value.iter().filter(|inline| match inline {
        Inline::Text(text) => !text.text.trim().is_empty(),
        _ => true,
    });
    matches!((parts.next(), parts.next()), (Some(Inline::Code(_)), None))
}

#[cfg(test)]
mod tests {
    use crate::markdown::text::label_text;
    use crate::model::procedure::tests::procedures_at;

    /// Role, label and value of the items within the first step, which has these bullets.
    fn assert_inputs(step: &str, bullets: &str, expected: &[&str]) {
        let bullets = bullets.replace('\n', "\n   ");
        let text = format!("# Install\n\n1. {step}\n\n   {bullets}\n2. Open the console.\n");
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", &text).found;
        let parts = found[0].items[0].items.iter().map(|part| {
            let value = part.literal().unwrap_or_default();
            format!("{} {} {value}", part.role.name(), label_text(&part.label))
        });
        let parts: Vec<String> = parts.map(|part| part.trim().to_string()).collect();
        assert_eq!(parts, expected, "{text}");
    }

    #[test]
    fn bold_labels_with_values_are_inputs_where_the_step_asks_for_them() {
        assert_inputs(
            "Enter the following values:",
            "- **App name**: `KIRA Bot`\n- **Client secret**: The one you copied.\n- **Name:** Any name you like.",
            &[
                "set-fixed App name KIRA Bot",
                "enter-secret Client secret",
                "enter-free Name",
            ],
        );
        assert_inputs(
            "다음 값을 입력합니다.",
            "- **이름**: `앱`\n- **비밀번호**: 발급받은 값",
            &["set-fixed 이름 앱", "enter-secret 비밀번호"],
        );
    }

    #[test]
    fn code_behind_every_label_is_a_value_in_any_step() {
        assert_inputs(
            "Add a redirect.",
            "- **Header name**: `Content-Type`\n- **Value**: `text/html`",
            &[
                "set-fixed Header name Content-Type",
                "set-fixed Value text/html",
            ],
        );
    }

    #[test]
    fn other_bullets_are_text() {
        for (step, bullets) in [
            ("Enter one:", "- **Fast**: It is quick.\n- Slow ones too."),
            (
                "Choose a plan and enter it:",
                "- **Fast**: quick\n- **Slow**: cheap",
            ),
            (
                "Open the console.",
                "- **Fast**: It is quick.\n- **Slow**: `a`",
            ),
            ("Enter the values:", "- **Note**: It takes long."),
            ("Enter the values:", "1. **Name**: `a`\n2. **Zone**: `b`"),
        ] {
            assert_inputs(step, bullets, &[]);
        }
    }

    #[test]
    fn a_description_is_no_value_and_has_a_line() {
        assert_inputs(
            "Enter these:",
            "- **Entity ID**: the URI from the console\n- **Reply URL**: the URL that you copied",
            &["enter-free Entity ID", "enter-free Reply URL"],
        );
    }

    #[test]
    fn text_behind_inputs_belongs_to_the_last_one_and_orders_are_items() {
        let text = "# A\n\n1. Enter these:\n\n   - **Name**: `a`\n\n   It may be long.\n\n   Click **Add**.\n2. Open b.\n";
        let found = procedures_at("a.md", "files: {mdx_in_md: false}", text).found;
        let [part, add] = &found[0].items[0].items[..] else {
            panic!("{found:?}")
        };
        let note = part.setting.as_ref().map(|field| field.note_text());
        assert_eq!(note.as_deref(), Some("It may be long."));
        assert_eq!(
            (label_text(&add.label).as_str(), add.role.name()),
            ("Click Add.", "do")
        );
    }
}

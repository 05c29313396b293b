//! A field as an item of its sheet: what to do, what to choose, where to write.

use crate::error::Error;
use crate::markdown::node::Inline;
use crate::markdown::text::label_text;
use crate::model::field::{Choice, Field, FieldKind, secret_word};
use crate::render::checklist::{ChoiceView, ItemView, WriteInView};
use crate::render::sheet::Maker;
use crate::render::text::Text;
use crate::source::Span;

/// Widest answer that stands on the line of its label, and widest label and answer together.
/// A Latin letter is 1 wide, a Hangul syllable 2.
const WIDEST_ANSWER: usize = 44;
const WIDEST_LINE: usize = 74;

/// From here on, characters are about as wide as high: Hangul Jamo and what follows.
const FIRST_WIDE: char = '\u{1100}';

/// Cells of a comb for an issued id: the longest real one has 20 characters, most have 10.
const COMB_CELLS: usize = 16;

impl Maker<'_> {
    pub(super) fn item(&self, field: &Field) -> Result<ItemView, Error> {
        let answer = self.answer(field);
        let mut body = Text::default();
        let is_said = self.answer_says_all(field, &answer) && !has_image(&field.value);
        if !is_said && !value_is_source(field) && !field.value.is_empty() {
            body = self.place.line(&field.value)?.into_paragraph();
        }
        body.push(self.place.text(&field.note)?);
        let mut item = ItemView {
            action: "do",
            kind: field.kind.name(),
            label: self.place.line(&field.label)?,
            required: field.is_required,
            verb: self.verb(field),
            answer_long: !fits_beside(&label_text(&field.label), &answer),
            answer,
            body,
            write_in: self.write_in(field),
            ..ItemView::empty()
        };
        for notice in &field.notices {
            item.notices.push(self.notice(notice)?);
        }
        if let Some(source) = &field.source {
            item.steps.clone_from(&source.steps);
            item.url = self.href(source.url.as_deref());
        }
        let marks = self.word("sheet_marks");
        for (choice, mark) in field.choices.iter().zip(marks.chars().cycle()) {
            item.choices.push(self.choice(choice, mark)?);
        }
        if item
            .choices
            .iter()
            .filter(|choice| !choice.answer.is_empty())
            .count()
            > 1
        {
            item.choices_hint = self.word("sheet_choose_one");
        }
        Ok(item)
    }

    /// The literal value that is set, where the guide gives one.
    pub(super) fn answer(&self, field: &Field) -> String {
        match field.kind {
            FieldKind::Fixed => label_text(&field.value),
            FieldKind::LeaveBlank => self.word("sheet_blank"),
            _ => String::new(),
        }
    }

    /// Whether nothing of the value is left to say beside the answer.
    pub(super) fn answer_says_all(&self, field: &Field, answer: &str) -> bool {
        let value = label_text(&field.value);
        match field.kind {
            FieldKind::Fixed => true,
            FieldKind::LeaveBlank => value == answer || value == field.evidence.word,
            FieldKind::Choose => {
                field.choices.len() == 1 && value.contains(&field.choices[0].value)
            }
            _ => false,
        }
    }

    pub(super) fn verb(&self, field: &Field) -> String {
        let key = match field.kind {
            FieldKind::Fixed | FieldKind::Choose | FieldKind::Unset => "sheet_verb_select",
            FieldKind::LeaveBlank => "sheet_verb_blank",
            FieldKind::Optional => "sheet_verb_optional",
            FieldKind::IssuedPublic | FieldKind::IssuedSecret if field.source.is_some() => {
                "sheet_verb_look_up"
            }
            FieldKind::IssuedPublic | FieldKind::IssuedSecret | FieldKind::FreeText => {
                "sheet_verb_enter"
            }
        };
        self.word(key)
    }

    pub(super) fn write_in(&self, field: &Field) -> Option<WriteInView> {
        let label = label_text(&field.label);
        let (kind, cells) = match field.kind {
            FieldKind::IssuedPublic if field.choices.is_empty() => ("comb", COMB_CELLS),
            FieldKind::IssuedSecret => ("secret", 0),
            FieldKind::FreeText => ("line", 0),
            _ => return None,
        };
        let prefix = if kind == "comb" {
            field.prefix.clone()
        } else {
            String::new()
        };
        Some(WriteInView {
            kind,
            label,
            cells,
            prefix,
            value: String::new(),
        })
    }

    pub(super) fn choice(&self, choice: &Choice, mark: char) -> Result<ChoiceView, Error> {
        let condition = label_text(&choice.condition);
        let is_secret = choice.value.is_empty()
            && secret_word(&condition, &self.place.config.conventions.fields).is_some();
        let secret = WriteInView {
            kind: "secret",
            label: condition,
            cells: 0,
            prefix: String::new(),
            value: String::new(),
        };
        Ok(ChoiceView {
            mark: mark.to_string(),
            condition: self.place.line(&choice.condition)?,
            answer: choice.value.clone(),
            body: self.place.text(&choice.note)?,
            write_in: is_secret.then_some(secret),
        })
    }
}

/// Whether the value is the trail that is shown as steps.
fn value_is_source(field: &Field) -> bool {
    let value = field.value.iter().map(Inline::span).reduce(Span::cover);
    match (&field.source, value) {
        (Some(source), Some(value)) => {
            value.start < source.span.end && source.span.start < value.end
        }
        _ => false,
    }
}

/// Whether an image is among the inlines, which an answer of words does not show.
fn has_image(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match inline {
        Inline::Image(_) => true,
        Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
            has_image(&node.inlines)
        }
        Inline::Link(node) => has_image(&node.inlines),
        _ => false,
    })
}

/// Whether the answer has room on the line of its label.
fn fits_beside(label: &str, answer: &str) -> bool {
    let answer = width(answer);
    answer <= WIDEST_ANSWER && width(label) + answer <= WIDEST_LINE
}

/// Width of a text in Latin letters; a character of Hangul or Han is as wide as two.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c >= FIRST_WIDE { 2 } else { 1 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_stands_beside_its_label_while_both_have_room() {
        let both = "결제창 일반/정기결제 및 API 수기/정기결제";
        assert!(fits_beside("결제모듈", both));
        assert!(!fits_beside(
            "휴대폰 결제와 휴대폰 본인인증을 함께 쓸 때의 모듈",
            both
        ));
        assert!(!fits_beside("모듈", &"가".repeat(23)));
    }
}

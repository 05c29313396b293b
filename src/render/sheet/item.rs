//! Makes rows of the sheet from items: what to do, what to choose, where to write.

use std::borrow::Cow;
use std::slice;

use unicode_width::UnicodeWidthStr;

use crate::error::Error;
use crate::markdown::node::{Block, CodeBlock, Content, Inline};
use crate::markdown::schema::AttributeKind;
use crate::markdown::text::label_text;
use crate::model::field::{Case, Choice, Field, FieldKind, secret_word};
use crate::model::item::{
    Blank, Confidence, Item, LABELLED_VALUE, NOTICE_LABEL, Requirement, Role, Section,
};
use crate::model::notice::title;
use crate::render::checklist::{ChoiceView, ItemView, NoticeView, Room, Space, WriteInView};
use crate::render::html::component::template;
use crate::render::sheet::Maker;
use crate::render::sheet::sections::is_note;
use crate::render::text::{RichLine, RichText};
use crate::source::Span;

/// Widest answer that fits on the line of its label, and widest label and answer together, in
/// columns: a Latin letter is 1 wide, a Hangul syllable 2.
const WIDEST_ANSWER: usize = 44;
const WIDEST_LINE: usize = 74;

/// Most cells that fit a line of the sheet.
const MOST_CELLS: usize = 22;

/// Most lines of output that a sheet has whole, and how many it has of a longer one.
const LONG_OUTPUT: usize = 8;
const FIRST_LINES: usize = 6;

impl Maker<'_> {
    /// The rows of an item and of the items within it. Notes about an item are shown in its row;
    /// what is to be done for it has a row of its own.
    pub(super) fn rows(&self, item: &Item) -> Result<Vec<ItemView>, Error> {
        let mut row = match &item.setting {
            Some(field) => self.setting(item, field)?,
            None => self.statement(item)?,
        };
        // A condition that the text of a statement contains is not repeated.
        if item.setting.is_none() && item.text().contains(&row.condition) {
            row.condition.clear();
        }
        row.blanks = item.blanks.iter().map(blank).collect();
        row.flags = self.flags(item);
        row.doubtful = item.confidence == Confidence::Doubtful;
        row.may_not_apply = item.role.has_box() && item.requirement != Requirement::Required;
        let (notes, asked): (Vec<&Item>, Vec<&Item>) =
            item.items.iter().partition(|part| is_note(part));
        for part in notes {
            row.notices.push(self.notice(part)?);
        }
        let mut rows = vec![row];
        for part in asked {
            for mut row in self.rows(part)? {
                row.nested = true;
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn setting(&self, item: &Item, field: &Field) -> Result<ItemView, Error> {
        let answer = self.answer(item, field);
        let mut body = RichText::default();
        let is_said = self.answer_says_all(item, field, &answer) && !holds(&field.text, is_image);
        if !is_said && !value_is_source(field) && !field.text.is_empty() {
            body = self.context.line(&field.text)?.into_paragraph();
        }
        body.push(self.context.text(&field.note)?);
        let mut row = ItemView {
            action: "do",
            kind: field.kind().name(),
            label: self.context.line(&field.label)?,
            required: field.is_required,
            verb: self.verb(item, field),
            answer_long: !fits_beside(&label_text(&field.label), &answer),
            answer,
            body,
            write_in: self.write_in(item, field),
            ..ItemView::of(item)
        };
        if let Some(source) = &field.source {
            row.steps.clone_from(&source.steps);
            row.url = self.href(source.url.as_deref());
        }
        match field.answer.choices() {
            [Choice { case, value }] if !value.is_empty() => {
                row.condition_note = self.context.line(&case.condition)?;
                row.body.push(self.context.text(&case.note)?);
            }
            _ => self.add_choices(field, &mut row)?,
        }
        Ok(row)
    }

    fn add_choices(&self, field: &Field, row: &mut ItemView) -> Result<(), Error> {
        let marks = self.word("sheet_marks");
        for ((case, value), mark) in field.answer.cases().zip(marks.chars().cycle()) {
            row.choices.push(self.choice(case, value, mark)?);
        }
        let valued = row
            .choices
            .iter()
            .filter(|choice| !choice.answer.is_empty());
        if valued.count() > 1 {
            row.choices_hint = self.word("sheet_choose_one");
        }
        Ok(())
    }

    /// The row of an item that sets nothing. Information is text without a label, except in a
    /// component with a title of its own.
    fn statement(&self, item: &Item) -> Result<ItemView, Error> {
        let is_text = item.role == Role::Hazard || (item.role == Role::Know && !names_itself(item));
        let mut row = ItemView {
            action: match item.role {
                Role::Verify | Role::Result => "verify",
                _ => "do",
            },
            kind: match item.role {
                Role::Result if item.section == Section::Tasks => "seen",
                _ if names_itself(item) => "titled",
                _ => "check",
            },
            title: self.title(item),
            ..ItemView::of(item)
        };
        match is_text {
            true => row.body = self.context.line(&item.label)?.into_paragraph(),
            false => row.label = self.label(item)?,
        }
        let untitled = self.without_title(item);
        let detail = untitled.as_ref().map_or(&*item.detail, slice::from_ref);
        match Some(first_lines(detail)).filter(|_| row.kind == "seen") {
            Some(Cow::Owned(short)) => {
                row.body.push(self.context.text(&short)?);
                row.body.push(self.whole_output());
            }
            _ => row.body.push(self.context.text(detail)?),
        }
        if let Some(trail) = &item.trail {
            row.steps.clone_from(&trail.steps);
            row.url = self.href(trail.url.as_deref());
        }
        if item.role == Role::Verify {
            row.verb = self.word("sheet_verb_verify");
        }
        Ok(row)
    }

    /// The label of a statement; that of a trail is the name before it, or its heading.
    fn label(&self, item: &Item) -> Result<RichLine, Error> {
        let names = [&item.title, &item.heading].into_iter();
        let name = names
            .filter(|_| item.trail.is_some())
            .find(|name| !name.is_empty());
        match name {
            Some(name) => Ok(RichLine::plain(name)),
            None => self.context.line(&item.label),
        }
    }

    /// The body of an item that its component's title names, without that title, which is the label;
    /// `None` for other bodies. A title that leads somewhere or describes an image stays, and so
    /// does that of a component with a template of the project, which decides what is shown.
    fn without_title(&self, item: &Item) -> Option<Block> {
        let [Block::Component(component)] = item.detail.as_slice() else {
            return None;
        };
        let leads = component.attributes.iter().any(|attribute| {
            let kind = self
                .context
                .config
                .components
                .attribute(&component.name, &attribute.name);
            let inlines = match &attribute.content {
                Content::Inlines(inlines) => inlines.as_slice(),
                Content::Plain | Content::Blocks(_) => &[],
            };
            kind == Some(AttributeKind::Url) || holds(inlines, is_image_or_link)
        });
        let components = &self.context.config.components;
        // What has a role is shown with its title, which may be all that opens it.
        let is_own = components.resolve(component).is_some()
            || !self.context.theme.is_built_in(&template(component));
        if leads || is_own || title(component, components) != label_text(&item.label) {
            return None;
        }
        let mut untitled = component.clone();
        untitled
            .attributes
            .retain(|attribute| attribute.name != "title");
        Some(Block::Component(untitled))
    }

    /// Where the output is whole of which a sheet has the first lines.
    fn whole_output(&self) -> RichText {
        let page = &self.context.site.pages[self.sheet.page];
        let file = page.address.file();
        let address = self.context.absolute(file);
        let place = address.unwrap_or_else(|| file.to_string());
        let url = self.context.page_href(self.sheet.page, "");
        let mut line = RichLine::plain(&format!("{} ", self.word("sheet_whole_output")));
        line.push_link(&place, &url.unwrap_or_default());
        line.into_paragraph()
    }

    /// A frame with a text that belongs to an item: a danger above it, a note below it.
    fn notice(&self, item: &Item) -> Result<NoticeView, Error> {
        let mut text = self.context.line(&item.label)?.into_paragraph();
        text.push(self.context.text(&item.detail)?);
        Ok(NoticeView {
            kind: if item.role == Role::Hazard {
                "caution"
            } else {
                "note"
            },
            title: self.title(item),
            doubtful: item.confidence == Confidence::Doubtful,
            text,
        })
    }

    /// The title over an item; a danger does not get the title of a callout for information.
    fn title(&self, item: &Item) -> String {
        let titles = &self.context.config.conventions.notices.titles;
        let warns = [&titles.warning, &titles.caution];
        let is_written = item.evidence.iter().any(|one| one == NOTICE_LABEL);
        let is_fit = item.role != Role::Hazard
            || is_written
            || warns.iter().any(|words| words.occurs_in(&item.title));
        match is_fit {
            true => item.title.clone(),
            false => String::new(),
        }
    }

    /// The literal value to set; empty where the guide gives none.
    fn answer(&self, item: &Item, field: &Field) -> String {
        match item.role {
            Role::SetFixed => field.answer.literal().unwrap_or_default().to_string(),
            Role::LeaveBlank => self.word("sheet_blank"),
            Role::Unset => self.word("sheet_unset"),
            _ => String::new(),
        }
    }

    /// Whether the answer contains all of the value.
    fn answer_says_all(&self, item: &Item, field: &Field, answer: &str) -> bool {
        let value = label_text(&field.text);
        match item.role {
            Role::SetFixed if field.kind() == FieldKind::Fixed => true,
            Role::SetFixed => value.contains(answer),
            Role::LeaveBlank | Role::Unset => value == answer || value == field.evidence.word,
            _ => false,
        }
    }

    fn verb(&self, item: &Item, field: &Field) -> String {
        let is_typed = item.evidence.iter().any(|one| one == LABELLED_VALUE);
        let key = match item.role {
            Role::SetFixed if is_typed => "sheet_verb_set",
            Role::SetFixed | Role::Choose => "sheet_verb_select",
            Role::LeaveBlank => "sheet_verb_blank",
            Role::Unset => "sheet_verb_unset",
            Role::Optional => "sheet_verb_optional",
            _ if field.source.is_some() => "sheet_verb_look_up",
            _ => "sheet_verb_enter",
        };
        self.word(key)
    }

    fn write_in(&self, item: &Item, field: &Field) -> Option<WriteInView> {
        let label = label_text(&field.label);
        let room = match item.role {
            Role::EnterSecret => return Some(WriteInView::secret(label)),
            Role::EnterFree => Room::Line(Space::default()),
            Role::EnterIssued => issued_room(field),
            _ => return None,
        };
        Some(WriteInView { label, room })
    }

    fn choice(&self, case: &Case, value: &str, mark: char) -> Result<ChoiceView, Error> {
        let condition = label_text(&case.condition);
        let is_secret = value.is_empty()
            && secret_word(&condition, &self.context.config.conventions.fields).is_some();
        Ok(ChoiceView {
            mark: mark.to_string(),
            condition: self.context.line(&case.condition)?,
            answer: value.to_string(),
            body: self.context.text(&case.note)?,
            write_in: is_secret.then(|| WriteInView::secret(condition)),
        })
    }
}

/// The place for an issued value: cells where the text states how many characters it has, and a
/// line where it does not, or where they do not fit.
fn issued_room(field: &Field) -> Room {
    let cells = field.length.filter(|length| *length <= MOST_CELLS);
    let space = Space {
        cells: cells.unwrap_or_default(),
        prefix: field.prefix.clone(),
        length: field.length,
        value: String::new(),
    };
    match cells {
        Some(_) => Room::Comb(space),
        None => Room::Line(space),
    }
}

/// The place for what is to be filled in within code.
fn blank(blank: &Blank) -> WriteInView {
    let label = blank.name.clone();
    match blank.is_secret {
        true => WriteInView::secret(label),
        false => WriteInView {
            label,
            room: Room::Line(Space::default()),
        },
    }
}

/// Blocks with only the first lines of long code; borrowed where no code is long.
fn first_lines(blocks: &[Block]) -> Cow<'_, [Block]> {
    let is_long = |block: &Block| matches!(block, Block::Code(code) if code.text.lines().nth(LONG_OUTPUT).is_some());
    if !blocks.iter().any(is_long) {
        return Cow::Borrowed(blocks);
    }
    let short = blocks.iter().map(|block| match block {
        Block::Code(code) if is_long(block) => {
            let lines: Vec<&str> = code.text.lines().take(FIRST_LINES).collect();
            let text = format!("{}\n…\n", lines.join("\n"));
            Block::Code(CodeBlock {
                text,
                ..code.clone()
            })
        }
        other => other.clone(),
    });
    Cow::Owned(short.collect())
}

/// Whether its body is a component, which shows the label itself.
fn names_itself(item: &Item) -> bool {
    !item.label.is_empty() && matches!(item.detail.as_slice(), [Block::Component(_)])
}

/// Whether the value is the trail, which is shown as steps.
fn value_is_source(field: &Field) -> bool {
    let value = field.text.iter().map(Inline::span).reduce(Span::cover);
    match (&field.source, value) {
        (Some(source), Some(value)) => {
            value.start < source.span.end && source.span.start < value.end
        }
        _ => false,
    }
}

/// Whether one of the inlines, or of those within them, is of a kind.
fn holds(inlines: &[Inline], is_one: fn(&Inline) -> bool) -> bool {
    inlines.iter().any(|inline| {
        is_one(inline)
            || match inline {
                Inline::Emphasis(node) | Inline::Strong(node) | Inline::Strikethrough(node) => {
                    holds(&node.inlines, is_one)
                }
                Inline::Link(node) => holds(&node.inlines, is_one),
                _ => false,
            }
    })
}

/// An answer of words does not show one.
fn is_image(inline: &Inline) -> bool {
    matches!(inline, Inline::Image(_))
}

fn is_image_or_link(inline: &Inline) -> bool {
    matches!(
        inline,
        Inline::Image(_) | Inline::Link(_) | Inline::Component(_)
    )
}

/// Whether the answer fits on the line of its label.
fn fits_beside(label: &str, answer: &str) -> bool {
    let answer = answer.width();
    answer <= WIDEST_ANSWER && label.width() + answer <= WIDEST_LINE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_beside_its_label_while_both_have_room() {
        let both = "결제창 일반/정기결제 및 API 수기/정기결제";
        assert!(fits_beside("결제모듈", both));
        assert!(!fits_beside(
            "휴대폰 결제와 휴대폰 본인인증을 함께 쓸 때의 모듈",
            both
        ));
        assert!(!fits_beside("모듈", &"가".repeat(23)));
    }
}

//! Values to choose from: nested items, and codes within a value.

use crate::config::FieldConvention;
use crate::markdown::node::{Block, Inline, Item, Literal};
use crate::markdown::text::{collapse_blanks, inline_text, label_text};
use crate::model::conventions::{Conventions, Opens};
use crate::model::field::{TRAIL_STEPS, first_line, paragraph};
use crate::model::label::{Cut, cut};
use crate::model::path::trail;
use crate::source::Span;

/// Longest literal value, in characters; the longest real one is a module's name.
const MAX_LITERAL: usize = 45;

/// A case that a guide tells apart for a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// When it applies.
    pub condition: Vec<Inline>,
    /// The rest of the guide's text about it.
    pub note: Vec<Block>,
    /// The list item's bytes.
    pub span: Span,
}

/// A value to choose, and its case.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// When to choose it, and the text about it.
    pub case: Case,
    /// The value; empty when the guide gives the condition only.
    pub value: String,
}

/// A nested item: a choice, a trail to where the value is found, or a note.
pub(super) enum Child {
    Choice(Choice),
    Trail,
    Note,
}

/// Reads a nested item.
pub(super) fn choice(item: &Item, conventions: &Conventions<'_>) -> Child {
    let actions = &conventions.words.fields.actions;
    let (first, others) = first_line(&item.blocks);
    let Cut {
        label,
        value,
        rest,
        action,
    } = cut(first, actions);
    let mut note: Vec<Block> = paragraph(rest);
    note.extend(others.iter().cloned());
    let said = value.as_deref().unwrap_or(&label);
    if trail(said, TRAIL_STEPS, conventions).is_some() {
        let says_where = value.is_none() || conventions.opens(&label_text(&label)) == Opens::Path;
        return if says_where {
            Child::Trail
        } else {
            Child::Note
        };
    }
    let case = Case {
        condition: label,
        note,
        span: item.span,
    };
    let mut choice = Choice {
        case,
        value: String::new(),
    };
    match value {
        Some(value) => {
            let text = without_action(&inline_text(&value), actions);
            if is_literal(&text) {
                choice.value = text;
            } else {
                choice.case.note.splice(0..0, paragraph(value));
            }
        }
        None if !action.is_empty() || has_code_in_brackets(&choice.case.condition) => {
            if let Some((condition, code)) = take_code(&choice.case.condition) {
                choice.case.condition = condition;
                choice.value = code;
            }
        }
        None => {}
    }
    Child::Choice(choice)
}

/// The choice in a value that contains one code to choose, such as `통합인증 MIIiasTest 선택`; an
/// issued value is no choice.
pub(super) fn only_choice(value: &[Inline], span: Span, words: &FieldConvention) -> Option<Choice> {
    let text = collapse_blanks(&inline_text(value));
    let names_action = words
        .actions
        .iter()
        .any(|action| text.ends_with(action.as_str()));
    if !names_action || words.issued.occurs_in(&text) {
        return None;
    }
    let (condition, value) = take_code(value)?;
    let condition = without_action(&inline_text(&condition), &words.actions);
    let condition = vec![Inline::Text(Literal {
        text: condition,
        span,
    })];
    let case = Case {
        condition,
        note: Vec::new(),
        span,
    };
    Some(Choice { case, value })
}

fn without_action(text: &str, actions: &[String]) -> String {
    let mut text = collapse_blanks(text);
    for action in actions {
        if let Some(stripped) = text.strip_suffix(action.as_str()) {
            text = stripped.trim_end().to_string();
        }
    }
    text
}

/// Whether a text is a value and not a sentence about one.
pub(super) fn is_literal(text: &str) -> bool {
    let length = text.chars().count();
    let ends_as_sentence = text.ends_with(['.', '!', '?', '。']);
    (1..=MAX_LITERAL).contains(&length) && !ends_as_sentence
}

/// Whether a word is a code such as `INIBillTst` or `T5102001`: ASCII, of five or more
/// characters, with a digit or capitals beyond the first letter.
pub fn is_code(word: &str) -> bool {
    let is_code_byte = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    word.len() >= 5
        && word.bytes().all(is_code_byte)
        && word
            .bytes()
            .skip(1)
            .any(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}

fn has_code_in_brackets(condition: &[Inline]) -> bool {
    inline_text(condition)
        .split('(')
        .skip(1)
        .any(|part| part.split(')').next().is_some_and(is_code))
}

/// Splits the last code off a condition that contains its value without a colon.
fn take_code(condition: &[Inline]) -> Option<(Vec<Inline>, String)> {
    let text = collapse_blanks(&inline_text(condition));
    let is_boundary = |character: char| !character.is_ascii_alphanumeric() && character != '_';
    let code = text
        .split(is_boundary)
        .rfind(|word| is_code(word))?
        .to_string();
    let at = text.rfind(&code)?;
    let before = text[..at].trim_end_matches(['(', ' ', ':']);
    let after = text[at + code.len()..].trim_start_matches([')', ' ']);
    let kept = collapse_blanks(&format!("{before} {after}"));
    let span = condition.iter().map(Inline::span).reduce(Span::cover)?;
    Some((vec![Inline::Text(Literal { text: kept, span })], code))
}

//! Fields: one thing to set, its kind, and the evidence for that kind.

use serde::Serialize;

use crate::config::{FieldConvention, FieldKindName};
use crate::markdown::node::{Block, Inline, Item, List, Literal, Paragraph};
use crate::markdown::text::{block_text, collapse_blanks, inline_text, label_text};
use crate::model::anchor::slug;
use crate::model::conventions::{Conventions, Opens};
use crate::model::label::{Cut, cut};
use crate::model::notice::Notice;
use crate::model::path::{Trail, trail};
use crate::normal::without_blanks;
use crate::source::Span;

/// Longest value that is kept in one piece, in characters; a longer one keeps its first sentence
/// and the rest becomes the note.
const MAX_VALUE: usize = 100;

/// Longest literal value, in characters: the longest real one is a module's name.
const MAX_LITERAL: usize = 45;

/// Steps that make a value a trail to where it is found.
const TRAIL_STEPS: usize = 3;

/// One thing to set.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Slug of the label, unique in its mode.
    pub id: String,
    /// What the console calls it.
    pub label: Vec<Inline>,
    /// What sort of value it takes.
    pub kind: FieldKind,
    /// Why it is of that kind.
    pub evidence: Evidence,
    /// Word that says what to do, such as a click; empty when the guide has none.
    pub action: String,
    /// The value or the instruction; empty when the guide gives none.
    pub value: Vec<Inline>,
    /// What an issued value starts with; empty when the guide does not say.
    pub prefix: String,
    /// Whether the guide says that it must be set.
    pub is_required: bool,
    /// Where the value is found; `None` when the guide does not say.
    pub source: Option<Trail>,
    /// Values to choose from.
    pub choices: Vec<Choice>,
    /// Whatever else the guide says about it.
    pub note: Vec<Block>,
    /// Notices that concern it.
    pub notices: Vec<Notice>,
    /// The list item's bytes.
    pub span: Span,
}

/// A value to choose, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// When this one is to be chosen.
    pub condition: Vec<Inline>,
    /// The value; empty when the guide only names the condition.
    pub value: String,
    /// Whatever else the guide says about it.
    pub note: Vec<Block>,
    /// The list item's bytes.
    pub span: Span,
}

/// Sort of value a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One literal value.
    Fixed,
    /// One of several, each with its condition.
    Choose,
    /// Issued to the merchant, not secret.
    IssuedPublic,
    /// Issued to the merchant and never written down.
    IssuedSecret,
    /// Free to choose.
    FreeText,
    /// To be left blank.
    LeaveBlank,
    /// Need not be set.
    Optional,
}

impl FieldKind {
    /// The word used in JSON, templates and `tickbook.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Choose => "choose",
            Self::IssuedPublic => "issued-public",
            Self::IssuedSecret => "issued-secret",
            Self::FreeText => "free-text",
            Self::LeaveBlank => "leave-blank",
            Self::Optional => "optional",
        }
    }
}

impl From<FieldKindName> for FieldKind {
    fn from(name: FieldKindName) -> Self {
        match name {
            FieldKindName::Fixed => Self::Fixed,
            FieldKindName::Choose => Self::Choose,
            FieldKindName::IssuedPublic => Self::IssuedPublic,
            FieldKindName::IssuedSecret => Self::IssuedSecret,
            FieldKindName::FreeText => Self::FreeText,
            FieldKindName::LeaveBlank => Self::LeaveBlank,
            FieldKindName::Optional => Self::Optional,
        }
    }
}

/// Why a field is of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What was looked at: `configured`, `label`, `value`, `choices`, `shape` or `nothing`.
    pub by: &'static str,
    /// The word that decided; empty where no word did.
    pub word: String,
}

/// Reads a list item of the fields section.
pub fn read(item: &Item, conventions: &Conventions<'_>) -> Field {
    let words = &conventions.words.fields;
    let (first, others) = first_line(&item.blocks);
    let Cut {
        label,
        action,
        value,
        rest,
    } = cut(first, &words.actions);
    let mut note = Vec::new();
    let mut choices = Vec::new();
    let mut source = value
        .as_deref()
        .and_then(|value| trail(value, TRAIL_STEPS, conventions));
    let (value, overflow) = split_long(value.unwrap_or_default());
    note.extend(paragraph(overflow));
    note.extend(paragraph(rest));
    let mut notices = Vec::new();
    for block in others {
        match block {
            Block::List(list) => {
                let mut left = Vec::new();
                for child in &list.items {
                    match choice(child, conventions) {
                        Child::Choice(choice) => choices.push(choice),
                        Child::Source(found, rest) if source.is_none() => {
                            source = Some(found);
                            note.extend(rest);
                        }
                        Child::Source(..) | Child::Note => left.push(child.clone()),
                    }
                }
                if !left.is_empty() {
                    note.push(Block::List(List {
                        items: left,
                        ..list.clone()
                    }));
                }
            }
            Block::Component(component) if conventions.is_notice(&component.name) => {
                notices.push(Notice::read(component, conventions));
            }
            other => note.push(other.clone()),
        }
    }
    if choices.is_empty()
        && source.is_none()
        && secret_word(&label_text(&label), words).is_none()
        && let Some(only) = only_choice(&value, item.span, words)
    {
        choices.push(only);
    }
    let said = Said {
        label: label_text(&label),
        value: collapse_blanks(&inline_text(&value)),
        choices: &choices,
    };
    let (kind, evidence) = kind(&said, words);
    let everything = collapse_blanks(&block_text(&item.blocks));
    Field {
        id: slug(&said.label),
        kind,
        evidence,
        action,
        prefix: prefix(&everything, conventions),
        is_required: words.required.occurs_in(&everything),
        label,
        value,
        source,
        choices,
        note,
        notices,
        span: item.span,
    }
}

/// What an issued value starts with, by a text about it; empty when the text does not say.
pub(super) fn prefix(text: &str, conventions: &Conventions<'_>) -> String {
    let found = conventions
        .prefix
        .as_ref()
        .and_then(|pattern| pattern.captures(text));
    found
        .and_then(|found| found.get(1))
        .map_or(String::new(), |word| word.as_str().to_string())
}

/// The text a list item starts with, and the blocks behind it.
fn first_line(blocks: &[Block]) -> (&[Inline], &[Block]) {
    match blocks.split_first() {
        Some((Block::Paragraph(first), others)) => (&first.inlines, others),
        Some((Block::Heading(first), others)) => (&first.inlines, others),
        _ => (&[], blocks),
    }
}

/// A nested item: a choice, where the value is found with what else is said there, or a note.
enum Child {
    Choice(Choice),
    Source(Trail, Vec<Block>),
    Note,
}

fn choice(item: &Item, conventions: &Conventions<'_>) -> Child {
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
    if let Some(found) = trail(said, TRAIL_STEPS, conventions) {
        let says_where = value.is_none() || conventions.opens(&label_text(&label)) == Opens::Path;
        return if says_where {
            Child::Source(found, note)
        } else {
            Child::Note
        };
    }
    let mut choice = Choice {
        condition: label,
        value: String::new(),
        note,
        span: item.span,
    };
    match value {
        Some(value) => {
            let text = without_action(&inline_text(&value), actions);
            if is_literal(&text) {
                choice.value = text;
            } else {
                choice.note.splice(0..0, paragraph(value));
            }
        }
        None if !action.is_empty() || has_code_in_brackets(&choice.condition) => {
            if let Some((condition, code)) = take_code(&choice.condition) {
                choice.condition = condition;
                choice.value = code;
            }
        }
        None => {}
    }
    Child::Choice(choice)
}

/// The choice in a value that names one code to choose, such as `통합인증 MIIiasTest 선택`; what
/// somebody issues is no choice.
fn only_choice(value: &[Inline], span: Span, words: &FieldConvention) -> Option<Choice> {
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
    Some(Choice {
        condition,
        value,
        note: Vec::new(),
        span,
    })
}

/// Splits a value that is too long behind its first sentence.
fn split_long(value: Vec<Inline>) -> (Vec<Inline>, Vec<Inline>) {
    if inline_text(&value).chars().count() <= MAX_VALUE {
        return (value, Vec::new());
    }
    for (index, inline) in value.iter().enumerate() {
        let Inline::Text(text) = inline else { continue };
        let Some(end) = text.text.find(". ").map(|at| at + 1) else {
            continue;
        };
        let piece = |text: &str, span| {
            Inline::Text(Literal {
                text: text.to_string(),
                span,
            })
        };
        let mut first = value[..index].to_vec();
        first.push(piece(&text.text[..end], text.span));
        let mut rest = vec![piece(text.text[end..].trim_start(), text.span)];
        rest.extend(value[index + 1..].iter().cloned());
        return (first, rest);
    }
    (value, Vec::new())
}

fn paragraph(inlines: Vec<Inline>) -> Vec<Block> {
    let span = inlines.iter().map(Inline::span).reduce(Span::cover);
    span.map(|span| Block::Paragraph(Paragraph { inlines, span }))
        .into_iter()
        .collect()
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

/// Whether a text is a value rather than a sentence about one.
fn is_literal(text: &str) -> bool {
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

/// Takes the last code off a condition that names its value without a colon.
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

/// What an item says, as text.
struct Said<'a> {
    label: String,
    value: String,
    choices: &'a [Choice],
}

/// The kind of a field. A secret is looked for before everything but a value that is to stay
/// blank: what looks secret and says nothing else is secret.
fn kind(said: &Said<'_>, words: &FieldConvention) -> (FieldKind, Evidence) {
    let evidence = |by, word: &str| Evidence {
        by,
        word: word.to_string(),
    };
    let label = without_blanks(&said.label);
    let configured = words
        .kinds
        .iter()
        .find(|(configured, _)| without_blanks(configured) == label);
    if let Some((word, kind)) = configured {
        return ((*kind).into(), evidence("configured", word));
    }
    if let Some(word) = words.blank.find(&said.value) {
        return (FieldKind::LeaveBlank, evidence("value", word));
    }
    let offers = said
        .choices
        .iter()
        .filter(|choice| !choice.value.is_empty())
        .count();
    if offers > 0 {
        return (
            FieldKind::Choose,
            evidence("choices", &said.choices[0].value),
        );
    }
    if let Some(word) = secret_word(&said.label, words) {
        return (FieldKind::IssuedSecret, evidence("label", word));
    }
    let by_value = [
        (FieldKind::Optional, &words.optional),
        (FieldKind::FreeText, &words.free_text),
        (FieldKind::IssuedPublic, &words.issued),
    ];
    for (kind, words) in by_value {
        if let Some(word) = words.find(&said.value) {
            return (kind, evidence("value", word));
        }
    }
    if is_literal(&said.value) {
        return (FieldKind::Fixed, evidence("shape", ""));
    }
    match words.public.find(&said.label) {
        Some(word) => (FieldKind::IssuedPublic, evidence("label", word)),
        None => (FieldKind::FreeText, evidence("nothing", "")),
    }
}

/// The word that makes a label secret.
pub fn secret_word<'w>(label: &str, words: &'w FieldConvention) -> Option<&'w str> {
    let tokens: Vec<String> = label
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .collect();
    let by_token = words
        .secret_tokens
        .iter()
        .find(|word| tokens.contains(&word.to_lowercase()));
    words.secret.find(label).or(by_token.map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    /// Shows `label | kind by word | value or choices | prefix`.
    fn check(text: &str, expected: &str) {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let Some(Block::List(list)) = document.blocks.first() else {
            panic!("{text}")
        };
        let field = read(&list.items[0], &conventions);
        let choices: Vec<String> = field
            .choices
            .iter()
            .map(|choice| format!("{}={}", label_text(&choice.condition), choice.value))
            .collect();
        let value = if choices.is_empty() {
            label_text(&field.value)
        } else {
            choices.join(", ")
        };
        let Evidence { by, word } = &field.evidence;
        let kind = field.kind.name();
        let shown = format!(
            "{} | {kind} by {by} {word} | {value} | {}",
            label_text(&field.label),
            field.prefix
        );
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn kinds_come_with_their_evidence() {
        check(
            "- 채널 속성 : 결제",
            "채널 속성 | fixed by shape  | 결제 | ",
        );
        check(
            "- CPPWD : **공란 (중요)**",
            "CPPWD | leave-blank by value 공란 | 공란 (중요) | ",
        );
        check(
            "- signkey : 조회",
            "signkey | issued-secret by label key | 조회 | ",
        );
        check(
            "- INIAPI IV : x",
            "INIAPI IV | issued-secret by label iv | x | ",
        );
        check(
            "- 채널 이름 : 임의 값입니다.",
            "채널 이름 | free-text by value 임의값 | 임의 값입니다. | ",
        );
        check(
            "- MID : 발급받은 값 ( MII 로 시작하는 코드 )",
            "MID | issued-public by value 발급 | 발급받은 값 ( MII 로 시작하는 코드 ) | MII",
        );
        check(
            "- 파트너 ID : 발급되는 값\\\n  ex) np\\_\\*\\*\\*\\* 로 설정",
            "파트너 ID | issued-public by value 발급 | 발급되는 값 | np_",
        );
    }

    #[test]
    fn nested_items_are_choices() {
        check(
            "- MID 클릭\n  - 정기결제용 : INIBillTst 선택\n  - 일반 :  **INIpayTest** 선택",
            "MID | choose by choices INIBillTst | 정기결제용=INIBillTst, 일반=INIpayTest | ",
        );
        check(
            "- MID 클릭\n  - 일반결제(T5102001) 선택",
            "MID | choose by choices T5102001 | 일반결제=T5102001 | ",
        );
        check(
            "- MID 클릭\n  - 소액결제 A010002002 선택",
            "MID | choose by choices A010002002 | 소액결제=A010002002 | ",
        );
    }

    #[test]
    fn one_code_to_choose_is_a_choice_unless_it_is_issued_or_secret() {
        check(
            "- MID : 통합인증 MIIiasTest 선택",
            "MID | choose by choices MIIiasTest | 통합인증=MIIiasTest | ",
        );
        check(
            "- 가맹점 ID : 발급받은 MallId 입력",
            "가맹점 ID | issued-public by value 발급 | 발급받은 MallId 입력 | ",
        );
        check(
            "- INILite Key : INILite Key 조회 클릭",
            "INILite Key | issued-secret by label key | INILite Key 조회 클릭 | ",
        );
    }

    fn field(text: &str) -> Field {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let Some(Block::List(list)) = document.blocks.first() else {
            panic!("{text}")
        };
        read(&list.items[0], &conventions)
    }

    #[test]
    fn every_place_a_value_is_found_at_is_kept() {
        let found = field(
            "- 키\n  - 설정경로 : 관리 > 가 > 나\n    둘째 줄\n  - 구모듈 : 관리 > 라 > 마\n  - 정산 > 바 > 사",
        );
        assert_eq!(found.source.unwrap().steps, ["관리", "가", "나"]);
        let note = collapse_blanks(&block_text(&found.note));
        assert_eq!(note, "둘째 줄 구모듈 : 관리 > 라 > 마 정산 > 바 > 사");
        assert!(found.choices.is_empty());
    }

    #[test]
    fn notice_inside_an_item_is_the_fields() {
        let found = field("- MID : 받은 값\n\n  <Callout title=\"주의\" content=\"하나만\" />");
        assert_eq!(found.notices.len(), 1);
        assert!(found.note.is_empty());
    }

    #[test]
    fn value_with_steps_says_where_it_is_found() {
        let field = field(
            "- 비밀번호 : 같은 값\n  - 설정경로 : [관리↗](https://a.b) > 정보 > 비밀번호관리",
        );
        assert_eq!(
            field.source.unwrap().steps,
            ["관리", "정보", "비밀번호관리"]
        );
        assert!(field.choices.is_empty());
    }

    #[test]
    fn long_value_keeps_its_first_sentence() {
        let long = format!("짧은 지시입니다. {}", "설명 ".repeat(40));
        check(
            &format!("- 이름 : {long}"),
            "이름 | free-text by nothing  | 짧은 지시입니다. | ",
        );
    }
}

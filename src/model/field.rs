//! Fields: one thing to set, its kind, and the evidence for that kind.

mod answer;
mod choice;
mod kind;

use crate::config::FieldConvention;
use crate::config::signals::Signal;
use crate::markdown::node::{Block, Inline, Item, List, Literal, Paragraph};
use crate::markdown::text::{block_text, collapse_blanks, inline_text, label_text};
use crate::model::anchor::slug;
use crate::model::conventions::Conventions;
pub use crate::model::field::answer::Answer;
pub use crate::model::field::choice::{Case, Choice, is_code};
use crate::model::field::choice::{Child, choice, only_choice};
pub use crate::model::field::kind::{Evidence, FieldKind, secret_word};
use crate::model::field::kind::{FieldText, kind};
use crate::model::label::{Cut, cut};
use crate::model::path::{Trail, trail};
use crate::source::Span;

/// Longest value that is not split, in characters; of a longer one the first sentence is the value
/// and the rest is the note.
const MAX_VALUE: usize = 100;

/// Longest length of a value that is believed, in characters.
const LONGEST: usize = 64;

/// How many characters on each side of a number are searched for a word that makes it a length.
const WORD: usize = 16;

/// Fewest steps that make a value a trail.
const TRAIL_STEPS: usize = 3;

/// One thing to set.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Slug of the label, unique in its mode.
    pub id: String,
    /// Its name in the console.
    pub label: Vec<Inline>,
    /// What goes into it.
    pub answer: Answer,
    /// What decided its kind.
    pub evidence: Evidence,
    /// The word for the action, such as a click; empty when the guide has none.
    pub action: String,
    /// What the guide says after the label: the value or an instruction; empty when it says nothing.
    pub text: Vec<Inline>,
    /// What an issued value starts with; empty when the guide does not state it.
    pub prefix: String,
    /// Length of an issued value in characters; `None` when the guide does not state it.
    pub length: Option<usize>,
    /// Whether the guide requires it.
    pub is_required: bool,
    /// Where the value is found; `None` when the guide does not state it.
    pub source: Option<Trail>,
    /// The rest of the guide's text about it.
    pub note: Vec<Block>,
    /// The list item's bytes.
    pub span: Span,
}

impl Field {
    /// Its kind.
    pub fn kind(&self) -> FieldKind {
        self.answer.kind()
    }

    /// What is after the label, on one line.
    pub fn text_line(&self) -> String {
        collapse_blanks(&inline_text(&self.text))
    }

    /// The note on one line.
    pub fn note_text(&self) -> String {
        collapse_blanks(&block_text(&self.note))
    }

    /// Everything except the label, on one line.
    pub fn whole_text(&self) -> String {
        let mut text = format!("{} {}", self.text_line(), self.note_text());
        for (case, value) in self.answer.cases() {
            text.push(' ');
            text.push_str(&label_text(&case.condition));
            text.push(' ');
            text.push_str(value);
        }
        collapse_blanks(&text)
    }

    /// Makes it one that takes something issued, and drops its choices.
    pub(super) fn make_credential(&mut self, words: &FieldConvention) {
        let secret = secret_word(&label_text(&self.label), words);
        self.answer = Answer::credential(secret.is_some());
    }
}

/// Whether a text contains a code as its value, such as `통합인증 MIIiasTest 선택`.
pub(super) fn names_code(text: &str) -> bool {
    let is_boundary = |character: char| !character.is_ascii_alphanumeric() && character != '_';
    text.split(is_boundary).any(is_code)
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
    let found = value.as_deref();
    let found = found.and_then(|value| trail(value, TRAIL_STEPS, conventions));
    let (value, overflow) = split_long(value.unwrap_or_default());
    let mut below = Below {
        source: found,
        note: [paragraph(overflow), paragraph(rest)].concat(),
        ..Below::default()
    };
    for block in others {
        below.read(block, conventions);
    }
    let name = label_text(&label);
    let secret = secret_word(&name, words);
    let may_choose = below.choices.is_empty() && below.source.is_none() && !below.has_trail;
    if may_choose && secret.is_none() {
        below.choices.extend(only_choice(&value, item.span, words));
    }
    let field_text = FieldText {
        label: name,
        secret,
        value: collapse_blanks(&inline_text(&value)),
        choices: &below.choices,
        has_trail: below.source.is_some() || below.has_trail,
    };
    let (kind, evidence) = kind(&field_text, conventions);
    let everything = collapse_blanks(&block_text(&item.blocks));
    Field {
        id: slug(&field_text.label),
        answer: Answer::new((kind, &evidence), &value, below.choices),
        evidence,
        action,
        prefix: prefix(&everything, conventions),
        length: length(&everything, conventions),
        is_required: words.required.occurs_in(&everything),
        label,
        text: value,
        source: below.source,
        note: below.note,
        span: item.span,
    }
}

/// What is below the first line of a field's item.
#[derive(Default)]
struct Below {
    source: Option<Trail>,
    /// Whether a nested item, which is an item of its own, states where the value is found.
    has_trail: bool,
    choices: Vec<Choice>,
    note: Vec<Block>,
}

impl Below {
    fn read(&mut self, block: &Block, conventions: &Conventions<'_>) {
        match block {
            Block::List(list) => self.read_list(list, conventions),
            Block::Component(component) if conventions.is_notice(component) => {}
            other => self.note.push(other.clone()),
        }
    }

    /// Nested items that are neither a choice nor a trail to the value stay together in the note.
    fn read_list(&mut self, list: &List, conventions: &Conventions<'_>) {
        let mut items = Vec::new();
        for item in &list.items {
            match choice(item, conventions) {
                Child::Choice(choice) => self.choices.push(choice),
                Child::Trail => self.has_trail = true,
                Child::Note => items.push(item.clone()),
            }
        }
        if !items.is_empty() {
            let list = list.clone();
            self.note.push(Block::List(List { items, ..list }));
        }
    }
}

/// What an issued value starts with, from a text about it; empty when the text does not state it.
pub(super) fn prefix(text: &str, conventions: &Conventions<'_>) -> String {
    let found = conventions
        .prefix
        .as_ref()
        .and_then(|pattern| pattern.captures(text));
    found
        .and_then(|found| found.get(1))
        .map_or(String::new(), |word| word.as_str().to_string())
}

/// The length of a value in characters, from a text about it; `None` without one. A limit is no
/// length.
fn length(text: &str, conventions: &Conventions<'_>) -> Option<usize> {
    let starts = text.char_indices().filter(|(_, c)| c.is_ascii_digit());
    let mut numbers = starts.filter_map(|(start, _)| {
        let before = text[..start].chars().next_back();
        if before.is_some_and(|c| c.is_ascii_digit() || c == '.') {
            return None;
        }
        let length = text[start..].find(|c: char| !c.is_ascii_digit())?;
        Some((start, start + length))
    });
    numbers.find_map(|(start, end)| {
        let behind: String = text[end..].chars().take(WORD).collect();
        let is_length = conventions.signals_in(&behind).has(Signal::Length);
        let is_limit = conventions
            .signals_in(last_chars(&text[..start]))
            .has(Signal::AtMost);
        let number = text[start..end].parse().ok()?;
        (is_length && !is_limit && (1..=LONGEST).contains(&number)).then_some(number)
    })
}

/// The last [`WORD`] characters of a text.
fn last_chars(text: &str) -> &str {
    let starts = text.char_indices().rev().map(|(at, _)| at);
    let start = starts.take(WORD).last().unwrap_or(0);
    &text[start..]
}

/// The text that a list item starts with, and the blocks after it.
fn first_line(blocks: &[Block]) -> (&[Inline], &[Block]) {
    match blocks.split_first() {
        Some((Block::Paragraph(first), others)) => (&first.inlines, others),
        Some((Block::Heading(first), others)) => (&first.inlines, others),
        _ => (&[], blocks),
    }
}

/// Splits a value that is too long after its first sentence.
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

/// Inlines as a paragraph; no block for no inlines.
pub(super) fn paragraph(inlines: Vec<Inline>) -> Vec<Block> {
    let span = inlines.iter().map(Inline::span).reduce(Span::cover);
    span.map(|span| Block::Paragraph(Paragraph { inlines, span }))
        .into_iter()
        .collect()
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
            .answer
            .cases()
            .map(|(case, value)| format!("{}={value}", label_text(&case.condition)))
            .collect();
        let value = if choices.is_empty() {
            label_text(&field.text)
        } else {
            choices.join(", ")
        };
        let Evidence { by, word } = &field.evidence;
        let kind = field.kind().name();
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

    #[test]
    fn configured_secret_has_no_value_and_no_choice() {
        let mut config = Config::defaults();
        let kinds = &mut config.conventions.fields.kinds;
        kinds.insert("PIN".to_string(), FieldKind::IssuedSecret);
        let conventions = Conventions::new(&config).unwrap();
        for text in [
            "- PIN : A1B2C3D4",
            "- PIN 클릭\n  - 일반결제(T5102001) 선택\n  - 정기결제용 : INIBillTst 선택",
        ] {
            let (document, _) = parse(text, FileId(0), &config.components);
            let Some(Block::List(list)) = document.blocks.first() else {
                panic!("{text}")
            };
            let answer = read(&list.items[0], &conventions).answer;
            assert_eq!(answer.kind(), FieldKind::IssuedSecret);
            assert_eq!((answer.literal(), answer.choices()), (None, &[][..]));
            assert!(answer.cases().all(|(_, value)| value.is_empty()), "{text}");
        }
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

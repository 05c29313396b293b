//! Labels before a text: `**Note:** …`, and the numbers of steps.

use unicode_normalization::UnicodeNormalization;

use crate::config::procedures::ProcedureConvention;
use crate::config::procedures::words::Vocabulary;
use crate::markdown::node::{Block, Inline};
use crate::markdown::text::inline_text;

/// Most digits of a step's number.
const MOST_DIGITS: usize = 2;

/// Whether a paragraph begins with the label of a notice: `**Note:** …`, `_Note_: …`, `Note: …`.
pub(super) fn is_labelled_notice(block: &Block, vocabulary: &Vocabulary) -> bool {
    let Block::Paragraph(paragraph) = block else {
        return false;
    };
    let (label, behind) = match paragraph.inlines.as_slice() {
        // `_Note: …_` is a label with its text in one.
        [Inline::Emphasis(group)] => match inline_text(&group.inlines).split_once([':', '：']) {
            Some((label, _)) => (label.to_string(), ":".to_string()),
            None => return false,
        },
        [Inline::Strong(group) | Inline::Emphasis(group), behind @ ..] => {
            let next = behind.first().map(std::slice::from_ref);
            (
                inline_text(&group.inlines),
                next.map(inline_text).unwrap_or_default(),
            )
        }
        [Inline::Text(text), ..] => match text.text.split_once([':', '：']) {
            Some((label, behind)) if behind.starts_with(char::is_whitespace) => {
                (label.to_string(), ":".to_string())
            }
            _ => return false,
        },
        _ => return false,
    };
    let is_closed = label.trim_end().ends_with([':', '：']) || behind.starts_with([':', '：']);
    is_closed && notice_label(label.trim_end_matches([':', '：', ' ']), vocabulary)
}

/// Whether a quote is a notice: its first text begins with a label or a sign.
pub(super) fn is_quoted_notice(
    blocks: &[Block],
    vocabulary: &Vocabulary,
    convention: &ProcedureConvention,
) -> bool {
    let Some(Block::Paragraph(paragraph)) = blocks.first() else {
        return false;
    };
    if is_labelled_notice(&blocks[0], vocabulary) {
        return true;
    }
    let text = inline_text(&paragraph.inlines);
    let text = text.trim_start();
    let has_sign = convention
        .notice_signs
        .iter()
        .any(|sign| text.starts_with(sign.as_str()));
    has_sign || first_line_is_label(&paragraph.inlines, vocabulary)
}

/// `> **Note**` or `> [Note]` on a line of its own, or a bold label of a notice that begins the text.
fn first_line_is_label(inlines: &[Inline], vocabulary: &Vocabulary) -> bool {
    let text = match inlines.first() {
        Some(Inline::Strong(group)) => inline_text(&group.inlines),
        Some(Inline::Text(text)) => {
            let ends = inlines
                .get(1)
                .is_none_or(|next| matches!(next, Inline::SoftBreak(_) | Inline::HardBreak(_)));
            match text
                .text
                .trim()
                .strip_prefix('[')
                .and_then(|rest| rest.split_once(']'))
            {
                Some((label, _)) => label.to_string(),
                None if ends => text.text.clone(),
                None => return false,
            }
        }
        _ => return false,
    };
    notice_label(text.trim_end_matches([':', '：']), vocabulary)
}

/// The label of a notice at the start of a text, and the text behind it; `None` instead of that where
/// both are in one mark, and for a text that has no label.
pub(super) fn cut_notice_label(
    inlines: &[Inline],
    vocabulary: &Vocabulary,
) -> Option<(String, Option<Vec<Inline>>)> {
    let is_known = |label: &&str| notice_label(label, vocabulary);
    let marks = [':', '：', ' '];
    match inlines {
        [Inline::Strong(group) | Inline::Emphasis(group), behind @ ..] => {
            let text = inline_text(&group.inlines);
            let whole = Some(text.trim_end_matches(marks)).filter(is_known);
            if let Some(label) = whole {
                return Some((plain_label(label).to_string(), Some(without_mark(behind))));
            }
            let (label, _) = text.split_once([':', '：'])?;
            is_known(&label).then(|| (plain_label(label).to_string(), None))
        }
        [Inline::Text(text), behind @ ..] => {
            let line = text.text.trim_start();
            let in_brackets = line.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let (label, rest) = in_brackets
                .or_else(|| line.split_once([':', '：']))
                .unwrap_or((line, ""));
            is_known(&label).then(|| {
                let mut first = text.clone();
                first.text = rest.to_string();
                let mut all = vec![Inline::Text(first)];
                all.extend_from_slice(behind);
                (plain_label(label).to_string(), Some(without_mark(&all)))
            })
        }
        _ => None,
    }
}

/// Inlines without the colon, the blanks and the line ends before their text.
fn without_mark(inlines: &[Inline]) -> Vec<Inline> {
    let mut rest = inlines;
    while let Some((first, behind)) = rest.split_first() {
        match first {
            Inline::SoftBreak(_) | Inline::HardBreak(_) => rest = behind,
            Inline::Text(text) => {
                let mut text = text.clone();
                let own = text.text.trim_start_matches([':', '：']).trim_start();
                if own.is_empty() {
                    rest = behind;
                    continue;
                }
                text.text = own.to_string();
                let mut all = vec![Inline::Text(text)];
                all.extend_from_slice(behind);
                return all;
            }
            _ => break,
        }
    }
    rest.to_vec()
}

fn plain_label(label: &str) -> &str {
    let label = label.trim().trim_matches(['[', ']', '*', '_']);
    label
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .trim()
}

fn notice_label(label: &str, vocabulary: &Vocabulary) -> bool {
    let label = plain_label(label);
    let mut known = vocabulary.notices.iter();
    known.any(|word| word.eq_ignore_ascii_case(label))
}

/// The number at the start of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enumerator {
    pub number: u32,
    /// Whether words or a sign say that it is a step, and not a chapter.
    pub is_explicit: bool,
}

/// The number of a heading, and its text without it: `Step 1: Open`, `1단계`, `①`, `1.`.
pub(super) fn enumerator<'t>(
    title: &'t str,
    vocabulary: &Vocabulary,
) -> Option<(Enumerator, &'t str)> {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '(');
    let explicit = |number: u32, rest: &'t str| {
        let found = Enumerator {
            number,
            is_explicit: true,
        };
        Some((found, without_separator(rest)))
    };
    if let Some((number, rest)) = sign(title) {
        return explicit(number, rest);
    }
    for word in &vocabulary.step_words {
        if let Some(rest) = strip_word(title, word)
            && let Some((number, rest)) =
                digits(rest.trim_start_matches([' ', '-', '.', '#', '\u{a0}']))
        {
            return explicit(number, rest);
        }
    }
    let (number, rest) = digits(title.trim_start_matches('('))?;
    for word in &vocabulary.step_words {
        if let Some(rest) = strip_word(rest.trim_start(), word) {
            return explicit(number, rest);
        }
    }
    let rest = rest.strip_prefix(['.', ')'])?;
    let is_number = rest.starts_with(char::is_whitespace) && number < 10u32.pow(MOST_DIGITS as u32);
    let found = Enumerator {
        number,
        is_explicit: false,
    };
    is_number.then(|| (found, without_separator(rest)))
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let begins = text.get(..word.len())?;
    begins
        .eq_ignore_ascii_case(word)
        .then(|| &text[word.len()..])
}

fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = text[..end].parse().ok()?;
    Some((number, &text[end..]))
}

/// A number in one sign: `①`, `❶`, `1️⃣`.
fn sign(title: &str) -> Option<(u32, &str)> {
    let first = title.chars().next().filter(|first| !first.is_ascii())?;
    let plain: String = first.nfkc().collect();
    let plain = plain.trim_matches(['(', ')', '.']);
    let number = plain.parse().ok().or_else(|| negative_circled(first))?;
    Some((number, &title[first.len_utf8()..]))
}

/// ❶ to ❿, ➀ to ➉, ➊ to ➓ and ⓵ to ⓾, which have no simple form in Unicode.
fn negative_circled(sign: char) -> Option<u32> {
    let starts = [0x2776_u32, 0x2780, 0x278a, 0x24f5];
    let start = starts
        .into_iter()
        .find(|start| (*start..start + 10).contains(&u32::from(sign)))?;
    Some(u32::from(sign) - start + 1)
}

fn without_separator(text: &str) -> &str {
    text.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, ':' | '：' | '.' | '-' | '–' | '—' | ')' | '|')
    })
}

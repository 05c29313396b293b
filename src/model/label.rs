//! Splits a list item into label, action, value and the rest.
//!
//! ```text
//! PG상점아이디 (MID) 클릭 : 발급받은 값\
//! ^^^^^^^^^^^^^^^^^^ ^^^^   ^^^^^^^^^^^
//! label              action value
//! (IM 으로 시작)
//! ^^^^^^^^^^^^^^  rest
//! ```

use crate::markdown::node::{Group, Inline, Literal};
use crate::markdown::text::label_text;
use crate::source::Span;

/// Longest label, in characters; a longer text before a colon is a sentence.
const MAX_LABEL: usize = 60;

/// The pieces of an item.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Cut {
    /// Text before the colon, or the whole first line if there is none.
    pub label: Vec<Inline>,
    /// The word for the action after the label; empty when there is none.
    pub action: String,
    /// Text between the colon and the line end; `None` without a colon.
    pub value: Option<Vec<Inline>>,
    /// The lines after the first.
    pub rest: Vec<Inline>,
}

/// Splits inlines; `actions` are the words for actions.
pub(super) fn cut(inlines: &[Inline], actions: &[String]) -> Cut {
    let is_break = |inline: &Inline| matches!(inline, Inline::HardBreak(_) | Inline::SoftBreak(_));
    let end = inlines.iter().position(is_break).unwrap_or(inlines.len());
    let (first, rest) = inlines.split_at(end);
    let rest = rest
        .iter()
        .skip_while(|inline| is_break(inline))
        .cloned()
        .collect();
    let (label, value) = match split_at_colon(first) {
        Some((label, value)) if label_text(&label).chars().count() <= MAX_LABEL => {
            (label, Some(value))
        }
        _ => (first.to_vec(), None),
    };
    let mut cut = Cut {
        label,
        action: String::new(),
        value,
        rest,
    };
    take_action(&mut cut, actions);
    cut
}

/// Splits at the first colon that is a separator, also inside bold text.
fn split_at_colon(inlines: &[Inline]) -> Option<(Vec<Inline>, Vec<Inline>)> {
    for (index, inline) in inlines.iter().enumerate() {
        let (before, after) = match inline {
            Inline::Text(text) => {
                let Some((at, width)) = colon(&text.text) else {
                    continue;
                };
                (
                    text_piece(text, 0, at),
                    text_piece(text, at + width, text.text.len()),
                )
            }
            Inline::Strong(group) => {
                let Some((label, value)) = split_at_colon(&group.inlines) else {
                    continue;
                };
                (strong(label, group.span), strong(value, group.span))
            }
            _ => continue,
        };
        let label = inlines[..index].iter().cloned().chain(before).collect();
        let value = after
            .into_iter()
            .chain(inlines[index + 1..].iter().cloned())
            .collect();
        return Some((label, trim_start(value)));
    }
    None
}

/// Offset and width, in bytes, of the first colon that is not part of a time or an address.
fn colon(text: &str) -> Option<(usize, usize)> {
    text.match_indices([':', '：']).find_map(|(at, mark)| {
        let before = text[..at].chars().next_back();
        let after = text[at + mark.len()..].chars().next();
        let is_digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
        let is_time = is_digit(before) && is_digit(after);
        (!is_time && after != Some('/')).then_some((at, mark.len()))
    })
}

fn text_piece(text: &Literal, start: usize, end: usize) -> Option<Inline> {
    let piece = text.text[start..end].trim();
    if piece.is_empty() {
        return None;
    }
    let text = Literal {
        text: text.text[start..end].to_string(),
        span: text.span,
    };
    Some(Inline::Text(text))
}

fn strong(inlines: Vec<Inline>, span: Span) -> Option<Inline> {
    (!inlines.is_empty()).then_some(Inline::Strong(Group { inlines, span }))
}

fn trim_start(mut inlines: Vec<Inline>) -> Vec<Inline> {
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        text.text = text.text.trim_start().to_string();
    }
    inlines
}

/// Moves the action word, and text in brackets after it, out of the label.
fn take_action(cut: &mut Cut, actions: &[String]) {
    let Some(Inline::Text(last)) = cut.label.last_mut() else {
        return;
    };
    for action in actions {
        let Some(at) = last.text.rfind(action.as_str()) else {
            continue;
        };
        let behind = last.text[at + action.len()..].trim();
        let is_separate = last.text[..at].ends_with(char::is_whitespace);
        if !is_separate || !(behind.is_empty() || behind.starts_with('(')) {
            continue;
        }
        if !behind.is_empty() {
            let hint = Literal {
                text: behind.to_string(),
                span: last.span,
            };
            cut.rest.insert(0, Inline::Text(hint));
        }
        last.text.truncate(at);
        cut.action.clone_from(action);
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::node::Block;
    use crate::markdown::parse;
    use crate::source::FileId;

    /// Shows `label | action | value | rest`.
    fn check(text: &str, expected: &str) {
        let config = Config::defaults();
        let (document, _) = parse(text, FileId(0), &config.components);
        let Some(Block::Paragraph(paragraph)) = document.blocks.first() else {
            panic!("{text}")
        };
        let cut = cut(&paragraph.inlines, &config.conventions.fields.actions);
        let value = cut.value.as_deref().map_or("-".to_string(), label_text);
        let shown = format!(
            "{} | {} | {value} | {}",
            label_text(&cut.label),
            cut.action,
            label_text(&cut.rest)
        );
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn label_ends_at_the_colon() {
        check("채널 속성 : 결제", "채널 속성 |  | 결제 | ");
        check("PG상점아이디(MID): 값", "PG상점아이디(MID) |  | 값 | ");
        check("**설정방법 :** [콘솔](u) > a", "설정방법 |  | 콘솔 > a | ");
        check("매일 23:00 취소", "매일 23:00 취소 |  | - | ");
        check("[a](https://a.b) 접속", "a 접속 |  | - | ");
    }

    #[test]
    fn action_is_no_part_of_the_label() {
        check(
            "PG상점아이디 (MID) 클릭",
            "PG상점아이디 (MID) | 클릭 | - | ",
        );
        check("아이디 클릭 : 값", "아이디 | 클릭 | 값 | ");
        check(
            "아이디 (X) 클릭 (국가 / 판매자)",
            "아이디 (X) | 클릭 | - | (국가 / 판매자)",
        );
    }

    #[test]
    fn later_lines_are_the_rest() {
        check("a : b\\\n(c)", "a |  | b | (c)");
        check("a : b\n\\\nc", "a |  | b | c");
    }
}

//! A character reference is left in the text.
//!
//! ## Why
//!
//! An editor wrote `&#x20;` or `&nbsp;` for a space or a letter. It hides from a search, and half a
//! character is shown as a black diamond. The fix writes the letter or the normal space; a no-break
//! space is left to the writer, who may have meant it.
//!
//! ## Bad
//!
//! ````markdown
//! 결제창&#x20;설정
//! ````
//!
//! ## Good
//!
//! ````markdown
//! 결제창 설정
//! ````

use regex::{Captures, Regex};

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::config::check::Level;
use crate::diagnostic::Diagnostic;
use crate::markdown::node::{Inline, Literal};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::source::{FileId, Span};

/// Characters that look like a normal space.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "character-reference-leak",
    level: Level::Info,
    source: include_str!("character_reference_leak.rs"),
    check,
    fix: Effect::Blanks,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let reference = Regex::new("&(?:#[xX]([0-9A-Fa-f]{1,6})|#([0-9]{1,7})|nbsp|Tab|NewLine);");
    let reference = reference.expect("the expression is constant");
    for (file, page) in context.pages() {
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            let Node::Inline(Inline::Text(literal)) = node else {
                return;
            };
            let source = context.slice(file, literal.span);
            let references = reference.captures_iter(source);
            found.extend(
                references.filter_map(|captures| finding(file, literal, source, &captures)),
            );
        });
    }
}

/// A reference to a space, to a letter, or to what is not a character; the others keep marks apart.
fn finding(
    file: FileId,
    literal: &Literal,
    source: &str,
    captures: &Captures<'_>,
) -> Option<Diagnostic> {
    let whole = captures.get(0)?;
    let character = character(captures);
    if character.is_some_and(|character| !character.is_whitespace() && !character.is_alphanumeric())
    {
        return None;
    }
    let start = literal.span.start;
    let span = Span::new(start + whole.start(), start + whole.end());
    let found = RULE.at(file, span).with("reference", whole.as_str());
    let before = source[..whole.start()].chars().next_back();
    let behind = source[whole.end()..].chars().next();
    // The writer of a reference beside a mark kept the mark from joining its neighbour.
    let is_mark = |neighbour: Option<char>| matches!(neighbour, Some('*' | '_' | '~'));
    Some(match character {
        None => found,
        _ if is_mark(before) || is_mark(behind) => found,
        Some(character) if character.is_whitespace() && !BLANKS.contains(&character) => found,
        Some(character) if !character.is_whitespace() => found.edit(span, character),
        // A space beside a space or at an end of the text shows nothing.
        _ if is_blank_or_end(before) || is_blank_or_end(behind) => found.edit(span, ""),
        _ => found.edit(span, " "),
    })
}

fn character(captures: &Captures<'_>) -> Option<char> {
    let number = match (captures.get(1), captures.get(2)) {
        (Some(digits), _) => u32::from_str_radix(digits.as_str(), 16),
        (_, Some(digits)) => digits.as_str().parse(),
        _ => {
            return Some(match &captures[0] {
                "&nbsp;" => '\u{a0}',
                _ => ' ',
            });
        }
    };
    number.ok().and_then(char::from_u32)
}

fn is_blank_or_end(character: Option<char>) -> bool {
    character.is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::{assert_fixed, assert_found};

    #[test]
    fn blanks_and_letters_are_written_plainly() {
        let text = "가&#x20;나 &#xD574;당&#x9; 다\n";
        assert_found(&RULE, text, &["1: &#x20;", "1: &#xD574;", "1: &#x9;"]);
        assert_fixed(&RULE, text, "가 나 해당 다\n");
    }

    #[test]
    fn no_break_blanks_stay() {
        for text in ["10&nbsp;000원\n", "제&#xA0;3조\n", "&nbsp;- 글\n"] {
            assert_fixed(&RULE, text, text);
        }
    }

    #[test]
    fn blank_that_keeps_text_from_being_a_list_stays() {
        assert_fixed(&RULE, "&#x20;- 글\n", "&#x20;- 글\n");
    }

    #[test]
    fn half_a_character_is_for_a_person() {
        assert_found(&RULE, "가 &#xDCCC;\n", &["1: &#xDCCC;"]);
        assert_fixed(&RULE, "가 &#xDCCC;\n", "가 &#xDCCC;\n");
    }

    #[test]
    fn references_to_marks_stay() {
        assert_found(&RULE, "&lt;가&gt; &quot; &#42; `&nbsp;`\n", &[]);
    }
}

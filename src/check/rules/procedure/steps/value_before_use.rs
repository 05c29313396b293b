//! A step uses a value that only a later step produces.
//!
//! ## Why
//!
//! Who works through the steps in order does not have the value yet, and has to look ahead for
//! where it comes from.
//!
//! ## Bad
//!
//! ```markdown
//! ## How to connect
//!
//! 1. Run `connect --key <API_KEY>`.
//! 2. Copy the API key from the console.
//! ```
//!
//! ## Good
//!
//! ```markdown
//! ## How to connect
//!
//! 1. Copy the API key from the console.
//! 2. Run `connect --key <API_KEY>`.
//! ```
//!
//! ## Configuration
//!
//! The cue `produces` of a language has the words of steps that produce a value: copy, save, generate. A
//! value is a name of two words or more in code, in Latin letters, written `<API_KEY>` or `$API_KEY`,
//! or with one of the language's `placeholder_words` in front, such as `YOUR_API_KEY`.

use std::collections::HashMap;
use std::ops::Range;

use crate::check::context::Context;
use crate::check::effect::Effect;
use crate::check::rule::Rule;
use crate::check::rules::procedure::setting::first_line;
use crate::check::rules::procedure::steps::{Texts, procedures, vocabulary};
use crate::config::check::Level;
use crate::config::procedures::Cue;
use crate::config::procedures::words::Vocabulary;
use crate::diagnostic::{Diagnostic, Message};
use crate::markdown::node::{Block, Inline};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::model::procedure::Procedure;
use crate::source::{FileId, Span};

/// Most words of a name.
const MOST_WORDS: usize = 5;

/// Longest name, in bytes.
const LONGEST_NAME: usize = 60;

/// See the module's page.
pub(super) const RULE: Rule = Rule {
    name: "value-before-use",
    level: Level::Info,
    source: include_str!("value_before_use.rs"),
    check,
    fix: Effect::NoFix,
};

fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let texts = Texts::of(context);
    let vocabulary = vocabulary(context);
    let mut codes: (Option<FileId>, Vec<(Span, &str)>) = (None, Vec::new());
    for (file, page, procedure) in procedures(context) {
        if codes.0 != Some(file) {
            codes = (Some(file), code(page));
        }
        let used = first_uses(procedure, &codes.1, vocabulary);
        let made = first_makers(procedure, &texts, file, vocabulary, &used);
        let mut early: Vec<_> = made
            .into_iter()
            .filter(|(name, maker)| used[name] < *maker)
            .collect();
        early.sort_by_key(|(name, maker)| (used[name], *maker));
        early.dedup_by_key(|(name, _)| used[name]);
        found.extend(early.into_iter().map(|(name, maker)| {
            let line = |step: usize| first_line(context, file, procedure.steps[step].span);
            let related = Message::new("value-before-use.related");
            let finding = RULE.at(file, line(used[&name])).with("value", name.clone());
            finding.related(file, line(maker), related)
        }));
    }
}

/// All code of a page with its bytes, in order.
fn code(page: &Page) -> Vec<(Span, &str)> {
    let mut all: Vec<(Span, &str)> = Vec::new();
    walk(
        &page.document.blocks,
        Attributes::Enter,
        &mut |node| match node {
            Node::Block(Block::Code(code)) => all.push((code.span, &code.text)),
            Node::Inline(Inline::Code(code)) => all.push((code.span, &code.text)),
            _ => {}
        },
    );
    all.sort_unstable_by_key(|(span, _)| *span);
    all
}

/// For each name in the code of a procedure the first step that uses it.
fn first_uses(
    procedure: &Procedure,
    code: &[(Span, &str)],
    vocabulary: &Vocabulary,
) -> HashMap<String, usize> {
    let mut uses = HashMap::new();
    for (index, step) in procedure.steps.iter().enumerate() {
        let first = code.partition_point(|(span, _)| span.start < step.span.start);
        let own = code[first..]
            .iter()
            .take_while(|(span, _)| span.start < step.span.end);
        for name in own.flat_map(|(_, text)| names(text, vocabulary)) {
            uses.entry(name).or_insert(index);
        }
    }
    uses
}

/// For each name that is used the first step that produces it.
fn first_makers(
    procedure: &Procedure,
    texts: &Texts<'_, '_>,
    file: FileId,
    vocabulary: &Vocabulary,
    used: &HashMap<String, usize>,
) -> HashMap<String, usize> {
    let mut makers = HashMap::new();
    if used.is_empty() {
        return makers;
    }
    for (index, step) in procedure.steps.iter().enumerate() {
        let sentences = texts.sentences(file, step.span);
        let making = sentences.filter(|one| vocabulary.cues(one).has(Cue::Produces));
        for name in making.flat_map(runs_of_words) {
            if used.contains_key(&name) {
                makers.entry(name).or_insert(index);
            }
        }
    }
    makers
}

/// The names of values in code, as words in lower case.
fn names<'t>(code: &'t str, vocabulary: &'t Vocabulary) -> impl Iterator<Item = String> + 't {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut from = 0;
    let pieces = std::iter::from_fn(move || {
        let start = from + code[from..].find(is_name)?;
        let length = code[start..].find(|c| !is_name(c));
        from = length.map_or(code.len(), |length| start + length);
        Some(start..from)
    });
    pieces.filter_map(move |piece| name(code, piece, vocabulary))
}

/// The words of a name, where the marks around it or its first word show that it is a value.
fn name(code: &str, piece: Range<usize>, vocabulary: &Vocabulary) -> Option<String> {
    let text = &code[piece.clone()];
    let (before, behind) = (&code[..piece.start], &code[piece.end..]);
    let is_marked = before.ends_with('$')
        || before.ends_with("${")
        || (before.ends_with('<') && behind.starts_with('>'));
    if text.len() > LONGEST_NAME {
        return None;
    }
    let all = words(text);
    let fillers = |word: &&String| vocabulary.placeholder_words.contains(*word);
    let count = all.iter().take_while(fillers).count();
    let own = &all[count..];
    ((is_marked || count > 0) && (2..=MOST_WORDS).contains(&own.len())).then(|| own.join(" "))
}

/// All runs of two words or more in a sentence that may be a name.
fn runs_of_words(sentence: &str) -> Vec<String> {
    let all = words(sentence);
    let lengths = 2..=MOST_WORDS;
    lengths
        .flat_map(|length| all.windows(length).map(|words| words.join(" ")))
        .collect()
}

/// The words in Latin letters, in lower case; letters of another script end one.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::testing::assert_found;

    fn assert_steps(first: &str, second: &str, is_found: bool) {
        let text = format!("## How to connect\n\n1. {first}\n2. {second}\n");
        let line = format!("3: 1. {first}");
        let expected: &[&str] = if is_found { &[&line] } else { &[] };
        assert_found(&RULE, &text, expected);
    }

    #[test]
    fn value_that_a_later_step_produces_is_found() {
        assert_steps("Run `a <API_KEY>`.", "Copy the API key.", true);
        assert_steps("Run `a $API_KEY`.", "Save the `API_KEY`.", true);
        assert_steps("Run `a ${API_KEY}`.", "Note the API key.", true);
        assert_steps("Run `a YOUR_API_KEY`.", "Copy the API key.", true);
        assert_steps("`a <API_KEY>`를 실행합니다.", "API key를 복사합니다.", true);
        assert_steps("Run `a <API_KEY>`.", "Generate an API key.", true);
        assert_steps("Run `a $API_KEY`.", "Request an API key.", true);
        assert_steps(
            "`a <API_KEY>`를 실행합니다.",
            "API key를 발급받습니다.",
            true,
        );
    }

    #[test]
    fn value_that_is_there_or_is_another_is_not() {
        assert_steps("Copy the API key.", "Run `a <API_KEY>`.", false);
        assert_steps(
            "Copy the API key for `<API_KEY>`.",
            "Copy the API key.",
            false,
        );
        assert_steps("Run `a <API_KEY>`.", "Copy the secret key.", false);
        assert_steps("Run `a <API_KEY>`.", "Enter the API key.", false);
        assert_steps("Run `a API_KEY`.", "Copy the API key.", false);
        assert_steps("Open <API_KEY>.", "Copy the API key.", false);
    }
}

//! Whether a text tells its reader to do something.
//!
//! In languages that begin an order with its verb, the first word decides; in those that end with
//! it, the ending does. Which words and endings these are is data of each language.

use crate::config::procedures::Cue;
use crate::config::procedures::words::Vocabulary;
use crate::markdown::node::Inline;
use crate::markdown::text::{collapse_blanks, inline_text};

/// Longest clause before the verb, in characters.
const LONGEST_CLAUSE: usize = 160;

/// Most words and clauses before the verb.
const MOST_LEAD_INS: usize = 6;

/// Longest lead-in in words after which a place's verb is looked for.
const MOST_PLACE_WORDS: usize = 7;

/// Longest text that is looked at, in characters; a first sentence is much shorter.
const LONGEST_TEXT: usize = 600;

/// Most words of a sentence in which its subject is looked for, those that a condition at its start may
/// have, and those behind it of which one may be the subject.
const MOST_SUBJECT_WORDS: usize = 40;
const MOST_CLAUSE_WORDS: usize = 8;
const MOST_SUBJECTS: usize = 3;

/// Longest subject, in characters.
const LONGEST_SUBJECT: usize = 16;

/// How sure a text instructs.
pub(super) const YES: f64 = 1.0;
pub(super) const MAYBE: f64 = 0.5;
pub(super) const NO: f64 = 0.0;

/// The words of inlines without images, which show and do not instruct.
pub(super) fn words_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Image(_) | Inline::Comment(_) | Inline::FootnoteMark(_) => {}
            Inline::Link(link) => text.push_str(&words_of(&link.inlines)),
            Inline::Emphasis(group) | Inline::Strong(group) | Inline::Strikethrough(group) => {
                text.push_str(&words_of(&group.inlines));
            }
            other => text.push_str(&inline_text(std::slice::from_ref(other))),
        }
    }
    let text = match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => &text[..end],
        None => &text,
    };
    collapse_blanks(text)
}

/// Whether the inlines of an item, a paragraph or a heading instruct.
pub(super) fn instructs(inlines: &[Inline], vocabulary: &Vocabulary) -> f64 {
    if begins_with_command(inlines) {
        return YES;
    }
    let text = words_of(inlines);
    match text.is_empty() {
        true => MAYBE,
        false => text_instructs(&text, is_labelled(inlines), vocabulary),
    }
}

/// Whether a plain text instructs; `has_label` is whether a bold label is before it.
pub(super) fn text_instructs(text: &str, has_label: bool, vocabulary: &Vocabulary) -> f64 {
    let sentence = first_sentence(text);
    if sentence.ends_with(['?', '？']) {
        return NO;
    }
    let is_latin = |c: char| !c.is_alphabetic() || u32::from(c) < 0x250;
    match sentence.chars().all(is_latin) {
        true => by_first_word(text, sentence, has_label, vocabulary),
        false => by_ending(text, sentence, vocabulary),
    }
}

/// A command in a text that begins with it: `npm install`.
fn begins_with_command(inlines: &[Inline]) -> bool {
    let mut inlines = inlines.iter();
    let first = inlines.find(|inline| match inline {
        Inline::Text(text) => !text.text.trim().is_empty(),
        _ => true,
    });
    let Some(Inline::Code(code)) = first else {
        return false;
    };
    let words = code.text.trim();
    let begins = words.split(' ').next().unwrap_or_default();
    let is_name = !begins.is_empty() && !begins.contains(|c: char| c.is_ascii_uppercase());
    let ends = match inlines.next() {
        None => true,
        Some(Inline::Text(text)) => {
            text.text.trim_start().starts_with('.') || text.text.trim().is_empty()
        }
        Some(Inline::SoftBreak(_) | Inline::HardBreak(_)) => true,
        Some(_) => false,
    };
    is_name && words.contains(' ') && begins.chars().any(char::is_alphabetic) && ends
}

/// Whether the text begins with a bold label: `**Name**: …`.
fn is_labelled(inlines: &[Inline]) -> bool {
    matches!(inlines.first(), Some(Inline::Strong(_))) && inlines.len() > 1
}

/// Whether a character may be the first of a sentence.
pub(super) fn begins_sentence(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '`' | '(' | '[')
}

/// A text up to the end of its first sentence. Short forms and numbers end none.
pub(super) fn first_sentence(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !begins_sentence(c));
    let mut ends = text
        .match_indices(['.', '!', '?', '。', '？'])
        .filter(|(at, mark)| {
            let rest = &text[at + mark.len()..];
            let goes_on = !rest.is_empty() && !rest.starts_with(char::is_whitespace);
            let before = &text[..*at];
            let is_short = ["e.g", "i.e", "etc", "vs", "cf"].iter().any(|short| {
                let start = before.strip_suffix(short);
                start.is_some_and(|start| !start.ends_with(char::is_alphanumeric))
            });
            let is_number = before.ends_with(|c: char| c.is_ascii_digit());
            !goes_on && !((is_short || is_number) && !rest.is_empty())
        });
    match ends.next() {
        Some((at, mark)) => &text[..at + mark.len()],
        None => text,
    }
}

fn by_ending(text: &str, sentence: &str, vocabulary: &Vocabulary) -> f64 {
    let cues = vocabulary.cues(without_aside(sentence));
    if cues.has(Cue::States) && !cues.has(Cue::Orders) {
        let start = text.find(sentence).unwrap_or(0) + sentence.len();
        let rest = first_sentence(&text[start..]);
        let rest = vocabulary.cues(without_aside(rest));
        return match rest.has(Cue::Acts) && !rest.has(Cue::States) {
            true => MAYBE,
            false => NO,
        };
    }
    if cues.has(Cue::Orders) {
        return YES;
    }
    match (cues.has(Cue::Acts), has_other_subject(sentence, vocabulary)) {
        (false, _) => NO,
        (true, true) => MAYBE,
        (true, false) => YES,
    }
}

/// A sentence without what is in brackets at its end.
fn without_aside(sentence: &str) -> &str {
    let trimmed = sentence.trim_end_matches(['.', '。', '!', ':', '：', ' ']);
    match trimmed.strip_suffix(')').and_then(|open| open.rfind('(')) {
        Some(at) => trimmed[..at].trim_end_matches(['.', ' ']),
        None => trimmed,
    }
}

/// Whether one of the first words, or of those behind a condition, is the subject of a sentence about
/// somebody else; so is any word in Latin letters that is a subject.
fn has_other_subject(sentence: &str, vocabulary: &Vocabulary) -> bool {
    let words: Vec<&str> = sentence
        .split_whitespace()
        .take(MOST_SUBJECT_WORDS)
        .collect();
    let is_latin = |word: &&str| {
        let stem = without_ending(word, &vocabulary.particles);
        stem.is_some_and(|stem| stem.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')'))
    };
    let ends_clause = |word: &&&str| {
        let word = word.trim_end_matches(',');
        without_ending(word, &vocabulary.clause_endings).is_some()
            || vocabulary.clause_endings.iter().any(|one| one == word)
    };
    if words.iter().any(is_latin) {
        return true;
    }
    let clause = words
        .iter()
        .take(MOST_CLAUSE_WORDS)
        .rposition(|word| ends_clause(&word));
    let first = clause.map_or(0, |last| last + 1);
    let main = words[first..].iter().take(MOST_SUBJECTS);
    let mut main = main.take_while(|word| !word.contains(','));
    words.len() > first + 1
        && main.any(|word| {
            let stem = without_ending(word, &vocabulary.particles);
            stem.is_some_and(|stem| stem.chars().count() <= LONGEST_SUBJECT)
        })
}

/// A word without the first of these endings that it has; `None` where it has none, or is one.
fn without_ending<'w>(word: &'w str, endings: &[String]) -> Option<&'w str> {
    let mut stems = endings
        .iter()
        .filter_map(|ending| word.strip_suffix(ending.as_str()));
    stems.find(|stem| !stem.is_empty())
}

fn by_first_word(text: &str, sentence: &str, has_label: bool, vocabulary: &Vocabulary) -> f64 {
    let rest = without_lead_ins(sentence, vocabulary);
    let (word, behind) = first_word(rest);
    if word.is_empty() {
        return NO;
    }
    let lower = word.to_lowercase().replace('’', "'");
    let is_alone = text.split_whitespace().count() == 1;
    if is_alone && vocabulary.programs.contains(&lower) {
        return NO;
    }
    if vocabulary.cues(rest).has(Cue::OtherSubject) {
        return NO;
    }
    if vocabulary.verbs.contains(&lower) {
        return verb(word, &lower, behind, vocabulary);
    }
    if vocabulary.place_openers.contains(&lower) && verb_follows(behind, vocabulary) {
        return YES;
    }
    if has_label && label_is_followed_by_verb(sentence, vocabulary) {
        return MAYBE;
    }
    let is_gerund = vocabulary.gerunds.iter().any(|ending| {
        let stem = lower.strip_suffix(ending.as_str());
        stem.is_some_and(|stem| {
            vocabulary.verbs.contains(stem) || vocabulary.verbs.contains(&format!("{stem}e"))
        })
    });
    if is_gerund { MAYBE } else { NO }
}

/// What a sentence is whose first word is a verb, or a noun of the same form.
fn verb(word: &str, lower: &str, behind: &str, vocabulary: &Vocabulary) -> f64 {
    let is_label = behind.starts_with(':') && !behind[1..].trim().is_empty();
    if is_label && word.chars().count() < 12 {
        return MAYBE;
    }
    let mut next = behind.split_whitespace();
    let is_noun = next.by_ref().take(2).enumerate().any(|(at, word)| {
        let is_plain = word.chars().all(|c| c.is_alphanumeric() || c == '_');
        vocabulary.nouns_before.contains(&word.to_lowercase()) && (at == 0 || is_plain)
    });
    match is_noun && !vocabulary.always_verbs.contains(lower) {
        true => NO,
        false => YES,
    }
}

/// Whether one of the next words is the verb of a place: "In the portal select …".
fn verb_follows(behind: &str, vocabulary: &Vocabulary) -> bool {
    let words = behind.split_whitespace().take(MOST_PLACE_WORDS).skip(1);
    let mut words = words.take_while(|word| !word.ends_with(['.', ';']));
    words.any(|word| {
        let word = word
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        vocabulary.place_verbs.contains(&word)
    })
}

fn label_is_followed_by_verb(sentence: &str, vocabulary: &Vocabulary) -> bool {
    let behind = sentence
        .split_once([':', '–', '—'])
        .map(|(_, behind)| behind);
    let (word, _) = first_word(behind.unwrap_or_default().trim_start());
    word.starts_with(|c: char| c.is_lowercase() || c.is_uppercase())
        && vocabulary.verbs.contains(&word.to_lowercase())
}

/// The first word, and what is behind it.
fn first_word(text: &str) -> (&str, &str) {
    if !text.starts_with(char::is_alphabetic) {
        return ("", text);
    }
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '_');
    let end = text.find(|c: char| !goes_on(c)).unwrap_or(text.len());
    text.split_at(end)
}

/// A sentence without the words and clauses before its verb.
fn without_lead_ins<'t>(sentence: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let mut rest = sentence;
    for _ in 0..MOST_LEAD_INS {
        let shorter = without_filler(rest, vocabulary)
            .or_else(|| without_clause(rest, vocabulary))
            .map(str::trim_start)
            .filter(|shorter| !shorter.is_empty());
        match shorter {
            Some(shorter) => rest = shorter,
            None => break,
        }
    }
    rest
}

/// The sentence without a filler, where one begins it: "Please …", "(Optional) …".
fn without_filler<'t>(sentence: &'t str, vocabulary: &Vocabulary) -> Option<&'t str> {
    let inner = sentence.trim_start_matches(['(', '[']);
    let filler = vocabulary.fillers.iter().find(|filler| {
        let begins = inner.get(..filler.len());
        begins.is_some_and(|begins| begins.replace('’', "'").eq_ignore_ascii_case(filler))
            && !inner[filler.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '\'')
    })?;
    let behind = &inner[filler.len()..];
    let behind = behind.trim_start_matches([')', ']', ',', ':', '.', '-', '–']);
    behind.starts_with(char::is_whitespace).then_some(behind)
}

/// The sentence behind a clause: "In the portal, …", "If …, …", "If … then …".
fn without_clause<'t>(sentence: &'t str, vocabulary: &Vocabulary) -> Option<&'t str> {
    let (word, behind) = first_word(sentence);
    if !vocabulary.openers.contains(&word.to_lowercase()) {
        return None;
    }
    let mut characters = behind.char_indices().take(LONGEST_CLAUSE);
    let (end, mark) = characters.find(|(at, c)| {
        let ends = matches!(c, ',' | ':' | ';') || (*c == '.' && behind[at + 1..].starts_with(' '));
        ends && !behind[at + c.len_utf8()..].starts_with(|c: char| c.is_alphanumeric())
    })?;
    matches!(mark, ',' | ':').then(|| &behind[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn check(expected: f64, texts: &[&str]) {
        let config = Config::read("preset: mdx", "a").unwrap();
        let vocabulary = config.procedures.vocabulary();
        for text in texts {
            assert!(
                (text_instructs(text, false, vocabulary) - expected).abs() < 0.01,
                "{text}"
            );
        }
    }

    #[test]
    fn sentences_that_instruct() {
        check(
            YES,
            &[
                "Open the app.",
                "Please click Save",
                "Optionally, add a key",
                "(Optional) Add a key",
                "In the left menu, select Keys.",
                "In the portal locate the key",
                "If the node is full, drain it",
                "You should now restart the service",
                "Don't close the window",
                "콘솔에 로그인하세요.",
                "**추가** 버튼을 클릭",
                "값이 있는 경우 키를 입력합니다.",
                "키를 복사합니다(필요 시).",
            ],
        );
    }

    #[test]
    fn sentences_that_state() {
        check(
            NO,
            &[
                "The server opens a port.",
                "It restarts.",
                "Rate limits are per key.",
                "Open the app?",
                "A key",
                "Users click Save",
                "창이 열립니다.",
                "키가 필요합니다.",
                "저장할 수 있습니다.",
                "git",
            ],
        );
    }

    #[test]
    fn sentences_that_may_do_either() {
        check(MAYBE, &["Creating a key", "React는 화면을 갱신합니다."]);
    }

    #[test]
    fn first_sentences_end_neither_at_numbers_nor_at_short_forms() {
        let check = |text: &str, expected: &str| assert_eq!(first_sentence(text), expected);
        check("Open a. Click b.", "Open a.");
        check("Use v1.2 or later. Go on.", "Use v1.2 or later.");
        check("Use a tool, e.g. b. Go on.", "Use a tool, e.g. b.");
        check("... Open a", "Open a");
        check("", "");
    }
}

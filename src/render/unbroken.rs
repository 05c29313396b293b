//! Words that must stay whole on paper: those of Hangul, between whose syllables the engine would
//! end a line, and those with brackets of Chinese and Japanese.
//!
//! The data of a sheet goes in, its words come out. Finding them in the template would take a third
//! of the time of a sheet.

use serde_json::{Map, Value};

/// Widest word that is kept whole, in Latin letters, where a Hangul syllable counts as two: a wider one may not fit a column.
const WIDEST: usize = 32;

/// Opening brackets that the engine treats as full width.
const OPENING: [char; 10] = ['《', '〈', '（', '『', '「', '【', '〖', '〔', '［', '｛'];

/// Closing brackets and marks that the engine treats as full width.
const CLOSING: [char; 18] = [
    '，', '．', '。', '、', '：', '；', '》', '〉', '）', '』', '」', '】', '〗', '〕', '］', '｝',
    '？', '！',
];

/// The words of all texts that must stay whole, each as a key.
pub fn unbroken_words(texts: &[&Value]) -> Map<String, Value> {
    let mut words = Map::new();
    texts.iter().for_each(|text| collect(text, &mut words));
    words
}

fn collect(value: &Value, words: &mut Map<String, Value>) {
    match value {
        Value::Object(map) => map.values().for_each(|value| collect(value, words)),
        Value::Array(items) => {
            items.iter().for_each(|item| collect(item, words));
            add_words(&joined(items), words);
        }
        Value::String(text) => add_words(text, words),
        _ => {}
    }
}

/// Text of runs, of which several may make one word; empty when these are none. A run of code is
/// in one piece, so its spaces part no words.
fn joined(items: &[Value]) -> String {
    let mut whole = String::new();
    for run in items {
        let text = run["text"].as_str().unwrap_or_default();
        if run["code"] == Value::Bool(true) {
            whole.push_str(&text.replace(' ', "\u{a0}"));
        } else {
            whole.push_str(text);
        }
        if run["ends_line"] == Value::Bool(true) {
            whole.push(' ');
        }
    }
    whole
}

fn add_words(text: &str, words: &mut Map<String, Value>) {
    for word in text.split([' ', '\n']) {
        if is_unbroken(word) && !words.contains_key(word) {
            words.insert(word.to_string(), Value::Bool(true));
        }
    }
}

/// Whether a word stays whole: one with Hangul, or one with brackets, which must not be separated
/// from what they enclose.
pub(super) fn is_unbroken(word: &str) -> bool {
    word.contains(|c| is_hangul(c) || is_bracket(c)) && width(word) <= WIDEST
}

/// Whether the engine treats the character as a full-width bracket or full stop.
pub(super) fn is_bracket(character: char) -> bool {
    is_opening(character) || is_closing(character)
}

pub(super) fn is_opening(character: char) -> bool {
    OPENING.contains(&character)
}

pub(super) fn is_closing(character: char) -> bool {
    CLOSING.contains(&character)
}

fn width(word: &str) -> usize {
    let widths = word
        .chars()
        .map(|character| if character.is_ascii() { 1 } else { 2 });
    widths.sum()
}

fn is_hangul(character: char) -> bool {
    matches!(character,
        '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7fb}' | '\u{ffa0}'..='\u{ffdc}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(text: &Value, expected: &[&str]) {
        let words: Vec<String> = unbroken_words(&[text])
            .into_iter()
            .map(|(word, _)| word)
            .collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_with_hangul_stay_whole() {
        check(
            &json!({"a": "결제 test 채널,\nMID를"}),
            &["결제", "채널,", "MID를"],
        );
        check(&json!(["가".repeat(16)]), &["가".repeat(16).as_str()]);
        check(
            &json!(["가".repeat(17), "abcdefghijklmnopqrstuvwxyzabcde가"]),
            &[],
        );
        check(
            &json!("고객센터(cs@example.com)를"),
            &["고객센터(cs@example.com)를"],
        );
    }

    #[test]
    fn word_of_several_runs_is_one() {
        let runs = json!([{"text": "MOI"}, {"text": "로 시", "ends_line": true}, {"text": "작"}]);
        check(&runs, &["로", "시", "작", "MOI로"]);
        let runs = json!([{"text": "rm -rf a", "code": true}, {"text": "는 안"}]);
        check(&runs, &["는", "안", "rm\u{a0}-rf\u{a0}a는"]);
    }

    #[test]
    fn words_with_brackets_stay_whole() {
        check(&json!("《ABC》 A, (B)"), &["《ABC》"]);
    }
}

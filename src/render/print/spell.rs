//! Words that the engine would set otherwise than they are written.
//!
//! A character that no font has is a shape of the template. Brackets and full stops of Chinese and
//! Japanese are taken to fill a square: the engine cuts half of one off at either end of a line,
//! and where two meet. In a Korean font they are narrower, so that they would run into what is
//! beside them. Such a word is handed on in parts, and the template keeps them apart.
//!
//! ```text
//! 「약관」「공지」를   {"whole": true, "parts": [{"kept": ["「약"]}, {"kept": ["관」"]}, …, "를"]}
//! ```

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::render::unbroken::{is_bracket, is_closing, is_opening, is_unbroken};

/// Marks of the middle: moved together where two meet, and left alone at the end of a line.
const MIDDLE: [char; 2] = ['\u{b7}', '\u{30fb}'];

/// What is drawn for characters without a glyph, as the template reads it.
pub(super) type Drawn = BTreeMap<char, Value>;

/// The parts of every word that needs some.
pub(super) fn spelled(texts: &[&Value], shapes: &Drawn) -> Map<String, Value> {
    let mut words = Map::new();
    texts
        .iter()
        .for_each(|text| collect(text, shapes, &mut words));
    words
}

fn collect(value: &Value, shapes: &Drawn, words: &mut Map<String, Value>) {
    match value {
        Value::Object(map) => map.values().for_each(|value| collect(value, shapes, words)),
        Value::Array(items) => items.iter().for_each(|item| collect(item, shapes, words)),
        Value::String(text) if text.contains(|c| is_special(c, shapes)) => {
            // Code is cut into lines first, all other text into words alone.
            let lines = text.split('\n').flat_map(|line| line.split(' '));
            text.split(' ')
                .chain(lines)
                .for_each(|word| add(word, shapes, words));
        }
        _ => {}
    }
}

fn is_special(character: char, shapes: &Drawn) -> bool {
    is_mark(character) || shapes.contains_key(&character)
}

fn is_mark(character: char) -> bool {
    is_bracket(character) || MIDDLE.contains(&character)
}

fn add(word: &str, shapes: &Drawn, words: &mut Map<String, Value>) {
    if words.contains_key(word) || !word.contains(|c| is_special(c, shapes)) {
        return;
    }
    let parts = parts(word, shapes);
    if !matches!(parts.as_slice(), [Value::String(_)]) {
        let whole = is_unbroken(word);
        words.insert(word.to_string(), json!({"whole": whole, "parts": parts}));
    }
}

/// A word as text, shapes, and pieces around brackets that stay together.
fn parts(word: &str, shapes: &Drawn) -> Vec<Value> {
    let characters: Vec<char> = word.chars().collect();
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while let Some(character) = characters.get(at) {
        if let Some(shape) = shapes.get(character) {
            flush(&mut text, &mut parts);
            parts.push(shape.clone());
            at += 1;
            continue;
        }
        let end = at + piece(&characters[at..], shapes);
        let own = &characters[at..end];
        if own.len() == 1 && !is_bracket(*character) {
            text.push(*character);
        } else {
            flush(&mut text, &mut parts);
            parts.push(json!({ "kept": apart(own) }));
        }
        at = end;
    }
    flush(&mut text, &mut parts);
    parts
}

fn flush(text: &mut String, parts: &mut Vec<Value>) {
    if !text.is_empty() {
        parts.push(Value::String(std::mem::take(text)));
    }
}

/// Number of characters that stay together: those that open, what they enclose first, and what
/// closes after it.
fn piece(characters: &[char], shapes: &Drawn) -> usize {
    let rest = characters.iter();
    let opening = rest.clone().take_while(|c| is_opening(**c)).count();
    let is_core = |c: &&char| !is_bracket(**c) && !shapes.contains_key(*c);
    let core = usize::from(characters.get(opening).filter(|c| is_core(c)).is_some());
    let behind = &characters[opening + core..];
    let is_met = core > 0 && MIDDLE.contains(&characters[opening]);
    let closes = |c: &&char| is_closing(**c) || (is_met && MIDDLE.contains(*c));
    let closing = behind.iter().take_while(closes).count();
    (opening + core + closing).max(1)
}

/// The characters as texts of which none contains two marks that meet.
fn apart(characters: &[char]) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut before = false;
    for character in characters {
        let is_mark = is_mark(*character);
        if is_mark && before {
            texts.push(String::new());
        }
        if let Some(last) = texts.last_mut() {
            last.push(*character);
        }
        before = is_mark;
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let shapes = BTreeMap::from([('\u{1f4a1}', json!({"shape": "tip"}))]);
        let found = spelled(&[&json!([{ "text": text }])], &shapes);
        let found: Vec<(String, String)> = found
            .into_iter()
            .map(|(word, value)| (word, value["parts"].to_string()))
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(word, parts)| (word.as_str(), parts.as_str()))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_without_such_characters_are_no_matter() {
        check("결제창 (V1) [카드·계좌] \"값\" “값”", &[]);
    }

    #[test]
    fn brackets_stay_with_what_they_enclose() {
        check(
            "「약관」을",
            &[(
                "「약관」을",
                r#"[{"kept":["「약"]},{"kept":["관」"]},"을"]"#,
            )],
        );
        check("『A』 b", &[("『A』", r#"[{"kept":["『A』"]}]"#)]);
        check("가。", &[("가。", r#"[{"kept":["가。"]}]"#)]);
        check("《", &[("《", r#"[{"kept":["《"]}]"#)]);
    }

    #[test]
    fn marks_that_meet_are_held_apart() {
        check(
            "가」」「나",
            &[(
                "가」」「나",
                r#"[{"kept":["가」","」"]},{"kept":["「나"]}]"#,
            )],
        );
        check("「」", &[("「」", r#"[{"kept":["「","」"]}]"#)]);
        check(
            "가···나",
            &[("가···나", r#"["가",{"kept":["·","·","·"]},"나"]"#)],
        );
        check(
            "가·」나",
            &[("가·」나", r#"["가",{"kept":["·","」"]},"나"]"#)],
        );
    }

    #[test]
    fn characters_without_a_glyph_are_shapes() {
        check("가💡나", &[("가💡나", r#"["가",{"shape":"tip"},"나"]"#)]);
        check(
            "「💡」\n나 b",
            &[
                (
                    "「💡」\n나",
                    r#"[{"kept":["「"]},{"shape":"tip"},{"kept":["」"]},"\n나"]"#,
                ),
                (
                    "「💡」",
                    r#"[{"kept":["「"]},{"shape":"tip"},{"kept":["」"]}]"#,
                ),
            ],
        );
    }
}

//! Text as the engine can lay it out, however deep and long it is.
//!
//! The engine takes some fifty boxes within each other and no more, and the time for a paragraph
//! grows with the square of its length. What is deeper than a sheet has room for moves no further
//! in, with as many bullets as it is levels too deep; a long paragraph becomes several. Every word
//! stays.
//!
//! ```text
//!             • the twelfth level
//!               •• the fourteenth
//! ```

use serde_json::{Value, json};

/// Levels that move further in: a sheet has no room for more.
const DEEPEST: usize = 12;

/// Longest paragraph, in bytes and in words; the longest real one has a tenth.
const LONGEST: usize = 6000;
const MOST_WORDS: usize = 500;

/// Limits how deep the blocks in a sheet's data are, and how long their paragraphs.
pub(super) fn flatten(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::Array(blocks) if key == "blocks" => {
                        *blocks = laid_out(std::mem::take(blocks), 0);
                    }
                    value => flatten(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(flatten),
        _ => {}
    }
}

/// Blocks at this level, each with what it contains.
fn laid_out(blocks: Vec<Value>, level: usize) -> Vec<Value> {
    let mut flat = Vec::new();
    for block in blocks {
        flat.extend(in_pieces(block, level));
    }
    flat
}

fn in_pieces(mut block: Value, level: usize) -> Vec<Value> {
    let kind = block["kind"].as_str().unwrap_or_default().to_string();
    match kind.as_str() {
        "paragraph" => in_paragraphs(block),
        "code" => in_codes(block),
        "list" if level < DEEPEST => {
            let mut items = take(&mut block, "items");
            for item in &mut items {
                let blocks = take(item, "blocks");
                item["blocks"] = Value::Array(laid_out(blocks, level + 1));
            }
            block["items"] = Value::Array(items);
            vec![block]
        }
        "list" => without_list(&mut block, level),
        "quote" | "indent" | "notice" => {
            let blocks = laid_out(take(&mut block, "blocks"), level + 1);
            if level < DEEPEST {
                block["blocks"] = Value::Array(blocks);
                return vec![block];
            }
            let title = take(&mut block, "title");
            let title = (!title.is_empty()).then(|| json!({"kind": "paragraph", "runs": title}));
            title.into_iter().chain(blocks).collect()
        }
        _ => vec![block],
    }
}

/// The items of a list that is too deep as paragraphs: the first of each begins with what was
/// before the item.
fn without_list(list: &mut Value, level: usize) -> Vec<Value> {
    let start = list["start"].as_u64();
    let mut flat = Vec::new();
    for (number, mut item) in (start.unwrap_or(0)..).zip(take(list, "items")) {
        let mut sign = "•".repeat(level + 1 - DEEPEST);
        if start.is_some() {
            sign.push_str(&format!(" {number}."));
        }
        match item["checked"].as_bool() {
            Some(true) => sign.push_str(" ☑"),
            Some(false) => sign.push_str(" ☐"),
            None => {}
        }
        let sign = json!({"text": format!("{sign} ")});
        let mut blocks = laid_out(take(&mut item, "blocks"), level + 1);
        match blocks.first_mut() {
            Some(first) if first["kind"] == "paragraph" => {
                let mut runs = take(first, "runs");
                runs.insert(0, sign);
                first["runs"] = Value::Array(runs);
            }
            _ => blocks.insert(0, json!({"kind": "paragraph", "runs": [sign]})),
        }
        flat.extend(blocks);
    }
    flat
}

/// Takes a list out of the data; empty where there is none.
fn take(value: &mut Value, key: &str) -> Vec<Value> {
    match value[key].take() {
        Value::Array(list) => list,
        _ => Vec::new(),
    }
}

/// Cuts a long paragraph at spaces.
fn in_paragraphs(mut block: Value) -> Vec<Value> {
    let runs = take(&mut block, "runs");
    if is_short(&runs) {
        block["runs"] = Value::Array(runs);
        return vec![block];
    }
    let mut paragraphs = vec![Vec::new()];
    let (mut bytes, mut words) = (0, 0);
    for run in runs {
        let text = run["text"].as_str().unwrap_or_default();
        let pieces = pieces(text, &mut bytes, &mut words);
        let last = pieces.len() - 1;
        for (index, piece) in pieces.into_iter().enumerate() {
            let mut part = run.clone();
            part["text"] = json!(piece);
            if let Some(part) = part.as_object_mut().filter(|_| index < last) {
                part.remove("ends_line");
            }
            if index > 0 {
                paragraphs.push(Vec::new());
            }
            if let Some(paragraph) = paragraphs.last_mut() {
                paragraph.push(part);
            }
        }
    }
    let paragraphs = paragraphs.into_iter();
    paragraphs
        .map(|runs| json!({"kind": "paragraph", "runs": runs}))
        .collect()
}

fn is_short(runs: &[Value]) -> bool {
    let texts = runs.iter().filter_map(|run| run["text"].as_str());
    let (bytes, words) = texts.fold((0, 0), |(bytes, words), text| {
        (bytes + text.len(), words + text.matches(' ').count() + 1)
    });
    bytes <= LONGEST && words <= MOST_WORDS
}

/// A text cut where a paragraph is long enough; `bytes` and `words` are what its last one contains.
fn pieces<'t>(text: &'t str, bytes: &mut usize, words: &mut usize) -> Vec<&'t str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut blank = None;
    for (at, character) in text.char_indices() {
        *bytes += character.len_utf8();
        if character == ' ' {
            *words += 1;
            blank = Some(at);
        }
        if *bytes < LONGEST && *words < MOST_WORDS {
            continue;
        }
        let end = blank.unwrap_or(at);
        pieces.push(&text[start..end]);
        start = end + usize::from(blank.is_some());
        *bytes = (at + character.len_utf8()).saturating_sub(start);
        *words = 0;
        blank = None;
    }
    pieces.push(&text[start..]);
    pieces
}

/// Cuts long code at the ends of its lines.
fn in_codes(block: Value) -> Vec<Value> {
    let text = block["text"].as_str().unwrap_or_default();
    if text.len() <= LONGEST {
        return vec![block];
    }
    let mut codes: Vec<String> = Vec::new();
    for line in text.split('\n') {
        match codes.last_mut() {
            Some(code) if code.len() + line.len() < LONGEST => {
                code.push('\n');
                code.push_str(line);
            }
            _ => codes.push(line.to_string()),
        }
    }
    let codes = codes.into_iter();
    codes
        .map(|text| json!({"kind": "code", "text": text}))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str) -> Value {
        json!({"kind": "paragraph", "runs": [{"text": text}]})
    }

    fn list(start: Option<u64>, checked: Option<bool>, blocks: Vec<Value>) -> Value {
        json!({"kind": "list", "start": start, "items": [{"checked": checked, "blocks": blocks}]})
    }

    /// Levels of lists in the data, and all texts in their order.
    fn shape(value: &Value, level: usize, deepest: &mut usize, texts: &mut Vec<String>) {
        *deepest = level.max(*deepest);
        match value {
            Value::Object(map) => {
                let inner = level + usize::from(map.contains_key("kind"));
                map.iter().for_each(|(key, value)| match value {
                    Value::String(text) if key == "text" => texts.push(text.clone()),
                    value => shape(value, inner, deepest, texts),
                });
            }
            Value::Array(items) => items
                .iter()
                .for_each(|item| shape(item, level, deepest, texts)),
            _ => {}
        }
    }

    fn check(blocks: Vec<Value>) -> (usize, Vec<String>) {
        let mut data = json!({"body": {"blocks": blocks}});
        flatten(&mut data);
        let (mut deepest, mut texts) = (0, Vec::new());
        shape(&data, 0, &mut deepest, &mut texts);
        (deepest, texts)
    }

    #[test]
    fn what_is_too_deep_moves_no_further_in() {
        let nest = |levels: usize, last: Value| {
            (0..levels).rev().fold(last, |inner, level| {
                list(None, None, vec![paragraph(&level.to_string()), inner])
            })
        };
        let (deepest, texts) = check(vec![nest(12, paragraph("12"))]);
        let numbers = |to: usize| (0..=to).map(|level| level.to_string()).collect::<Vec<_>>();
        assert_eq!((deepest, texts), (13, numbers(12)));
        let numbered = list(Some(7), Some(false), vec![json!({"kind": "rule"})]);
        let (deepest, texts) = check(vec![nest(14, numbered)]);
        assert_eq!(deepest, 13);
        let last: Vec<&str> = texts.iter().map(String::as_str).skip(11).collect();
        assert_eq!(last, ["11", "• ", "12", "•• ", "13", "••• 7. ☐ "]);
    }

    #[test]
    fn quotes_and_notices_that_are_too_deep_keep_their_words() {
        for kind in ["quote", "indent", "notice"] {
            let blocks = (0..64).fold(vec![paragraph("a")], |inner, _| {
                vec![json!({"kind": kind, "title": [{"text": "t"}], "blocks": inner})]
            });
            let (deepest, texts) = check(blocks);
            assert_eq!(deepest, 13, "{kind}");
            assert_eq!(texts.last().map(String::as_str), Some("a"), "{kind}");
        }
    }

    #[test]
    fn long_paragraphs_are_cut_at_blanks() {
        let text = "가나다 ".repeat(2000);
        let (_, texts) = check(vec![paragraph(text.trim_end())]);
        assert_eq!(texts.join(" "), text.trim_end());
        assert_eq!(texts.len(), 4);
        let (_, texts) = check(vec![paragraph(&"가".repeat(4500))]);
        assert_eq!(texts.concat().chars().count(), 4500);
        assert_eq!(texts.len(), 3);
    }

    #[test]
    fn paragraph_of_many_runs_keeps_their_styles() {
        let run = json!({"text": "가나다 라", "strong": true, "ends_line": true});
        let block = json!({"kind": "paragraph", "runs": vec![run; 600]});
        let mut data = json!({"blocks": [block]});
        flatten(&mut data);
        let blocks = data["blocks"].as_array().unwrap();
        assert!(blocks.len() > 1);
        let runs = blocks
            .iter()
            .flat_map(|block| block["runs"].as_array().unwrap());
        assert!(runs.clone().all(|run| run["strong"] == true));
        assert_eq!(runs.filter(|run| run["ends_line"] == true).count(), 600);
    }

    #[test]
    fn long_code_is_cut_between_lines() {
        let text = "let a = 1;\n".repeat(1000);
        let (_, texts) = check(vec![json!({"kind": "code", "text": text})]);
        assert_eq!(texts.join("\n"), text);
        assert!(texts.len() > 1);
    }
}

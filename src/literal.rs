//! Literal values as people write them in JavaScript, read as data; nothing is run.
//!
//! ```text
//! value := sum (("as" | "satisfies") type)?
//! sum   := term ("+" term)*                      texts and numbers only
//! term  := "(" value ")" | ("-" | "+")? number | string | template | list | map
//!        | "true" | "false" | "null" | "undefined"
//! list  := "[" (value? ",")* value? "]"
//! map   := "{" (entry ",")* entry? "}"           entry := (name | number | string) ":" value
//! ```
//!
//! Comments may be anywhere. What is none of this is [`Value::Unread`] with its source: it is skipped
//! by matching brackets, strings, templates and comments, so that its siblings stay readable.

pub mod script;
mod skip;
mod string;
pub mod toml;
pub mod yaml;

use crate::literal::skip::{Skipper, word_end};
use crate::literal::string::{quoted, template};

/// Deepest nesting that is read; what is nested deeper is unread.
pub const MAX_NESTING: usize = 32;

/// A value that was read.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `undefined`, a hole in a list, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, finite unless it is written too large.
    Number(f64),
    /// A string or a template without holes, with its escapes resolved.
    String(String),
    /// The elements of a list.
    List(Vec<Value>),
    /// Keys and values in the order they are written; a key may be repeated. The key of what has no
    /// name that can be read, such as `...rest` or `[key]: 1`, is empty.
    Map(Vec<(String, Value)>),
    /// The source of what is no literal.
    Unread(String),
}

/// Reads a whole text as one value; a text without a value is [`Value::Null`].
pub fn read(source: &str) -> Value {
    let mut reader = Reader::new(source, 0);
    let value = reader.element(0);
    match reader.broken || reader.at < source.len() {
        true => Value::Unread(source.trim().to_string()),
        false => value,
    }
}

impl Value {
    /// The value of a key, the last where it is repeated; `None` in anything but a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        let mut entries = entries.iter().rev();
        entries
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }

    /// The text of a string; `None` for anything else.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// What is shown where the value is content: texts and numbers, also those of a list.
    pub fn text(&self) -> String {
        match self {
            Self::String(text) => text.clone(),
            Self::Number(number) => number_text(*number),
            Self::List(items) => items.iter().map(Self::text).collect(),
            Self::Null | Self::Bool(_) | Self::Map(_) | Self::Unread(_) => String::new(),
        }
    }

    /// The value as JSON; what is unread becomes `{"expression": source}`.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Bool(value) => (*value).into(),
            Self::Number(number) => number_json(*number),
            Self::String(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Map(entries) => {
                let entries = entries.iter();
                entries
                    .map(|(key, value)| (key.clone(), value.to_json()))
                    .collect()
            }
            Self::Unread(source) => serde_json::json!({ "expression": source }),
        }
    }
}

/// A number as JavaScript shows it: `1` for `1.0`, `1e+21` for what has more digits.
fn number_text(number: f64) -> String {
    let size = number.abs();
    if number == 0.0 {
        "0".to_string()
    } else if !(1e-6..1e21).contains(&size) && size.is_finite() {
        let text = format!("{number:e}");
        match text.contains("e-") {
            true => text,
            false => text.replace('e', "e+"),
        }
    } else if number.is_infinite() {
        (if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        })
        .to_string()
    } else {
        number.to_string()
    }
}

/// A whole number without a fraction, so that `1` stays `1`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "whole and below 2^53, which an i64 contains"
)]
fn number_json(number: f64) -> serde_json::Value {
    match number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0 {
        true => (number as i64).into(),
        false => number.into(),
    }
}

/// A position in a source from which values are read.
struct Reader<'s> {
    source: &'s str,
    at: usize,
    skipper: Skipper,
    /// Whether a bracket or a template is never closed; what is after it is not known.
    broken: bool,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, at: usize) -> Self {
        Self {
            source,
            at,
            skipper: Skipper::default(),
            broken: false,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        self.at = skip::blanks(self.source, self.at);
    }

    /// Takes this byte, if it is next.
    fn takes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Takes this word, if it is next and no longer word.
    fn takes_word(&mut self, word: &str) -> bool {
        let end = word_end(self.source, self.at);
        let is_next = &self.source[self.at..end] == word;
        if is_next {
            self.at = end;
        }
        is_next
    }

    fn is_at_end(&self) -> bool {
        matches!(self.peek(), None | Some(b',' | b')' | b']' | b'}'))
    }

    /// Reads what is before the next comma or closing bracket of this level.
    fn element(&mut self, depth: usize) -> Value {
        self.blanks();
        let start = self.at;
        if self.is_at_end() {
            return Value::Null;
        }
        let value = self.sum(depth).filter(|_| self.type_or_nothing());
        if self.broken {
            return Value::Null;
        }
        match value.filter(|_| self.is_at_end()) {
            Some(value) => value,
            None => Value::Unread(self.rest(start)),
        }
    }

    /// Skips the rest of an element that began at `start`, and returns its source.
    fn rest(&mut self, start: usize) -> String {
        match self.skipper.element_end(self.source, self.at) {
            Some(end) => self.at = end,
            None => {
                self.at = self.source.len();
                self.broken = true;
            }
        }
        self.source[start..self.at].trim_end().to_string()
    }

    /// Takes `as const`, or another type that a value is said to have.
    fn type_or_nothing(&mut self) -> bool {
        self.blanks();
        while self.takes_word("as") || self.takes_word("satisfies") {
            self.blanks();
            let name = self.at;
            self.at = word_end(self.source, self.at);
            while self.takes(b'.') {
                self.at = word_end(self.source, self.at);
            }
            if self.at == name {
                return false;
            }
            self.blanks();
        }
        true
    }

    /// `None` where it is no literal; the position is then somewhere in the same element.
    fn sum(&mut self, depth: usize) -> Option<Value> {
        let mut sum = self.term(depth)?;
        loop {
            self.blanks();
            if !self.takes(b'+') {
                return Some(sum);
            }
            self.blanks();
            sum = match (sum, self.term(depth)?) {
                (Value::Number(a), Value::Number(b)) => Value::Number(a + b),
                (Value::String(mut a), b @ (Value::String(_) | Value::Number(_))) => {
                    a += &b.text();
                    Value::String(a)
                }
                (Value::Number(a), Value::String(b)) => Value::String(number_text(a) + &b),
                _ => return None,
            };
        }
    }

    fn term(&mut self, depth: usize) -> Option<Value> {
        match self.peek()? {
            b'(' | b'[' | b'{' if depth == MAX_NESTING => None,
            b'(' => self.parenthesis(depth + 1),
            b'[' => self.list(depth + 1),
            b'{' => self.map(depth + 1),
            b'"' | b'\'' => self.string().map(Value::String),
            b'`' => {
                let (text, end) = template(self.source, self.at)?;
                self.at = end;
                Some(Value::String(text))
            }
            b'-' => self.signed(-1.0),
            b'+' => self.signed(1.0),
            b'0'..=b'9' | b'.' => self.number().map(Value::Number),
            _ => self.word(),
        }
    }

    fn parenthesis(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let value = self.element(depth);
        let mut is_literal = !matches!(value, Value::Unread(_));
        loop {
            match self.peek() {
                Some(b')') => break,
                Some(b',') => {
                    self.at += 1;
                    is_literal = false;
                    self.rest(self.at);
                }
                _ => self.broken = true,
            }
            if self.broken {
                return None;
            }
        }
        self.at += 1;
        Some(value).filter(|_| is_literal)
    }

    fn list(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.takes(b']') {
                return Some(Value::List(items));
            }
            items.push(self.element(depth));
            if !self.takes(b',') && self.peek() != Some(b']') {
                self.broken = true;
            }
            if self.broken {
                return None;
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.blanks();
            if self.takes(b'}') {
                return Some(Value::Map(entries));
            }
            entries.push(self.entry(depth));
            if !self.takes(b',') && self.peek() != Some(b'}') {
                self.broken = true;
            }
            if self.broken {
                return None;
            }
        }
    }

    fn entry(&mut self, depth: usize) -> (String, Value) {
        let start = self.at;
        let key = self.key();
        self.blanks();
        match key {
            Some(key) if self.takes(b':') => (key, self.element(depth)),
            key => (key.unwrap_or_default(), Value::Unread(self.rest(start))),
        }
    }

    fn key(&mut self) -> Option<String> {
        if let Some(b'"' | b'\'') = self.peek() {
            return self.string();
        }
        let start = self.at;
        self.at = word_end(self.source, self.at);
        Some(self.source[start..self.at].to_string()).filter(|key| !key.is_empty())
    }

    fn string(&mut self) -> Option<String> {
        let (text, end) = quoted(self.source, self.at)?;
        self.at = end;
        Some(text)
    }

    fn signed(&mut self, sign: f64) -> Option<Value> {
        self.at += 1;
        self.blanks();
        match self.peek()? {
            b'0'..=b'9' | b'.' => Some(Value::Number(sign * self.number()?)),
            _ => None,
        }
    }

    /// `1`, `1.5`, `.5`, `1e3`, `1_000`, `0x1f`
    fn number(&mut self) -> Option<f64> {
        let rest = &self.source[self.at..];
        let bytes = rest.as_bytes();
        let is_exponent = |at: usize| matches!(bytes[at - 1], b'e' | b'E');
        let end = (0..bytes.len()).find(|at| match bytes[*at] {
            b'.' => false,
            b'+' | b'-' => *at == 0 || !is_exponent(*at),
            byte => !byte.is_ascii_alphanumeric() && byte != b'_',
        });
        let written = rest[..end.unwrap_or(rest.len())].replace('_', "");
        let hexadecimal = written
            .strip_prefix("0x")
            .or_else(|| written.strip_prefix("0X"));
        let number = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok().map(f64::from),
            // The standard library also reads words, such as `infinity`, which begin with no digit.
            None => written.parse().ok(),
        }?;
        self.at += end.unwrap_or(rest.len());
        Some(number)
    }

    fn word(&mut self) -> Option<Value> {
        let end = word_end(self.source, self.at);
        let value = match &self.source[self.at..end] {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" | "undefined" => Value::Null,
            _ => return None,
        };
        self.at = end;
        Some(value)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    fn check(input: &str, expected: &str) {
        let json = read(input).to_json().to_string();
        assert_eq!(json, expected, "{input}");
    }

    #[test]
    fn number_ends_before_letters_of_other_scripts() {
        check(".\u{fffd}.a", "{\"expression\":\".\u{fffd}.a\"}");
        check("1가", "{\"expression\":\"1가\"}");
        check("[1é, 2]", r#"[{"expression":"1é"},2]"#);
    }

    #[test]
    fn json_is_read() {
        check(
            r#"{"a": [1, -2.5, 1e3], "b": {"c": null}, "d": "x\n\u0041\ud83d\ude00"}"#,
            r#"{"a":[1,-2.5,1000],"b":{"c":null},"d":"x\nA😀"}"#,
        );
        check("true", "true");
        check("", "null");
        check("/* nothing */", "null");
    }

    #[test]
    fn what_javascript_allows_besides_is_read() {
        check(
            "{ title: 'it\\'s', 'a-b': undefined, 1: 0x1F, $x: 1_000, }",
            r#"{"title":"it's","a-b":null,"1":31,"$x":1000}"#,
        );
        check("[1, , 2,]", "[1,null,2]");
        check("[ // one\n 'a', /* two */ `b\nc`, ]", r#"["a","b\nc"]"#);
        check("('a' + 'b' + 1)", r#""ab1""#);
        check("1 + 2", "3");
        check("['a'] as const", r#"["a"]"#);
        check("{a: 1} satisfies Theme.Config", r#"{"a":1}"#);
        check("- 1", "-1");
        check(".5", "0.5");
        check("{한글: '값'}", r#"{"한글":"값"}"#);
    }

    #[test]
    fn what_is_no_literal_is_unread_and_its_siblings_stay() {
        check(
            "[{type: 'swift', content: content1}, 2]",
            r#"[{"type":"swift","content":{"expression":"content1"}},2]"#,
        );
        check(
            "{f: (a, b) => { return [a, '}'] }, g() { return 1 }, h, ...rest, [k]: 1, z: 1}",
            concat!(
                r#"{"f":{"expression":"(a, b) => { return [a, '}'] }"},"#,
                r#""g":{"expression":"g() { return 1 }"},"h":{"expression":"h"},"#,
                r#""":{"expression":"[k]: 1"},"z":1}"#
            ),
        );
        check(
            "[`a ${`}${1}`} b`, 'c']",
            r#"[{"expression":"`a ${`}${1}`} b`"},"c"]"#,
        );
        check(
            "[/[,'\"]/.test(x), a / b, 1 // ,\n]",
            r#"[{"expression":"/[,'\"]/.test(x)"},{"expression":"a / b"},1]"#,
        );
        check(
            "[<b>it's, not</b>, 2]",
            r#"[{"expression":"<b>it's"},{"expression":"not</b>"},2]"#,
        );
        check("['a'].concat(b)", r#"{"expression":"['a'].concat(b)"}"#);
        check("[1, 'a' + b, 2]", r#"[1,{"expression":"'a' + b"},2]"#);
        check("[(a, b), 2]", r#"[{"expression":"(a, b)"},2]"#);
        check(
            "[(), '\n', 1px, trueish]",
            concat!(
                r#"[null,{"expression":"'\n'"},{"expression":"1px"},"#,
                r#"{"expression":"trueish"}]"#
            ),
        );
    }

    #[test]
    fn what_does_not_close_is_unread_as_a_whole() {
        for source in [
            "[1, 2", "{a: [1}", "1, 2", "{a: `b}", "(1", "[f(]", "a'", "]",
        ] {
            let expected = serde_json::json!({ "expression": source });
            check(source, &expected.to_string());
        }
    }

    #[test]
    fn nesting_is_limited() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        check(&nested(MAX_NESTING), &nested(MAX_NESTING));
        let json = read(&nested(MAX_NESTING + 2)).to_json().to_string();
        assert!(json.contains(r#"{"expression":"[[]]"}"#), "{json}");
        let deep = 100_000;
        assert!(matches!(read(&nested(deep)), Value::List(_)));
    }

    #[test]
    fn numbers_are_shown_as_javascript_does() {
        let shown = |source: &str| read(source).text();
        assert_eq!(shown("1.0"), "1");
        assert_eq!(shown("-0"), "0");
        assert_eq!(shown("1e21"), "1e+21");
        assert_eq!(shown("1e-7"), "1e-7");
        assert_eq!(shown("0.1"), "0.1");
        assert_eq!(shown("['a', 1, null, true, {b: 'c'}]"), "a1");
    }

    #[test]
    fn time_is_linear() {
        for piece in [
            "[", "{a:", "(", "`${", "'\\", "a',\\'", "/", "[a(", "1+", "{a", "'", "/*", "${",
        ] {
            let source = piece.repeat(200_000 / piece.len());
            let start = Instant::now();
            read(&source);
            read(&format!("[{source}]"));
            assert!(start.elapsed().as_secs() < 5, "{piece}");
        }
    }
}

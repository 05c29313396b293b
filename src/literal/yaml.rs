//! YAML as literal values. Aliases may not make a value much larger than its text, and brackets may
//! not nest so deep that the parser takes quadratic time.

use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use crate::literal::Value;

/// Most bytes of a text.
const MOST_BYTES: usize = 1 << 20;

/// How many values and bytes of strings there may be for each byte of a text.
const MOST_GROWTH: usize = 4;

/// Most brackets that may be open at once.
const MOST_OPEN: usize = 1000;

/// Reads a text as one value; an empty one is [`Value::Null`].
///
/// # Errors
/// What is no YAML, a key that a map has twice, and a text beyond the limits.
pub fn read(text: &str) -> Result<Value, serde_yaml::Error> {
    if text.len() > MOST_BYTES || may_be_open(text) > MOST_OPEN {
        return Err(Error::custom("the text is too long or nested too deeply"));
    }
    let left = Cell::new(text.len() * MOST_GROWTH);
    Reader { left: &left }.deserialize(serde_yaml::Deserializer::from_str(text))
}

/// How many brackets may be open at once, at most. A closing bracket counts only against those of
/// its own line, and only if that line contains no quotes or comments.
fn may_be_open(text: &str) -> usize {
    let (mut open, mut most) = (0, 0);
    for line in text.lines() {
        let is_plain = !line.contains(['"', '\'', '#']);
        let mut own = 0_usize;
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => own += 1,
                b']' | b'}' if is_plain => own = own.saturating_sub(1),
                _ => {}
            }
            most = most.max(open + own);
        }
        open += own;
    }
    most
}

/// Reads a value and subtracts its size from what is left.
#[derive(Clone, Copy)]
struct Reader<'a> {
    left: &'a Cell<usize>,
}

impl Reader<'_> {
    fn spend<E: Error>(self, size: usize) -> Result<(), E> {
        let left = self.left.get().checked_sub(size);
        self.left
            .set(left.ok_or_else(|| E::custom("aliases make the text too long"))?);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    /// The value of an empty text.
    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, is_on: bool) -> Result<Value, E> {
        Ok(Value::Bool(is_on))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.spend(text.len())?;
        Ok(Value::String(text.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(self)? {
            self.spend(1)?;
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key_seed(self)? {
            self.spend(1)?;
            let key = key.text();
            if !seen.insert(key.clone()) {
                let reason = format!("duplicate entry with key {key:?}");
                return Err(A::Error::custom(reason));
            }
            entries.push((key, map.next_value_seed(self)?));
        }
        Ok(Value::Map(entries))
    }

    /// What has a tag, such as `!ENV NAME`, is for another program and is null.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, content) = tagged.variant::<IgnoredAny>()?;
        content.newtype_variant::<IgnoredAny>()?;
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_the_text() {
        let check = |text: &str, expected: &str| {
            let read = read(text).map(|value| value.to_json().to_string());
            assert_eq!(read.unwrap_or_else(|error| error.to_string()), expected);
        };
        check("", "null");
        check(
            "a: [1, -2, 1.5, yes, true, ~, x]",
            r#"{"a":[1,-2,1.5,"yes",true,null,"x"]}"#,
        );
        check(
            "a: &b {c: d}\ne: *b\n1: x",
            r#"{"a":{"c":"d"},"e":{"c":"d"},"1":"x"}"#,
        );
        check(
            "a: !!python/name:x.y\nb: !t [1]\nc: !ENV x",
            r#"{"a":"","b":null,"c":null}"#,
        );
    }

    #[test]
    fn text_that_grows_or_nests_without_end_is_refused_at_once() {
        let string = format!(
            "a: &a \"{}\"\nb: [{}]",
            "x".repeat(400_000),
            "*a,".repeat(5000)
        );
        let list = format!(
            "a: &a [{}]\nb: [{}]",
            "x,".repeat(8000),
            "*a,".repeat(10_000)
        );
        let twice = format!("a: [{}x{}]", "[".repeat(100_000), "]".repeat(100_000));
        let quoted = "[\"]\", ".repeat(100_000);
        let lines = "[\"\n]\n\",\n".repeat(100_000);
        for text in [string, list, twice, quoted, lines] {
            assert!(read(&text).is_err(), "{}", &text[..20]);
        }
    }
}

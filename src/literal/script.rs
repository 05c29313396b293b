//! The values that a script gives to its program: its default export, and what is after a key.
//! Nothing is run; names are the script's own constants, and a call with one argument is that.

use std::collections::HashMap;

use regex::Regex;

use crate::literal::{Reader, Value};

/// Deepest constant in a constant that is filled in.
const DEEPEST: usize = 8;

/// Most values that constants may put in place of names.
const MOST_VALUES: usize = 100_000;

/// Where the value begins that a script exports.
const EXPORT: &str = r"(?m)^[ \t]*(?:export\s+default\s|module\.exports\s*=)\s*";

/// The name of a constant, up to its value.
const CONSTANT: &str = r"(?m)^(?:export\s+)?(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]+)?=\s*";

/// A pattern of this module, which its tests compile.
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a test compiles it")
}

/// The default export of a script, or what it assigns to `module.exports`; `None` without one.
pub fn exported(source: &str) -> Option<Value> {
    let start = pattern(EXPORT).find(source)?.end();
    Some(Script::of(source).filled(first(source, start), 0))
}

/// The first list or map after a key, wherever the key is; `None` where there is none.
///
/// ```text
/// starlight({ sidebar: [ … ] })
///             ^^^^^^^
/// ```
pub fn under_key(source: &str, key: &str) -> Option<Value> {
    let script = Script::of(source);
    let places = source.match_indices(key).filter(|(at, _)| {
        let before = source[..*at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.'))
    });
    let mut values = places.filter_map(|(at, _)| {
        let rest = source[at + key.len()..].trim_start_matches(['\'', '"']);
        let rest = rest.trim_start().strip_prefix(':')?;
        let start = source.len() - rest.len();
        Some(script.filled(first(source, start), 0))
    });
    values.find(|value| matches!(value, Value::List(_) | Value::Map(_)))
}

/// The value that begins at `start`; what follows it does not matter.
fn first(source: &str, start: usize) -> Value {
    let mut reader = Reader::new(source, start);
    reader.blanks();
    let at = reader.at;
    if let Some(value) = reader.sum(0) {
        return value;
    }
    if reader.broken {
        return Value::Unread(String::new());
    }
    // `defineConfig({ … })`
    reader.at = at;
    let name = reader.path();
    reader.blanks();
    if name.is_empty() || !reader.takes(b'(') {
        return Value::Unread(name);
    }
    let argument = first(source, reader.at);
    match argument {
        Value::List(_) | Value::Map(_) => argument,
        _ => Value::Unread(name),
    }
}

impl Reader<'_> {
    /// A name, or several with dots.
    fn path(&mut self) -> String {
        let start = self.at;
        loop {
            self.at = crate::literal::skip::word_end(self.source, self.at);
            if !self.takes(b'.') {
                return self.source[start..self.at].to_string();
            }
        }
    }
}

/// A script's constants, read when they are needed.
struct Script<'s> {
    source: &'s str,
    constants: HashMap<&'s str, usize>,
}

impl<'s> Script<'s> {
    fn of(source: &'s str) -> Self {
        let constant = pattern(CONSTANT);
        let found = constant.captures_iter(source);
        let constants = found.filter_map(|found| {
            let name = found.get(1)?.as_str();
            Some((name, found.get(0)?.end()))
        });
        Self {
            source,
            constants: constants.collect(),
        }
    }

    /// A value with constants in place of their names.
    fn filled(&self, value: Value, depth: usize) -> Value {
        let mut left = MOST_VALUES;
        self.fill(value, depth, &mut left)
    }

    fn fill(&self, value: Value, depth: usize, left: &mut usize) -> Value {
        *left = left.saturating_sub(1);
        match value {
            Value::Unread(source) => self.constant(source, depth, left),
            Value::List(items) => {
                let mut filled = Vec::new();
                for item in items {
                    let is_spread =
                        matches!(&item, Value::Unread(source) if source.starts_with("..."));
                    match self.fill(item, depth, left) {
                        Value::List(items) if is_spread => filled.extend(items),
                        item => filled.push(item),
                    }
                }
                Value::List(filled)
            }
            Value::Map(entries) => {
                let mut filled = Vec::new();
                for (key, value) in entries {
                    match self.fill(value, depth, left) {
                        Value::Map(entries) if key.is_empty() => filled.extend(entries),
                        value => filled.push((key, value)),
                    }
                }
                Value::Map(filled)
            }
            value => value,
        }
    }

    fn constant(&self, source: String, depth: usize, left: &mut usize) -> Value {
        let name = source.trim_start_matches("...").trim();
        match self.constants.get(name) {
            Some(start) if depth < DEEPEST && *left > 0 => {
                self.fill(first(self.source, *start), depth + 1, left)
            }
            _ => Value::Unread(source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Option<Value>, expected: &str) {
        let json = found.map(|value| value.to_json().to_string());
        assert_eq!(json.unwrap_or_default(), expected);
    }

    #[test]
    fn export_is_read_with_its_constants() {
        check(
            exported("// a\nimport x from 'y'\nexport default {\n a: 'A',\n}\n\nfoo()"),
            r#"{"a":"A"}"#,
        );
        check(
            exported(
                "const api: Sidebar = ['c', ...more];\nconst more = ['d']\nconst bars = {docs: ['a', api, f(1)]};\nmodule.exports = bars;",
            ),
            r#"{"docs":["a",["c","d"],{"expression":"f(1)"}]}"#,
        );
        check(
            exported("export default defineConfig({title: 'x'})\n"),
            r#"{"title":"x"}"#,
        );
        check(
            exported("export default function () {}"),
            r#"{"expression":"function"}"#,
        );
        check(exported("const a = 1"), "");
        check(
            exported("const a = [b, b]\nconst b = [a, a]\nexport default a").map(|_| Value::Null),
            "null",
        );
    }

    #[test]
    fn key_is_found_wherever_it_is() {
        check(
            under_key(
                "plugins: [starlight({ 'sidebar' : [{label: 'a'}] })]",
                "sidebar",
            ),
            r#"[{"label":"a"}]"#,
        );
        check(under_key("my.sidebar: 1, sidebar: true", "sidebar"), "");
    }
}

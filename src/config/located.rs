//! Faults of settings with the path of their key and their line: the YAML reader forgets both once
//! the text is a value that overrides a preset.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde_path_to_error::{Path, Segment};
use serde_yaml::Value;

/// A step from a value to one in it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// Reads settings from a value; `text` is the project's file, whose keys the fault is looked for in.
///
/// # Errors
/// The key, what is wrong with its value, and the line: `site.title: invalid type: integer `5`,
/// expected a string; put it in quotes at line 3`.
pub(super) fn read<T: DeserializeOwned>(value: Value, text: &str) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let what = plain(&error.inner().to_string());
        let line = line_of(text, &steps(error.path()));
        let key = match error.path().to_string() {
            top if top == "." => String::new(),
            key => format!("{key}: "),
        };
        format!("{key}{what}{}{}", hint(&what), at_line(line))
    })
}

/// A fault of the setting at `key`, such as `conventions.modes[1].key`, with its line where the
/// project's file has that key.
pub(super) fn with_line(text: &str, fault: &str) -> String {
    let fault = plain(fault);
    if fault.contains(" at line ") {
        return fault;
    }
    let key = fault.split(": ").next().unwrap_or_default();
    let line = parse(key).and_then(|steps| line_of(text, &steps));
    format!("{fault}{}", at_line(line))
}

/// What the reader expected, in the words of YAML and not of the program.
fn plain(what: &str) -> String {
    let what = what.replace("expected a sequence", "expected a list");
    let what = what.replace("expected a map", "expected keys and values");
    let Some((before, named)) = what.split_once("expected struct ") else {
        return what;
    };
    let name = |c: char| c.is_alphanumeric() || c == '_';
    format!(
        "{before}expected keys and values{}",
        named.trim_start_matches(name)
    )
}

fn at_line(line: Option<usize>) -> String {
    line.map_or(String::new(), |line| format!(" at line {line}"))
}

/// What to do about a value of another type.
fn hint(what: &str) -> &'static str {
    let is_plain = |found| what.starts_with(&format!("invalid type: {found}"));
    let is_text = what.ends_with("expected a string");
    let is_scalar = ["integer", "floating point", "boolean"]
        .into_iter()
        .any(is_plain);
    if is_text && is_scalar {
        "; put it in quotes"
    } else {
        ""
    }
}

fn steps(path: &Path) -> Vec<Step> {
    let step = |segment: &Segment| match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Key(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    };
    path.iter().map_while(step).collect()
}

/// The steps of a path as it is written in messages.
///
/// ```text
/// conventions.modes[1].key
/// ```
fn parse(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let mut names = part.split('[');
        steps.push(Step::Key(names.next()?.to_string()));
        for index in names {
            steps.push(Step::Index(index.strip_suffix(']')?.parse().ok()?));
        }
    }
    Some(steps)
}

/// The line, from 1, of the value that the steps lead to; `None` when there is none.
fn line_of(text: &str, steps: &[Step]) -> Option<usize> {
    let error = Seek(steps).deserialize(serde_yaml::Deserializer::from_str(text));
    let error = error.err()?;
    let is_found = !error.to_string().contains(ABSENT);
    let line = error.location().map(|place| place.line());
    line.filter(|_| is_found)
}

/// Error of a path that leads nowhere.
const ABSENT: &str = "no such setting";

/// Reads up to the value at the end of a path and fails there, for the reader's errors know their
/// place and nothing else of it does.
struct Seek<'s>(&'s [Step]);

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "nothing" } else { ABSENT })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((Step::Key(wanted), rest)) = self.0.split_first() else {
            return Err(end(self.0));
        };
        while let Some(key) = map.next_key::<Value>()? {
            if key.as_str() == Some(wanted) {
                return map.next_value_seed(Seek(rest));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Err(A::Error::custom(ABSENT))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Some((Step::Index(wanted), rest)) = self.0.split_first() else {
            return Err(end(self.0));
        };
        for _ in 0..*wanted {
            seq.next_element::<IgnoredAny>()?;
        }
        let found = seq.next_element_seed(Seek(rest))?;
        found.ok_or_else(|| A::Error::custom(ABSENT))
    }
}

/// The error at a map or a list: that of the end of the path, or of one that goes on otherwise.
fn end<E: Error>(steps: &[Step]) -> E {
    E::custom(if steps.is_empty() { "here" } else { ABSENT })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn lines_of_values_are_found_by_their_paths() {
        let text = "a: 1\nb:\n  c: x\n  d:\n    - e\n    - {f: [1,\n      2]}\ng:\n";
        for (path, line) in [
            ("a", Some(1)),
            ("b.c", Some(3)),
            ("b.d[0]", Some(5)),
            ("b.d[1].f[1]", Some(7)),
            ("g", Some(8)),
            ("b.d[2]", None),
            ("b.x", None),
            ("a.x", None),
            ("b[0]", None),
            ("b.d[x]", None),
            ("", None),
        ] {
            let found = parse(path).and_then(|steps| line_of(text, &steps));
            assert_eq!(found, line, "{path}");
        }
    }

    fn error(text: &str) -> String {
        let read = Config::read(text, "tickbook.yaml");
        read.map_or_else(|error| error.to_string(), |_| String::new())
    }

    /// A file that says one thing, each key on a line of its own.
    fn nested(keys: &[&str], value: &str) -> String {
        let line = |(depth, key)| format!("{}{key}:\n", " ".repeat(depth));
        let lines: String = keys.iter().enumerate().map(line).collect();
        format!("{} {value}\n", lines.trim_end())
    }

    /// The keys below others, as the error about an unknown one lists them; none for a value.
    fn keys_below(keys: &[&str]) -> Vec<String> {
        let unknown = error(&nested(&[keys, &["zz"]].concat(), "1"));
        let listed = unknown.split_once("unknown field `zz`, expected ");
        let listed = listed.map_or("", |(_, listed)| listed).split('`').skip(1);
        listed.step_by(2).map(str::to_string).collect()
    }

    /// Checks every setting below `keys` with a value that it does not accept; returns how many there are.
    fn check_below(keys: &[&str]) -> usize {
        let below = keys_below(keys);
        let mut count = below.len();
        for key in &below {
            let keys = [keys, &[key.as_str()]].concat();
            let (path, line) = (keys.join("."), format!("line {}", keys.len()));
            let errors = ["5", "true", "word", "[[[5]]]", "{zz: [[[5]]]}"]
                .map(|value| error(&nested(&keys, value)));
            let said: Vec<&String> = errors.iter().filter(|error| !error.is_empty()).collect();
            assert!(!said.is_empty(), "{path} takes anything");
            // A value that is right may need another one beside it.
            let above = format!("{}: `", keys[..keys.len() - 1].join("."));
            let is_incomplete =
                |error: &str| error.contains(&above) && error.contains("is missing");
            for error in said.into_iter().filter(|error| !is_incomplete(error)) {
                assert!(
                    error.starts_with("`tickbook.yaml`: ") && error.contains(&path),
                    "{path}: {error}"
                );
                assert!(error.contains(&line), "{path}: {error}");
                assert!(!error.contains("expected struct"), "{path}: {error}");
            }
            count += check_below(&keys);
        }
        count
    }

    #[test]
    fn every_setting_of_another_type_is_reported_with_its_key_and_line() {
        assert!(check_below(&[]) > 80, "{}", check_below(&[]));
        let check = |text: &str, expected: &str| {
            assert_eq!(error(text), format!("`tickbook.yaml`: {expected}"))
        };
        check(
            "lang: en\nsite: {title: 5}",
            "site.title: invalid type: integer `5`, expected a string; put it in quotes at line 2",
        );
        check(
            "preset: [none]",
            "preset: invalid type: sequence, expected a string at line 1",
        );
        check(
            "site: 5",
            "site: invalid type: integer `5`, expected keys and values at line 1",
        );
        check("\ncontent: ' '", "content: it is empty at line 2");
        check(
            "- a",
            "invalid type: sequence, expected keys and values at line 1",
        );
    }
}

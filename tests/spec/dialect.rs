//! Compares what `tickbook inspect` says of the dialect's examples with what they expect. The
//! head of `dialect.yaml` says what the keys mean.

use std::collections::{BTreeMap, HashMap};

use regex::Regex;
use serde::Deserialize;
use serde_json::{Map, Value};
use tickbook::config::Config;
use tickbook::inspect::inspect;
use tickbook::markdown::parse;
use tickbook::source::{FileId, Source};
use tickbook::strings::Strings;

use crate::outline::outline;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: usize,
    #[serde(rename = "title")]
    _title: String,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    source: String,
    #[serde(flatten)]
    expected: Map<String, Value>,
}

/// What is wrong with each example, by its case's number and its name.
pub fn failures(cases: &str) -> BTreeMap<String, Option<String>> {
    let cases: Vec<Case> = serde_yaml::from_str(cases).unwrap();
    let named = cases.iter().flat_map(|case| {
        case.examples
            .iter()
            .map(move |example| (format!("{}: {}", case.case, example.name), example))
    });
    let named: Vec<_> = named.collect();
    let sources: HashMap<&str, &str> = named
        .iter()
        .map(|(_, example)| (example.name.as_str(), example.source.as_str()))
        .collect();
    let failure = |example: &Example| {
        let wrong = Reading::new(&example.source).compare_all(&example.expected, &sources);
        (!wrong.is_empty()).then(|| format!("{}\n{}", example.source, wrong.join("\n")))
    };
    let count = named.len();
    let failures: BTreeMap<_, _> = named
        .iter()
        .map(|(name, example)| (name.clone(), failure(example)))
        .collect();
    assert_eq!(
        failures.len(),
        count,
        "two examples of a case have one name"
    );
    failures
}

/// An example's source and what was read from it.
struct Reading<'s> {
    source: &'s str,
    found: Value,
    tree: Tree,
}

/// What the tree shows that `tickbook inspect` does not.
struct Tree {
    outline: String,
    without_spans: String,
}

impl Tree {
    fn read(source: &str) -> Self {
        let (document, _) = parse(source, FileId(0), &Config::defaults().components);
        let span = Regex::new(r"Span \{ start: \d+, end: \d+ \}").unwrap();
        let shown = format!("{:?}", document.blocks);
        Self {
            outline: outline(&document.blocks),
            without_spans: span.replace_all(&shown, "").into_owned(),
        }
    }
}

impl<'s> Reading<'s> {
    fn new(source: &'s str) -> Self {
        let config = Config::defaults();
        let strings = Strings::load(config.lang);
        let document = Source {
            path: "example.md".to_string(),
            text: source.to_string(),
        };
        let found = inspect(&document, &config, &strings).unwrap();
        Self {
            source,
            found,
            tree: Tree::read(source),
        }
    }

    /// What differs from `expected`, a line for each difference.
    fn compare_all(
        &self,
        expected: &Map<String, Value>,
        sources: &HashMap<&str, &str>,
    ) -> Vec<String> {
        let mut wrong = Vec::new();
        for (key, expected) in expected {
            match key.as_str() {
                "outline" => differ(&mut wrong, key, &Value::from(&*self.tree.outline), expected),
                "findings" => self.findings(&mut wrong, expected),
                "no_findings" => self.no_findings(&mut wrong, expected),
                "same_as" => {
                    let other = Tree::read(sources[text(expected)]);
                    let (found, other) = (&*self.tree.without_spans, &*other.without_spans);
                    differ(&mut wrong, key, &Value::from(found), &Value::from(other));
                }
                _ => self.content(&mut wrong, key, key, &self.found, expected),
            }
        }
        wrong
    }

    /// Compares one of the keys that body and attribute Markdown share.
    fn content(
        &self,
        wrong: &mut Vec<String>,
        at: &str,
        key: &str,
        found: &Value,
        expected: &Value,
    ) {
        let text_found = text(&found["text"]);
        match key {
            "headings" | "components" | "links" | "images" => {
                let (found, expected) = (list(&found[key]), list(expected));
                if found.len() != expected.len() {
                    wrong.push(format!(
                        "{at}: {} expected, found {found:?}",
                        expected.len()
                    ));
                }
                for (index, (found, expected)) in found.iter().zip(expected).enumerate() {
                    self.node(wrong, &format!("{at}[{index}]"), found, expected);
                }
            }
            "list_items" | "tables" | "code" => differ(wrong, at, &found[key], expected),
            "text" => {
                let (found, expected) =
                    (without_blanks(text_found), without_blanks(text(expected)));
                differ(wrong, at, &Value::from(found), &Value::from(expected));
            }
            "text_has" | "text_lacks" => {
                let found = single_blanks(text_found);
                for piece in list(expected) {
                    if found.contains(&single_blanks(text(piece))) != (key == "text_has") {
                        wrong.push(format!("{at}: {piece}, found {found:?}"));
                    }
                }
            }
            _ => panic!("{at} is no key of an example"),
        }
    }

    fn node(&self, wrong: &mut Vec<String>, at: &str, found: &Value, expected: &Value) {
        for (key, expected) in expected.as_object().unwrap() {
            let at = format!("{at}.{key}");
            match key.as_str() {
                "source" => differ(wrong, &at, &Value::from(self.slice(found)), expected),
                "markdown" => {
                    for (key, expected) in expected.as_object().unwrap() {
                        self.content(
                            wrong,
                            &format!("{at}.{key}"),
                            key,
                            &found["markdown"],
                            expected,
                        );
                    }
                }
                "attributes" => differ(wrong, &at, &found[key], &flags(expected)),
                "text" => {
                    let found = single_blanks(text(&found[key]));
                    differ(wrong, &at, &Value::from(found), expected);
                }
                "name" | "placement" | "paired" | "level" | "url" => {
                    differ(wrong, &at, &found[key], expected);
                }
                _ => panic!("{at} is no key of a node"),
            }
        }
    }

    fn findings(&self, wrong: &mut Vec<String>, expected: &Value) {
        for expected in list(expected) {
            let piece = text(&expected["at"]);
            let is_met = self.source.match_indices(piece).any(|(start, _)| {
                list(&self.found["diagnostics"]).iter().any(|found| {
                    let [from, to] = span(found);
                    let is_rule = expected
                        .get("rule")
                        .is_none_or(|rule| *rule == found["rule"]);
                    is_rule && from < start + piece.len() && start < to
                })
            });
            if !is_met {
                wrong.push(format!(
                    "no finding {expected} in {}",
                    self.found["diagnostics"]
                ));
            }
        }
    }

    fn no_findings(&self, wrong: &mut Vec<String>, expected: &Value) {
        for found in list(&self.found["diagnostics"]) {
            if list(expected).contains(&found["rule"]) {
                wrong.push(format!("unexpected finding {found}"));
            }
        }
    }

    fn slice(&self, node: &Value) -> &str {
        let [start, end] = span(node);
        self.source.get(start..end).unwrap_or("<no span>")
    }
}

fn differ(wrong: &mut Vec<String>, at: &str, found: &Value, expected: &Value) {
    if found != expected {
        wrong.push(format!("{at}: expected {expected}, found {found}"));
    }
}

fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
}

fn list(value: &Value) -> &[Value] {
    value
        .as_array()
        .unwrap_or_else(|| panic!("{value} is no list"))
}

fn span(node: &Value) -> [usize; 2] {
    serde_json::from_value(node["span"].clone()).unwrap()
}

/// Attributes with `true` for those without a value.
fn flags(attributes: &Value) -> Value {
    let flag = |value: &Value| {
        if value.is_null() {
            Value::Bool(true)
        } else {
            value.clone()
        }
    };
    let attributes = attributes.as_object().unwrap().iter();
    attributes
        .map(|(name, value)| (name.clone(), flag(value)))
        .collect::<Map<_, _>>()
        .into()
}

fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

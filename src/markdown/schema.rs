//! Which components exist and how their attributes are read.
//!
//! The built-in components are in `presets/components.yaml` and are defined in the same way as a
//! user's own, which come from `components:` in `tickbook.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// How the value of an attribute is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AttributeKind {
    /// Plain text, an icon for instance.
    Text,
    /// Inline Markdown.
    Inline,
    /// Block Markdown.
    Markdown,
    /// An address.
    Url,
    /// A whole number.
    Number,
}

/// One component.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComponentSchema {
    /// Attribute names and how they are read.
    #[serde(default)]
    pub attributes: BTreeMap<String, AttributeKind>,
    /// Whether Markdown may be between an opening and a closing tag.
    #[serde(default)]
    pub children: bool,
    /// What the component is to the model; `None` for one that only shows something.
    #[serde(default)]
    pub role: Option<Role>,
}

/// What a component is to the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It warns or informs the reader.
    Notice,
}

/// All components by name.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Schema {
    components: BTreeMap<String, ComponentSchema>,
}

impl Schema {
    /// The component `name`; `None` when nobody declared it.
    pub fn get(&self, name: &str) -> Option<&ComponentSchema> {
        self.components.get(name)
    }

    /// Adds or replaces components.
    pub fn extend(&mut self, other: Schema) {
        self.components.extend(other.components);
    }

    /// Every name, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.components.keys().map(String::as_str)
    }

    /// How `attribute` of `component` is read; `None` when either is not declared.
    pub fn attribute(&self, component: &str, attribute: &str) -> Option<AttributeKind> {
        self.get(component)?.attributes.get(attribute).copied()
    }

    /// The declared name at edit distance 1 or 2 from `name`.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.names())
    }
}

/// Furthest that a name is from the one that was meant, in characters.
const NEAR: usize = 2;

/// The candidate at edit distance 1 or 2 from `name`, the nearest first.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .filter_map(|candidate| Some((distance_within(name, candidate, NEAR)?, candidate)))
        .filter(|(distance, _)| *distance > 0)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Whether one character is to insert, delete or replace to make `b` of `a`.
pub fn is_one_edit_apart(a: &str, b: &str) -> bool {
    distance_within(a, b, 1) == Some(1)
}

/// Number of characters to insert, delete or replace to make `b` of `a`; `None` where it is more
/// than `most`. What both start and end with is set aside, and of the rest only lengths that
/// differ by no more than `most` are compared, so that the time is that of reading both.
fn distance_within(a: &str, b: &str, most: usize) -> Option<usize> {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let start: usize = shared.map(|(a, _)| a.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let shared = a.chars().rev().zip(b.chars().rev());
    let shared = shared.take_while(|(a, b)| a == b);
    let end: usize = shared.map(|(a, _)| a.len_utf8()).sum();
    let a: Vec<char> = a[..a.len() - end].chars().collect();
    let b: Vec<char> = b[..b.len() - end].chars().collect();
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    banded(&a, &b, most)
}

/// The distance by a table of which only the cells at most `most` beside the diagonal are filled.
fn banded(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let far = most + 1;
    let mut row: Vec<usize> = (0..=b.len()).map(|column| column.min(far)).collect();
    for (i, from) in a.iter().enumerate() {
        let (first, last) = ((i + 1).saturating_sub(most), (i + 1 + most).min(b.len()));
        let mut diagonal = row[first.saturating_sub(1)];
        if first == 0 {
            row[0] = i + 1;
        } else {
            row[first - 1] = far;
        }
        for j in first.max(1)..=last {
            let replaced = diagonal + usize::from(*from != b[j - 1]);
            diagonal = row[j];
            let above = if j == i + 1 + most { far } else { diagonal + 1 };
            row[j] = replaced.min(row[j - 1] + 1).min(above).min(far);
        }
        if row[first.saturating_sub(1)..=last]
            .iter()
            .all(|distance| *distance > most)
        {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestion_only_within_two_edits() {
        let schema: Schema = serde_yaml::from_str("Callout: {}\nTag: {}").unwrap();
        assert_eq!(schema.nearest("Calout"), Some("Callout"));
        assert_eq!(schema.nearest("Table"), None);
        assert_eq!(schema.nearest("Callout"), None);
        assert!(is_one_edit_apart("통합인증", "통합인정"));
    }

    /// The distance by the whole table.
    fn whole(a: &[char], b: &[char]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, from) in a.iter().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, to) in b.iter().enumerate() {
                let replaced = diagonal + usize::from(from != to);
                diagonal = row[j + 1];
                row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
            }
        }
        row[b.len()]
    }

    #[test]
    fn distance_up_to_a_limit_is_that_of_the_whole_table() {
        let words: Vec<String> = (0..3_usize.pow(5))
            .flat_map(|number| {
                let digit =
                    move |place: u32| char::from(b'a' + (number / 3_usize.pow(place) % 3) as u8);
                (0..=5).map(move |length| (0..length).map(digit).collect())
            })
            .collect();
        for a in words.iter().step_by(7) {
            for b in words.iter().step_by(5) {
                let letters = |word: &str| word.chars().collect::<Vec<_>>();
                let expected = whole(&letters(a), &letters(b));
                for most in 0..4 {
                    let expected = (expected <= most).then_some(expected);
                    assert_eq!(distance_within(a, b, most), expected, "{a} {b} {most}");
                }
            }
        }
    }
}

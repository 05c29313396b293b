//! Defines the ids of headings.
//!
//! An own id is the path of the headings above: `결제창-일반-정기결제/live/설정방법`. Each part is
//! the heading's slug, or a mode's key; a single heading of level 1 is not part of the path below
//! it, because it names the page. Pages also answer to the ids in older addresses, which count the
//! headings of level 2 to 4 from 0: `#7_통합인증`; and to the ids that code hosts generate.
//!
//! An id that the author gave a heading, as in `## 설치하기 {#install}`, is an additional id. It
//! changes no other id: the paths below it, the addresses of sheets and existing links stay valid
//! when such an id is added. An id that the page already has is not added again.
//!
//! In a guide, every item of a mode also has an id: the id of the mode's part and the item's tick
//! key, `결제창-일반-정기결제/live:fields/mid`.

use std::collections::{HashMap, HashSet};

use crate::hangul::is_alphanumeric;
use crate::markdown::node::{Block, Heading};
use crate::markdown::text::label_text;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::conventions::{Conventions, Opens};
use crate::model::limit::MAX_ID_PART;
use crate::normal::composed;
use crate::source::Span;

/// Slug of a heading without letters or digits.
const EMPTY_SLUG: &str = "section";

/// Separates the part of a guide and an item in it; occurs in no heading's own id.
const ITEM: char = ':';

/// A heading and its ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// `1..=6`.
    pub level: u8,
    /// Text of the heading, on one line.
    pub text: String,
    /// Own id, unique in its page.
    pub id: String,
    /// Ids that its author gave it; no other heading of the page has them.
    pub ids: Vec<String>,
    /// Legacy id; `None` outside levels 2 to 4.
    pub legacy: Option<String>,
    /// The heading's bytes, which identify it.
    pub span: Span,
}

impl Anchor {
    /// The id to link to: the one from its author, which does not change with the text, or else
    /// its own.
    pub fn address(&self) -> &str {
        self.ids.first().unwrap_or(&self.id)
    }
}

/// The anchors of a document, in order. Headings inside attributes have none.
pub fn anchors(blocks: &[Block], conventions: &Conventions<'_>) -> Vec<Anchor> {
    let mut headings: Vec<&Heading> = Vec::new();
    walk(blocks, Attributes::Skip, &mut |node| {
        if let Node::Block(Block::Heading(heading)) = node {
            headings.push(heading);
        }
    });
    let names_page = headings.iter().filter(|heading| heading.level == 1).count() == 1;
    let mut path: Vec<(u8, String)> = Vec::new();
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut counted = 0;
    let mut anchors = Vec::with_capacity(headings.len());
    for heading in &headings {
        let text = label_text(&heading.inlines);
        let mut part = match conventions.opens(&text) {
            Opens::Mode(mode) => slug(&conventions.mode(mode).key),
            _ => slug(&text),
        };
        // Every heading below repeats it.
        part.truncate(part.floor_char_boundary(MAX_ID_PART));
        while path
            .last()
            .is_some_and(|(level, _)| *level >= heading.level)
        {
            path.pop();
        }
        let above = path
            .last()
            .map(|(_, id)| format!("{id}/"))
            .unwrap_or_default();
        let id = unique(format!("{above}{part}"), &mut taken);
        if heading.level > 1 || !names_page {
            path.push((heading.level, id.clone()));
        }
        let legacy = (2..=4).contains(&heading.level).then(|| {
            counted += 1;
            legacy_id(counted - 1, &text)
        });
        anchors.push(Anchor {
            level: heading.level,
            text,
            id,
            ids: Vec::new(),
            legacy,
            span: heading.span,
        });
    }
    give_ids(&mut anchors, &headings);
    anchors
}

/// Adds the ids that authors gave headings, unless the page already has them.
fn give_ids(anchors: &mut [Anchor], headings: &[&Heading]) {
    if headings.iter().all(|heading| heading.ids.is_empty()) {
        return;
    }
    let mut taken: HashSet<String> = anchors.iter().map(|anchor| anchor.id.clone()).collect();
    for (anchor, heading) in anchors.iter_mut().zip(headings) {
        let given = heading.ids.iter().map(|id| &id.text);
        anchor
            .ids
            .extend(given.filter(|id| taken.insert((*id).clone())).cloned());
    }
}

/// Id of the item with this tick key, in the part with this id.
pub fn item_id(part: &str, key: &str) -> String {
    format!("{part}{ITEM}{key}")
}

/// Whether an id can be that of an item.
pub fn is_item_id(id: &str) -> bool {
    id.contains(ITEM)
}

/// `{index}_{text}` with blanks as `-` and all else unchanged, as on the former site.
pub fn legacy_id(index: usize, text: &str) -> String {
    format!("{index}_{}", text.replace(' ', "-"))
}

/// The ids that code hosts generate, in order: lower case, blanks as `-`, without other marks;
/// repeated ones are numbered from 1. Pages answer to them, because links often contain them.
pub fn hosted_ids(anchors: &[Anchor]) -> impl Iterator<Item = String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    anchors.iter().map(move |anchor| {
        let plain = hosted_id(&anchor.text);
        let count = counts.entry(plain.clone()).or_default();
        *count += 1;
        match *count {
            1 => plain,
            count => format!("{plain}-{}", count - 1),
        }
    })
}

fn hosted_id(text: &str) -> String {
    let text = composed(text);
    let kept = text.chars().filter_map(|character| match character {
        ' ' => Some('-'),
        '-' | '_' => Some(character),
        _ => is_alphanumeric(character).then_some(character),
    });
    kept.flat_map(char::to_lowercase).collect()
}

/// Letters and digits of `text` in NFC, ASCII in lower case, every run of others as one `-`.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for character in composed(text).chars() {
        if is_alphanumeric(character) {
            slug.push(character.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let trimmed = slug.trim_end_matches('-');
    if trimmed.is_empty() {
        EMPTY_SLUG.to_string()
    } else {
        trimmed.to_string()
    }
}

/// The id itself, or with the first free number from 2 appended.
pub(super) fn unique(id: String, taken: &mut HashMap<String, usize>) -> String {
    let mut candidate = id.clone();
    while taken.contains_key(&candidate) {
        let count = taken.entry(id.clone()).or_insert(1);
        *count += 1;
        candidate = format!("{id}-{count}");
    }
    taken.insert(candidate.clone(), 1);
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::source::FileId;

    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let found = anchors(&document.blocks, &conventions);
        let found: Vec<_> = found
            .iter()
            .map(|anchor| (anchor.id.as_str(), anchor.legacy.as_deref()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ids_are_scoped_by_the_headings_above() {
        check(
            "## <Highlight text=\"결제창 일반/정기결제\" />\n### **실 연동**\n#### 설정방법\n## 통합인증",
            &[
                ("결제창-일반-정기결제", Some("0_결제창-일반/정기결제")),
                ("결제창-일반-정기결제/live", Some("1_실-연동")),
                ("결제창-일반-정기결제/live/설정방법", Some("2_설정방법")),
                ("통합인증", Some("3_통합인증")),
            ],
        );
    }

    #[test]
    fn several_headings_of_level_1_are_scopes() {
        check(
            "# A\n### 실 연동\n# B\n### 실 연동",
            &[
                ("a", None),
                ("a/live", Some("0_실-연동")),
                ("b", None),
                ("b/live", Some("1_실-연동")),
            ],
        );
    }

    #[test]
    fn hosted_ids_keep_words_and_number_repeats() {
        let anchor = |text: &str| Anchor {
            level: 2,
            text: text.into(),
            id: String::new(),
            ids: Vec::new(),
            legacy: None,
            span: Span::default(),
        };
        let anchors = ["결제창 (V1) / A_b", "가", "가"].map(anchor);
        let ids: Vec<_> = hosted_ids(&anchors).collect();
        assert_eq!(ids, ["결제창-v1--a_b", "가", "가-1"]);
    }

    #[test]
    fn given_ids_change_no_other_and_are_given_once() {
        let text = "## 설치 {#install}\n### 실 연동 {#설치}\n## 결제 {#install}<a id=\"pay\"></a>\n## b {#b}";
        check(
            text,
            &[
                ("설치", Some("0_설치")),
                ("설치/live", Some("1_실-연동")),
                ("결제", Some("2_결제")),
                ("b", Some("3_b")),
            ],
        );
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        let (document, _) = parse(text, FileId(0), &config.components);
        let found = anchors(&document.blocks, &conventions);
        let ids: Vec<_> = found.iter().map(|anchor| anchor.ids.join(" ")).collect();
        assert_eq!(ids, ["install", "", "pay", ""]);
        let addresses: Vec<_> = found.iter().map(Anchor::address).collect();
        assert_eq!(addresses, ["install", "설치/live", "pay", "b"]);
    }

    #[test]
    fn empty_headings_count_and_repeated_ones_are_numbered() {
        check(
            "# 제목\n## A\n##\n## A\n## A\n##### B",
            &[
                ("제목", None),
                ("a", Some("0_A")),
                ("section", Some("1_")),
                ("a-2", Some("2_A")),
                ("a-3", Some("3_A")),
                ("a-3/b", None),
            ],
        );
    }
}

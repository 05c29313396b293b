//! What the fragment of an address leads to in a page: headings, accordions, items.

use std::collections::{HashMap, HashSet};

use crate::model::accordion::Accordion;
use crate::model::anchor::{Anchor, hosted_ids, is_item_id};
use crate::model::page::Page;
use crate::model::tick;
use crate::normal::composed;
use crate::source::Span;

/// Indexes of a page's anchors by each kind of id.
#[derive(Debug)]
pub(super) struct Fragments {
    own: HashMap<String, usize>,
    given: HashMap<String, usize>,
    legacy: HashMap<String, usize>,
    accordions: HashMap<String, usize>,
}

impl Fragments {
    fn of(anchors: &[Anchor], accordions: &[Accordion]) -> Self {
        let own = anchors.iter().map(|anchor| Some(anchor.id.clone()));
        let mut given = HashMap::new();
        for (index, anchor) in anchors.iter().enumerate() {
            for id in &anchor.ids {
                given.entry(id.clone()).or_insert(index);
            }
        }
        let legacy = anchors.iter().map(|anchor| anchor.legacy.clone());
        Self {
            own: first_by_id(own),
            given,
            legacy: first_by_id(legacy),
            accordions: first_by_id(accordions.iter().map(|one| Some(one.id.clone()))),
        }
    }
}

/// The first index of each id.
fn first_by_id(ids: impl Iterator<Item = Option<String>>) -> HashMap<String, usize> {
    let mut first = HashMap::new();
    for (index, id) in ids.enumerate() {
        if let Some(id) = id {
            first.entry(id).or_insert(index);
        }
    }
    first
}

impl Page {
    /// The heading of a fragment: by its own id, one from its author, a legacy one, or one that
    /// code hosts generate.
    pub fn anchor(&self, fragment: &str) -> Option<&Anchor> {
        let fragment: &str = &composed(fragment);
        let fragments = self.fragments();
        let at = fragments
            .own
            .get(fragment)
            .or_else(|| fragments.given.get(fragment))
            .or_else(|| fragments.legacy.get(fragment))
            .or_else(|| self.hosted().get(fragment));
        self.anchors.get(*at?)
    }

    /// The heading with this own id.
    pub fn anchor_of_id(&self, id: &str) -> Option<&Anchor> {
        self.anchors.get(*self.fragments().own.get(id)?)
    }

    /// Whether a heading has this id as its own or from its author.
    pub fn has_id(&self, id: &str) -> bool {
        let fragments = self.fragments();
        fragments.own.contains_key(id) || fragments.given.contains_key(id)
    }

    /// The heading at these bytes.
    pub fn anchor_at(&self, heading: Span) -> Option<&Anchor> {
        let next = self.anchors.partition_point(|anchor| anchor.span < heading);
        let anchor = self.anchors.get(next);
        anchor.filter(|anchor| anchor.span == heading)
    }

    /// The accordion with this id.
    pub fn accordion(&self, id: &str) -> Option<&Accordion> {
        self.accordions
            .get(*self.fragments().accordions.get(&*composed(id))?)
    }

    /// The accordion at these bytes.
    pub fn accordion_at(&self, component: Span) -> Option<&Accordion> {
        let next = self
            .accordions
            .partition_point(|one| one.span.start < component.start);
        let accordion = self.accordions.get(next);
        accordion.filter(|one| one.span == component)
    }

    /// Whether a fragment leads to a heading, an accordion or an item.
    pub fn has_place(&self, fragment: &str) -> bool {
        self.anchor(fragment).is_some() || self.has_part(fragment)
    }

    /// Whether a fragment leads to what is no heading: an accordion or an item.
    pub fn has_part(&self, fragment: &str) -> bool {
        self.accordion(fragment).is_some() || self.has_item(fragment)
    }

    /// Whether a fragment is the id of an item.
    pub fn has_item(&self, fragment: &str) -> bool {
        is_item_id(fragment) && self.items().contains(fragment)
    }

    fn fragments(&self) -> &Fragments {
        self.fragments
            .get_or_init(|| Fragments::of(&self.anchors, &self.accordions))
    }

    fn hosted(&self) -> &HashMap<String, usize> {
        self.hosted.get_or_init(|| {
            let ids = hosted_ids(&self.anchors);
            first_by_id(ids.map(|id| (!id.is_empty()).then_some(id)))
        })
    }

    fn items(&self) -> &HashSet<String> {
        self.items
            .get_or_init(|| self.guide.iter().flat_map(tick::ids).collect())
    }
}

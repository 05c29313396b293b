//! Defines the ids of accordions: components with a title that opens their content.
//!
//! An id is the slug of the title, so it does not change with the headings around it; one that the page already
//! has, be it of a heading or of an earlier accordion, gets the first free number from 2. An `id` attribute takes
//! its place, unless the page already has that id. Accordions in attributes and in running text have none, and
//! neither have those without a title: a heading that is the first thing in one has an id of its own.

use std::collections::HashMap;

use crate::markdown::heading_id::id_of;
use crate::markdown::node::{Block, Component, Placement};
use crate::markdown::schema::Schema;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::anchor::{Anchor, hosted_ids, is_item_id, slug, unique};
use crate::model::limit::MAX_ID_PART;
use crate::source::Span;

/// An accordion that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accordion {
    /// Its title, on one line.
    pub title: String,
    /// Its id, unique in its page.
    pub id: String,
    /// The component's bytes, which identify it.
    pub span: Span,
}

/// The accordions of a document, in order.
pub fn accordions(blocks: &[Block], schema: &Schema, anchors: &[Anchor]) -> Vec<Accordion> {
    let mut titled: Vec<(&Component, String)> = Vec::new();
    walk(blocks, Attributes::Skip, &mut |node| {
        if let Node::Block(Block::Component(component)) = node
            && component.placement == Placement::Flow
            && let Some((title, _)) = schema.details_title(component)
        {
            titled.push((component, title));
        }
    });
    if titled.is_empty() {
        return Vec::new();
    }
    let mut taken = ids_of(anchors);
    // What authors wrote comes first, whatever is above it.
    let given = titled.iter().map(|(component, _)| {
        let id = given_id(component).filter(|id| !taken.contains_key(id))?;
        Some(unique(id, &mut taken))
    });
    let given: Vec<Option<String>> = given.collect();
    let all = titled.into_iter().zip(given);
    let all = all.map(|((component, title), given)| Accordion {
        id: given.unwrap_or_else(|| unique(title_id(&title), &mut taken)),
        title,
        span: component.span,
    });
    all.collect()
}

/// Every id by which a heading of the page is found.
fn ids_of(anchors: &[Anchor]) -> HashMap<String, usize> {
    let own = anchors.iter().flat_map(|anchor| {
        let ids = anchor.ids.iter().chain(&anchor.legacy);
        ids.chain([&anchor.id]).cloned()
    });
    own.chain(hosted_ids(anchors)).map(|id| (id, 1)).collect()
}

fn given_id(component: &Component) -> Option<String> {
    let id = id_of(component.attribute("id")?.value.as_deref()?.trim())?;
    (!is_item_id(&id)).then_some(id)
}

fn title_id(title: &str) -> String {
    let mut id = slug(title);
    id.truncate(id.floor_char_boundary(MAX_ID_PART));
    id
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::markdown::parse;
    use crate::model::anchor::anchors;
    use crate::model::conventions::Conventions;
    use crate::source::FileId;

    fn check(text: &str, expected: &[&str]) {
        let config = Config::defaults();
        let (document, _) = parse(text, FileId(0), &config.components);
        let anchors = anchors(&document.blocks, &Conventions::new(&config).unwrap());
        let found = accordions(&document.blocks, &config.components, &anchors);
        let ids: Vec<_> = found.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, expected, "{text}");
    }

    #[test]
    fn ids_come_from_titles_and_are_unique_on_the_page() {
        check(
            "<Accordion title=\"환불은 어떻게 합니까?\" content=\"가\" />\n\n<Accordion title=\"환불은 어떻게 합니까\" content=\"나\" />",
            &["환불은-어떻게-합니까", "환불은-어떻게-합니까-2"],
        );
        check("<Accordion title=\"?\" />", &["section"]);
        check("<Accordion content=\"가\" />", &[]);
    }

    #[test]
    fn ids_of_headings_are_theirs() {
        check(
            "# 글\n\n<Accordion title=\"환불\" />\n\n## 환불\n\n## 취소 {#cancel}\n\n<Accordion title=\"Cancel\" />",
            &["환불-2", "cancel-2"],
        );
    }

    #[test]
    fn an_id_of_the_author_wins_unless_it_is_taken() {
        check(
            "<Accordion title=\"Refund\" />\n\n<Accordion title=\"가\" id=\"refund\" />\n\n<Accordion title=\"나\" id=\"refund\" />",
            &["refund-2", "refund", "나"],
        );
    }
}

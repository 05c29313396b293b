//! Headings that links lead to, so that an edit does not break an address.

use std::collections::HashSet;

use crate::check::context::Context;
use crate::markdown::node::{Block, Component, Inline};
use crate::markdown::schema::AttributeKind;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::site::Target;
use crate::source::FileId;

/// Links into the pages of a site, by page.
#[derive(Debug)]
pub(super) struct Leads {
    pages: Vec<PageLeads>,
}

/// Links into one page.
#[derive(Debug, Default)]
struct PageLeads {
    /// First byte of the last heading that a link names by its legacy id, which counts headings.
    last_counted: Option<usize>,
    /// Own ids of the headings that links lead to, and of those above them.
    ids: HashSet<String>,
}

impl Leads {
    /// Gathers the links of all documents.
    pub fn read(context: &Context<'_>) -> Self {
        let pages = context
            .site
            .pages
            .iter()
            .map(|_| PageLeads::default())
            .collect();
        let mut leads = Self { pages };
        for (file, page) in context.pages() {
            walk(
                &page.document.blocks,
                Attributes::Enter,
                &mut |node| match node {
                    Node::Inline(Inline::Link(link)) => leads.add(file, &link.url, context),
                    Node::Block(Block::Component(component))
                    | Node::Inline(Inline::Component(component)) => {
                        for url in addresses(component, context) {
                            leads.add(file, url, context);
                        }
                    }
                    _ => {}
                },
            );
        }
        leads
    }

    /// Whether a link counts headings up to one at `start` or after it.
    pub fn count_behind(&self, file: FileId, start: usize) -> bool {
        let last = self.pages[file.0].last_counted;
        last.is_some_and(|last| last >= start)
    }

    /// Whether a link leads to the heading with this own id, or to one below it.
    pub fn lead_below(&self, file: FileId, id: &str) -> bool {
        self.pages[file.0].ids.contains(id)
    }

    fn add(&mut self, from: FileId, url: &str, context: &Context<'_>) {
        let Some((_, written)) = url.split_once('#') else {
            return;
        };
        let Target::Page {
            page,
            fragment,
            is_known: true,
        } = context.site.target(from.0, url)
        else {
            return;
        };
        let Some(anchor) = context.site.pages[page].anchor_of_id(&fragment) else {
            return;
        };
        let leads = &mut self.pages[page];
        if is_legacy(written) {
            leads.last_counted = leads.last_counted.max(Some(anchor.span.start));
        }
        let ends = fragment.match_indices('/').map(|(at, _)| at);
        for end in ends.chain([fragment.len()]) {
            leads.ids.insert(fragment[..end].to_string());
        }
    }
}

/// Whether a fragment counts headings, as in `7_가`; own ids hold no `_`.
fn is_legacy(fragment: &str) -> bool {
    let digits = fragment.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < fragment.len() && digits.starts_with('_')
}

fn addresses<'a>(component: &'a Component, context: &Context<'_>) -> Vec<&'a str> {
    let schema = context.conventions.schema;
    let attributes = component.attributes.iter();
    attributes
        .filter(|attribute| {
            let kind = schema.attribute(&component.name, &attribute.name);
            kind == Some(AttributeKind::Url)
        })
        .filter_map(|attribute| attribute.value.as_deref())
        .collect()
}

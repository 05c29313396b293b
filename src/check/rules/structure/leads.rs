//! Headings that links lead to, so that an edit does not break an address.

use crate::check::context::Context;
use crate::markdown::node::{Block, Component, Inline};
use crate::markdown::schema::AttributeKind;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::site::Target;
use crate::source::FileId;

/// Links into the pages of a site, by page.
#[derive(Debug)]
pub(super) struct Leads {
    pages: Vec<Vec<Lead>>,
}

/// A link to a heading.
#[derive(Debug)]
struct Lead {
    /// First byte of the heading.
    start: usize,
    /// The heading's own id.
    id: String,
    /// Whether the link names it by its legacy id, which counts headings.
    is_legacy: bool,
}

impl Leads {
    /// Gathers the links of all documents.
    pub fn read(context: &Context<'_>) -> Self {
        let pages = context.site.pages.iter().map(|_| Vec::new()).collect();
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

    /// Whether a link counts headings up to one at `start` or behind it.
    pub fn count_behind(&self, file: FileId, start: usize) -> bool {
        let mut leads = self.pages[file.0].iter();
        leads.any(|lead| lead.is_legacy && lead.start >= start)
    }

    /// Whether a link leads to the heading with this own id, or to one below it.
    pub fn lead_below(&self, file: FileId, id: &str) -> bool {
        let mut leads = self.pages[file.0].iter();
        leads.any(|lead| {
            let rest = lead.id.strip_prefix(id);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
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
        let anchors = &context.site.pages[page].anchors;
        if let Some(anchor) = anchors.iter().find(|anchor| anchor.id == fragment) {
            self.pages[page].push(Lead {
                start: anchor.span.start,
                is_legacy: is_legacy(written),
                id: fragment,
            });
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

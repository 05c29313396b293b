//! The reader: text in, tree out. Pure, and it never fails.
//!
//! ```text
//! text ─frontmatter→ body ─normalise→ LF text ─scan→ tags ─mask→ CommonMark ─tree→ blocks
//!                                        ↑                          │
//!                                        └── attribute values ──────┘
//! ```
//!
//! Every fault of the text is a [`Diagnostic`], the text stays visible, and every node has its
//! bytes in the file. pulldown-cmark is named in `emphasis`, `mask` and `tree` only.

mod admonition;
mod attribute;
pub mod bound;
mod braces;
mod containers;
mod directive;
mod element;
mod emphasis;
mod esm;
pub mod fence;
pub mod frontmatter;
pub mod heading_id;
mod hidden;
mod indent;
mod line_note;
mod mask;
pub mod node;
mod offsets;
pub mod reference;
pub mod role;
mod scan;
pub mod schema;
mod shortcode;
pub mod statement;
mod stray;
mod tag;
pub mod text;
mod tree;
mod unravel;
mod unread;
pub mod walk;

use std::collections::BTreeSet;
use std::mem;

use crate::diagnostic::{Diagnostic, sort};
use crate::markdown::bound::bind;
use crate::markdown::frontmatter::Frontmatter;
use crate::markdown::hidden::hide;
use crate::markdown::line_note::read_notes;
use crate::markdown::node::Block;
use crate::markdown::offsets::{Derived, Locator};
use crate::markdown::schema::{Dialect, Schema};
use crate::markdown::tree::Reader;
use crate::markdown::unravel::unravel;
use crate::source::{FileId, Span};

pub use crate::markdown::offsets::without_dropped;
pub use crate::markdown::tree::MAX_NESTING;

/// One document as a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Where it came from.
    pub file: FileId,
    /// Its metadata.
    pub frontmatter: Frontmatter,
    /// Its body.
    pub blocks: Vec<Block>,
}

/// Where a text that may be derived from another one leads back to.
fn locator<'a>(derived: Option<&'a Derived>, parent: &'a Locator<'a>) -> Locator<'a> {
    derived.map_or(*parent, |derived| Locator {
        derived,
        parent: Some(parent),
    })
}

/// Reads a document; findings come sorted by place. A paragraph that consists of components is
/// their blocks, a name that has a value is that value, a component that is hidden is not there, and
/// neither is a comment that marks a line of code. The text of a front page comes from the frontmatter.
pub fn parse(text: &str, file: FileId, schema: &Schema) -> (Document, Vec<Diagnostic>) {
    let (mut document, mut found) = parse_as_written(text, file, schema);
    if schema.dialect == Dialect::Mdx {
        bind(&mut document.blocks, text, schema, &mut found, file);
        sort(&mut found);
    }
    if schema.dialect != Dialect::Help {
        document.blocks = unravel(document.blocks, schema);
        read_notes(&mut document.blocks);
        let front = mem::take(&mut document.frontmatter.front);
        document.blocks.splice(0..0, front);
    }
    if schema.hides() {
        hide(&mut document.blocks, schema);
    }
    (document, found)
}

/// Reads a document as [`parse`] does, with every component where it is written.
pub fn parse_as_written(text: &str, file: FileId, schema: &Schema) -> (Document, Vec<Diagnostic>) {
    let keys = &schema.frontmatter;
    let (frontmatter, body, mut found) = frontmatter::read(text, file, keys, schema.company_key());
    let (_, in_frontmatter) = offsets::normalise(&text[..body], 0);
    let (derived, in_body) = offsets::normalise(text, body);
    for range in in_frontmatter.into_iter().chain(in_body) {
        let character = text[range.clone()].chars().next().unwrap_or_default();
        let span = Span::new(range.start, range.end);
        found.push(offsets::dropped(file, span, character));
    }
    let mut reader = Reader {
        schema,
        file,
        found,
        has_unread_expression: false,
        unknown_names: BTreeSet::new(),
    };
    let source = Locator {
        derived: &derived,
        parent: None,
    };
    let expanded = match schema.dialect {
        Dialect::Markdown => admonition::expand(&derived.text),
        Dialect::Help | Dialect::Mdx => None,
    };
    let expanded = locator(expanded.as_ref(), &source);
    let dedented = match schema.dialect {
        Dialect::Mdx | Dialect::Markdown => indent::dedent(&expanded.derived.text, schema.dialect),
        Dialect::Help => None,
    };
    let blocks = reader.blocks(locator(dedented.as_ref(), &expanded), 0);
    let mut found = reader.found;
    found.extend(stray::find(&blocks, text, file));
    found.extend(unread::find(&blocks, text, file));
    sort(&mut found);
    (
        Document {
            file,
            frontmatter,
            blocks,
        },
        found,
    )
}

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

mod attribute;
mod braces;
mod containers;
mod directive;
mod element;
mod emphasis;
mod esm;
pub mod fence;
pub mod frontmatter;
mod heading_id;
mod indent;
mod mask;
pub mod node;
mod offsets;
pub mod role;
mod scan;
pub mod schema;
mod stray;
mod tag;
pub mod text;
mod tree;
mod unravel;
mod unread;
pub mod walk;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, sort};
use crate::markdown::frontmatter::Frontmatter;
use crate::markdown::node::Block;
use crate::markdown::offsets::Locator;
use crate::markdown::schema::{Dialect, Schema};
use crate::markdown::tree::Reader;
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

/// Reads a document; findings come sorted by place.
pub fn parse(text: &str, file: FileId, schema: &Schema) -> (Document, Vec<Diagnostic>) {
    let (frontmatter, body, mut found) = frontmatter::read(text, file);
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
    let dedented = match schema.dialect {
        Dialect::Mdx => indent::dedent(&derived.text, schema.dialect),
        Dialect::Help | Dialect::Markdown => None,
    };
    let locator = dedented.as_ref().map(|derived| Locator {
        derived,
        parent: Some(&source),
    });
    let blocks = reader.blocks(locator.unwrap_or(source), 0);
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

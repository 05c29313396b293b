//! Where things are in a frontmatter block.

use crate::check::context::Context;
use crate::model::page::Page;
use crate::source::{FileId, Span};

/// Bytes of the first of `keys` that the block has; of its first line's text when it has none.
/// `None` for a document without frontmatter. A key below another one is given with its indent.
pub fn key(context: &Context<'_>, file: FileId, page: &Page, keys: &[&str]) -> Option<Span> {
    let block = page.document.frontmatter.span;
    let lines: Vec<(usize, &str)> = lines(context, file, block).collect();
    let find = |key: &&str| {
        let start = format!("{key}:");
        let found = lines.iter().find(|(_, line)| line.starts_with(&start));
        found.map(|(at, _)| Span::new(at + key.len() - key.trim_start().len(), at + key.len()))
    };
    keys.iter().find_map(find).or_else(|| {
        let (at, line) = lines.get(1)?;
        Some(Span::new(*at, at + line.len()))
    })
}

/// Lines of a block without line ends, each with where it starts.
fn lines<'c>(
    context: &'c Context<'_>,
    file: FileId,
    block: Span,
) -> impl Iterator<Item = (usize, &'c str)> {
    let mut at = block.start;
    let lines = context.slice(file, block).split_inclusive('\n');
    lines.map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end())
    })
}

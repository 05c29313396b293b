//! The part of each mode in a guide, and the ids by which headings are reached.

use crate::error::Error;
use crate::markdown::node::{Block, Heading};
use crate::model::anchor::Anchor;
use crate::model::page::Page;
use crate::render::html::Writer;
use crate::render::mode_part::ModePart;
use crate::render::theme::Shown;

/// An id without spaces, which HTML allows in none.
pub(super) fn as_id(id: &str) -> String {
    id.replace(char::is_whitespace, "-")
}

/// The id by which the former site knew a heading of a page.
pub(super) fn former_id(anchor: &Anchor, page: &Page) -> Option<String> {
    let former = anchor.legacy.as_deref()?;
    let is_taken = page.has_id(former);
    (!is_taken).then(|| as_id(former))
}

impl<'a> Writer<'a> {
    /// Blocks, with the part of each mode in a section of its own.
    pub(super) fn parts(&mut self, blocks: &[Block]) -> Result<(), Error> {
        let mut open = None;
        for block in blocks {
            if let Block::Heading(heading) = block {
                if open.is_some_and(|level| heading.level <= level) {
                    self.html.push_str("</section>\n");
                    open = None;
                }
                if let Some((anchor, part)) = self.part_of(heading) {
                    self.start_part(heading, anchor, part)?;
                    open = Some(heading.level);
                    continue;
                }
            }
            self.blocks(std::slice::from_ref(block))?;
        }
        if open.is_some() {
            self.html.push_str("</section>\n");
        }
        Ok(())
    }

    /// The part that a heading begins, and where it is reached.
    pub(super) fn part_of(&self, heading: &Heading) -> Option<(&'a Anchor, &'a ModePart)> {
        let parts = self.context.parts?;
        let anchor = self.context.site.pages[self.context.page].anchor_at(heading.span)?;
        Some((anchor, parts.get(&anchor.id)?))
    }

    pub(super) fn start_part(
        &mut self,
        heading: &Heading,
        anchor: &Anchor,
        part: &ModePart,
    ) -> Result<(), Error> {
        self.is_in_part_head = true;
        let heading = self.apart(|writer| writer.heading(heading))?;
        self.is_in_part_head = false;
        let page = &self.context.site.pages[self.context.page];
        let former = former_id(anchor, page).unwrap_or_default();
        let html = self.context.theme.render(
            "partials/mode_part.html",
            &[
                ("part", part as &dyn Shown),
                ("id", &anchor.id),
                ("former_id", &former),
                ("heading_html", &heading.trim_end()),
            ],
        )?;
        self.html.push_str(&html);
        Ok(())
    }
}

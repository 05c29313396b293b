//! Headings, lists, tables and code.

use std::fmt::Write;

use crate::error::Error;
use crate::markdown::node::{Alignment, Block, Cell, Heading, Item, List, Table};
use crate::render::html::image::{dark_twins, is_of_images};
use crate::render::html::parts::{as_id, former_id};
use crate::render::html::{Destination, Writer, copy_place, escape, tick_attributes};
use crate::render::url::fragment;

impl Writer<'_> {
    pub(super) fn block(&mut self, block: &Block) -> Result<(), Error> {
        match block {
            Block::Heading(node) => self.heading(node)?,
            Block::Paragraph(node) => {
                let mark = self.mark(node.span);
                let attributes = mark.map(tick_attributes).unwrap_or_default();
                let is_of_images = is_of_images(&node.inlines);
                let twins = self.dark_twins.len();
                if is_of_images && self.shows_one_of_two() {
                    self.dark_twins.extend(dark_twins(&node.inlines));
                }
                let class = match is_of_images {
                    true => " class=\"image\"",
                    false => "",
                };
                let _ = write!(self.html, "<p{class}{attributes}>");
                self.inlines(&node.inlines)?;
                self.dark_twins.truncate(twins);
                self.html.push_str("</p>\n");
            }
            Block::Quote(node) => {
                self.html.push_str("<blockquote>\n");
                self.blocks(&node.blocks)?;
                self.html.push_str("</blockquote>\n");
            }
            Block::List(node) => self.list(node)?,
            Block::Table(node) => self.table(node)?,
            Block::Code(node) => self.code(node),
            Block::Rule(_) => self.html.push_str("<hr>\n"),
            Block::Html(node) => {
                self.html.push_str("<p class=\"raw\">");
                self.text(&node.text);
                self.html.push_str("</p>\n");
            }
            Block::Comment(_) | Block::Esm(_) => {}
            Block::Footnote(node) => self.footnote(node)?,
            Block::Component(node) => {
                self.component(node)?;
                self.html.push('\n');
            }
        }
        Ok(())
    }

    /// Whether one picture is for a light and a dark one. A sheet counts its images, so it has
    /// all of them, and so have documents whose images were chosen for this site.
    pub(super) fn shows_one_of_two(&self) -> bool {
        self.context.figures.is_none() && self.context.config.components.is_lenient()
    }

    /// A heading without text, or one that says the page's title, leaves only the ids by which it
    /// can be reached. The page's title is the only heading of level 1.
    pub(super) fn heading(&mut self, node: &Heading) -> Result<(), Error> {
        let level = node.level.max(2);
        let page = &self.context.site.pages[self.context.page];
        let known = match self.context.destination {
            Destination::Page => page.anchor_at(node.span),
            _ => None,
        };
        let Some(anchor) = known else {
            if !node.inlines.is_empty() {
                self.wrap(&format!("h{}", level.max(4)), &node.inlines)?;
                self.html.push('\n');
            }
            return Ok(());
        };
        let former = former_id(anchor, page);
        let is_title = page.title_heading == Some(node.span);
        if node.inlines.is_empty() || is_title {
            let id = former.unwrap_or_else(|| as_id(&anchor.id));
            self.id_places([&id].into_iter().chain(&anchor.ids));
            self.html.push('\n');
            return Ok(());
        }
        let id = escape(&anchor.id);
        let _ = write!(self.html, "<h{level}");
        if !self.is_in_part_head {
            let _ = write!(self.html, " id=\"{id}\"");
        }
        self.html.push('>');
        let former = former.filter(|_| !self.is_in_part_head);
        self.id_places(former.iter().chain(&anchor.ids));
        self.inlines(&node.inlines)?;
        if !self.is_in_summary {
            let link = self.anchor_link("permalink", anchor.address(), &anchor.text);
            let _ = write!(self.html, " {link}");
        }
        let _ = writeln!(self.html, "</h{level}>");
        Ok(())
    }

    /// The link to a place of this page, by which its address is copied; `key` is that of its words.
    pub(super) fn anchor_link(&self, key: &str, id: &str, title: &str) -> String {
        let words = self.context.strings.page(key);
        let label = escape(&format!("{words}: {title}"));
        let href = escape(&fragment(id));
        format!("<a class=\"anchor\" href=\"{href}\" aria-label=\"{label}\"></a>")
    }

    /// Places without text that have these ids.
    fn id_places<'i>(&mut self, ids: impl Iterator<Item = &'i String>) {
        for id in ids {
            let _ = write!(self.html, "<span id=\"{}\"></span>", escape(id));
        }
    }

    pub(super) fn list(&mut self, list: &List) -> Result<(), Error> {
        let tag = if list.start.is_some() { "ol" } else { "ul" };
        let _ = write!(self.html, "<{tag}");
        if let Some(start) = list.start.filter(|start| *start != 1) {
            let _ = write!(self.html, " start=\"{start}\"");
        }
        self.html.push_str(">\n");
        for item in &list.items {
            self.item(item, list.tight)?;
        }
        let _ = writeln!(self.html, "</{tag}>");
        Ok(())
    }

    pub(super) fn item(&mut self, item: &Item, is_tight: bool) -> Result<(), Error> {
        let mark = self.mark(item.span);
        let literal = self
            .context
            .marks
            .map_or("", |marks| marks.literal(item.span));
        // A box that is ticked here is the checklist's.
        let checked = item.checked.filter(|_| mark.is_none());
        match checked {
            Some(checked) => {
                let state = if checked { " checked" } else { "" };
                let label =
                    self.context
                        .strings
                        .page(if checked { "task_done" } else { "task_open" });
                let label = escape(label);
                let _ = write!(
                    self.html,
                    "<li class=\"task\"><input type=\"checkbox\" disabled{state} aria-label=\"{label}\"> "
                );
            }
            None => {
                let attributes = mark.map(tick_attributes).unwrap_or_default();
                let _ = write!(self.html, "<li{attributes}>");
            }
        }
        for (index, block) in item.blocks.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) if is_tight => {
                    if index > 0 {
                        self.html.push('\n');
                    }
                    self.inlines(&paragraph.inlines)?;
                    if index == 0 {
                        self.html.push_str(&copy_place(literal));
                    }
                }
                Block::Paragraph(paragraph) if index == 0 => {
                    self.html.push_str("\n<p>");
                    self.inlines(&paragraph.inlines)?;
                    let _ = writeln!(self.html, "{}</p>", copy_place(literal));
                }
                block => {
                    self.html.push('\n');
                    self.block(block)?;
                }
            }
        }
        self.html.push_str("</li>\n");
        Ok(())
    }

    pub(super) fn table(&mut self, table: &Table) -> Result<(), Error> {
        self.tables += 1;
        let label = escape(&format!(
            "{} {}",
            self.context.strings.page("table"),
            self.tables
        ));
        let _ = write!(
            self.html,
            "<div class=\"table-scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{label}\">\n<table>\n<thead>\n"
        );
        self.row("th", &table.head, &table.alignments)?;
        self.html.push_str("</thead>\n");
        if !table.rows.is_empty() {
            self.html.push_str("<tbody>\n");
            for row in &table.rows {
                self.row("td", row, &table.alignments)?;
            }
            self.html.push_str("</tbody>\n");
        }
        self.html.push_str("</table>\n</div>\n");
        Ok(())
    }

    pub(super) fn row(
        &mut self,
        tag: &str,
        cells: &[Cell],
        alignments: &[Alignment],
    ) -> Result<(), Error> {
        self.html.push_str("<tr>");
        for (cell, alignment) in cells.iter().zip(alignments) {
            // An empty head cell heads nothing.
            let tag = if cell.inlines.is_empty() { "td" } else { tag };
            let scope = if tag == "th" { " scope=\"col\"" } else { "" };
            let class = match alignment {
                Alignment::None => "",
                Alignment::Left => " class=\"align-left\"",
                Alignment::Center => " class=\"align-center\"",
                Alignment::Right => " class=\"align-right\"",
            };
            let _ = write!(self.html, "<{tag}{scope}{class}>");
            self.inlines(&cell.inlines)?;
            let _ = write!(self.html, "</{tag}>");
        }
        self.html.push_str("</tr>\n");
        Ok(())
    }
}

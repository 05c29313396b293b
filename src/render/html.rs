//! Nodes as HTML. Content is data: what is not a node of ours is shown as text, and an address
//! becomes a link only when its scheme is known to be harmless.

mod blocks;
mod code;
pub mod component;
mod figure;
mod footnote;
pub mod image;
mod parts;
pub(in crate::render) mod role;

use std::fmt::Write;
use std::sync::atomic::Ordering;

use crate::config::Config;
use crate::error::Error;
use crate::markdown::node::{Block, Inline, Link};
use crate::model::site::{Site, Target};
use crate::render::figure::Figures;
use crate::render::mode_part::ModeParts;
use crate::render::theme::Theme;
use crate::render::tick_marks::{Mark, Marks};
use crate::render::url::{encode, fragment, relative};
use crate::source::{SourceSet, Span};
use crate::strings::Strings;

/// Where HTML is to be and what is needed to write it.
#[derive(Clone, Copy)]
pub struct RenderContext<'a> {
    /// The site.
    pub site: &'a Site,
    /// The configuration.
    pub config: &'a Config,
    /// Templates of components.
    pub theme: &'a Theme,
    /// Words for readers.
    pub strings: &'a Strings,
    /// The files.
    pub sources: &'a SourceSet,
    /// The images of the sheet that is made; `None` where none is.
    pub figures: Option<&'a Figures>,
    /// Index of the page whose document it comes from.
    pub page: usize,
    /// Where it will be.
    pub destination: Destination<'a>,
    /// What of it can be ticked off.
    pub marks: Option<&'a Marks>,
    /// The modes' parts of it.
    pub parts: Option<&'a ModeParts>,
}

/// Where HTML will be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Destination<'a> {
    /// On the page itself, with the ids of its headings.
    Page,
    /// In another file of the site, without ids.
    File(&'a str),
    /// In a file outside the site: links are absolute or none.
    Alone,
}

impl<'a> RenderContext<'a> {
    /// Address of the file that is written; `None` outside the site.
    fn address(&self) -> Option<&'a str> {
        match self.destination {
            Destination::Page => Some(self.site.pages[self.page].address.file()),
            Destination::File(address) => Some(address),
            Destination::Alone => None,
        }
    }

    /// Whether the file is a page of the site, which may load the site's other files.
    pub fn is_on_site(&self) -> bool {
        self.destination != Destination::Alone
    }

    /// Whether the project declares a component.
    pub fn declares(&self, component: &str) -> bool {
        self.config.components.get(component).is_some()
    }

    /// Where `url` leads from the file that is written; `None` when it is not made a link.
    pub fn href(&self, url: &str) -> Option<String> {
        match self.site.target(self.page, url) {
            Target::External => Some(url.to_string()),
            Target::Page {
                page, fragment: id, ..
            } => self.page_href(page, &id),
            Target::Asset(path) => self.file_href(&path),
            Target::Missing | Target::Outside => self.missing_href(url),
            Target::Unsafe => None,
        }
    }

    /// Where the page with this index is from the file that is written.
    pub fn page_href(&self, page: usize, id: &str) -> Option<String> {
        if self.destination == Destination::Page && page == self.page && !id.is_empty() {
            return Some(fragment(id));
        }
        let way = self.file_href(self.site.pages[page].address.file())?;
        Some(way + &fragment(id))
    }

    /// Where another file of the site is from the file that is written.
    pub fn file_href(&self, to: &str) -> Option<String> {
        match self.address() {
            Some(from) => Some(relative(from, to)),
            None => self.absolute(to),
        }
    }

    /// Address on the published site; `None` when the project does not state where that is.
    pub fn absolute(&self, to: &str) -> Option<String> {
        let base = self.config.site.url.trim_end_matches('/');
        (!base.is_empty()).then(|| format!("{base}/{}", encode(to)))
    }

    /// An address that leads nowhere yet is kept, so that a file served beside the site is found.
    fn missing_href(&self, url: &str) -> Option<String> {
        match url.strip_prefix('/') {
            Some(path) if !path.starts_with('/') => {
                self.file_href(path.split('#').next().unwrap_or(path))
            }
            _ => Some(url.to_string()),
        }
    }

    /// HTML of blocks.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn blocks(&self, blocks: &[Block]) -> Result<String, Error> {
        let mut writer = Writer::new(*self);
        writer.parts(blocks)?;
        Ok(writer.html)
    }

    /// HTML of inlines.
    ///
    /// # Errors
    /// [`Error::Template`] when a component's template fails.
    pub fn inlines(&self, inlines: &[Inline]) -> Result<String, Error> {
        let mut writer = Writer::new(*self);
        writer.inlines(inlines)?;
        Ok(writer.html)
    }
}

/// Escapes text for an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    push_escaped(&mut escaped, text);
    escaped
}

/// Forbids a line break where it is, as an entity so that it can be seen in the file.
const WORD_JOINER: &str = "&NoBreak;";

/// The arrows block of Unicode.
fn is_arrow(character: char) -> bool {
    ('\u{2190}'..='\u{21ff}').contains(&character)
}

fn push_escaped(html: &mut String, text: &str) {
    let mut start = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        html.push_str(&text[start..at]);
        html.push_str(reference);
        start = at + 1;
    }
    html.push_str(&text[start..]);
}

/// Attributes of an element that says something to tick off.
fn tick_attributes(mark: &Mark) -> String {
    mark.has_place.store(true, Ordering::Relaxed);
    let sheets: Vec<String> = mark.sheets.iter().map(usize::to_string).collect();
    format!(
        " id=\"{}\" data-key=\"{}\" data-hash=\"{}\" data-sheets=\"{}\"",
        escape(&mark.id),
        escape(&mark.key),
        mark.hash,
        sheets.join(" ")
    )
}

/// Room for the button that copies a literal value; empty without one.
fn copy_place(literal: &str) -> String {
    match literal {
        "" => String::new(),
        literal => format!(
            " <span class=\"copy-place\" data-copy=\"{}\"></span>",
            escape(literal)
        ),
    }
}

struct Writer<'a> {
    context: RenderContext<'a>,
    html: String,
    tables: usize,
    is_in_link: bool,
    /// Addresses of images that another image shows in light colours.
    dark_twins: Vec<String>,
    /// Whether the part that a heading begins has its id.
    is_in_part_head: bool,
    /// Whether a heading is the summary of an accordion, which may hold no link to it.
    is_in_summary: bool,
}

impl<'a> Writer<'a> {
    fn new(context: RenderContext<'a>) -> Self {
        Self {
            context,
            html: String::new(),
            tables: 0,
            is_in_link: false,
            dark_twins: Vec::new(),
            is_in_part_head: false,
            is_in_summary: false,
        }
    }

    /// Renders into a string of its own.
    fn apart(
        &mut self,
        write: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<String, Error> {
        let before = std::mem::take(&mut self.html);
        let result = write(self);
        let html = std::mem::replace(&mut self.html, before);
        result.map(|()| html)
    }

    fn text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
    }

    /// The text of a link, whose arrow stays on the line of the word before it.
    fn link_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(is_arrow) {
            let (before, arrow) = rest.split_at(at);
            self.text(before);
            if before.ends_with(|c: char| !c.is_whitespace()) {
                self.html.push_str(WORD_JOINER);
            }
            let next = arrow.chars().next().map_or(0, char::len_utf8);
            self.text(&arrow[..next]);
            rest = &arrow[next..];
        }
        self.text(rest);
    }

    fn wrap(&mut self, tag: &str, inlines: &[Inline]) -> Result<(), Error> {
        let _ = write!(self.html, "<{tag}>");
        self.inlines(inlines)?;
        let _ = write!(self.html, "</{tag}>");
        Ok(())
    }

    fn blocks(&mut self, blocks: &[Block]) -> Result<(), Error> {
        for block in blocks {
            match self.mark_of_block(block) {
                Some(mark) => {
                    let _ = writeln!(
                        self.html,
                        "<div class=\"tickable\"{}>",
                        tick_attributes(mark)
                    );
                    self.block(block)?;
                    self.html.push_str("</div>\n");
                }
                None => self.block(block)?,
            }
        }
        Ok(())
    }

    fn mark(&self, span: Span) -> Option<&'a Mark> {
        self.context.marks.and_then(|marks| marks.get(span))
    }

    /// The mark of a block that cannot carry it itself. A list of one item has the item's bytes,
    /// and the item is what is ticked off.
    fn mark_of_block(&self, block: &Block) -> Option<&'a Mark> {
        match block {
            Block::Paragraph(_) => None,
            Block::List(list) if list.items.len() == 1 => None,
            block => self.mark(block.span()),
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) -> Result<(), Error> {
        for inline in inlines {
            self.inline(inline)?;
        }
        Ok(())
    }

    fn inline(&mut self, inline: &Inline) -> Result<(), Error> {
        match inline {
            Inline::Text(node) if self.is_in_link => self.link_text(&node.text),
            Inline::Text(node) => self.text(&node.text),
            Inline::Code(node) => {
                self.html.push_str("<code>");
                self.text(&node.text);
                self.html.push_str("</code>");
            }
            Inline::Emphasis(node) => self.wrap("em", &node.inlines)?,
            Inline::Strong(node) => self.wrap("strong", &node.inlines)?,
            Inline::Strikethrough(node) => self.wrap("del", &node.inlines)?,
            Inline::Link(node) => self.link(node)?,
            Inline::Image(node) => self.image(node),
            Inline::SoftBreak(_) => self.html.push('\n'),
            Inline::HardBreak(_) => self.html.push_str("<br>\n"),
            Inline::Html(node) => {
                self.html.push_str("<span class=\"raw\">");
                self.text(&node.text);
                self.html.push_str("</span>");
            }
            Inline::Comment(_) => {}
            Inline::Element(node) => self.wrap(node.kind.tag(), &node.inlines)?,
            Inline::FootnoteMark(node) => self.footnote_mark(&node.text),
            Inline::Component(node) => self.component(node)?,
        }
        Ok(())
    }

    /// A link inside a link is only its text: HTML knows no nested ones.
    fn link(&mut self, link: &Link) -> Result<(), Error> {
        let Some(href) = self.context.href(&link.url).filter(|_| !self.is_in_link) else {
            return self.inlines(&link.inlines);
        };
        let _ = write!(self.html, "<a href=\"{}\"", escape(&href));
        if !link.title.is_empty() {
            let _ = write!(self.html, " title=\"{}\"", escape(&link.title));
        }
        self.html.push('>');
        self.is_in_link = true;
        let result = self.inlines(&link.inlines);
        self.is_in_link = false;
        self.html.push_str("</a>");
        result
    }
}

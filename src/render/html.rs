//! Nodes as HTML. Content is data: what is not a node of ours is shown as text, and an address
//! becomes a link only when its scheme is known to be harmless.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::config::Config;
use crate::error::Error;
use crate::markdown::node::{
    Alignment, Block, Cell, Children, CodeBlock, Component, Content, Heading, Inline, Item, Link,
    List, Placement, Table,
};
use crate::markdown::schema::{AttributeKind, Role};
use crate::markdown::text::{collapse_blanks, inline_text};
use crate::model::anchor::Anchor;
use crate::model::notice;
use crate::model::site::{Site, Target};
use crate::render::mode_part::{ModePart, ModeParts};
use crate::render::theme::{Shown, Theme};
use crate::render::tick_marks::{Mark, Marks};
use crate::render::url::{encode, fragment, relative, root};
use crate::source::Span;
use crate::strings::Strings;

/// Where HTML is to stand and what is needed to write it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The site.
    pub site: &'a Site,
    /// The configuration.
    pub config: &'a Config,
    /// Templates of components.
    pub theme: &'a Theme,
    /// Words for readers.
    pub strings: &'a Strings,
    /// Index of the page whose document it comes from.
    pub page: usize,
    /// Where it will stand.
    pub output: Output<'a>,
    /// What of it can be ticked off.
    pub marks: Option<&'a Marks>,
    /// The modes' parts of it.
    pub parts: Option<&'a ModeParts>,
}

/// Where HTML will stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Output<'a> {
    /// On the page itself, with the ids of its headings.
    Page,
    /// In another file of the site, without ids.
    File(&'a str),
    /// In a file outside the site: links are absolute or none.
    Alone,
}

impl<'a> Place<'a> {
    /// Address of the file that is written; `None` outside the site.
    fn address(&self) -> Option<&'a str> {
        match self.output {
            Output::Page => Some(&self.site.pages[self.page].address),
            Output::File(address) => Some(address),
            Output::Alone => None,
        }
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
        if self.output == Output::Page && page == self.page && !id.is_empty() {
            return Some(fragment(id));
        }
        let way = self.file_href(&self.site.pages[page].address)?;
        Some(way + &fragment(id))
    }

    /// Where another file of the site is from the file that is written.
    pub fn file_href(&self, to: &str) -> Option<String> {
        match self.address() {
            Some(from) => Some(relative(from, to)),
            None => self.absolute(to),
        }
    }

    /// Address on the published site; `None` when the project does not say where that is.
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

/// Forbids a line break where it stands, as an entity so that it can be seen in the file.
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
    let sheets: Vec<String> = mark.sheets.iter().map(usize::to_string).collect();
    format!(
        " data-key=\"{}\" data-hash=\"{}\" data-sheets=\"{}\"",
        escape(&mark.tick.key),
        mark.tick.hash,
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

/// An id without blanks, which HTML allows in none.
fn as_id(id: &str) -> String {
    id.replace(char::is_whitespace, "-")
}

/// The id by which the former site knew a heading.
fn former_id(anchor: &Anchor, anchors: &[Anchor]) -> Option<String> {
    let former = anchor.legacy.as_deref()?;
    let is_taken = anchors.iter().any(|other| other.id == former);
    (!is_taken).then(|| as_id(former))
}

struct Writer<'a> {
    place: Place<'a>,
    html: String,
    tables: usize,
    /// Index of the next heading among the page's anchors.
    headings: usize,
    is_in_link: bool,
    /// Whether the part that a heading begins has its id.
    is_in_part_head: bool,
}

impl<'a> Writer<'a> {
    fn new(place: Place<'a>) -> Self {
        Self {
            place,
            html: String::new(),
            tables: 0,
            headings: 0,
            is_in_link: false,
            is_in_part_head: false,
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

    /// Blocks, with the part of each mode in a section of its own.
    fn parts(&mut self, blocks: &[Block]) -> Result<(), Error> {
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
    fn part_of(&self, heading: &Heading) -> Option<(&'a Anchor, &'a ModePart)> {
        let parts = self.place.parts?;
        let anchors = &self.place.site.pages[self.place.page].anchors;
        let anchor = anchors.iter().find(|anchor| anchor.span == heading.span)?;
        Some((anchor, parts.get(&anchor.id)?))
    }

    fn start_part(
        &mut self,
        heading: &Heading,
        anchor: &Anchor,
        part: &ModePart,
    ) -> Result<(), Error> {
        self.is_in_part_head = true;
        let heading = self.apart(|writer| writer.heading(heading))?;
        self.is_in_part_head = false;
        let anchors = &self.place.site.pages[self.place.page].anchors;
        let former = former_id(anchor, anchors).unwrap_or_default();
        let html = self.place.theme.render(
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
        self.place.marks.and_then(|marks| marks.get(span))
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

    fn block(&mut self, block: &Block) -> Result<(), Error> {
        match block {
            Block::Heading(node) => self.heading(node)?,
            Block::Paragraph(node) => {
                let mark = self.mark(node.span);
                let attributes = mark.map(tick_attributes).unwrap_or_default();
                let _ = write!(self.html, "<p{attributes}>");
                self.inlines(&node.inlines)?;
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
            Block::Comment(_) => {}
            Block::Component(node) => {
                self.component(node)?;
                self.html.push('\n');
            }
        }
        Ok(())
    }

    /// A heading without text leaves only the ids by which it can be reached. The page's title is
    /// the only heading of level 1.
    fn heading(&mut self, node: &Heading) -> Result<(), Error> {
        let level = node.level.max(2);
        let anchors = &self.place.site.pages[self.place.page].anchors;
        let known = &anchors[self.headings.min(anchors.len())..];
        let anchor = match self.place.output {
            Output::Page => known.iter().position(|anchor| anchor.span == node.span),
            _ => None,
        };
        let Some(offset) = anchor else {
            if !node.inlines.is_empty() {
                self.wrap(&format!("h{}", level.max(4)), &node.inlines)?;
                self.html.push('\n');
            }
            return Ok(());
        };
        let anchor = &known[offset];
        self.headings += offset + 1;
        let former = former_id(anchor, anchors);
        if node.inlines.is_empty() {
            let id = former.unwrap_or_else(|| as_id(&anchor.id));
            let _ = writeln!(self.html, "<span id=\"{}\"></span>", escape(&id));
            return Ok(());
        }
        let id = escape(&anchor.id);
        let _ = write!(self.html, "<h{level}");
        if !self.is_in_part_head {
            let _ = write!(self.html, " id=\"{id}\"");
        }
        self.html.push('>');
        if let Some(former) = former.filter(|_| !self.is_in_part_head) {
            let _ = write!(self.html, "<span id=\"{}\"></span>", escape(&former));
        }
        self.inlines(&node.inlines)?;
        let label = escape(&format!(
            "{}: {}",
            self.place.strings.page("permalink"),
            anchor.text
        ));
        let href = escape(&fragment(&anchor.id));
        let _ = writeln!(
            self.html,
            " <a class=\"anchor\" href=\"{href}\" aria-label=\"{label}\"></a></h{level}>"
        );
        Ok(())
    }

    fn list(&mut self, list: &List) -> Result<(), Error> {
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

    fn item(&mut self, item: &Item, is_tight: bool) -> Result<(), Error> {
        let mark = self.mark(item.span);
        let literal = self
            .place
            .marks
            .map_or("", |marks| marks.literal(item.span));
        match item.checked {
            Some(checked) => {
                let state = if checked { " checked" } else { "" };
                let label =
                    self.place
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

    fn table(&mut self, table: &Table) -> Result<(), Error> {
        self.tables += 1;
        let label = escape(&format!(
            "{} {}",
            self.place.strings.page("table"),
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

    fn row(&mut self, tag: &str, cells: &[Cell], alignments: &[Alignment]) -> Result<(), Error> {
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

    fn code(&mut self, code: &CodeBlock) {
        let word = code
            .info
            .as_deref()
            .and_then(|info| info.split_whitespace().next());
        self.html.push_str("<pre tabindex=\"0\"><code");
        if let Some(word) = word {
            let _ = write!(self.html, " class=\"language-{}\"", escape(word));
        }
        self.html.push('>');
        self.text(&code.text);
        self.html.push_str("</code></pre>\n");
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
            Inline::Component(node) => self.component(node)?,
        }
        Ok(())
    }

    /// A link inside a link is only its text: HTML knows no nested ones.
    fn link(&mut self, link: &Link) -> Result<(), Error> {
        let Some(href) = self.place.href(&link.url).filter(|_| !self.is_in_link) else {
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

    fn image(&mut self, image: &Link) {
        let alt = escape(&collapse_blanks(&inline_text(&image.inlines)));
        let Some(src) = self.place.href(&image.url) else {
            self.html.push_str(&alt);
            return;
        };
        let _ = write!(
            self.html,
            "<img src=\"{}\" alt=\"{alt}\" loading=\"lazy\"",
            escape(&src)
        );
        if !image.title.is_empty() {
            let _ = write!(self.html, " title=\"{}\"", escape(&image.title));
        }
        self.html.push('>');
    }

    fn component(&mut self, component: &Component) -> Result<(), Error> {
        let template = format!("components/{}.html", component.name);
        if self.place.config.components.get(&component.name).is_none()
            || !self.place.theme.has(&template)
        {
            return self.unknown_component(component);
        }
        let mut attributes = BTreeMap::new();
        let mut html = BTreeMap::new();
        for attribute in &component.attributes {
            let name = attribute.name.as_str();
            let kind = self
                .place
                .config
                .components
                .attribute(&component.name, name);
            let value = attribute.value.as_deref().unwrap_or("true").trim();
            let value = match kind {
                Some(AttributeKind::Url) => self.place.href(value).unwrap_or_default(),
                _ => value.to_string(),
            };
            attributes.insert(name.to_string(), value);
            let rendered = match &attribute.content {
                Content::Plain => continue,
                Content::Inlines(inlines) => self.apart(|writer| writer.inlines(inlines))?,
                Content::Blocks(blocks) => self.apart(|writer| writer.blocks(blocks))?,
            };
            html.insert(format!("{name}_html"), rendered);
        }
        let children = self.apart(|writer| writer.children(&component.children))?;
        let kind = self.notice_kind(component);
        let placement = match component.placement {
            Placement::Flow => "flow",
            Placement::Phrasing => "phrasing",
        };
        let site_root = self.place.address().map(root).unwrap_or_default();
        let rendered = self.place.theme.render(
            &template,
            &[
                ("attrs", &attributes),
                ("html", &html),
                ("children_html", &children),
                ("placement", &placement),
                ("id", &""),
                ("kind", &kind),
                ("root", &site_root),
            ],
        )?;
        self.html.push_str(rendered.trim_end());
        Ok(())
    }

    /// How much a notice matters; empty for components that are none.
    fn notice_kind(&self, component: &Component) -> &'static str {
        let Config {
            components,
            conventions,
            ..
        } = self.place.config;
        let schema = components.get(&component.name);
        if schema.and_then(|schema| schema.role) != Some(Role::Notice) {
            return "";
        }
        let icon = component.value("icon").unwrap_or_default();
        notice::kind(&notice::title(component), icon, &conventions.notices).name()
    }

    fn children(&mut self, children: &Children) -> Result<(), Error> {
        match children {
            Children::Blocks(blocks) => self.blocks(blocks),
            Children::Inlines(inlines) => self.inlines(inlines),
        }
    }

    /// A component nobody declared: its texts and children, so that nothing is lost.
    fn unknown_component(&mut self, component: &Component) -> Result<(), Error> {
        let is_flow = component.placement == Placement::Flow;
        let (tag, line) = if is_flow {
            ("div", "p")
        } else {
            ("span", "span")
        };
        let _ = write!(self.html, "<{tag} class=\"component-unknown\">");
        for name in ["title", "content", "text", "icon"] {
            if let Some(value) = component.value(name) {
                let _ = write!(self.html, "<{line}>");
                self.text(value);
                let _ = write!(self.html, "</{line}>");
            }
        }
        self.children(&component.children)?;
        let _ = write!(self.html, "</{tag}>");
        Ok(())
    }
}

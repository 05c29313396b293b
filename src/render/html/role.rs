//! Components by their roles: what each role's template gets.
//!
//! In running text only phrasing HTML may be, so there a component is its title and its content, one
//! after the other, unless its role is one of words.

mod code;
pub(in crate::render) mod field;
mod files;
mod media;

use serde::Serialize;

use crate::error::Error;
use crate::markdown::node::{Block, Children, Component, Inline, List, Placement};
use crate::markdown::role::{Condition, Kind, Panel, Resolved, Text};
use crate::markdown::schema::Schema;
use crate::markdown::schema::role::ComponentRole;
use crate::model::notice;
use crate::render::html::component::Values;
use crate::render::html::role::field::FieldData;
use crate::render::html::{Destination, Writer, escape, tick_attributes};

/// What the template of a role gets.
#[derive(Debug, Default, Serialize)]
pub(super) struct RoleData {
    /// `flow` or `phrasing`.
    placement: &'static str,
    /// Its title; empty when it has none.
    title_html: String,
    /// Texts below the title.
    texts_html: Vec<String>,
    /// Where it leads; empty when that is nowhere.
    href: String,
    /// Its pictograph; empty when it has none.
    icon: String,
    /// The image that it shows; empty when it shows none.
    image_html: String,
    /// The file that it plays; empty when it plays none.
    source: String,
    /// Whether that is a sound.
    is_sound: bool,
    /// Its id; empty when it has none.
    id: String,
    /// The link to it; empty when it has no id.
    anchor_html: String,
    /// Whether the title is a heading.
    is_heading: bool,
    /// Whether it is open at first.
    is_open: bool,
    /// How much it matters; empty where nothing says so.
    severity: &'static str,
    /// Panels, steps, or codes.
    panels: Vec<PanelData>,
    /// A parameter, or several.
    fields: Vec<FieldData>,
    /// Its content.
    children_html: String,
}

/// A panel, or a step.
#[derive(Debug, Serialize)]
struct PanelData {
    /// Its label; empty when it has none.
    label_html: String,
    /// The label as text.
    label: String,
    /// Its content.
    body_html: String,
    /// What lets a step be ticked off; empty for what is none.
    attributes_html: String,
}

impl Writer<'_> {
    /// A component by its role.
    pub(super) fn role(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let is_flow = resolved.component().placement == Placement::Flow;
        match resolved.role {
            ComponentRole::Hidden | ComponentRole::Box | ComponentRole::TabLabels => Ok(()),
            ComponentRole::Callout => self.callout(resolved),
            ComponentRole::Icon => self.icon(resolved),
            ComponentRole::Badge => self.words("components/Badge.html", resolved),
            ComponentRole::Button => self.words("components/Button.html", resolved),
            ComponentRole::Link => self.words("components/Link.html", resolved),
            ComponentRole::Term => self.words("components/Term.html", resolved),
            ComponentRole::Image => self.image_role(resolved),
            ComponentRole::Video => self.video(resolved),
            ComponentRole::Transparent => self.transparent(resolved),
            _ if !is_flow => self.in_text(resolved),
            ComponentRole::Details => self.details(resolved),
            ComponentRole::Steps => self.steps(resolved),
            ComponentRole::Tabs => self.tabs(resolved),
            ComponentRole::CodeGroup => self.code_group(resolved),
            ComponentRole::Diagram => self.diagram(resolved),
            ComponentRole::Cards => self.of_template("components/Cards.html", resolved),
            ComponentRole::Card => self.card(resolved),
            ComponentRole::Columns => self.of_template("components/Columns.html", resolved),
            ComponentRole::Column | ComponentRole::Step | ComponentRole::Tab => {
                self.of_template("components/Column.html", resolved)
            }
            ComponentRole::Field => self.field(resolved),
            ComponentRole::FileTree => self.file_tree(resolved),
            ComponentRole::Folder | ComponentRole::File => self.file_alone(resolved),
            ComponentRole::When => self.when(resolved),
        }
    }

    /// What every role has: title, texts, address and content.
    fn role_data(&mut self, resolved: Resolved<'_>) -> Result<RoleData, Error> {
        let children = &resolved.component().children;
        Ok(RoleData {
            children_html: self.apart(|writer| writer.children(children))?,
            ..self.own_data(resolved)?
        })
    }

    /// The same without its content.
    fn own_data(&mut self, resolved: Resolved<'_>) -> Result<RoleData, Error> {
        let mut texts_html = Vec::new();
        for text in resolved.texts() {
            texts_html.push(self.text_html(text)?);
        }
        let title_html = match resolved.title() {
            Some(title) => self.text_html(title)?,
            None => String::new(),
        };
        let href = resolved.href().filter(|_| !self.is_in_link);
        Ok(RoleData {
            placement: match resolved.component().placement {
                Placement::Flow => "flow",
                Placement::Phrasing => "phrasing",
            },
            title_html,
            texts_html,
            href: href
                .and_then(|url| self.context.href(url))
                .unwrap_or_default(),
            icon: resolved.icon().unwrap_or_default().to_string(),
            ..RoleData::default()
        })
    }

    fn text_html(&mut self, text: Text<'_>) -> Result<String, Error> {
        match text {
            Text::Plain(text) => Ok(escape(text)),
            Text::Inlines(inlines) => self.apart(|writer| writer.inlines(inlines)),
        }
    }

    fn render(&mut self, template: &str, data: &RoleData) -> Result<(), Error> {
        let rendered = self
            .context
            .theme
            .render(template, &[("component", data)])?;
        self.html.push_str(rendered.trim_end());
        Ok(())
    }

    fn of_template(&mut self, template: &str, resolved: Resolved<'_>) -> Result<(), Error> {
        let data = self.role_data(resolved)?;
        self.render(template, &data)
    }

    /// A component whose content is words, which are a paragraph of their own between blocks.
    fn words(&mut self, template: &str, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.own_data(resolved)?;
        let is_link = !data.href.is_empty();
        let was_in_link = self.is_in_link;
        self.is_in_link |= is_link;
        let children = self.apart(|writer| match words_in(resolved.component()) {
            Some(inlines) => writer.inlines(inlines),
            None => Ok(()),
        });
        self.is_in_link = was_in_link;
        data.children_html = children?;
        let is_said = !data.title_html.is_empty() || !data.children_html.trim().is_empty();
        if is_said || !data.texts_html.is_empty() {
            self.render(template, &data)?;
        }
        match words_in(resolved.component()) {
            Some(_) => Ok(()),
            None => self.children(&resolved.component().children),
        }
    }

    fn callout(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let data = self.role_data(resolved)?;
        let schema: &Schema = &self.context.config.components;
        let notices = &self.context.config.conventions.notices;
        let tone = notice::kind_of(resolved.component(), schema, notices).name();
        let kind = match resolved.kind() {
            Some(Kind::Important) => Kind::Important.name(),
            _ => tone,
        };
        let severity = resolved.kind().map_or("", Kind::name);
        let mut attributes = Values::new();
        attributes.insert("icon".to_string(), data.icon.clone());
        let mut html = Values::new();
        html.insert("title_html".to_string(), data.title_html);
        if data.placement == "flow" {
            let texts = data.texts_html.iter();
            let paragraphs = texts.map(|text| format!("<p>{text}</p>\n")).collect();
            html.insert("content_html".to_string(), paragraphs);
        } else {
            let texts = resolved.texts().into_iter().map(Text::line);
            let line = texts.collect::<Vec<_>>().join(" ");
            attributes.insert("content".to_string(), line);
        }
        let rendered = self.context.theme.render(
            "components/Callout.html",
            &[
                ("attrs", &attributes),
                ("html", &html),
                ("children_html", &data.children_html),
                ("placement", &data.placement),
                ("id", &""),
                ("kind", &kind),
                ("severity", &severity),
                ("root", &""),
            ],
        )?;
        self.html.push_str(rendered.trim_end());
        Ok(())
    }

    /// Id of an accordion and the link to it; empty where it has none, and in all that is no page.
    pub(super) fn accordion_place(&self, component: &Component) -> (String, String) {
        let page = &self.context.site.pages[self.context.page];
        let accordion = match self.context.destination {
            Destination::Page => page.accordion_at(component.span),
            _ => None,
        };
        let Some(accordion) = accordion else {
            return Default::default();
        };
        let link = match self.is_in_link {
            true => String::new(),
            false => self.anchor_link("permalink_details", &accordion.id, &accordion.title),
        };
        (accordion.id.clone(), link)
    }

    /// The link to a heading that has a place on the page.
    fn link_to(&self, heading: &Block) -> String {
        let page = &self.context.site.pages[self.context.page];
        match (heading, self.context.destination) {
            (Block::Heading(heading), Destination::Page) => page
                .anchor_at(heading.span)
                .map(|anchor| self.anchor_link("permalink_details", anchor.address(), &anchor.text))
                .unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn details(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let blocks = resolved.blocks();
        let mut data = self.own_data(resolved)?;
        (data.id, data.anchor_html) = self.accordion_place(resolved.component());
        data.is_open = resolved.flag("open") || resolved.flag("defaultOpen");
        data.severity = resolved.kind().map_or("", Kind::name);
        let first = blocks.iter().position(|block| !is_nothing(block));
        let heading = first.filter(|at| matches!(blocks[*at], Block::Heading(_)));
        let rest = match heading.filter(|_| data.title_html.is_empty()) {
            Some(at) => {
                data.is_heading = true;
                self.is_in_summary = true;
                let title = self.apart(|writer| writer.block(&blocks[at]));
                self.is_in_summary = false;
                data.title_html = title?;
                data.anchor_html = self.link_to(&blocks[at]);
                &blocks[at + 1..]
            }
            None => blocks,
        };
        data.children_html = self.apart(|writer| writer.blocks(rest))?;
        self.render("components/Details.html", &data)
    }

    fn card(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut image = String::new();
        if let Some(url) = resolved.source() {
            image = self.apart(|writer| {
                writer.image_at(url, "", "");
                Ok(())
            })?;
        }
        let mut data = self.role_data(resolved)?;
        data.image_html = image;
        if data.title_html.is_empty() && data.texts_html.is_empty() && data.children_html.is_empty()
        {
            data.title_html = escape(resolved.href().unwrap_or_default());
        }
        self.render("components/Card.html", &data)
    }

    /// Steps as components, as the parts under headings, or as one list.
    fn steps(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.own_data(resolved)?;
        let blocks = resolved.blocks();
        let schema = &self.context.config.components;
        let step = |block| resolved_as(schema, block, ComponentRole::Step);
        if blocks.iter().any(|block| step(block).is_some()) {
            let others: Vec<&Block> = blocks
                .iter()
                .filter(|block| step(block).is_none())
                .collect();
            data.children_html = self.each(&others)?;
            for step in blocks.iter().filter_map(step) {
                let mark = self.mark(step.component().span);
                let attributes = mark.map(tick_attributes).unwrap_or_default();
                let own = self.role_data(step)?;
                let texts = own.texts_html.iter();
                let texts: String = texts.map(|text| format!("<p>{text}</p>\n")).collect();
                data.panels.push(PanelData {
                    label: String::new(),
                    label_html: own.title_html,
                    body_html: texts + &own.children_html,
                    attributes_html: attributes,
                });
            }
        } else if let Some(level) = top_heading(blocks) {
            let is_start =
                |block: &Block| matches!(block, Block::Heading(one) if one.level == level);
            let first = blocks.iter().position(is_start).unwrap_or(0);
            data.children_html = self.apart(|writer| writer.blocks(&blocks[..first]))?;
            let mut rest = &blocks[first..];
            while let Some((_, below)) = rest.split_first() {
                let end = below.iter().position(is_start).unwrap_or(below.len()) + 1;
                let (step, after) = rest.split_at(end);
                data.panels.push(PanelData {
                    label: String::new(),
                    label_html: String::new(),
                    body_html: self.apart(|writer| writer.blocks(step))?,
                    attributes_html: String::new(),
                });
                rest = after;
            }
        } else {
            data.children_html = self.apart(|writer| writer.blocks(blocks))?;
        }
        self.render("components/Steps.html", &data)
    }

    fn tabs(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let (others, panels) = resolved.panels();
        let mut data = self.own_data(resolved)?;
        data.children_html = self.each(&others)?;
        for panel in &panels {
            data.panels.push(self.panel(panel)?);
        }
        self.render("components/Tabs.html", &data)
    }

    fn panel(&mut self, panel: &Panel<'_>) -> Result<PanelData, Error> {
        let label = panel.label.line();
        Ok(PanelData {
            label_html: escape(&label),
            label,
            body_html: self.apart(|writer| writer.blocks(panel.blocks))?,
            attributes_html: String::new(),
        })
    }

    /// Blocks that are not side by side in the tree.
    fn each(&mut self, blocks: &[&Block]) -> Result<String, Error> {
        self.apart(|writer| {
            for block in blocks {
                writer.blocks(std::slice::from_ref(*block))?;
            }
            Ok(())
        })
    }

    fn when(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.role_data(resolved)?;
        data.title_html = escape(&self.condition(resolved));
        self.render("components/When.html", &data)
    }

    /// For whom a part of a text is, in words.
    fn condition(&self, resolved: Resolved<'_>) -> String {
        condition_words(
            &resolved.conditions(),
            &resolved.component().name,
            self.context.strings.page("condition_not"),
        )
    }

    /// What nobody knows: its visible texts, the first in bold and as the link that it may be, and
    /// its content.
    fn transparent(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut texts = resolved.visible();
        let mut data = self.role_data(resolved)?;
        if let Some(title) = texts.next() {
            data.title_html = self.text_html(title)?;
        }
        for text in texts {
            data.texts_html.push(self.text_html(text)?);
        }
        if data.title_html.is_empty() && data.children_html.trim().is_empty() {
            data.title_html = escape(resolved.href().unwrap_or_default());
        }
        if data.title_html.is_empty() {
            self.html.push_str(&data.children_html);
            return Ok(());
        }
        self.render("components/Transparent.html", &data)
    }

    /// A component of blocks in running text.
    fn in_text(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.role_data(resolved)?;
        if resolved.role == ComponentRole::When {
            data.title_html = escape(&self.condition(resolved));
        }
        self.render("components/Transparent.html", &data)
    }
}

/// What a condition says: `nextjs`, `sdk: nextjs, react`, `not sdk: react`.
pub(in crate::render) fn condition_words(
    conditions: &[Condition],
    component: &str,
    not: &str,
) -> String {
    let words = conditions.iter().map(|condition| {
        let sign = if condition.is_negated {
            format!("{not} ")
        } else {
            String::new()
        };
        match condition.values.as_slice() {
            [] => sign + &condition.name,
            values => format!("{sign}{}: {}", condition.name, values.join(", ")),
        }
    });
    let words: Vec<String> = words.collect();
    match words.is_empty() {
        true => component.to_string(),
        false => words.join(" · "),
    }
}

/// The words of a component that contains nothing but words.
pub(in crate::render) fn words_in(component: &Component) -> Option<&[Inline]> {
    match &component.children {
        Children::Inlines(inlines) => Some(inlines),
        Children::Blocks(blocks) => match blocks.as_slice() {
            [] => Some(&[]),
            [Block::Paragraph(paragraph)] => Some(&paragraph.inlines),
            _ => None,
        },
    }
}

/// A block as a component of this role.
pub(in crate::render) fn resolved_as<'b>(
    schema: &'b Schema,
    block: &'b Block,
    role: ComponentRole,
) -> Option<Resolved<'b>> {
    let Block::Component(component) = block else {
        return None;
    };
    let resolved = schema.resolve(component)?;
    (resolved.role == role).then_some(resolved)
}

/// Whether a block shows nothing.
fn is_nothing(block: &Block) -> bool {
    matches!(block, Block::Comment(_) | Block::Esm(_))
}

/// Level of the headings that begin steps: that of the first one, unless the steps are a list.
fn top_heading(blocks: &[Block]) -> Option<u8> {
    let is_list = |block: &Block| matches!(block, Block::List(List { start: Some(_), .. }));
    if let Some(first) = blocks.iter().find(|block| !is_nothing(block))
        && is_list(first)
    {
        return None;
    }
    blocks.iter().find_map(|block| match block {
        Block::Heading(heading) => Some(heading.level),
        _ => None,
    })
}

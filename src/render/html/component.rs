//! Components by their templates.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::config::Config;
use crate::error::Error;
use crate::markdown::node::{Children, Component, Content, Placement};
use crate::markdown::schema::{AttributeKind, Role};
use crate::model::address::shown_file;
use crate::model::notice;
use crate::render::html::Writer;
use crate::render::url::root;

/// Values by name.
pub(super) type Values = BTreeMap<String, String>;

impl Writer<'_> {
    pub(super) fn component(&mut self, component: &Component) -> Result<(), Error> {
        if let Some(resolved) = self.context.config.components.resolve(component) {
            return self.role(resolved);
        }
        let template = template(component);
        if !self.context.declares(&component.name) || !self.context.theme.has(&template) {
            return self.unknown_component(component);
        }
        let (attributes, html) = self.attributes(component)?;
        let children = self.apart(|writer| writer.children(&component.children))?;
        let kind = self.notice_kind(component);
        let placement = match component.placement {
            Placement::Flow => "flow",
            Placement::Phrasing => "phrasing",
        };
        let (id, anchor_html) = self.accordion_place(component);
        let site_root = self.context.address().map(root).unwrap_or_default();
        let rendered = self.context.theme.render(
            &template,
            &[
                ("attrs", &attributes),
                ("html", &html),
                ("children_html", &children),
                ("placement", &placement),
                ("id", &id),
                ("anchor_html", &anchor_html),
                ("kind", &kind),
                ("severity", &""),
                ("root", &site_root),
            ],
        )?;
        self.html.push_str(rendered.trim_end());
        Ok(())
    }

    /// Values of a component's attributes, and the HTML of those that contain Markdown or name an
    /// image.
    fn attributes(&mut self, component: &Component) -> Result<(Values, Values), Error> {
        let (mut attributes, mut html) = (Values::new(), Values::new());
        for attribute in &component.attributes {
            let name = attribute.name.as_str();
            let kind = self
                .context
                .config
                .components
                .attribute(&component.name, name);
            let value = attribute.value.as_deref().unwrap_or("true").trim();
            let value = match kind {
                Some(AttributeKind::Url) => self.context.href(value).unwrap_or_default(),
                _ => value.to_string(),
            };
            let image = shown_file(component, attribute, &self.context.config.components);
            attributes.insert(name.to_string(), value);
            let rendered = match &attribute.content {
                Content::Plain => match image {
                    Some(url) => self.image_of(component, url)?,
                    None => continue,
                },
                Content::Inlines(inlines) => self.apart(|writer| writer.inlines(inlines))?,
                Content::Blocks(blocks) => self.apart(|writer| writer.blocks(blocks))?,
            };
            html.insert(format!("{name}_html"), rendered);
        }
        Ok((attributes, html))
    }

    /// The image that a component shows, which says the component's title.
    fn image_of(&mut self, component: &Component, url: &str) -> Result<String, Error> {
        let schema = &self.context.config.components;
        self.apart(|writer| {
            writer.image_at(url, &notice::title(component, schema), "");
            Ok(())
        })
    }

    /// How much a notice matters; empty for components that are none.
    pub(super) fn notice_kind(&self, component: &Component) -> &'static str {
        let Config {
            components,
            conventions,
            ..
        } = self.context.config;
        let schema = components.get(&component.name);
        if schema.and_then(|schema| schema.role) != Some(Role::Notice) {
            return "";
        }
        notice::kind_of(component, components, &conventions.notices).name()
    }

    pub(super) fn children(&mut self, children: &Children) -> Result<(), Error> {
        match children {
            Children::Blocks(blocks) => self.blocks(blocks),
            Children::Inlines(inlines) => self.inlines(inlines),
        }
    }

    /// A component nobody declared: its texts and children, so that nothing is lost.
    pub(super) fn unknown_component(&mut self, component: &Component) -> Result<(), Error> {
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

/// Name of the template that shows a component.
pub fn template(component: &Component) -> String {
    format!("components/{}.html", component.name)
}

//! Code in groups and in attributes.

use crate::error::Error;
use crate::markdown::fence::Fence;
use crate::markdown::node::{Block, Inline};
use crate::markdown::role::{Panel, Resolved, Text};
use crate::markdown::text::block_text;
use crate::render::html::role::PanelData;
use crate::render::html::{Writer, escape};

/// Attributes with the language of code in an attribute.
const LANGUAGES: [&str; 3] = ["lang", "language", "syntax"];

/// The code of blocks that are text alone, as in `<Terminal>npm install</Terminal>`.
fn written(blocks: &[&Block]) -> Option<String> {
    let is_text = |inline: &Inline| {
        let is_break = matches!(inline, Inline::SoftBreak(_) | Inline::HardBreak(_));
        is_break || matches!(inline, Inline::Text(_) | Inline::Code(_))
    };
    let line = |block: &&Block| match block {
        Block::Paragraph(node) if node.inlines.iter().all(is_text) => {
            Some(block_text(std::slice::from_ref(*block)))
        }
        _ => None,
    };
    let lines: Option<Vec<String>> = blocks.iter().map(line).collect();
    lines
        .filter(|lines| !lines.is_empty())
        .map(|lines| lines.concat())
}

impl Writer<'_> {
    /// One code is a block of its own, with the group's title; several are tabs.
    pub(super) fn code_group(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let (others, panels) = resolved.panels();
        let mut data = self.own_data(resolved)?;
        match written(&others).filter(|_| panels.is_empty()) {
            Some(code) => {
                let title = resolved.title().map(Text::line).unwrap_or_default();
                self.code_of(&code, &Fence::default(), &title);
            }
            None => {
                let first = self.each(&others)?;
                self.html.push_str(&first);
            }
        }
        if let Some(code) = resolved.code() {
            let language = LANGUAGES.iter().find_map(|name| resolved.plain(name));
            let title = resolved.title().map(Text::line).unwrap_or_default();
            self.code_of(code, &Fence::read(language.unwrap_or_default()), &title);
        }
        if let [panel] = panels.as_slice() {
            return self.only_code(panel, resolved);
        }
        for panel in &panels {
            data.panels.push(self.code_panel(panel)?);
        }
        data.texts_html.clear();
        match data.panels.is_empty() {
            true => Ok(()),
            false => self.render("components/CodeGroup.html", &data),
        }
    }

    fn only_code(&mut self, panel: &Panel<'_>, resolved: Resolved<'_>) -> Result<(), Error> {
        let [Block::Code(code)] = panel.blocks else {
            return self.blocks(panel.blocks);
        };
        let fence = Fence::of(code);
        let group = resolved.title().map(Text::line);
        let title = fence.label().or(group).unwrap_or_default();
        self.code_of(&code.text, &fence, &title);
        Ok(())
    }

    /// A code whose label is already its title.
    fn code_panel(&mut self, panel: &Panel<'_>) -> Result<PanelData, Error> {
        let [Block::Code(code)] = panel.blocks else {
            return self.panel(panel);
        };
        let label = panel.label.line();
        Ok(PanelData {
            label_html: escape(&label),
            label,
            body_html: self.apart(|writer| {
                writer.code_of(&code.text, &Fence::of(code), "");
                Ok(())
            })?,
            attributes_html: String::new(),
        })
    }

    /// A drawing that is written as code.
    pub(super) fn diagram(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let codes = ["chart", "code", "value", "graph"];
        if let Some(code) = codes.iter().find_map(|name| resolved.plain(name)) {
            self.code_of(code, &Fence::default(), "");
        }
        self.children(&resolved.component().children)
    }
}

//! Trees of files: a list, or folders and files as components.

use std::fmt::Write;

use crate::error::Error;
use crate::markdown::node::Block;
use crate::markdown::role::{Resolved, Text};
use crate::markdown::schema::role::ComponentRole;
use crate::render::html::{Writer, escape};

impl Writer<'_> {
    pub(super) fn file_tree(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.own_data(resolved)?;
        data.children_html = self.apart(|writer| writer.files(resolved.blocks()))?;
        self.render("components/FileTree.html", &data)
    }

    /// A folder or a file outside a tree is a tree of one.
    pub(super) fn file_alone(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let mut data = self.own_data(resolved)?;
        data.children_html = self.apart(|writer| {
            writer.html.push_str("<ul>\n");
            writer.file(resolved)?;
            writer.html.push_str("</ul>\n");
            Ok(())
        })?;
        self.render("components/FileTree.html", &data)
    }

    /// Runs of folders and files are lists; anything else is as it is elsewhere.
    fn files(&mut self, blocks: &[Block]) -> Result<(), Error> {
        let schema = &self.context.config.components;
        let mut is_open = false;
        for block in blocks {
            let resolved = match block {
                Block::Component(component) => schema.resolve(component),
                Block::Comment(_) | Block::Esm(_) => continue,
                _ => None,
            };
            let is_file = |one: &Resolved<'_>| {
                matches!(one.role, ComponentRole::Folder | ComponentRole::File)
            };
            let file = resolved.filter(is_file);
            if file.is_some() != is_open {
                let tag = if is_open { "</ul>\n" } else { "<ul>\n" };
                self.html.push_str(tag);
                is_open = !is_open;
            }
            match file {
                Some(file) => self.file(file)?,
                None => self.block(block)?,
            }
        }
        if is_open {
            self.html.push_str("</ul>\n");
        }
        Ok(())
    }

    fn file(&mut self, resolved: Resolved<'_>) -> Result<(), Error> {
        let is_folder = resolved.role == ComponentRole::Folder;
        let class = if is_folder { " class=\"folder\"" } else { "" };
        let name = resolved.title().map(Text::line).unwrap_or_default();
        let _ = write!(self.html, "<li{class}>{}", escape(&name));
        if !resolved.blocks().is_empty() {
            self.html.push('\n');
            self.files(resolved.blocks())?;
        }
        self.html.push_str("</li>\n");
        Ok(())
    }
}

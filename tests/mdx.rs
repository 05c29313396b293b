//! The constructs of MDX, one small document each: what is read of it, as a tree.

use std::fmt::Write;
use std::fs;

use tickbook::config::Config;
use tickbook::markdown::node::{Block, Cell, Children, Component, Content, Inline};
use tickbook::markdown::parse;
use tickbook::source::FileId;

#[test]
fn constructs_are_read_as_mdx_reads_them() {
    let config = Config::read("preset: mdx", "tickbook.yaml").unwrap();
    let mut paths: Vec<_> = fs::read_dir("tests/mdx/cases")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let (document, found) = parse(&text, FileId(0), &config.components);
        let mut tree = Tree {
            text: &text,
            shown: String::new(),
        };
        tree.blocks(&document.blocks, 0);
        for found in found {
            let at = &text[found.span.range()];
            let _ = writeln!(tree.shown, "{} {at:?}", found.rule);
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        insta::with_settings!({
            snapshot_path => "mdx/snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, tree.shown);
        });
    }
}

/// A node a line, indented below the one that it is in.
struct Tree<'a> {
    text: &'a str,
    shown: String,
}

impl Tree<'_> {
    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.shown, "{}{line}", "  ".repeat(depth));
    }

    fn blocks(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            self.block(block, depth);
        }
    }

    fn block(&mut self, block: &Block, depth: usize) {
        match block {
            Block::Heading(node) => {
                let ids: String = node.ids.iter().map(|id| format!(" #{}", id.text)).collect();
                self.line(depth, &format!("heading {}{ids}", node.level));
                self.inlines(&node.inlines, depth + 1);
            }
            Block::Paragraph(node) => {
                self.line(depth, "paragraph");
                self.inlines(&node.inlines, depth + 1);
            }
            Block::Quote(node) => {
                self.line(depth, "quote");
                self.blocks(&node.blocks, depth + 1);
            }
            Block::List(node) => {
                self.line(depth, &format!("list {:?}", node.start));
                for item in &node.items {
                    self.line(depth + 1, "item");
                    self.blocks(&item.blocks, depth + 2);
                }
            }
            Block::Table(node) => {
                self.line(depth, "table");
                self.row(&node.head, depth + 1);
                node.rows.iter().for_each(|row| self.row(row, depth + 1));
            }
            Block::Code(node) => {
                self.line(depth, &format!("code {:?} {:?}", node.info, node.text));
                for (line, mark) in &node.marks {
                    self.line(depth + 1, &format!("line {line} {mark:?}"));
                }
            }
            Block::Rule(_) => self.line(depth, "rule"),
            Block::Html(node) => self.line(depth, &format!("html {:?}", node.text)),
            Block::Comment(node) => self.line(depth, &format!("comment {:?}", node.text)),
            Block::Esm(node) => self.line(depth, &format!("esm {:?}", node.text)),
            Block::Footnote(node) => {
                self.line(depth, &format!("footnote {}", node.label));
                self.blocks(&node.blocks, depth + 1);
            }
            Block::Component(node) => self.component(node, depth),
        }
    }

    fn row(&mut self, cells: &[Cell], depth: usize) {
        self.line(depth, "row");
        for cell in cells {
            self.line(depth + 1, "cell");
            self.inlines(&cell.inlines, depth + 2);
        }
    }

    fn inlines(&mut self, inlines: &[Inline], depth: usize) {
        for inline in inlines {
            let (name, children) = match inline {
                Inline::Text(node) => (format!("text {:?}", node.text), None),
                Inline::Code(node) => (format!("code {:?}", node.text), None),
                Inline::Html(node) => (format!("html {:?}", node.text), None),
                Inline::Comment(node) => (format!("comment {:?}", node.text), None),
                Inline::FootnoteMark(node) => (format!("mark {:?}", node.text), None),
                Inline::SoftBreak(_) => ("soft break".to_string(), None),
                Inline::HardBreak(_) => ("hard break".to_string(), None),
                Inline::Emphasis(node) => ("emphasis".to_string(), Some(&node.inlines)),
                Inline::Strong(node) => ("strong".to_string(), Some(&node.inlines)),
                Inline::Strikethrough(node) => ("strikethrough".to_string(), Some(&node.inlines)),
                Inline::Link(node) => (format!("link {}", node.url), Some(&node.inlines)),
                Inline::Image(node) => (format!("image {}", node.url), Some(&node.inlines)),
                Inline::Element(node) => (node.kind.tag().to_string(), Some(&node.inlines)),
                Inline::Component(node) => {
                    self.component(node, depth);
                    continue;
                }
            };
            self.line(depth, &name);
            if let Some(children) = children {
                self.inlines(children, depth + 1);
            }
        }
    }

    fn component(&mut self, component: &Component, depth: usize) {
        let syntax = component.syntax.name();
        let placement = format!("{:?}", component.placement).to_lowercase();
        let source = &self.text[component.span.range()];
        let ends = source.split('\n').next_back().unwrap_or_default().trim();
        let line = format!("{syntax} {} {placement} …{ends:?}", component.name);
        self.line(depth, &line);
        for attribute in &component.attributes {
            let value = match (&attribute.literal, &attribute.value) {
                (Some(literal), _) => literal.to_json().to_string(),
                (None, Some(value)) => format!("{value:?}"),
                (None, None) => "true".to_string(),
            };
            self.line(depth + 1, &format!("@{} {value}", attribute.name));
            match &attribute.content {
                Content::Plain => {}
                Content::Inlines(inlines) => self.inlines(inlines, depth + 2),
                Content::Blocks(blocks) => self.blocks(blocks, depth + 2),
            }
        }
        match &component.children {
            Children::Blocks(blocks) => self.blocks(blocks, depth + 1),
            Children::Inlines(inlines) => self.inlines(inlines, depth + 1),
        }
    }
}

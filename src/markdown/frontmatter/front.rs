//! Text of a front page that is written in the frontmatter: what the site is about, where to go
//! from here, and what it offers. It becomes blocks before those of the body.
//!
//! ```text
//! hero:                                      Fast and small.
//!   tagline: Fast and small.
//!   actions: [{text: Start, link: /start}]   - [Start](/start)
//! features:
//!   - {title: Quick, details: Very.}         - **Quick**
//!                                              Very.
//! ```

use serde::Deserialize;

use crate::literal::Value;
use crate::markdown::frontmatter::mapped::{Values, plain};
use crate::markdown::frontmatter::{LINE_BREAKS, MAX_FRONTMATTER_BYTES};
use crate::markdown::node::{Block, Group, Inline, Item, Link, List, Literal, Paragraph};
use crate::markdown::offsets::without_dropped;
use crate::source::Span;

/// How many texts may be written in another way than they are read before none is looked for.
const MOST_MISSED: usize = 16;

/// Paths of the keys with the text of a front page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FrontKeys {
    /// Texts that are shown one after the other.
    pub texts: Vec<String>,
    /// Lists of links.
    pub actions: Vec<String>,
    /// Lists of what the site offers.
    pub features: Vec<String>,
    /// In an entry of a list: its name, its text, where it leads and what the link is called.
    pub title: Vec<String>,
    /// Its text.
    pub text: Vec<String>,
    /// Where it leads.
    pub link: Vec<String>,
    /// What the link is called where it is not the title.
    pub link_text: Vec<String>,
}

/// The blocks of a front page; `source` starts at `start` in the file. A text that is the page's
/// title is not repeated.
pub(super) fn read(
    values: &Value,
    keys: &FrontKeys,
    source: &str,
    start: usize,
    title: Option<&str>,
) -> Vec<Block> {
    let mut writer = Writer {
        keys,
        source,
        start,
        at: 0,
        missed: 0,
        left: MAX_FRONTMATTER_BYTES,
    };
    let found = Values { values };
    let mut blocks = Vec::new();
    let texts = keys.texts.iter();
    let texts = texts.filter_map(|path| found.text(std::slice::from_ref(path)));
    for text in texts.filter(|text| Some(text.as_str()) != title) {
        blocks.extend(writer.paragraph(text));
    }
    for paths in [&keys.actions, &keys.features] {
        if let Some(Value::List(entries)) = found.first(paths) {
            blocks.extend(writer.list(entries));
        }
    }
    blocks
}

/// Makes blocks, each with the place of its text.
struct Writer<'a> {
    keys: &'a FrontKeys,
    source: &'a str,
    start: usize,
    /// Up to where the block was read.
    at: usize,
    missed: usize,
    /// Bytes that may still be shown: an alias repeats what it names.
    left: usize,
}

impl Writer<'_> {
    /// The place of a text after those before it; empty where it is written in another way.
    fn span(&mut self, text: &str) -> Span {
        let rest = &self.source[self.at..];
        let found = match self.missed < MOST_MISSED {
            true => rest.find(text),
            false => None,
        };
        let Some(found) = found else {
            self.missed += 1;
            return Span::new(self.start + self.at, self.start + self.at);
        };
        let start = self.at + found;
        self.at = start + text.len();
        Span::new(self.start + start, self.start + self.at)
    }

    fn text(&mut self, text: String) -> Option<Inline> {
        self.left = self.left.checked_sub(text.len())?;
        let span = self.span(&text);
        let text = without_dropped(&text).replace(LINE_BREAKS, " ");
        Some(Inline::Text(Literal { text, span }))
    }

    fn paragraph(&mut self, text: String) -> Option<Block> {
        self.text(text).map(paragraph_of)
    }

    fn list(&mut self, entries: &[Value]) -> Option<Block> {
        let items: Vec<Item> = entries
            .iter()
            .filter_map(|entry| self.item(entry))
            .collect();
        let span = Span::new(items.first()?.span.start, items.last()?.span.end);
        Some(Block::List(List {
            start: None,
            tight: items.iter().all(|item| item.blocks.len() == 1),
            items,
            span,
        }))
    }

    /// An entry: its title, as a link where it leads somewhere, and its text.
    fn item(&mut self, entry: &Value) -> Option<Item> {
        let keys = self.keys;
        let values = Values { values: entry };
        let link = values.text(&keys.link);
        let link_text = values.text(&keys.link_text).filter(|_| link.is_some());
        let text = values.text(&keys.text);
        let mut blocks = Vec::new();
        if let Some(title) = plain(entry).or_else(|| values.text(&keys.title)) {
            let title = self.text(title)?;
            let title = match link.as_ref().filter(|_| link_text.is_none()) {
                Some(url) => link_to(url, title),
                None => title,
            };
            blocks.push(paragraph_of(match text {
                Some(_) => strong(title),
                None => title,
            }));
        }
        blocks.extend(text.and_then(|text| self.paragraph(text)));
        if let (Some(text), Some(url)) = (link_text, &link) {
            let text = self.text(text);
            blocks.extend(text.map(|text| paragraph_of(link_to(url, text))));
        }
        let span = Span::new(blocks.first()?.span().start, blocks.last()?.span().end);
        Some(Item {
            checked: None,
            blocks,
            span,
        })
    }
}

fn paragraph_of(inline: Inline) -> Block {
    let span = inline.span();
    Block::Paragraph(Paragraph {
        inlines: vec![inline],
        span,
    })
}

fn strong(inline: Inline) -> Inline {
    let span = inline.span();
    Inline::Strong(Group {
        inlines: vec![inline],
        span,
    })
}

fn link_to(url: &str, inline: Inline) -> Inline {
    let span = inline.span();
    Inline::Link(Box::new(Link {
        url: url.to_string(),
        title: String::new(),
        inlines: vec![inline],
        span,
    }))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::markdown::node::Block;
    use crate::markdown::parse;
    use crate::markdown::text::block_text;
    use crate::markdown::walk::{Attributes, Node, walk};
    use crate::source::FileId;

    /// Texts of the blocks before the body, a line each, and the addresses they lead to.
    fn check(block: &str, expected: &str, addresses: &[&str]) {
        let schema = Config::read("preset: markdown", "a").unwrap().components;
        let text = format!("---\n{block}\n---\nbody\n");
        let (document, found) = parse(&text, FileId(0), &schema);
        assert!(found.is_empty(), "{found:?}");
        let (body, front) = document.blocks.split_last().unwrap();
        assert_eq!(block_text(std::slice::from_ref(body)).trim(), "body");
        let mut urls = Vec::new();
        walk(front, Attributes::Skip, &mut |node| {
            if let Node::Inline(inline) = node {
                if let crate::markdown::node::Inline::Link(link) = inline {
                    urls.push(link.url.clone());
                }
                let (span, shown) = (
                    inline.span(),
                    block_text(&[super::paragraph_of(inline.clone())]),
                );
                let written = &text[span.range()];
                assert!(written.is_empty() || written == shown.trim(), "{written}");
            }
        });
        let lines: Vec<String> = front
            .iter()
            .map(|block: &Block| block_text(std::slice::from_ref(block)))
            .collect();
        let lines: Vec<&str> = lines
            .iter()
            .flat_map(|text| text.lines())
            .filter(|line| !line.is_empty())
            .collect();
        assert_eq!(lines.join(" | "), expected, "{block}");
        assert_eq!(urls, addresses);
    }

    #[test]
    fn text_of_a_front_page_is_before_its_body() {
        check(
            "hero:\n  name: A\n  text: B\n  tagline: C d.\n  actions:\n    - {theme: brand, text: Go, link: /go}\n    - {text: 'It''s'}\nfeatures:\n  - {icon: x, title: T, details: D}\n  - {title: U, details: V, link: /u, linkText: More}\n  - {title: W, link: /w}",
            "B | C d. | Go | It's | T | D | U | V | More | W",
            &["/go", "/u", "/w"],
        );
        check("title: A\nhero: {tagline: A}", "", &[]);
        check("tagline: A\nfeatures: [a, {other: b}]", "a", &[]);
    }

    #[test]
    fn other_values_and_aliases_are_harmless() {
        check("hero: a\nfeatures: {title: b}", "", &[]);
        check("hero: [a]\nfeatures:\n  - [a]\n  - 1", "1", &[]);
        check("hero:\n  text: \"a\\u0001\\nb\"", "a b", &[]);
    }
}

//! What of a page is found: its fields for ranking, its sections for places and snippets.

use crate::markdown::node::Block;
use crate::markdown::text::{block_text, push_collapsed};
use crate::model::page::Page;
use crate::model::page_address::PageAddress;
use crate::model::tick::{FieldRef, field_refs};
use crate::search::terms::normal;

/// Number of fields.
pub const FIELDS: usize = 5;

/// Index of the field that contains the running text.
pub const TEXT: usize = FIELDS - 1;

/// A page as the search sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Address of the page.
    pub address: PageAddress,
    /// Title, search tags, headings, keywords and text in their normal form, each a line a piece.
    pub fields: [String; FIELDS],
    /// The page cut at its headings, in order; what is before the first one has no anchor.
    pub sections: Vec<Section>,
}

/// A part of a page under one heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Id of its heading; empty before the first one.
    pub anchor: String,
    /// Text of its heading.
    pub heading: String,
    /// Level of its heading; 0 before the first one.
    pub level: u8,
    /// Place of the section that its own is in.
    pub above: Option<usize>,
    /// What is under it, a line a block.
    pub text: String,
    /// Id and label of every field of a guide that is under it.
    pub fields: Vec<(String, String)>,
}

impl Record {
    /// Reads a page.
    pub fn of(page: &Page) -> Self {
        let sections = sections(page);
        let frontmatter = &page.document.frontmatter;
        let lines = |pieces: &[String]| pieces.join("\n");
        let join = |piece: fn(&Section) -> &str| {
            let pieces: Vec<&str> = sections.iter().map(piece).collect();
            pieces.join("\n")
        };
        let keywords = [
            frontmatter
                .category
                .clone()
                .unwrap_or_default()
                .replace('>', "\n"),
            lines(&frontmatter.tags),
            lines(&frontmatter.companies),
            lines(&frontmatter.seo.keywords),
            page.description.clone(),
            page.address.stem().replace(['-', '_', '/'], " "),
        ];
        let fields = [
            page.title.clone(),
            lines(&frontmatter.search_tags),
            join(|section| &section.heading),
            keywords.join("\n"),
            join(|section| &section.text),
        ];
        Self {
            address: page.address.clone(),
            fields: fields.map(|text| normal(&text)),
            sections,
        }
    }
}

/// Pages by title, so that those a query finds together are in few blocks.
pub fn ordered<'p>(pages: impl IntoIterator<Item = &'p Page>) -> Vec<&'p Page> {
    let pages = pages.into_iter().filter(|page| page.is_listed());
    let mut pages: Vec<&Page> = pages.collect();
    pages.sort_by(|a, b| (&a.title, &a.path).cmp(&(&b.title, &b.path)));
    pages
}

fn sections(page: &Page) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut fields = page.guide.as_ref().map(field_refs).unwrap_or_default();
    fields.sort_by_key(|field| field.span.start);
    let mut fields = fields.into_iter().peekable();
    let mut start = 0;
    let blocks = &page.document.blocks;
    for (at, block) in blocks.iter().enumerate() {
        let Block::Heading(heading) = block else {
            continue;
        };
        end_section(&mut sections, &blocks[start..at]);
        // The title is found as such, and what is under it before other headings.
        if page.title_heading == Some(heading.span) {
            start = at + 1;
            continue;
        }
        let before =
            std::iter::from_fn(|| fields.next_if(|field| field.span.start < heading.span.start));
        add_fields(&mut sections, before);
        start = at + 1;
        let anchor = page.anchor_at(heading.span);
        sections.extend(anchor.map(|anchor| Section {
            anchor: anchor.id.clone(),
            heading: anchor.text.clone(),
            level: heading.level,
            ..Section::default()
        }));
    }
    end_section(&mut sections, &blocks[start..]);
    add_fields(&mut sections, fields);
    sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
    nest(&mut sections);
    sections
}

/// Tells each section which one it is in.
fn nest(sections: &mut [Section]) {
    let mut open: Vec<(u8, usize)> = Vec::new();
    for (at, section) in sections.iter_mut().enumerate() {
        while open
            .last()
            .is_some_and(|(level, _)| *level >= section.level)
        {
            open.pop();
        }
        section.above = open.last().map(|(_, above)| *above);
        if section.level > 0 {
            open.push((section.level, at));
        }
    }
}

fn add_fields(sections: &mut [Section], fields: impl Iterator<Item = FieldRef>) {
    if let Some(section) = sections.last_mut() {
        section
            .fields
            .extend(fields.map(|field| (field.id, field.label)));
    }
}

fn end_section(sections: &mut [Section], blocks: &[Block]) {
    if let Some(section) = sections.last_mut() {
        let goes_on = !section.text.is_empty();
        for (at, line) in block_text(blocks).lines().enumerate() {
            if at > 0 || goes_on {
                section.text.push('\n');
            }
            push_collapsed(&mut section.text, line);
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    #[test]
    fn sections_stand_in_those_of_higher_headings() {
        let section = |level| Section {
            level,
            ..Section::default()
        };
        let mut sections = [0, 2, 4, 3, 3, 2].map(section);
        nest(&mut sections);
        let above = sections.map(|section| section.above);
        assert_eq!(above, [None, None, Some(1), Some(1), Some(1), None]);
    }

    #[test]
    fn heading_that_says_the_title_is_no_section() {
        let documents = vec![Source {
            path: "a.md".into(),
            text: "글\n\n# 환불 안내\n\n본문\n\n## 신청\n".into(),
        }];
        let sources = SourceSet {
            documents,
            ..SourceSet::default()
        };
        let (site, _) = Site::build(&sources, &Config::defaults()).unwrap();
        let record = Record::of(&site.pages[0]);
        let sections = record.sections.iter();
        let sections: Vec<_> = sections
            .map(|section| (section.heading.as_str(), section.text.as_str()))
            .collect();
        assert_eq!(sections, [("", "글\n본문"), ("신청", "")]);
    }

    /// A page of a title and a text.
    pub fn record(title: &str, text: &str) -> Record {
        let mut fields = [const { String::new() }; FIELDS];
        fields[0] = title.into();
        fields[TEXT] = text.into();
        Record {
            address: PageAddress::of_stem("a"),
            fields,
            sections: Vec::new(),
        }
    }
}

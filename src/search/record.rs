//! What of a page is found: its fields for ranking, its sections for places and snippets.

use crate::markdown::node::{Block, Component};
use crate::markdown::schema::Schema;
use crate::markdown::text::{block_text_without, component_text_without, push_collapsed};
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::anchor::Anchor;
use crate::model::page::Page;
use crate::model::page_address::PageAddress;
use crate::model::tick::{FieldRef, field_refs};
use crate::search::terms::normal;

/// Number of fields.
pub const FIELDS: usize = 5;

/// Index of the field that contains the running text.
pub const TEXT: usize = FIELDS - 1;

/// Level of an accordion: it is in the section of any heading.
const BELOW_HEADINGS: u8 = 7;

/// A page as the search sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Address of the page.
    pub address: PageAddress,
    /// Title, search tags, headings, keywords and text in their normal form, each a line a piece.
    pub fields: [String; FIELDS],
    /// The page cut at its headings and accordions, in order; what is before the first heading has no anchor.
    pub sections: Vec<Section>,
}

/// A part of a page under one heading, without the accordions in it, or an accordion.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Id of its heading or of the accordion; empty before the first heading.
    pub anchor: String,
    /// Id of the heading that it is under; empty before the first one.
    pub under: String,
    /// Text of its heading, or title of the accordion.
    pub heading: String,
    /// Level of its heading; 0 before the first one, 7 for an accordion.
    pub level: u8,
    /// Place of the section that its own is in.
    pub above: Option<usize>,
    /// What is under it or in it, a line a block.
    pub text: String,
    /// Id and label of every field of a guide that is under it.
    pub fields: Vec<(String, String)>,
}

impl Section {
    /// Whether it is an accordion.
    pub fn is_answer(&self) -> bool {
        self.level == BELOW_HEADINGS
    }
}

impl Record {
    /// Reads a page.
    pub fn of(page: &Page, schema: &Schema) -> Self {
        let sections = sections(page, schema);
        let frontmatter = &page.document.frontmatter;
        let lines = |pieces: &[String]| pieces.join("\n");
        // A question weighs what the text around it does: as a heading, a page of many would be about each of them.
        let (answers, parts): (Vec<&Section>, Vec<&Section>) =
            sections.iter().partition(|section| section.is_answer());
        let headings = parts.iter().map(|section| section.heading.as_str());
        let texts = parts.iter().map(|section| section.text.as_str());
        let questions = answers
            .iter()
            .flat_map(|section| [section.heading.as_str(), &section.text]);
        let headings: Vec<&str> = headings.collect();
        let texts: Vec<&str> = texts.chain(questions).collect();
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
            headings.join("\n"),
            keywords.join("\n"),
            texts.join("\n"),
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

fn sections(page: &Page, schema: &Schema) -> Vec<Section> {
    let mut parts = Parts::new(page, schema);
    let mut fields = page.guide.as_ref().map(field_refs).unwrap_or_default();
    fields.sort_by_key(|field| field.span.start);
    let mut fields = fields.into_iter().peekable();
    let mut start = 0;
    let blocks = &page.document.blocks;
    for (at, block) in blocks.iter().enumerate() {
        let Block::Heading(heading) = block else {
            continue;
        };
        parts.end_section(&blocks[start..at]);
        start = at + 1;
        // The title is found as such, and what is under it before other headings.
        if page.title_heading == Some(heading.span) {
            continue;
        }
        let before =
            std::iter::from_fn(|| fields.next_if(|field| field.span.start < heading.span.start));
        parts.add_fields(before);
        if let Some(anchor) = page.anchor_at(heading.span) {
            parts.start_section(anchor);
        }
    }
    parts.end_section(&blocks[start..]);
    parts.add_fields(fields);
    let mut sections = parts.sections;
    sections.retain(|section| !section.heading.is_empty() || !section.text.is_empty());
    nest(&mut sections);
    sections
}

/// The sections of a page as they are read.
struct Parts<'p> {
    page: &'p Page,
    schema: &'p Schema,
    sections: Vec<Section>,
    /// Place of the section under the last heading; accordions in it come after it.
    current: usize,
}

impl<'p> Parts<'p> {
    fn new(page: &'p Page, schema: &'p Schema) -> Self {
        Self {
            page,
            schema,
            sections: vec![Section::default()],
            current: 0,
        }
    }

    fn start_section(&mut self, anchor: &Anchor) {
        self.current = self.sections.len();
        self.sections.push(Section {
            anchor: anchor.id.clone(),
            under: anchor.id.clone(),
            heading: anchor.text.clone(),
            level: anchor.level,
            ..Section::default()
        });
    }

    fn add_fields(&mut self, fields: impl Iterator<Item = FieldRef>) {
        let fields = fields.map(|field| (field.id, field.label));
        self.sections[self.current].fields.extend(fields);
    }

    fn end_section(&mut self, blocks: &[Block]) {
        let is_apart = |component: &Component| self.page.accordion_at(component.span).is_some();
        let text = block_text_without(blocks, &is_apart);
        push_text(&mut self.sections[self.current].text, &text);
        if self.page.accordions.is_empty() {
            return;
        }
        let under = self.sections[self.current].under.clone();
        walk(blocks, Attributes::Skip, &mut |node| {
            if let Node::Block(Block::Component(component)) = node
                && let Some(accordion) = self.page.accordion_at(component.span)
            {
                let title = self.schema.details_title(component);
                let attribute = title.and_then(|(_, attribute)| attribute);
                let mut section = Section {
                    anchor: accordion.id.clone(),
                    under: under.clone(),
                    heading: accordion.title.clone(),
                    level: BELOW_HEADINGS,
                    ..Section::default()
                };
                let text = component_text_without(component, attribute, &is_apart);
                push_text(&mut section.text, &text);
                self.sections.push(section);
            }
        });
    }
}

/// Adds the lines of a text, each with single spaces.
fn push_text(to: &mut String, text: &str) {
    let goes_on = !to.is_empty();
    for (at, line) in text.lines().enumerate() {
        if at > 0 || goes_on {
            to.push('\n');
        }
        push_collapsed(to, line);
    }
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
        let record = Record::of(&site.pages[0], &Config::defaults().components);
        let sections = record.sections.iter();
        let sections: Vec<_> = sections
            .map(|section| (section.heading.as_str(), section.text.as_str()))
            .collect();
        assert_eq!(sections, [("", "글\n본문"), ("신청", "")]);
    }

    #[test]
    fn accordions_are_sections_of_their_own() {
        let text = "---\ntitle: 글\n---\n앞\n\n## 환불\n\n처음\n\n- 목록\n\n  <Accordion title=\"언제 됩니까?\" content=\"내일\" />\n\n끝\n\n## 취소\n";
        let documents = vec![Source {
            path: "a.md".into(),
            text: text.into(),
        }];
        let sources = SourceSet {
            documents,
            ..SourceSet::default()
        };
        let config = Config::defaults();
        let (site, _) = Site::build(&sources, &config).unwrap();
        let record = Record::of(&site.pages[0], &config.components);
        let sections = record.sections.iter();
        let sections: Vec<_> = sections
            .map(|one| (one.anchor.as_str(), one.text.as_str(), one.above))
            .collect();
        let expected = [
            ("", "앞", None),
            ("환불", "처음\n목록\n끝", None),
            ("언제-됩니까", "내일", Some(1)),
            ("취소", "", None),
        ];
        assert_eq!(sections, expected);
        assert_eq!(record.sections[2].under, "환불");
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

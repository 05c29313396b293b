//! What rules look at.

use std::sync::OnceLock;

use jiff::civil::Date;

use crate::check::line::{TextLine, lines, locate};
use crate::check::link::{Link, links};
use crate::config::Config;
use crate::markdown::node::Block;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::conventions::Conventions;
use crate::model::guide::{Guide, Scenario};
use crate::model::mode::Mode;
use crate::model::page::Page;
use crate::model::site::Site;
use crate::source::{FileId, SourceSet, Span};

/// A site with its sources and facts.
#[derive(Debug)]
pub struct Context<'a> {
    /// Pages, guides and links.
    pub site: &'a Site,
    /// The files.
    pub sources: &'a SourceSet,
    /// The project's configuration.
    pub config: &'a Config,
    /// How documents are read as procedures.
    pub conventions: &'a Conventions<'a>,
    /// The day of the check; `None` when it is not known, and then nothing is too old.
    pub today: Option<Date>,
    lines: OnceLock<Vec<TextLine<'a>>>,
    links: OnceLock<Vec<Link<'a>>>,
    code: OnceLock<Vec<Vec<Span>>>,
}

/// A mode with what it is in.
#[derive(Debug, Clone, Copy)]
pub struct ModeOf<'a> {
    /// The document.
    pub file: FileId,
    /// Its page.
    pub page: &'a Page,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// The mode.
    pub mode: &'a Mode,
}

impl<'a> Context<'a> {
    /// A context whose derived data is made when first asked for.
    pub fn new(
        site: &'a Site,
        sources: &'a SourceSet,
        config: &'a Config,
        conventions: &'a Conventions<'a>,
    ) -> Self {
        Self {
            site,
            sources,
            config,
            conventions,
            today: None,
            lines: OnceLock::new(),
            links: OnceLock::new(),
            code: OnceLock::new(),
        }
    }

    /// Every page with its document's id, in path order.
    pub fn pages(&self) -> impl Iterator<Item = (FileId, &'a Page)> + use<'a> {
        let pages = self.site.pages.iter();
        pages.map(|page| (page.document.file, page))
    }

    /// Every guide with its page.
    pub fn guides(&self) -> impl Iterator<Item = (FileId, &'a Page, &'a Guide)> + use<'a> {
        self.pages()
            .filter_map(|(file, page)| page.guide.as_ref().map(|guide| (file, page, guide)))
    }

    /// Every mode of every scenario of every guide.
    pub fn modes(&self) -> impl Iterator<Item = ModeOf<'a>> + use<'a> {
        self.guides().flat_map(|(file, page, guide)| {
            guide.scenarios.iter().flat_map(move |scenario| {
                scenario.modes.iter().map(move |mode| ModeOf {
                    file,
                    page,
                    scenario,
                    mode,
                })
            })
        })
    }

    /// All visible text of all documents, in path order: paragraphs, headings, cells, attributes
    /// and the frontmatter's texts.
    pub fn lines(&self) -> &[TextLine<'a>] {
        self.lines.get_or_init(|| {
            self.pages()
                .flat_map(|(file, page)| lines(page, self.text(file)))
                .collect()
        })
    }

    /// Every link of all documents, in path order.
    pub fn links(&self) -> &[Link<'a>] {
        let schema = &self.config.components;
        self.links.get_or_init(|| {
            self.pages()
                .flat_map(|(file, page)| links(page, self.text(file), schema))
                .collect()
        })
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &'a str {
        &self.sources.get(file).text
    }

    /// The bytes of a span.
    pub fn slice(&self, file: FileId, span: Span) -> &'a str {
        &self.text(file)[span.range()]
    }

    /// The smallest span inside `span` that contains `needle`; `span` itself when it does not
    /// contain it literally.
    pub fn locate(&self, file: FileId, span: Span, needle: &str) -> Span {
        locate(self.text(file), span, needle)
    }

    /// The bytes of the heading with this own id; the file's start when the page has none such.
    pub fn heading(&self, file: FileId, id: &str) -> Span {
        let anchor = self.site.pages[file.0].anchor_of_id(id);
        anchor.map_or_else(Span::default, |anchor| anchor.span)
    }

    /// Whether a byte is in a code block of its document's body.
    pub fn is_in_code(&self, file: FileId, offset: usize) -> bool {
        let blocks = self
            .code
            .get_or_init(|| self.pages().map(|(_, page)| code_blocks(page)).collect());
        let blocks = &blocks[file.0];
        let next = blocks.partition_point(|block| block.end <= offset);
        blocks.get(next).is_some_and(|block| block.start <= offset)
    }
}

fn code_blocks(page: &Page) -> Vec<Span> {
    let mut spans = Vec::new();
    walk(&page.document.blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(Block::Code(code)) = node {
            spans.push(code.span);
        }
    });
    spans.sort_unstable();
    spans
}

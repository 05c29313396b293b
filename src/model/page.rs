//! One document as a page: its address, title and date.

mod places;

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::config::procedures::ProcedureConvention;
use crate::config::value::UtcOffset;
use crate::config::{Config, Language};
use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::hangul::is_plainly_composed;
use crate::markdown::Document;
use crate::markdown::node::{Block, Heading, Inline};
use crate::markdown::text::{collapse_blanks, label_text};
use crate::markdown::walk::{Attributes, Node, walk_inlines};
use crate::model::accordion::{Accordion, accordions};
use crate::model::address::{MAX_SEGMENT_BYTES, address_in};
use crate::model::anchor::{Anchor, anchors};
use crate::model::conventions::{Conventions, Opens};
use crate::model::guide::{self, Guide};
use crate::model::letters::Letters;
use crate::model::limit::MAX_ALIASES;
use crate::model::page::places::Fragments;
use crate::model::page_address::{NOT_FOUND, PageAddress};
use crate::model::procedure::{self, Procedures};
use crate::normal::composed;
use crate::source::{Source, Span};

/// Names that Windows reserves for devices, with any ending ("Naming Files, Paths, and Namespaces"
/// in its documentation).
const RESERVED_NAMES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Names that it reserves with a digit from 1 appended.
const NUMBERED_NAMES: [&str; 2] = ["com", "lpt"];

/// A document as a page of the site.
#[derive(Debug)]
pub struct Page {
    /// Path of the document below the content folder.
    pub path: String,
    /// Its address.
    pub address: PageAddress,
    /// Last part of the address without ending, or the frontmatter's slug.
    pub slug: String,
    /// Title: the frontmatter's, the first heading's, or the file's name.
    pub title: String,
    /// One or two sentences; empty when the document gives none.
    pub description: String,
    /// Date shown, as `2024-03-08`; empty when the document gives none.
    pub date: String,
    /// The document.
    pub document: Document,
    /// Its headings' ids, in order.
    pub anchors: Vec<Anchor>,
    /// Its accordions, in order.
    pub accordions: Vec<Accordion>,
    /// The heading that repeats the title, which the page shows once; `None` when there is none.
    pub title_heading: Option<Span>,
    /// Its scenarios by the project's conventions; `None` for other pages.
    pub guide: Option<Guide>,
    /// Its procedures of other forms, and what looks like one.
    pub procedures: Procedures,
    /// Former addresses that redirect here.
    pub aliases: Vec<PageAddress>,
    /// Index of its leaf category in [`crate::model::site::Site::categories`].
    pub category: Option<usize>,
    /// Its position among the pages of that category.
    pub position: usize,
    /// Its title in lists: the short one, where it has one.
    pub nav_title: String,
    /// Tag of the language of its text, such as `zh-Hans`.
    pub lang: String,
    /// Language of the words around its text.
    pub language: Language,
    /// Tag of the language that its path names.
    pub locale: Option<String>,
    /// The folders of its path up to that language; empty where it names none.
    pub(super) locale_folder: String,
    /// Its path without that language and without ending.
    pub shared_path: String,
    /// Indices of the pages that are the same document in other languages.
    pub twins: Vec<usize>,
    /// Letters of its text, by which its language is known.
    pub(super) letters: Letters,
    /// Its anchors by id; made on first use.
    fragments: OnceLock<Fragments>,
    /// Its anchors by the ids that code hosts generate; made on first use, because few links need
    /// it.
    hosted: OnceLock<HashMap<String, usize>>,
    /// The ids of its items; made on first use, because few links need them.
    items: OnceLock<HashSet<String>>,
}

/// The slug of a document, by its frontmatter or else its name; where that cannot be an address, an
/// escaped form, because lists name the page by its slug and a line break would start a new entry,
/// with what is refused.
fn slug_of(folder: &str, name: &str, own: Option<&str>) -> (String, Option<String>) {
    let slug = composed(own.unwrap_or(name)).into_owned();
    let mut folders = folder.split('/').filter(|part| !part.is_empty());
    match folders.all(is_segment) && is_segment(name) && is_segment(&slug) {
        true => (slug, None),
        false => (slug.escape_debug().to_string(), Some(slug)),
    }
}

impl Page {
    /// Makes a page of a document.
    pub(crate) fn read(
        source: &Source,
        document: Document,
        config: &Config,
        conventions: &Conventions<'_>,
    ) -> (Self, Vec<Diagnostic>) {
        let has_conventions = !config.files.index.is_empty();
        let mut found = Vec::new();
        let anchors = anchors(&document.blocks, conventions);
        let accordions = accordions(&document.blocks, &config.components, &anchors);
        let (folder, name) = place(&source.path);
        let frontmatter = &document.frontmatter;
        let title = match has_conventions {
            true => title(&document, &name_as_title(name)),
            false => title(&document, name),
        };
        let title_heading = title_heading(&document, &title, conventions);
        let first = first_heading(&document.blocks);
        if frontmatter.title.is_none() && first.is_none_or(|first| first.level > 1) {
            found.push(missing_title(&document));
        }
        let (slug, refused) = slug_of(folder, name, frontmatter.slug.as_deref());
        // With file conventions, what cannot be an address gets another one later.
        let refused = refused.filter(|_| !has_conventions);
        let (aliases, refused_aliases) = aliases(&frontmatter.aliases);
        let refused_aliases = refused_aliases.into_iter().filter(|_| !has_conventions);
        let refused = refused.iter().map(String::as_str).chain(refused_aliases);
        found.extend(refused.map(|slug| invalid_slug(&document, slug)));
        let (guide, guide_found) = guide::read(&document, &title, &anchors, conventions);
        found.extend(guide_found);
        let known = guide.as_ref();
        let procedures = &config.procedures;
        let mut procedures =
            other_procedures(source, &document, &title, known, conventions, procedures);
        let strays = procedures.strays.iter();
        found.extend(strays.map(|stray| stray.finding(document.file)));
        let longest = config.procedures.longest_sheet;
        let guide = procedures.guide(guide, &title, &anchors, longest);
        let date = frontmatter.datetime.as_deref();
        let page = Self {
            path: source.path.clone(),
            address: PageAddress::in_folder(folder, &slug),
            slug,
            nav_title: frontmatter
                .short_title
                .clone()
                .unwrap_or_else(|| title.clone()),
            title,
            position: 0,
            lang: String::new(),
            language: config.lang,
            locale: None,
            locale_folder: String::new(),
            shared_path: String::new(),
            twins: Vec::new(),
            letters: match has_conventions {
                true => Letters::of(&document.blocks),
                false => Letters::default(),
            },
            description: frontmatter.seo.description.clone().unwrap_or_default(),
            date: date.map_or(String::new(), |date| shown_date(date, config.utc_offset)),
            document,
            anchors,
            accordions,
            title_heading,
            guide,
            procedures,
            aliases,
            category: None,
            fragments: OnceLock::new(),
            hosted: OnceLock::new(),
            items: OnceLock::new(),
        };
        (page, found)
    }

    /// What decides which words and which navigation are around it.
    pub fn edition(&self) -> (Language, Option<String>) {
        (self.language, self.locale.clone())
    }

    /// Whether lists, the search and the sitemap name it.
    pub fn is_listed(&self) -> bool {
        !self.document.frontmatter.unlisted && self.address.file() != NOT_FOUND
    }
}

/// The procedures outside the scenarios of a guide.
fn other_procedures(
    source: &Source,
    document: &Document,
    title: &str,
    guide: Option<&Guide>,
    conventions: &Conventions<'_>,
    convention: &ProcedureConvention,
) -> Procedures {
    let scenarios = guide.into_iter().flat_map(|guide| &guide.scenarios);
    let others: Vec<Span> = scenarios.map(|scenario| scenario.span).collect();
    let (path, text) = (&source.path, &source.text);
    procedure::read(
        document,
        title,
        path,
        text,
        conventions,
        convention,
        &others,
    )
}

/// A file's name as a title: without the number that orders it, and with blanks between words.
pub(super) fn name_as_title(name: &str) -> String {
    let (_, name) = numbered(name);
    let name = name.replace(['-', '_'], " ");
    let name = name.trim();
    let mut chars = name.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}

/// The number before a name, which orders files, and the name without it.
///
/// ```text
/// 01-install  2_setup  10. End
/// ```
pub(super) fn numbered(name: &str) -> (Option<f64>, &str) {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &name[digits..];
    let after = rest.trim_start_matches(['-', '_', '.', ' ']);
    // More digits are a date.
    let is_number = (1..=3).contains(&digits) && after.len() < rest.len();
    match is_number && after.starts_with(|c: char| !c.is_ascii_digit()) {
        true => (name[..digits].parse().ok(), after),
        false => (None, name),
    }
}

/// The folder of a document and its name without ending.
pub(super) fn place(path: &str) -> (&str, &str) {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.rsplit_once('/').unwrap_or(("", stem))
}

/// Former addresses, and those written that cannot be an address.
pub(super) fn aliases(written: &[String]) -> (Vec<PageAddress>, Vec<&str>) {
    let (mut kept, mut refused) = (Vec::new(), Vec::new());
    for alias in written.iter().take(MAX_ALIASES) {
        let address = PageAddress::parse(alias.trim_matches('/'));
        if address.stem().split('/').all(is_segment) {
            kept.push(address);
        } else {
            refused.push(alias.as_str());
        }
    }
    (kept, refused)
}

fn missing_title(document: &Document) -> Diagnostic {
    let place = place_of_title(document);
    let found = Diagnostic::new("missing-title", Severity::Warning, document.file, place);
    found.help(Message::new("missing-title.help"))
}

fn invalid_slug(document: &Document, slug: &str) -> Diagnostic {
    let head = Span::new(0, document.frontmatter.span.end.min(3));
    let found = Diagnostic::new("slug-invalid", Severity::Fatal, document.file, head);
    let found = found.with("slug", slug);
    found.help(Message::new("slug-invalid.help"))
}

/// Whether a name is valid as a part of an address on every file system and server.
pub(super) fn is_segment(name: &str) -> bool {
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '(' | ')' | '+' | ',' | '~')
    };
    !name.is_empty()
        && name.len() <= MAX_SEGMENT_BYTES
        && !name.starts_with('.')
        && !name.ends_with(['.', ' '])
        && name.chars().all(is_plain)
        && (is_plainly_composed(name) || name.nfkc().eq(name.nfc()))
        && !is_reserved(name)
}

fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    let stem = stem.to_ascii_lowercase();
    let letters = stem.trim_end_matches(|c: char| ('1'..='9').contains(&c));
    let is_numbered = stem.len() == letters.len() + 1 && NUMBERED_NAMES.contains(&letters);
    is_numbered || RESERVED_NAMES.contains(&stem.as_str())
}

/// Title of a document: from the frontmatter, or else its first heading, or else the file's `name`.
pub fn title(document: &Document, name: &str) -> String {
    let own = document.frontmatter.title.clone();
    let heading = || first_heading(&document.blocks).map(|heading| label_text(&heading.inlines));
    own.or_else(heading).unwrap_or_else(|| name.to_string())
}

/// The first heading if it has level 1 and repeats the title: it opens nothing and shows only text.
fn title_heading(document: &Document, title: &str, conventions: &Conventions<'_>) -> Option<Span> {
    let first = first_heading(&document.blocks).filter(|heading| heading.level == 1)?;
    let text = label_text(&first.inlines);
    let says_title = composed(&text) == composed(&collapse_blanks(title));
    let mut is_text = true;
    walk_inlines(&first.inlines, Attributes::Enter, &mut |node| {
        is_text &= match node {
            Node::Inline(Inline::Link(_) | Inline::Image(_)) => false,
            Node::Inline(Inline::Component(component)) => {
                let schema = conventions.schema;
                let mut attributes = component.attributes.iter();
                !attributes.any(|one| address_in(component, one, schema).is_some())
            }
            _ => true,
        };
    });
    let is_title = says_title && is_text && conventions.opens(&text) == Opens::Other;
    is_title.then_some(first.span)
}

/// Where to report a missing title: the first line of the frontmatter, or the first block.
pub(super) fn place_of_title(document: &Document) -> Span {
    let frontmatter = document.frontmatter.span;
    if frontmatter.end > 0 {
        let start = frontmatter.start + "---\n".len();
        return Span::new(start, start);
    }
    let mut blocks = document.blocks.iter();
    let first = blocks.find(|block| !matches!(block, Block::Comment(_)));
    first.map_or_else(Span::default, |block| {
        let start = block.span().start;
        Span::new(start, start)
    })
}

fn first_heading(blocks: &[Block]) -> Option<&Heading> {
    blocks.iter().find_map(|block| match block {
        Block::Heading(heading) => (!label_text(&heading.inlines).is_empty()).then_some(heading),
        _ => None,
    })
}

impl Page {
    /// Gives a page without a date that of its last change, in seconds since 1970.
    pub(super) fn set_change(&mut self, seconds: i64, utc_offset: UtcOffset) {
        if self.date.is_empty()
            && let Ok(time) = Timestamp::from_second(seconds)
        {
            self.date = shown_date(&time.to_string(), utc_offset);
        }
    }
}

/// The day of a date or time at the project's offset; other texts are returned as written.
fn shown_date(written: &str, utc_offset: UtcOffset) -> String {
    if let Ok(time) = written.parse::<Timestamp>() {
        return utc_offset.offset().to_datetime(time).date().to_string();
    }
    match written.get(..10).unwrap_or(written).parse::<Date>() {
        Ok(date) => date.to_string(),
        Err(_) => written.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::source::FileId;

    #[test]
    fn times_are_shown_as_days_of_the_project() {
        let check = |written: &str, expected: &str| {
            let offset = UtcOffset::parse("+09:00").unwrap();
            assert_eq!(shown_date(written, offset), expected);
        };
        check("2024-03-07T15:00:00.000Z", "2024-03-08");
        check("2021-09-07T15:00Z", "2021-09-08");
        check("2024-03-07", "2024-03-07");
        check("지난주", "지난주");
    }

    #[test]
    fn heading_that_only_repeats_the_title_is_the_title() {
        let config = Config::defaults();
        let conventions = Conventions::new(&config).unwrap();
        for (text, expected) in [
            ("# 환불 안내\n", true),
            ("글\n\n# **환불** <Tag text=\"안내\" />\n", true),
            ("---\ntitle: 환불 안내\n---\n# 환불  안내 {#a}\n", true),
            ("---\ntitle: 환불\n---\n# 환불 안내\n", false),
            ("## 환불 안내\n", false),
            ("# [환불 안내](b.md)\n", false),
            ("# <Highlight text=\"환불 안내\" url=\"b.md\" />\n", false),
            ("# 실 연동\n", false),
        ] {
            let (document, _) = parse(text, FileId(0), &config.components);
            let title = title(&document, "a");
            let found = title_heading(&document, &title, &conventions);
            assert_eq!(found.is_some(), expected, "{text}");
        }
    }

    #[test]
    fn names_that_leave_the_folder_are_refused() {
        for name in [
            "..", "a/b", "a\\b", "%2e", "．．", "a\0", "con", "", ".a", "a.", "C:", "NUL.b",
            "com7", "lpt9",
        ] {
            assert!(!is_segment(name), "{name:?}");
        }
        for name in [
            "com",
            "com10",
            "console",
            "kg-inicis",
            "platform-2025-1-16",
            "결제 안내",
            "a_b.c",
        ] {
            assert!(is_segment(name), "{name:?}");
        }
    }
}

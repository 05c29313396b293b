//! The block at the head of a document: YAML, or TOML where keys have the meanings of a preset.
//!
//! ```text
//! ---              +++
//! title: …         title = "…"
//! ---              +++
//! ```
//!
//! Only a block at the very start counts, and it is cut off here rather than by the Markdown
//! reader, which takes `---` blocks in mid-document too. Writers' slips are forgiven and
//! reported: a single value where a list belongs, null items, padded strings, numbers for text.
//! Size and nesting are limited before the YAML is read.

mod front;
pub mod items;
mod keys;
mod mapped;
mod read;
mod values;

use std::borrow::Cow;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Message, Severity};
use crate::literal::{toml, yaml};
pub use crate::markdown::frontmatter::front::FrontKeys;
pub use crate::markdown::frontmatter::keys::FrontmatterKeys;
use crate::markdown::frontmatter::read::Read;
use crate::markdown::node;
use crate::markdown::offsets::without_dropped;
use crate::source::{FileId, Span};

/// Largest frontmatter that is read, in bytes. The largest real one has 11 KB.
pub const MAX_FRONTMATTER_BYTES: usize = 64 << 10;

/// Deepest nesting of flow and block collections that is read.
pub const MAX_FRONTMATTER_NESTING: usize = 16;

/// Characters that end a line; a value is one line.
const LINE_BREAKS: [char; 2] = ['\n', '\r'];

/// Keys of the block, besides the one that a project names companies with.
pub const KEYS: [&str; 11] = [
    "title",
    "category",
    "seo",
    "tags",
    "searchTags",
    "datetime",
    "slug",
    "aliases",
    "lang",
    "procedure",
    DRAFT,
];

/// Rule for what does not make clear whether a document is a draft.
pub const UNCLEAR_DRAFT: &str = "frontmatter-draft";

/// The key that keeps a document from being published.
const DRAFT: &str = "draft";

/// Keys below `seo` that writers put at the top.
const SEO_KEYS: [&str; 2] = ["description", "keywords"];

/// Metadata of a document; absent and null values are empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Frontmatter {
    /// Title of the page; `None` when missing or blank.
    pub title: Option<String>,
    /// Place in the navigation, written `A > B > C`.
    pub category: Option<String>,
    /// Text for search engines.
    pub seo: Seo,
    /// Subjects, shown on the page.
    pub tags: Vec<String>,
    /// Companies the page is about.
    pub companies: Vec<String>,
    /// The key that names them, which is a convention of the project; `None` where it has none.
    #[serde(skip)]
    pub company_key: Option<String>,
    /// Further words by which the page is found.
    pub search_tags: Vec<String>,
    /// Date as written.
    pub datetime: Option<String>,
    /// Last part of the page's address, where the file name will not do.
    pub slug: Option<String>,
    /// Former addresses, which redirect to the page.
    pub aliases: Vec<String>,
    /// Whether it is surely not to be published yet.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// A shorter title for the navigation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_title: Option<String>,
    /// Position among the pages of its folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<f64>,
    /// Whether the page is in no navigation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Whether the page is in no navigation, no search and no sitemap.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unlisted: bool,
    /// Name of the document in navigation and links.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Language of the text, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// A word shown beside the title, such as `Beta`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// Blocks of a front page, which are shown before the body.
    #[serde(skip)]
    pub front: Vec<node::Block>,
    /// The whole block with its fences; empty when the document has none.
    #[serde(skip)]
    pub span: Span,
}

/// Text for search engines.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Seo {
    /// Title, where it differs from the page's.
    pub title: Option<String>,
    /// One or two sentences.
    pub description: Option<String>,
    /// Key words.
    pub keywords: Vec<String>,
}

impl Frontmatter {
    /// The parts of `category`, outermost first.
    pub fn category_path(&self) -> impl Iterator<Item = &str> {
        let category = self.category.as_deref().unwrap_or_default();
        category
            .split('>')
            .map(str::trim)
            .filter(|part| !part.is_empty())
    }
}

impl Frontmatter {
    /// Bytes of all values.
    fn text_bytes(&self) -> usize {
        let Seo {
            title,
            description,
            keywords,
        } = &self.seo;
        let single = [
            &self.title,
            &self.category,
            &self.datetime,
            &self.slug,
            &self.short_title,
            &self.id,
            &self.lang,
            &self.badge,
            title,
            description,
        ];
        let lists = [
            &self.tags,
            &self.companies,
            &self.search_tags,
            &self.aliases,
            keywords,
        ];
        let values = single.into_iter().flatten();
        values
            .chain(lists.into_iter().flatten())
            .map(String::len)
            .sum()
    }

    /// Takes out of shown values what an escape in YAML may bring, and puts them on one line;
    /// addresses keep it and are refused for it.
    fn drop_hidden(&mut self) {
        let Seo {
            title,
            description,
            keywords,
        } = &mut self.seo;
        let single = [
            &mut self.title,
            &mut self.category,
            &mut self.datetime,
            &mut self.short_title,
            &mut self.badge,
            title,
            description,
        ];
        let lists = [
            &mut self.tags,
            &mut self.companies,
            &mut self.search_tags,
            keywords,
        ];
        let values = single.into_iter().flatten();
        for value in values.chain(lists.into_iter().flatten()) {
            if let Cow::Owned(shown) = without_dropped(value) {
                *value = shown;
            }
            if value.contains(LINE_BREAKS) {
                *value = value.replace(LINE_BREAKS, " ");
            }
        }
    }
}

/// Whether a document's frontmatter keeps it from being published. One that does not make it clear
/// has a finding that lets nothing be published.
pub fn is_draft(text: &str, keys: &FrontmatterKeys) -> bool {
    let fences = Fence::of(keys);
    let Some(block) = Block::find(text, start_of(text), fences) else {
        return false;
    };
    let block = &text[block.start..block.end];
    let is_named = match keys.is_empty() {
        true => block.contains(DRAFT),
        false => keys.of_drafts().any(|key| block.contains(key)),
    };
    // An escape may stand for a letter of the key.
    (is_named || block.contains('\\')) && read(text, FileId(0), keys, None).0.draft
}

/// Where the Markdown of another tool's document starts: behind its frontmatter, where it has one.
pub fn body_start(text: &str) -> usize {
    let start = start_of(text);
    let block = Block::find(text, start, &[Fence::Yaml, Fence::Toml]);
    block.map_or(start, |block| block.body)
}

/// Whether a document's frontmatter has a title.
pub fn has_title(text: &str, keys: &FrontmatterKeys) -> bool {
    read(text, FileId(0), keys, None).0.title.is_some()
}

/// Where a text starts behind a byte order mark.
fn start_of(text: &str) -> usize {
    match text.starts_with('\u{feff}') {
        true => '\u{feff}'.len_utf8(),
        false => 0,
    }
}

/// Cuts the frontmatter off `text` and reads it, with the companies under `company_key`; `body` is
/// where the Markdown starts.
pub(super) fn read(
    text: &str,
    file: FileId,
    keys: &FrontmatterKeys,
    company_key: Option<&str>,
) -> (Frontmatter, usize, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut frontmatter = Frontmatter {
        company_key: company_key.map(str::to_string),
        ..Frontmatter::default()
    };
    let start = start_of(text);
    let report = |rule, span| {
        let help = Message::new(format!("{rule}.help"));
        Diagnostic::new(rule, Severity::Fatal, file, span).help(help)
    };
    let Some(block) = Block::find(text, start, Fence::of(keys)) else {
        let first = text[start..].lines().next().unwrap_or_default();
        // In the documents of other tools a rule may be the first line.
        if keys.is_empty() && Fence::Yaml.is(first) {
            found.push(report("frontmatter-unclosed", Span::new(start, start + 3)));
        }
        return (frontmatter, start, found);
    };
    let source = &text[block.start..block.end];
    let whole = Span::new(start, block.body);
    let fence = Span::new(start, start + 3);
    if source.len() > MAX_FRONTMATTER_BYTES || nesting(source) > MAX_FRONTMATTER_NESTING {
        found.push(report("frontmatter-limit", fence));
    } else {
        let read = match keys.is_empty() {
            true => strict(source, block.start, company_key, file),
            false => mapped(source, block.fence, block.start, keys, file),
        };
        match read {
            // An alias repeats what it names; no writer needs more text than may be written.
            Ok((read, _)) if read.text_bytes() > MAX_FRONTMATTER_BYTES => {
                found.push(report("frontmatter-limit", fence));
            }
            Ok((read, faults)) => {
                found.extend(faults);
                frontmatter = Frontmatter {
                    company_key: frontmatter.company_key,
                    ..read
                };
                frontmatter.drop_hidden();
            }
            Err((reason, offset)) => {
                let at = text.floor_char_boundary(block.start + offset.min(source.len()));
                let end = text.ceil_char_boundary((at + 1).min(block.end));
                let span = Span::new(at, end.max(at));
                found.push(report("frontmatter-invalid", span).with("reason", reason));
            }
        }
    }
    frontmatter.span = whole;
    (frontmatter, block.body, found)
}

/// What a block says and what is odd about it; or why it cannot be read, and at which byte.
type BlockRead = Result<(Frontmatter, Vec<Diagnostic>), (String, usize)>;

/// Reads a block of the program's own keys; it starts at `start` in the file.
fn strict(yaml: &str, start: usize, company_key: Option<&str>, file: FileId) -> BlockRead {
    let read = Read::of(yaml, company_key).map_err(fault)?;
    let mut found = Vec::new();
    read.report((yaml, start), company_key, file, &mut found);
    Ok((read.frontmatter, found))
}

/// Reads a block whose keys have the meanings of a preset; it starts at `start` in the file.
fn mapped(
    source: &str,
    fence: Fence,
    start: usize,
    keys: &FrontmatterKeys,
    file: FileId,
) -> BlockRead {
    let values = match fence {
        Fence::Yaml => yaml::read(source).map_err(fault)?,
        Fence::Toml => toml::read(source)?,
    };
    let (mut frontmatter, fault) = mapped::read(&values, keys, source, start, file);
    let title = frontmatter.title.as_deref();
    frontmatter.front = front::read(&values, &keys.front, source, start, title);
    Ok((frontmatter, fault.into_iter().collect()))
}

fn fault(error: serde_yaml::Error) -> (String, usize) {
    let offset = error.location().map_or(0, |location| location.index());
    (reason(&error), offset)
}

/// What is wrong, without the place: the YAML reader counts lines from the start of the block.
fn reason(error: &serde_yaml::Error) -> String {
    let reason = error.to_string();
    let place = reason.rfind(" at line ").unwrap_or(reason.len());
    reason[..place].to_string()
}

/// The lines around a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fence {
    Yaml,
    Toml,
}

impl Fence {
    /// The fences that may open a block: TOML is for documents of other tools.
    fn of(keys: &FrontmatterKeys) -> &'static [Self] {
        match keys.is_empty() {
            true => &[Self::Yaml],
            false => &[Self::Yaml, Self::Toml],
        }
    }

    fn is(self, line: &str) -> bool {
        let fence = match self {
            Self::Yaml => "---",
            Self::Toml => "+++",
        };
        line.trim_end() == fence
    }
}

/// Offsets of the text between the fences, and of the text after them.
struct Block {
    fence: Fence,
    start: usize,
    end: usize,
    body: usize,
}

impl Block {
    fn find(text: &str, start: usize, fences: &[Fence]) -> Option<Self> {
        let mut lines = text[start..].split_inclusive('\n');
        let first = lines.next()?;
        let fence = *fences.iter().find(|fence| fence.is(first))?;
        let inner = start + first.len();
        let mut at = inner;
        for line in lines {
            if fence.is(line) {
                return Some(Self {
                    fence,
                    start: inner,
                    end: at,
                    body: at + line.len(),
                });
            }
            at += line.len();
        }
        None
    }
}

/// Deepest nesting of brackets, or of list marks on one line, quotes not regarded.
fn nesting(yaml: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in yaml.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let marks = yaml
        .lines()
        .map(|line| line.matches("- ").count())
        .max()
        .unwrap_or(0);
    deepest.max(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(yaml: &str, expected: impl Fn(&Frontmatter) -> bool, rules: &[&str]) {
        let text = format!("---\n{yaml}\n---\nbody");
        let keys = FrontmatterKeys::default();
        let (frontmatter, body, found) = read(&text, FileId(0), &keys, Some("firms"));
        assert_eq!(&text[body..], "body");
        assert!(expected(&frontmatter), "{frontmatter:?}");
        let found: Vec<_> = found.iter().map(|diagnostic| diagnostic.rule).collect();
        assert_eq!(found, rules, "{yaml:?}");
    }

    #[test]
    fn scalars_are_text_as_written() {
        check("title: 2026", |f| f.title.as_deref() == Some("2026"), &[]);
        check("category: no", |f| f.category.as_deref() == Some("no"), &[]);
        check(
            "tags: [y, 012, null, ' a ']",
            |f| f.tags == ["y", "012", "a"],
            &["frontmatter-null-item"],
        );
        check("tags: one", |f| f.tags == ["one"], &[]);
        check("tags:", |f| f.tags.is_empty(), &[]);
    }

    #[test]
    fn companies_have_the_key_of_the_project() {
        check("firms: [a, b]", |f| f.companies == ["a", "b"], &[]);
        check("firms: a", |f| f.companies == ["a"], &[]);
        let null = &["frontmatter-null-item"];
        check("firms: [a, null]", |f| f.companies == ["a"], null);
        let unknown = &["frontmatter-unknown-key"];
        check("companies: [a]", |f| f.companies.is_empty(), unknown);
    }

    #[test]
    fn slips_are_reported_with_their_key() {
        check(
            "titel: a",
            |f| f.title.is_none(),
            &["frontmatter-unknown-key"],
        );
        check(
            "title: a\ntitle: b",
            |_| true,
            &["frontmatter-repeated-key"],
        );
        check("title: [", |_| true, &["frontmatter-invalid"]);
        check(
            "seo:\n  keywords: [a, null]",
            |f| f.seo.keywords == ["a"],
            &[],
        );
    }

    #[test]
    fn repeated_key_is_reported_where_it_stands_again() {
        let text = "---\ntitle: a\nseo:\n  title: b\ntitle: c\n---\n";
        let (_, _, found) = read(text, FileId(0), &FrontmatterKeys::default(), None);
        let at = text.rfind("title: c").unwrap_or_default();
        assert_eq!(found[0].span, Span::new(at, at + "title".len()));
    }

    #[test]
    fn reason_leaves_the_place_to_the_span() {
        let (_, _, found) = read(
            "---\ntitle: a\ncategory: b: c\n---\n",
            FileId(0),
            &FrontmatterKeys::default(),
            None,
        );
        let (name, reason) = &found[0].message.values[0];
        assert_eq!(*name, "reason");
        assert_eq!(reason, "mapping values are not allowed in this context");
    }

    #[test]
    fn deep_yaml_is_refused_unread() {
        check(
            &format!("tags: {}", "[".repeat(100)),
            |_| true,
            &["frontmatter-limit"],
        );
        check(
            &format!("title: {}", "a".repeat(MAX_FRONTMATTER_BYTES)),
            |_| true,
            &["frontmatter-limit"],
        );
    }

    #[test]
    fn block_must_be_closed_and_come_first() {
        let (_, body, found) = read(
            "---\ntitle: a\n",
            FileId(0),
            &FrontmatterKeys::default(),
            None,
        );
        assert_eq!((body, found[0].rule), (0, "frontmatter-unclosed"));
        assert_eq!(
            read(
                "a\n---\nb\n---",
                FileId(0),
                &FrontmatterKeys::default(),
                None
            )
            .1,
            0
        );
        assert_eq!(
            read(
                "\u{feff}---\r\ntitle: a\r\n---\r\nb",
                FileId(0),
                &FrontmatterKeys::default(),
                None
            )
            .0
            .title
            .as_deref(),
            Some("a")
        );
    }

    #[test]
    fn category_is_cut_at_its_marks() {
        let frontmatter = Frontmatter {
            category: Some("A > B>C ".into()),
            ..Frontmatter::default()
        };
        assert_eq!(
            frontmatter.category_path().collect::<Vec<_>>(),
            ["A", "B", "C"]
        );
    }

    /// What a block says under a preset that gives meanings to keys.
    fn check_mapped(text: &str, expected: impl Fn(&Frontmatter) -> bool, rules: &[&str]) {
        let keys = "{title: [title], description: [description, seo.description], draft: [draft], \
            published: [published], order: [weight, sidebar.order], tags: [tags], date: [date], \
            slug: [slug]}";
        let keys: FrontmatterKeys = serde_yaml::from_str(keys).unwrap();
        let (frontmatter, _, found) = read(text, FileId(0), &keys, None);
        assert!(expected(&frontmatter), "{frontmatter:?}");
        let found: Vec<_> = found.iter().map(|diagnostic| diagnostic.rule).collect();
        assert_eq!(found, rules, "{text:?}");
        assert_eq!(is_draft(text, &keys), frontmatter.draft, "{text:?}");
    }

    #[test]
    fn marks_of_code_are_no_part_of_a_title() {
        let title =
            |expected: &'static str| move |f: &Frontmatter| f.title.as_deref() == Some(expected);
        check_mapped(
            "---\ntitle: '`<Tabs />` component'\n---\n",
            title("<Tabs /> component"),
            &[],
        );
        check_mapped("---\ntitle: 'a ` b'\n---\n", title("a ` b"), &[]);
    }

    #[test]
    fn keys_mean_what_a_preset_says() {
        check_mapped(
            "---\ntitle: 2026\nsidebar: {order: 3}\nseo: {description: b}\nown: [x]\n---\n",
            |f| {
                let description = f.seo.description.as_deref() == Some("b");
                f.title.as_deref() == Some("2026") && f.order == Some(3.0) && description
            },
            &[],
        );
        check_mapped(
            "---\ndescription: a\n---\n",
            |f| f.seo.description.is_some(),
            &[],
        );
        check_mapped("---\ntags: a, b\n---\n", |f| f.tags == ["a", "b"], &[]);
        check_mapped("---\npublished: false\n---\n", |f| f.draft, &[]);
        check_mapped(
            "---\na rule, no frontmatter\n",
            |f| *f == Frontmatter::default(),
            &[],
        );
        check_mapped(
            "---\ndate: {created: 2024-03-08}\n---\n",
            |f| f.datetime.as_deref() == Some("2024-03-08"),
            &[],
        );
        check_mapped(
            "---\ndate: soon\n---\n",
            |f| f.datetime.is_none(),
            &["frontmatter-date"],
        );
    }

    #[test]
    fn toml_is_read_between_its_own_fences() {
        check_mapped(
            "+++\ntitle = \"a\"\nweight = 10\ndate = 2024-03-08T09:00:00Z\ndraft = true\n+++\nb",
            |f| f.title.as_deref() == Some("a") && f.order == Some(10.0) && f.draft,
            &[],
        );
        check_mapped("+++\ntitle = \n+++\n", |_| true, &["frontmatter-invalid"]);
        let own = FrontmatterKeys::default();
        assert_eq!(read("+++\ntitle = 'a'\n+++\n", FileId(0), &own, None).1, 0);
    }
}

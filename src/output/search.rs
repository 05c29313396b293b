//! The search index, as scripts that hand their content to the site's client: pages opened from
//! disk may load scripts, and nothing else. Each language that paths name has an index of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::mem;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::Serialize;

use crate::config::search::SearchConfig;
use crate::error::Error;
use crate::model::page::Page;
use crate::model::translation::Translation;
use crate::output::{Output, Planned};
use crate::render::page::View;
use crate::search::code::lexicon;
use crate::search::count::Counted;
use crate::search::index::index;
use crate::search::language::LanguageData;
use crate::search::pack::Shards;
use crate::search::record::{Record, Section, ordered};
use crate::search::terms::key;
use crate::search::weights::{QUERY, QueryWeights};
use crate::search::words::Lexicon;

/// Version of the format; the client refuses any other.
const FORMAT: u32 = 7;

/// Name of the file that the client reads first.
const HEAD: &str = "index.js";

/// Bytes of documents up to which they are in the head, which saves a request: titles and tags of
/// about 200 pages.
const INLINE_BYTES: usize = 40_000;

/// Bytes of a block of documents where there are more.
const BLOCK_BYTES: usize = 24_000;

/// Digits of the hash in the folder's name.
const HASH_DIGITS: usize = 8;

/// The index.
pub struct SearchIndex;

/// What the client reads first.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head<'a> {
    format: u32,
    /// Folder of the other files.
    folder: String,
    documents: usize,
    /// First term of every shard whose terms are in order.
    shards: Vec<String>,
    /// First syllables of every further shard.
    clusters: Vec<String>,
    /// First document of every block.
    blocks: Vec<usize>,
    /// The documents, where they are one block.
    inline: Vec<DocumentRow>,
    /// Words that queries are corrected with.
    words: String,
    weights: QueryWeights,
    language: &'a SearchConfig,
    categories: Vec<String>,
    versions: &'a [String],
    /// Key and title.
    modes: Vec<(&'a str, &'a str)>,
    /// Bits of its versions for every document that has some.
    version_bits: BTreeMap<usize, u32>,
    /// Bits of its modes for every document that has some.
    mode_bits: BTreeMap<usize, u32>,
    companies: BTreeMap<&'a str, Vec<usize>>,
}

/// Address, title, keys of its search tags by line ends, category, and the document's path where the
/// address does not contain it.
type DocumentRow = (String, String, String, usize, String);

/// Anchor, heading (of an accordion its title), text, bits of the mode and of the versions, id and label of every field, place of the
/// section that it is in, 1 for an accordion.
type SectionRow = (
    String,
    String,
    String,
    u32,
    u32,
    Vec<(String, String)>,
    Option<usize>,
    u8,
);

impl Output for SearchIndex {
    fn name(&self) -> &'static str {
        "search"
    }

    fn is_made_together(&self) -> bool {
        true
    }

    fn may_make(&self, path: &str) -> bool {
        let Some(below) = path.strip_prefix("search/") else {
            return false;
        };
        let (first, rest) = below.split_once('/').unwrap_or((below, ""));
        let is_hash = first.len() == HASH_DIGITS && first.bytes().all(|b| b.is_ascii_hexdigit());
        first.is_empty() || [first, rest].contains(&HEAD) || is_hash
    }

    /// What they contain is gathered at once, for it decides their folder's name; each is then
    /// written by itself.
    fn plan<'v>(&self, view: &'v View<'v>) -> Result<Vec<Planned<'v>>, Error> {
        let translations = view.site.translations.iter();
        Ok(translations.flat_map(|own| files(view, own)).collect())
    }
}

/// The index of one language.
fn files<'v>(view: &'v View<'v>, translation: &'v Translation) -> Vec<Planned<'v>> {
    let pages = translation.pages.iter().map(|page| &view.site.pages[*page]);
    let pages = ordered(pages);
    let mut records: Vec<Record> = pages
        .par_iter()
        .map(|page| Record::of(page, &view.config.components))
        .collect();
    let counted = Counted::of(&records);
    let language = LanguageData::new(&view.config.search);
    let words = Lexicon::of(&counted, &|word| language.stem(word));
    let common = lexicon(&words.common);
    let lexicons = [
        ("rare", lexicon(&words.rare)),
        ("latin", lexicon(&words.latin)),
    ];
    let entries = index(counted);
    let shards = Shards::of(&entries);
    let texts = shards.texts(&entries);
    drop(entries);
    let sections = records
        .iter_mut()
        .map(|record| mem::take(&mut record.sections));
    let rows = sections.zip(&pages).map(|(sections, page)| {
        let rows = sections.into_iter();
        rows.map(|section| section_row(view, page, section))
            .collect()
    });
    let rows: Vec<Vec<SectionRow>> = rows.collect();
    drop(records);
    let (mut head, blocks) = head(view, &pages);
    head.shards = shards.starts;
    head.clusters = shards.clusters;
    head.words = common;
    head.folder = hash(&(FORMAT, &lexicons, &texts, &blocks, &rows));
    let folder = format!("search/{}", head.folder);
    let mut files = vec![part(
        &translation.search_folder(),
        "index".to_string(),
        head,
    )];
    let lexicons = lexicons.into_iter();
    files.extend(lexicons.map(|(name, text)| part(&folder, name.to_string(), text)));
    let texts = texts.into_iter().enumerate();
    files.extend(texts.map(|(at, text)| part(&folder, format!("t{at}"), text)));
    let blocks = blocks.into_iter().enumerate();
    files.extend(blocks.map(|(at, block)| part(&folder, format!("d{at}"), block)));
    let rows = rows.into_iter().enumerate();
    files.extend(rows.map(|(at, rows)| part(&folder, format!("p{at}"), rows)));
    files
}

/// A file of the index.
fn part<'v>(folder: &str, name: String, content: impl Serialize + Send + 'v) -> Planned<'v> {
    let path = format!("{folder}/{name}.js");
    Planned::new(path, move || script(&name, &content))
}

fn head<'v>(view: &View<'v>, pages: &[&'v Page]) -> (Head<'v>, Vec<Vec<DocumentRow>>) {
    let conventions = &view.config.conventions;
    let mut companies: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let (mut version_bits, mut mode_bits) = (BTreeMap::new(), BTreeMap::new());
    for (at, page) in pages.iter().enumerate() {
        for company in &page.document.frontmatter.companies {
            companies.entry(company).or_default().push(at);
        }
        let (versions, modes) = page_bits(view, page);
        version_bits.extend((versions != 0).then_some((at, versions)));
        mode_bits.extend((modes != 0).then_some((at, modes)));
    }
    let (starts, mut blocks) = blocks(pages);
    let inline = if blocks.len() == 1 {
        blocks.remove(0)
    } else {
        Vec::new()
    };
    let categories = view.site.categories.iter();
    let modes = conventions.modes.iter();
    let head = Head {
        format: FORMAT,
        folder: String::new(),
        documents: pages.len(),
        shards: Vec::new(),
        clusters: Vec::new(),
        blocks: starts,
        inline,
        words: String::new(),
        weights: QUERY,
        language: &view.config.search,
        categories: categories.map(|category| category.title.clone()).collect(),
        versions: &conventions.versions.names,
        modes: modes
            .map(|mode| (mode.key.as_str(), mode.title.as_str()))
            .collect(),
        version_bits,
        mode_bits,
        companies,
    };
    (head, blocks)
}

fn blocks(pages: &[&Page]) -> (Vec<usize>, Vec<Vec<DocumentRow>>) {
    let rows: Vec<DocumentRow> = pages.iter().map(|page| document_row(page)).collect();
    let size = |row: &DocumentRow| row.0.len() + row.1.len() + row.2.len() + row.4.len();
    let all: usize = rows.iter().map(size).sum();
    let most = if all <= INLINE_BYTES {
        all + 1
    } else {
        BLOCK_BYTES
    };
    let (mut starts, mut blocks) = (Vec::new(), Vec::<Vec<DocumentRow>>::new());
    let mut bytes = most;
    for (at, row) in rows.into_iter().enumerate() {
        if bytes >= most {
            starts.push(at);
            blocks.push(Vec::new());
            bytes = 0;
        }
        bytes += size(&row);
        if let Some(block) = blocks.last_mut() {
            block.push(row);
        }
    }
    (starts, blocks)
}

fn document_row(page: &Page) -> DocumentRow {
    let path = if page.path == page.address.twin() {
        String::new()
    } else {
        page.path.clone()
    };
    let tags = page.document.frontmatter.search_tags.iter();
    let tags: BTreeSet<String> = tags
        .map(|tag| key(tag))
        .filter(|tag| !tag.is_empty())
        .collect();
    let tags: Vec<String> = tags.into_iter().collect();
    let category = page.category.map_or(0, |category| category + 1);
    (
        page.address.to_string(),
        page.title.clone(),
        tags.join("\n"),
        category,
        path,
    )
}

/// Bits of the versions and modes that a page's scenarios have.
fn page_bits(view: &View<'_>, page: &Page) -> (u32, u32) {
    let scenarios = page.guide.iter().flat_map(|guide| &guide.scenarios);
    let (mut versions, mut modes) = (0, 0);
    for scenario in scenarios {
        versions |= version_bits(view, &scenario.versions);
        for mode in &scenario.modes {
            modes |= mode_bit(view, &mode.key);
        }
    }
    (versions, modes)
}

fn version_bits(view: &View<'_>, versions: &[String]) -> u32 {
    let names = view.config.conventions.versions.names.iter().enumerate();
    let held = names.filter(|(_, name)| versions.contains(name));
    held.fold(0, |bits, (at, _)| bits | bit(at))
}

fn mode_bit(view: &View<'_>, key: &str) -> u32 {
    let mut modes = view.config.conventions.modes.iter();
    modes.position(|mode| mode.key == key).map_or(0, bit)
}

/// Bit of the name at a place; names past the 31st share none.
fn bit(at: usize) -> u32 {
    u32::try_from(at)
        .ok()
        .and_then(|at| 1_u32.checked_shl(at))
        .unwrap_or(0)
}

fn section_row(view: &View<'_>, page: &Page, section: Section) -> SectionRow {
    let is_answer = u8::from(section.is_answer());
    let is_below = |id: &str| {
        let rest = section.under.strip_prefix(id);
        !id.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut scenarios = page.guide.iter().flat_map(|guide| &guide.scenarios);
    let scenario = scenarios.find(|scenario| is_below(&scenario.id));
    let versions = scenario.map_or(0, |scenario| version_bits(view, &scenario.versions));
    let modes = scenario.into_iter().flat_map(|scenario| &scenario.modes);
    let modes = modes
        .filter(|mode| is_below(&mode.id))
        .fold(0, |bits, mode| bits | mode_bit(view, &mode.key));
    let Section {
        anchor,
        heading,
        text,
        fields,
        above,
        ..
    } = section;
    (
        anchor, heading, text, modes, versions, fields, above, is_answer,
    )
}

/// What ends a script or a line of it, whatever reads the file, and how it is written instead.
const UNSAFE: [(&str, &str); 3] = [
    ("</", "<\\/"),
    ("\u{2028}", "\\u2028"),
    ("\u{2029}", "\\u2029"),
];

/// A script that hands its content to the client.
fn script(name: &str, content: &impl Serialize) -> Result<Vec<u8>, Error> {
    let mut json = serde_json::to_string(content).map_err(|error| Error::Template {
        reason: error.to_string(),
    })?;
    for (from, to) in UNSAFE {
        if json.contains(from) {
            json = json.replace(from, to);
        }
    }
    Ok(format!("tickbookSearch(\"{name}\",{json});\n").into_bytes())
}

/// A name for what the files are made of: other content has another, so that a browser never
/// mixes an index with the parts of a former one.
fn hash(content: &impl Hash) -> String {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let digits = format!("{:016x}", hasher.finish());
    digits[..HASH_DIGITS].to_string()
}

//! Finds out from which tool a content folder is, and reads what the tool's files say about its
//! navigation, language and title.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf, absolute};
use std::rc::Rc;

use crate::config::languages::Languages;
use crate::config::tool::{NavigationForm, Setting, ToolFile};
use crate::config::{Config, DEFAULT_PRESET, Language, PRESETS};
use crate::disk::{Folder, open_below};
use crate::error::Error;
use crate::model::conventions::{Conventions, Opens};
use crate::model::language::language_of_texts;
use crate::model::site::common_folder;
use crate::source::{Asset, Source, SourceSet};
use crate::tool::{MAX_TOOL_FILE_BYTES, ToolText};

/// Folders above the content in which files of its tool are looked for.
const MOST_ABOVE: usize = 3;

/// The folder that ends the search: what is above a repository is not part of it.
const REPOSITORY: &str = ".git";

/// Longest setting that is taken, in bytes.
const LONGEST_SETTING: usize = 400;

/// Bytes of documents by which their language is known.
const ENOUGH: usize = 4 << 20;

/// What was found out about a content folder.
pub(super) struct Inferred {
    /// The configuration for it.
    pub config: Config,
    /// The preset that fits.
    pub preset: &'static str,
    /// The file that shows it; `None` where the documents do.
    pub file: Option<PathBuf>,
}

/// What the files of a tool say besides settings.
#[derive(Default)]
pub(super) struct ToolFiles {
    /// The file with the navigation; `None` where folders are it.
    pub navigation: Option<PathBuf>,
    /// A file that has the navigation as code.
    pub code: Option<Source>,
}

/// The configuration that fits a content folder without a project; `own` is the one of the default
/// preset.
///
/// # Errors
/// [`Error::Config`] when a preset is not valid.
pub(super) fn infer(content: &Path, sources: &SourceSet, own: Config) -> Result<Inferred, Error> {
    if is_own(sources, &own)? {
        return Ok(Inferred {
            config: own,
            preset: DEFAULT_PRESET,
            file: None,
        });
    }
    let (preset, file) = detect(&folders(content, sources), content, sources);
    let (preset, file) = match (preset, file) {
        ("", _) => (by_documents(sources), None),
        found => found,
    };
    let mut config = of_preset(preset)?;
    if file.is_none() {
        config.files.mdx_in_md &= is_mdx_in_md(sources);
    }
    let mut left = ENOUGH;
    // What is in no language's folder is in that of the site.
    let is_own = |document: &&Source| {
        let mut parts = document.path.split('/').rev().skip(1);
        parts.all(|folder| config.languages.tag(folder).is_none())
    };
    let has_own = sources.documents.iter().any(|document| is_own(&document));
    let documents = sources.documents.iter();
    let documents = documents.filter(|document| !has_own || is_own(document));
    let texts = documents.map(|document| &*document.text);
    let texts = texts.take_while(|text| {
        let is_wanted = left > 0;
        left = left.saturating_sub(text.len());
        is_wanted
    });
    let lang = language_of_texts(texts);
    config.lang = lang;
    Ok(Inferred {
        config,
        preset,
        file,
    })
}

fn of_preset(name: &str) -> Result<Config, Error> {
    Config::read(&format!("preset: {name}"), name)
}

/// Whether many documents are of the default preset, or there is nothing to read: a guide has a mode
/// and a section that the preset names, and any document may have keys that only the preset has.
fn is_own(sources: &SourceSet, config: &Config) -> Result<bool, Error> {
    let conventions = Conventions::new(config)?;
    let documents = &sources.documents;
    let is_own = |document: &&Source| {
        has_key(&document.text, &config.tool.keys) || is_guide(&document.text, &conventions)
    };
    if documents.is_empty() {
        return Ok(sources.faults.is_empty());
    }
    let enough = documents.len().div_ceil(FEW);
    Ok(documents.iter().filter(is_own).take(enough).count() == enough)
}

/// Of so many documents, one at least is of the default preset where it is the site's.
const FEW: usize = 5;

fn is_guide(text: &str, conventions: &Conventions<'_>) -> bool {
    let opens = |line: &str| {
        let heading = line.trim_start_matches('#').trim_matches([' ', '*', '\r']);
        match line.starts_with('#') {
            true => conventions.opens(heading),
            false => Opens::Other,
        }
    };
    let is_mode = |line: &str| matches!(opens(line), Opens::Mode(_));
    let is_section = |line: &str| matches!(opens(line), Opens::Path | Opens::Fields);
    text.lines().any(is_mode) && text.lines().any(is_section)
}

/// Whether the frontmatter has one of these keys.
fn has_key(text: &str, keys: &[String]) -> bool {
    let Some(block) = text.strip_prefix("---") else {
        return false;
    };
    let lines = block.lines().take_while(|line| *line != "---");
    let mut names = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key);
    names.any(|name| keys.iter().any(|key| key == name))
}

/// Documents whose name says so are MDX, and those of which many contain what only MDX has.
fn by_documents(sources: &SourceSet) -> &'static str {
    let mut documents = sources.documents.iter();
    let is_named = documents.any(|document| document.path.ends_with(".mdx"));
    match is_named || is_mdx_in_md(sources) {
        true => "mdx",
        false => "markdown",
    }
}

/// Whether many documents that end in `.md` contain what only MDX has.
fn is_mdx_in_md(sources: &SourceSet) -> bool {
    let documents = sources.documents.iter();
    let documents: Vec<&Source> = documents.filter(|one| one.path.ends_with(".md")).collect();
    let signs = documents.iter().filter(|document| has_mdx(&document.text));
    signs.count() * FEW > documents.len()
}

/// Whether a line outside code is an import, or contains a comment in braces.
fn has_mdx(text: &str) -> bool {
    let mut is_code = false;
    text.lines().any(|line| {
        is_code ^= line.trim_start().starts_with("```");
        let is_import = line.starts_with("import ") && line.contains(" from ");
        let is_comment = line.contains("{/*") && line.contains("*/}");
        !is_code && (is_import || is_comment)
    })
}

/// The folders in which files of the content's tool may be, the nearest to the documents first: the
/// one that contains all documents, and those above it, up to three above the content.
fn folders(content: &Path, sources: &SourceSet) -> Vec<PathBuf> {
    let content = absolute(content).unwrap_or_else(|_| content.to_path_buf());
    let below = folder_of_documents(sources);
    let depth = below.split('/').filter(|part| !part.is_empty()).count();
    let start = content.join(below);
    let mut folders = Vec::new();
    for (index, folder) in start.ancestors().take(depth + MOST_ABOVE + 1).enumerate() {
        folders.push(folder.to_path_buf());
        if index >= depth
            && names(Folder::open(folder))
                .iter()
                .any(|name| name == REPOSITORY)
        {
            break;
        }
    }
    folders
}

/// The folder that contains every document; empty for the content folder itself.
fn folder_of_documents(sources: &SourceSet) -> String {
    let folders = sources.documents.iter().map(|document| {
        let (folder, _) = document.path.rsplit_once('/').unwrap_or_default();
        folder
    });
    common_folder(folders)
}

/// The names in a folder; none where it cannot be opened.
fn names(folder: io::Result<Folder>) -> Vec<String> {
    let names = folder.and_then(|folder| folder.names());
    let names = names.unwrap_or_default().into_iter();
    let mut names: Vec<String> = names.filter_map(|name| name.into_string().ok()).collect();
    names.sort_unstable();
    names
}

/// The preset whose files are nearest, and the file; an empty name where no tool has any.
fn detect(
    folders: &[PathBuf],
    content: &Path,
    sources: &SourceSet,
) -> (&'static str, Option<PathBuf>) {
    let presets: Vec<(&'static str, Config)> = PRESETS
        .iter()
        .filter_map(|(name, _)| Some((*name, of_preset(name).ok()?)))
        .collect();
    let marks: Vec<(&'static str, &ToolFile)> = presets
        .iter()
        .flat_map(|(name, config)| config.tool.detect.iter().map(|mark| (*name, mark)))
        .collect();
    let beside = |folder: &PathBuf| {
        marks.iter().find_map(|(name, mark)| {
            let file = find(folder, &mark.file)?;
            fits(mark, || read(&file)).then_some((*name, Some(file.clone())))
        })
    };
    let mut found = folders.iter().filter_map(beside);
    let found = found.next().or_else(|| below(&marks, content, sources));
    found.unwrap_or_default()
}

/// The preset with a file in any folder of the content.
fn below(
    marks: &[(&'static str, &ToolFile)],
    content: &Path,
    sources: &SourceSet,
) -> Option<(&'static str, Option<PathBuf>)> {
    let marks = marks.iter().filter(|(_, mark)| mark.anywhere);
    let mut found = marks.flat_map(|(name, mark)| {
        let assets = sources.assets.iter();
        let named = assets.filter(|asset| {
            let own = asset.path.rsplit('/').next().unwrap_or_default();
            is_named(own, &mark.file)
        });
        let fitting = named.filter(|asset| fits(mark, || text_of(asset)));
        fitting.map(|asset| (*name, Some(content.join(&asset.path))))
    });
    found.next()
}

/// Whether a file contains what shows the tool.
fn fits(mark: &ToolFile, text: impl FnOnce() -> Option<String>) -> bool {
    mark.contains.is_empty() || text().is_some_and(|text| text.contains(&mark.contains))
}

fn text_of(asset: &Asset) -> Option<String> {
    let bytes = asset.read_within(MAX_TOOL_FILE_BYTES).ok()?;
    String::from_utf8(bytes).ok()
}

/// The file in a folder that a pattern means; a name that ends in `*` means any ending.
fn find(folder: &Path, pattern: &str) -> Option<PathBuf> {
    let (below, name) = pattern.rsplit_once('/').unwrap_or(("", pattern));
    let names = names(open_below(folder, Path::new(below)));
    let folder = folder.join(below);
    let found = names.iter().find(|own| is_named(own, name))?;
    Some(folder.join(found))
}

fn is_named(name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

fn read(file: &Path) -> Option<String> {
    let folder = Folder::open(file.parent()?).ok()?;
    let bytes = folder.read_within(file.file_name()?, MAX_TOOL_FILE_BYTES);
    String::from_utf8(bytes.ok()?).ok()
}

/// Lays what the tool's files say under the configuration of a project or a folder.
pub(super) fn read_tool_files(
    config: &mut Config,
    content: &Path,
    sources: &SourceSet,
) -> ToolFiles {
    let mut files = ToolFiles::default();
    let tool = config.tool.clone();
    if tool.navigation.is_empty() && tool.settings.is_empty() {
        return files;
    }
    let folders = folders(content, sources);
    let found = |pattern: &str| folders.iter().find_map(|folder| find(folder, pattern));
    let mut texts = BTreeMap::new();
    let mut text_of = |file: &Path| -> Rc<ToolText> {
        let read = || Rc::new(ToolText::new(&name(file), read(file).unwrap_or_default()));
        texts.entry(file.to_path_buf()).or_insert_with(read).clone()
    };
    for own in &tool.settings {
        let Some(file) = found(&own.file) else {
            continue;
        };
        let value = text_of(&file).setting(&own.at);
        // A page contains it, however long it is.
        let Some(value) = value.filter(|value| value.len() <= LONGEST_SETTING) else {
            continue;
        };
        let site = &mut config.site;
        let slot = match own.sets {
            Setting::Title => &mut site.title,
            Setting::Lang => &mut site.lang,
            Setting::Base => &mut site.base,
        };
        if slot.is_empty() {
            *slot = value;
        }
    }
    for own in &tool.navigation {
        if own.form == NavigationForm::Folder {
            read_folder_lists(config, &own.file, sources);
            continue;
        }
        let Some(file) = found(&own.file).filter(|_| config.navigation.is_empty()) else {
            continue;
        };
        let text = text_of(&file);
        match text.entries(own) {
            Some(entries) => {
                config.navigation = entries;
                files.navigation = Some(file);
            }
            None if text.text().contains(&own.at) => {
                let (path, text) = (shown(&file), text.text().to_string());
                files.code = Some(Source { path, text });
            }
            None => {}
        }
    }
    files
}

/// The language of the words around pages that a site's setting means.
pub(super) fn interface_language(config: &Config) -> Option<Language> {
    let tag = Languages::load().tag(&config.site.lang)?;
    Some(match tag.starts_with("ko") {
        true => Language::Ko,
        false => Language::En,
    })
}

fn read_folder_lists(config: &mut Config, pattern: &str, sources: &SourceSet) {
    for asset in &sources.assets {
        let (folder, name) = asset.path.rsplit_once('/').unwrap_or(("", &asset.path));
        if !is_named(name, pattern) {
            continue;
        }
        let text = text_of(asset).unwrap_or_default();
        if let Some(list) = ToolText::new(name, text).folder_list() {
            let parts = folder.split('/').filter(|part| !part.starts_with('('));
            let folder = parts.collect::<Vec<_>>().join("/");
            config.folder_lists.insert(folder, list);
        }
    }
}

/// A file as it is shown: below the folder in which the program runs, where it is.
pub(super) fn shown(file: &Path) -> String {
    let here = absolute(".").unwrap_or_default();
    file.strip_prefix(&here)
        .unwrap_or(file)
        .display()
        .to_string()
}

fn name(file: &Path) -> String {
    let name = file.file_name().unwrap_or(OsStr::new(""));
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(documents: &[(&str, &str)]) -> SourceSet {
        let documents = documents.iter().map(|(path, text)| Source {
            path: path.to_string(),
            text: text.to_string(),
        });
        SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        }
    }

    #[test]
    fn dialect_is_that_of_names_and_of_many_texts() {
        let check = |documents: &[(&str, &str)], expected: &str| {
            assert_eq!(by_documents(&set(documents)), expected, "{documents:?}");
        };
        check(&[("a.md", "# a"), ("b.mdx", "# b")], "mdx");
        check(&[("a.md", "# a")], "markdown");
        check(&[("a.md", "# a {/*b*/}")], "mdx");
        check(&[("a.md", "```\n{/* a */}\n```")], "markdown");
    }

    #[test]
    fn guide_of_the_default_preset_has_a_mode_and_a_section() {
        let config = Config::defaults();
        let check = |text: &str, expected: bool| {
            assert_eq!(
                is_own(&set(&[("a.md", text)]), &config).unwrap(),
                expected,
                "{text}"
            );
        };
        check("### 테스트 연동\n#### 설정방법\n", true);
        check("### 테스트 연동\n", false);
        check("---\nsearchTags: [a]\n---\n", true);
        check("---\ntitle: a\n---\nsearchTags: b\n", false);
    }
}

//! `tickbook adopt`

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::files::{read, write};
use crate::cli::inferred::{infer, interface_language, read_tool_files, shown as shown_file};
use crate::cli::{Console, Outcome, answer};
use crate::config::languages::Languages;
use crate::config::{CONFIG_FILE, Config, DEFAULT_PRESET, MAX_CONFIG_BYTES};
use crate::diagnostic::{Diagnostic, Severity, written};
use crate::error::Error;
use crate::include::expand;
use crate::markdown::node::{Block, Inline};
use crate::markdown::schema::Dialect;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::site::Site;
use crate::model::site::common_folder;
use crate::report::clean::Form;
use crate::report::finding::fault_lines;
use crate::report::human::human;
use crate::source::{SourceSet, load};
use crate::strings::Strings;

/// Most components that are named.
const MOST_COMPONENTS: usize = 40;

/// Arguments of `tickbook adopt`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder with the documents, or with a site of another tool
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Replace a tickbook.yaml that is there
    #[arg(long)]
    force: bool,
}

/// Reports what a folder contains, and writes a configuration with which it can be built.
pub(super) fn run(arguments: &Arguments, console: Console) -> Result<Outcome, Error> {
    let root = &arguments.folder;
    let below = content_below(&load(root)?);
    let content = root.join(&below);
    let mut sources = load(&content)?;
    let inferred = infer(&content, &sources, Config::defaults())?;
    let mut config = inferred.config;
    let files = read_tool_files(&mut config, &content, &sources);
    config.lang = interface_language(&config).unwrap_or(config.lang);
    let strings = Strings::load(console.lang.unwrap_or(config.lang));
    let target = root.join(CONFIG_FILE);
    let before = read(&target, MAX_CONFIG_BYTES, &strings)?;
    if before.is_some() && !arguments.force {
        let path = target.display().to_string();
        return Err(Error::Refused(
            strings.cli("adopt_exists", &[("path", &path)]),
        ));
    }
    config.keep_pages(&mut sources);
    expand(&mut sources, &config);
    let (site, found) = Site::build(&sources, &config)?;
    let report = Report {
        config: &config,
        sources: &sources,
        site: &site,
        strings: &strings,
    };
    let mut lines = vec![
        report.line(
            "adopt_tool",
            &[
                ("preset", inferred.preset),
                (
                    "reason",
                    &shown(inferred.file.as_deref(), "inferred_by_documents", &strings),
                ),
                ("dialect", dialect(&config)),
            ],
        ),
        report.documents(),
        report.line(
            "adopt_navigation",
            &[
                (
                    "source",
                    &shown(files.navigation.as_deref(), "inferred_folders", &strings),
                ),
                ("categories", &site.categories.len().to_string()),
            ],
        ),
        report.languages(),
    ];
    lines.extend(report.components());
    if let Some(file) = &files.code {
        lines.push(report.line("navigation_not_data", &[("path", &file.path)]));
    }
    lines.extend(report.unreadable(&found, console));
    answer(&(lines.join("\n") + "\n"), Form::Text)?;
    let text = configuration(&config, inferred.preset, &below, root);
    write(
        &target,
        &text,
        before.as_deref(),
        MAX_CONFIG_BYTES,
        &strings,
    )?;
    let path = target.display().to_string();
    console.status(&strings.cli(
        "adopted",
        &[("path", &path), ("root", &root.display().to_string())],
    ));
    Ok(Outcome::Done)
}

/// The folder that contains the documents, below the one that was named: what is beside one folder,
/// such as a README, belongs to the repository.
fn content_below(sources: &SourceSet) -> String {
    let folders = sources.documents.iter();
    let folders = folders.filter_map(|document| Some(document.path.rsplit_once('/')?.0));
    let common = common_folder(folders);
    // A folder of one language is one of several, now or later.
    let (above, last) = common.rsplit_once('/').unwrap_or(("", &common));
    match Languages::load().tag(last) {
        Some(_) => above.to_string(),
        None => common,
    }
}

fn dialect(config: &Config) -> &'static str {
    match config.dialect {
        Dialect::Help => "help",
        Dialect::Mdx => "mdx",
        Dialect::Markdown => "markdown",
    }
}

fn shown(file: Option<&Path>, otherwise: &str, strings: &Strings) -> String {
    file.map_or_else(|| strings.cli(otherwise, &[]), shown_file)
}

/// The text of the configuration file.
fn configuration(config: &Config, preset: &str, content: &str, root: &Path) -> String {
    let mut text = format!("# Written by `tickbook adopt`.\npreset: {preset}\n");
    if preset != DEFAULT_PRESET {
        text += &format!("lang: {}\n", config.lang.tag());
    }
    match content {
        "" => {
            let name = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
            let name = name
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let output = format!("../{}-site", name.as_deref().unwrap_or("content"));
            text += &format!("content: .\noutput: {}\n", quoted(&output));
        }
        content => text += &format!("content: {}\n", quoted(content)),
    }
    if !config.site.title.is_empty() {
        text += &format!("site:\n  title: {}\n", quoted(&config.site.title));
    }
    text
}

/// A text as a YAML string on one line; YAML allows fewer characters in one than JSON.
fn quoted(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let escape = |c: char| match c {
        c if c.is_control() || ('\u{2028}'..='\u{2029}').contains(&c) => {
            format!("\\u{:04x}", u32::from(c))
        }
        c => c.to_string(),
    };
    json.chars().map(escape).collect()
}

/// What is reported about a site.
struct Report<'a> {
    config: &'a Config,
    sources: &'a SourceSet,
    site: &'a Site,
    strings: &'a Strings,
}

impl Report<'_> {
    fn line(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.strings.cli(key, values)
    }

    fn documents(&self) -> String {
        let SourceSet {
            documents,
            fragments,
            drafts,
            ..
        } = self.sources;
        self.line(
            "adopt_documents",
            &[
                ("documents", &documents.len().to_string()),
                ("fragments", &fragments.len().to_string()),
                ("drafts", &drafts.len().to_string()),
            ],
        )
    }

    fn languages(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for page in &self.site.pages {
            *counts.entry(&page.lang).or_default() += 1;
        }
        self.line(
            "adopt_languages",
            &[("languages", &by_count(counts, usize::MAX))],
        )
    }

    /// The components that documents use, those that are known and the others.
    fn components(&self) -> Vec<String> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for page in &self.site.pages {
            walk(&page.document.blocks, Attributes::Skip, &mut |node| {
                let component = match node {
                    Node::Block(Block::Component(component)) => component,
                    Node::Inline(Inline::Component(component)) => component,
                    _ => return,
                };
                *counts.entry(component.name.as_str()).or_default() += 1;
            });
        }
        let is_known = |name: &str| self.config.components.get(name).is_some();
        let (known, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
            counts.into_iter().partition(|(name, _)| is_known(name));
        let lists = [
            ("adopt_components", known),
            ("adopt_unknown_components", others),
        ];
        let lists = lists.into_iter().filter(|(_, counts)| !counts.is_empty());
        let line = |(key, counts)| {
            let names = by_count(counts, MOST_COMPONENTS);
            self.line(key, &[("names", &names)])
        };
        lists.map(line).collect()
    }

    /// What would stop a build.
    fn unreadable(&self, found: &[Diagnostic], console: Console) -> Vec<String> {
        let fatal = found
            .iter()
            .filter(|found| found.severity == Severity::Fatal);
        let fatal = written(fatal.cloned().collect(), self.sources);
        let fatal: Vec<&Diagnostic> = fatal.iter().collect();
        let faults = &self.sources.faults;
        if fatal.is_empty() && faults.is_empty() {
            return Vec::new();
        }
        for fault in faults {
            console.warn(&fault_lines(fault, self.strings));
        }
        console.show(&human(&fatal, self.sources, self.strings, console.color));
        let count = (fatal.len() + faults.len()).to_string();
        vec![self.line("adopt_unreadable", &[("count", &count)])]
    }
}

/// Names with their numbers, the most frequent first.
fn by_count(counts: BTreeMap<&str, usize>, most: usize) -> String {
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let left = counts.len().saturating_sub(most);
    let shown = counts.iter().take(most);
    let mut shown: Vec<String> = shown
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    shown.extend((left > 0).then(|| format!("… ({left})")));
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_of_any_characters_can_be_read_again() {
        let title = "a \"b\" \\ \n \u{7} \u{7f} \u{85} \u{2028} <결제> # : {x}";
        let read: String = serde_yaml::from_str(&quoted(title)).unwrap();
        assert_eq!(read, title);
    }
}

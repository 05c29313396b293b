//! `tickbook print`: one sheet, found by a few words. It never guesses: a request that names
//! several sheets is answered with their list.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::build::prepare_theme;
use crate::cli::project::Project;
use crate::cli::{ContentArguments, Outcome, Talk, answer};
use crate::error::Error;
use crate::model::anchor::slug;
use crate::model::page::Page;
use crate::normal::folded;
use crate::output::checklist::page as sheet_page;
use crate::render::html::Output;
use crate::render::sheet::SheetRef;
use crate::render::theme::Theme;

/// Arguments of `tickbook print`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The guide: its slug, its title, or a word of them
    guide: String,
    /// Words of the scenario, enough to name one
    #[arg(long, value_name = "WORDS")]
    scenario: Option<String>,
    /// Only scenarios for this version, such as V2
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The mode's key, such as test or live
    #[arg(long, value_name = "KEY")]
    mode: Option<String>,
    /// Write to this file, or to standard output for `-` [default: named after the sheet]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Folder with the project's tickbook.yaml
    #[arg(long, value_name = "ROOT")]
    root: Option<PathBuf>,
    #[command(flatten)]
    content: ContentArguments,
}

/// Prints one sheet.
pub(super) fn run(arguments: &Arguments, talk: Talk) -> Result<Outcome, Error> {
    let content = arguments.content.content.as_deref();
    let project = Project::open(arguments.root.as_deref(), content, talk)?;
    let sheet = find(&project, arguments)?;
    let Project {
        config,
        strings,
        sources,
        book,
        ..
    } = &project;
    let mut theme = Theme::load(project.root.as_deref())?;
    prepare_theme(&mut theme, book, sources, config, strings);
    let view = book.view(sources, config, &theme, strings);
    let html = sheet_page(sheet, &view, &theme.sheet_style(), Output::Alone)?;
    let file = match &arguments.output {
        Some(file) if file.as_os_str() == "-" => {
            answer(&html)?;
            return Ok(Outcome::Done);
        }
        Some(file) => file.clone(),
        None => default_file(&project, sheet),
    };
    if file
        .extension()
        .is_some_and(|ending| !ending.eq_ignore_ascii_case("html"))
    {
        let path = file.display().to_string();
        return Err(Error::Request(strings.cli("not_html", &[("path", &path)])));
    }
    fs::write(&file, html).map_err(|error| Error::io("write", &file, error))?;
    let name = describe(&project, sheet);
    talk.say(&strings.cli(
        "printed",
        &[("sheet", &name), ("path", &file.display().to_string())],
    ));
    Ok(Outcome::Done)
}

fn default_file(project: &Project, sheet: &SheetRef) -> PathBuf {
    let name = sheet.address.rsplit('/').next().unwrap_or(&sheet.address);
    Path::new(&format!(
        "{}-{name}",
        project.book.site.pages[sheet.page].slug
    ))
    .to_path_buf()
}

/// The one sheet that is asked for.
fn find<'p>(project: &'p Project, arguments: &Arguments) -> Result<&'p SheetRef, Error> {
    let pages = narrow_pages(project, &arguments.guide);
    let sheets: Vec<&SheetRef> = project
        .book
        .sheets
        .iter()
        .filter(|sheet| pages.contains(&sheet.page))
        .collect();
    if sheets.is_empty() {
        return Err(refuse(
            project,
            "no_such_guide",
            &arguments.guide,
            &all_guides(project),
        ));
    }
    if pages.len() > 1 {
        let guides: Vec<String> = pages
            .iter()
            .map(|page| guide_line(&project.book.site.pages[*page]))
            .collect();
        return Err(refuse(project, "several_guides", &arguments.guide, &guides));
    }
    let mut left = sheets.clone();
    if let Some(version) = &arguments.version {
        left.retain(|sheet| is_for(project, sheet, version));
    }
    if let Some(words) = &arguments.scenario {
        left = narrow_scenarios(project, &left, words);
    }
    if let Some(mode) = &arguments.mode {
        left.retain(|sheet| names_mode(project, sheet, mode));
    }
    let lines = |sheets: &[&SheetRef]| {
        sheets
            .iter()
            .map(|sheet| describe(project, sheet))
            .collect::<Vec<_>>()
    };
    match left.as_slice() {
        [sheet] => Ok(*sheet),
        [] => Err(refuse(
            project,
            "no_such_sheet",
            &arguments.guide,
            &lines(&sheets),
        )),
        several => Err(refuse(
            project,
            "several_sheets",
            &arguments.guide,
            &lines(several),
        )),
    }
}

fn refuse(project: &Project, key: &str, asked: &str, candidates: &[String]) -> Error {
    let list: String = candidates
        .iter()
        .map(|line| format!("\n  {line}"))
        .collect();
    Error::Request(project.strings.cli(key, &[("asked", asked)]) + &list)
}

fn all_guides(project: &Project) -> Vec<String> {
    project
        .book
        .site
        .pages
        .iter()
        .filter(|page| page.guide.is_some())
        .map(guide_line)
        .collect()
}

fn guide_line(page: &Page) -> String {
    format!("{}  {}", page.slug, page.title)
}

/// Guides whose slug is the word; else whose path or title is; else those that hold it.
fn narrow_pages(project: &Project, asked: &str) -> Vec<usize> {
    let wanted = folded(asked);
    let guides: Vec<(usize, &Page)> = project
        .book
        .site
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.guide.is_some())
        .collect();
    let matches: [&dyn Fn(&Page) -> bool; 3] = [
        &|page| folded(&page.slug) == wanted,
        &|page| folded(&page.path) == wanted || folded(&page.title) == wanted,
        &|page| {
            names(page)
                .iter()
                .any(|name| folded(name).contains(&wanted))
        },
    ];
    let found = matches.iter().map(|is_match| {
        guides
            .iter()
            .filter(|(_, page)| is_match(page))
            .map(|(index, _)| *index)
            .collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|pages| !pages.is_empty())
        .unwrap_or_default()
}

fn names(page: &Page) -> Vec<&str> {
    let frontmatter = &page.document.frontmatter;
    let mut names = vec![page.slug.as_str(), page.title.as_str()];
    names.extend(frontmatter.pg_companies.iter().map(String::as_str));
    names
}

/// Sheets of the scenario with just these words; else of those that hold them all, versions
/// included.
fn narrow_scenarios<'p>(
    project: &Project,
    sheets: &[&'p SheetRef],
    words: &str,
) -> Vec<&'p SheetRef> {
    let wanted = slug(words);
    let exact: Vec<&SheetRef> = sheets
        .iter()
        .copied()
        .filter(|sheet| {
            let (scenario, _) = sheet.parts(&project.book.site);
            slug(&scenario.title) == wanted || scenario.id == words
        })
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let words: Vec<String> = wanted.split('-').map(folded).collect();
    let holds_all = |sheet: &&&SheetRef| {
        let (scenario, _) = sheet.parts(&project.book.site);
        let text = folded(&format!(
            "{} {}",
            scenario.title,
            scenario.versions.join(" ")
        ));
        words.iter().all(|word| text.contains(word.as_str()))
    };
    sheets.iter().filter(holds_all).copied().collect()
}

/// Whether a scenario is for a version; one that names none is for all.
fn is_for(project: &Project, sheet: &SheetRef, version: &str) -> bool {
    let (scenario, _) = sheet.parts(&project.book.site);
    scenario.versions.is_empty()
        || scenario
            .versions
            .iter()
            .any(|known| folded(known) == folded(version))
}

fn names_mode(project: &Project, sheet: &SheetRef, asked: &str) -> bool {
    let (_, mode) = sheet.parts(&project.book.site);
    let label = project
        .config
        .conventions
        .modes
        .iter()
        .find(|known| known.key == mode.key);
    let label = label.map(|known| known.label.as_str()).unwrap_or_default();
    [mode.key.as_str(), mode.title.as_str(), label]
        .iter()
        .any(|name| folded(name) == folded(asked))
}

fn describe(project: &Project, sheet: &SheetRef) -> String {
    let (scenario, mode) = sheet.parts(&project.book.site);
    let versions = scenario.versions.join(", ");
    let versions = if versions.is_empty() {
        String::new()
    } else {
        format!(" ({versions})")
    };
    let slug = &project.book.site.pages[sheet.page].slug;
    format!(
        "{slug} · {}{versions} · {} ({})",
        scenario.title, mode.title, mode.key
    )
}

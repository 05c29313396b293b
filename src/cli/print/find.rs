//! Which sheets are asked for. Nothing is guessed: what names several is answered with their list.

use crate::cli::print::request::Request;
use crate::cli::project::Project;
use crate::config::Tone;
use crate::error::Error;
use crate::model::anchor::slug;
use crate::model::page::Page;
use crate::normal::folded;
use crate::render::sheet::SheetRef;
use crate::report::clean::on_one_line;

/// The sheets that are asked for, test first and live last. Only who names several guides or
/// modes, or asks for all, gets several.
pub(super) fn find<'p>(
    project: &'p Project,
    request: &Request,
) -> Result<Vec<&'p SheetRef>, Error> {
    if request.guides.is_empty() {
        let text = project.strings.cli("no_guide_named", &[]);
        return Err(Error::Request(text + &list(&all_guides(project))));
    }
    let mut found = Vec::new();
    for guide in &request.guides {
        let page = find_page(project, guide)?;
        let sheets = find_sheets(project, guide, page, request)?;
        found.extend(sheets);
    }
    found.sort_by_key(|sheet| rank(project, sheet));
    Ok(found)
}

fn find_page(project: &Project, guide: &str) -> Result<usize, Error> {
    let pages = narrow_pages(project, guide);
    match pages.as_slice() {
        [] => Err(refuse(
            project,
            "no_such_guide",
            guide,
            &all_guides(project),
        )),
        [page] => Ok(*page),
        several => {
            let guides = several.iter();
            let guides = guides.map(|page| guide_line(&project.book.site.pages[*page]));
            let guides: Vec<String> = guides.collect();
            Err(refuse(project, "several_guides", guide, &guides))
        }
    }
}

fn find_sheets<'p>(
    project: &'p Project,
    guide: &str,
    page: usize,
    request: &Request,
) -> Result<Vec<&'p SheetRef>, Error> {
    let of_page = project.book.sheets.iter();
    let of_page: Vec<&SheetRef> = of_page.filter(|sheet| sheet.page == page).collect();
    if of_page.is_empty() {
        let guides = all_guides(project);
        return Err(refuse(project, "no_such_guide", guide, &guides));
    }
    let mut left = of_page.clone();
    if let Some(version) = &request.version {
        left.retain(|sheet| is_for(project, sheet, version));
    }
    if let Some(words) = &request.scenario {
        left = narrow_scenarios(project, &left, words);
    }
    if !request.modes.is_empty() {
        let is_asked = |sheet: &&SheetRef| {
            let mut modes = request.modes.iter();
            modes.any(|mode| names_mode(project, sheet, mode))
        };
        left.retain(is_asked);
    }
    let refuse_sheets = |key, sheets: &[&SheetRef]| {
        let lines = sheets.iter().map(|sheet| describe(project, sheet));
        refuse(project, key, guide, &lines.collect::<Vec<_>>())
    };
    if left.is_empty() {
        return Err(refuse_sheets("no_such_sheet", &of_page));
    }
    let may_be_several = request.is_all || request.guides.len() > 1;
    let scenarios = left.iter().any(|sheet| sheet.scenario != left[0].scenario);
    let is_one = left.len() == 1 || (!scenarios && request.modes.len() > 1);
    if may_be_several || is_one {
        Ok(left)
    } else {
        Err(refuse_sheets("several_sheets", &left))
    }
}

fn rank(project: &Project, sheet: &SheetRef) -> u8 {
    let (_, mode) = sheet.parts(&project.book.site);
    let known = project.config.conventions.mode(&mode.key);
    match known.map(|known| known.tone) {
        Some(Tone::Test) => 0,
        None | Some(Tone::Neutral) => 1,
        Some(Tone::Live) => 2,
    }
}

fn refuse(project: &Project, key: &str, asked: &str, candidates: &[String]) -> Error {
    Error::Request(project.strings.cli(key, &[("asked", asked)]) + &list(candidates))
}

fn list(lines: &[String]) -> String {
    let line = |line: &String| format!("\n  {}", on_one_line(line));
    lines.iter().map(line).collect()
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

/// Guides whose slug is the word; else whose path or title is; else those that contain it.
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

/// Sheets of the scenario with just these words; else of those that contain them all, versions
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
    let label = project.config.conventions.mode(&mode.key);
    let label = label.map(|known| known.label.as_str()).unwrap_or_default();
    [mode.key.as_str(), mode.title.as_str(), label]
        .iter()
        .any(|name| folded(name) == folded(asked))
}

/// A sheet on one line.
pub(super) fn describe(project: &Project, sheet: &SheetRef) -> String {
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

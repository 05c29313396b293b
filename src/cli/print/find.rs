//! Which sheets are asked for. Nothing is guessed: what names several is answered with their list.

use crate::cli::print::request::Request;
use crate::cli::project::Project;
use crate::config::Tone;
use crate::error::Error;
use crate::model::anchor::slug;
use crate::model::page::Page;
use crate::nearness::suggestion;
use crate::normal::folded;
use crate::render::sheet::SheetRef;
use crate::report::clean::on_one_line;

/// Most names that a message lists.
const MOST_LISTED: usize = 20;

/// The sheets that are asked for, test first and live last. Only who names several guides or
/// modes, or asks for all, gets several.
pub(super) fn find<'p>(
    project: &'p Project,
    request: &Request,
) -> Result<Vec<&'p SheetRef>, Error> {
    let asked = if request.guides.is_empty() && request.is_all {
        Asked::all(project, request)?
    } else {
        let named = request.guides.iter();
        let named = named.map(|guide| Asked::read(project, guide, request));
        named.collect::<Result<Vec<_>, _>>()?
    };
    if asked.is_empty() {
        let text = project.strings.cli("no_guide_named", &[]);
        return Err(Error::Request(text + &list(project, &all_guides(project))));
    }
    for mode in &request.modes {
        let is_known = asked.iter().any(|asked| !asked.in_mode(mode).is_empty());
        if !is_known {
            return Err(asked[0].no_mode(mode));
        }
    }
    let mut found = Vec::new();
    for asked in &asked {
        found.extend(asked.sheets_for(request)?);
    }
    found.sort_by_key(|sheet| rank(project, sheet));
    Ok(found)
}

/// The sheets of one guide, as far as the request narrowed them.
struct Asked<'p, 'r> {
    project: &'p Project,
    guide: &'r str,
    sheets: Vec<&'p SheetRef>,
}

impl<'p: 'r, 'r> Asked<'p, 'r> {
    /// Every guide that has what is asked for; the first one's error where none has.
    fn all(project: &'p Project, request: &Request) -> Result<Vec<Self>, Error> {
        let pages = project.book.site.pages.iter().enumerate();
        let pages = pages.filter(|(_, page)| page.guide.is_some());
        let (mut asked, mut refused) = (Vec::new(), None);
        for (index, page) in pages {
            let one = Self::of_page(project, index, &page.slug, request);
            match one.and_then(|one| one.sheets_for(request).map(|_| one)) {
                Ok(one) => asked.push(one),
                Err(error) => refused = refused.or(Some(error)),
            }
        }
        match refused {
            Some(error) if asked.is_empty() => Err(error),
            _ => Ok(asked),
        }
    }

    /// The sheets of a guide for the version and the scenario that are asked for.
    fn read(project: &'p Project, guide: &'r str, request: &Request) -> Result<Self, Error> {
        Self::of_page(project, find_page(project, guide)?, guide, request)
    }

    fn of_page(
        project: &'p Project,
        page: usize,
        guide: &'r str,
        request: &Request,
    ) -> Result<Self, Error> {
        let of_page = project.book.sheets.iter();
        let sheets: Vec<&SheetRef> = of_page.filter(|sheet| sheet.page == page).collect();
        if sheets.is_empty() {
            let text = project.strings.cli("no_checklist", &[("asked", guide)]);
            return Err(Error::Request(text));
        }
        let mut asked = Self {
            project,
            guide,
            sheets,
        };
        if let Some(version) = &request.version {
            asked.narrow_to_version(version)?;
        }
        if let Some(words) = &request.scenario {
            asked.narrow_to_scenario(words)?;
        }
        Ok(asked)
    }

    fn narrow_to_version(&mut self, version: &str) -> Result<(), Error> {
        let project = self.project;
        let sheets = self.sheets.iter().copied();
        let left: Vec<&SheetRef> = sheets
            .filter(|sheet| is_for(project, sheet, version))
            .collect();
        if left.is_empty() {
            let known = self.each(|sheet| sheet.parts(&project.book.site).0.versions.clone());
            let near = suggestion(version, known.iter().map(String::as_str));
            return Err(self.refuse("no_such_version", version, near, &known));
        }
        self.sheets = left;
        Ok(())
    }

    fn narrow_to_scenario(&mut self, words: &str) -> Result<(), Error> {
        let left = narrow_scenarios(self.project, &self.sheets, words);
        if left.is_empty() {
            let site = &self.project.book.site;
            let titles = self.each(|sheet| vec![sheet.parts(site).0.title.clone()]);
            let near = nearest_words(words, &titles);
            return Err(self.refuse("no_such_scenario", words, near, &titles));
        }
        self.sheets = left;
        Ok(())
    }

    fn in_mode(&self, mode: &str) -> Vec<&'p SheetRef> {
        let sheets = self.sheets.iter().copied();
        sheets
            .filter(|sheet| names_mode(self.project, sheet, mode))
            .collect()
    }

    fn no_mode(&self, mode: &str) -> Error {
        let names = self.each(|sheet| mode_names(self.project, sheet));
        let near = suggestion(mode, names.iter().map(String::as_str));
        let known = self.each(|sheet| {
            let (_, mode) = sheet.parts(&self.project.book.site);
            vec![format!("{}  {}", mode.key, mode.title)]
        });
        self.refuse("no_such_mode", mode, near, &known)
    }

    /// The sheets in the modes that are asked for, where that is one, or where several are.
    fn sheets_for(&self, request: &Request) -> Result<Vec<&'p SheetRef>, Error> {
        let is_asked = |sheet: &&SheetRef| {
            let mut modes = request.modes.iter();
            request.modes.is_empty() || modes.any(|mode| names_mode(self.project, sheet, mode))
        };
        let left: Vec<&SheetRef> = self.sheets.iter().copied().filter(is_asked).collect();
        let Some(first) = left.first() else {
            return Err(self.no_mode(&request.modes.join(",")));
        };
        let may_be_several = request.is_all || request.guides.len() > 1;
        let is_one_scenario = left.iter().all(|sheet| sheet.scenario == first.scenario);
        let is_one = left.len() == 1 || (is_one_scenario && request.modes.len() > 1);
        if may_be_several || is_one {
            return Ok(left);
        }
        let lines = left.iter().map(|sheet| describe(self.project, sheet));
        let lines: Vec<String> = lines.collect();
        Err(several(self.project, "several_sheets", self.guide, &lines))
    }

    /// What each sheet has, each once.
    fn each(&self, names: impl Fn(&SheetRef) -> Vec<String>) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for name in self.sheets.iter().flat_map(|sheet| names(sheet)) {
            if !all.contains(&name) {
                all.push(name);
            }
        }
        all
    }

    fn refuse(&self, key: &str, asked: &str, near: Option<&str>, known: &[String]) -> Error {
        let values = [("guide", self.guide), ("asked", asked)];
        let text = self.project.strings.cli(key, &values);
        unknown(self.project, text, near, known)
    }
}

fn find_page(project: &Project, guide: &str) -> Result<usize, Error> {
    let pages = narrow_pages(project, guide);
    match pages.as_slice() {
        [] => {
            let text = project.strings.cli("no_such_guide", &[("asked", guide)]);
            let guides = project.book.site.pages.iter();
            let names = guides.filter(|page| page.guide.is_some()).flat_map(names);
            let names: Vec<String> = names.map(str::to_string).collect();
            let near = nearest_words(guide, &names);
            Err(unknown(project, text, near, &all_guides(project)))
        }
        [page] => Ok(*page),
        found => {
            let guides = found.iter();
            let guides = guides.map(|page| guide_line(&project.book.site.pages[*page]));
            let guides: Vec<String> = guides.collect();
            Err(several(project, "several_guides", guide, &guides))
        }
    }
}

/// The name that was meant, or the word of one for a word that is in none.
fn nearest_words<'n>(asked: &str, names: &'n [String]) -> Option<&'n str> {
    let parts = names.iter().flat_map(|name| name.split_whitespace());
    let whole = names.iter().map(String::as_str).chain(parts);
    let is_between = |c: char| !c.is_alphanumeric();
    let is_unknown = |word: &&str| {
        let word = folded(word);
        !names.iter().any(|name| folded(name).contains(&word))
    };
    let words = || names.iter().flat_map(|name| name.split(is_between));
    let of_word = |word| suggestion(word, words());
    let mut unknown = asked.split(is_between).filter(is_unknown);
    suggestion(asked, whole).or_else(|| unknown.find_map(of_word))
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

/// Refuses what nothing matches, with what there is.
fn unknown(project: &Project, message: String, near: Option<&str>, known: &[String]) -> Error {
    let strings = &project.strings;
    let end = match near {
        Some(near) => strings.cli("did_you_mean", &[("near", near)]),
        None => ".".to_string(),
    };
    let there_are = strings.cli("there_are", &[]);
    Error::Request(message + &end + &there_are + &list(project, known))
}

/// Refuses what several match.
fn several(project: &Project, key: &str, asked: &str, candidates: &[String]) -> Error {
    let text = project.strings.cli(key, &[("asked", asked)]);
    Error::Request(text + &list(project, candidates))
}

/// Names, one a line; of many the first.
fn list(project: &Project, lines: &[String]) -> String {
    let line = |line: &str| format!("\n  {}", on_one_line(line));
    let shown = lines.iter().take(MOST_LISTED).map(|name| line(name));
    let mut text: String = shown.collect();
    if lines.len() > MOST_LISTED {
        let more = (lines.len() - MOST_LISTED).to_string();
        text += &line(&project.strings.cli("and_more", &[("count", &more)]));
    }
    text
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
    names.extend(frontmatter.companies.iter().map(String::as_str));
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
    let names = mode_names(project, sheet);
    names.iter().any(|name| folded(name) == folded(asked))
}

/// Key, title and label of a sheet's mode.
fn mode_names(project: &Project, sheet: &SheetRef) -> Vec<String> {
    let (_, mode) = sheet.parts(&project.book.site);
    let known = project.config.conventions.mode(&mode.key);
    let label = known.map(|known| known.label.clone()).unwrap_or_default();
    vec![mode.key.clone(), mode.title.clone(), label]
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
    let mode = match mode.title.as_str() {
        "" => String::new(),
        title => format!(" · {title} ({})", mode.key),
    };
    let slug = &project.book.site.pages[sheet.page].slug;
    format!("{slug} · {}{versions}{mode}", scenario.title)
}

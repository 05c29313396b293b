//! Choices between tabs that are asked for: `--variant os=linux`, or `--variant linux` where only one
//! choice has this label.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::print::request::Request;
use crate::cli::project::Project;
use crate::error::Error;
use crate::markdown::schema::choice::PanelChoices;
use crate::model::variant::{Variant, labels_in, variants};
use crate::nearness::suggestion;
use crate::normal::folded;
use crate::render::checklist::ChecklistView;
use crate::render::sheet::SheetRef;
use crate::report::clean::on_one_line;
use crate::source::Span;

/// The word for all labels of a choice.
const ALL: &str = "all";

/// Most choices that a message lists.
const MOST_LISTED: usize = 20;

/// The labels that are chosen.
#[derive(Default)]
pub(super) struct ChosenVariants {
    /// Every choice of the site; none where nothing is asked for or chosen.
    all: Vec<Variant>,
    /// What is chosen in some of them.
    chosen: Vec<Chosen>,
}

/// A choice with its label.
struct Chosen {
    /// Index of the choice.
    at: usize,
    /// One of its labels, or [`ALL`].
    label: String,
    /// Whether somebody asks for it, and not only the project's settings.
    is_asked: bool,
}

impl ChosenVariants {
    /// The choices of a request, and the project's own where the request has none.
    ///
    /// # Errors
    /// [`Error::Request`] for a word that is no label, or is one of several choices.
    pub fn read(project: &Project, request: &Request) -> Result<Self, Error> {
        let named = &project.config.procedures.variants;
        if request.variants.is_empty() && named.values().all(|one| one.default.is_none()) {
            return Ok(Self::default());
        }
        let all = variants(&project.book.site.pages, &project.config);
        let mut labels: Vec<Option<String>> = vec![None; all.len()];
        for word in request.variants.iter().flat_map(|word| parts(word, &all)) {
            for (at, label) in Asked::of(&word).find(project, &all)? {
                labels[at] = Some(label);
            }
        }
        let chosen = labels.into_iter().enumerate().filter_map(|(at, label)| {
            let is_asked = label.is_some();
            let label = label.or_else(|| all[at].default.clone())?;
            Some(Chosen {
                at,
                label,
                is_asked,
            })
        });
        Ok(Self {
            chosen: chosen.collect(),
            all,
        })
    }

    /// The panels that are chosen.
    pub fn panels(&self) -> PanelChoices {
        let mut panels = PanelChoices::default();
        for chosen in &self.chosen {
            let variant = &self.all[chosen.at];
            if let Some(label) = variant.label(&chosen.label) {
                variant.choose(label, &mut panels);
            }
        }
        panels
    }

    /// Names on sheets what is chosen in them; `site` is the project without the choices.
    pub fn name(
        &self,
        site: &Project,
        printed: &Project,
        sheets: &[&SheetRef],
        filled: &mut [ChecklistView],
    ) {
        let variants: Vec<&Variant> = self.all.iter().collect();
        for (sheet, view) in sheets.iter().zip(filled) {
            let page = &site.book.site.pages[sheet.page];
            let here = labels_in(page, &parts_of(printed, sheet), &variants, &site.config);
            let chosen = self.chosen.iter();
            let shown = chosen.filter_map(|chosen| {
                let label = self.all[chosen.at].label(&chosen.label)?;
                let is_here = here
                    .get(&chosen.at)?
                    .iter()
                    .any(|one| folded(one) == folded(label));
                is_here.then(|| shown(&self.all[chosen.at], label))
            });
            view.variants = shown.collect();
        }
    }

    /// Refuses what is asked for and is on none of the sheets that one request prints; `site` is the
    /// project without the choices.
    ///
    /// # Errors
    /// [`Error::Request`] with the choices that the sheets have.
    pub fn check<'s>(
        &self,
        site: &Project,
        sheets: impl IntoIterator<Item = (&'s Project, &'s SheetRef)>,
    ) -> Result<(), Error> {
        if self.chosen.iter().all(|chosen| !chosen.is_asked) {
            return Ok(());
        }
        let mut parts: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for (printed, sheet) in sheets {
            parts
                .entry(sheet.page)
                .or_default()
                .extend(parts_of(printed, sheet));
        }
        let variants: Vec<&Variant> = self.all.iter().collect();
        let mut there: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for (page, parts) in parts {
            let page = &site.book.site.pages[page];
            for (at, labels) in labels_in(page, &parts, &variants, &site.config) {
                let labels = labels.iter().map(|label| folded(label));
                there.entry(at).or_default().extend(labels);
            }
        }
        let is_there = |chosen: &&Chosen| {
            let labels = there.get(&chosen.at);
            let label = folded(&chosen.label);
            labels.is_some_and(|labels| label == ALL || labels.contains(&label))
        };
        let mut asked = self.chosen.iter().filter(|chosen| chosen.is_asked);
        match asked.find(|chosen| !is_there(chosen)) {
            Some(missing) => Err(self.missing(site, missing, &there)),
            None => Ok(()),
        }
    }

    /// Refuses a label that no printed sheet has; `there` are the labels that they have.
    fn missing(
        &self,
        site: &Project,
        missing: &Chosen,
        there: &BTreeMap<usize, BTreeSet<String>>,
    ) -> Error {
        let asked = on_one_line(&format!("{}={}", self.all[missing.at].name, missing.label));
        let values = [("asked", asked.as_str())];
        if there.is_empty() {
            return Error::Request(site.strings.cli("no_variants_on_sheets", &values));
        }
        let lines = there.iter().map(|(at, there)| {
            let variant = &self.all[*at];
            let labels = variant.labels.iter();
            let labels = labels.filter(|label| there.contains(&folded(label)));
            let labels: Vec<&str> = labels.map(String::as_str).collect();
            format!("{}={}", variant.name, labels.join("|"))
        });
        let text = site.strings.cli("no_variant_on_sheets", &values);
        let there_are = site.strings.cli("there_are", &[]);
        Error::Request(text + &there_are + &list(site, lines.collect()))
    }
}

/// The bytes that a sheet is made of.
fn parts_of(printed: &Project, sheet: &SheetRef) -> Vec<Span> {
    let (scenario, mode) = sheet.parts(&printed.book.site);
    let mut parts = vec![scenario.span];
    parts.extend(mode.items.iter().map(|item| item.span));
    parts
}

/// A label with what is chosen by it.
fn shown(variant: &Variant, label: &str) -> String {
    match variant.title.as_str() {
        "" => label.to_string(),
        title => format!("{title}: {label}"),
    }
}

/// The choices in one argument: all of it where that is a label, else its parts between commas.
fn parts(word: &str, all: &[Variant]) -> Vec<String> {
    let asked = Asked::of(word);
    let is_whole = all.iter().any(|one| one.label(asked.label).is_some());
    match is_whole {
        true => vec![word.to_string()],
        false => word.split(',').map(str::to_string).collect(),
    }
}

/// One choice that is asked for.
struct Asked<'w> {
    name: Option<&'w str>,
    label: &'w str,
}

impl<'w> Asked<'w> {
    fn of(word: &'w str) -> Self {
        match word.split_once('=') {
            Some((name, label)) => Self {
                name: Some(name.trim()),
                label: label.trim(),
            },
            None => Self {
                name: None,
                label: word.trim(),
            },
        }
    }

    /// Whether the choice is the one that is named: by its name, or by one of its labels.
    fn is_named(&self, variant: &Variant) -> bool {
        let is_so =
            |name: &str| folded(name) == folded(&variant.name) || variant.label(name).is_some();
        self.name.is_none_or(is_so)
    }

    /// The choices that are meant with their labels, or `all`.
    fn find(&self, project: &Project, all: &[Variant]) -> Result<Vec<(usize, String)>, Error> {
        let named: Vec<usize> = (0..all.len())
            .filter(|at| self.is_named(&all[*at]))
            .collect();
        if self.name.is_some() && !named.is_empty() && folded(self.label) == ALL {
            return Ok(named.into_iter().map(|at| (at, ALL.to_string())).collect());
        }
        let found: Vec<(usize, String)> = named
            .iter()
            .filter_map(|at| Some((*at, all[*at].label(self.label)?.to_string())))
            .collect();
        let is_one = found.iter().all(|(at, _)| {
            let first = &all[found[0].0].name;
            all[*at].name == *first
        });
        match found.is_empty() {
            false if is_one => Ok(found),
            false => Err(self.several(project, all, &found)),
            true => Err(self.unknown(project, all, &named)),
        }
    }

    fn several(&self, project: &Project, all: &[Variant], found: &[(usize, String)]) -> Error {
        let text = project
            .strings
            .cli("several_variants", &[("asked", self.label)]);
        let lines = found
            .iter()
            .map(|(at, label)| format!("{}={label}", all[*at].name));
        Error::Request(text + &list(project, lines.collect()))
    }

    /// Refuses a name that no choice has, or a label that none of the named ones has.
    fn unknown(&self, project: &Project, all: &[Variant], named: &[usize]) -> Error {
        let strings = &project.strings;
        let (key, asked, known): (_, _, Vec<&str>) = match (self.name, named.is_empty()) {
            (Some(name), true) => {
                let names = all.iter().map(|one| one.name.as_str());
                ("no_such_variant", name, names.collect())
            }
            _ => {
                let labels = named.iter().flat_map(|at| &all[*at].labels);
                let labels = labels.map(String::as_str);
                ("no_such_variant_label", self.label, labels.collect())
            }
        };
        let text = strings.cli(key, &[("asked", asked)]);
        let end = match suggestion(asked, known.iter().copied()) {
            Some(near) => strings.cli("did_you_mean", &[("near", near)]),
            None => ".".to_string(),
        };
        let shown = all.iter().enumerate();
        let shown = shown.filter(|(at, _)| named.is_empty() || named.contains(at));
        let lines = shown.map(|(_, one)| format!("{}={}", one.name, one.labels.join("|")));
        let there_are = strings.cli("there_are", &[]);
        Error::Request(text + &end + &there_are + &list(project, lines.collect()))
    }
}

/// Lines of a message; of many the first.
fn list(project: &Project, lines: Vec<String>) -> String {
    let line = |text: &str| format!("\n  {}", on_one_line(text));
    let shown = lines.iter().take(MOST_LISTED).map(|one| line(one));
    let mut text: String = shown.collect();
    if lines.len() > MOST_LISTED {
        let more = (lines.len() - MOST_LISTED).to_string();
        text += &line(&project.strings.cli("and_more", &[("count", &more)]));
    }
    text
}

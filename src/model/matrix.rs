//! Makes the items of every scenario and mode, which are the tree of a sheet, in one walk.
//!
//! A statement of the guide or the scenario is an item of each mode that it applies to. So is what
//! a section beside the modes contains: it applies to the mode before it, in every scenario that
//! its text names.

mod attach;
mod form;
pub(super) mod key;
mod notices;
mod step;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Tone;
use crate::config::signals::Signal;
use crate::markdown::node::Block;
use crate::markdown::text::collapse_blanks;
use crate::model::condition::Scope;
use crate::model::conventions::{Conventions, Opens};
use crate::model::item::{Item, Section};
use crate::model::limit::{MAX_MODES, MAX_SHARED};
use crate::model::matrix::walk::Walk;
use crate::model::outline::Part;
use crate::model::statement::{Form, Statement, statements};

/// Shortest word of a title that can distinguish its scenario from others, in characters.
const SHORTEST_WORD: usize = 2;

/// Most words of a title that are compared.
const MOST_WORDS: usize = 16;

/// The parts of a guide that items are made of.
pub(super) struct Layout<'a> {
    /// The guide's title and the names of the service's providers.
    pub names: String,
    /// Blocks before the first scenario.
    pub intro: &'a [Block],
    pub scenarios: Vec<ScenarioLayout<'a>>,
    /// Sections after the scenarios, each with all parts below it.
    pub behind: Vec<Vec<Part<'a>>>,
}

/// The parts of a scenario.
pub(super) struct ScenarioLayout<'a> {
    pub title: &'a str,
    /// Blocks between its heading and the first one below.
    pub intro: &'a [Block],
    pub modes: Vec<ModeLayout<'a>>,
    /// Sections beside the modes: how many modes are before each, and its parts.
    pub beside: Vec<(usize, Vec<Part<'a>>)>,
}

/// The parts of a mode.
pub(super) struct ModeLayout<'a> {
    pub tone: Tone,
    /// What to verify at the end, used when the guide does not state it; may be empty.
    pub closing: &'a str,
    /// Its heading's part and those below it.
    pub parts: Vec<Part<'a>>,
    /// Whether the first part is the mode's own heading and not a section.
    pub has_heading: bool,
}

/// The items of every mode: by scenario, by mode, in the order of a sheet.
pub(super) fn items(layout: &Layout<'_>, conventions: &Conventions<'_>) -> Vec<Vec<Vec<Item>>> {
    if layout.scenarios.is_empty() {
        return Vec::new();
    }
    let modes: usize = layout.scenarios.iter().map(|one| one.modes.len()).sum();
    let shared = match modes <= MAX_SHARED {
        true => binding(statements(layout.intro, conventions)),
        false => Vec::new(),
    };
    let sections = sections(layout, conventions);
    let of_scenario = |(scenario, beside): (&ScenarioLayout<'_>, &Vec<Shared<'_, '_>>)| {
        let scope = Scope::new(&layout.names, scenario.title, conventions);
        let intro = statements(scenario.intro, conventions);
        let modes = scenario.modes.iter().enumerate();
        let modes = modes.map(|(position, mode)| {
            let mut walk = Walk::new(mode.tone, &scope, conventions);
            // A mode past the limit has no sheet, so what all modes share is not repeated for it.
            let has_sheet = position < MAX_MODES;
            if has_sheet {
                walk.preamble(&shared);
                walk.preamble(&intro);
            }
            walk.mode(mode);
            let binds = |one: &&Shared<'_, '_>| one.before.is_none_or(|last| last == position);
            if has_sheet {
                for one in beside.iter().filter(binds) {
                    walk.beside(one.parts, &one.strange);
                }
            }
            walk.finish(mode.closing)
        });
        modes.collect()
    };
    layout
        .scenarios
        .iter()
        .zip(&sections)
        .map(of_scenario)
        .collect()
}

/// A section outside the modes, as it applies to one scenario.
struct Shared<'l, 'a> {
    /// The mode before it; `None` when it applies to all modes.
    before: Option<usize>,
    parts: &'l [Part<'a>],
    strange: Strange,
}

/// The sections beside and after the modes that apply to each scenario, by scenario.
fn sections<'l, 'a>(
    layout: &'l Layout<'a>,
    conventions: &Conventions<'_>,
) -> Vec<Vec<Shared<'l, 'a>>> {
    let titles: Vec<&str> = layout.scenarios.iter().map(|one| one.title).collect();
    let unique = unique_words(&titles);
    let mut found: Vec<Vec<Shared<'l, 'a>>> = titles.iter().map(|_| Vec::new()).collect();
    let beside = layout
        .scenarios
        .iter()
        .enumerate()
        .flat_map(|(owner, one)| {
            let sections = one.beside.iter();
            sections.map(move |(before, parts)| (Some(owner), *before, parts))
        });
    let behind = layout.behind.iter().map(|parts| (None, 0, parts));
    for (owner, before, parts) in beside.chain(behind) {
        if owner.is_none() && titles.len() > MAX_SHARED {
            continue;
        }
        let named = unique.named_in(&text_of(parts, conventions));
        let mut reached: BTreeSet<usize> = owner.into_iter().collect();
        match named.is_empty() && owner.is_none() {
            true => reached.extend(0..titles.len()),
            false => reached.extend(&named),
        }
        if reached.len() > MAX_SHARED {
            continue;
        }
        for scenario in reached {
            let last = layout.scenarios[scenario].modes.len().checked_sub(1);
            let mode = match (owner, before) {
                (None, _) => last,
                (Some(_), 0) => None,
                (Some(_), before) => Some(before - 1),
            };
            let others = named.iter().filter(|other| **other != scenario);
            found[scenario].push(Shared {
                before: mode,
                parts,
                strange: Strange {
                    own: unique.of(scenario),
                    others: others.flat_map(|other| unique.of(*other)).collect(),
                },
            });
        }
    }
    found
}

/// The words that occur in one title only, with the index of that title.
struct UniqueWords(BTreeMap<String, usize>);

fn unique_words(titles: &[&str]) -> UniqueWords {
    let mut seen: BTreeMap<String, Option<usize>> = BTreeMap::new();
    if titles.len() > MAX_SHARED {
        return UniqueWords(BTreeMap::new());
    }
    for (index, title) in titles.iter().enumerate() {
        for word in words(title) {
            let first = seen.entry(word).or_insert(Some(index));
            if *first != Some(index) {
                *first = None;
            }
        }
    }
    let unique = seen
        .into_iter()
        .filter_map(|(word, title)| Some((word, title?)));
    UniqueWords(unique.collect())
}

impl UniqueWords {
    /// Indices of the titles that a text names.
    fn named_in(&self, text: &str) -> BTreeSet<usize> {
        let named = self
            .0
            .iter()
            .filter(|(word, _)| text.contains(word.as_str()));
        named.map(|(_, title)| *title).collect()
    }

    fn of(&self, title: usize) -> BTreeSet<String> {
        let own = self.0.iter().filter(|(_, own)| **own == title);
        own.map(|(word, _)| word.clone()).collect()
    }
}

fn words(title: &str) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| word.chars().count() >= SHORTEST_WORD);
    let words = words.take(MOST_WORDS);
    words.map(str::to_string).collect()
}

/// Words that distinguish a scenario's text from that of other scenarios.
#[derive(Default)]
struct Strange {
    own: BTreeSet<String>,
    others: BTreeSet<String>,
}

impl Strange {
    /// Whether a text is about other scenarios only.
    fn is_in(&self, text: &str) -> bool {
        let names = |words: &BTreeSet<String>| words.iter().any(|word| text.contains(word));
        names(&self.others) && !names(&self.own)
    }
}

fn text_of(parts: &[Part<'_>], conventions: &Conventions<'_>) -> String {
    let mut text = String::new();
    for part in parts {
        text.push_str(part.text);
        for statement in statements(part.blocks, conventions) {
            text.push(' ');
            text.push_str(&statement.whole_text());
        }
    }
    collapse_blanks(&text)
}

/// The statements of a guide that apply to all modes: callouts with a title that are no list of
/// terms. Callouts without a title, and running text, introduce the guide.
fn binding(statements: Vec<Statement<'_>>) -> Vec<Statement<'_>> {
    let terms: BTreeSet<String> = statements
        .iter()
        .filter(|statement| statement.text.starts_with('['))
        .map(|statement| statement.title.clone())
        .collect();
    let binds = |statement: &Statement<'_>| {
        statement.form == Form::Line
            && !statement.title.is_empty()
            && !terms.contains(&statement.title)
    };
    statements.into_iter().filter(binds).collect()
}

/// Whether a statement applies to a mode, which it does unless it is about another kind of mode
/// only.
fn binds(statement: &Statement<'_>, tone: Tone, conventions: &Conventions<'_>) -> bool {
    let signals = conventions.signals_in(&statement.whole_text());
    match (signals.has(Signal::Test), signals.has(Signal::Live)) {
        (true, false) => tone != Tone::Live,
        (false, true) => tone != Tone::Test,
        _ => true,
    }
}

/// The section of a procedure that a part of a document belongs to.
fn section_of(part: &Part<'_>) -> Section {
    match part.opens {
        Opens::Path => Section::Route,
        Opens::Fields => Section::Steps,
        Opens::Mode(_) | Opens::Other => Section::After,
    }
}

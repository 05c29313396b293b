//! Choices that readers make between tabs. Tabs that share a name, or a set of labels, anywhere in a
//! site are one choice, such as the operating system.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::config::Config;
use crate::config::procedures::own::OwnVariant;
use crate::markdown::node::{Block, Component};
use crate::markdown::schema::Schema;
use crate::markdown::schema::choice::{PanelChoices, label_set};
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::model::page::Page;
use crate::model::spans::Spans;
use crate::normal::folded;
use crate::source::Span;

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The project's name of it, else that which the tabs share, else the first label in lower case.
    pub name: String,
    /// What is chosen, for people; empty where nobody says.
    pub title: String,
    /// What can be chosen, in the order in which it is first there.
    pub labels: Vec<String>,
    /// What the project chooses where nobody else does.
    pub default: Option<String>,
    groups: BTreeSet<String>,
    sets: BTreeSet<Vec<String>>,
}

impl Variant {
    /// The label that a word means; `None` for no label.
    pub fn label(&self, word: &str) -> Option<&str> {
        let mut labels = self.labels.iter();
        let found = labels.find(|label| folded(label) == folded(word));
        found.map(String::as_str)
    }

    /// Chooses a label.
    pub fn choose(&self, label: &str, choices: &mut PanelChoices) {
        for group in &self.groups {
            choices.choose_in_group(group, label);
        }
        for set in &self.sets {
            choices.choose_in_labels(set.clone(), label);
        }
    }

    fn add(&mut self, tabs: &Tabs) {
        self.groups.extend(tabs.group.clone());
        self.sets.insert(tabs.set());
        for label in &tabs.labels {
            if self.label(label).is_none() {
                self.labels.push(label.clone());
            }
        }
    }
}

/// Tabs of a document.
struct Tabs {
    span: Span,
    /// The name that they share with others, in lower case.
    group: Option<String>,
    labels: Vec<String>,
}

impl Tabs {
    /// The tabs of a component; `None` for one that gives nothing to choose.
    fn of(component: &Component, schema: &Schema) -> Option<Self> {
        let resolved = schema.resolve(component)?;
        if !matches!(
            resolved.role,
            ComponentRole::Tabs | ComponentRole::CodeGroup
        ) {
            return None;
        }
        let (_, panels) = resolved.panels();
        let labels: Vec<String> = panels.iter().map(|panel| panel.label.line()).collect();
        (label_set(&labels).len() > 1).then(|| Self {
            span: component.span,
            group: resolved.group().map(folded),
            labels,
        })
    }

    fn set(&self) -> Vec<String> {
        label_set(&self.labels)
    }
}

/// All tabs of a page, in order.
fn tabs(page: &Page, config: &Config) -> Vec<Tabs> {
    let schema = config.schema_of(&page.path);
    let mut found = Vec::new();
    walk(&page.document.blocks, Attributes::Enter, &mut |node| {
        if let Node::Block(Block::Component(component)) = node {
            found.extend(Tabs::of(component, schema));
        }
    });
    found
}

/// All choices of a site, those first that the project names.
pub fn variants(pages: &[Page], config: &Config) -> Vec<Variant> {
    let own = config.procedures.variants.iter();
    let mut found = Found::of(own.map(|(name, own)| declared(name, own)).collect());
    for tabs in pages.iter().flat_map(|page| tabs(page, config)) {
        found.add(&tabs);
    }
    let is_there = |variant: &Variant| !variant.sets.is_empty();
    found.all.into_iter().filter(is_there).collect()
}

/// A choice that the project names, without any tabs.
fn declared(name: &str, own: &OwnVariant) -> Variant {
    Variant {
        name: name.to_string(),
        title: own.title.clone().unwrap_or_default(),
        labels: own.labels.clone(),
        default: own.default.clone(),
        groups: BTreeSet::from([folded(name)]),
        sets: BTreeSet::new(),
    }
}

/// Choices, and where each name and each set of labels is among them.
struct Found {
    all: Vec<Variant>,
    /// The labels of those that the project names.
    declared: Vec<BTreeSet<String>>,
    by_group: HashMap<String, usize>,
    by_set: HashMap<Vec<String>, usize>,
}

impl Found {
    /// The choices that the project names.
    fn of(all: Vec<Variant>) -> Self {
        let groups = all.iter().enumerate();
        let groups = groups.flat_map(|(at, one)| one.groups.iter().map(move |group| (group, at)));
        let labels = all.iter().map(|one| label_set(&one.labels));
        Self {
            by_group: groups.map(|(group, at)| (group.clone(), at)).collect(),
            by_set: HashMap::new(),
            declared: labels.map(BTreeSet::from_iter).collect(),
            all,
        }
    }

    fn add(&mut self, tabs: &Tabs) {
        let at = self.place(tabs).unwrap_or_else(|| {
            let first = tabs.labels.first().map(|label| label.to_lowercase());
            self.all.push(Variant {
                name: tabs.group.clone().or(first).unwrap_or_default(),
                title: String::new(),
                labels: Vec::new(),
                default: None,
                groups: BTreeSet::new(),
                sets: BTreeSet::new(),
            });
            self.all.len() - 1
        });
        self.all[at].add(tabs);
        if let Some(group) = &tabs.group {
            self.by_group.entry(group.clone()).or_insert(at);
        }
        self.by_set.entry(tabs.set()).or_insert(at);
    }

    /// The choice that tabs belong to: by their name, by their labels, or by the project.
    fn place(&self, tabs: &Tabs) -> Option<usize> {
        let group = tabs.group.as_ref();
        let of_group = group.and_then(|group| self.by_group.get(group));
        let known = of_group.or_else(|| self.by_set.get(&tabs.set()));
        let is_declared = |labels: &BTreeSet<String>| {
            let mut own = tabs.labels.iter();
            own.all(|label| labels.contains(&folded(label)))
        };
        known
            .copied()
            .or_else(|| self.declared.iter().position(is_declared))
    }
}

/// The labels that some parts of a page have of each of some choices, by the choices' places.
pub fn labels_in(
    page: &Page,
    parts: &[Span],
    some: &[&Variant],
    config: &Config,
) -> BTreeMap<usize, Vec<String>> {
    let parts: Spans = parts.iter().copied().collect();
    let (mut by_group, mut by_set) = (HashMap::new(), HashMap::new());
    for (at, variant) in some.iter().enumerate() {
        by_group.extend(variant.groups.iter().map(|group| (group, at)));
        for set in &variant.sets {
            by_set.entry(set).or_insert(at);
        }
    }
    let mut found: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for tabs in tabs(page, config) {
        let of_group = tabs.group.as_ref().and_then(|group| by_group.get(group));
        let at = of_group.or_else(|| by_set.get(&tabs.set())).copied();
        if let Some(at) = at.filter(|_| parts.meets(tabs.span)) {
            found.entry(at).or_default().extend(tabs.labels);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::site::Site;
    use crate::source::{Source, SourceSet};

    fn shown(settings: &str, texts: &[&str]) -> Vec<String> {
        let config = Config::read(&format!("preset: mdx\n{settings}"), "a").unwrap();
        let documents = texts.iter().enumerate().map(|(at, text)| Source {
            path: format!("{at}.mdx"),
            text: format!("# A\n\n{text}"),
        });
        let sources = SourceSet {
            documents: documents.collect(),
            ..SourceSet::default()
        };
        let (site, _) = Site::build(&sources, &config).unwrap();
        let found = variants(&site.pages, &config).into_iter();
        found
            .map(|one| format!("{}: {}", one.name, one.labels.join(" ")))
            .collect()
    }

    fn tabs(attribute: &str, labels: &[&str]) -> String {
        let panels = labels.iter();
        let panels = panels.map(|label| format!("<Tab label=\"{label}\">\n\na\n\n</Tab>\n"));
        format!(
            "<Tabs {attribute}>\n{}</Tabs>\n\n",
            panels.collect::<String>()
        )
    }

    #[test]
    fn tabs_with_one_name_or_one_set_of_labels_are_one_choice() {
        let os = tabs("groupId=\"OS\"", &["Linux", "macOS"]);
        let more = tabs("syncKey=\"os\"", &["macOS", "Windows"]);
        let same = tabs("", &["MACOS", "linux"]);
        let other = tabs("", &["npm", "Yarn"]);
        assert_eq!(
            shown("", &[&(os + &more), &(same + &other)]),
            ["os: Linux macOS Windows", "npm: npm Yarn"]
        );
        assert_eq!(
            shown("", &[&tabs("", &["a"]), &tabs("", &["a", "A"])]),
            [""; 0]
        );
    }

    #[test]
    fn project_names_a_choice_by_its_labels_or_by_the_shared_name() {
        let settings =
            "procedures: {variants: {pm: {labels: [npm, pnpm, Yarn]}, os: {}, none: {}}}";
        let texts = [
            tabs("", &["Yarn", "npm"]),
            tabs("", &["pnpm", "npm"]),
            tabs("groupId=\"os\"", &["Linux", "macOS"]),
        ];
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(
            shown(settings, &texts),
            ["os: Linux macOS", "pm: npm pnpm Yarn"]
        );
    }
}

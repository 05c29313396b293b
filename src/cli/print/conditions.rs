//! Values for conditions of the documents, such as `--set sdk=vue` for `<If sdk="vue">`: the sheet is
//! printed as from a project with `variables: {sdk: vue}`.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use crate::cli::print::request::Request;
use crate::cli::project::Project;
use crate::error::Error;
use crate::markdown::node::{Block, Inline};
use crate::markdown::role::Condition;
use crate::markdown::schema::choice::PanelChoices;
use crate::markdown::schema::role::ComponentRole;
use crate::markdown::schema::variables::Variables;
use crate::markdown::walk::{Attributes, Node, walk};
use crate::normal::folded;
use crate::report::clean::on_one_line;

/// What the documents compare with one name.
#[derive(Default)]
struct Known {
    values: Vec<String>,
    /// Whether any other value may be given, because one condition is that something is not so.
    is_open: bool,
}

/// The values that a request gives to conditions, which are taken out of the request.
///
/// # Errors
/// [`Error::Request`] when no document compares a condition with its value.
pub(super) fn decided(project: &Project, request: &mut Request) -> Result<Variables, Error> {
    let mut chosen = Variables::new();
    if request.case.values.is_empty() {
        return Ok(chosen);
    }
    let known = known(project);
    let mut others = Vec::new();
    for (key, value) in mem::take(&mut request.case.values) {
        let name = known.keys().find(|name| folded(name) == folded(&key));
        let Some(name) = name else {
            others.push((key, value));
            continue;
        };
        let value = value.trim().to_string();
        check(project, name, &known[name], &value)?;
        chosen.entry(name.clone()).or_default().push(value);
    }
    request.case.values = others;
    Ok(chosen)
}

/// What the documents are read with for a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Choices {
    /// Values of conditions.
    pub variables: Variables,
    /// Panels of tabs.
    pub panels: PanelChoices,
}

impl Choices {
    fn is_empty(&self) -> bool {
        self.variables.is_empty() && self.panels.is_empty()
    }
}

/// The project for each of several choices, the empty one left out.
///
/// # Errors
/// Those of [`Project::with_choices`].
pub(super) fn projects<'c>(
    project: &Project,
    choices: impl IntoIterator<Item = &'c Choices>,
) -> Result<BTreeMap<Choices, Project>, Error> {
    let choices: BTreeSet<&Choices> = choices.into_iter().collect();
    let choices = choices.into_iter().filter(|chosen| !chosen.is_empty());
    choices
        .map(|chosen| {
            let own = project.with_choices(chosen.variables.clone(), &chosen.panels)?;
            Ok((chosen.clone(), own))
        })
        .collect()
}

/// The message contains no value, which may be a secret.
fn check(project: &Project, name: &str, known: &Known, value: &str) -> Result<(), Error> {
    if known.is_open || known.values.iter().any(|known| known == value) {
        return Ok(());
    }
    let text = project.strings.cli("no_such_condition", &[("name", name)]);
    let lines = known.values.iter();
    let lines = lines.map(|value| format!("\n  {}", on_one_line(value)));
    Err(Error::Request(text + &lines.collect::<String>()))
}

/// Every name that conditions have, and those that the project has decided already.
fn known(project: &Project) -> BTreeMap<String, Known> {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    for name in project.config.variables.keys() {
        known.entry(name.clone()).or_default().is_open = true;
    }
    for page in &project.book.site.pages {
        let schema = project.config.schema_of(&page.path);
        walk(&page.document.blocks, Attributes::Enter, &mut |node| {
            let component = match node {
                Node::Block(Block::Component(component))
                | Node::Inline(Inline::Component(component)) => component,
                _ => return,
            };
            let resolved = schema.resolve(component);
            let resolved = resolved.filter(|resolved| resolved.role == ComponentRole::When);
            for condition in resolved.iter().flat_map(|resolved| resolved.conditions()) {
                add(&mut known, condition);
            }
        });
    }
    known
}

fn add(known: &mut BTreeMap<String, Known>, condition: Condition) {
    let known = known.entry(condition.name).or_default();
    known.is_open |= condition.is_negated;
    let values = match condition.values.is_empty() {
        true => vec!["true".to_string(), "false".to_string()],
        false => condition.values,
    };
    for value in values {
        if !known.values.contains(&value) {
            known.values.push(value);
        }
    }
}

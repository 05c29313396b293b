//! Levels of rules: their own, or those of the project.

use std::collections::BTreeMap;

use crate::check::rule::{Rule, severity};
use crate::check::rules;
use crate::config::CONFIG_FILE;
use crate::config::check::{CheckConfig, Level};
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::nearness::nearest;

/// Levels that differ from the rules' own.
#[derive(Debug)]
pub struct Levels<'a> {
    configured: &'a BTreeMap<String, Level>,
}

impl<'a> Levels<'a> {
    /// The levels of a project.
    ///
    /// # Errors
    /// [`Error::Config`] when a level names no rule.
    pub fn new(config: &'a CheckConfig) -> Result<Self, Error> {
        let configured = &config.levels;
        match configured.keys().find(|name| rules::get(name).is_none()) {
            None => Ok(Self { configured }),
            Some(name) => Err(Error::Config {
                path: CONFIG_FILE.to_string(),
                reason: unknown(name),
            }),
        }
    }

    /// Whether the rule runs.
    pub fn is_on(&self, rule: &Rule) -> bool {
        self.level(rule) != Level::Off
    }

    /// The rule's level in this project.
    pub fn level(&self, rule: &Rule) -> Level {
        self.configured
            .get(rule.name)
            .copied()
            .unwrap_or(rule.level)
    }

    /// Puts findings on the project's levels and drops those of rules that are off. What would
    /// make the output wrong or unsafe stays as it is.
    pub fn apply(&self, found: &mut Vec<Diagnostic>) {
        let is_fatal = |found: &Diagnostic| found.severity == Severity::Fatal;
        let level = |found: &Diagnostic| self.configured.get(found.rule).copied();
        found.retain(|found| is_fatal(found) || level(found) != Some(Level::Off));
        for found in found.iter_mut().filter(|found| !is_fatal(found)) {
            found.severity = level(found).map_or(found.severity, severity);
        }
    }
}

/// Reports that a name is no rule's, with the nearest one that is.
pub fn unknown(name: &str) -> String {
    let hint = nearest(name, rules::all().map(|rule| rule.name));
    let hint = hint.map_or(String::new(), |hint| format!("; did you mean `{hint}`?"));
    format!("check.levels: there is no rule `{name}`{hint}")
}

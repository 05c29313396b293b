//! The examples that are read otherwise, each with its reason: `departures.yaml`.

use std::collections::BTreeMap;

use serde::Deserialize;

const TABLE: &str = include_str!("departures.yaml");

/// Examples with one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    reason: String,
    #[serde(default)]
    commonmark: Vec<String>,
    #[serde(default)]
    gfm: Vec<String>,
    #[serde(default)]
    dialect: Vec<String>,
}

/// A set of examples.
#[derive(Debug, Clone, Copy)]
pub enum Suite {
    /// `commonmark-0.31.2.json`
    CommonMark,
    /// `gfm.json`
    Gfm,
    /// `dialect.yaml`
    Dialect,
}

/// Asserts that exactly the examples of the table fail; `failures` holds what is wrong with each
/// example by its name, `None` when nothing is.
pub fn check(suite: Suite, failures: &BTreeMap<String, Option<String>>) {
    let table = table(suite);
    let mut report = String::new();
    for (name, failure) in failures {
        match (failure, table.get(name)) {
            (Some(failure), None) => report += &format!("\n── {name}\n{failure}\n"),
            (None, Some(reason)) => {
                report += &format!("\n── {name} passes, although: {reason}\n");
            }
            _ => {}
        }
    }
    for name in table.keys().filter(|name| !failures.contains_key(*name)) {
        report += &format!("\n── {name} is no example\n");
    }
    assert!(report.is_empty(), "{suite:?}\n{report}");
}

fn table(suite: Suite) -> BTreeMap<String, String> {
    let groups: Vec<Group> = serde_yaml::from_str(TABLE).unwrap();
    let mut table = BTreeMap::new();
    for group in groups {
        assert!(!group.reason.trim().is_empty(), "a group without a reason");
        let names = match suite {
            Suite::CommonMark => group.commonmark,
            Suite::Gfm => group.gfm,
            Suite::Dialect => group.dialect,
        };
        for name in names {
            let former = table.insert(name.clone(), group.reason.clone());
            assert!(former.is_none(), "{name} stands in the table twice");
        }
    }
    table
}

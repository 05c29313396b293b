//! Every rule keeps its manual page's word: its bad example is found, its good one is not, and
//! a comment allows what is found.
//!
//! An example is one document, or several behind lines `=== path` in path order, the lock or a tool's file last; a block of YAML
//! under "Configuration example" is the `tickbook.yaml` for both.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use jiff::civil::Date;
use tickbook::check::check_on;
use tickbook::check::fix;
use tickbook::check::rule::{Rule, severity};
use tickbook::check::rules;
use tickbook::config::{Config, Language};
use tickbook::diagnostic::{Diagnostic, Message, Severity};
use tickbook::font::FontSet;
use tickbook::include::expand;
use tickbook::model::lock::LOCK_FILE;
use tickbook::model::site::Site;
use tickbook::output::hosting::hosting_files;
use tickbook::report::human::{Color, human};
use tickbook::source::{LastChange, MAX_DOCUMENT_BYTES, Source, SourceSet, is_document, load};
use tickbook::strings::Strings;

/// Rules about the comments themselves or about a file that is no document, which no comment
/// allows.
const NOT_ALLOWED: &[&str] = &[
    "allow-without-reason",
    "unknown-rule",
    "unused-allow",
    "id-changed",
    "navigation-not-data",
];

/// The day of the check for rules about age.
const TODAY: Date = Date::constant(2026, 7, 1);

/// Rules about files that are not taken; their examples are no documents.
const ABOUT_FILES: [&str; 6] = [
    "file-name-invalid",
    "file-too-large",
    "not-utf8",
    "symlink",
    "special-file",
    "hosting-file",
];

/// Rules whose examples are documents.
fn rules_of_documents() -> impl Iterator<Item = &'static Rule> {
    rules::all().filter(|rule| !ABOUT_FILES.contains(&rule.name))
}

/// Text of the fenced blocks under each heading of a manual page.
fn examples(page: &str) -> BTreeMap<String, String> {
    let mut examples: BTreeMap<String, String> = BTreeMap::new();
    let mut heading = String::new();
    let mut fence: Option<String> = None;
    for line in page.lines() {
        let ticks: String = line.chars().take_while(|mark| *mark == '`').collect();
        match &fence {
            Some(open) if *open == line => fence = None,
            Some(_) => {
                let text = examples.entry(heading.clone()).or_default();
                text.push_str(&line.replace('␠', " ").replace('␇', "\u{7}"));
                text.push('\n');
            }
            None if ticks.len() >= 3 => fence = Some(ticks),
            None => {
                if let Some(title) = line.strip_prefix("## ") {
                    heading = title.to_string();
                }
            }
        }
    }
    examples
}

fn documents(example: &str) -> Vec<Source> {
    let mut documents: Vec<Source> = Vec::new();
    for line in example.split_inclusive('\n') {
        match line.strip_prefix("=== ") {
            Some(path) => documents.push(Source {
                path: path.trim().to_string(),
                text: String::new(),
            }),
            None => {
                if documents.is_empty() {
                    documents.push(Source {
                        path: "guide.md".to_string(),
                        text: String::new(),
                    });
                }
                documents.last_mut().unwrap().text.push_str(line);
            }
        }
    }
    documents
}

/// A history in which a commit of 11 May 2026 changed every document.
fn changed(sources: &SourceSet) -> BTreeMap<String, LastChange> {
    let change = LastChange {
        seconds: 1_778_500_000,
        is_added: false,
    };
    let documents = sources.documents.iter();
    documents
        .map(|document| (document.path.clone(), change))
        .collect()
}

struct Run {
    sources: SourceSet,
    found: Vec<Diagnostic>,
}

fn run(rule: &Rule, config: &str, mut documents: Vec<Source>) -> Run {
    let lock = documents.pop_if(|document| document.path == LOCK_FILE);
    let navigation = documents.pop_if(|document| !is_document(&document.path));
    let mut sources = SourceSet {
        documents,
        lock,
        navigation,
        fonts: Some(FontSet::built_in()),
        ..SourceSet::default()
    };
    let config = Config::read(config, "tickbook.yaml").unwrap();
    if rule.name == "date-behind-text" {
        sources.changed = changed(&sources);
    }
    expand(&mut sources, &config);
    let (site, read) = Site::build(&sources, &config).unwrap();
    let mut found = check_on(Some(TODAY), &site, &sources, &config, read).unwrap();
    found.retain(|found| found.rule == rule.name);
    Run { sources, found }
}

/// The document with a comment before the block, or frontmatter line, of a finding.
fn allowed(text: &str, found: &Diagnostic) -> String {
    // Blank lines belong to the block behind them.
    let start = found.span.start;
    let is_blank_line = text[..start].is_empty() || text[..start].ends_with('\n');
    let blank = text[start..].find(|c: char| !c.is_whitespace());
    let offset = start + blank.filter(|_| is_blank_line).unwrap_or(0);
    let frontmatter = text
        .starts_with("---\n")
        .then(|| text[4..].find("\n---\n").map(|end| end + 5))
        .flatten()
        .unwrap_or(0);
    let comment = format!("tickbook allow {}: 예시입니다", found.rule);
    if offset < frontmatter {
        let line = text[..offset.max(4)].rfind('\n').map_or(0, |at| at + 1);
        return format!("{}# {comment}\n{}", &text[..line], &text[line..]);
    }
    // Blocks of a document start at its margin, behind a blank line or a heading.
    let mut start = frontmatter;
    let mut before = "";
    let mut at = frontmatter;
    for line in text[frontmatter..].split_inclusive('\n') {
        if at > offset {
            break;
        }
        let is_margin = !line.starts_with([' ', '\t', '\n']);
        let is_new =
            before.trim().is_empty() || before.starts_with('#') || line.starts_with(['#', '<']);
        if is_margin && is_new {
            start = at;
        }
        before = line;
        at += line.len();
    }
    format!("{}<!-- {comment} -->\n{}", &text[..start], &text[start..])
}

#[test]
fn every_manual_page_is_whole() {
    for rule in rules::all() {
        let page = rule.manual();
        let examples = examples(&page);
        for heading in ["## Why", "## Bad", "## Good"] {
            assert!(page.contains(heading), "{}: {heading}", rule.name);
        }
        assert!(examples.contains_key("Bad"), "{}", rule.name);
        assert!(examples.contains_key("Good"), "{}", rule.name);
        for language in [Language::Ko, Language::En] {
            let strings = Strings::load(language);
            for key in ["", ".summary"] {
                let message = Message::new(format!("{}{key}", rule.name));
                assert!(strings.help(&message).is_some(), "{}{key}", rule.name);
            }
        }
    }
}

#[test]
fn names_are_unique() {
    let mut names: Vec<_> = rules::all().map(|rule| rule.name).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn bad_examples_are_found() {
    for rule in rules_of_documents() {
        let examples = examples(&rule.manual());
        let config = examples
            .get("Configuration example")
            .map_or("", String::as_str);
        let run = run(rule, config, documents(&examples["Bad"]));
        assert!(
            !run.found.is_empty(),
            "{}: the bad example is not found",
            rule.name
        );
        let is_level = |found: &Diagnostic| {
            found.severity == Severity::Fatal || found.severity == severity(rule.level)
        };
        assert!(run.found.iter().any(is_level), "{}: its level", rule.name);
        let shown: Vec<&Diagnostic> = run.found.iter().collect();
        let strings = Strings::load(Language::Ko);
        let text = human(&shown, &run.sources, &strings, Color::Never);
        for found in &shown {
            let message = strings.message(&found.message);
            assert!(
                !message.contains('{'),
                "{}: a placeholder is left: {message}",
                rule.name
            );
        }
        insta::assert_snapshot!(format!("rule_{}", rule.name.replace('-', "_")), text);
    }
}

#[test]
fn good_examples_are_not() {
    for rule in rules_of_documents() {
        let examples = examples(&rule.manual());
        let config = examples
            .get("Configuration example")
            .map_or("", String::as_str);
        let run = run(rule, config, documents(&examples["Good"]));
        assert_eq!(run.found, [], "{}: the good example is found", rule.name);
    }
}

#[test]
fn comments_allow_what_is_found() {
    for rule in rules_of_documents().filter(|rule| !NOT_ALLOWED.contains(&rule.name)) {
        let examples = examples(&rule.manual());
        let config = examples
            .get("Configuration example")
            .map_or("", String::as_str);
        let mut documents = documents(&examples["Bad"]);
        let findings = run(rule, config, documents.clone()).found;
        if findings
            .iter()
            .any(|found| found.severity == Severity::Fatal)
        {
            // What makes the output wrong or unsafe is never allowed.
            continue;
        }
        // From the back, so that earlier findings stay where they are.
        for found in findings.iter().rev() {
            let document = &mut documents[found.file.0];
            document.text = allowed(&document.text, found);
        }
        let run = run(rule, config, documents);
        assert_eq!(run.found, [], "{}: the finding is not allowed", rule.name);
    }
}

#[test]
fn fixes_end_what_they_mend() {
    for rule in rules_of_documents() {
        let examples = examples(&rule.manual());
        let config = examples
            .get("Configuration example")
            .map_or("", String::as_str);
        let mut documents = documents(&examples["Bad"]);
        let before = run(rule, config, documents.clone()).found;
        for (index, document) in documents.iter_mut().enumerate() {
            let here = before.iter().filter(|found| found.file.0 == index);
            let edits = here.flat_map(|found| found.fix.clone()).collect();
            document.text = fix::apply(&document.text, edits);
        }
        let left = before.iter().filter(|found| found.fix.is_empty()).count();
        let after = run(rule, config, documents).found;
        assert_eq!(after.len(), left, "{}: a fix mends nothing", rule.name);
    }
}

#[test]
#[cfg(unix)]
fn files_that_are_not_taken_have_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.md"), vec![b'a'; (MAX_DOCUMENT_BYTES + 1) as usize]).unwrap();
    fs::write(path("b.md"), b"\xb0\xa1").unwrap();
    std::os::unix::fs::symlink(path("b.md"), path("c.md")).unwrap();
    let pipe = Command::new("mkfifo").arg(path("d.md")).status();
    assert!(pipe.unwrap().success());
    fs::write(path("a\nb.png"), "").unwrap();
    fs::write(path("CNAME"), "").unwrap();
    let sources = load(folder.path()).unwrap();
    let config = Config::defaults();
    let (site, _) = Site::build(&sources, &config).unwrap();
    let hosting = hosting_files(&site, &sources, &config.assets);
    let faults = sources.faults.iter().chain(&hosting);
    let rules: Vec<&str> = faults.map(|fault| fault.rule).collect();
    assert_eq!(rules, ABOUT_FILES);
    assert!(rules.iter().all(|name| rules::get(name).is_some()));
}

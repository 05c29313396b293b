//! A project in a folder of its own, and the program that is run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

use crate::safe;

/// What a command answered.
#[derive(Debug)]
pub struct Answer {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

/// A file of a folder: its bytes, and when it was written.
pub type Held = (Vec<u8>, SystemTime);

/// A project folder beside which other things can lie.
pub struct Place(TempDir);

impl Place {
    /// A project in English with one sound document.
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("book/tickbook.yaml", "lang: en\n");
        place.write("book/content/sound.md", "---\ntitle: Sound\n---\nText.\n");
        place
    }

    /// A project of these documents alone.
    pub fn with(documents: &[(&str, &str)]) -> Self {
        let place = Self::new();
        place.remove("book/content/sound.md");
        for (name, text) in documents {
            place.write_document(name, text);
        }
        place
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let file = self.path(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    pub fn write_document(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.write(&format!("book/content/{name}"), bytes);
    }

    pub fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The program with these arguments, to be run beside the project folder `book`.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
        self.settle(&mut command);
        command.args(arguments);
        command
    }

    /// A line of the shell in which `$TICKBOOK` is the program.
    pub fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("bash");
        self.settle(&mut command);
        command.env("TICKBOOK", env!("CARGO_BIN_EXE_tickbook"));
        command.args(["-c", line]);
        command
    }

    fn settle(&self, command: &mut Command) {
        command.current_dir(self.root());
        command.env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
    }

    /// Runs the program; the line is cut at blanks.
    pub fn run(&self, line: &str) -> Answer {
        let arguments: Vec<_> = line.split_whitespace().collect();
        self.command(&arguments).output().unwrap().into()
    }

    /// Runs and expects an exit code.
    pub fn expect(&self, line: &str, code: i32) -> Answer {
        let answer = self.run(line);
        assert_eq!(answer.code, Some(code), "{line}: {answer:#?}");
        answer
    }

    /// Builds, and gives every page that was made, parsed.
    pub fn build(&self) -> BTreeMap<String, Html> {
        self.expect("build book", 0);
        let html = self.tree("book/dist").into_iter();
        html.filter(|(path, _)| path.ends_with(".html"))
            .map(|(path, (bytes, _))| {
                let text = String::from_utf8(bytes).unwrap();
                (path, Html::parse_document(&text))
            })
            .collect()
    }

    /// Every file below a folder; links are named by what they lead to.
    pub fn tree(&self, name: &str) -> BTreeMap<String, Held> {
        let folder = self.path(name);
        let entries = WalkDir::new(&folder).into_iter().map(Result::unwrap);
        let read = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(&folder).unwrap();
            let path = path.to_str().unwrap().to_string();
            let time = entry.metadata().unwrap().modified().unwrap();
            let kind = entry.file_type();
            let bytes = if kind.is_dir() {
                b"folder".to_vec()
            } else if kind.is_file() {
                fs::read(entry.path()).unwrap()
            } else {
                let to = fs::read_link(entry.path()).unwrap();
                to.to_str().unwrap().as_bytes().to_vec()
            };
            (path, (bytes, time))
        };
        let files = entries.map(read);
        files.collect()
    }

    /// Findings of `tickbook check`, as `path:line:column rule`.
    pub fn findings(&self) -> Vec<String> {
        let answer = self.run("check book --format json --level info");
        let found: Value = serde_json::from_str(&answer.out).unwrap();
        let found = found.as_array().unwrap().iter();
        found
            .map(|found| {
                let path = found["path"].as_str().unwrap();
                let rule = found["rule"].as_str().unwrap();
                format!("{path}:{}:{} {rule}", found["line"], found["column"])
            })
            .collect()
    }

    /// Every place of a rule, as `path:line:column`.
    pub fn places(&self, rule: &str) -> Vec<String> {
        let found = self.findings().into_iter();
        let places = found.filter_map(|found| {
            let (place, own) = found.split_once(' ')?;
            (own == rule).then(|| place.to_string())
        });
        places.collect()
    }

    /// Builds and expects a refusal that shows each of these texts, with nothing written.
    pub fn expect_refused(&self, shown: &[&str]) -> Answer {
        let before = self.tree("");
        let answer = self.expect("build book", 1);
        for text in shown {
            assert!(answer.err.contains(text), "no {text}: {}", answer.err);
        }
        assert_eq!(self.tree(""), before, "something was written");
        answer
    }
}

/// Holds every page to `safe_html`.
pub fn assert_safe(pages: &BTreeMap<String, Html>) {
    assert!(!pages.is_empty());
    for (path, html) in pages {
        let faults = safe::faults(html, false);
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
}

pub fn select<'h>(html: &'h Html, selector: &str) -> Vec<ElementRef<'h>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text that a reader sees in an element.
pub fn shown(html: &Html, selector: &str) -> String {
    let found = select(html, selector).into_iter();
    let texts = found.map(|element| element.text().collect::<String>());
    texts.collect::<Vec<_>>().join("\n")
}

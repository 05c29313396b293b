//! The functions of all rules, as a profile names them.

use std::fs;
use std::path::Path;

use tickbook::check::rules::all;

/// A rule and the function that looks for what it finds.
pub struct RuleFunction {
    pub rule: &'static str,
    pub function: String,
}

/// Every rule that looks for something itself; what the others find, the reader or the model
/// does, which are steps of their own.
pub fn rule_functions() -> Vec<RuleFunction> {
    let files = files();
    let own = all().filter(|rule| rule.source.contains("\nfn check("));
    own.map(|rule| {
        let file = files.iter().find(|(_, text)| text == rule.source);
        let (module, _) = file.expect("a rule's page is its own file");
        RuleFunction {
            rule: rule.name,
            function: format!("tickbook::check::rules::{module}::check"),
        }
    })
    .collect()
}

/// The modules below `check::rules`, each with its file's text.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check/rules");
    let mut files = Vec::new();
    for group in fs::read_dir(root)
        .expect("the rules have a folder")
        .flatten()
    {
        let name = group.file_name().to_string_lossy().into_owned();
        if group.path().is_dir() {
            add_folder(&group.path(), &name, &mut files);
        }
    }
    files
}

/// Adds the modules of a folder, which is the module `parent`, and of the folders in it.
fn add_folder(folder: &Path, parent: &str, files: &mut Vec<(String, String)>) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = file.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let module = format!("{parent}::{name}");
        if path.is_dir() {
            add_folder(&path, &module, files);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a rule's file is text");
        files.push((module, text));
    }
}

//! Conditions of the documents, decided by `print --set` and by cases.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

fn run(folder: &Path, line: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    let command = command.current_dir(folder).args(line.split(' '));
    let output = command.env_remove("SOURCE_DATE_EPOCH").output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    (output.status.code().unwrap(), said)
}

/// A guide with parts for readers with one kit or another.
fn guide() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let part =
        |name: &str| format!("<If sdk=\"{name}\">\n\n- Set {name} up : any name\n\n</If>\n\n");
    let text = format!(
        "---\ntitle: Some Pay\n---\n## Card\n\n### Production\n\n#### What to set\n\n\
         - Merchant ID : issued value\n\n{}{}<If beta>\n\n- Beta : any name\n\n</If>\n",
        part("vue"),
        part("react"),
    );
    let (code, said) = run(folder.path(), "new guides --lang en --quiet");
    assert_eq!(code, 0, "{said}");
    let config = folder.path().join("guides/tickbook.yaml");
    let own = "dialect: mdx\n";
    let mut settings = fs::read_to_string(&config).unwrap();
    settings.insert_str(0, own);
    fs::write(config, settings).unwrap();
    fs::write(folder.path().join("guides/content/pay.md"), text).unwrap();
    folder
}

fn page(folder: &TempDir, arguments: &str) -> String {
    let line = format!("print pay --mode live --root guides -o - {arguments}");
    let (code, said) = run(folder.path(), line.trim());
    assert_eq!(code, 0, "{said}");
    said
}

#[test]
fn sheet_is_for_what_was_set() {
    let folder = guide();
    let whole = page(&folder, "");
    let own = page(
        &folder,
        "--set sdk=vue --set beta=false --set merchant=Shop",
    );
    assert!(
        own.contains("Set vue up") && !own.contains("Set react up"),
        "{own}"
    );
    assert!(!own.contains("Beta") && own.contains("Shop"), "{own}");
    // Its revision is that of its page: the page has not changed since.
    let revision = |page: &str| {
        let (_, rest) = page.split_once("\nRevision ").unwrap();
        rest.split(' ').next().unwrap().to_string()
    };
    assert_eq!(revision(&whole), revision(&own));
    let both = page(&folder, "--set sdk=vue --set SDK=react");
    assert!(
        both.contains("Set vue up") && both.contains("Set react up"),
        "{both}"
    );
}

#[test]
fn value_that_no_condition_has_is_refused_with_those_there_are() {
    let folder = guide();
    let line = "print pay --mode live --root guides -o - --set sdk=hunter2";
    let (code, said) = run(folder.path(), line);
    assert_eq!(code, 2, "{said}");
    assert!(
        said.contains("`sdk`") && said.contains("\n  vue\n  react"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
}

#[test]
fn cases_decide_conditions_each_for_itself() {
    let folder = guide();
    fs::create_dir(folder.path().join("cases")).unwrap();
    for (name, set) in [("a", "{sdk: vue, merchant: A}"), ("b", "{merchant: B}")] {
        let text = format!("guide: pay\nmode: live\nset: {set}\n");
        fs::write(folder.path().join(format!("cases/{name}.yaml")), text).unwrap();
    }
    let (code, said) = run(folder.path(), "print --root guides --cases cases -o out");
    assert_eq!(code, 0, "{said}");
    let names = fs::read_dir(folder.path().join("out")).unwrap();
    let sizes = names.map(|name| name.unwrap().metadata().unwrap().len());
    let sizes: Vec<u64> = sizes.filter(|size| *size > 1000).collect();
    assert_eq!(sizes.len(), 2, "{said}");
    let one = "print --root guides --case cases/a.yaml -o -";
    let (_, page) = run(folder.path(), one);
    assert!(
        page.contains("Set vue up") && !page.contains("Set react up"),
        "{page}"
    );
}

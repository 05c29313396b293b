//! The lock from the command line: written by a build, read by a check.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tickbook(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tickbook"))
        .args(arguments)
        .args(["--lang", "en"])
        .arg(root)
        .env("SOURCE_DATE_EPOCH", "1772323200")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn write(root: &Path, path: &str, heading: &str) {
    let file = root.join("content").join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let head = "title: A\ndatetime: 2026-02-01\nseo: {description: About a.}\n";
    fs::write(file, format!("---\n{head}---\n\n## {heading}\n\ntext\n")).unwrap();
}

#[test]
fn build_keeps_the_addresses_and_check_tells_what_vanished() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    write(root, "a.md", "First");
    write(root, "b.md", "Second");
    let built = tickbook(root, &["build", "--lock"]);
    assert_eq!(built.status.code(), Some(0), "{}", text(&built.stderr));
    let lock = fs::read_to_string(root.join("ids.lock")).unwrap();
    let lines: Vec<&str> = lock.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines, ["a.html", "a.html#first", "b.html", "b.html#second"]);
    assert_eq!(tickbook(root, &["check"]).status.code(), Some(0));

    write(root, "a.md", "Other");
    fs::create_dir(root.join("content/c")).unwrap();
    fs::rename(root.join("content/b.md"), root.join("content/c/b.md")).unwrap();
    let checked = tickbook(root, &["check"]);
    assert_eq!(checked.status.code(), Some(1));
    let shown = text(&checked.stdout);
    assert_eq!(shown.matches("[id-changed]").count(), 2, "{shown}");
    for said in [
        "ids.lock:4:1",
        "`#other`",
        "ids.lock:5:1",
        "under `aliases` in `c/b.md`",
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }

    // A build without --lock leaves the list alone; one with it accepts the change.
    tickbook(root, &["build"]);
    assert_eq!(fs::read_to_string(root.join("ids.lock")).unwrap(), lock);
    tickbook(root, &["build", "--lock"]);
    assert_eq!(tickbook(root, &["check"]).status.code(), Some(0));
}

#[test]
fn day_of_a_check_comes_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", "2026년 1월 예정");
    fs::write(folder.path().join("tickbook.yaml"), "lang: ko\n").unwrap();
    let check = |epoch: &str| {
        Command::new(env!("CARGO_BIN_EXE_tickbook"))
            .arg("check")
            .arg(folder.path())
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .unwrap()
    };
    assert!(!text(&check("1772323200").stdout).contains("stale-promise"));
    assert!(text(&check("1798761600").stdout).contains("stale-promise"));
    assert_eq!(check("soon").status.code(), Some(2));
}

#[test]
fn lock_needs_a_project() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.md", "First");
    let built = Command::new(env!("CARGO_BIN_EXE_tickbook"))
        .args(["build", "--lock", "--content"])
        .arg(folder.path().join("content"))
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(built.status.code(), Some(2));
    assert!(!folder.path().join("ids.lock").exists());
}

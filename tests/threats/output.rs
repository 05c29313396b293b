//! O1, O3, O5, O6, A5: what a build may not write over, and what it may not remove.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::symlink;

use crate::place::{Held, Place};

/// A project with a folder beside it that holds what is somebody else's.
fn place() -> Place {
    let place = Place::new();
    place.write("foreign/notes.txt", "own");
    symlink(place.path("foreign"), place.path("link")).unwrap();
    place.write("home/mail/letter.txt", "own");
    fs::create_dir(place.path("home/empty")).unwrap();
    place
}

/// Builds into `output` from `folder` and expects that nothing changes, anywhere.
fn assert_refused(place: &Place, folder: &str, output: &str) {
    let before = place.tree("");
    let root = place.path("book");
    let arguments = ["build", root.to_str().unwrap(), "-o", output];
    let mut command = place.command(&arguments);
    command.current_dir(place.path(folder));
    command.env("HOME", place.path("home"));
    let answer = command.output().unwrap();
    let said = String::from_utf8_lossy(&answer.stderr);
    assert_eq!(answer.status.code(), Some(1), "{output:?}: {said}");
    assert!(said.starts_with("error: "), "{said}");
    assert_eq!(place.tree(""), before, "{output:?}");
}

#[test]
fn o1_folders_that_hold_what_is_not_the_sites_are_refused() {
    let place = place();
    let home = place.path("home").to_str().unwrap().to_string();
    let home_is_empty = Place::new();
    for (folder, output) in [
        ("", "/"),
        ("", home.as_str()),
        ("", "."),
        ("", "./"),
        ("", ".."),
        ("", "book"),
        ("", "book/content"),
        ("", "foreign"),
        ("", "foreign/../foreign"),
        ("", "link"),
        ("", "link/"),
        ("", ""),
        ("book", "."),
        ("book/content", "."),
        ("book/content", ".."),
        ("home/empty", "."),
        ("home/empty", ".."),
    ] {
        assert_refused(&place, folder, output);
    }
    // A home folder is refused even when it is empty, and so is one that would hold it.
    fs::create_dir(home_is_empty.path("home")).unwrap();
    for output in [
        "home",
        "home/../home",
        home_is_empty.root().to_str().unwrap(),
    ] {
        assert_refused(&home_is_empty, "", output);
    }
    place.expect("build book -o home/site", 0);
}

#[test]
fn o1_output_that_the_project_names_is_held_to_the_same() {
    let place = place();
    for output in ["../foreign", "../link"] {
        place.write(
            "book/tickbook.yaml",
            format!("lang: en\noutput: {output}\n"),
        );
        place.expect_refused(&["error: "]);
    }
    for output in ["\"\"", ".", "..", "a/..", "content", ".git/site"] {
        assert_misconfigured(&place, &format!("output: {output}"));
    }
}

/// Expects that every command refuses the settings, at their second line, and writes nothing.
fn assert_misconfigured(place: &Place, settings: &str) {
    place.write("book/tickbook.yaml", format!("lang: en\n{settings}\n"));
    let before = place.tree("");
    for command in ["build book", "check book", "list book"] {
        let answer = place.expect(command, 2);
        let said = &answer.err;
        assert!(
            said.contains("output: ") && said.contains("at line 2"),
            "{said}"
        );
    }
    assert_eq!(place.tree(""), before, "{settings}");
}

#[test]
fn o3_output_and_content_hold_neither_the_other() {
    let place = place();
    symlink(place.path("book/content"), place.path("documents")).unwrap();
    for output in [
        "book/content/dist",
        "book/content/new/../dist",
        "documents/dist",
        "documents",
        "book",
    ] {
        assert_refused(&place, "", output);
    }
    assert_misconfigured(&place, "output: content/dist");
    place.write("book/dist/pages/a.md", "---\ntitle: A\n---\n");
    assert_misconfigured(&place, "output: dist\ncontent: dist/pages");
    let output = place.path("book/content/dist");
    let settings = format!("lang: en\noutput: {}\n", output.display());
    place.write("book/tickbook.yaml", settings);
    place.expect_refused(&["must not be inside each other"]);
}

#[test]
fn a5_failed_build_leaves_the_old_site_as_it_is() {
    let place = Place::new();
    place.expect("build book", 0);
    place.write_document("sound.md", "---\ntitle: Changed\n---\n");
    place.write_document("bad.md", "---\ntitle: One\n");
    place.expect_refused(&["bad.md:1:1"]);
    place.remove("book/content/bad.md");
    place.remove("book/content/sound.md");
    place.expect_refused(&["no documents found"]);
    place.write_document("sound.md", "---\ntitle: Changed\n---\n");
    assert!(place.read("book/dist/sound.html").contains("<title>Sound"));
    place.expect("build book", 0);
    assert!(
        place
            .read("book/dist/sound.html")
            .contains("<title>Changed")
    );
}

/// The first line of the list of a folder that a tickbook of before November 2026 was filling.
const OLD_UNFINISHED: &str = "# A build by tickbook that did not come to its end.\n";

/// A project in a work tree of git, and a file beside it.
fn work_tree() -> Place {
    let place = Place::new();
    place.write("book/.git/HEAD", "ref: refs/heads/main\n");
    place.write("book/notes/plan.txt", "own");
    place.write("outside.txt", "own");
    place
}

/// Every line of the list in the output, without the hashes: the paths of all files.
fn listed(place: &Place) -> Vec<String> {
    let list = place.read("book/dist/.tickbook-files");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let paths = lines.map(|line| line.splitn(3, ' ').nth(2).unwrap().to_string());
    paths.collect()
}

/// Adds a line to the list in the output, with the right hash of what `file` holds.
fn list_line(place: &Place, path: &str, file: &str) {
    let hash = tickbook_hash(&place.read(file));
    let list = place.read("book/dist/.tickbook-files");
    let line = format!("{hash} {} {path}\n", place.read(file).len());
    place.write("book/dist/.tickbook-files", list + &line);
}

/// The hash of a text as the list has it: that of a file of these bytes that was written.
fn tickbook_hash(text: &str) -> String {
    let place = Place::new();
    place.write_document("probe.txt", text);
    place.expect("build book", 0);
    let list = place.read("book/dist/.tickbook-files");
    let line = list.lines().find(|line| line.ends_with(" probe.txt"));
    line.unwrap().split(' ').next().unwrap().to_string()
}

/// Every file and link but those below `without`, with its bytes and time.
fn files(place: &Place, without: &str) -> BTreeMap<String, Held> {
    let mut tree = place.tree("");
    tree.retain(|path, (bytes, _)| !path.starts_with(without) && bytes != b"folder");
    tree
}

/// Holds every file to be as it was before.
fn assert_same(before: &BTreeMap<String, Held>, after: &BTreeMap<String, Held>) {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let other = |path: &&&String| before.get(**path) != after.get(**path);
    let changed: Vec<_> = paths.iter().filter(other).collect();
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Builds, and holds everything beside the output to be as it was.
fn assert_kept(place: &Place) -> String {
    let before = files(place, "book/dist/");
    let answer = place.expect("build book", 0);
    assert_same(&before, &files(place, "book/dist/"));
    assert!(place.read("book/dist/sound.html").contains("<title>Sound"));
    answer.err
}

/// Builds, and expects a refusal that shows `text` and leaves every file as it was.
fn assert_not_built(place: &Place, text: &str) {
    let before = files(place, "\0");
    let answer = place.expect("build book", 1);
    assert!(answer.err.contains(text), "no {text}: {}", answer.err);
    assert_same(&before, &files(place, "\0"));
}

#[test]
fn o5_stage_that_is_a_link_is_not_cleared() {
    for leads_to in [".", "..", "notes", ".git", "dist", "gone"] {
        let place = work_tree();
        place.write("book/.tickbook-files", OLD_UNFINISHED);
        place.write("book/notes/.tickbook-files", OLD_UNFINISHED);
        place.write(".tickbook-files", OLD_UNFINISHED);
        place.write("book/.git/.tickbook-files", OLD_UNFINISHED);
        symlink(leads_to, place.path("book/.dist.tickbook-new")).unwrap();
        let said = assert_kept(&place);
        assert!(said.contains(".dist.tickbook-new"), "{said}");
        // The output holds a list by now.
        place.write_document("sound.md", "---\ntitle: Sound again\n---\n");
        assert_kept(&place);
    }
}

#[test]
fn o5_stage_of_others_is_not_cleared() {
    let built = Place::new();
    built.expect("build book", 0);
    let list = built.read("book/dist/.tickbook-files");
    let unfinished = list.replace("Files written by tickbook", "A build by tickbook");
    for text in [OLD_UNFINISHED, &list, &unfinished, "notes.txt\n", ""] {
        for folder in [
            "book/.dist.tickbook-new",
            "book/.dist.tickbook-new-1",
            "book/dist",
        ] {
            let place = work_tree();
            place.write(&format!("{folder}/.tickbook-files"), text);
            place.write(&format!("{folder}/notes.txt"), "own");
            place.write(&format!("{folder}/sound.html"), "own");
            place.write(&format!("{folder}/.git/HEAD"), "ref: refs/heads/main\n");
            symlink("../..", place.path(&format!("{folder}/up"))).unwrap();
            if folder == "book/dist" {
                assert_not_built(&place, "error: cannot write");
                continue;
            }
            let said = assert_kept(&place);
            assert!(said.contains(".dist.tickbook-new"), "{said}");
        }
    }
}

#[test]
fn o5_stage_in_the_output_is_not_cleared_when_others_made_it() {
    let place = work_tree();
    place.expect("build book", 0);
    place.write("book/dist/.tickbook-new/.tickbook-files", OLD_UNFINISHED);
    place.write("book/dist/.tickbook-new/notes.txt", "own");
    symlink("../..", place.path("book/dist/.tickbook-new-1")).unwrap();
    place.write_document("sound.md", "---\ntitle: Sound again\n---\n");
    assert_kept(&place);
    assert_eq!(place.read("book/dist/.tickbook-new/notes.txt"), "own");
    let link = fs::read_link(place.path("book/dist/.tickbook-new-1"));
    assert_eq!(link.unwrap().to_str(), Some("../.."));
}

#[test]
fn o5_output_that_is_a_link_is_refused() {
    let place = work_tree();
    place.write("book/site/.tickbook-files", OLD_UNFINISHED);
    fs::create_dir(place.path("book/empty")).unwrap();
    fs::create_dir(place.path("book/.git/hooks")).unwrap();
    for leads_to in ["empty", ".git/hooks", "site", ".", "notes", "/tmp", "gone"] {
        symlink(leads_to, place.path("book/dist")).unwrap();
        assert_not_built(&place, "is a link");
        assert_refused(&place, "", "book/dist");
        assert_refused(&place, "book", "dist/new");
        place.remove("book/dist");
    }
    assert_refused(&place, "book", ".git/hooks");
    assert_refused(&place, "", "book/.GIT/site");
}

#[test]
fn o5_links_in_the_output_are_not_followed() {
    let place = work_tree();
    place.write_document("part/page.md", "---\ntitle: Page\n---\n");
    place.write_document("part/old.md", "---\ntitle: Old\n---\n");
    place.expect("build book", 0);
    // The folder is moved away, and a link to it takes its place.
    fs::rename(place.path("book/dist/part"), place.path("moved")).unwrap();
    symlink("../../moved", place.path("book/dist/part")).unwrap();
    let moved = place.tree("moved");
    place.write_document("part/page.md", "---\ntitle: New\n---\n");
    place.remove("book/content/part/old.md");
    assert_not_built(&place, "part/page.html");
    place.remove("book/content/part/page.md");
    assert_kept(&place);
    assert_eq!(place.tree("moved"), moved);
    assert!(place.path("book/dist/part").is_symlink());
}

#[test]
fn o5_lists_that_are_links_are_none() {
    let place = work_tree();
    place.expect("build book", 0);
    fs::rename(place.path("book/dist/.tickbook-files"), place.path("list")).unwrap();
    symlink("../../list", place.path("book/dist/.tickbook-files")).unwrap();
    place.write_document("sound.md", "---\ntitle: Other\n---\n");
    assert_not_built(&place, "files that tickbook did not write");
    // A list that is being written has a name of its own, and that may be taken.
    for leads_to in ["../../outside.txt", "../../gone.txt"] {
        let place = work_tree();
        place.expect("build book", 0);
        symlink(leads_to, place.path("book/dist/.tickbook-files.new")).unwrap();
        place.write_document("new.md", "---\ntitle: New\n---\n");
        assert_kept(&place);
        place.remove("book/content/new.md");
        assert_kept(&place);
    }
}

#[test]
fn o6_list_that_was_tampered_with_removes_nothing_of_others() {
    let place = work_tree();
    place.write_document("old.md", "---\ntitle: Old\n---\n");
    place.expect("build book", 0);
    place.write("book/dist/.git/HEAD", "ref: refs/heads/main\n");
    place.write("book/dist/sub/.GIT/HEAD", "ref: refs/heads/main\n");
    place.write("book/dist/CNAME", "help.example.com");
    place.write("book/dist/notes.txt", "own");
    symlink("../notes", place.path("book/dist/up")).unwrap();
    symlink("notes.txt", place.path("book/dist/twin.txt")).unwrap();
    // What an attacker knows by heart gets its right hash.
    for (path, file) in [
        (".git/HEAD", "book/dist/.git/HEAD"),
        (".GIT/HEAD", "book/dist/.git/HEAD"),
        ("sub/.GIT/HEAD", "book/dist/sub/.GIT/HEAD"),
        ("sub/../../notes/plan.txt", "book/notes/plan.txt"),
        ("../notes/plan.txt", "book/notes/plan.txt"),
        ("/etc/hostname", "book/notes/plan.txt"),
        ("up/plan.txt", "book/notes/plan.txt"),
        ("twin.txt", "book/dist/notes.txt"),
        ("CNAME", "outside.txt"),
        ("notes.txt", "book/.git/HEAD"),
    ] {
        list_line(&place, path, file);
    }
    let hosts = place.read("book/dist/CNAME");
    place.remove("book/content/old.md");
    let said = assert_kept(&place);
    assert!(!place.path("book/dist/old.html").exists());
    assert_eq!(place.read("book/dist/CNAME"), hosts);
    assert_eq!(place.read("book/dist/notes.txt"), "own");
    assert!(place.path("book/dist/up").is_symlink());
    assert!(place.path("book/dist/twin.txt").is_symlink());
    assert!(place.path("book/dist/.git/HEAD").exists());
    assert!(place.path("book/dist/sub/.GIT/HEAD").exists());
    assert!(said.contains("CNAME"), "what is kept is named: {said}");
    assert!(listed(&place).iter().all(|path| !path.contains("HEAD")));
}

#[test]
fn o6_what_a_killed_build_left_goes_only_as_far_as_it_is_its_own() {
    let place = work_tree();
    place.write_document("part/page.md", "---\ntitle: Page\n---\n");
    place.expect("build book", 0);
    let copy = "cp -r book/dist book/.dist.tickbook-new";
    assert!(place.shell(copy).status().unwrap().success());
    place.expect("build book", 0);
    let stage = |name: &str| format!("book/.dist.tickbook-new/{name}");
    place.write(&stage("part/page.html"), "own");
    place.write(&stage("part/notes.txt"), "own");
    place.write(&stage("empty/.git/HEAD"), "ref: refs/heads/main\n");
    fs::remove_file(place.path(&stage("sound.html"))).unwrap();
    symlink("../../notes", place.path(&stage("sound.html"))).unwrap();
    place.write_document("sound.md", "---\ntitle: Sound again\n---\n");
    let said = place.expect("build book", 0).err;
    assert!(said.contains(".dist.tickbook-new where it is"), "{said}");
    let left = files(&place, "book/dist/").into_keys();
    let left: Vec<_> = left.filter(|path| path.starts_with(&stage(""))).collect();
    let kept = [
        ".tickbook-files",
        "empty/.git/HEAD",
        "part/notes.txt",
        "part/page.html",
        "sound.html",
    ];
    assert_eq!(left, kept.map(stage));
    assert!(place.read("book/dist/sound.html").contains("Sound again"));
    assert_eq!(place.read("book/notes/plan.txt"), "own");
}

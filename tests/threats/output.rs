//! O1, O3, A5: what a build may not write over.

use std::fs;
use std::os::unix::fs::symlink;

use crate::place::Place;

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
    for output in ["\"\"", ".", "..", "../foreign", "../link", "content"] {
        place.write(
            "book/tickbook.yaml",
            format!("lang: en\noutput: {output}\n"),
        );
        place.expect_refused(&["error: "]);
    }
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
    place.write("book/tickbook.yaml", "lang: en\noutput: content/dist\n");
    place.expect_refused(&["must not hold each other"]);
    place.write(
        "book/tickbook.yaml",
        "lang: en\noutput: dist\ncontent: dist/pages\n",
    );
    place.write("book/dist/pages/a.md", "---\ntitle: A\n---\n");
    place.expect_refused(&["must not hold each other"]);
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
    place.expect_refused(&["there are no documents"]);
    place.write_document("sound.md", "---\ntitle: Changed\n---\n");
    assert!(place.read("book/dist/sound.html").contains("<title>Sound"));
    place.expect("build book", 0);
    assert!(
        place
            .read("book/dist/sound.html")
            .contains("<title>Changed")
    );
}

//! F1 to F5: the user's files. What is read is a regular file, what is written is whole, and nothing
//! that somebody else wrote is lost.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tickbook::source::{SourceSet, load};

use crate::place::{Answer, Place};

/// Is in the files that links lead to, and in the environment.
const CANARY: &str = "canary51c0";

/// A guide with a sheet, and two blanks of which `--fix` takes one away.
const GUIDE: &str = "\
---
title: Some Pay
---
## 카드

### 테스트 연동

#### 설정방법

- 채널 이름 : 원하는  이름
- Merchant ID : 발급받은 값
";

/// Guide, mode and a value.
const CASE: &str = "guide: guide\nmode: test\nset: {채널 이름: main}\n";

/// Kills of the test that interrupts.
const KILLS: u64 = 200;

/// Documents that it fixes.
const DOCUMENTS: usize = 12;

fn place() -> Place {
    let place = Place::with(&[("guide.md", GUIDE)]);
    place.write("secret", CANARY);
    place
}

/// Runs a line of the shell for a few seconds at most.
fn run(place: &Place, line: &str) -> Answer {
    let mut shell = place.shell(&format!("timeout 20 $TICKBOOK {line}"));
    shell.env("SECRET", CANARY).stdin(Stdio::null());
    shell.output().unwrap().into()
}

/// What a stranger may put in the place of a file.
#[derive(Debug, Clone, Copy)]
enum Trap {
    Link(&'static str),
    Pipe,
}

const LINKS: [Trap; 4] = [
    Trap::Link("secret"),
    Trap::Link("/proc/self/environ"),
    Trap::Link("/dev/zero"),
    Trap::Link("nowhere"),
];

impl Trap {
    fn set(self, place: &Place, name: &str) {
        let path = place.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match self {
            Trap::Link("secret") => symlink(place.path("secret"), path).unwrap(),
            Trap::Link(to) => symlink(to, path).unwrap(),
            Trap::Pipe => {
                let made = Command::new("mkfifo").arg(path).status();
                assert!(made.unwrap().success());
            }
        }
    }
}

/// Runs a command with each trap in the place of a file, which it must name and leave alone.
fn assert_refused(name: &str, line: &str, traps: &[Trap]) {
    for trap in traps {
        let place = place();
        place.write("cases/one.yaml", CASE);
        if name == "book/font.otf" {
            let config = place.read("book/tickbook.yaml") + "print: {fonts: [font.otf]}\n";
            place.write("book/tickbook.yaml", config);
        }
        if place.path(name).is_dir() {
            fs::remove_dir_all(place.path(name)).unwrap();
        } else if place.path(name).exists() {
            place.remove(name);
        }
        trap.set(&place, name);
        let before = listing(&place);
        let answer = run(&place, line);
        let said = format!("{line} {trap:?}: {answer:#?}");
        assert!(matches!(answer.code, Some(1 | 2)), "{said}");
        assert!(!said.replace(line, "").contains(CANARY), "{said}");
        let last = name.rsplit('/').next().unwrap();
        assert!(
            [&*answer.out, &answer.err].concat().contains(last),
            "{said}"
        );
        assert_eq!(listing(&place), before, "{said}");
    }
}

/// Every name below a place, with the text of what is a file.
fn listing(place: &Place) -> Vec<String> {
    let entries = walkdir::WalkDir::new(place.root()).sort_by_file_name();
    let lines = entries.into_iter().map(|entry| {
        let entry = entry.unwrap();
        let text = entry.file_type().is_file().then(|| fs::read(entry.path()));
        let text = text.map(Result::unwrap).unwrap_or_default();
        let path = entry.path().display();
        format!("{path} {}", String::from_utf8_lossy(&text))
    });
    lines.collect()
}

#[test]
fn f1_links_pipes_and_devices_are_not_read() {
    let all = [LINKS.as_slice(), &[Trap::Pipe]].concat();
    for (name, line) in [
        ("book/ids.lock", "check book --format sarif --level info"),
        ("book/tickbook.yaml", "check book"),
        ("book/tickbook.yaml", "diff book book"),
        ("book/templates/page.html", "build book"),
        ("book/site/own.css", "build book"),
        ("book/templates", "build book"),
        ("book/content", "build book"),
        ("book/content/guide.md", "build book"),
        ("book/content/image.png", "check book"),
        ("known.json", "check book --baseline known.json"),
        ("cases/a.yaml", "print --root book --cases cases -o out"),
        (
            "book/font.otf",
            "print guide --root book --mode test -o a.pdf",
        ),
    ] {
        if cfg!(feature = "pdf") || !line.starts_with("print") {
            assert_refused(name, line, &all);
        }
    }
    // A pipe that the user names is the user's own, so only links are strangers' here.
    assert_refused("case.yaml", "print --root book --case case.yaml", &LINKS);
    assert_refused("guide.md", "inspect guide.md", &LINKS);
}

#[test]
fn f1_file_that_became_a_link_is_not_read() {
    let place = place();
    place.write_document("images/a.png", "image");
    place.write_document("b.png", "image");
    let sources = load(&place.path("book/content")).unwrap();
    let read = |sources: &SourceSet| {
        let read = sources.assets.iter().map(|asset| asset.read().ok());
        read.collect::<Vec<_>>()
    };
    assert_eq!(
        read(&sources),
        [Some(b"image".to_vec()), Some(b"image".to_vec())]
    );
    place.write("outside/a.png", CANARY);
    place.remove("book/content/b.png");
    symlink(place.path("secret"), place.path("book/content/b.png")).unwrap();
    fs::remove_dir_all(place.path("book/content/images")).unwrap();
    symlink(place.path("outside"), place.path("book/content/images")).unwrap();
    assert_eq!(read(&sources), [None, None]);
}

#[test]
fn f1_folders_and_pipes_that_the_user_names_are_read() {
    let place = place();
    place.write("case.yaml", CASE);
    symlink("book", place.path("project")).unwrap();
    symlink("book/content", place.path("documents")).unwrap();
    for line in [
        "list project",
        "list --content documents",
        "print --root book --case case.yaml -o -",
        "print --root book --case <(cat case.yaml) -o /dev/stdout",
        "print --root book --case /dev/stdin -o >(cat) < case.yaml",
        "print --root book --case - -o /dev/null < case.yaml",
        "inspect <(cat book/content/guide.md)",
    ] {
        let answer: Answer = place
            .shell(&format!("timeout 20 $TICKBOOK {line}"))
            .output()
            .unwrap()
            .into();
        assert_eq!(answer.code, Some(0), "{line}: {answer:#?}");
    }
}

#[test]
fn f1_file_in_the_place_of_a_folder_is_named() {
    let place = place();
    for line in ["build secret --lang en", "build --content secret --lang en"] {
        let refused = place.expect(line, 2).err;
        assert!(refused.contains("the content folder secret"), "{refused}");
    }
}

#[test]
fn f1_files_have_limits() {
    let place = place();
    let mebibytes = |count: usize| "#".repeat((count << 20) + 1);
    for (name, size, line) in [
        ("book/ids.lock", 16, "check book"),
        ("book/tickbook.yaml", 1, "check book"),
        ("known.json", 16, "check book --baseline known.json"),
        ("large.md", 1, "inspect large.md"),
        ("book/site/large.css", 64, "build book"),
    ] {
        let before = place.path(name).exists().then(|| place.read(name));
        place.write(name, mebibytes(size));
        let answer = place.expect(line, 2);
        let expected = format!("larger than {size} MiB");
        assert!(
            answer.err.contains(&expected) && answer.err.contains(name),
            "{answer:#?}"
        );
        place.remove(name);
        if let Some(before) = before {
            place.write(name, before);
        }
    }
}

#[test]
fn f2_nothing_is_written_through_a_link() {
    for (name, line) in [
        ("book/ids.lock", "build book --lock"),
        (
            "known.json",
            "check book --baseline known.json --write-baseline",
        ),
        ("book/content/guide.md", "check book --level info --fix"),
        ("a.html", "print guide --root book --mode test -o a.html"),
        (
            "a.html",
            "print guide --root book --mode test -o a.html --force",
        ),
        (
            "guide-카드-test.html",
            "print guide --root book --mode test",
        ),
        (
            "out/one-guide-카드-test.pdf",
            "print --root book --cases cases -o out --force",
        ),
    ] {
        if cfg!(feature = "pdf") || !line.contains("--cases") {
            assert_refused(name, line, &LINKS[..1]);
            assert_refused(name, line, &[Trap::Link("nowhere"), Trap::Pipe]);
        }
    }
}

#[test]
fn f2_new_project_replaces_nothing() {
    let place = Place::new();
    place.write("own/notes.txt", "own");
    fs::create_dir(place.path("empty")).unwrap();
    symlink("own", place.path("link")).unwrap();
    let before = listing(&place);
    for folder in ["own", "link", "own/notes.txt", "book"] {
        place.expect(&format!("new {folder}"), 2);
        assert_eq!(listing(&place), before, "{folder}");
    }
    place.expect("new empty", 0);
    place.expect("build empty", 0);
}

/// A folder of documents, each with something to fix.
fn documents(count: usize) -> Place {
    let names: Vec<String> = (0..count)
        .map(|number| format!("d{number:03}.md"))
        .collect();
    let documents: Vec<_> = names.iter().map(|name| (name.as_str(), GUIDE)).collect();
    Place::with(&documents)
}

/// The text of the guide when it is fixed.
fn fixed() -> String {
    let place = documents(1);
    place.run("check book --level info --fix");
    let fixed = place.read("book/content/d000.md");
    assert_ne!(fixed, GUIDE);
    fixed
}

#[test]
fn f3_killed_fix_leaves_each_document_old_or_new() {
    let place = documents(DOCUMENTS);
    let fixed = fixed();
    let start = Instant::now();
    place.run("check book --level info --fix");
    let usual = u64::try_from(start.elapsed().as_micros()).unwrap();
    let (mut random, mut mixed) = (7_u64, 0);
    for kill in 0..KILLS {
        for number in 0..DOCUMENTS {
            place.write_document(&format!("d{number:03}.md"), GUIDE);
        }
        let mut command = place.command(&["check", "book", "--level", "info", "--fix"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        thread::sleep(Duration::from_micros((random >> 33) % usual));
        let _ = child.kill();
        child.wait().unwrap();
        let texts =
            (0..DOCUMENTS).map(|number| place.read(&format!("book/content/d{number:03}.md")));
        let texts: BTreeSet<String> = texts.collect();
        let known = BTreeSet::from([GUIDE.to_string(), fixed.clone()]);
        assert!(texts.is_subset(&known), "kill {kill}: {texts:#?}");
        mixed += usize::from(texts == known);
    }
    assert!(mixed > 0, "no kill met a document being written");
    // What a kill left is no content, and in nobody's way.
    place.run("check book --level info --fix");
    let listed = place.expect("list book --json", 0).out;
    assert_eq!(listed.matches("\"path\"").count(), DOCUMENTS);
    assert_eq!(place.read("book/content/d011.md"), fixed);
}

/// Runs a shell script in a name space in which it may mount; `None` where that is not allowed.
fn in_own_mounts(place: &Place, script: &str) -> Option<Answer> {
    let unshare = |script: &str| {
        let mut command = place.shell("exec unshare --map-root-user --mount bash -c \"$SCRIPT\"");
        command.env("SCRIPT", script);
        command
    };
    let probe = unshare("mount -t tmpfs none book").status();
    if !probe.is_ok_and(|status| status.success()) {
        eprintln!("skipped: name spaces cannot be made here");
        return None;
    }
    Some(unshare(script).output().unwrap().into())
}

#[test]
fn f3_full_disk_leaves_what_was_there() {
    let mut lines = vec![
        ("check book --level info --fix", 2),
        ("check book --baseline book/known.json --write-baseline", 2),
        ("build book --lock -o dist", 2),
        (
            "print d000 --root book --mode test --set merchant=Other -o book/a.html",
            2,
        ),
        ("print d000 --root book --mode test -o book/new.html", 2),
        ("new book/guides", 2),
    ];
    if cfg!(feature = "pdf") {
        lines.push(("print --root book --cases book/cases -o book/out", 2));
        lines.push(("print --root book --cases book/cases -o book/deep/new", 2));
    }
    for (line, code) in lines {
        let place = documents(3);
        place.write(
            "book/cases/a.yaml",
            CASE.replace("guide: guide", "guide: d000"),
        );
        place.write(
            "book/cases/b.yaml",
            CASE.replace("guide: guide", "guide: d001"),
        );
        let cases = "$TICKBOOK print --root book --cases book/cases -o book/out -q || exit 9";
        let cases = if cfg!(feature = "pdf") { cases } else { "" };
        let script = format!(
            "mkdir disk && mount -t tmpfs -o size=2m none disk && cp -r book disk && cd disk || exit 9
            $TICKBOOK check book --level error --baseline book/known.json --write-baseline -q || exit 9
            $TICKBOOK build book --lock -q -o ../dist || exit 9
            $TICKBOOK print d000 --root book --mode test -o book/a.html -q || exit 9
            {cases}
            sed -i 's/^## 카드/## 현금/' book/content/*
            cp -r . ../before
            dd if=/dev/zero of=filler bs=4k 2>/dev/null
            timeout 20 $TICKBOOK {line} >../said 2>&1; code=$?
            rm filler; cat ../said; diff -r . ../before || exit 8
            exit $code"
        );
        let script = script.replace("-o dist", "-o ../dist");
        let Some(answer) = in_own_mounts(&place, &script) else {
            return;
        };
        assert_eq!(answer.code, Some(code), "{line}: {answer:#?}");
        assert!(answer.out.contains("No space left"), "{line}: {answer:#?}");
    }
}

#[test]
fn f4_modes_line_ends_and_byte_order_marks_stay() {
    let place = place();
    let text = format!("\u{feff}{}", GUIDE.replace('\n', "\r\n"));
    place.write_document("guide.md", &text);
    place.expect("build book --lock -q", 0);
    place.run("check book --baseline known.json --write-baseline");
    let crlf = |name: &str| {
        let text = place.read(name).replace('\n', "\r\n");
        place.write(name, format!("\u{feff}{text}"));
        let mode = fs::Permissions::from_mode(0o640);
        fs::set_permissions(place.path(name), mode).unwrap();
    };
    crlf("book/ids.lock");
    crlf("known.json");
    let mode = fs::Permissions::from_mode(0o664);
    fs::set_permissions(place.path("book/content/guide.md"), mode).unwrap();
    let (lock, known) = (place.read("book/ids.lock"), place.read("known.json"));
    place.expect("build book --lock -q", 0);
    place.run("check book --baseline known.json --write-baseline");
    place.run("check book --baseline known.json --level info --fix");
    assert_eq!(place.read("book/ids.lock"), lock);
    assert_eq!(place.read("known.json"), known);
    assert_eq!(place.read("book/content/guide.md"), text.replace("  ", " "));
    for (name, expected) in [
        ("book/ids.lock", 0o640),
        ("known.json", 0o640),
        ("book/content/guide.md", 0o664),
    ] {
        let mode = place.path(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, expected, "{name}");
    }
}

#[test]
fn f4_file_that_is_no_baseline_is_not_replaced() {
    let place = place();
    place.write("notes.md", "own");
    place.expect("check book --baseline notes.md --write-baseline", 2);
    assert_eq!(place.read("notes.md"), "own");
    place.write("empty.json", "");
    place.expect("check book --baseline empty.json --write-baseline", 0);
}

/// Changes the last document as soon as the first is fixed; `None` when that was too late.
fn fix_with_an_edit_between(count: usize) -> Option<(Place, Answer)> {
    let place = documents(count);
    let last = format!("d{:03}.md", count - 1);
    let mut command = place.command(&["check", "book", "--level", "info", "--fix"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = command.spawn().unwrap();
    let start = Instant::now();
    while place.read("book/content/d000.md") == GUIDE {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "nothing is fixed"
        );
    }
    let is_early = place.read(&format!("book/content/{last}")) == GUIDE;
    place.write_document(&last, "---\ntitle: Theirs\n---\n");
    let answer = child.wait_with_output().unwrap().into();
    is_early.then_some((place, answer))
}

#[test]
fn f4_document_that_changed_meanwhile_is_kept_and_reported() {
    let mut tries = (0..5).filter_map(|_| fix_with_an_edit_between(300));
    let (place, answer) = tries.next().expect("the edit was never in time");
    assert_eq!(answer.code, Some(1), "{}", answer.err);
    assert_eq!(
        place.read("book/content/d299.md"),
        "---\ntitle: Theirs\n---\n"
    );
    assert_eq!(place.read("book/content/d298.md"), fixed());
    for expected in [
        "299 files",
        "d299.md has changed since it was read",
        "1 file was not fixed",
    ] {
        assert!(
            answer.err.contains(expected),
            "no {expected}: {}",
            answer.err
        );
    }
}

#[test]
fn f5_only_what_print_wrote_is_replaced_unasked() {
    let place = place();
    let mut files = vec!["a.html"];
    if cfg!(feature = "pdf") {
        files.push("a.pdf");
    }
    for file in files {
        let line = format!("print guide --root book --mode test -o {file}");
        place.write(file, "own");
        let refused = place.expect(&line, 1);
        assert!(refused.err.contains("`--force`"), "{}", refused.err);
        assert_eq!(place.read(file), "own");
        place.expect(&format!("{line} --force"), 0);
        place.expect(&format!("{line} --set merchant=Other"), 0);
        let mut bytes = fs::read(place.path(file)).unwrap();
        bytes.push(b'\n');
        place.write(file, &bytes);
        place.expect(&line, 1);
        assert_eq!(fs::read(place.path(file)).unwrap(), bytes);
    }
}

#[test]
#[cfg(feature = "pdf")]
fn f5_set_of_cases_is_printed_as_a_whole_or_not_at_all() {
    let place = place();
    for name in ["a", "b", "c"] {
        place.write(&format!("cases/{name}.yaml"), CASE);
    }
    place.write("out/c-guide-카드-test.pdf", "own");
    let before = listing(&place);
    let line = "print --root book --cases cases -o out";
    let refused = place.expect(line, 1);
    assert!(
        refused.err.contains("out/c-guide-카드-test.pdf"),
        "{}",
        refused.err
    );
    assert_eq!(listing(&place), before);
    place.expect(&format!("{line} --force"), 0);
    place.expect(line, 0);
    let names = fs::read_dir(place.path("out")).unwrap();
    assert_eq!(names.count(), 3);
    // A folder in the place of a file is found before anything is replaced.
    place.remove("out/c-guide-카드-test.pdf");
    fs::create_dir(place.path("out/c-guide-카드-test.pdf")).unwrap();
    place.write("cases/a.yaml", CASE.replace("main", "other"));
    let before = listing(&place);
    place.expect(&format!("{line} --force"), 1);
    assert_eq!(listing(&place), before);
}

#[test]
fn f1_linked_folder_of_a_tool_is_not_read() {
    let place = Place::new();
    place.write("docs/a.md", "# A\n");
    let config = format!("export default {{ title: '{CANARY}' }}");
    place.write("elsewhere/config.js", config);
    symlink("../elsewhere", place.path("docs/.vitepress")).unwrap();
    place.expect("build --content docs -o out", 0);
    assert!(!place.read("out/a.html").contains(CANARY));
}

#[test]
fn f1_link_out_of_the_content_is_not_included() {
    let place = Place::new();
    place.write("secret", CANARY);
    let includes = [
        "<Include src=\"./_link.mdx\" />",
        "<Include src=\"../secret\" />",
        "<Include src=\"folder/secret\" />",
        "import code from './link.ts?raw'\n\n<CodeBlock code={code} /> {code}",
    ];
    place.write("docs/a.mdx", includes.join("\n\n"));
    symlink("../secret", place.path("docs/_link.mdx")).unwrap();
    symlink("../secret", place.path("docs/link.ts")).unwrap();
    symlink("..", place.path("docs/folder")).unwrap();
    place.expect("build --content docs -o out --keep-going", 1);
    assert!(!place.read("out/a.html").contains(CANARY));
}

//! G1–G5: the history that `--since` reads is data too, whatever the content or a configuration says.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use crate::place::{Answer, Place};

/// Commands that look into the history.
const COMMANDS: [&str; 3] = [
    "check book --since HEAD --format json",
    "diff book --since HEAD",
    "build book",
];

/// A guide in one mode; `name` is what it says to set.
fn guide(name: &str) -> String {
    format!(
        "---\ntitle: Guide\n---\n## A\n### 테스트 연동\n#### 설정방법\n- {name} : 원하는 이름\n"
    )
}

/// Runs git, with no configuration but the repository's own, in a folder.
fn git(place: &Place, folder: &str, line: &str) -> String {
    let line = format!(
        "cd '{folder}' && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git \
         -c user.name=a -c user.email=a@example.com -c init.defaultBranch=main {line}"
    );
    let output = place.shell(&line).output().unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A project in a repository with a commit, and a guide that has changed since.
fn project() -> Place {
    let place = Place::new();
    place.write_document("guide.md", guide("채널 이름"));
    git(&place, "book", "init -q");
    commit(&place);
    place.write_document("guide.md", guide("가게 이름"));
    place
}

fn commit(place: &Place) {
    git(place, "book", "add -A");
    git(place, "book", "commit -qm a");
}

/// What makes git run a program of somebody's choice, which leaves the file `canary`.
fn armed(place: &Place) -> String {
    let canary = place.path("canary");
    let program = place.path("program");
    fs::write(
        &program,
        format!("#!/bin/sh\ntouch '{}'\n", canary.display()),
    )
    .unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.display();
    format!(
        "[core]\n\trepositoryformatversion = 1\n\tfsmonitor = {program}\n\thooksPath = {hooks}\n\
         \tpager = {program}\n\tsshCommand = {program}\n\talternateRefsCommand = {program}\n\
         \tattributesFile = {attributes}\n\teditor = {program}\n\
         [extensions]\n\tpartialClone = origin\n\
         [remote \"origin\"]\n\turl = ext::{program}\n\tpromisor = true\n\
         [protocol \"ext\"]\n\tallow = always\n\
         [diff]\n\texternal = {program}\n[diff \"x\"]\n\ttextconv = {program}\n\
         [filter \"x\"]\n\tclean = {program}\n\tsmudge = {program}\n\tprocess = {program}\n\
         [include]\n\tpath = {included}\n",
        hooks = place.path("hooks").display(),
        attributes = place.path("attributes").display(),
        included = place.path("included").display(),
    )
}

/// The hooks, attributes and included settings that [`armed`] names.
fn write_around(place: &Place) {
    let program = place.path("program");
    place.write("attributes", "* diff=x filter=x\n");
    place.write(
        "included",
        format!("[core]\n\tfsmonitor = {}\n", program.display()),
    );
    for hook in ["post-index-change", "pre-auto-gc", "reference-transaction"] {
        place.write(&format!("hooks/{hook}"), "");
        fs::remove_file(place.path(&format!("hooks/{hook}"))).unwrap();
        symlink(&program, place.path(&format!("hooks/{hook}"))).unwrap();
    }
}

/// Runs what looks into the history. No program named git, or whatever else is run, may start.
fn run_all(place: &Place) -> Vec<Answer> {
    for name in ["git", "sh", "ssh", "git-upload-pack", "git-remote-ext"] {
        place.write(&format!("bin/{name}"), "");
        fs::remove_file(place.path(&format!("bin/{name}"))).unwrap();
        symlink(place.path("program"), place.path(&format!("bin/{name}"))).unwrap();
    }
    let answers = COMMANDS.map(|line| {
        let arguments: Vec<_> = line.split_whitespace().collect();
        let mut command = place.command(&arguments);
        command.env("PATH", place.path("bin"));
        Answer::from(command.output().unwrap())
    });
    assert!(!place.path("canary").exists(), "{answers:#?}");
    answers.into()
}

/// Whether git itself, in this folder, is made to run the program: otherwise a test shows nothing.
fn is_loaded(place: &Place, folder: &str, lines: &[&str]) -> bool {
    for line in lines {
        let line = format!("cd '{folder}' && git {line}");
        place.shell(&line).output().unwrap();
    }
    let canary = place.path("canary");
    canary.exists() && fs::remove_file(canary).is_ok()
}

#[test]
fn g1_repository_in_the_content_is_not_one() {
    let place = project();
    git(&place, "book/content", "init -q --bare .");
    let settings = armed(&place);
    write_around(&place);
    for worktree in ["bare = true", "bare = false\n\tworktree = ."] {
        place.write_document(
            "config",
            settings.replace("[core]\n", &format!("[core]\n\t{worktree}\n")),
        );
        let id = "0123456789012345678901234567890123456789";
        place.write_document("refs/heads/main", format!("{id}\n"));
        let git = ["status", "cat-file -p HEAD", "diff HEAD"];
        assert!(is_loaded(&place, "book/content", &git), "{worktree}");
        let answers = run_all(&place);
        // What is compared with is the project's own history.
        assert!(answers[0].err.contains("documents"), "{answers:#?}");
        assert!(answers[1].out.contains("채널 이름"), "{answers:#?}");
    }
}

#[test]
fn g2_configuration_of_the_repository_runs_nothing() {
    let place = project();
    let own = place.read("book/.git/config");
    place.write("book/.git/config", own + &armed(&place));
    write_around(&place);
    place.write("book/.git/info/attributes", "* diff=x filter=x\n");
    assert!(is_loaded(&place, "book", &["diff HEAD", "status"]));
    let answers = run_all(&place);
    assert_eq!(answers[1].code, Some(0), "{answers:#?}");
    assert!(answers[1].out.contains("채널 이름"), "{answers:#?}");
    // An object that is not there is not asked for.
    let blob = git(&project(), "book", "rev-parse HEAD:content/guide.md");
    let blob = blob.trim();
    place.remove(&format!("book/.git/objects/{}/{}", &blob[..2], &blob[2..]));
    let answers = run_all(&place);
    assert_eq!(answers[0].code, Some(1), "{answers:#?}");
    assert_eq!(answers[1].code, Some(2), "{answers:#?}");
    assert!(answers[1].err.contains(blob), "{answers:#?}");
}

#[test]
fn g3_entries_that_are_no_documents_end_no_reading() {
    let place = Place::new();
    place.write_document("a.md", guide("채널 이름"));
    place.write_document("z.md", guide("채널 이름"));
    place.write_document("large.md", "가".repeat(1 << 20));
    place.write_document("bytes.md", b"\xff");
    symlink("a.md", place.path("book/content/link.md")).unwrap();
    git(&place, "book", "init -q");
    let head = "0123456789012345678901234567890123456789";
    git(&place, "book", "add -A");
    for name in ["x.md", "b/c.md"] {
        let entry = format!("update-index --add --cacheinfo 160000,{head},content/{name}");
        git(&place, "book", &entry);
    }
    git(&place, "book", "commit -qm a");
    for name in ["large.md", "bytes.md", "link.md"] {
        place.remove(&format!("book/content/{name}"));
    }
    place.write_document("x.md", guide("채널 이름"));
    place.write_document("z.md", guide("가게 이름"));
    let told = place.expect("diff book --since HEAD", 0);
    assert!(told.out.contains("가게 이름"), "{told:#?}");
    assert!(!told.out.contains("(a)"), "{told:#?}");
    let answer = place.run("check book --since HEAD --format json --level info");
    let found: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    let found = found.as_array().unwrap().iter();
    let files: Vec<_> = found.map(|found| found["path"].as_str().unwrap()).collect();
    assert!(
        files.contains(&"x.md") && files.contains(&"z.md"),
        "{files:?}"
    );
    assert!(!files.contains(&"a.md"), "{files:?}");
}

#[test]
fn g4_repository_is_that_of_the_project_and_no_link() {
    let place = project();
    let said = |answer: Answer| {
        assert_eq!(answer.code, Some(2), "{answer:#?}");
        answer.err
    };
    // Neither the environment nor a repository in the content chooses another one.
    git(&place, "book/content", "init -q");
    let mut command = place.command(&["diff", "book", "--since", "HEAD"]);
    command.env("GIT_DIR", "/nowhere").env("GIT_WORK_TREE", "/");
    let told = Answer::from(command.output().unwrap());
    assert!(told.out.contains("채널 이름"), "{told:#?}");
    // Without a project the content's own is it.
    let told = said(place.run("diff --content book/content --since HEAD --lang en"));
    assert!(told.contains("no commit"), "{told}");
    fs::rename(place.path("book/.git"), place.path("book/real")).unwrap();
    let told = said(place.run("check book --since HEAD"));
    assert!(told.contains("no git repository"), "{told}");
    symlink("real", place.path("book/.git")).unwrap();
    let told = said(place.run("check book --since HEAD"));
    assert!(told.contains("not a link"), "{told}");
    // A file that names it, as in a linked work tree.
    place.remove("book/.git");
    place.write("book/.git", "gitdir: real\n");
    let told = place.expect("diff book --since HEAD", 0);
    assert!(told.out.contains("채널 이름"), "{told:#?}");
}

/// Ten names for one tree, ten times over: ten thousand million files in a few hundred bytes.
#[test]
fn g5_few_objects_that_stand_for_many_files_are_refused() {
    let place = project();
    let line = |mode: &str, kind: &str, id: &str| -> String {
        let lines = (0..10).map(|n| format!("{mode} {kind} {id}\\t{n}.md\\n"));
        lines.collect()
    };
    let blob = git(&place, "book", "rev-parse HEAD:content/guide.md");
    let mut entries = line("100644", "blob", blob.trim());
    for _ in 0..10 {
        let tree = git(&place, "book", &format!("mktree < <(printf '{entries}')"));
        entries = line("040000", "tree", tree.trim());
    }
    let tree = git(&place, "book", &format!("mktree < <(printf '{entries}')"));
    let content = format!("040000 tree {}\\tcontent\\n", tree.trim());
    let tree = git(&place, "book", &format!("mktree < <(printf '{content}')"));
    let commit = format!("commit-tree -m b -p HEAD {}", tree.trim());
    let commit = git(&place, "book", &commit);
    git(
        &place,
        "book",
        &format!("update-ref refs/heads/main {}", commit.trim()),
    );
    for line in COMMANDS {
        // A site is built without the dates of such a history.
        let answer = place.expect(line, if line.starts_with("build") { 0 } else { 2 });
        assert!(answer.err.contains("more files"), "{answer:#?}");
    }
}

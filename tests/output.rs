//! The output folder: whole or not at all, whatever kills a build, and nothing that is not ours.
//! Tests are named after the rows of the threat list that they hold.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use walkdir::WalkDir;

/// Documents of the test's project.
const PAGES: usize = 12;

/// Builds that are killed.
const KILLS: usize = 200;

/// A project whose site names `build` on every page.
fn project() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().join("content");
    fs::create_dir(&content).unwrap();
    for page in 0..PAGES {
        let text = format!(
            "---\ntitle: Page {page}\n---\n\n{}",
            "Some text.\n\n".repeat(40)
        );
        fs::write(content.join(format!("page-{page}.md")), text).unwrap();
    }
    set_build(&folder, 0);
    folder
}

/// Has every page name this build.
fn set_build(folder: &TempDir, build: usize) {
    let text = format!("lang: en\nsite:\n  title: Build {build}.\n");
    fs::write(folder.path().join("tickbook.yaml"), text).unwrap();
}

fn build(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    command
        .current_dir(folder.path())
        .args(["build", "--quiet", "--only", "site"]);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Runs a command to its end: its exit code and what it told.
fn run(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

fn built(folder: &TempDir) {
    assert_eq!(run(&mut build(folder)), (Some(0), String::new()));
}

/// Builds that the HTML pages of a folder name; `None` when one of them cannot be read.
fn builds(output: &Path) -> Option<BTreeSet<String>> {
    let list = fs::read_to_string(output.join(".tickbook-files")).ok()?;
    let pages = list.lines().filter(|line| line.ends_with(".html"));
    let pages = pages.filter_map(|line| line.splitn(3, ' ').nth(2));
    pages
        .map(|path| build_of(&fs::read_to_string(output.join(path)).ok()?))
        .collect()
}

fn build_of(html: &str) -> Option<String> {
    let rest = &html[html.find("Build ")?..];
    Some(rest[..=rest.find('.')?].to_string())
}

/// Every path in a folder with its length, time and permissions.
fn listing(folder: &Path) -> Vec<(PathBuf, u64, std::time::SystemTime)> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    entries
        .map(|entry| {
            let metadata = entry.metadata().unwrap();
            (
                entry.path().to_path_buf(),
                metadata.len(),
                metadata.modified().unwrap(),
            )
        })
        .collect()
}

/// Names in the project's folder.
fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Kills a build after some time, unless it ended before.
fn kill_after(mut child: Child, time: Duration) {
    thread::sleep(time);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Reads the site over and over. Between two looks at the folder that show the same one, every
/// page must be there and be of one build.
#[cfg(unix)]
fn read_on(output: &Path, is_over: &AtomicBool, whole: &AtomicUsize) {
    use std::os::unix::fs::MetadataExt;
    let inode = || fs::metadata(output).map(|metadata| metadata.ino()).ok();
    while !is_over.load(Ordering::Relaxed) {
        let (before, builds, after) = (inode(), builds(output), inode());
        assert!(
            before.is_some() && after.is_some(),
            "the folder is always there"
        );
        if before == after {
            let builds = builds.expect("every page is there");
            assert_eq!(builds.len(), 1, "pages of {builds:?} stand side by side");
            whole.fetch_add(1, Ordering::Relaxed);
        }
    }
}

#[cfg(unix)]
#[test]
fn a1_killed_builds_leave_a_whole_site() {
    let folder = project();
    let output = folder.path().join("dist");
    let start = Instant::now();
    built(&folder);
    let usual = u64::try_from(start.elapsed().as_micros()).unwrap();
    let (is_over, whole) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut random = 1_u64;
    thread::scope(|scope| {
        let reader = scope.spawn(|| read_on(&output, &is_over, &whole));
        for number in 1..=KILLS {
            set_build(&folder, number);
            // Knuth's generator; its upper bits are the better ones.
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let time = Duration::from_micros((random >> 33) % (usual * 5 / 4));
            kill_after(build(&folder).spawn().unwrap(), time);
        }
        is_over.store(true, Ordering::Relaxed);
        reader.join().unwrap();
    });
    assert!(whole.into_inner() > 0, "the reader never read a whole site");
    set_build(&folder, KILLS + 1);
    built(&folder);
    let last = format!("Build {}.", KILLS + 1);
    assert_eq!(builds(&output), Some(BTreeSet::from([last])));
    assert_eq!(
        names(&folder),
        ["content", "dist", "tickbook.yaml"],
        "nothing is left behind"
    );
}

/// Kills builds into an output that holds files of others too, and expects these to stay.
#[cfg(unix)]
fn kill_beside(others: &[(&str, &str)]) {
    let folder = project();
    let output = folder.path().join("dist");
    let start = Instant::now();
    built(&folder);
    let usual = u64::try_from(start.elapsed().as_micros()).unwrap();
    fs::create_dir_all(output.join("own/empty")).unwrap();
    for (path, text) in others {
        fs::create_dir_all(output.join(path).parent().unwrap()).unwrap();
        fs::write(output.join(path), text).unwrap();
    }
    std::os::unix::fs::symlink("nowhere", output.join("own/link")).unwrap();
    let kills = KILLS as u64 / 5;
    for number in 1..=kills {
        set_build(&folder, usize::try_from(number).unwrap());
        let time = Duration::from_micros(usual * number * 5 / 4 / kills);
        kill_after(build(&folder).spawn().unwrap(), time);
        for (path, text) in others {
            assert_eq!(fs::read_to_string(output.join(path)).unwrap(), *text);
        }
    }
    set_build(&folder, KILLS + 1);
    built(&folder);
    let last = format!("Build {}.", KILLS + 1);
    assert_eq!(builds(&output), Some(BTreeSet::from([last])));
    assert!(output.join("own/empty").is_dir());
    assert_eq!(
        fs::read_link(output.join("own/link")).unwrap(),
        Path::new("nowhere")
    );
    assert_eq!(names(&folder), ["content", "dist", "tickbook.yaml"]);
}

#[cfg(unix)]
#[test]
fn a1_killed_builds_lose_no_file_of_others_and_leave_nothing_behind() {
    kill_beside(&[("CNAME", "help.example.com"), ("own/notes.txt", "own")]);
}

#[cfg(unix)]
#[test]
fn a1_killed_builds_never_move_what_is_gits() {
    kill_beside(&[
        ("CNAME", "help.example.com"),
        (".git/HEAD", "ref: refs/heads/main"),
    ]);
}

/// Runs a shell script in a name space in which it may mount; `None` where that is not allowed.
fn in_own_mounts(folder: &TempDir, script: &str) -> Option<(Option<i32>, String)> {
    let unshare = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script]);
        command.current_dir(folder.path());
        command.env("TICKBOOK", env!("CARGO_BIN_EXE_tickbook"));
        command
    };
    if !unshare("mount -t tmpfs none content")
        .status()
        .is_ok_and(|status| status.success())
    {
        eprintln!("skipped: name spaces cannot be made here");
        return None;
    }
    Some(run(&mut unshare(script)))
}

#[test]
fn a2_full_disk_leaves_the_old_site() {
    let folder = project();
    fs::create_dir(folder.path().join("small")).unwrap();
    let script = "mount -t tmpfs -o size=8m none small
        $TICKBOOK build --quiet -o small/dist || exit 9
        cp -r small/dist before
        dd if=/dev/zero of=small/filler bs=64k 2>/dev/null
        sed -i 's/Build 0/Build 1/' tickbook.yaml
        timeout 5 $TICKBOOK build --quiet -o small/dist; code=$?
        diff -r small/dist before >&2 || exit 8
        ls -A small >&2
        exit $code";
    let Some((code, told)) = in_own_mounts(&folder, script) else {
        return;
    };
    assert_eq!(code, Some(2), "{told}");
    assert!(
        told.contains("small/") && told.contains("No space left"),
        "{told}"
    );
    assert!(
        told.ends_with("dist\nfiller\n"),
        "nothing is left behind: {told}"
    );
}

#[cfg(unix)]
#[test]
fn a2_folder_that_takes_no_file_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project();
    built(&folder);
    let output = folder.path().join("dist");
    let before = listing(&output);
    let set_mode = |mode| {
        for path in [&output, folder.path()] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set_build(&folder, 1);
    set_mode(0o555);
    let is_refused = File::create(folder.path().join("probe")).is_err();
    let (code, told) = run(&mut build(&folder));
    set_mode(0o755);
    // Nothing is refused to root.
    if is_refused {
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("dist") && told.contains("denied"), "{told}");
        assert_eq!(listing(&output)[1..], before[1..]);
    }
}

#[test]
fn a3_builds_at_once_leave_a_whole_site() {
    let folder = project();
    for number in 1..=5 {
        set_build(&folder, number);
        let children: Vec<Child> = (0..4).map(|_| build(&folder).spawn().unwrap()).collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let whole = BTreeSet::from([format!("Build {number}.")]);
        assert_eq!(builds(&folder.path().join("dist")), Some(whole));
    }
    assert_eq!(names(&folder), ["content", "dist", "tickbook.yaml"]);
}

#[cfg(unix)]
#[test]
fn a3_second_build_waits_and_says_so() {
    let folder = project();
    let first = File::open(folder.path()).unwrap();
    first.lock().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    command
        .current_dir(folder.path())
        .arg("build")
        .stderr(Stdio::piped());
    let mut second = command.spawn().unwrap();
    thread::sleep(Duration::from_secs(1));
    assert!(second.try_wait().unwrap().is_none(), "it waits");
    assert!(!folder.path().join("dist").exists());
    first.unlock().unwrap();
    let output = second.wait_with_output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("another build is writing to"), "{told}");
}

#[test]
fn a4_mount_point_is_filled_file_by_file() {
    let folder = project();
    built(&folder);
    fs::write(folder.path().join("dist/CNAME"), "help.example.com").unwrap();
    fs::remove_file(folder.path().join("content/page-3.md")).unwrap();
    let script = "mount --bind dist dist || exit 9
        sed -i 's/Build 0/Build 1/' tickbook.yaml
        $TICKBOOK build --quiet --only site && $TICKBOOK build --quiet --only site";
    let Some((code, told)) = in_own_mounts(&folder, script) else {
        return;
    };
    assert_eq!((code, told.as_str()), (Some(0), ""));
    let output = folder.path().join("dist");
    assert_eq!(
        builds(&output),
        Some(BTreeSet::from(["Build 1.".to_string()]))
    );
    assert!(!output.join("page-3.html").exists());
    assert_eq!(
        fs::read_to_string(output.join("CNAME")).unwrap(),
        "help.example.com"
    );
    assert_eq!(names(&folder), ["content", "dist", "tickbook.yaml"]);
    assert!(!output.join(".tickbook-new").exists());
}

#[test]
fn o2_files_of_others_are_kept() {
    let folder = project();
    built(&folder);
    let output = folder.path().join("dist");
    fs::write(output.join("CNAME"), "help.example.com").unwrap();
    fs::create_dir_all(output.join(".git/refs")).unwrap();
    fs::write(output.join(".git/HEAD"), "ref: refs/heads/main").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", output.join("link")).unwrap();
    let time = |path: &str| fs::metadata(output.join(path)).unwrap().modified().unwrap();
    let before = (time("CNAME"), time(".git/HEAD"));
    fs::remove_file(folder.path().join("content/page-3.md")).unwrap();
    set_build(&folder, 1);
    built(&folder);
    assert_eq!(
        builds(&output),
        Some(BTreeSet::from(["Build 1.".to_string()]))
    );
    assert_eq!((time("CNAME"), time(".git/HEAD")), before);
    assert!(output.join(".git/refs").is_dir());
    assert!(!output.join("page-3.html").exists());
    #[cfg(unix)]
    assert_eq!(
        fs::read_link(output.join("link")).unwrap(),
        Path::new("nowhere")
    );
}

#[test]
fn o2_file_of_others_in_the_place_of_ours_is_not_replaced() {
    let folder = project();
    built(&folder);
    let output = folder.path().join("dist");
    fs::write(output.join("new.html"), "own").unwrap();
    let before = listing(&output);
    fs::write(folder.path().join("content/new.md"), "# New").unwrap();
    let (code, told) = run(&mut build(&folder));
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("new.html") && told.contains("not written by tickbook"),
        "{told}"
    );
    assert_eq!(listing(&output), before);
}

#[cfg(unix)]
#[test]
fn o2_link_of_others_in_the_place_of_a_folder_is_not_followed() {
    let folder = project();
    built(&folder);
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("dist/part")).unwrap();
    fs::create_dir(folder.path().join("content/part")).unwrap();
    fs::write(folder.path().join("content/part/new.md"), "# New").unwrap();
    let (code, told) = run(&mut build(&folder));
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

#[test]
fn unchanged_files_keep_their_bytes_and_times() {
    let folder = project();
    built(&folder);
    let output = folder.path().join("dist");
    let before = listing(&output);
    built(&folder);
    assert_eq!(
        listing(&output),
        before,
        "a build without a change touches nothing"
    );
    fs::write(
        folder.path().join("content/page-3.md"),
        "---\ntitle: Page 3\n---\nOther",
    )
    .unwrap();
    built(&folder);
    let touched: Vec<String> = listing(&output)
        .into_iter()
        .filter(|entry| !before.contains(entry) && entry.0.is_file())
        .map(|(path, ..)| path.strip_prefix(&output).unwrap().display().to_string())
        .collect();
    assert_eq!(touched, [".tickbook-files", "page-3.html"]);
}

#[cfg(unix)]
#[test]
fn permissions_of_the_output_folder_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project();
    built(&folder);
    let output = folder.path().join("dist");
    fs::set_permissions(&output, fs::Permissions::from_mode(0o750)).unwrap();
    set_build(&folder, 1);
    built(&folder);
    assert_eq!(
        fs::metadata(&output).unwrap().permissions().mode() & 0o777,
        0o750
    );
}

#[test]
fn o2_file_that_was_changed_by_hand_is_not_replaced() {
    let folder = project();
    built(&folder);
    let output = folder.path().join("dist");
    let page = output.join("page-3.html");
    let before = fs::read_to_string(&page).unwrap();
    thread::sleep(Duration::from_millis(20));
    fs::write(&page, before.replace("Some", "Come")).unwrap();
    let changed = listing(&output);
    let (code, told) = run(&mut build(&folder));
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("page-3.html`: it was changed after tickbook wrote it"),
        "{told}"
    );
    assert_eq!(listing(&output), changed);
    fs::remove_file(&page).unwrap();
    built(&folder);
    assert_eq!(fs::read_to_string(&page).unwrap(), before);
}

#[test]
fn o2_file_that_was_changed_by_hand_is_not_removed() {
    let folder = project();
    built(&folder);
    let page = folder.path().join("dist/page-3.html");
    fs::write(&page, "own").unwrap();
    fs::remove_file(folder.path().join("content/page-3.md")).unwrap();
    let (code, told) = run(&mut build(&folder));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("tickbook did not write them"), "{told}");
    assert!(told.contains("page-3.html"), "{told}");
    assert_eq!(fs::read_to_string(&page).unwrap(), "own");
    set_build(&folder, 1);
    built(&folder);
    assert_eq!(fs::read_to_string(&page).unwrap(), "own");
}

/// Puts the list in the output that an older tickbook would have written.
fn set_old_list(folder: &TempDir, mark: &str, line: impl Fn(&str) -> String) {
    let list = folder.path().join("dist/.tickbook-files");
    let text = fs::read_to_string(&list).unwrap();
    let files = text.lines().filter(|line| !line.starts_with('#'));
    let files = files.map(|listed| line(listed.splitn(3, ' ').nth(2).unwrap()) + "\n");
    fs::write(&list, format!("{mark}\n{}", files.collect::<String>())).unwrap();
}

/// Builds again with a list that has no hash to compare.
fn assert_made_again_and_none_removed(folder: &TempDir) {
    fs::remove_file(folder.path().join("content/page-3.md")).unwrap();
    set_build(folder, 1);
    let (code, told) = run(&mut build(folder));
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("page-3.html"), "{told}");
    let output = folder.path().join("dist");
    assert_eq!(
        builds(&output),
        Some(BTreeSet::from(["Build 1.".to_string()]))
    );
    assert!(output.join("page-3.html").exists());
    set_build(folder, 2);
    built(folder);
    assert!(output.join("page-3.html").exists());
}

#[test]
fn o2_list_without_hashes_lets_files_be_made_again_and_none_be_removed() {
    let folder = project();
    built(&folder);
    let mark = "# Files written by tickbook; a build removes those it no longer makes.";
    set_old_list(&folder, mark, str::to_string);
    assert_made_again_and_none_removed(&folder);
}

#[test]
fn o2_list_with_other_hashes_lets_files_be_made_again_and_none_be_removed() {
    let folder = project();
    built(&folder);
    let mark = "# Files written by tickbook, with hash and length; a build removes those it no longer makes.";
    set_old_list(&folder, mark, |path| {
        format!("2c26b46b68ffc68ff99b453c1d304134 3 {path}")
    });
    assert_made_again_and_none_removed(&folder);
}

#[test]
fn whatever_pages_are_made_of_makes_them_again() {
    let folder = project();
    built(&folder);
    let page = folder.path().join("dist/page-3.html");
    let read = || fs::read_to_string(&page).unwrap();
    let before = read();
    let write = |path: &str, text: &str| {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        built(&folder);
    };
    write(
        "templates/partials/footer.html",
        "<footer>Own footer</footer>",
    );
    assert!(read().contains("Own footer"));
    write("site/style.css", "body { color: red }");
    assert_ne!(
        read().replace("Own footer", ""),
        before,
        "the name of the style has another hash"
    );
    write("tickbook.yaml", "lang: en\nsite:\n  title: Other.\n");
    assert!(read().contains("Other."));
    write("content/images/a.png", "old");
    write("content/images/a.png", "new");
    let image = folder.path().join("dist/images/a.png");
    assert_eq!(fs::read_to_string(image).unwrap(), "new");
}

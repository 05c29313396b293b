//! M1, M3, E1–E3: texts that are too deep, too large, or not the text they seem. That reading
//! and whatever follows takes linear time (M2) is held by `tests/linear.rs` and `tests/doubling`.

use std::fs;
use std::time::{Duration, Instant};

use tickbook::output::write::MANIFEST;

use regex::Regex;

use crate::place::{Place, shown};

/// Stack of the program, in KiB.
const STACK: usize = 1024;

#[test]
fn m1_depth_is_limited_and_no_stack_overflows() {
    let place = Place::new();
    let item_in_item: String = (0..1000)
        .map(|level| format!("{}- a\n", "  ".repeat(level)))
        .collect();
    for (name, text, is_refused) in [
        ("quotes", "> ".repeat(40_000) + "x", true),
        ("tight-quotes", ">".repeat(40_000), true),
        ("lists", "- ".repeat(40_000) + "x", true),
        ("numbers", "1. ".repeat(40_000), true),
        ("items", item_in_item, true),
        ("indents", "<Indent>\n".repeat(20_000), true),
        (
            "closed",
            "<Indent>\n".repeat(20_000) + &"</Indent>\n".repeat(20_000),
            true,
        ),
        ("brackets", "[".repeat(40_000), false),
        ("stars", "*a ".repeat(40_000), false),
        (
            "braces",
            format!("<Callout title={}", "{".repeat(40_000)),
            false,
        ),
    ] {
        place.write_document("deep.md", format!("---\ntitle: t\n---\n{text}\n"));
        let before = place.tree("book/content");
        let line = format!("ulimit -s {STACK} && exec \"$TICKBOOK\" build book -o out-{name}");
        let start = Instant::now();
        let output = place.shell(&line).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        let code = if is_refused { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(code), "{name}: {said}");
        assert_eq!(said.contains("error[nesting]"), is_refused, "{name}");
        assert_eq!(said.contains("deep.md:"), is_refused, "{name}");
        assert!(start.elapsed() < Duration::from_secs(10), "{name}");
        assert_eq!(place.tree("book/content"), before);
    }
}

/// Rounds of a measurement, of which one good one is enough: twice the findings would take four
/// times as long in each if the time grew with the square.
const ROUNDS: usize = 6;

/// Time to tell of the findings in a project.
fn time_to_tell(place: &Place, least: usize, format: &str) -> f64 {
    let start = Instant::now();
    let told = place.expect(&format!("check book --format {format}"), 1);
    assert!(told.out.matches("raw-html").count() >= least, "{format}");
    start.elapsed().as_secs_f64()
}

#[test]
fn m2_reports_of_many_findings_take_linear_time() {
    const COUNT: usize = 4000;
    let place = |count| {
        let text = "---\ntitle: t\n---\n".to_string() + &"<b> a\n\n".repeat(count);
        Place::with(&[("many.md", &text)])
    };
    let (once, twice) = (place(COUNT), place(2 * COUNT));
    for format in ["human", "json", "sarif", "github"] {
        let is_linear = (0..ROUNDS).any(|_| {
            let growth =
                time_to_tell(&twice, 2 * COUNT, format) / time_to_tell(&once, COUNT, format);
            growth < 3.0
        });
        assert!(is_linear, "{format}");
    }
}

/// Most memory that checking one document may take, in KiB.
const MOST_MEMORY: usize = 200_000;

#[test]
fn m2_word_as_long_as_a_document_takes_little_memory() {
    for piece in ["가", "shopKey_"] {
        let place = Place::new();
        let word = piece.repeat((1 << 20) / piece.len() - 8);
        place.write_document("word.md", format!("---\ntitle: t\n---\n{word}\n"));
        let line =
            format!("ulimit -d {MOST_MEMORY} && exec \"$TICKBOOK\" check book --fail-on never");
        let output = place.shell(&line).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{piece}: {said}");
    }
}

#[test]
fn m3_document_over_the_limit_is_refused() {
    let place = Place::new();
    place.write_document(
        "large.md",
        "---\ntitle: t\n---\n".to_string() + &"가 ".repeat(3 << 20),
    );
    let start = Instant::now();
    place.expect_refused(&["error[file-too-large]", "large.md"]);
    // An unoptimised program on a slow machine takes several times as long as a released one.
    let at_once = if cfg!(debug_assertions) { 10 } else { 2 };
    assert!(start.elapsed() < Duration::from_secs(at_once));
    let most = "---\ntitle: t\n---\n".to_string() + &"a b\n".repeat(262_100);
    assert!(most.len() <= 1 << 20);
    place.write_document("large.md", most);
    place.expect("build book", 0);
}

/// Length of a file that would not fit in the memory of a small machine. It is a hole on the disk.
const HUGE: u64 = 3 << 30;

fn make_huge(place: &Place, name: &str) {
    let file = fs::File::create(place.path(name)).unwrap();
    file.set_len(HUGE).unwrap();
}

/// Runs the program in little memory.
fn run_small(place: &Place, line: &str) -> (Option<i32>, String) {
    let line = format!("ulimit -d {MOST_MEMORY} && exec \"$TICKBOOK\" {line}");
    let output = place.shell(&line).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

#[test]
fn m3_huge_files_of_the_content_are_refused_in_little_memory() {
    let place = Place::new();
    make_huge(&place, "book/content/film.mp4");
    for command in ["check book", "build book"] {
        let (code, said) = run_small(&place, command);
        assert_eq!(code, Some(1), "{command}: {said}");
        let message = "error[file-too-large]: the file is larger than 256 MiB";
        assert!(said.contains(message) || command == "check book", "{said}");
    }
    place.remove("book/content/film.mp4");
    place.write("book/content/film.mp4", vec![0; 3 << 20]);
    place.expect("build book", 0);
}

#[test]
fn m3_huge_files_of_the_output_are_refused_in_little_memory() {
    for name in [MANIFEST, "index.html", "gone.html"] {
        let place = Place::new();
        place.write_document("gone.md", "---\ntitle: Gone\n---\n");
        place.expect("build book", 0);
        place.remove("book/content/gone.md");
        make_huge(&place, &format!("book/dist/{name}"));
        if name != MANIFEST {
            list_as_huge(&place, name);
        }
        let (code, said) = run_small(&place, "build book");
        let expected = if name == "gone.html" { 0 } else { 1 };
        assert_eq!(code, Some(expected), "{name}: {said}");
        let size = fs::metadata(place.path(&format!("book/dist/{name}")))
            .unwrap()
            .len();
        assert_eq!(size, HUGE, "{name} is kept");
    }
}

#[test]
fn m3_huge_list_that_a_killed_build_seems_to_have_left_takes_little_memory() {
    for name in [".tickbook-files", ".tickbook-files.new", "index.html"] {
        let place = Place::new();
        place.expect("build book", 0);
        let list = place.read("book/dist/.tickbook-files");
        place.write("book/.dist.tickbook-new/.tickbook-files", list);
        make_huge(&place, &format!("book/.dist.tickbook-new/{name}"));
        place.write_document("sound.md", "---\ntitle: Other\n---\n");
        let (code, said) = run_small(&place, "build book");
        assert_eq!(code, Some(0), "{name}: {said}");
    }
}

/// Changes the list of the output as if the build before had written a huge file.
fn list_as_huge(place: &Place, name: &str) {
    let list = place.read("book/dist/.tickbook-files");
    let lines = list
        .lines()
        .map(|line| match line.strip_suffix(&format!(" {name}")) {
            Some(_) => format!("{} {HUGE} {name}\n", "0".repeat(32)),
            None => format!("{line}\n"),
        });
    place.write("book/dist/.tickbook-files", lines.collect::<String>());
}

#[test]
fn e1_bytes_that_are_no_text_are_reported_with_their_offset() {
    let cp949 = b"---\ntitle: \xb0\xa1\n---\n".to_vec();
    let utf16: Vec<u8> = "\u{feff}---\ntitle: 가\n---\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, offset) in [(cp949, 11), (utf16, 0), (b"a\xed\xa0\x80".to_vec(), 1)] {
        let place = Place::new();
        place.write_document("bytes.md", bytes);
        place.expect_refused(&["error[not-utf8]", &format!("bytes.md, byte {offset}")]);
    }
    // NUL is text to UTF-8; it is told and not shown.
    let place = Place::with(&[("zero.md", "---\ntitle: t\n---\na\0b\n")]);
    assert_eq!(place.places("control-character"), ["zero.md:4:2"]);
    place.build();
    assert!(
        !place
            .read("book/dist/zero.html")
            .contains(['\0', '\u{fffd}'])
    );
}

#[test]
fn e2_mark_and_line_ends_change_nothing() {
    let text = "---\ntitle: 제목\ntags: [가]\n---\n# 하나\n\n- a : b\n  <Calout />\n\n```sh\na\nb\n```\n\n\
                <Callout title=\"t\" content=\"a\n\nb\" />\n";
    let plain = Place::with(&[("a.md", text)]);
    plain.build();
    let others = [
        ("mark", format!("\u{feff}{text}")),
        ("line ends", text.replace('\n', "\r\n")),
        ("both", format!("\u{feff}{text}").replace('\n', "\r\n")),
        (
            "old line ends",
            text.replace('\n', "\r\n").replacen("a\r\nb", "a\nb", 1),
        ),
    ];
    let bytes = |place: &Place| -> Vec<_> {
        let tree = place.tree("book/dist").into_iter();
        // What tells bytes of the document differs, as the document does.
        let tells_bytes = |path: &str| path.ends_with("site.json") || path.ends_with(MANIFEST);
        let same = tree.filter(|(path, _)| !tells_bytes(path));
        same.map(|(path, (bytes, _))| (path, bytes)).collect()
    };
    for (name, text) in others {
        let other = Place::with(&[("a.md", &text)]);
        other.build();
        assert!(bytes(&plain) == bytes(&other), "{name}");
        assert_eq!(plain.findings(), other.findings(), "{name}");
    }
    assert!(
        plain
            .findings()
            .contains(&"a.md:8:4 unknown-component".to_string())
    );
}

/// Characters that have no shape, or turn the order of the others around.
const HIDDEN: [char; 6] = [
    '\u{8}', '\u{1b}', '\u{202e}', '\u{2066}', '\u{7f}', '\u{85}',
];

#[test]
fn e3_characters_without_a_shape_are_reported_and_not_shown() {
    let run: String = HIDDEN.iter().collect();
    let escapes: String = HIDDEN
        .iter()
        .map(|c| format!("\\u{:04x}", u32::from(*c)))
        .collect();
    let references: String = HIDDEN
        .iter()
        .map(|c| format!("&#x{:x};", u32::from(*c)))
        .collect();
    let text = format!(
        "---\ntitle: \"t{escapes}\"\ntags: [\"g{escapes}\", 'x\u{202e}y']\ncategory: \"c{escapes}\"\n\
         seo: {{description: \"d{escapes}\"}}\n---\n\
         x{run}y\n\np{references}q `{run}` [a](b.md \"{references}\")\n\n\
         <Callout title=\"{references}t{run}\" content=\"{references}c\" />\n\n\
         ## A{run}\n\n### 테스트 연동\n\n#### 설정방법\n\n- 채널 이름 : v{references}\n"
    );
    let place = Place::with(&[("hidden.md", &text)]);
    let told = place.places("control-character");
    let in_text = (2..2 + HIDDEN.len()).map(|column| format!("hidden.md:7:{column}"));
    let first_reference = ["hidden.md:3:51".to_string(), "hidden.md:9:2".to_string()];
    for at in in_text.chain(first_reference) {
        assert!(told.contains(&at), "{at}: {told:?}");
    }
    let pages = place.build();
    let seen = shown(&pages["hidden.html"], ".content");
    assert!(seen.contains("xy") && seen.contains("pq"), "{seen}");
    let is_text = Regex::new(r"\.(html|xml|json|js|md|txt)$").unwrap();
    for (path, (bytes, _)) in place.tree("book/dist") {
        if is_text.is_match(&path) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.contains(HIDDEN), "{path}");
        }
    }
}

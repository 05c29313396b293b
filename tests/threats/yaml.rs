//! Y1–Y3: what a frontmatter may hold.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::place::Place;

/// Address space for data that a build of one document may ask for, in KiB: 200 MB.
const MOST_DATA: usize = 195_312;

/// YAML that grows when it is read, nests without end, or is only long.
fn bombs() -> [(&'static str, String); 6] {
    let laughs: String = (1..10)
        .map(|level| {
            let above = format!("*a{}", level - 1);
            format!("a{level}: &a{level} [{}]\n", [above.as_str(); 9].join(", "))
        })
        .collect();
    let long = "x".repeat(4000);
    let quad = format!("title: &a \"{long}\"\ntags: [{}]\n", ["*a"; 900].join(", "));
    [
        ("laughs", format!("a0: &a0 lol\n{laughs}title: *a9\n")),
        ("quad", quad),
        ("flow", format!("title: {}\n", "[".repeat(7000))),
        ("map", format!("title: {}\n", "{a: ".repeat(1500))),
        ("seq", format!("title:\n  {}x\n", "- ".repeat(3000))),
        ("long", format!("title: {}\n", "x".repeat(70_000))),
    ]
}

/// A second, or what an unoptimised program needs for as much on a slow machine.
const AT_ONCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 2 });

#[test]
fn y1_bombs_are_refused_at_once() {
    for (name, yaml) in bombs() {
        let place = Place::new();
        place.write_document(&format!("{name}.md"), format!("---\n{yaml}---\nText.\n"));
        let line = format!("ulimit -d {MOST_DATA} && exec \"$TICKBOOK\" build book");
        // A busy machine needs more than one try.
        let mut tries = (0..3).map(|_| {
            let start = Instant::now();
            let output = place.shell(&line).output().unwrap();
            (output, start.elapsed())
        });
        let first = tries.next().unwrap();
        let (output, time) = tries.fold(
            first,
            |best, next| if next.1 < best.1 { next } else { best },
        );
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {said}");
        assert!(said.contains(&format!("{name}.md:")), "{said}");
        assert!(said.contains("error[frontmatter-"), "{said}");
        assert!(said.len() < 4000, "{name}: {} bytes of message", said.len());
        assert!(time < AT_ONCE, "{name}: {time:?}");
    }
}

#[test]
fn y1_limit_of_data_holds_a_program_that_asks_for_more() {
    let place = Place::new();
    let line = "ulimit -d 100 && exec \"$TICKBOOK\" build book";
    assert_ne!(place.shell(line).output().unwrap().status.code(), Some(0));
}

#[test]
fn y2_faults_of_the_frontmatter_name_their_line() {
    for (text, place_of, rule) in [
        (
            "---\ntitle: a\ntitle: b\n---\n",
            "3:1",
            "frontmatter-repeated-key",
        ),
        ("---\ntitle: a\n", "1:1", "frontmatter-unclosed"),
        (
            "---\ntitle: 결제: 안내\n---\n",
            "2:10",
            "frontmatter-invalid",
        ),
    ] {
        let place = Place::new();
        place.write_document("a.md", text);
        let at = format!("a.md:{place_of}");
        place.expect_refused(&[&format!("error[{rule}]"), &at]);
        assert_eq!(place.places(rule), [at]);
    }
    // A document without frontmatter is shown; that it has no title is told at its first line.
    let place = Place::with(&[("a.md", "## A part of it\n")]);
    assert_eq!(place.places("missing-title"), ["a.md:1:1"]);
    let place = Place::with(&[("a.md", "# From the heading\n")]);
    assert_eq!(place.places("missing-title"), [""; 0]);
    let pages = place.build();
    assert_eq!(
        crate::place::shown(&pages["a.html"], "h1"),
        "From the heading"
    );
}

#[test]
fn y4_documents_that_may_be_drafts_are_not_published() {
    for (line, is_draft) in [
        ("draft: true", true),
        ("draft: Yes", true),
        ("draft: on", true),
        ("draft: 'TRUE'", true),
        ("\"dr\\u0061ft\": true", true),
        ("' draft ': true", true),
        ("draft: no", false),
        ("draft: Off", false),
        ("draft:", false),
        ("drafts: false", false),
        ("Draft: no", false),
    ] {
        let place = draft(line);
        place.expect("build book", 0);
        let is_published = place.path("book/dist/unborn.html").exists();
        assert_eq!(is_published, !is_draft, "{line}");
    }
    for line in [
        "Draft: true",
        "DRAFT: true",
        "dr-aft: true",
        "darft: true",
        "drafts: yes",
        "dr\u{200b}aft: true",
        "ｄｒａｆｔ: true",
        "dr\u{430}ft: true",
        "Draft: [true]",
        "draft: ture",
        "draft: not yet",
        "draft: [true]",
        "draft: {until: May}",
        "draft: 2026-05-01",
        "seo: {draft: true}",
        "seo:\n  Draft: true",
    ] {
        let place = draft(line);
        place.expect_refused(&["error[frontmatter-draft]", "unborn.md:3:1"]);
        assert_eq!(place.places("frontmatter-draft").len(), 1, "{line}");
        let printed = place.run("print unborn --root book --with-findings -o sheet.html");
        assert_eq!(printed.code, Some(1), "{line}: {printed:?}");
        assert!(
            printed.err.contains("frontmatter-draft"),
            "{line}: {printed:?}"
        );
    }
}

/// A guide with a checklist.
const SHEET: &str = "## Card\n### 테스트 연동\n#### 설정방법\n- 채널 이름 : a\n";

/// A project with one sound document, and one that may be a draft by a line of its frontmatter.
fn draft(line: &str) -> Place {
    let place = Place::new();
    let text = format!("---\ntitle: Unborn\n{line}\n---\n{SHEET}");
    place.write_document("unborn.md", text);
    place
}

#[test]
fn y3_scalars_are_read_as_text() {
    let text = "---\ntitle: 2026\ncategory: no\ntags: [y, 012, null, 1.0, ~]\n\
                datetime: 2021-09-07T15:00Z\n---\nText.\n";
    let place = Place::with(&[("a.md", text)]);
    place.write("book/tickbook.yaml", "lang: en\nutc_offset: \"+09:00\"\n");
    place.expect("build book", 0);
    let json: Value = serde_json::from_str(&place.read("book/dist/site.json")).unwrap();
    let page = &json["pages"][0];
    assert_eq!(page["title"], "2026");
    assert_eq!(page["category"], serde_json::json!(["no"]));
    assert_eq!(page["tags"], serde_json::json!(["y", "012", "1.0"]));
    assert_eq!(page["date"], "2021-09-08");
    assert_eq!(place.places("frontmatter-null-item"), ["a.md:4:1"]);
}

#[test]
fn y1_bombs_in_a_file_of_a_tool_are_not_read() {
    let string = format!(
        "a: &a \"{}\"\nnav: [{}]\n",
        "x".repeat(900_000),
        "*a,".repeat(9000)
    );
    let list = format!(
        "a: &a [{}]\nnav: [{}]\n",
        "x,".repeat(8000),
        "*a,".repeat(9000)
    );
    let deep = format!("nav: {}x{}\n", "[".repeat(100_000), "]".repeat(100_000));
    for yaml in [string, list, deep] {
        let place = Place::new();
        place.write("site/docs/a.md", "# A\n");
        place.write("site/mkdocs.yml", yaml);
        let line = "ulimit -d 400000 && timeout 20 \"$TICKBOOK\" build --content site/docs -o out";
        let output = place.shell(line).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
    }
}

#[test]
fn y1_aliases_do_not_multiply_the_frontmatter_of_other_tools() {
    let place = Place::new();
    let list = format!(
        "a: &a [{}]\nb: [{}]\n",
        "x,".repeat(8000),
        "*a,".repeat(9000)
    );
    place.write("docs/a.md", format!("---\n{list}---\n# A\n"));
    let line = "ulimit -d 400000 && timeout 20 \"$TICKBOOK\" build --content docs -o out";
    let output = place.shell(line).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("error[frontmatter-"), "{said}");
}

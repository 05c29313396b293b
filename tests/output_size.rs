//! What a site weighs is bounded by what its content weighs, whatever the content.

use std::sync::atomic::{AtomicUsize, Ordering};

use tickbook::build::{Book, emit, prepare_theme};
use tickbook::config::Config;
use tickbook::output::ArtifactContent;
use tickbook::render::theme::Theme;
use tickbook::source::{Source, SourceSet};
use tickbook::strings::Strings;

/// Most bytes of output for a byte of content. Fifty bytes can be a checklist and thirty a page;
/// each has some 10 to 20 KB with its head, navigation and foot.
const MULTIPLE: usize = 1_000;

/// Bytes of a site that holds nothing: scripts, styles, schema, the page for lost addresses.
const CONSTANT: usize = 512 << 10;

/// Twice the content may make this many times the output, the constant aside.
const GROWTH: f64 = 2.2;

/// Bytes of the content, and of everything that is made of it.
fn weigh(documents: Vec<String>) -> (usize, usize) {
    let documents = documents.into_iter().enumerate();
    let documents = documents.map(|(index, text)| Source {
        path: format!("{index:05}.md"),
        text,
    });
    let sources = SourceSet {
        documents: documents.collect(),
        ..SourceSet::default()
    };
    let config = Config::defaults();
    let strings = Strings::load(config.lang);
    let book = Book::read(&sources, &config).unwrap();
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, &sources, &config, &strings);
    let view = book.view(&sources, &config, &theme, &strings);
    let written = AtomicUsize::new(0);
    emit(&view, &[], &|artifact| {
        if let ArtifactContent::Bytes(bytes) = artifact.content {
            written.fetch_add(bytes.len(), Ordering::Relaxed);
        }
        Ok(())
    })
    .unwrap();
    let read = sources.documents.iter().map(|one| one.text.len()).sum();
    (read, written.into_inner())
}

fn document(head: &str, body: &str) -> String {
    format!("---\n{head}\n---\n{body}\n")
}

fn repeat(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).map(make).collect()
}

const FIELDS: &str = "#### 설정방법\n- 가 : 나\n";

/// A name, and what makes the documents of a site of so many parts.
type Shape = (&'static str, fn(usize) -> Vec<String>);

const SHAPES: &[Shape] = &[
    ("levels of one category", |n| {
        let path: Vec<String> = (0..n).map(|at| format!("c{at}")).collect();
        vec![document(
            &format!("title: a\ncategory: {}", path.join(" > ")),
            "",
        )]
    }),
    ("deep categories", |n| {
        let path = |top| repeat(20, |at| format!("c{top}-{at} > "));
        let category = |at: usize| document(&format!("title: a\ncategory: {}z", path(at)), "");
        (0..n / 10).map(category).collect()
    }),
    ("top-level categories", |n| {
        let category = |at: usize| document(&format!("title: a\ncategory: c{at}"), "");
        (0..n).map(category).collect()
    }),
    ("categories of one level", |n| {
        let category = |at: usize| document(&format!("title: a\ncategory: top > c{at}"), "");
        (0..n).map(category).collect()
    }),
    ("pages of one category", |n| {
        (0..n)
            .map(|_| document("title: a\ncategory: top", ""))
            .collect()
    }),
    ("long titles", |n| {
        let title = "가".repeat(2_000);
        let head = format!("title: {title}\ncategory: {}", "나".repeat(400));
        (0..n / 20).map(|_| document(&head, "")).collect()
    }),
    ("scenarios", |n| {
        vec![repeat(n, |at| format!("## s{at}\n### 실 연동\n{FIELDS}"))]
    }),
    ("scenarios of one name", |n| {
        vec![repeat(n, |_| format!("## 가\n### 실 연동\n{FIELDS}"))]
    }),
    ("modes of one scenario", |n| {
        vec![
            format!("## 가\n### 실 연동\n{FIELDS}")
                + &repeat(n, |at| format!("### m{at}\n{FIELDS}")),
        ]
    }),
    ("modes with names of their own", |n| {
        vec![repeat(n, |at| {
            format!("## s{at}\n### 실 연동\n{FIELDS}### m{at}\n{FIELDS}")
        })]
    }),
    ("an introduction of many modes", |n| {
        let intro = "말 ".repeat(n * 10);
        let known = format!("### 실 연동\n{FIELDS}");
        let modes = known + &repeat(n, |at| format!("### m{at}\n{FIELDS}"));
        vec![format!("## 가\n\n{intro}\n\n{modes}")]
    }),
    ("modes below long titles", |n| {
        let scenario = |at| {
            let modes = "### 실 연동\n#### 설정방법\n- a\n".repeat(16);
            format!("## {}{at}\n{modes}", "가".repeat(180))
        };
        vec![repeat(n / 16, scenario)]
    }),
    ("a long title of many checklists", |n| {
        let head = format!("title: {}\naliases: [b, c, d, e]", "가".repeat(2_500));
        let mode = "### 실 연동\n#### 설정방법\n- a\n";
        let scenario = |at| format!("## s{at}\n{}", mode.repeat(16));
        vec![document(&head, &repeat(n / 16, scenario))]
    }),
    ("fields", |n| {
        vec![format!(
            "## 가\n### 실 연동\n#### 설정방법\n{}",
            repeat(n, |at| format!("- a{at} : b\n"))
        )]
    }),
    ("headings", |n| vec![repeat(n, |at| format!("## h{at}\n"))]),
    ("headings below a long one", |n| {
        let below = repeat(n, |at| format!("### h{at}\n"));
        vec![format!("# a\n# b\n## {}\n{below}", "가".repeat(n * 5))]
    }),
    ("tags", |n| {
        let tags: Vec<String> = (0..n).map(|at| format!("t{at}")).collect();
        vec![document(
            &format!("title: a\ntags: [{}]", tags.join(", ")),
            "",
        )]
    }),
    ("tags of every page", |n| {
        let page = |at: usize| document(&format!("title: a\ntags: [t, u{at}, v]"), "");
        (0..n).map(page).collect()
    }),
    ("former addresses of a guide", |n| {
        let aliases: Vec<String> = (0..n).map(|at| format!("o{at}")).collect();
        let head = format!("title: a\naliases: [{}]", aliases.join(", "));
        vec![document(
            &head,
            &repeat(n, |at| format!("## s{at}\n### 실 연동\n{FIELDS}")),
        )]
    }),
    ("words of one page", |n| {
        vec![repeat(n, |at| format!("word{at} "))]
    }),
    ("links", |n| vec![repeat(n, |at| format!("[a{at}](b) "))]),
    ("components", |n| {
        vec![repeat(n, |_| {
            "<Callout title=\"a\" content=\"b\" />\n\n".to_string()
        })]
    }),
];

/// Parts of the smaller site of a pair; the frontmatter of one document takes no more.
const PARTS: usize = 320;

#[test]
fn a_site_weighs_no_more_than_a_multiple_of_its_content() {
    let mut faults = Vec::new();
    for (name, make) in SHAPES {
        let (read, written) = weigh(make(PARTS));
        let (read_twice, written_twice) = weigh(make(2 * PARTS));
        let least = CONSTANT / 8;
        let growth =
            (written_twice.max(least) - least) as f64 / (written.max(least + 1) - least) as f64;
        let ratio = written_twice.saturating_sub(CONSTANT) / read_twice;
        let line = format!(
            "{growth:.2} × for twice as much, {ratio} × its content ({read}: {written}, {read_twice}: {written_twice}): {name}"
        );
        println!("{line}");
        if ratio > MULTIPLE || (growth > GROWTH && written_twice > 2 * CONSTANT) {
            faults.push(line);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

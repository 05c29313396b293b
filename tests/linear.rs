//! Twice the text takes about twice the time, whatever the text; and no text is too deep.

use std::time::{Duration, Instant};

use tickbook::build::{Book, emit, prepare_theme};
use tickbook::config::Config;
use tickbook::include::expand;
use tickbook::markdown::parse;
use tickbook::render::theme::Theme;
use tickbook::source::{FileId, Source, SourceSet};
use tickbook::strings::Strings;

/// Twice the text may take this many times as long; a quadratic reader takes four times.
const LIMIT: f64 = 3.0;

/// Faster than this says nothing; a quadratic reader takes seconds.
const NOISE: Duration = Duration::from_millis(50);

/// Most measurements before a verdict; a busy machine needs more than one.
const MOST_ROUNDS: usize = 15;

/// A head, a piece that is repeated to the size wanted, and a tail.
type Piece = (&'static str, &'static str, &'static str);

/// Pieces that only the reader has to do with.
const PIECES: &[Piece] = &[
    // Containers.
    ("", ">", ""),
    ("", "> ", ""),
    ("", "- ", ""),
    ("", "1. ", ""),
    ("", "> - ", ""),
    ("", "- a\n", ""),
    ("", "> a\n", ""),
    ("", "> <A/>\n", ""),
    ("", "- a\n\n", ""),
    ("", "* ", "x"),
    ("", "\n", ""),
    ("", "a\n", "==="),
    ("", " ", ""),
    ("", "\t", ""),
    ("", "- \n  ", ""),
    // Emphasis, links, code.
    ("", "*", ""),
    ("", "*a ", ""),
    ("", "**a ", ""),
    ("", "a**b", ""),
    ("", "*a_ ", ""),
    ("", "*a **a ", ""),
    ("", "~~a ", ""),
    ("", "**a**가 ", ""),
    ("", "**(a)**가 ", ""),
    ("", "가**(a", ""),
    ("", "a)**가 ", ""),
    ("", "a)**가b)~~가", ""),
    ("", "가*(a_b ", ""),
    ("", "![**(a)**가", ""),
    ("", "[**(a)**가](b)", ""),
    ("", "\\**(a)**가", ""),
    ("**(a)**가", "\\", "*"),
    ("**(a)**가", "*", "(b"),
    ("", "__가__를 ", ""),
    ("", "**a **b ", ""),
    ("", "[", ""),
    ("", "]", ""),
    ("", "[a](", ""),
    ("", "[a](<", ""),
    ("", "[a](b", ")"),
    ("", "![", ""),
    ("", "![]", ""),
    ("", "![](", ""),
    ("", "![](a b", ""),
    ("", "![](a b)", ""),
    ("", "![ ", "]("),
    ("", "[a]: b\n", ""),
    ("", "[a] ", "\n\n[a]: b"),
    ("", "`", ""),
    ("", "` ", ""),
    ("", "`` ` ", ""),
    ("", "`a``", ""),
    ("", "`<A>` ", ""),
    ("", "\\", ""),
    ("", "\\*", ""),
    ("", "&", ""),
    ("", "&a", ""),
    ("", "&quot;", ""),
    ("", "\r\n", ""),
    ("", "\u{8}", ""),
    ("", "```\n", ""),
    ("", "~~~\n<A/>\n", ""),
    ("", "    <A/>\n", ""),
    ("", "    <A/>\n\na\n\n", ""),
    ("", "|", ""),
    ("", "| a | b |\n| - | - |\n", ""),
    ("a|b\n-|-\n", "|\n", ""),
    ("a|b\n-|-\n", "| <Tag text=\"x|y\" /> ", ""),
    // Tags.
    ("", "<", ""),
    ("", "<A", ""),
    ("", "<A ", ""),
    ("", "<A b ", ""),
    ("", "<A\n", ""),
    ("", "<A>", ""),
    ("", "</A>", ""),
    ("", "<A/>", ""),
    ("", "<A/>\n", ""),
    ("", "a <A/>\n", ""),
    ("", "<a>", ""),
    ("", "<a\n", ""),
    ("", "<br>\n", ""),
    ("<A ", "b ", ""),
    ("<A ", "b='c' ", ""),
    ("", "<A b='", ""),
    ("", "<A b=\"", ""),
    ("", "<A b='<A c=\"", ""),
    ("", " y='<A x=\" z='", ""),
    ("<A", " b='<A' c=\"<A\"", ""),
    ("<a\n\n", " b='<a' c=\"<a\"", ">"),
    ("", "<a b='\n\n", "'>"),
    ("", "<A b={", ""),
    ("", "<A b={{}", ""),
    ("", "<a@b", ""),
    ("", "<a:b", ""),
    ("", "<!--", ""),
    ("", "<!--", "-->"),
    ("    ", "<!--", "-->"),
    ("", "<!-- -->", ""),
    ("", "<?", ""),
    ("", "<!A", ""),
    ("", "<![CDATA[", ""),
    ("", "<Indent>", ""),
    ("", "<Indent level=\"1\">\n", ""),
    ("", "<Indent>a\n</Indent>\n", ""),
    ("", "<Indent>a", ""),
    ("", "a <Indent>b</Indent>", ""),
    ("", "<Callout content=\"a\" />\n\n", ""),
    ("", "<Callout content=\"abc\n\n", ""),
    ("<Callout content=\"", "- a\n", "\" />"),
    ("<Callout content=\"", "> ", "\" />"),
    ("<Callout content=\"", "\n", "\" />"),
    ("<Callout content=\"<>", "\n", "a</>\" />"),
    ("<Callout content=\"", "<Tag text='x' /> ", "\" />"),
    ("<Callout content=\"", "&quot;", "\" />"),
    ("<Callout content=\"", "&a", "\" />"),
    ("<Callout title=\"", "*a ", "\" />"),
    ("<Callout title=\"", "a\n", "\" />"),
    ("<Callout ", "title=\"a\" ", "/>"),
];

/// Pieces of the dialects of other tools.
const OTHERS: &[Piece] = &[
    ("", "{", ""),
    ("", "{\n", ""),
    ("", "{\"", ""),
    ("", "{`${", ""),
    ("", "{<b>don't", ""),
    ("", "{a} ", ""),
    ("", "{a}\n", ""),
    ("", "{}", ""),
    ("", "{[", ""),
    ("{", "[", "]}"),
    ("{[", "'a',", "]}"),
    ("", "import {\n", ""),
    ("", "import {a from\n\n", ""),
    ("", "export const a = {\n", ""),
    ("", "import {\nimport a from 'b'\n", ""),
    ("", "export const a = 1\n", "\n\n{a}"),
    ("export const a = {b: 1}\n\n", "{a.b} ", ""),
    ("", "export const a = `\n\n", ""),
    ("", ":", ""),
    ("", ":::\n", ""),
    ("", ":::a\n", ""),
    ("", ":::a[b]{c=d}\n", ""),
    ("", ":::a[", ""),
    ("", "///\n", ""),
    ("", "/// a | b\n", ""),
    ("", "<A>\n", ""),
    ("", "<div>\n", ""),
    ("", "<div>", ""),
    ("", "</div>\n", ""),
    ("", "<>", ""),
    ("", "</>", ""),
    ("", "<A b={{a: 1}} c={", ""),
    ("", "<A {...b} ", ""),
    ("", "<table>\n<tr>\n<td>\n", ""),
    ("", "<table><tr><td>", ""),
    ("<table>\n<tr>\n", "<td>a</td>\n", "</tr>\n</table>"),
    ("", "<details>\n<summary>a</summary>\n", ""),
    ("", "<p>a</p> b ", ""),
    ("", "> [!NOTE]\n", ""),
    ("", "[^", ""),
    ("", "[^a]: b\n\n", ""),
    ("", "{{< a >}}", ""),
    ("", "{{< ", ""),
    ("", "{% if a %}\n", ""),
    ("", "{: ", ""),
    ("", "!!! note\n", ""),
    ("", "!!! note\n    a\n", ""),
    ("", "=== \"a\"\n    b\n", ""),
    ("", "          - a\n", ""),
    ("", "# a {{ id: \"x\" }}\n", ""),
];

/// Pieces that the conventions read, which become pages and sheets too.
const GUIDES: &[Piece] = &[
    // Declarations of procedures.
    ("", "<!-- tickbook procedure -->\n\n", "1. a\n"),
    ("", "<!-- tickbook procedure -->\n\n1. a\n\n", ""),
    (
        "",
        "<!-- tickbook no procedure: a -->\n\n## b\n\n1. a\n\n",
        "",
    ),
    ("---\nprocedure: headings\n---\n", "## a\n\n1. b\n\n", ""),
    ("", "# a\n", ""),
    ("", "## <A/>\n", ""),
    (
        "",
        "## <Highlight text=\"가\" />\n### 테스트 연동\n#### 설정방법\n- 가 : 나\n",
        "",
    ),
    ("## 가\n### 실 연동\n#### 설정방법\n", "- 가 : 나\n", ""),
    ("## 가\n### 실 연동\n", "<Callout title=\"가\" />\n", ""),
    ("## 가\n", "### 실 연동\n", ""),
    ("", "[가](#나)\n", ""),
    ("---\ntags: [", "a,", "]\n---\n"),
    ("---\n", "a: b\n", "---\n"),
];

/// A name, and what makes a text of about so many bytes.
type Shape = (&'static str, fn(usize) -> String);

/// Texts whose shape changes with their size.
const SHAPES: &[Shape] = &[
    ("nested items, then blank lines", |n| {
        "- ".repeat(n / 4) + "a" + &"\n".repeat(n / 2)
    }),
    ("nested quotes, then lazy lines", |n| {
        "> ".repeat(n / 4) + "a" + &"\nb".repeat(n / 4)
    }),
    ("nested quotes, then many blocks", |n| {
        "> ".repeat(100) + "a" + &("\n".to_string() + &">".repeat(100)).repeat(n / 101)
    }),
    ("backtick runs of every length", |n| {
        let lengths = (1..).take_while(|length| length * length / 2 < n);
        lengths.map(|length| "`".repeat(length) + " ").collect()
    }),
    ("pairs of tags inside each other", |n| {
        "<Indent>".repeat(n / 17) + &"</Indent>".repeat(n / 17)
    }),
    ("pairs of lines inside each other", |n| {
        "<Indent>\n".repeat(n / 19) + &"</Indent>\n".repeat(n / 19)
    }),
    ("pairs of brackets inside each other", |n| {
        "[".repeat(n / 2) + &"](a)".repeat(n / 8)
    }),
    ("emphasis inside emphasis", |n| {
        "*a ".repeat(n / 6) + &"b*".repeat(n / 6)
    }),
    ("bold inside bold before particles", |n| {
        "**(a ".repeat(n / 10) + &"b)**가".repeat(n / 10)
    }),
    ("bold inside bold", |n| {
        "**a ".repeat(n / 8) + &"b**".repeat(n / 8)
    }),
    ("wide table", |n| {
        "|a".repeat(n / 6) + "\n" + &"|-".repeat(n / 6) + "\n" + &"|b".repeat(n / 6)
    }),
];

/// Makes a text of about so many bytes.
type Make = Box<dyn Fn(usize) -> String>;

fn repeated(pieces: &'static [Piece]) -> impl Iterator<Item = (String, Make)> {
    pieces.iter().map(|&(head, piece, tail)| {
        let make = move |n: usize| format!("{head}{}{tail}", piece.repeat(n / piece.len()));
        (
            format!("{head:?} {piece:?}… {tail:?}"),
            Box::new(make) as Make,
        )
    })
}

fn shaped() -> impl Iterator<Item = (String, Make)> {
    SHAPES
        .iter()
        .map(|&(name, make)| (name.to_string(), Box::new(make) as Make))
}

/// Time that `work` takes; on Linux the processor's time for this thread alone, so that a busy
/// machine does not count.
fn time(work: impl FnOnce()) -> Duration {
    let (start, busy) = (Instant::now(), processor_time());
    work();
    match (busy, processor_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

fn processor_time() -> Option<Duration> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = statistics.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// The least of several measurements of one and two sizes, by turns.
fn growth(once: &str, twice: &str, work: &dyn Fn(&str)) -> (Duration, Duration) {
    let (mut least, mut least_twice) = (Duration::MAX, Duration::MAX);
    for _ in 0..MOST_ROUNDS {
        least = least.min(time(|| work(once)));
        least_twice = least_twice.min(time(|| work(twice)));
        if is_linear(least, least_twice) {
            break;
        }
    }
    (least, least_twice)
}

fn is_linear(once: Duration, twice: Duration) -> bool {
    twice < NOISE || twice.as_secs_f64() < LIMIT * once.as_secs_f64()
}

fn check_growth(texts: impl Iterator<Item = (String, Make)>, size: usize, work: &dyn Fn(&str)) {
    let mut slow = Vec::new();
    for (name, make) in texts {
        let (once, twice) = growth(&make(size), &make(2 * size), work);
        if !is_linear(once, twice) {
            slow.push(format!("{once:?}, {twice:?}: {name}"));
        }
    }
    assert!(slow.is_empty(), "more than linear:\n{}", slow.join("\n"));
}

#[test]
fn reading_takes_linear_time() {
    let config = Config::defaults();
    let texts = repeated(PIECES).chain(repeated(GUIDES)).chain(shaped());
    check_growth(texts, 16 << 10, &|text| {
        parse(text, FileId(0), &config.components);
    });
}

#[test]
fn reading_other_dialects_takes_linear_time() {
    for preset in ["preset: mdx", "preset: markdown"] {
        let config = Config::read(preset, "tickbook.yaml").unwrap();
        let pairs: &[Shape] = &[
            ("pairs of elements inside each other", |n| {
                "<div>\n".repeat(n / 13) + &"</div>\n".repeat(n / 13)
            }),
            ("pairs of shortcodes inside each other", |n| {
                "{{< a >}}\n".repeat(n / 21) + &"{{< /a >}}\n".repeat(n / 21)
            }),
            ("items further and further in", |n| {
                let items = (0..n / 100).map(|item| " ".repeat(item % 200) + "- a\n");
                items.collect()
            }),
        ];
        let pairs = pairs.iter().map(|(name, make)| {
            let make: Make = Box::new(*make);
            (name.to_string(), make)
        });
        check_growth(repeated(OTHERS).chain(pairs), 16 << 10, &|text| {
            parse(text, FileId(0), &config.components);
        });
    }
}

#[test]
fn including_takes_linear_time() {
    let named: &[Shape] = &[
        ("constants and their uses", |n| {
            let names = 0..n / 40;
            let constants = names
                .clone()
                .map(|at| format!("export const a{at} = {at}\n"));
            let uses = names.map(|at| format!("{{a{at}}} "));
            constants.chain(["\n".to_string()]).chain(uses).collect()
        }),
        ("keys and their uses", |n| {
            let names = 0..n / 20;
            let keys: String = names.clone().map(|at| format!("k{at}: {at}, ")).collect();
            let uses: String = names.map(|at| format!("{{o.k{at}}} ")).collect();
            format!("export const o = {{{keys}}}\n\n{uses}")
        }),
    ];
    let pieces: &'static [Piece] = &[
        ("", "<Include src=\"b\" />\n\n", ""),
        ("", "<Include src=\"b\" /> ", ""),
        ("", "<Include src=\"c\" />\n", ""),
        ("import B from './b.mdx'\n\n", "<B x=\"1\" />\n\n", ""),
        ("import B from './b.mdx'\n\n", "- <B>", ""),
        ("import b from './b.mdx?raw'\n\n", "{b} ", ""),
        ("", "{{#include b.mdx}} ", ""),
        ("", "{{#include ", "b.mdx}}"),
        ("", "{{#include b.mdx:a}}\n", ""),
        ("", "--8<-- \"b.mdx\"\n", ""),
        ("", "--8<--\n", ""),
        ("", "<!--@include: b.mdx", "-->"),
        ("", "> <<< b.mdx\n", ""),
        ("", "{* b.mdx ln[1] hl[1] *}\n", ""),
        ("", "```\n--8<-- \"b.mdx\"\n", ""),
    ];
    let named = named
        .iter()
        .map(|&(name, make)| (name.to_string(), Box::new(make) as Make));
    let includes = "files: {includes: [component, braces, scissors, star, arrows, comment]}";
    let config = Config::read(&format!("preset: mdx\n{includes}"), "a").unwrap();
    check_growth(repeated(pieces).chain(named), 16 << 10, &|text| {
        let source = |path: &str, text: &str| Source {
            path: path.into(),
            text: text.into(),
        };
        let mut sources = SourceSet {
            documents: vec![source("a.mdx", text), source("b.mdx", "B {x}\n")],
            ..SourceSet::default()
        };
        expand(&mut sources, &config);
        parse(&sources.documents[0].text, FileId(0), &config.components);
    });
}

#[test]
fn building_takes_linear_time() {
    check_growth(repeated(GUIDES), 8 << 10, &|text| {
        build(text);
    });
}

/// Makes everything of one document, which a build that finds a fatal fault would not, and
/// returns the rules of its findings.
fn build(text: &str) -> Vec<&'static str> {
    build_with(text, &Config::defaults())
}

fn build_with(text: &str, config: &Config) -> Vec<&'static str> {
    let strings = Strings::load(config.lang);
    let document = Source {
        path: "a.md".into(),
        text: text.into(),
    };
    let sources = SourceSet {
        documents: vec![document],
        ..SourceSet::default()
    };
    let book = Book::read(&sources, config).unwrap();
    let mut theme = Theme::load(None).unwrap();
    prepare_theme(&mut theme, &book, &sources, config, &strings);
    let view = book.view(&sources, config, &theme, &strings);
    emit(&view, &[], &|_| Ok(())).unwrap();
    book.diagnostics.iter().map(|found| found.rule).collect()
}

/// Threads of this size are the smallest that a build may have, in bytes.
const STACK: usize = 1 << 20;

#[test]
fn no_nesting_is_too_deep_for_the_stack() {
    let bombs = [
        ">".repeat(40_000),
        "- ".repeat(40_000) + "a",
        "*a ".repeat(20_000) + &"b*".repeat(20_000),
        "![".repeat(20_000) + &"](a)".repeat(20_000),
        "<Indent>".repeat(20_000),
        "<Indent>\n".repeat(20_000),
        "<Indent>".repeat(20_000) + &"</Indent>".repeat(20_000),
        "<Callout content=\"<Callout content='".repeat(1_000),
    ];
    for text in bombs {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let shown = text[..40].to_string();
        let read = move || build(&text);
        let rules = thread.spawn(read).unwrap().join().unwrap();
        let is_reported = rules.contains(&"nesting") || rules.contains(&"broken-component");
        assert!(is_reported, "{shown}… {rules:?}");
    }
}

#[test]
fn no_nesting_of_other_dialects_is_too_deep_for_the_stack() {
    let bombs = [
        "<A>".repeat(20_000),
        "<div>\n".repeat(20_000),
        "<b>".repeat(20_000) + &"</b>".repeat(20_000),
        "<table><tr><td>".repeat(10_000),
        ":::a\n".repeat(20_000),
        "{".repeat(40_000),
        format!("{{{}", "[".repeat(20_000)) + &"]".repeat(20_000) + "}",
        "<A b={".repeat(10_000),
        "!!! a\n".repeat(10_000),
    ];
    for preset in ["preset: mdx", "preset: markdown"] {
        for text in bombs.clone() {
            let config = Config::read(preset, "tickbook.yaml").unwrap();
            let thread = std::thread::Builder::new().stack_size(STACK);
            let read = move || build_with(&text, &config).len();
            thread.spawn(read).unwrap().join().unwrap();
        }
    }
}

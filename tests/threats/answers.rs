//! D4–D7: what is written to standard output and standard error steers no CI runner, and losing it
//! loses no outcome.

use std::fs;
use std::process::{Command, Stdio};

use regex::Regex;
use scraper::Html;
use serde_json::Value;

use crate::place::{Answer, Place, shown};

/// Commands of every kind of runner, as content or an argument may hold them.
const HOSTILE: &str = "::error::own ##[error]own ##vso[task.complete]own ##teamcity[own] ###[x]";

/// A name with a line that starts a command.
const NAME: &str = "name\n::error::own\r::error::own ##[error]own";

/// A project whose titles, texts, labels and names are [`HOSTILE`].
fn hostile() -> Place {
    let place = Place::new();
    let guide = format!(
        "---\ntitle: '{HOSTILE}'\nslug: guide\naliases: ['{HOSTILE}']\ntags: ['{HOSTILE}']\n---\n\
         {HOSTILE}\n\n::error::own\n\u{3000}::error::own\n##[error]own  \n본문 씁니다..\n::error::own\n\n\
         ```\n::error::code\n  ::error::code ##vso[task.x]y\n```\n\n\
         ## {HOSTILE}\n\n### 테스트 연동\n\n#### 설정방법\n\n- {HOSTILE} : {HOSTILE}\n\
         - [own](::error::own) : 실 연동\n  - {HOSTILE}\n"
    );
    place.write_document("guide.md", &guide);
    place.write_document(
        "return.md",
        "---\ntitle: R\n---\na\r::error::own\r##[error]own..\n",
    );
    place.write_document("::error::own.md", "---\ntitle: N\n---\n<b>\n");
    place.write_document("##[error]own.md", "---\ntitle: M\n---\n<Own>\n");
    place.write_document(&format!("{NAME}.md"), b"\xff");
    place.write("other/tickbook.yaml", "lang: en\n");
    place.write(
        "other/content/guide.md",
        guide.replace("#### 설정방법", "#### 설정경로"),
    );
    place.write(
        "wrong/tickbook.yaml",
        "preset: \"a\\n::error::own ##[error]own\"\n",
    );
    place.write("sound/tickbook.yaml", "lang: en\n");
    place.write("sound/content/guide.md", &guide);
    let commit = "git init -q && git add sound && \
                  git -c user.name=a -c user.email=a@example.com commit -qm a";
    assert!(place.shell(commit).status().unwrap().success());
    place
}

/// Arguments of every command that says something; [`NAME`] and [`HOSTILE`] stand for themselves.
const LINES: [&str; 42] = [
    "build book",
    "build book --verbose",
    "build sound --check",
    "build sound -o NAME",
    "build wrong",
    "build NAME",
    "check book --level info",
    "check sound --level info",
    "check sound --level info --format json",
    "check sound --level info --format sarif",
    "check sound --level info --format github",
    "check book --level info --format github",
    "check sound --level info --fix --dry-run",
    "check sound --baseline NAME",
    "check sound --since NAME",
    "check --content NAME",
    "diff sound other",
    "diff sound other --format md",
    "diff sound other --format json",
    "diff sound NAME",
    "diff sound --since HOSTILE",
    "explain NAME",
    "explain HOSTILE",
    "list sound",
    "list sound --json",
    "list NAME",
    "search own sound",
    "search own sound --json",
    "search HOSTILE sound",
    "search NAME sound",
    "print --root sound",
    "print NAME --root sound",
    "print guide --scenario NAME --root sound",
    "print guide --set NAME=a --root sound",
    "print guide --case NAME --root sound",
    "print guide --root sound -o NAME.own",
    "print guide --root sound -o -",
    "inspect sound/content/guide.md",
    "inspect NAME",
    "man NAME",
    "completions NAME",
    "NAME --HOSTILE",
];

fn run(place: &Place, line: &str) -> Answer {
    let words = line.split(' ');
    let words = words.map(|word| word.replace("NAME", NAME).replace("HOSTILE", HOSTILE));
    let words: Vec<String> = words.collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = place.command(&words).output().unwrap();
    output.into()
}

/// Lines that a runner takes for a command. A return ends a line, and blanks before it are cut off.
fn commands(said: &str) -> Vec<&str> {
    let mark = Regex::new(r"##[\w.-]*\[").unwrap();
    let lines = said.split(['\n', '\r']);
    let acts = |line: &&str| {
        let start = line.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        start.starts_with("::") || mark.is_match(line)
    };
    lines.filter(acts).collect()
}

#[test]
fn d4_no_answer_or_message_holds_a_command() {
    let place = hostile();
    for line in LINES {
        let Answer { out, err, .. } = run(&place, line);
        let is_meant = |command: &&str| {
            let starts = ["::error file=", "::warning file=", "::notice file="];
            let is_one = starts.iter().any(|start| command.starts_with(start));
            line.ends_with("github") && is_one && !command.contains("##[")
        };
        let found: Vec<_> = commands(&out)
            .into_iter()
            .filter(|one| !is_meant(one))
            .collect();
        assert_eq!(found, [""; 0], "{line}: {out}");
        assert_eq!(commands(&err), [""; 0], "{line}: {err}");
        assert!(!(out + &err).contains('\u{1b}'), "{line}");
    }
}

/// Otherwise the test above shows nothing: what is hostile must be on its way out.
#[test]
fn d4_what_would_act_is_shown() {
    let place = hostile();
    for line in LINES
        .iter()
        .filter(|line| line.contains("sound") && !line.contains("NAME"))
    {
        let Answer { out, err, .. } = run(&place, line);
        assert!((out + &err).contains("own"), "{line}");
    }
    let patch = run(&place, "check sound --level info --fix --dry-run").out;
    assert!(patch.contains("\n :?error::own\n"), "{patch}");
}

#[test]
fn d5_names_with_line_feeds_stand_on_one_line() {
    let place = hostile();
    for line in [
        "build NAME",
        "build wrong",
        "check sound --baseline NAME",
        "check --content NAME",
        "diff sound NAME",
        "explain NAME",
        "inspect NAME",
        "man NAME",
        "print guide --case NAME --root sound",
        "print guide --root sound -o NAME.own",
        "search NAME sound --quiet",
    ] {
        let Answer { code, err, .. } = run(&place, line);
        let said: Vec<_> = err.lines().collect();
        assert!(said.len() <= 1, "{line}: {said:#?}");
        assert!(code == Some(0) || said[0].contains("own"), "{line}: {err}");
    }
    let listed = run(&place, "list sound").out;
    assert_eq!(listed.lines().count(), 3, "{listed}");
}

#[test]
fn d6_data_and_pages_say_the_same() {
    let place = hostile();
    for (line, title) in [
        ("list sound --json", "/0/title"),
        ("search own sound --json", "/found/0/title"),
    ] {
        let json: Value = serde_json::from_str(&run(&place, line).out).unwrap();
        let title = json.pointer(title).and_then(Value::as_str);
        assert_eq!(title, Some(HOSTILE), "{line}");
    }
    let page = run(&place, "print guide --root sound -o -").out;
    place.expect("print guide --root sound -o sheet.html", 0);
    let file = fs::read_to_string(place.path("sheet.html")).unwrap();
    assert_ne!(page, file, "nothing in the sheet would act");
    let (page, file) = (Html::parse_document(&page), Html::parse_document(&file));
    assert!(shown(&file, "body").contains("::error::own"));
    assert_eq!(page.html(), file.html());
}

/// What becomes of the program's streams.
const STREAMS: [(&str, &str); 7] = [
    ("| true", "the reader leaves"),
    (">&-", "standard output is closed"),
    ("2>&-", "standard error is closed"),
    ("2>/dev/full", "standard error is full"),
    (">&- 2>&-", "both are closed"),
    (
        "2>/dev/full | true",
        "the reader leaves and standard error is full",
    ),
    (">/dev/full", "standard output is full"),
];

/// Commands that answer, and how they end.
const ANSWERS: [(&str, i32); 23] = [
    ("check book", 1),
    ("check book --format json", 1),
    ("check book --format sarif", 1),
    ("check book --format github", 1),
    ("check book --fail-on never", 0),
    ("check sound --fail-on error", 0),
    ("check sound --format json --fail-on error", 0),
    ("check book --level info --fix --dry-run", 1),
    ("diff book sound", 0),
    ("diff book sound --format md", 0),
    ("diff book sound --format json", 0),
    ("explain", 0),
    ("explain mode-mismatch", 0),
    ("list book", 0),
    ("list book --json", 0),
    ("search a book --json", 0),
    ("inspect book/content/guide.md", 0),
    ("print guide --root book -o -", 0),
    ("completions bash", 0),
    ("man", 0),
    ("--help", 0),
    ("--version", 0),
    ("check --version", 2),
];

#[test]
#[cfg(target_os = "linux")]
fn d7_outcome_outlives_what_is_written() {
    let place = Place::with(&[(
        "guide.md",
        "---\ntitle: Guide\n---\n## A\n### 테스트 연동\n#### 설정방법\n- 모드 : 실 연동\n\n본문을 씁니다.. [a](no.md)\n",
    )]);
    place.write("sound/tickbook.yaml", "lang: en\n");
    place.write("sound/content/a.md", "---\ntitle: A\n---\nText.\n");
    for (line, code) in ANSWERS {
        assert_eq!(place.run(line).code, Some(code), "{line}");
        for (streams, case) in STREAMS {
            let shell = format!("set -o pipefail; \"$TICKBOOK\" {line} {streams}");
            let output = Answer::from(place.shell(&shell).output().unwrap());
            // Nothing is answered on standard output where the request was not clear.
            let is_lost = streams == ">/dev/full" && code != 2;
            let expected = if is_lost { 2 } else { code };
            assert_eq!(output.code, Some(expected), "{line}: {case}: {output:#?}");
            let told = output.err.contains("cannot write `standard output`");
            assert_eq!(told, is_lost, "{line}: {case}: {output:#?}");
        }
        // A reader that has left before anything is written.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command: Command = place.command(&line.split(' ').collect::<Vec<_>>());
        let left = command.stdout(writer).stderr(Stdio::piped()).output();
        let left = Answer::from(left.unwrap());
        assert_eq!(left.code, Some(code), "{line}: {left:#?}");
        assert!(!left.err.contains("cannot write"), "{line}: {left:#?}");
    }
}

//! The command line as people meet it: arguments, answers, messages, files and exit codes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use regex::Regex;
use serde_json::Value;
use tempfile::TempDir;
use walkdir::WalkDir;

/// What a command answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    command.current_dir(folder).args(arguments);
    command.env_remove("NO_COLOR");
    command
}

/// Runs `tickbook` in a folder; `line` is cut at blanks.
fn run(folder: &TempDir, line: &str) -> Answer {
    let arguments: Vec<_> = line.split_whitespace().collect();
    command(folder.path(), &arguments).output().unwrap().into()
}

/// Runs and expects an exit code.
fn expect(folder: &TempDir, line: &str, code: i32) -> Answer {
    let answer = run(folder, line);
    assert_eq!(answer.code, code, "{line}\n{}\n{}", answer.out, answer.err);
    answer
}

fn empty() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// A folder with the English project that `new` makes in `guides`.
fn project() -> TempDir {
    let folder = empty();
    expect(&folder, "new guides --lang en --quiet", 0);
    folder
}

/// Adds a guide with two scenarios to the project's one with one.
fn add_guide(folder: &TempDir) {
    let mode = "#### Where\n\n- Console > Channels\n\n#### What to set\n\n- Name : any name\n\n";
    let scenario =
        |title: &str| format!("## {title}\n\n### Sandbox\n\n{mode}### Production\n\n{mode}");
    let text = format!(
        "---\ntitle: Other Pay\n---\n{}{}",
        scenario("One-time card"),
        scenario("Card on file")
    );
    write(folder, "guides/content/guides/other.md", &text);
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = WalkDir::new(folder).into_iter().map(Result::unwrap);
    let entries = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap();
        let path = path.to_str().unwrap().replace('\\', "/");
        (path, fs::read(entry.path()).unwrap())
    };
    entries.map(read).collect()
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_keys().collect()
}

/// The message without the time it tells.
fn timeless(text: &str) -> String {
    let time = Regex::new(r"\d+\.\d+ ").unwrap();
    time.replace_all(text, "TIME ").into_owned()
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{ac00}'..='\u{d7a3}')
}

#[test]
fn new_project_builds_lists_and_prints_at_once() {
    let folder = empty();
    let made = expect(&folder, "new guides --lang en", 0);
    let mut told = made.err;

    let built = expect(&folder, "build guides", 0);
    assert_eq!(built.out, "");
    told += &timeless(&built.err);
    let made = names(&folder.path().join("guides/dist"));
    let hash = Regex::new(r"([./])[0-9a-f]{8}([./])").unwrap();
    let made: BTreeSet<_> = made
        .iter()
        .map(|name| hash.replace(name, "${1}HASH$2"))
        .collect();
    insta::assert_snapshot!("built", Vec::from_iter(made).join("\n"));

    let listed = expect(&folder, "list guides", 0);
    told += &listed.out;
    told += &listed.err;

    let printed = expect(&folder, "print example --mode production --root guides", 0);
    insta::assert_snapshot!("first_steps", told + &printed.err);
    let sheet = folder.path().join("example-card-checkout-production.html");
    assert!(
        fs::read_to_string(sheet)
            .unwrap()
            .starts_with("<!DOCTYPE html>")
    );
}

#[test]
fn new_project_of_every_kind_has_a_procedure_and_no_findings() {
    let folder = empty();
    let kinds = [
        ("runbook", "disk-full", "runbook"),
        ("how-to", "invite", "ordered-list"),
    ];
    for (kind, guide, form) in kinds {
        for lang in ["ko", "en"] {
            let name = format!("{kind}-{lang}");
            expect(
                &folder,
                &format!("new {name} --kind {kind} --lang {lang}"),
                0,
            );
            expect(&folder, &format!("build {name}"), 0);
            expect(&folder, &format!("check {name} --level info"), 0);
            let listed = expect(&folder, &format!("list {name} --json"), 0).out;
            let listed: Value = serde_json::from_str(&listed).unwrap();
            let found = listed.pointer("/0/procedures").unwrap();
            assert_eq!(found.as_array().unwrap().len(), 1, "{name}: {listed}");
            assert_eq!(found[0]["kind"], form, "{name}");
            assert!(!found[0]["notices"].as_array().unwrap().is_empty());
            let sheet = format!("print {guide} --root {name} -o {name}.html");
            expect(&folder, &sheet, 0);
        }
    }
}

#[test]
fn korean_project_speaks_korean_and_builds_without_findings() {
    let folder = empty();
    assert!(expect(&folder, "new guides", 0).err.contains(is_hangul));
    let built = expect(&folder, "build guides --verbose", 0).err;
    assert_eq!(built.lines().count(), 1, "{built}");
    assert!(built.contains(is_hangul), "{built}");
    expect(
        &folder,
        "print example --mode live --root guides -o sheet.html",
        0,
    );
    let sheet = fs::read_to_string(folder.path().join("sheet.html")).unwrap();
    assert!(sheet.contains("<html lang=\"ko\""));
    let style = between(&sheet, "<style>", "</style>");
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    let policy = between(&sheet, "Security-Policy\" content=\"", "\">");
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(
        policy.contains(&format!("style-src 'sha256-{hash}';")),
        "{policy}"
    );
    assert!(!sheet.contains(" style=\"") && !sheet.contains("<script"));
}

#[test]
fn new_leaves_a_folder_that_holds_something_alone() {
    let folder = empty();
    write(&folder, "guides/own.txt", "own");
    let refused = expect(&folder, "new guides --lang en", 2);
    insta::assert_snapshot!("not_empty", refused.err);
    assert_eq!(names(folder.path()), ["guides/own.txt"]);
}

#[test]
fn ambiguous_print_lists_the_candidates_and_writes_nothing() {
    let folder = project();
    add_guide(&folder);
    let before = files(folder.path());
    let asked = [
        "print other --root guides",
        "print other --root guides --scenario card --mode sandbox",
        "print other --root guides --scenario file",
        "print pay --root guides",
    ];
    let answers = asked.map(|line| {
        let answer = expect(&folder, line, 2);
        assert_eq!(answer.out, "");
        format!("$ tickbook {line}\n{}\n", answer.err)
    });
    insta::assert_snapshot!("ambiguous", answers.concat());
    assert_eq!(files(folder.path()), before);
}

#[test]
fn print_that_matches_nothing_lists_what_there_is() {
    let folder = project();
    add_guide(&folder);
    let asked = [
        "print nobody --root guides",
        "print other --root guides --scenario refund",
        "print other --root guides --scenario file --mode staging",
    ];
    let answers = asked.map(|line| {
        let answer = expect(&folder, line, 2);
        format!("$ tickbook {line}\n{}\n", answer.err)
    });
    insta::assert_snapshot!("unmatched", answers.concat());
}

#[test]
fn print_suggests_the_guide_scenario_and_mode_that_were_meant() {
    let folder = project();
    add_guide(&folder);
    for (line, part) in [
        (
            "print othre",
            "no guide matches `othre`; did you mean `other`?",
        ),
        (
            "print Exmaple",
            "no guide matches `Exmaple`; did you mean `example`?",
        ),
        (
            "print other --scenario one-tine",
            "no scenario of `other` matches `one-tine`; did you mean `One-time`?",
        ),
        (
            "print other --scenario one-time-cart",
            "no scenario of `other` matches `one-time-cart`; did you mean `One-time card`?",
        ),
        (
            "print other --scenario card-on-fiel",
            "no scenario of `other` matches `card-on-fiel`; did you mean `Card on file`?",
        ),
        (
            "print other --scenario file --mode prodution",
            "has the mode `prodution`; did you mean `production`?",
        ),
        (
            "print other --scenario file --mode sandbox,prodution",
            "has the mode `prodution`; did you mean `production`?",
        ),
    ] {
        let said = expect(&folder, &format!("{line} --root guides"), 2).err;
        assert!(said.contains(part), "{line}: {said}");
    }
}

#[test]
fn words_of_a_scenario_are_enough_when_they_name_one() {
    let folder = project();
    add_guide(&folder);
    for (scenario, title) in [("file", "Card on file"), ("one-time", "One-time card")] {
        let line = format!("print other --root guides --scenario {scenario} --mode SANDBOX -o -");
        let printed = expect(&folder, &line, 0);
        let is_it = printed
            .out
            .contains(&format!("<span class=\"scenario\">{title}</span>"));
        assert!(is_it, "{scenario}");
    }
}

/// A guide with a choice, fields for one case beside their twins, and a code of a stated form.
fn add_cases(folder: &TempDir) {
    let fields = "\
- MID : 발급받은 값 (10자리, IMP로 시작합니다)
- CID 선택
  - 일반결제 : CODEONE01 선택
  - 정기결제 : CODETWO02 선택
- Key (일반결제) : 공란 (정기결제 시에만 설정합니다)
- Key (정기결제) : 조회한 값
- 암호 (가상계좌) : 조회한 값
- 상품명 : 원하는 이름
";
    let text =
        format!("---\ntitle: 안내\n---\n## 카드\n\n### 테스트 연동\n\n#### 설정방법\n\n{fields}");
    write(folder, "docs/guide.md", &text);
}

fn print_case(folder: &TempDir, arguments: &[&str], code: i32) -> String {
    let line = ["print", "guide", "--content", "docs", "--lang", "en"];
    let line = [line.as_slice(), arguments, &["-o", "-"]].concat();
    let answer: Answer = command(folder.path(), &line).output().unwrap().into();
    assert_eq!(answer.code, code, "{arguments:?}: {}", answer.err);
    answer.out + &answer.err
}

#[test]
fn value_is_of_the_form_that_the_guide_describes() {
    let folder = empty();
    add_cases(&folder);
    for (value, message) in [
        ("ABC1234567", "the value for `MID` must start with `IMP`"),
        ("IMP123", "the value for `MID` must have 10 characters"),
        (
            "IMP123 567",
            "the value for `MID` may have letters, digits and marks only",
        ),
        (
            "IMP가나다라마바사",
            "the value for `MID` may have letters, digits and marks only",
        ),
    ] {
        let said = print_case(&folder, &["--set", &format!("MID={value}")], 2);
        assert!(said.contains(message) && !said.contains(value), "{said}");
    }
    let sheet = print_case(&folder, &["--set", "MID=IMP1234567"], 0);
    assert!(sheet.contains("IMP1234567"));
}

#[test]
fn sheet_of_a_case_keeps_what_holds_and_drops_other_cases() {
    let folder = empty();
    add_cases(&folder);
    let all = [
        "CODEONE01",
        "CODETWO02",
        "Key (일반결제)",
        "Key (정기결제)",
        "(가상계좌)",
        "상품명",
    ];
    for (case, kept) in [
        (None, all.to_vec()),
        (Some("정기결제"), vec![all[1], all[3], all[4], all[5]]),
        (Some("일반결제"), vec![all[0], all[2], all[4], all[5]]),
        (Some("가상계좌"), all.to_vec()),
    ] {
        let arguments: Vec<&str> = case.iter().flat_map(|case| ["--choose", case]).collect();
        let sheet = print_case(&folder, &arguments, 0);
        let found: Vec<&str> = all
            .into_iter()
            .filter(|part| sheet.contains(part))
            .collect();
        assert_eq!(found, kept, "{case:?}");
    }
}

#[test]
fn choice_that_leaves_nothing_is_refused_with_what_there_is() {
    let folder = empty();
    add_cases(&folder);
    let said = print_case(&folder, &["--choose", "해외결제"], 2);
    for line in [
        "CID: 일반결제",
        "CID: 정기결제",
        "Key (정기결제): 정기결제",
        "가상계좌",
    ] {
        assert!(said.contains(line), "{said}");
    }
    let both = ["--choose", "일반결제", "--choose", "정기결제"];
    let said = print_case(&folder, &both, 2);
    assert!(
        said.contains("`--choose` leaves no choice of `CID`"),
        "{said}"
    );
    let dropped = ["--choose", "정기결제", "--set", "CID=CODEONE01"];
    let said = print_case(&folder, &dropped, 2);
    assert!(said.contains("`CID` has no such choice"), "{said}");
    write(
        &folder,
        "docs/guide.md",
        "---\ntitle: 안내\n---\n## 카드\n\n### 테스트 연동\n\n#### 설정방법\n\n- 상품명 : 원하는 이름\n",
    );
    let said = print_case(&folder, &["--choose", "정기결제"], 2);
    assert!(said.contains("has nothing to choose"), "{said}");
}

#[test]
fn version_narrows_scenarios_that_name_one() {
    let folder = empty();
    let mode = "### 테스트 연동\n\n#### 설정경로\n\n- a > b\n\n#### 설정방법\n\n- c : d\n\n";
    let text = format!("---\ntitle: t\n---\n## 카드 (V1)\n\n{mode}## 카드 (V2)\n\n{mode}");
    write(&folder, "docs/guide.md", &text);
    expect(&folder, "print guide --content docs -o -", 2);
    let line = "print guide --content docs --lang en --version V3 -o -";
    let refused = expect(&folder, line, 2).err;
    let message =
        "no scenario of `guide` is for the version `V3`; did you mean `V1`? Available:\n  V1\n  V2";
    assert!(refused.contains(message), "{refused}");
    let printed = expect(&folder, "print guide --content docs --version v2 -o -", 0);
    assert!(
        printed
            .out
            .contains("<span class=\"scenario\">카드 (V2)</span>")
    );
}

#[test]
fn dash_prints_to_standard_output_and_nothing_else() {
    let folder = project();
    let printed = expect(
        &folder,
        "print example --mode sandbox --root guides -o -",
        0,
    );
    assert_eq!(printed.err, "");
    expect(
        &folder,
        "print example --mode sandbox --root guides -o sheet.html",
        0,
    );
    let file = fs::read_to_string(folder.path().join("sheet.html")).unwrap();
    assert_eq!(printed.out, file);
    assert!(!names(folder.path()).contains(&"-".to_string()));
}

#[test]
fn print_makes_html_and_pdf_only() {
    let folder = project();
    let line = "print example --mode sandbox --root guides -o sheet.txt";
    insta::assert_snapshot!("unknown_form", expect(&folder, line, 2).err);
    assert!(!folder.path().join("sheet.txt").exists());
}

#[test]
#[cfg(not(feature = "pdf"))]
fn program_without_pdf_says_how_to_get_it() {
    let folder = project();
    for line in [
        "print example --mode sandbox --root guides -o sheet.pdf",
        "print example --mode sandbox,production --root guides",
        "print example --root guides --cases . -o out",
    ] {
        let said = expect(&folder, line, 2).err;
        assert!(said.contains("without `--no-default-features`"), "{said}");
    }
    assert!(!folder.path().join("sheet.pdf").exists());
    let said = expect(&folder, "build guides --only pdf", 2).err;
    assert!(said.contains("possible values"), "{said}");
}

#[test]
fn only_makes_the_named_outputs() {
    let folder = project();
    expect(&folder, "build guides --only json -o out", 0);
    let made = names(&folder.path().join("out"));
    let made: Vec<_> = made.iter().filter(|name| !name.starts_with('.')).collect();
    assert_eq!(made, ["site.json", "site.schema.json"]);
    expect(&folder, "build guides --only checklist,json -o out", 0);
    let made = names(&folder.path().join("out"));
    assert!(made.iter().any(|name| name.starts_with("checklists/")));
    assert!(!made.contains(&"index.html".to_string()));
    let refused = expect(&folder, "build guides --only jason -o out", 2);
    assert!(
        refused
            .err
            .contains("possible values: site, checklist, json, markdown")
    );
}

#[test]
fn content_folder_needs_no_project() {
    let folder = empty();
    write(&folder, "docs/a.md", "---\ntitle: A\n---\nText");
    write(&folder, "docs/deep/b.mdx", "---\ntitle: B\n---\nText");
    write(&folder, "docs/left-out.txt", "copied");
    expect(&folder, "build --content docs --lang en", 0);
    let made = names(&folder.path().join("dist"));
    for name in ["a.html", "deep/b.html", "left-out.txt", "index.html"] {
        assert!(made.contains(&name.to_string()), "{name}: {made:?}");
    }
    assert!(!folder.path().join("docs/dist").exists());
}

#[test]
fn list_as_json_has_its_shape() {
    let folder = project();
    let listed: Value =
        serde_json::from_str(&expect(&folder, "list guides --json", 0).out).unwrap();
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let guide = &listed[0];
    assert_eq!(keys(guide), "guide title path scenarios procedures");
    assert_eq!(guide["path"], "guides/example.md");
    let scenario = &guide["scenarios"][0];
    assert_eq!(keys(scenario), "id title versions modes");
    let mode = &scenario["modes"][1];
    assert_eq!(keys(mode), "key id title items");
    assert_eq!(mode["key"], "production");
    let items = mode["items"].as_array().unwrap().iter();
    let fields = items.filter(|item| item["id"].as_str().unwrap().starts_with("fields/"));
    let labels: Vec<_> = fields.map(|field| &field["label"]).collect();
    assert_eq!(labels, ["Channel name", "Merchant ID", "API key"]);
}

#[test]
fn procedures_are_listed_with_the_lines_that_somebody_wrote() {
    let folder = empty();
    write(
        &folder,
        "docs/a.mdx",
        "# A\n\n## Set up\n\n<Include src=\"_parts/steps.mdx\" />\n\n## Stop\n\n1. Press the key.\n2. Close the door.\n",
    );
    write(
        &folder,
        "docs/_parts/steps.mdx",
        "Text.\n\nText.\n\n1. Open the door.\n2. Turn the key.\n",
    );
    write(&folder, "tickbook.yaml", "preset: mdx\ncontent: docs\n");
    let listed: Value = serde_json::from_str(&expect(&folder, "list --json", 0).out).unwrap();
    let procedures = &listed[0]["procedures"];
    let part = "_parts/steps.mdx";
    let first = &procedures[0];
    assert_eq!(
        (&first["start_line"], &first["end_line"]),
        (&5.into(), &6.into())
    );
    assert_eq!(
        (&first["path"], &first["heading_line"]),
        (&part.into(), &3.into())
    );
    assert_eq!(first["heading_path"], Value::Null);
    let step = &first["steps"][1];
    assert_eq!((&step["line"], &step["path"]), (&6.into(), &part.into()));
    let second = &procedures[1];
    assert_eq!(
        (&second["start_line"], &second["end_line"]),
        (&9.into(), &10.into())
    );
    assert_eq!(
        (&second["path"], &second["steps"][0]["path"]),
        (&Value::Null, &Value::Null)
    );
    let why = expect(&folder, "list --why", 0).out;
    assert!(why.contains("_parts/steps.mdx:5–6"), "{why}");
    assert!(why.contains("  9–10"), "{why}");
}

#[test]
fn procedures_are_listed_with_their_form_and_steps() {
    let folder = empty();
    let text = "# Doors\n\n## Open it\n\n1. Press the key.\n2. Close the door.\n";
    write(&folder, "docs/a.md", text);
    let text = "# Tasks\n\n## Before\n\n- [ ] Look.\n- [ ] Ask.\n\n## After\n\n- [ ] Leave.\n- [ ] Sleep.\n";
    write(&folder, "docs/b.md", text);
    write(
        &folder,
        "tickbook.yaml",
        "preset: markdown\ncontent: docs\n",
    );
    let listed = expect(&folder, "list --lang en", 0).out;
    let expected = "a  Doors\n  Open it\n    list, 2 steps\nb  Tasks\n  Tasks\n    task list, 2 sections, 4 steps\n";
    assert_eq!(listed, expected);
    let listed = expect(&folder, "list --lang ko", 0).out;
    assert!(listed.contains("    목록, 2단계\n"), "{listed}");
    assert!(listed.contains(", 2부분, 4단계\n"), "{listed}");
}

#[test]
fn parts_of_a_long_procedure_are_listed_with_their_own_steps() {
    let folder = empty();
    let steps = "1. Press the key.\n2. Close the door.\n\n";
    let headings = (1..=3).map(|step| format!("### Step {step}. Open door {step}\n\n{steps}"));
    let text = format!("# Doors\n\n## Open all\n\n{}", headings.collect::<String>());
    write(&folder, "docs/a.md", &text);
    let settings = "preset: markdown\ncontent: docs\nprocedures: { longest_sheet: 6 }\n";
    write(&folder, "tickbook.yaml", settings);
    let listed = expect(&folder, "list --lang en", 0).out;
    let part = |number: usize| {
        format!(
            "  Open all ({number}/3): Step {number}. Open door {number}\n    headings, 1 step, 3 boxes\n"
        )
    };
    let expected = format!("a  Doors\n{}{}{}", part(1), part(2), part(3));
    assert_eq!(listed, expected);
    let line = "print a --scenario 2/3 --lang en -o -";
    let printed = expect(&folder, line, 0).out;
    assert!(printed.contains("Open all (2/3)"), "{printed}");
}

#[test]
fn inspect_shows_each_file_in_turn() {
    let folder = empty();
    write(&folder, "a.md", "# One\n");
    write(&folder, "b.md", "[link](c.md) <Tag text=\"t\" />\n");
    let shown: Value = serde_json::from_str(&expect(&folder, "inspect b.md a.md", 0).out).unwrap();
    assert_eq!(shown[0]["path"], "b.md");
    assert_eq!(shown[0]["links"][0]["span"], serde_json::json!([0, 12]));
    assert_eq!(shown[0]["components"][0]["name"], "Tag");
    assert_eq!(shown[1]["headings"][0]["text"], "One");
    let refused = expect(&folder, "inspect a.md gone.md", 2);
    assert!(refused.err.contains("`gone.md`"), "{}", refused.err);
    assert_eq!(refused.out, "");
}

#[test]
fn exit_code_tells_content_from_everything_else() {
    let folder = project();
    let codes = [
        ("--help", 0),
        ("--version", 0),
        ("build guides", 0),
        ("", 2),
        ("bild", 2),
        ("build nowhere", 2),
        ("build --content nowhere", 2),
        ("build guides --lang fr", 2),
        ("list nowhere", 2),
    ];
    for (line, code) in codes {
        expect(&folder, line, code);
    }
    write(
        &folder,
        "guides/content/odd.md",
        "---\ntitle: Odd\nkeywords: a\n---\n<b>odd</b>\n",
    );
    let built = expect(&folder, "build guides", 0);
    assert!(built.err.contains("3 documents"), "{}", built.err);
    write(
        &folder,
        "guides/content/broken.md",
        "---\ntitle: One\ntitle: Two\n---\n",
    );
    expect(&folder, "build guides", 1);
    write(&folder, "guides/tickbook.yaml", "langue: en\n");
    let refused = expect(&folder, "build guides", 2);
    assert!(refused.err.contains("langue"), "{}", refused.err);
}

#[test]
fn content_that_must_be_fixed_is_shown_and_nothing_is_written() {
    let folder = project();
    expect(&folder, "build guides", 0);
    let before = files(&folder.path().join("guides/dist"));
    write(
        &folder,
        "guides/content/index.md",
        "---\ntitle: Changed\n---\n",
    );
    write(
        &folder,
        "guides/content/broken.md",
        "---\ntitle: One\ntitle: Two\n---\n",
    );
    let refused = expect(&folder, "build guides", 1);
    insta::assert_snapshot!("not_built", refused.err);
    assert_eq!(files(&folder.path().join("guides/dist")), before);
}

#[test]
fn quiet_says_nothing_but_faults_and_answers() {
    let folder = empty();
    for line in [
        "new guides --quiet",
        "build guides -q",
        "--quiet build guides",
    ] {
        let answer = expect(&folder, line, 0);
        assert_eq!(answer.out + &answer.err, "", "{line}");
    }
    let listed = expect(&folder, "list guides --quiet", 0);
    assert_eq!(listed.err, "");
    assert!(listed.out.contains("example"));
    assert_ne!(expect(&folder, "build nowhere --quiet", 2).err, "");
    write(&folder, "guides/content/broken.md", "---\ntitle: One\n");
    assert_ne!(expect(&folder, "build guides --quiet", 1).err, "");
}

#[test]
fn verbose_shows_warnings_too() {
    let folder = project();
    write(
        &folder,
        "guides/content/odd.md",
        "---\ntitle: Odd\n---\n<b>odd</b>\n",
    );
    let line = "build guides";
    assert!(!expect(&folder, line, 0).err.contains("raw-html"));
    let verbose = expect(&folder, "build guides --verbose", 0).err;
    assert!(
        verbose.contains("warning[raw-html]: an HTML tag"),
        "{verbose}"
    );
    assert!(verbose.contains("odd.md:4:1"), "{verbose}");
}

#[test]
fn building_again_says_the_same_and_still_does_what_is_asked() {
    let folder = project();
    write(
        &folder,
        "guides/content/odd.md",
        "---\ntitle: Odd\n---\n<b>odd</b>\n",
    );
    let first = timeless(&expect(&folder, "build guides", 0).err);
    assert!(first.contains("3 documents"), "{first}");
    assert_eq!(timeless(&expect(&folder, "build guides", 0).err), first);
    let timings = expect(&folder, "build guides --timings --quiet", 0).err;
    let parts: Vec<&str> = timings.split_whitespace().step_by(3).collect();
    assert_eq!(parts, ["read"], "{timings}");
    expect(&folder, "build guides --lock", 0);
    assert!(folder.path().join("guides/ids.lock").is_file());
}

/// In a terminal, which `script` plays.
#[cfg(target_os = "linux")]
#[test]
fn colours_are_for_terminals_and_not_against_the_users_wish() {
    let folder = project();
    write(&folder, "guides/content/broken.md", "---\ntitle: One\n");
    let in_terminal = |no_color: &str| {
        let line = format!("{} build guides", env!("CARGO_BIN_EXE_tickbook"));
        let mut script = Command::new("script");
        script.args(["-q", "-e", "-c", &line, "/dev/null"]);
        script.current_dir(folder.path()).env("NO_COLOR", no_color);
        let answer = Answer::from(script.output().unwrap());
        assert_eq!(answer.code, 1, "{}", answer.out);
        answer.out
    };
    assert!(in_terminal("").contains('\u{1b}'));
    assert!(!in_terminal("1").contains('\u{1b}'));
    assert!(!expect(&folder, "build guides", 1).err.contains('\u{1b}'));
}

#[test]
fn messages_are_in_the_language_asked_for() {
    let folder = project();
    assert!(!expect(&folder, "build guides", 0).err.contains(is_hangul));
    assert!(
        expect(&folder, "build guides --lang ko", 0)
            .err
            .contains(is_hangul)
    );
    let home = fs::read_to_string(folder.path().join("guides/dist/index.html")).unwrap();
    assert!(
        home.contains("<html lang=\"ko\""),
        "the site speaks it, too"
    );
    assert!(expect(&folder, "list nowhere", 2).err.contains(is_hangul));
    assert!(
        !expect(&folder, "list nowhere --lang en", 2)
            .err
            .contains(is_hangul)
    );
}

#[test]
fn folder_with_files_of_others_is_no_output() {
    let folder = project();
    write(&folder, "own/notes.txt", "own");
    let before = files(folder.path());
    let foreign = "the folder contains files that tickbook did not write";
    let overlap = "must not be inside each other";
    let outputs = [
        ("own", foreign),
        (".", overlap),
        ("guides", overlap),
        ("guides/content", overlap),
    ];
    for (output, reason) in outputs {
        let refused = expect(&folder, &format!("build guides -o {output}"), 1);
        assert!(refused.err.contains(reason), "{}", refused.err);
        assert_eq!(files(folder.path()), before, "{output}");
    }
}

#[test]
fn own_output_is_replaced_and_what_others_put_there_is_kept() {
    let folder = project();
    expect(&folder, "build guides", 0);
    write(&folder, "guides/dist/CNAME", "help.example.com");
    fs::remove_file(folder.path().join("guides/content/guides/example.md")).unwrap();
    expect(&folder, "build guides", 0);
    let made = names(&folder.path().join("guides/dist"));
    assert!(made.contains(&"CNAME".to_string()));
    assert!(!made.contains(&"guides/example.html".to_string()));
    assert!(!made.iter().any(|name| name.starts_with("checklists/")));
}

#[test]
fn project_without_documents_is_reported() {
    let folder = empty();
    fs::create_dir(folder.path().join("content")).unwrap();
    let refused = expect(&folder, "build --lang en", 1);
    insta::assert_snapshot!("no_documents", refused.err);
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn timings_name_every_part() {
    let folder = project();
    let told = expect(&folder, "build guides --timings", 0).err;
    for part in ["read", "site", "checklist", "json", "markdown"] {
        let line = Regex::new(&format!(r"(?m)^ *{part} +[0-9.]+ ms$")).unwrap();
        assert!(line.is_match(&told), "{part}: {told}");
    }
}

/// The help names the commands and outputs there are, so without these features it is another.
#[test]
#[cfg(all(feature = "pdf", feature = "serve"))]
fn help_tells_a_newcomer_what_to_do() {
    let folder = empty();
    let commands = ["", "new", "build", "list", "print", "inspect"];
    let helps = commands.map(|name| {
        let help = expect(&folder, &format!("{name} --help"), 0);
        assert_eq!(help.err, "");
        format!("$ tickbook {name} --help\n{}\n", help.out)
    });
    insta::assert_snapshot!("help", helps.concat());
}

#[test]
fn shells_are_reported_how_to_complete() {
    let folder = empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = expect(&folder, &format!("completions {shell}"), 0).out;
        for word in ["tickbook", "print", "scenario", "completions"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    assert!(
        expect(&folder, "completions csh", 2)
            .err
            .contains("possible values")
    );
    // The shell itself finds no fault in its script.
    let script = expect(&folder, "completions bash", 0).out;
    write(&folder, "tickbook.bash", &script);
    let mut bash = Command::new("bash");
    let line = "source tickbook.bash && complete -p tickbook";
    let sourced = bash.args(["-c", line]).current_dir(folder.path()).output();
    let sourced = Answer::from(sourced.unwrap());
    assert_eq!((sourced.code, sourced.err.as_str()), (0, ""));
    assert!(sourced.out.contains("tickbook"), "{}", sourced.out);
}

#[test]
fn manual_page_names_every_command() {
    let folder = empty();
    let page = expect(&folder, "man", 0).out;
    assert!(page.contains(".TH tickbook 1"), "{page}");
    for name in [
        "new", "build", "check", "diff", "list", "search", "print", "inspect", "man",
    ] {
        assert!(
            page.contains(&format!("tickbook\\-{name}(1)")),
            "{name}: {page}"
        );
    }
}

#[test]
fn own_template_that_fails_is_reported_with_its_name() {
    let folder = project();
    write(&folder, "guides/templates/page.html", "{% block main %}");
    let refused = expect(&folder, "build guides", 2);
    assert!(refused.err.contains("page.html"), "{}", refused.err);
    assert!(!folder.path().join("guides/dist").exists());
}

/// What stands between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

#[test]
fn drafts_are_in_no_output() {
    let folder = project();
    let draft = |value: &str| {
        let head = format!("---\ntitle: Unborn\ndraft: {value}\n---\n");
        head + "## Card\n\n### Sandbox\n\n#### What to set\n\n- Merchant ID : issued value\n"
    };
    for (value, is_published) in [
        ("true", false),
        ("yes", false),
        ("\"true\"", false),
        ("false", true),
        ("", true),
    ] {
        write(&folder, "guides/content/unborn.md", &draft(value));
        let built = expect(&folder, "build guides", 0).err;
        let says_so = built.contains("1 draft was left out");
        assert_eq!(says_so, !is_published, "{value}: {built}");
        let held = files(&folder.path().join("guides/dist"))
            .into_iter()
            .filter(|(path, bytes)| {
                path.contains("unborn") || String::from_utf8_lossy(bytes).contains("Unborn")
            });
        assert_eq!(held.count() > 0, is_published, "{value}");
        let listed = expect(&folder, "list guides", 0).out;
        assert_eq!(listed.contains("unborn"), is_published, "{value}");
    }
}

#[test]
fn settings_of_the_wrong_form_stop_every_command() {
    let folder = project();
    for (settings, place, hint) in [
        ("utc_offset: Seoul", "line 1", "`+09:00`"),
        ("site: {url: help.example.com}", "line 1", "https://"),
        ("lang: en\nsite:\n  title: 5", "site.title", "at line 3"),
        ("preset: [none]", "preset", "expected a string at line 1"),
        ("output: content", "line 1", "must not be inside each other"),
        ("output: .", "line 1", "contains the project"),
        ("assets: {allow: ['../x']}", "line 1", "fits no file"),
        (
            "check: {levels: {mode-mismach: off}}",
            "check.levels",
            "`mode-mismatch`",
        ),
        (
            "conventions: {fields: {prefix: '('}}",
            "line 1",
            "unclosed group",
        ),
    ] {
        write(&folder, "guides/tickbook.yaml", settings);
        for line in [
            "build guides",
            "check guides",
            "list guides",
            "search a guides",
        ] {
            let refused = expect(&folder, line, 2).err;
            assert!(refused.contains("tickbook.yaml"), "{line}: {refused}");
            assert!(refused.contains(place), "{line}: {refused}");
            assert!(refused.contains(hint), "{line}: {refused}");
        }
    }
}

/// A site of another tool: its settings and navigation, in a language of its own.
fn foreign() -> TempDir {
    let folder = empty();
    for (path, text) in [
        (".git/HEAD", ""),
        (
            "site/mkdocs.yml",
            "site_name: Manual\nextra: !!python/name:a.b\nnav:\n  - Start: index.md\n  - Use:\n    - a.md\n    - Bee: more/b.md\n",
        ),
        ("site/docs/index.md", "# Welcome\n"),
        ("site/docs/a.md", "# A\n\n[b](more/b.md) [c](/more/c/)\n"),
        (
            "site/docs/more/b.md",
            "---\ndescription: Of bees.\n---\n# B\n",
        ),
        (
            "site/docs/more/c.md",
            "---\ntitle: C\nown_key: 1\naliases: [/b, /old]\n---\n",
        ),
        ("site/docs/more/d.md", "---\ntitle: D\ndraft: true\n---\n"),
        ("site/docs/404.md", "# Nothing here\n\nLost?\n"),
        ("site/docs/snippets/e.md", "a part\n"),
    ] {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        write(&folder, path, text);
    }
    folder
}

fn text_of(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap_or_default()
}

#[test]
fn tool_is_known_by_a_file_in_a_folder_of_the_content() {
    let folder = empty();
    write(&folder, "docs/a.mdx", "# A\n");
    write(&folder, "docs/more/b.mdx", "# B\n");
    write(&folder, "docs/more/_meta.js", "export default {b: 'Bee'}\n");
    let told = expect(&folder, "build --content docs -o out", 0).err;
    assert!(told.contains("`nextra` (docs/more/_meta.js)"), "{told}");
    let page = text_of(&folder, "out/more/b.html");
    assert!(page.contains(">Bee</a>"), "{page}");
    // A file of this name is the tool's only with its content.
    write(&folder, "other/a.md", "# A\n");
    write(&folder, "other/more/meta.json", "{\"a\": 1}\n");
    let told = expect(&folder, "build --content other -o other-out", 0).err;
    assert!(told.contains("`markdown`"), "{told}");
}

#[test]
fn site_of_another_tool_is_built_as_it_is() {
    let folder = foreign();
    let told = expect(&folder, "build --content site/docs -o out", 0).err;
    let first = told.lines().next().unwrap();
    assert!(first.contains("`mkdocs` (site/mkdocs.yml)"), "{told}");
    assert!(first.contains("language en"), "{told}");
    let page = text_of(&folder, "out/more/b.html");
    assert!(page.contains("<html lang=\"en\""), "{page}");
    assert!(page.contains("content=\"Of bees.\""), "{page}");
    assert!(
        page.contains(">Use</a>") && page.contains(">Bee</a>"),
        "{page}"
    );
    assert!(page.contains("<title>B – Manual</title>"), "{page}");
    let links = text_of(&folder, "out/a.html");
    assert!(links.contains("href=\"more/b.html\"") && links.contains("href=\"more/c.html\""));
    assert!(text_of(&folder, "out/404.html").contains("Lost?"));
    assert!(text_of(&folder, "out/old.html").contains("more/c.html"));
    for path in ["out/more/d.html", "out/snippets/e.html"] {
        assert!(!folder.path().join(path).exists(), "{path}");
    }
}

#[test]
fn adopted_site_builds_with_what_was_written_down() {
    let folder = foreign();
    let adopted = expect(&folder, "adopt site", 0);
    for part in [
        "preset: mkdocs",
        "documents: 5; parts of others: 1; drafts: 1",
        "en 5",
    ] {
        assert!(adopted.out.contains(part), "{part}: {}", adopted.out);
    }
    let written = text_of(&folder, "site/tickbook.yaml");
    let expected = "preset: mkdocs\nlang: en\ncontent: \"docs\"\nsite:\n  title: \"Manual\"\n";
    assert_eq!(
        written.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n",
        expected
    );
    expect(&folder, "build site", 0);
    assert!(text_of(&folder, "site/dist/more/b.html").contains(">Use</a>"));
    let refused = expect(&folder, "adopt site --lang en", 1);
    assert!(
        refused.err.contains("`--force` replaces it"),
        "{}",
        refused.err
    );
    expect(&folder, "adopt site --force", 0);
    // A folder of documents alone is a project, too.
    fs::remove_file(folder.path().join("site/tickbook.yaml")).unwrap();
    expect(&folder, "adopt site/docs", 0);
    expect(&folder, "build site/docs", 0);
    assert!(text_of(&folder, "site/docs-site/more/b.html").contains(">Use</a>"));
}

#[test]
fn navigation_in_code_is_reported_and_not_run() {
    let folder = foreign();
    fs::remove_file(folder.path().join("site/mkdocs.yml")).unwrap();
    write(
        &folder,
        "site/sidebars.js",
        "module.exports = make(require('./x'));\n",
    );
    let told = expect(&folder, "build --content site/docs -o out --lang en", 0).err;
    let says = "the navigation in `site/sidebars.js` is code, which is not run";
    assert!(told.contains(says), "{told}");
    assert!(text_of(&folder, "out/more/b.html").contains(">More</a>"));
    let checked = run(&folder, "check --content site/docs --lang en").out;
    let found = "warning[navigation-not-data]: this navigation is code";
    assert!(
        checked.contains(found) && checked.contains("site/sidebars.js:1:1"),
        "{checked}"
    );
}

#[test]
fn rest_is_built_without_all_documents_that_want_the_same_place() {
    let folder = foreign();
    fs::remove_file(folder.path().join("site/docs/index.md")).unwrap();
    for name in ["x", "y", "z"] {
        let path = format!("site/docs/{name}.md");
        write(&folder, &path, "---\naliases: index.html\n---\n# A\n");
    }
    let built = expect(&folder, "build --content site/docs -o out --keep-going", 1).err;
    for part in ["x.md", "y.md", "z.md", "4 documents"] {
        assert!(built.contains(part), "{part}: {built}");
    }
}

#[test]
fn rest_of_a_site_is_built_when_asked_to_keep_going() {
    let folder = foreign();
    fs::write(folder.path().join("site/docs/bad.md"), b"\xb0\xa1").unwrap();
    write(&folder, "site/docs/worse.md", "---\ntitle: a: b\n---\n");
    let refused = expect(&folder, "build --content site/docs -o out", 1).err;
    for part in ["bad.md", "worse.md"] {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    assert!(!folder.path().join("out").exists());
    let built = expect(&folder, "build --content site/docs -o out --keep-going", 1).err;
    assert!(
        built.contains("worse.md") && built.contains("5 documents"),
        "{built}"
    );
    assert!(folder.path().join("out/more/b.html").exists());
    expect(&folder, "build --content site/docs -o out --keep-going", 1);
}

#[test]
fn theme_lists_what_is_built_in_and_copies_what_is_not_there() {
    let folder = project();
    let list = expect(&folder, "theme guides --list", 0).out;
    for file in [
        "templates/page.html",
        "templates/partials/logo.html",
        "templates/checklist.typ",
        "site/style.css/0-base.css",
    ] {
        assert!(list.lines().any(|line| line == file), "{file}");
    }
    assert!(!list.contains(".js"));
    let copied = expect(
        &folder,
        "theme guides --copy templates/partials/logo.html",
        0,
    );
    assert!(
        copied.err.contains("builtin/partials/logo.html"),
        "{}",
        copied.err
    );
    let logo = folder.path().join("guides/templates/partials/logo.html");
    let built_in = include_str!("../templates/partials/logo.html");
    assert_eq!(fs::read_to_string(&logo).unwrap(), built_in);
    let list = expect(&folder, "theme guides --list", 0).out;
    assert!(list.contains("templates/partials/logo.html  (the project has its own)"));
    expect(&folder, "build guides", 0);
    write(&folder, "guides/templates/partials/logo.html", "own");
    let refused = expect(
        &folder,
        "theme guides --copy templates/partials/logo.html",
        1,
    );
    assert!(refused.err.contains("already there"), "{}", refused.err);
    assert_eq!(fs::read_to_string(&logo).unwrap(), "own");
    let unknown = expect(&folder, "theme guides --copy templates/pages.html", 2);
    assert!(
        unknown.err.contains("templates/page.html"),
        "{}",
        unknown.err
    );
    for path in [
        "../x.html",
        "/etc/passwd",
        "templates/../x",
        "site/tick.js/store.js",
    ] {
        expect(&folder, &format!("theme guides --copy {path}"), 2);
    }
    expect(&folder, "theme guides", 2);
    expect(&folder, "theme guides --list --copy templates/page.html", 2);
}

#[cfg(unix)]
#[test]
fn theme_writes_through_no_link() {
    let folder = project();
    let outside = empty();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("guides/templates")).unwrap();
    expect(&folder, "theme guides --copy templates/page.html", 2);
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
}

/// Runs git in a folder, with a date for what it commits.
fn git(folder: &TempDir, date: &str, line: &str) {
    let mut git = Command::new("git");
    git.current_dir(folder.path().join("guides"));
    git.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]);
    git.args([
        "-c",
        "init.defaultBranch=main",
        "-c",
        "protocol.file.allow=always",
    ]);
    git.args(line.split_whitespace());
    git.env("GIT_COMMITTER_DATE", date)
        .env("GIT_AUTHOR_DATE", date);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap();
    assert!(output.status.success(), "{line}: {output:?}");
}

fn commit(folder: &TempDir, date: &str) {
    git(folder, date, "add -A");
    git(folder, date, "commit -q -m a");
}

/// The dates of the pages of a built project, by their paths.
fn dates(folder: &TempDir, project: &str) -> BTreeMap<String, String> {
    expect(folder, &format!("build {project} --quiet -o out"), 0);
    let site = fs::read_to_string(folder.path().join("out/site.json")).unwrap();
    let site: Value = serde_json::from_str(&site).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let pages = site["pages"].as_array().unwrap().iter();
    pages
        .map(|page| (text(&page["path"]), text(&page["date"])))
        .collect()
}

#[test]
fn dates_are_those_of_the_history_where_a_document_has_none() {
    let folder = empty();
    write(
        &folder,
        "guides/tickbook.yaml",
        "lang: en\nutc_offset: +09:00\n",
    );
    let page = |name: &str, text: &str| write(&folder, &format!("guides/content/{name}.md"), text);
    page("old", "# Old\n\nText.\n");
    page("sub/moved", "# Moved\n");
    page("own", "---\ntitle: Own\ndatetime: 2020-02-02\n---\n");
    let none = ("old.md".to_string(), String::new());
    assert!(
        dates(&folder, "guides")
            .into_iter()
            .any(|found| found == none)
    );
    git(&folder, "", "init -q");
    commit(&folder, "2024-01-01T20:00:00Z");
    page("new", "# New\n");
    commit(&folder, "2024-03-03T03:00:00Z");
    git(&folder, "", "checkout -q -b side HEAD~1");
    page("side", "# Side\n");
    commit(&folder, "2024-02-02T03:00:00Z");
    git(&folder, "", "checkout -q main");
    git(&folder, "2024-04-04T03:00:00Z", "merge -q --no-edit side");
    page("sub/moved", "# Moved\n\nMore.\n");
    commit(&folder, "2024-05-05T03:00:00Z");
    let expected = [
        ("new.md", "2024-03-03"),
        // The day is that of the project.
        ("old.md", "2024-01-02"),
        ("own.md", "2020-02-02"),
        // A merge changes nothing that a parent has.
        ("side.md", "2024-02-02"),
        ("sub/moved.md", "2024-05-05"),
    ];
    let expected = expected.map(|(path, date)| (path.to_string(), date.to_string()));
    assert_eq!(dates(&folder, "guides"), BTreeMap::from(expected));
    let checked = run(&folder, "check guides").out;
    assert!(!checked.contains("date-behind-text"), "{checked}");
    page(
        "own",
        "---\ntitle: Own\ndatetime: 2020-02-02\n---\n\nMore.\n",
    );
    commit(&folder, "2024-05-06T03:00:00Z");
    let checked = run(&folder, "check guides").out;
    assert!(checked.contains("date-behind-text"), "{checked}");
    assert!(checked.contains("2024-05-06"), "{checked}");
    // A commit elsewhere changes no date; one of a document does, also after an unchanged build.
    write(&folder, "guides/notes.txt", "a");
    commit(&folder, "2024-06-06T03:00:00Z");
    assert_eq!(dates(&folder, "guides")["old.md"], "2024-01-02");
    page("old", "# Old\n\nMore.\n");
    commit(&folder, "2024-07-07T03:00:00Z");
    assert_eq!(dates(&folder, "guides")["old.md"], "2024-07-07");
    write(
        &folder,
        "guides/tickbook.yaml",
        "lang: en\nsite: {dates: frontmatter}\n",
    );
    assert_eq!(dates(&folder, "guides")["old.md"], "");
}

#[test]
fn shallow_clone_is_reported_and_gives_no_dates() {
    let folder = empty();
    write(&folder, "guides/tickbook.yaml", "lang: en\n");
    write(&folder, "guides/content/a.md", "# A\n");
    git(&folder, "", "init -q");
    commit(&folder, "2024-01-01T03:00:00Z");
    write(&folder, "guides/content/b.md", "# B\n");
    commit(&folder, "2024-02-02T03:00:00Z");
    let from = format!("file://{}", folder.path().join("guides").display());
    git(&folder, "", &format!("clone -q --depth 1 {from} ../clone"));
    let built = expect(&folder, "build clone", 0);
    assert!(built.err.contains("fetch-depth: 0"), "{}", built.err);
    assert!(dates(&folder, "clone").values().all(String::is_empty));
    // The whole history gives the same wherever it is.
    git(&folder, "", &format!("clone -q {from} ../copy"));
    let own = dates(&folder, "guides");
    assert_eq!(own["a.md"], "2024-01-01");
    assert_eq!(dates(&folder, "copy"), own);
}

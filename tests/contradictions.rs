//! Checklists with a wrong value: not printed in silence, and marked wherever they are shown.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A guide whose sections for both modes say these modes and channel properties, with a broken
/// link in the live one.
fn guide(test: &str, live: &str, property: &str) -> String {
    format!(
        "---
title: 가람페이 채널설정
pgCompanies: [가람페이]
seo: {{ description: 가람페이 }}
datetime: 2026-01-05
---

## 결제창 (V1)

### 테스트 연동

#### 설정경로

- [콘솔](https://console.example.com/) > 결제 연동 > 연동 정보 > 채널 관리 > + 채널 추가
  - 연동 모드 : {test}

#### 설정방법

- 채널 이름 : 원하는 이름을 입력합니다.
- 채널 속성 : 결제
- PG상점아이디 (MID) : 발급받은 값

### 실 연동

#### 설정경로

- [콘솔](https://console.example.com/) > 결제 연동 > 연동 정보 > 채널 관리 > + 채널 추가
  - 연동 모드 : {live}

#### 설정방법

- 채널 이름 : 원하는 이름을 입력합니다. [없는 곳](nowhere.md)
- 채널 속성 : {property}
- PG상점아이디 (MID) : 발급받은 값
"
    )
}

const RIGHT: [&str; 3] = ["테스트 연동", "실 연동", "결제"];

fn project([test, live, property]: [&str; 3]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    write(&folder, "content/garam.md", &guide(test, live, property));
    write(&folder, "tickbook.yaml", "lang: en\n");
    folder
}

fn write(folder: &TempDir, path: &str, text: &str) {
    fs::write(folder.path().join(path), text).unwrap();
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    let output = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

fn print(folder: &TempDir, arguments: &[&str]) -> (i32, String) {
    let base = ["print", "garam", "-o", "sheet.html"];
    let arguments: Vec<&str> = base.iter().chain(arguments).copied().collect();
    run(folder.path(), &arguments)
}

fn printed(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("sheet.html")).unwrap()
}

const WRONG: &str = "Values on this checklist contradict the guide";

#[test]
fn checklist_with_a_wrong_value_is_not_printed_unasked() {
    for (said, mode, rule) in [
        (
            ["테스트 연동", "테스트 연동", "결제"],
            "live",
            "mode-mismatch",
        ),
        (["실 연동", "실 연동", "결제"], "test", "mode-mismatch"),
        (["테스트 연동", "실 연동", "통합"], "live", "enum-value"),
        (
            ["테스트 연동", "실 연동", "본인인증"],
            "test",
            "field-value-conflict",
        ),
        (
            ["테스트 연동", "실 연동", "본인인증"],
            "live",
            "field-value-conflict",
        ),
    ] {
        let folder = project(said);
        let (code, said) = print(&folder, &["--mode", mode]);
        assert_eq!(code, 1, "{rule} {mode}: {said}");
        assert!(said.contains(&format!("error[{rule}]")), "{said}");
        assert!(said.contains("--with-findings"), "{said}");
        assert!(!folder.path().join("sheet.html").exists(), "{rule}");

        let (code, said) = print(&folder, &["--mode", mode, "--with-findings"]);
        assert_eq!(code, 0, "{said}");
        assert!(printed(&folder).contains(WRONG), "{rule} {mode}");
    }
}

#[test]
fn the_other_modes_checklist_is_printed_as_ever() {
    let folder = project(["테스트 연동", "테스트 연동", "결제"]);
    let (code, said) = print(&folder, &["--mode", "test"]);
    assert_eq!(code, 0, "{said}");
    assert!(!printed(&folder).contains("class=\"notice notice-warning faults"));
}

#[test]
fn other_errors_are_named_and_stop_nothing() {
    let folder = project(RIGHT);
    let (code, said) = print(&folder, &["--mode", "live"]);
    assert_eq!(code, 0, "{said}");
    let sheet = printed(&folder);
    assert!(sheet.contains("The guide of this checklist contains errors"));
    let text = guide(RIGHT[0], RIGHT[1], RIGHT[2]);
    let line = text.lines().position(|line| line.contains("nowhere.md"));
    let place = format!("line {} of the guide: ", line.unwrap() + 1);
    assert!(sheet.contains(&place), "{place}");
    assert!(!sheet.contains(WRONG));
}

#[test]
fn error_in_a_row_is_over_the_row_and_its_number_at_the_head() {
    let folder = project(["테스트 연동", "테스트 연동", "통합"]);
    let (code, said) = print(&folder, &["--mode", "live", "--with-findings"]);
    assert_eq!(code, 0, "{said}");
    let sheet = printed(&folder);
    let rows = ["item-1-1", "item-2-1", "item-2-2"];
    let head: Vec<String> = rows
        .iter()
        .map(|id| format!("<a href=\"#{id}\">"))
        .collect();
    assert_eq!(sheet.matches("<a href=\"#item-").count(), rows.len());
    assert!(head.iter().all(|link| sheet.contains(link)), "{head:?}");
    for (row, text) in rows
        .iter()
        .zip(["연동 모드 : 테스트 연동", "[없는 곳]", "채널 속성 : 통합"])
    {
        let guide = guide("테스트 연동", "테스트 연동", "통합");
        let line = guide.lines().collect::<Vec<_>>();
        let line = line.iter().rposition(|line| line.contains(text)).unwrap() + 1;
        let message = format!("line {line} of the guide: ");
        let (_, behind) = sheet.split_once(&format!("id=\"{row}\"")).unwrap();
        let own = behind.split("<li").next().unwrap();
        assert!(own.contains(&message), "{own}");
        assert_eq!(
            sheet.matches(&message).count(),
            own.matches(&message).count()
        );
    }
}

#[test]
fn error_above_the_modes_is_named_on_each_of_their_checklists() {
    let folder = project(RIGHT);
    let text = guide(RIGHT[0], RIGHT[1], RIGHT[2]);
    let text = text.replace("(V1)\n", "(V1)\n\n[길이 없는 곳](lost.md)\n");
    write(&folder, "content/garam.md", &text);
    for mode in ["test", "live"] {
        let (code, said) = print(&folder, &["--mode", mode]);
        assert_eq!(code, 0, "{said}");
        assert!(printed(&folder).contains("line 10 of the guide"), "{mode}");
    }
}

#[test]
fn what_a_comment_or_a_level_allows_is_printed() {
    let text = guide("테스트 연동", "테스트 연동", "결제");
    let (before, after) = text.rsplit_once("연동 모드 : 테스트 연동").unwrap();
    let allow = "<!-- tickbook allow mode-mismatch: one console for both -->";
    let folder = project(RIGHT);
    let allowed = format!("{before}연동 모드 : 테스트 연동 {allow}{after}");
    write(&folder, "content/garam.md", &allowed);
    let (code, said) = print(&folder, &["--mode", "live"]);
    assert_eq!(code, 0, "{said}");

    write(&folder, "content/garam.md", &text);
    write(
        &folder,
        "tickbook.yaml",
        "lang: en\ncheck: {levels: {mode-mismatch: warning}}\n",
    );
    let (code, said) = run(
        folder.path(),
        &["print", "garam", "-o", "other.html", "--mode", "live"],
    );
    assert_eq!(code, 0, "{said}");
}

#[test]
#[cfg(feature = "pdf")]
fn booklets_and_folders_of_cases_stop_at_one_wrong_value() {
    let folder = project(["테스트 연동", "테스트 연동", "결제"]);
    let booklet = ["print", "garam", "--all", "-o", "all.pdf"];
    assert_eq!(run(folder.path(), &booklet).0, 1);
    fs::create_dir(folder.path().join("cases")).unwrap();
    for (name, mode) in [("a", "test"), ("b", "live")] {
        let case = format!("guide: garam\nmode: {mode}\nset: {{merchant: {name}}}\n");
        write(&folder, &format!("cases/{name}.yaml"), &case);
    }
    let cases = ["print", "--cases", "cases", "-o", "out"];
    let (code, said) = run(folder.path(), &cases);
    assert_eq!(code, 1, "{said}");
    assert!(!folder.path().join("out").exists(), "{said}");
    let cases: Vec<&str> = cases.iter().copied().chain(["--with-findings"]).collect();
    let (code, said) = run(folder.path(), &cases);
    assert_eq!(code, 0, "{said}");
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 2);
}

#[test]
fn build_marks_pages_and_counts_them() {
    let folder = project(["테스트 연동", "테스트 연동", "결제"]);
    let (code, said) = run(folder.path(), &["build"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        said.contains("1 checklist contains a wrong value"),
        "{said}"
    );
    let page = |path: &str| fs::read_to_string(folder.path().join("dist").join(path)).unwrap();
    assert!(page("checklists/garam/결제창-v1-live.html").contains(WRONG));
    assert!(!page("checklists/garam/결제창-v1-test.html").contains(WRONG));
    assert_eq!(
        page("garam.html").matches("class=\"mode-wrong\"").count(),
        1
    );

    let (code, again) = run(folder.path(), &["build"]);
    assert_eq!(code, 0, "{again}");
    assert!(
        again.contains("1 checklist contains a wrong value"),
        "{again}"
    );
    assert_eq!(run(folder.path(), &["build", "--check"]).0, 1);
}

#[test]
fn right_guide_is_built_without_a_mark() {
    let folder = project(RIGHT);
    let (code, said) = run(folder.path(), &["build"]);
    assert_eq!(code, 0, "{said}");
    assert!(!said.contains("wrong"), "{said}");
    let page = fs::read_to_string(folder.path().join("dist/garam.html")).unwrap();
    assert!(!page.contains("mode-wrong"));
}

#[test]
fn build_names_no_number_of_findings_but_that_of_check() {
    let folder = project(RIGHT);
    let (_, built) = run(folder.path(), &["build"]);
    assert!(!built.contains("findings"), "{built}");
    let text = guide(RIGHT[0], RIGHT[1], RIGHT[2]).replace(" [없는 곳](nowhere.md)", "  ");
    write(&folder, "content/garam.md", &text);
    let (_, checked) = run(folder.path(), &["check"]);
    let (code, built) = run(folder.path(), &["build", "--check"]);
    assert_eq!(code, 0, "{built}");
    let count = |said: &str| {
        let line = said.lines().find(|line| line.contains(" findings"));
        line.map(str::to_string)
    };
    assert_eq!(count(&built), count(&checked), "{built}\n{checked}");
    assert!(count(&checked).is_some());
}

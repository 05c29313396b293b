//! `tickbook check` and `tickbook diff` as they are run: formats, exit codes, mending, baselines,
//! and what git knows.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

/// A live section that names the test mode, under a heading with an escape code and a line that
/// looks like a workflow command.
const GUIDE: &str = "\
---
title: \"결제 \\e[31m::error::채널\"
---
## 통합인증
### 실 연동
#### 설정경로
- [콘솔](https://console.example.com/) > 채널 관리 > 채널 추가
  - 연동 모드 : 테스트 연동
#### 설정방법
- 채널 이름 : 원하는 이름
- 채널 속성 : 결제
";

/// Levels that leave these tests to the one rule they are about.
const CONFIG: &str = "lang: ko\nsite: {title: 도움말}\n";

struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.write("tickbook.yaml", CONFIG);
        project.write("content/guide.md", GUIDE);
        project
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tickbook"))
            .args(arguments)
            .current_dir(self.path())
            .env("NO_COLOR", "1")
            .output()
            .unwrap()
    }

    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        let status = Command::new("git")
            .args(identity)
            .args(arguments)
            .current_dir(self.path())
            .output()
            .unwrap();
        assert!(status.status.success(), "{status:?}");
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap()
}

/// Findings of one rule in a JSON report.
fn of_rule(report: &str, rule: &str) -> Vec<Value> {
    let findings: Vec<Value> = serde_json::from_str(report).unwrap();
    let is_it = |finding: &Value| finding["rule"] == rule;
    findings.into_iter().filter(is_it).collect()
}

#[test]
fn json_tells_the_place_in_characters() {
    let output = Project::new().run(&["check", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let found = of_rule(&stdout(&output), "mode-mismatch");
    insta::assert_json_snapshot!(found);
}

#[test]
fn human_report_shows_line_reason_and_remedy() {
    let output = Project::new().run(&["check", "--level", "error"]);
    let text = stdout(&output);
    assert!(text.contains("error[mode-mismatch]"), "{text}");
    assert!(text.contains("guide.md:8:13"), "{text}");
    assert!(text.contains("     1  오류  mode-mismatch"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn sarif_is_valid_and_counts_utf16() {
    let output = Project::new().run(&["check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&stdout(&output)).unwrap();
    let schema = include_str!("schemas/sarif-2.1.0.json");
    // A pattern of the published schema has a bracket too many.
    let schema = schema.replace("{2}]?$", "{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| error.to_string())
        .collect();
    assert_eq!(faults, Vec::<String>::new());
    let run = &log["runs"][0];
    let is_it = |result: &&Value| result["ruleId"] == "mode-mismatch";
    let result = run["results"]
        .as_array()
        .unwrap()
        .iter()
        .find(is_it)
        .unwrap();
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/guide.md");
    assert_eq!(place["region"]["startColumn"], 13);
    assert_eq!(place["region"]["endColumn"], 19);
}

#[test]
fn github_annotations_hold_no_command_of_the_content() {
    let project = Project::new();
    project.write(
        "content/b.md",
        "---\ntitle: b\n---\n<Call::error::out x=\"\u{1b}\" />\n",
    );
    let text = stdout(&project.run(&["check", "--format", "github"]));
    let start = "::error file=content/guide.md,line=8,endLine=8,col=13,endColumn=19,\
                 title=mode-mismatch::";
    assert!(text.contains(start), "{text}");
    let is_command = |line: &str| {
        ["::error file=", "::warning file=", "::notice file="]
            .iter()
            .any(|start| line.starts_with(start))
    };
    assert!(text.lines().all(is_command), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

/// The job of a workflow may have a folder of its own to work in.
#[test]
fn code_hosts_are_given_paths_from_the_root_of_the_repository() {
    let project = Project::new();
    project.write("docs/한글/tickbook.yaml", CONFIG);
    project.write("docs/한글/content/a/guide.md", GUIDE);
    let files = |folder: &str, arguments: &[&str]| {
        let run = |format: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
            command.args(arguments).args(["--format", format]);
            stdout(
                &command
                    .current_dir(project.path().join(folder))
                    .output()
                    .unwrap(),
            )
        };
        let text = run("github");
        let (_, behind) = text.split_once("file=").unwrap();
        let log: Value = serde_json::from_str(&run("sarif")).unwrap();
        let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let uri = uri.replace("%ED%95%9C%EA%B8%80", "한글");
        [behind.split(',').next().unwrap().to_string(), uri]
    };
    let whole = "docs/한글/content/a/guide.md";
    assert_eq!(files("docs/한글", &["check"]), ["content/a/guide.md"; 2]);
    project.git(&["init", "-q"]);
    assert_eq!(files("docs/한글", &["check"]), [whole; 2]);
    assert_eq!(files("docs", &["check", "한글"]), [whole; 2]);
    assert_eq!(files("docs/한글/content", &["check", ".."]), [whole; 2]);
    assert_eq!(
        files(".", &["check", "--content", "docs/한글/content/a"]),
        [whole; 2]
    );
    assert_eq!(
        files("/", &["check", project.path().to_str().unwrap()]),
        ["content/guide.md"; 2]
    );
}

#[test]
fn levels_decide_what_is_shown_and_what_fails() {
    let project = Project::new();
    assert_eq!(code(&project.run(&["check", "--fail-on", "never"])), 0);
    project.write(
        "tickbook.yaml",
        &format!("{CONFIG}check: {{levels: {{mode-mismatch: info}}}}\n"),
    );
    let text = stdout(&project.run(&["check", "--format", "json"]));
    assert_eq!(of_rule(&text, "mode-mismatch").len(), 0);
    let text = stdout(&project.run(&["check", "--format", "json", "--level", "info"]));
    assert_eq!(of_rule(&text, "mode-mismatch")[0]["severity"], "info");
    project.write("tickbook.yaml", "check: {levels: {mode-mismach: info}}\n");
    let output = project.run(&["check"]);
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("did you mean `mode-mismatch`?"),
        "{output:?}"
    );
}

#[test]
fn baseline_lets_old_findings_pass_and_wants_fixed_ones_out() {
    let project = Project::new();
    let check = ["check", "--baseline", "known.json"];
    let output = project.run(&["check", "--baseline", "known.json", "--write-baseline"]);
    assert_eq!(code(&output), 0, "{output:?}");
    // Text that moves keeps its findings known.
    let moved = GUIDE.replace(
        "## 통합인증",
        "## 통합인증\n\n통합인증을 쓰는 방법입니다.\n",
    );
    project.write("content/guide.md", &moved);
    assert_eq!(code(&project.run(&check)), 0);
    let twice = format!(
        "{moved}\n## 결제창\n{}",
        &GUIDE[GUIDE.find("### ").unwrap()..]
    );
    project.write("content/guide.md", &twice);
    let output = project.run(&["check", "--baseline", "known.json", "--format", "json"]);
    assert_eq!(code(&output), 1);
    assert_eq!(of_rule(&stdout(&output), "mode-mismatch").len(), 1);
    project.write(
        "content/guide.md",
        &GUIDE.replace("드 : 테스트 연동", "드 : 실 연동"),
    );
    let output = project.run(&check);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("--write-baseline"), "{output:?}");
}

#[test]
fn since_looks_at_changed_and_new_files_only() {
    let project = Project::new();
    project.git(&["init", "-q"]);
    project.git(&["add", "."]);
    project.git(&["commit", "-qm", "a"]);
    let check = ["check", "--since", "HEAD", "--format", "json"];
    assert_eq!(
        of_rule(&stdout(&project.run(&check)), "mode-mismatch").len(),
        0
    );
    project.write("content/new.md", GUIDE);
    let found = of_rule(&stdout(&project.run(&check)), "mode-mismatch");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["path"], "new.md");
    let output = project.run(&["check", "--since", "--output=x"]);
    assert_eq!(code(&output), 2);
    assert!(!project.path().join("x").exists());
}

/// A checkout may have other line ends than the repository, and the branch may be behind.
#[test]
fn since_compares_with_where_the_branch_left_and_not_by_line_ends() {
    let project = Project::new();
    project.write("content/other.md", GUIDE);
    project.git(&["init", "-q", "-b", "main"]);
    project.git(&["add", "."]);
    project.git(&["commit", "-qm", "a"]);
    project.git(&["checkout", "-qb", "side"]);
    project.git(&["checkout", "-q", "main"]);
    project.write("content/other.md", &GUIDE.replace("원하는", "다른"));
    project.git(&["commit", "-qam", "b"]);
    project.git(&["checkout", "-q", "side"]);
    project.write("content/guide.md", &GUIDE.replace('\n', "\r\n"));
    let paths = || {
        let output = project.run(&["check", "--since", "main", "--format", "json"]);
        let found = of_rule(&stdout(&output), "mode-mismatch").into_iter();
        let paths = found.map(|found| found["path"].as_str().unwrap().to_string());
        paths.collect::<Vec<_>>()
    };
    assert_eq!(paths(), [""; 0]);
    project.write("content/guide.md", &GUIDE.replace("통합인증", "결제창"));
    assert_eq!(paths(), ["guide.md"]);
}

/// The oldest commit has the youngest date, and the newest one in common comes from it by the second
/// parent of a merge.
#[test]
fn since_finds_where_the_branch_left_though_clocks_were_wrong() {
    let project = Project::new();
    project.git(&["init", "-q", "-b", "side"]);
    // Number, date and parents.
    let commits = [
        (1, 100, vec![]),
        (2, 900, vec![1]),
        (3, 200, vec![1]),
        (4, 300, vec![2]),
        (5, 400, vec![3, 4]),
        (6, 500, vec![5]),
        (7, 950, vec![6, 2]),
        (8, 960, vec![6, 2]),
    ];
    let mut script = String::new();
    for (number, date, parents) in commits {
        let branch = if number == 8 { "side" } else { "main" };
        script += &format!("commit refs/heads/{branch}\nmark :{number}\n");
        script += &format!("committer a <a@example.com> {date} +0000\ndata 1\nx\n");
        for (index, parent) in parents.iter().enumerate() {
            let word = if index == 0 { "from" } else { "merge" };
            script += &format!("{word} :{parent}\n");
        }
        let text = GUIDE.replace("채널 속성", &format!("속성 {number}"));
        script += &format!(
            "M 100644 inline content/guide.md\ndata {}\n{text}\n",
            text.len()
        );
    }
    project.write("script", &script);
    let mut import = Command::new("git");
    import
        .args(["fast-import", "--quiet"])
        .current_dir(project.path());
    let script = fs::File::open(project.path().join("script")).unwrap();
    assert!(import.stdin(script).status().unwrap().success());
    let told = stdout(&project.run(&["diff", "--since", "main"]));
    assert!(told.contains("속성 6"), "{told}");
}

#[test]
fn since_says_what_is_missing_and_how_to_get_it() {
    let project = Project::new();
    let refused = |folder: &str, revision: &str| {
        let since = format!("--since={revision}");
        let output = project.run(&["diff", folder, &since, "--lang", "en"]);
        assert_eq!(code(&output), 2, "{output:?}");
        stderr(&output)
    };
    let outside = refused(".", "HEAD");
    assert!(outside.contains("no git repository around ."), "{outside}");
    project.git(&["init", "-q", "-b", "main"]);
    let unborn = refused(".", "HEAD");
    assert!(unborn.contains("has no commit to compare with"), "{unborn}");
    for branch in ["first", "second"] {
        project.git(&["checkout", "-q", "--orphan", branch]);
        project.git(&["add", "tickbook.yaml", "content"]);
        project.git(&["commit", "-qm", branch]);
    }
    let unrelated = refused(".", "first");
    assert!(unrelated.contains("no common commit"), "{unrelated}");
    for unknown in ["none", "main..first", "HEAD:content", "--output=x", ""] {
        let told = refused(".", unknown);
        assert!(told.contains("is not a commit of"), "{unknown}: {told}");
        assert!(told.contains("`git fetch`"), "{unknown}: {told}");
    }
    assert!(!project.path().join("x").exists());
    project.git(&["checkout", "-qb", "third"]);
    project.git(&["commit", "-q", "--allow-empty", "-m", "third"]);
    project.git(&["checkout", "-q", "second"]);
    project.git(&["commit", "-q", "--allow-empty", "-m", "second"]);
    let own = format!("file://{}", project.path().display());
    let clone = [
        "clone",
        "-q",
        "--depth=1",
        "--no-single-branch",
        &own,
        "shallow",
    ];
    project.git(&clone);
    let shallow = refused("shallow", "origin/third");
    assert!(shallow.contains("--unshallow"), "{shallow}");
}

#[test]
fn fix_that_would_change_more_is_left_and_counted() {
    let project = Project::new();
    let before = "---\ntitle: b\n---\n\n**발급되며,**해당 파일과 발급되며,다른 파일\n";
    project.write("content/b.md", before);
    let fix = ["check", "--level", "info", "--fix"];
    let dry = project.run(&["check", "--level", "info", "--fix", "--dry-run"]);
    assert!(stdout(&dry).contains("+**발급되며,**해당 파일과 발급되며, 다른 파일\n"));
    assert!(stderr(&dry).contains("지적 1건은 고치지 않았습니다"));
    let output = project.run(&fix);
    let after = before.replace(",다른", ", 다른");
    assert_eq!(project.read("content/b.md"), after);
    assert!(stdout(&output).contains("comma-spacing"));
    assert!(stderr(&output).contains("지적 1건은 고치지 않았습니다"));
    let json = project.run(&["check", "--level", "info", "--format", "json"]);
    let found: Value = serde_json::from_str(&stdout(&json)).unwrap();
    let comma = found
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["rule"] == "comma-spacing");
    assert!(comma.unwrap()["fix"].is_null());
}

#[test]
fn fix_changes_only_what_it_names_and_once() {
    let project = Project::new();
    let before = "---\ntitle: b\n---\n\n절차입니다.  \n본문 **굵게** 씁니다..\n";
    project.write("content/b.md", before);
    let fix = ["check", "--level", "info", "--fix"];
    let output = project.run(&["check", "--level", "info", "--fix", "--dry-run"]);
    let patch = stdout(&output);
    assert_eq!(project.read("content/b.md"), before);
    project.run(&fix);
    let after = project.read("content/b.md");
    assert_eq!(after, before.replace("씁니다..", "씁니다."));
    assert!(
        patch.contains("-본문 **굵게** 씁니다..\n+본문 **굵게** 씁니다.\n"),
        "{patch}"
    );
    project.run(&fix);
    assert_eq!(project.read("content/b.md"), after);
}

#[test]
fn diff_tells_the_change_of_the_procedure() {
    let project = Project::new();
    project.git(&["init", "-q"]);
    project.git(&["add", "."]);
    project.git(&["commit", "-qm", "a"]);
    let changed = GUIDE
        .replace("드 : 테스트 연동", "드 : 실 연동")
        .replace("속성 : 결제", "속성 : 본인인증")
        + "- INIAPI key : 상점관리자에서 조회한 값 (**필수**)\n";
    project.write("content/guide.md", &changed);
    insta::assert_snapshot!(stdout(&project.run(&["diff", "--since", "HEAD"])));
    let markdown = stdout(&project.run(&["diff", "--since", "HEAD", "--format", "md"]));
    insta::assert_snapshot!(markdown);
    let output = project.run(&["diff", "content", "content"]);
    assert_eq!(stdout(&output), "절차가 바뀌지 않았습니다\n");
    assert_eq!(code(&project.run(&["diff"])), 2);
}

#[test]
fn build_with_check_writes_nothing_that_misleads() {
    let project = Project::new();
    let output = project.run(&["build", "--check"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("mode-mismatch"), "{output:?}");
    assert!(!project.path().join("dist").exists());
    assert_eq!(code(&project.run(&["build"])), 0);
    // What is built already is checked as well.
    assert_eq!(code(&project.run(&["build", "--check"])), 1);
}

#[test]
fn explain_shows_the_manual_page() {
    let project = Project::new();
    let page = stdout(&project.run(&["explain", "mode-mismatch", "--lang", "en"]));
    assert!(page.starts_with("# mode-mismatch (error)\n"), "{page}");
    assert!(page.contains("## Bad"), "{page}");
    let list = stdout(&project.run(&["explain"]));
    assert!(
        list.lines().any(|line| line.starts_with("mode-mismatch ")),
        "{list}"
    );
    let output = project.run(&["explain", "mode-mismach"]);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("mode-mismatch"), "{output:?}");
}

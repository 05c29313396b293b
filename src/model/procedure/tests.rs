//! Procedures of every form, and what only looks like one.

#[cfg(test)]
use crate::config::Config;
use crate::markdown::parse;
use crate::markdown::text::{block_text, label_text};
use crate::model::conventions::Conventions;
use crate::model::guide::Guide;
use crate::model::procedure::{Procedures, read};
use crate::model::site::Site;
use crate::source::{FileId, Source, SourceSet};

fn procedures(text: &str, path: &str) -> Procedures {
    procedures_at(path, "files: {mdx_in_md: false}", text)
}

/// The procedures of a document at a path, with settings of a project.
pub(super) fn procedures_at(path: &str, settings: &str, text: &str) -> Procedures {
    let config = Config::read(&format!("preset: mdx\n{settings}"), "a").unwrap();
    let conventions = Conventions::new(&config).unwrap();
    let (document, _) = parse(text, FileId(0), config.schema_of(path));
    read(
        &document,
        "Page",
        path,
        text,
        &conventions,
        &config.procedures,
        &[],
    )
}

/// The guide of a document, with settings of a project.
pub(super) fn guide_of(settings: &str, text: &str) -> Option<Guide> {
    guide_with(&format!("preset: mdx\n{settings}"), text)
}

/// The guide of a document in a project.
pub(super) fn guide_with(config: &str, text: &str) -> Option<Guide> {
    let config = Config::read(config, "a").unwrap();
    let source = Source {
        path: "a.mdx".to_string(),
        text: text.to_string(),
    };
    let sources = SourceSet {
        documents: vec![source],
        ..SourceSet::default()
    };
    let (mut site, _) = Site::build(&sources, &config).unwrap();
    site.pages.remove(0).guide
}

/// Form, title and steps of each procedure.
fn check(text: &str, expected: &[&str]) {
    let found = procedures(text, "a.mdx").found;
    let shown: Vec<String> = found
        .iter()
        .map(|one| {
            let steps: Vec<&str> = one.steps.iter().map(|step| step.text.as_str()).collect();
            format!("{} {}: {}", one.form.name(), one.title, steps.join(" | "))
        })
        .collect();
    assert_eq!(shown, expected, "{text}");
}

/// What speaks against the first list that is no procedure.
fn check_refused(text: &str, expected: &[&str]) {
    let all = procedures(text, "a.mdx");
    assert_eq!(all.found, [], "{text}");
    let vetoes = all.refused.first().map(|one| &one.vetoes);
    let names: Vec<&str> = vetoes
        .into_iter()
        .flatten()
        .map(|veto| veto.name())
        .collect();
    assert_eq!(names, expected, "{text}");
}

#[test]
fn components_of_steps() {
    check(
        "## Set up\n\n<Steps>\n<Step title=\"Open the app\">a</Step>\n<Step title=\"Add a key\">b</Step>\n</Steps>",
        &["steps Set up: Open the app | Add a key"],
    );
    check(
        "<Steps>\n\n### Install it\n\na\n\n### Run it\n\nb\n\n### Congratulations\n\nc\n\n</Steps>",
        &["steps Page: Install it | Run it"],
    );
    check(
        "<Steps>\n\n1. Open a\n2. Click b\n\n</Steps>\n\n## More\n\n<Steps>\n\n3. Close c\n4. Save d\n\n</Steps>",
        &["steps Page: Open a | Click b | Close c | Save d"],
    );
    check_refused(
        "<Steps>\n<Step title=\"1999\">Founded</Step>\n<Step title=\"2004\">Sold</Step>\n</Steps>",
        &["few-instruct"],
    );
    check_refused(
        "<Preview>\n<Steps>\n<Step title=\"Open\">a</Step>\n<Step title=\"Close\">b</Step>\n</Steps>\n</Preview>",
        &["in-component"],
    );
}

#[test]
fn task_lists_of_one_heading_are_one_procedure() {
    check(
        "## Rooms\n\n- [ ] Lights off\n- 📖 [why](b)\n- [x] Windows closed\n\n## Doors\n\n* [ ] Locked",
        &[
            "tasklist Rooms: Lights off | Windows closed",
            "tasklist Doors: Locked",
        ],
    );
    check_refused("- [ ] One only", &["single-box"]);
    check("<Note>\n\n- [ ] a\n- [ ] b\n\n</Note>", &[]);
    check_refused("- [ ] Lorem ipsum\n- [ ] Lorem dolor", &["filler"]);
}

#[test]
fn headings_that_are_numbered() {
    check(
        "## Scale up\n\n### Step 1: Add a node\n\nRun it.\n\n### Step 2\n\nWait for it.\n\n## Notes\n\na",
        &["headings Scale up: Add a node | "],
    );
    check(
        "## 설치\n\n### 1단계: 파일 받기\n\n파일을 받으세요.\n\n### 2단계: 실행하기\n\n실행하세요.",
        &["headings 설치: 파일 받기 | 실행하기"],
    );
    check(
        "# Guide\n\n## Setup\n\n### 1. Create a key\n\nClick **Create**.\n\n### 2. Store the key\n\nSave it.",
        &["headings Setup: Create a key | Store the key"],
    );
    check_refused(
        "# 1. Add a key\n\nOpen it.\n\n# 2. Use the key\n\nOpen it.",
        &["chapters"],
    );
    check_refused(
        "## Setup\n\nThere are two ways:\n\n### 1. Use the app\n\nOpen it.\n\n### 2. Use the site\n\nOpen it.",
        &["alternatives"],
    );
}

#[test]
fn runbooks_have_steps_in_lists_and_running_text() {
    check(
        "# HighLoad\n\n## Meaning\n\nCheck nothing.\n\n## Diagnosis\n\n- Check the nodes\n- The load is high\n\nLook at the log with:\n\n```\nlog\n```\n\n## Mitigation\n\nAdd a node. See the manual.\n\nSee [more](a).",
        &[
            "runbook HighLoad: Check the nodes | Look at the log with: | Add a node. See the manual.",
        ],
    );
}

#[test]
fn ordered_lists_of_which_half_instruct() {
    check(
        "## Rotate the key\n\n1. Open **Settings**.\n2. The dialog opens.\n3. In the dialog, click **Rotate**.\n4. If you use the API, update the key.",
        &[
            "ordered-list Rotate the key: Open Settings. | The dialog opens. | In the dialog, click Rotate. | If you use the API, update the key.",
        ],
    );
    check(
        "1. Stop the server:\n```\nstop\n```\n1. Start the server.\n\nText.\n\n1. Other thing.",
        &["ordered-list Page: Stop the server: | Start the server."],
    );
    check(
        "## 채널 추가 방법\n\n1. 콘솔에 로그인합니다.\n2. **추가**를 클릭\n3. 창이 열립니다.",
        &["ordered-list 채널 추가 방법: 콘솔에 로그인합니다. | 추가를 클릭 | 창이 열립니다."],
    );
    check_refused("1. Open a", &["count"]);
}

#[test]
fn a_heading_that_only_announces_steps_names_nothing() {
    let list = "1. Open a\n2. Click b";
    check(
        &format!("## Rotate the key\n\n### Steps\n\n{list}"),
        &["ordered-list Rotate the key: Open a | Click b"],
    );
    check(
        &format!("## Steps\n\n{list}"),
        &["ordered-list Page: Open a | Click b"],
    );
}

#[test]
fn what_speaks_against_an_ordered_list() {
    check_refused(
        "## How it works\n\n1. Open a\n2. Close b",
        &["heading-explains"],
    );
    check_refused("## Next steps\n\n1. Open a\n2. Close b", &["other-section"]);
    check_refused(
        "For the following reasons:\n\n1. Open a\n2. Close b",
        &["announces-others"],
    );
    check_refused(
        "The server will:\n\n1. Open a\n2. Close b",
        &["announces-others", "other-actor"],
    );
    check_refused("1. [Open](a)\n2. [Close](b)", &["only-links"]);
    check_refused("1. Open a?\n2. Close b?", &["questions", "few-instruct"]);
    check_refused(
        "1. **Name**: the name\n2. **Key**: the key",
        &["defines", "few-instruct"],
    );
    check_refused(
        "```js\na() // (1)\n```\n\n1. Open a\n2. Close b",
        &["annotations"],
    );
    check_refused(
        "1. 서버가 응답합니다.\n2. 값이 저장됩니다.",
        &["other-actor", "few-instruct"],
    );
    check_refused(
        "<ParamField name=\"a\">\n\n1. Open a\n2. Close b\n\n</ParamField>",
        &["in-component"],
    );
    let list = "1. Open a\n2. Close b";
    assert_eq!(procedures(list, "changelog.md").found, []);
    assert_eq!(procedures(list, "guides/a.md").found.len(), 1);
}

#[test]
fn bullets_are_steps_where_they_are_announced() {
    check(
        "## How to add a key\n\nFollow these steps:\n\n- Open a\n- Click b",
        &["ordered-list How to add a key: Open a | Click b"],
    );
    check_refused(
        "## How to add a key\n\n- Open a\n- Click b",
        &["not-announced"],
    );
}

#[test]
fn steps_in_languages_without_words_are_a_promise() {
    check(
        "## Étapes\n\n<Steps>\n<Step title=\"Récupérez votre clé\">a</Step>\n<Step title=\"Vérifiez l’accès\">b</Step>\n</Steps>",
        &["steps Étapes: Récupérez votre clé | Vérifiez l’accès"],
    );
    check(
        "## 公開\n\n### ステップ 1：作成\n\n説明。\n\n### ステップ 2：公開\n\n説明。\n",
        &["headings 公開: 作成 | 公開"],
    );
    check_refused(
        "<Steps>\n<Step title=\"In 2019\">a</Step>\n<Step title=\"In 2020\">b</Step>\n</Steps>",
        &["few-instruct"],
    );
}

#[test]
fn headings_with_numbers_alone_are_steps() {
    check(
        "## Link it\n\n### Step 1\n\nThere is a file.\n\n### Step 2\n\nIt is big.\n",
        &["headings Link it:  | "],
    );
    check_refused(
        "## Parts\n\n### Step 1: A file\n\nThere is a file.\n\n### Step 2: A key\n\nIt is big.\n",
        &["few-instruct"],
    );
}

#[test]
fn bullets_with_the_numbers_of_steps_are_steps() {
    check(
        "## 조회하기\n\n- 1단계: 조건 선택\n- 2단계: 날짜 설정\n",
        &["ordered-list 조회하기: 1단계: 조건 선택 | 2단계: 날짜 설정"],
    );
    check_refused(
        "## 조회하기\n\n- 조건 선택\n- 날짜 설정\n",
        &["not-announced"],
    );
}

#[test]
fn a_list_that_begins_behind_one_goes_on_with_the_list_above() {
    check(
        "## Add it\n\n1. Open a\n2. Click b\n\n![c](c.png)\n\n5. Click d\n6. Save e\n\n![f](f.png)\n\n5. Close g\n",
        &["ordered-list Add it: Open a | Click b | Click d | Save e | Close g"],
    );
}

#[test]
fn boxes_that_are_no_task() {
    check_refused("## Features\n\n- [x] Fast\n- [x] Small\n", &["ticked"]);
    check_refused(
        "## State\n\n- [x] Fast maps\n- [x] Small maps\n- [ ] Blue maps\n",
        &["ticked"],
    );
    check(
        "## Release\n\n- [x] Tag it\n- [x] Build it\n- [ ] Publish it\n",
        &["tasklist Release: Tag it | Build it | Publish it"],
    );
    check_refused(
        "## Kind\n\nPlease delete options that are not relevant.\n\n- [ ] Bug fix\n- [ ] New feature\n",
        &["alternatives"],
    );
    check_refused(
        "## Lists\n\n```md\n- [x] Write it\n- [ ] Send it\n```\n\nRenders\n\n- [x] Write it\n- [ ] Send it\n",
        &["demonstration"],
    );
}

#[test]
fn what_else_speaks_against_an_ordered_list() {
    let list = "\n\n1. Open a\n2. Click b\n";
    let refused =
        |before: &str, veto: &str| check_refused(&format!("## Use it\n\n{before}{list}"), &[veto]);
    refused(
        "The exact order of execution is as follows:",
        "announces-others",
    );
    refused("The directory is designed to:", "announces-others");
    refused("We have two solutions to this problem.", "announces-others");
    refused(
        "The example above configures the account as follows:",
        "other-actor",
    );
    check_refused(
        &format!("## Dependency considerations{list}"),
        &["heading-explains"],
    );
    check_refused(&format!("## 도구 스펙{list}"), &["heading-explains"]);
    check_refused(
        &format!("## 기능 만들기\n\n일반적으로 모든 기능은 동일한 단계를 거칩니다.{list}"),
        &["other-actor"],
    );
}

#[test]
fn a_label_that_a_step_is_optional_is_no_definition() {
    check(
        "## Nominate\n\n1. **Optional but recommended**: open an issue\n2. **Optional**: Privately ask them\n",
        &[
            "ordered-list Nominate: Optional but recommended: open an issue | Optional: Privately ask them",
        ],
    );
}

/// Prerequisites, notices with the step they are at, and variants of the first procedure.
fn check_context(text: &str, needs: &[&str], notices: &[Option<usize>], variants: &[&str]) {
    let found = procedures(text, "a.mdx").found;
    let first = &found[0];
    let shown: Vec<&str> = first
        .prerequisites
        .iter()
        .map(|need| need.text.as_str())
        .collect();
    assert_eq!(shown, needs, "{text}");
    let steps: Vec<_> = first.notices.iter().map(|notice| notice.step).collect();
    assert_eq!(steps, notices, "{text}");
    assert_eq!(first.variants, variants, "{text}");
}

#[test]
fn what_is_needed_before() {
    let list = "## Install\n\n1. Open a\n2. Click b";
    check_context(
        &format!("## Prerequisites\n\n- A key\n- A lock\n\n{list}"),
        &["A key", "A lock"],
        &[],
        &[],
    );
    check_context(
        &format!("## 사전 준비\n\n계정이 필요합니다.\n\n{list}"),
        &["계정이 필요합니다."],
        &[],
        &[],
    );
    check_context(
        "## Install\n\n**Requirements:**\n\n- A key\n\nThen:\n\n1. Open a\n2. Click b",
        &["A key"],
        &[],
        &[],
    );
    check_context(
        "## Install\n\n**Prerequisites:**\n\n- A key\n\n1. Open a\n2. Click b",
        &["A key"],
        &[],
        &[],
    );
    check_context(
        &format!("---\nprereqs:\n  - title: A key\n---\n\n{list}"),
        &["A key"],
        &[],
        &[],
    );
    check_context(
        &format!("<Hero beforeYouStart={{[{{ title: 'A key' }}]}} />\n\n{list}"),
        &["A key"],
        &[],
        &[],
    );
    check_context(
        &format!(
            "## Other\n\n### Prerequisites\n\n- A key\n\n{list}\n\n## More\n\n1. Open c\n2. Click d"
        ),
        &[],
        &[],
        &[],
    );
    check_context(
        "## What you’ll need\n\n### Roles\n\n- A key\n\n## Add a\n\n1. Open a\n2. Click b\n",
        &["A key"],
        &[],
        &[],
    );
}

#[test]
fn notices_belong_to_their_step() {
    check_context(
        "## Install\n\n<Note>first</Note>\n\n1. Open a\n\n   <Warning>second</Warning>\n2. Click b\n\n> **Note**: third",
        &[],
        &[None, Some(0), None],
        &[],
    );
    // What text, a line across the page or the end of a part is between is about something else.
    let list = "## Add a\n\n1. Open a\n2. Click b\n\n";
    let notice = ":::note\nc\n:::\n";
    check_context(&format!("{list}{notice}"), &[], &[None], &[]);
    check_context(&format!("{list}Text.\n\n{notice}"), &[], &[], &[]);
    check_context(&format!("{list}---\n\n{notice}"), &[], &[], &[]);
    check_context(
        &format!("## Add a\n\n<Details>\n\n1. Open a\n2. Click b\n\n</Details>\n\n{notice}"),
        &[],
        &[],
        &[],
    );
    check_context(&format!("{list}_Note_: c\n"), &[], &[None], &[]);
    check_context(&format!("{list}_Note: c_\n"), &[], &[None], &[]);
}

#[test]
fn variants_are_the_labels_of_tabs() {
    check_context(
        "1. Open a\n\n   <Tabs>\n   <Tab title=\"npm\">x</Tab>\n   <Tab title=\"pnpm\">y</Tab>\n   </Tabs>\n2. Click b",
        &[],
        &[],
        &["npm", "pnpm"],
    );
    check_context(
        "<Tabs>\n<Tab title=\"Linux\">\n\n1. Open a\n2. Click b\n\n</Tab>\n</Tabs>",
        &[],
        &[],
        &["Linux"],
    );
}

/// Role and text of each item of the first procedure's sheet.
fn check_items(text: &str, expected: &[&str]) {
    let mut all = procedures(text, "a.mdx");
    let guide = all.guide(None, "Page", &[], 0).unwrap();
    let items = guide.scenarios[0].modes[0].all_items();
    let shown: Vec<String> = items
        .map(|item| format!("{} {} {}", item.key, item.role.name(), item.text()))
        .collect();
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn items_of_a_sheet() {
    check_items(
        "## Prerequisites\n\n- A key\n\n## Add it\n\n<Note>first</Note>\n\n1. Open a. It is big.\n   - Click b\n   - Click c\n2. (Optional) Close d\n3. If it fails, call e\n\n### Verify\n\n- Check the page. It is green.\n- A word",
        &[
            "prerequisites/1 verify A key",
            "steps/1 know first",
            "steps/2 do Open a. It is big.",
            "steps/2/1 do Click b",
            "steps/2/2 do Click c",
            "steps/3 optional (Optional) Close d",
            "steps/4 do If it fails, call e",
            "closing/1 result Check the page. It is green.",
        ],
    );
}

#[test]
fn pictures_come_behind_the_label() {
    let text =
        "1. ![High](h.svg) Open the panel ![The panel of the new console](p.png)\n2. Click b";
    let guide = procedures(text, "a.mdx")
        .guide(None, "Page", &[], 0)
        .unwrap();
    let first = &guide.scenarios[0].modes[0].items[0];
    assert_eq!(label_text(&first.label), "High Open the panel");
    assert!(block_text(&first.detail).contains("The panel of the new console"));
}

#[test]
fn a_runbook_begins_with_what_it_is_about() {
    check_items(
        "# High load\n\n## Meaning\n\nThe load is high. It may rise.\n\n## Diagnosis\n\n- Check a\n- Check b",
        &[
            "steps/1 know The load is high.",
            "steps/2 do Check a",
            "steps/3 do Check b",
        ],
    );
}

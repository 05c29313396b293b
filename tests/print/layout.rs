//! What a sheet looks like on paper, however its text is written.

use std::fs;
use std::process::Command;
use std::time::Instant;

use tempfile::TempDir;
use tickbook::config::Config;

use crate::project::Project;
use crate::{Print, has, letters, prints, text_of};

/// A guide of one sheet with this Callout and these fields.
pub fn guide(callout: &str, fields: &str) -> String {
    format!(
        r#"---
title: 안내
---

## 결제창 (V1)

### 실 연동

<Callout title="유의사항" icon="❗" content="{callout}" />

#### 설정경로

- [관리자콘솔](https://console.example.com/) > 「결제 연동」 > 【채널 관리】
  - 연동 모드 : 실 연동

#### 설정방법

{fields}
"#
    )
}

/// The project of one document, with other files beside it.
pub fn project(text: &str, files: &[(&str, &[u8])]) -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("guide.md"), text).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let project = Project::read_content(folder.path(), folder.path(), Config::defaults());
    (folder, project)
}

pub fn print(text: &str) -> Print {
    let (_folder, project) = project(text, &[]);
    prints(&project).remove(0)
}

fn read(text: &str) -> String {
    text_of(&tempfile::tempdir().unwrap(), &print(text).pdf)
}

/// The drawing commands of all pages.
pub fn drawing(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.pdf");
    fs::write(&file, pdf).unwrap();
    let plain = Command::new("qpdf")
        .args(["--qdf", "--object-streams=disable", "--warning-exit-0"])
        .arg(&file)
        .arg("-")
        .output()
        .unwrap();
    String::from_utf8_lossy(&plain.stdout).into_owned()
}

#[test]
fn brackets_keep_the_blanks_around_them_and_do_not_overlap() {
    if !has("pdftotext") {
        return;
    }
    let callout = "「전자금융거래법」과 「전자상거래법」, 《이용약관》 〈별표 1〉에 따라 심사합니다. \
        『약관』【공지】〔참고〕를 읽습니다. 가···나 （다） 라。";
    let fields = "- 채널 이름 : 「가나상점」「본점」 이라고 적습니다.\n\
        - 약관 : 「전자금융거래법」「전자상거래법」 선택";
    let text = read(&guide(callout, fields));
    for line in [
        callout,
        "「가나상점」「본점」 이라고 적습니다.",
        "「전자금융거래법」「전자상거래법」 선택",
    ] {
        let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

#[test]
fn long_word_with_brackets_is_whole_in_the_text() {
    if !has("pdftotext") {
        return;
    }
    let word = format!("「{}」「{}」을", "가".repeat(60), "나".repeat(60));
    let text = read(&guide(&word, "- 이름 : 값"));
    assert!(letters(&text).contains(&letters(&word)), "{text}");
    assert_eq!(text.matches('「').count(), 3);
}

/// Strokes of a sheet with this code as a value and as a label.
fn strokes(code: &str) -> usize {
    let fields = format!("- 명령 : `{code}`를 칩니다.\n- `{code}` : 가나");
    let drawing = drawing(&print(&guide("글", &fields)).pdf);
    drawing.lines().filter(|line| *line == "S").count()
}

#[test]
fn code_with_blanks_is_in_one_box() {
    if !has("qpdf") {
        return;
    }
    let one = strokes("npm-install-pay");
    assert!(one > 10, "{one}");
    assert_eq!(strokes("npm install pay"), one);
    assert_eq!(strokes("상점 구분 값"), one);
}

#[test]
fn long_code_goes_on_in_the_next_line() {
    if !has("pdftotext") {
        return;
    }
    let code = "npm install --save some-package-of-a-long-name 그리고 ".repeat(8);
    let text = read(&guide(
        "글",
        &format!("- 명령 : `{}`를 칩니다.", code.trim()),
    ));
    assert!(letters(&text).contains(&letters(&code)), "{text}");
}

/// A procedure whose first step has this code.
fn procedure(code: &str) -> String {
    let code = code.replace('\n', "\n   ");
    format!("# Install\n\n1. Run this:\n\n   ```sh\n   {code}\n   ```\n2. Open the console.\n")
}

#[test]
fn code_is_set_in_a_font_of_one_width_and_korean_in_that_of_text() {
    if !has("pdffonts") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.pdf");
    fs::write(&file, print(&procedure("echo 'l1I0O' # 가나")).pdf).unwrap();
    let fonts = Command::new("pdffonts").arg(&file).output().unwrap();
    let fonts = String::from_utf8(fonts.stdout).unwrap();
    assert!(fonts.contains("DejaVuSansMono"), "{fonts}");
    let text = text_of(&folder, &fs::read(&file).unwrap());
    assert!(text.contains("echo 'l1I0O' # 가나"), "{text}");
}

#[test]
fn code_that_only_its_own_font_has_is_printed() {
    if !has("pdftotext") {
        return;
    }
    let text = read(&procedure("src\n├── a\n└── b"));
    assert!(text.contains("├── a"), "{text}");
}

/// Words of a sheet with the left and the right edge of each, in points; a page has 595.
fn places(text: &str) -> Vec<(String, f64, f64)> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.pdf");
    fs::write(&file, print(text).pdf).unwrap();
    let boxes = Command::new("pdftotext")
        .arg("-bbox")
        .arg(&file)
        .arg("-")
        .output()
        .unwrap();
    let boxes = String::from_utf8(boxes.stdout).unwrap();
    let edge = |word: &str, name: &str| -> f64 {
        let (_, rest) = word.split_once(name).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let words = boxes.lines().filter(|line| line.contains("<word "));
    let words = words.map(|line| {
        let text = line.split(['>', '<']).nth(2).unwrap();
        (
            text.to_string(),
            edge(line, "xMin=\""),
            edge(line, "xMax=\""),
        )
    });
    words.collect()
}

#[test]
fn long_lines_of_code_go_on_behind_a_mark_and_keep_their_indentation() {
    if !has("pdftotext") {
        return;
    }
    let address = format!(
        "https://example.com/{}end?a=1&b=2",
        "path/of/it/".repeat(20)
    );
    let word = "x".repeat(400);
    let code = format!("curl \\\n    --location {address}\n{word}");
    let places = places(&procedure(&code));
    assert!(places.iter().all(|(_, _, right)| *right < 562.0));
    let left = |start: &str| {
        let word = places.iter().find(|(word, ..)| word.starts_with(start));
        word.unwrap_or_else(|| panic!("{start} is not in {places:?}"))
            .1
    };
    assert!(left("--location") > left("curl") + 15.0);
    let read: String = places.iter().map(|(word, ..)| word.as_str()).collect();
    assert!(read.contains(&address.replace('&', "&amp;")), "{read}");
    assert!(read.contains(&word), "{read}");
    let pieces = places.iter().map(|(word, ..)| word.as_str());
    let pieces: Vec<&str> = pieces.filter(|word| word.contains("path/")).collect();
    assert!(
        pieces.len() > 2 && pieces.iter().all(|word| word.ends_with(['/', '2'])),
        "{pieces:?}"
    );
}

#[test]
fn long_addresses_and_words_stay_within_the_margin() {
    if !has("pdftotext") {
        return;
    }
    let address = format!("https://example.com/{}", "a".repeat(160));
    let hash = "0123456789abcdef".repeat(8);
    let table = format!("| 가 | 나 |\n  |--|--|\n  | {hash} | {address} |");
    let fields = format!("- 이름 : {address} 와 {hash}\n\n  {table}");
    let places = places(&guide(&address, &fields));
    let right = places.iter().map(|(_, _, right)| *right);
    assert!(right.fold(0.0, f64::max) < 562.0, "{places:?}");
    let read: String = places.iter().map(|(word, ..)| word.as_str()).collect();
    assert!(read.contains(&address), "{read}");
}

#[test]
fn code_has_a_line_for_each_value_to_fill_in_and_no_room_for_a_secret() {
    if !has("pdftotext") {
        return;
    }
    let code = "login <user-name> --at <region> --key <API_KEY>\nlogin <user-name>";
    let printed = print(&procedure(code));
    let text = text_of(&tempfile::tempdir().unwrap(), &printed.pdf);
    let count = |word: &str| text.lines().filter(|line| line.trim() == word).count();
    assert_eq!((count("user-name"), count("region")), (1, 1), "{text}");
    let secret = text.lines().filter(|line| line.starts_with("API_KEY "));
    assert_eq!(secret.count(), 1, "{text}");
    let items = printed.view.sections.iter().flat_map(|part| &part.items);
    let rooms: Vec<bool> = items
        .flat_map(|item| &item.blanks)
        .map(|place| place.room.space().is_some())
        .collect();
    assert_eq!(rooms, [true, true, false]);
}

#[test]
fn what_is_seen_has_a_box_without_a_number_and_the_first_lines_of_its_output() {
    if !has("pdftotext") {
        return;
    }
    let lines: Vec<String> = (1..=20).map(|line| format!("   line-{line}")).collect();
    let text = format!(
        "# A\n\n1. List them.\n\n   The output is similar to this:\n\n   ```\n{}\n   ```\n2. Open b.\n",
        lines.join("\n")
    );
    let printed = print(&text);
    let items = printed.view.sections.iter().flat_map(|part| &part.items);
    let numbers: Vec<&str> = items.map(|item| item.number.as_str()).collect();
    assert_eq!(numbers, ["1.1", "", "1.2"]);
    let text = text_of(&tempfile::tempdir().unwrap(), &printed.pdf);
    assert!(
        text.contains("line-6") && !text.contains("line-7"),
        "{text}"
    );
    assert!(text.contains("guide.html"), "{text}");
}

#[test]
fn sixty_levels_are_printed_with_every_word() {
    if !has("pdftotext") {
        return;
    }
    let deep = |mark: &str| {
        let item = |level: usize| format!("{}{mark} 단계{level} 글", "   ".repeat(level));
        (0..60).map(item).collect::<Vec<_>>().join("\n")
    };
    let quote = "> ".repeat(60) + "단계59 글";
    for (callout, fields) in [
        (deep("-"), "- 이름 : 값".to_string()),
        (deep("1."), "- 이름 : 값".to_string()),
        (quote, "- 이름 : 값".to_string()),
        ("글".to_string(), deep("-").replace(" 글", " : 글")),
    ] {
        let text = read(&guide(&callout, &fields));
        let last = letters(&text).contains("단계59");
        assert!(last && !text.contains("단계60"), "{text}");
        if callout.contains("단계1 ") {
            assert!((0..60).all(|level| text.contains(&format!("단계{level} 글"))));
        }
    }
}

#[test]
fn thousands_of_pictographs_are_drawn() {
    for text in ["\u{1f680}".repeat(2000), "\u{1f680} ".repeat(2000)] {
        print(&guide(&text, &format!("- 이름 : {text}\n- {text} : 값")));
    }
}

/// The least time of three, for other tests run beside it; the square would take four times as long.
/// Each text is another one, for the engine remembers what it laid out.
#[test]
fn twice_the_words_take_about_twice_as_long() {
    let mut number = 0;
    let mut time = |words: usize| {
        number += 1;
        let words = format!("낱말{number} 글 ").repeat(words / 2);
        let (_folder, project) = project(&guide(&words, "- 이름 : 값"), &[]);
        let start = Instant::now();
        prints(&project);
        start.elapsed()
    };
    let mut least = |words| (0..3).map(|_| time(words)).min().unwrap();
    least(1000);
    let (once, twice) = (least(20_000), least(40_000));
    let ratio = twice.as_secs_f64() / once.as_secs_f64();
    assert!(ratio < 3.2, "{once:?} {twice:?}");
}

#[test]
fn sheet_has_the_words_of_its_pages_language() {
    let steps = "1. Open **Settings** and click **Restart**.\n2. Check the state.\n";
    let english = read(&format!("---\ntitle: Restart\nlang: en\n---\n\n{steps}"));
    assert!(english.contains("Tick one by one"), "{english}");
    let is_hangul = |character: char| matches!(character, '\u{ac00}'..='\u{d7a3}');
    let boxes = Config::defaults().checklist.case_fields;
    let korean = english.lines().filter(|line| line.contains(is_hangul));
    // The project's own words stay in its language.
    for line in korean {
        assert!(
            boxes
                .iter()
                .any(|own| letters(line).contains(&letters(&own.label))),
            "{line}"
        );
    }
    let korean = read(&format!("---\ntitle: 다시 시작\n---\n\n{steps}"));
    assert!(korean.contains("하나씩"), "{korean}");
}

#[test]
fn nothing_that_is_copied_out_of_a_sheet_has_characters_without_a_width() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let word = format!("id{}", "0123456789".repeat(12));
    let (_own, project) = project(&guide(&word, "- 채널 이름 : 임의의 값"), &[]);
    for print in prints(&project) {
        let text = text_of(&folder, &print.pdf);
        let invisible = [
            '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}',
        ];
        assert!(!text.contains(invisible), "{}: {text}", print.name);
        assert!(letters(&text).contains(&word), "{text}");
    }
}

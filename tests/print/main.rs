//! Printed sheets: the same items as on the page, every word to be read, every code to be
//! scanned, and no secret on any of them.
//!
//! What is on paper is read with poppler, qpdf and zbar, as other programs would. Without them
//! those tests pass and say so, unless `CI` is set.

#![cfg(feature = "pdf")]

mod booklet;
mod characters;
mod command;
mod conditions;
mod figures;
mod fillable;
mod form;
mod layout;
mod letterhead;
mod paper;
#[path = "../support/project.rs"]
mod project;
mod variants;

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;
use tickbook::config::Config;
use tickbook::output::checklist::{filled_page, page};
use tickbook::render::checklist::{ChecklistView, ItemView, NoticeView};
use tickbook::render::html::Destination;
use tickbook::render::print::Printer;
use tickbook::render::sheet::view as sheet_view;
use tickbook::render::text::{RichLine, Run, TextBlock};

use crate::command::guide_with;
use crate::project::{Project, package};

/// A printed sheet with what it was printed from.
struct Print {
    name: String,
    view: ChecklistView,
    pdf: Vec<u8>,
}

/// The sample site, the cases that can be built, and the real documents where there are some.
fn projects() -> Vec<Project> {
    let cases = fs::read_dir(package().join("tests/cases")).unwrap();
    let cases: BTreeSet<PathBuf> = cases.map(|case| case.unwrap().path()).collect();
    let cases = cases.iter().filter(|case| !case.ends_with("fatal_faults"));
    let mut projects: Vec<Project> = cases.map(|case| Project::read(case)).collect();
    projects.push(Project::read(package()));
    if let Some(corpus) = std::env::var_os("TICKBOOK_CORPUS") {
        let root = tempfile::tempdir().unwrap();
        let corpus = PathBuf::from(corpus);
        projects.push(Project::read_content(
            root.path(),
            &corpus,
            Config::defaults(),
        ));
    }
    projects
}

fn views(project: &Project) -> Vec<(ChecklistView, String)> {
    project.with_view(|view| {
        let printer = Printer::new(view).unwrap();
        let style = view.theme.sheet_style();
        let look_at = |sheet| {
            let sheet = printer.look_at(sheet).unwrap();
            let html = filled_page(&sheet, view, &style).unwrap();
            (sheet, html)
        };
        view.sheets.iter().map(look_at).collect()
    })
}

/// Every sheet of the sample site, printed.
fn sample() -> Vec<Print> {
    prints(&Project::read(package()))
}

fn prints(project: &Project) -> Vec<Print> {
    project.with_view(|view| {
        let printer = Printer::new(view).unwrap();
        let print = |sheet: &_| {
            let view_of = printer.look_at(sheet).unwrap();
            Print {
                name: view_of.id.clone() + "/" + &view_of.mode.key,
                pdf: printer.sheet(&view_of).unwrap(),
                view: view_of,
            }
        };
        view.sheets.iter().map(print).collect()
    })
}

/// Letters and digits only: blanks and marks differ between forms.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric())
        .collect()
}

fn select<'h>(element: ElementRef<'h>, selector: &str) -> Vec<ElementRef<'h>> {
    element
        .select(&Selector::parse(selector).unwrap())
        .collect()
}

/// Letters of an element, without the words that templates of components add.
fn shown(element: ElementRef<'_>) -> String {
    let added = [
        "mark",
        "pointer-word",
        "accordion-word",
        "figure",
        "figure-caption",
    ];
    let mut text = String::new();
    for child in element.children() {
        match child.value() {
            Node::Text(own) => text.push_str(own),
            Node::Element(own) if own.classes().any(|class| added.contains(&class)) => {}
            Node::Element(_) => text.push_str(&shown(ElementRef::wrap(child).unwrap())),
            _ => {}
        }
    }
    letters(&text)
}

fn html_letters(html: &str) -> String {
    shown(Html::parse_fragment(html).root_element())
}

/// Letters of runs; what stands for an image is no text in HTML.
fn run_letters(runs: &[Run]) -> String {
    let texts = runs.iter().filter(|run| run.figure.is_none());
    letters(&texts.map(|run| run.text.as_str()).collect::<String>())
}

fn block_letters(blocks: &[TextBlock]) -> String {
    let one = |block: &TextBlock| match block {
        TextBlock::Paragraph { runs } | TextBlock::Heading { runs } => run_letters(runs),
        TextBlock::Quote { blocks } | TextBlock::Indent { blocks } => block_letters(blocks),
        TextBlock::List { items, .. } => items
            .iter()
            .map(|item| block_letters(&item.blocks))
            .collect(),
        TextBlock::Table { head, rows } => {
            let cells = std::iter::once(head).chain(rows).flatten();
            cells.map(|cell| run_letters(cell)).collect()
        }
        TextBlock::Code { text } => letters(text),
        TextBlock::Rule => String::new(),
        TextBlock::Notice { title, blocks, .. } => run_letters(title) + &block_letters(blocks),
    };
    blocks.iter().map(one).collect()
}

/// What an item says, in the order in which it is read: from the data that is printed.
fn printed_item(item: &ItemView) -> Vec<String> {
    let line = |line: &RichLine| run_letters(&line.runs);
    let mut parts: Vec<String> = item.notices.iter().map(notice_letters).collect();
    parts.insert(0, letters(&item.heading));
    if item.role == "hazard" {
        parts.push(letters(&item.title) + &block_letters(&item.body.blocks));
        parts.retain(|part| !part.is_empty());
        return parts;
    }
    parts.extend([
        letters(&item.condition),
        line(&item.label),
        line(&item.condition_note),
        letters(&item.answer),
        block_letters(&item.body.blocks),
    ]);
    parts.extend(item.blanks.iter().map(|place| letters(&place.label)));
    parts.extend(item.steps.iter().map(|step| letters(step)));
    for choice in &item.choices {
        parts.extend([
            letters(&choice.mark),
            line(&choice.condition),
            letters(&choice.answer),
            block_letters(&choice.body.blocks),
        ]);
        parts.extend(choice.write_in.iter().map(|place| letters(&place.label)));
    }
    parts.extend(item.write_in.iter().map(|place| letters(&place.label)));
    parts.retain(|part| !part.is_empty());
    parts
}

fn notice_letters(notice: &NoticeView) -> String {
    letters(&notice.title) + &block_letters(&notice.text.blocks)
}

/// What an item says, in the order in which it is read: from its page.
fn shown_item(item: ElementRef<'_>, given: &ItemView) -> Vec<String> {
    let first = |element: ElementRef<'_>, selector| {
        select(element, selector)
            .first()
            .map(|found| shown(*found))
            .unwrap_or_default()
    };
    let child = |class: &str| {
        let children = item.children().filter_map(ElementRef::wrap);
        let found = children.filter(move |child| child.value().classes().any(|own| own == class));
        found.collect::<Vec<_>>()
    };
    let mut parts = Vec::new();
    for (element, notice) in child("notice").into_iter().zip(&given.notices) {
        // A notice without a title has the word for its kind in its place.
        let title = letters(&notice.title);
        let body = select(element, ".notice-body")[0];
        let all = shown(body);
        let head = first(body, ".notice-title");
        parts.push(title + &all[head.len()..]);
    }
    parts.splice(0..0, child("item-heading").into_iter().map(shown));
    if given.role == "hazard" {
        let body = first(child("notice")[0], ".notice-body");
        let head = first(child("notice")[0], ".notice-title");
        parts.push(letters(&given.title) + &body[head.len()..]);
    }
    if !given.has_box {
        for name in ["label", "body"] {
            parts.extend(child(name).into_iter().map(shown));
        }
        for steps in child("steps") {
            parts.extend(select(steps, "li").into_iter().map(shown));
        }
        parts.retain(|part| !part.is_empty());
        return parts;
    }
    let line = child("line")[0];
    let of_line =
        |selector: &str| -> String { select(line, selector).into_iter().map(shown).collect() };
    let (required, condition, note) =
        (of_line(".required"), of_line(".condition"), of_line(".for"));
    let label = first(line, ".label");
    parts.push(letters(&given.condition));
    assert!(condition.ends_with(&letters(&given.condition)));
    let label = label[condition.len()..label.len() - required.len()].to_string();
    parts.push(label[..label.len() - note.len()].to_string());
    parts.push(note);
    let long = child("answer-line");
    let answer = long
        .first()
        .map_or_else(|| first(line, ".answer"), |line| shown(*line));
    parts.push(answer);
    parts.extend(child("body").into_iter().map(shown));
    let caption_of = |place: ElementRef<'_>| {
        let (prefix, caption) = (first(place, ".prefix"), first(place, ".caption"));
        caption[..caption.len() - prefix.len()].to_string()
    };
    let places: Vec<String> = child("write").into_iter().map(caption_of).collect();
    let (blanks, own) = places.split_at(given.blanks.len());
    parts.extend_from_slice(blanks);
    for steps in child("steps") {
        parts.extend(select(steps, "li").into_iter().map(shown));
    }
    for choices in child("choices") {
        for choice in select(choices, ".choice") {
            for selector in [".number", ".label", ".answer", ".body", ".write > .caption"] {
                parts.push(first(choice, selector));
            }
        }
    }
    parts.extend_from_slice(own);
    parts.retain(|part| !part.is_empty());
    parts
}

#[test]
fn page_and_print_hold_the_same_items_in_the_same_order() {
    let mut compared = 0;
    for project in projects() {
        for (view, html) in views(&project) {
            let page = Html::parse_document(&html);
            let of_page = select(page.root_element(), ".item");
            let items = view.sections.iter().flat_map(|section| &section.items);
            let of_print: Vec<&ItemView> = items.collect();
            assert_eq!(of_page.len(), of_print.len(), "{}", view.id);
            for (element, item) in of_page.into_iter().zip(of_print) {
                let number = select(element, ".line > .number").into_iter().next();
                let number = number.map(|number| number.text().collect::<String>());
                assert_eq!(number.unwrap_or_default(), item.number);
                assert_eq!(
                    shown_item(element, item),
                    printed_item(item),
                    "{} {}",
                    view.id,
                    item.number
                );
                compared += 1;
            }
            let items = view.sections.iter().flat_map(|section| &section.items);
            for NoticeView { text, .. } in items.flat_map(|item| &item.notices) {
                assert_eq!(
                    html_letters(&text.html),
                    block_letters(&text.blocks),
                    "{}",
                    view.id
                );
            }
        }
    }
    assert!(compared > 100, "{compared} items");
}

/// Fields, a component with a title, and a path below a heading that begins with a note.
const REPEATED: &str = r#"---
title: a
---
## A

### 테스트 연동

#### 설정방법

- 과세설정 : 미설정

<Accordion title="값을 다시 찾으려면" content="1. 콘솔에 로그인합니다.
2. 정보를 엽니다." />

#### 알림 설정

입금되면 알림이 전달됩니다.

- [콘솔](https://example.com/) > 설정 > 알림 > 주소
"#;

#[test]
fn nothing_is_printed_twice_in_an_item() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/a.md"), REPEATED).unwrap();
    let project = Project::read(folder.path());
    let mut said = BTreeSet::new();
    for (view, _) in views(&project) {
        let mut headings = BTreeSet::new();
        for item in view.sections.iter().flat_map(|section| &section.items) {
            let label = run_letters(&item.label.runs);
            headings.insert(letters(&item.heading));
            assert!(label.is_empty() || !headings.contains(&label), "{label}");
            for other in [letters(&item.answer), block_letters(&item.body.blocks)] {
                assert!(label.is_empty() || !other.starts_with(&label), "{label}");
            }
            let body = block_letters(&item.body.blocks);
            assert!(item.answer.is_empty() || body != letters(&item.answer));
            said.insert(label);
        }
    }
    let expected = ["값을다시찾으려면", "과세설정", "아래경로로여세요"];
    assert!(
        expected.iter().all(|label| said.contains(*label)),
        "{said:?}"
    );
}

/// Whether a program is there; its absence is a failure where `CI` is set.
fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    assert!(
        found || std::env::var_os("CI").is_none(),
        "{program} is missing"
    );
    if !found {
        println!("skipped: {program} is missing");
    }
    found
}

fn text_of(folder: &TempDir, pdf: &[u8]) -> String {
    let file = folder.path().join("sheet.pdf");
    fs::write(&file, pdf).unwrap();
    let mut command = Command::new("pdftotext");
    let output = command
        .args(["-raw", "-q"])
        .arg(&file)
        .arg("-")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_role_is_printed_as_what_it_is() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let project = Project::read(&package().join("tests/cases/server_runbook"));
    let prints = prints(&project);
    let texts = prints.iter().map(|print| {
        let text = text_of(&folder, &print.pdf);
        let revision = &print.view.revision.hash;
        format!(
            "== {}\n{}",
            print.name,
            text.replace(revision.as_str(), "HASH")
        )
    });
    insta::assert_snapshot!("roles", texts.collect::<String>());
}

/// Fails when the words are not all there, in this order and with these blanks.
fn expect_in_order(text: &str, words: &[String], name: &str) {
    // A line may end wherever a blank stands, and a long word may be cut. The white around an
    // asterisk's raised shape is read as a blank, whether there is one or not.
    let blanks = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        text.replace(" *", "*").replace("* ", "*")
    };
    let whole = blanks(text);
    for word in words {
        let word = blanks(word);
        assert!(whole.contains(&word), "{name} lacks {word:?}:\n{text}");
    }
    let mut rest = letters(text);
    for word in words {
        let word = letters(word);
        let found = rest.find(&word);
        assert!(
            found.is_some(),
            "{name} has {word:?} too early or not at all:\n{text}"
        );
        rest = rest[found.unwrap() + word.len()..].to_string();
    }
}

/// A line as other programs read it: the white inside the box around code is a blank, and so is
/// the end of a line.
fn as_read(line: &RichLine) -> String {
    let read = line.runs.iter().map(|run| match run {
        run if run.code => format!(" {} ", run.text),
        run if run.ends_line => format!("{} ", run.text),
        run => run.text.clone(),
    });
    read.collect::<String>().trim().to_string()
}

#[test]
fn every_label_and_value_can_be_read_in_order() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let prints: Vec<Print> = projects().iter().flat_map(prints).collect();
    assert!(prints.len() > 30, "{} sheets", prints.len());
    for Print {
        name, view, pdf, ..
    } in prints
    {
        let text = text_of(&folder, &pdf);
        assert!(text.contains(&view.mode.title), "{name}: {text}");
        let mut words = vec![view.scenario.title.clone()];
        for section in &view.sections {
            words.push(section.title.clone());
            for item in &section.items {
                words.extend([
                    item.number.clone(),
                    as_read(&item.label),
                    item.answer.clone(),
                ]);
                for choice in &item.choices {
                    words.extend([as_read(&choice.condition), choice.answer.clone()]);
                }
            }
        }
        words.retain(|word| !word.is_empty());
        expect_in_order(&text, &words, &name);
        for step in view
            .sections
            .iter()
            .flat_map(|section| &section.path)
            .flat_map(|path| &path.steps)
        {
            assert!(
                letters(&text).contains(&letters(step)),
                "{name} lacks {step}"
            );
        }
    }
}

/// The address on paper is compared with the marks on the page, which is made another way.
#[test]
fn paper_and_page_carry_the_same_marks() {
    for project in projects() {
        project.with_view(|view| {
            for sheet in view.sheets {
                let on_site = view.context(sheet.page, Destination::File(sheet.address.file()));
                let html = page(sheet, view, "", Destination::File(sheet.address.file())).unwrap();
                let html = Html::parse_document(&html);
                let marks = select(html.root_element(), "[data-mark]");
                let marks: String = marks
                    .iter()
                    .filter_map(|part| part.attr("data-mark"))
                    .collect();
                let checklist = sheet_view(sheet, view.sheets, on_site).unwrap();
                let on_paper = Printer::new(view).unwrap().look_at(sheet).unwrap();
                assert_eq!(checklist.print, on_paper.print);
                if let Some((_, printed)) = on_paper.print.rsplit_once('.') {
                    assert_eq!(printed, marks, "{}", sheet.address);
                }
            }
        });
    }
}

#[test]
fn another_value_changes_the_mark_of_its_item_only() {
    let mark = |value: &str| {
        let folder = guide_with(value);
        let project = Project::read(&folder.path().join("guides"));
        project.with_view(|view| {
            let printer = Printer::new(view).unwrap();
            let sheet = printer.look_at(&view.sheets[0]).unwrap();
            let items = sheet.sections.into_iter().flat_map(|section| section.items);
            items
                .map(|item| (item.number, item.mark))
                .collect::<Vec<_>>()
        })
    };
    let (before, after) = (mark("INIpayTest"), mark("MIIiasTest"));
    let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1, "{before:?} {after:?}");
    assert_eq!(before.len(), after.len());
}

#[test]
fn files_are_sound_and_accessible() {
    if !has("qpdf") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.pdf");
    for Print {
        name, view, pdf, ..
    } in projects().iter().flat_map(prints)
    {
        fs::write(&file, &pdf).unwrap();
        let check = Command::new("qpdf")
            .arg("--check")
            .arg(&file)
            .output()
            .unwrap();
        assert!(check.status.success(), "{name}: {check:?}");
        let info = Command::new("pdfinfo").arg(&file).output().unwrap();
        let info = String::from_utf8(info.stdout).unwrap();
        let has = |key: &str, value: &str| {
            let line = info.lines().find(|line| line.starts_with(key));
            assert!(
                line.is_some_and(|line| line.contains(value)),
                "{name} {key}: {info}"
            );
        };
        has("Tagged:", "yes");
        has("Title:", &view.scenario.title);
        has("Page size:", "A4");
        let meta = Command::new("pdfinfo")
            .arg("-meta")
            .arg(&file)
            .output()
            .unwrap();
        let meta = String::from_utf8(meta.stdout).unwrap();
        assert!(meta.contains("pdfuaid:part>1<"), "{name}: {meta}");
    }
}

#[test]
fn same_input_gives_the_same_bytes() {
    let print = || {
        Project::read(package()).with_view(|view| {
            let printer = Printer::new(view).unwrap();
            let sheets: Vec<_> = view.sheets.iter().take(3).collect();
            let views: Vec<_> = sheets
                .iter()
                .map(|sheet| printer.look_at(sheet).unwrap())
                .collect();
            (
                printer.sheet(&views[0]).unwrap(),
                printer.booklet(&views, |_| ()).unwrap(),
            )
        })
    };
    assert!(print() == print());
}

/// Web addresses on a sheet that are short enough for a code.
fn addresses(view: &ChecklistView) -> BTreeSet<String> {
    let paths = view
        .sections
        .iter()
        .filter_map(|section| section.path.as_ref());
    let items = view.sections.iter().flat_map(|section| &section.items);
    let urls = paths
        .map(|path| &path.url)
        .chain(items.map(|item| &item.url))
        .chain([&view.print]);
    urls.filter(|url| url.starts_with("http"))
        .cloned()
        .collect()
}

fn scanned(folder: &TempDir, pdf: &[u8]) -> BTreeSet<String> {
    let file = folder.path().join("sheet.pdf");
    fs::write(&file, pdf).unwrap();
    let stem = folder.path().join("page");
    let mut render = Command::new("pdftoppm");
    render.args(["-r", "150", "-gray"]).arg(&file).arg(&stem);
    assert!(render.status().unwrap().success());
    let mut found = BTreeSet::new();
    for page in fs::read_dir(folder.path()).unwrap() {
        let page = page.unwrap().path();
        if page.extension().is_none_or(|ending| ending != "pgm") {
            continue;
        }
        let mut scan = Command::new("zbarimg");
        let scan = scan
            .args(["--raw", "-q", "-Sdisable", "-Sqrcode.enable"])
            .arg(&page);
        let text = String::from_utf8(scan.output().unwrap().stdout).unwrap();
        found.extend(text.lines().map(str::to_string));
        fs::remove_file(page).unwrap();
    }
    found
}

#[test]
fn every_code_can_be_scanned_off_a_copy() {
    if !has("zbarimg") || !has("pdftoppm") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for Print {
        name, view, pdf, ..
    } in sample()
    {
        let mut wanted = addresses(&view);
        let codes = scanned(&folder, &pdf);
        let source = codes.iter().find(|url| url.starts_with(&view.source));
        assert!(
            !view.source.is_empty() && source.is_some(),
            "{name}: {codes:?}"
        );
        wanted.extend(source.cloned());
        assert_eq!(codes, wanted, "{name}");
    }
}

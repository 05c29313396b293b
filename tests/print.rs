//! Printed sheets: the same items as on the page, every word to be read, every code to be
//! scanned, and no secret on any of them.
//!
//! What is on paper is read with poppler, qpdf and zbar, as other programs would. Without them
//! those tests pass and say so, unless `CI` is set.

#![cfg(feature = "pdf")]

#[path = "support/project.rs"]
mod project;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scraper::node::Node;
use scraper::{ElementRef, Html, Selector};
use tempfile::TempDir;
use tickbook::config::Config;
use tickbook::output::checklist::{filled_page, page};
use tickbook::render::checklist::{ChecklistView, ItemView, NoticeView};
use tickbook::render::html::Output;
use tickbook::render::print::Printer;
use tickbook::render::sheet::view as sheet_view;
use tickbook::render::text::{Line, Run, TextBlock};

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
    let added = ["mark", "pointer-word"];
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
    let texts = runs.iter().filter(|run| !run.image);
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
    let line = |line: &Line| run_letters(&line.runs);
    let mut parts: Vec<String> = item.notices.iter().map(notice_letters).collect();
    parts.extend([
        line(&item.label),
        letters(&item.answer),
        block_letters(&item.body.blocks),
    ]);
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
    let line = child("line")[0];
    let required = first(line, ".required");
    let label = first(line, ".label");
    parts.push(label[..label.len() - required.len()].to_string());
    let long = child("answer-line");
    let answer = long
        .first()
        .map_or_else(|| first(line, ".answer"), |line| shown(*line));
    parts.push(answer);
    parts.extend(child("body").into_iter().map(shown));
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
    for place in child("write") {
        let prefix = first(place, ".prefix");
        let caption = first(place, ".caption");
        parts.push(caption[..caption.len() - prefix.len()].to_string());
    }
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
                let number = select(element, ".line > .number")[0];
                assert_eq!(number.text().collect::<String>(), item.number);
                assert_eq!(
                    shown_item(element, item),
                    printed_item(item),
                    "{} {}",
                    view.id,
                    item.number
                );
                compared += 1;
            }
            let summary = &view.scenario.summary;
            assert_eq!(
                html_letters(&summary.html),
                block_letters(&summary.blocks),
                "{}",
                view.id
            );
            let notices = view.sections.iter().flat_map(|section| &section.notices);
            for NoticeView { text, .. } in notices {
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
                words.extend([item.number.clone(), item.label.text(), item.answer.clone()]);
                for choice in &item.choices {
                    words.extend([choice.condition.text(), choice.answer.clone()]);
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
                let on_site = view.place(sheet.page, Output::File(&sheet.address));
                let html = page(sheet, view, "", Output::File(&sheet.address)).unwrap();
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
                printer.booklet(&views).unwrap(),
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
    render.args(["-r", "200", "-gray"]).arg(&file).arg(&stem);
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

fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run_at(None, folder, arguments)
}

/// The same at a time that the environment gives.
fn run_at(time: Option<&str>, folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tickbook"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(time.map(|time| ("SOURCE_DATE_EPOCH", time)));
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    (output.status.code().unwrap(), said)
}

/// Prints from the sample site into a folder of its own.
fn print(folder: &TempDir, arguments: &[&str]) -> (i32, String) {
    let root = package().to_str().unwrap();
    let arguments: Vec<&str> = ["print", "--root", root]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    run(folder.path(), &arguments)
}

/// A guide with a field of each kind.
fn guide() -> TempDir {
    guide_with("INIpayTest")
}

/// The same with another value for one-time payments.
fn guide_with(value: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mode = "#### Where\n\n- [Console](https://console.example.com/) > Channels\n\n\
        #### What to set\n\n- Channel name : any name\n- Merchant ID : issued value\n\
        - Payment\n  - One-time : VALUE\n  - Recurring : INIBillTst\n\
        - Secret key : issued value\n- Mode : live\n\n";
    let mode = mode.replace("VALUE", value);
    let text = format!(
        "---\ntitle: Some Pay\n---\n## Card\n\n### Sandbox\n\n{mode}### Production\n\n{mode}"
    );
    let (code, said) = run(folder.path(), &["new", "guides", "--lang", "en", "--quiet"]);
    assert_eq!(code, 0, "{said}");
    for entry in fs::read_dir(folder.path().join("guides/content/guides")).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    fs::write(folder.path().join("guides/content/guides/some.md"), text).unwrap();
    folder
}

fn print_guide(folder: &TempDir, arguments: &[&str]) -> (i32, String) {
    let base = ["print", "some", "--root", "guides", "--mode", "sandbox"];
    let arguments: Vec<&str> = base.iter().chain(arguments).copied().collect();
    run(folder.path(), &arguments)
}

/// What is shown of a sheet that is printed as HTML and as PDF.
fn forms(folder: &TempDir, arguments: &[&str]) -> [String; 2] {
    let mut texts = [String::new(), String::new()];
    for (text, file) in texts.iter_mut().zip(["sheet.html", "sheet.pdf"]) {
        let arguments: Vec<&str> = arguments.iter().copied().chain(["-o", file]).collect();
        let (code, said) = print_guide(folder, &arguments);
        assert_eq!(code, 0, "{said}");
        let bytes = fs::read(folder.path().join(file)).unwrap();
        *text = if file == "sheet.pdf" {
            text_of(folder, &bytes)
        } else {
            let html = Html::parse_document(&String::from_utf8(bytes).unwrap());
            let sheet = select(html.root_element(), "article.sheet")[0];
            sheet.text().collect::<Vec<_>>().join(" ")
        };
    }
    texts
}

#[test]
fn what_is_known_of_a_case_is_filled_in() {
    if !has("pdftotext") {
        return;
    }
    let folder = guide();
    let set = [
        "--set",
        "merchant=Shop A",
        "--set",
        "channel name=main",
        "--set",
        "Merchant ID=MOI123",
    ];
    for text in forms(&folder, &set) {
        for value in ["Shop A", "main", "MOI123"] {
            assert!(text.contains(value), "{value}: {text}");
        }
    }
    fs::write(
        folder.path().join("case.yaml"),
        "set:\n  merchant: Shop B\n  Merchant ID: 12345\nchoose: recurring\n",
    )
    .unwrap();
    for text in forms(&folder, &["--case", "case.yaml"]) {
        for value in ["Shop B", "12345", "INIBillTst"] {
            assert!(text.contains(value), "{value}: {text}");
        }
        assert!(!text.contains("INIpayTest"), "{text}");
    }
}

#[test]
fn choices_that_do_not_concern_the_case_are_left_out() {
    if !has("pdftotext") {
        return;
    }
    let folder = guide();
    for arguments in [
        ["--choose", "Recurring"],
        ["--set", "payment=Recurring"],
        ["--set", "payment=INIBillTst"],
    ] {
        for text in forms(&folder, &arguments) {
            assert!(
                text.contains("INIBillTst") && !text.contains("INIpayTest"),
                "{text}"
            );
        }
    }
    for text in forms(&folder, &[]) {
        assert!(
            text.contains("INIBillTst") && text.contains("INIpayTest"),
            "{text}"
        );
    }
    for arguments in [["--choose", "nothing"], ["--set", "payment=nothing"]] {
        let (code, said) = print_guide(&folder, &arguments);
        assert_eq!(code, 2);
        assert!(said.contains("Payment: Recurring"), "{said}");
    }
}

const CANARY: &str = "canary8a41";

/// Whether the canary is in any file of a folder, compressed or not.
fn is_told(folder: &TempDir) -> bool {
    let entries = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files = entries.filter(|path| path.is_file());
    files.any(|file| {
        let bytes = fs::read(&file).unwrap();
        let text = text_of(&tempfile::tempdir().unwrap(), &bytes);
        String::from_utf8_lossy(&bytes).contains(CANARY) || text.contains(CANARY)
    })
}

#[test]
fn secrets_are_refused_with_a_reason_and_told_nowhere() {
    let folder = guide();
    let given = |key: &str| format!("{key}={CANARY}");
    // The guide's field, a part of its name, and labels that only look secret.
    for key in ["Secret key", "secret", "api password", "Some TOKEN"] {
        for file in ["sheet.html", "sheet.pdf"] {
            let (code, said) = print_guide(&folder, &["--set", &given(key), "-o", file]);
            assert_eq!(code, 2, "{key}: {said}");
            assert!(
                said.contains("is a secret and never printed"),
                "{key}: {said}"
            );
            assert!(!said.contains(CANARY), "{key}: {said}");
            assert!(!folder.path().join(file).exists());
        }
    }
    let case = format!("set:\n  Secret key: {CANARY}\n");
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).unwrap();
    fs::write(cases.join("one.yaml"), &case).unwrap();
    for arguments in [
        ["--case", "cases/one.yaml", "-o", "sheet.pdf"],
        ["--cases", "cases", "-o", "out"],
    ] {
        let (code, said) = print_guide(&folder, &arguments);
        assert_eq!(code, 2, "{said}");
        assert!(
            said.contains("is a secret") && !said.contains(CANARY),
            "{said}"
        );
    }
    assert!(!folder.path().join("out").exists());
    assert!(!is_told(&folder));
}

#[test]
fn values_are_in_no_error() {
    let folder = guide();
    let faults = [
        CANARY.to_string(),
        format!("={CANARY}"),
        format!("nothing={CANARY}"),
        format!("mode={CANARY}"),
        format!("merchant={}", CANARY.repeat(1000)),
        format!("merchant={CANARY} \u{6f22}"),
        format!("merchant={CANARY} \u{1f600}"),
        format!("payment={CANARY}"),
    ];
    for fault in faults {
        let (code, said) = print_guide(&folder, &["--set", &fault, "-o", "sheet.pdf"]);
        assert_eq!(code, 2, "{said}");
        assert!(
            !said.contains(CANARY) && said.lines().count() < 12,
            "{said}"
        );
    }
    for file in [
        format!("set: {CANARY}"),
        format!("set: [{CANARY}]"),
        format!("{CANARY}: 1"),
        format!("set:\n  merchant: [{CANARY}]"),
        format!("set: {{merchant: \"{CANARY}"),
    ] {
        fs::write(folder.path().join("case.yaml"), &file).unwrap();
        let (code, said) = print_guide(&folder, &["--case", "case.yaml", "-o", "sheet.pdf"]);
        assert_eq!(code, 2, "{file}: {said}");
        assert!(
            said.contains("case.yaml") && !said.contains(CANARY),
            "{said}"
        );
    }
}

#[test]
fn hostile_values_are_printed_as_they_stand() {
    if !has("pdftotext") {
        return;
    }
    let folder = guide();
    let hostile =
        "#panic() $x$ *b* <script>alert(1)</script> `c` \\ {{ t }} ${HOME} @a ~ \"q\" 'r' //";
    let value = format!("merchant={hostile}");
    for text in forms(&folder, &["--set", &value]) {
        assert!(letters(&text).contains(&letters(hostile)), "{text}");
        for mark in ["#panic()", "$x$", "<script>", "{{ t }}", "`c`"] {
            assert!(text.contains(mark), "{mark}: {text}");
        }
    }
    let html = fs::read_to_string(folder.path().join("sheet.html")).unwrap();
    assert!(!html.contains("<script>"));
    let long = format!("merchant={}", "가나다라 ".repeat(39));
    for text in forms(&folder, &["--set", &long]) {
        assert_eq!(text.matches("가나다라").count(), 39);
    }
}

#[test]
#[cfg(unix)]
fn only_the_owner_may_read_what_is_printed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = guide();
    fs::write(folder.path().join("old.pdf"), "old").unwrap();
    fs::set_permissions(
        folder.path().join("old.pdf"),
        fs::Permissions::from_mode(0o644),
    )
    .unwrap();
    for file in ["new.pdf", "old.pdf", "new.html"] {
        let (code, said) = print_guide(&folder, &["-o", file]);
        assert_eq!(code, 0, "{said}");
        let mode = fs::metadata(folder.path().join(file))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[test]
fn a_folder_of_cases_gives_a_file_each_named_by_merchant_and_scenario() {
    let folder = guide();
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).unwrap();
    for (name, text) in [
        (
            "1.yaml",
            "guide: some\nmode: sandbox\nset: {merchant: Shop A}",
        ),
        (
            "2.yaml",
            "guide: some\nmode: sandbox\nset: {merchant: Shop A}",
        ),
        (
            "3.yml",
            "guide: some\nmode: [sandbox, production]\nset: {merchant: \"상점 나\"}",
        ),
        ("4.yaml", "guide: some\nmode: sandbox"),
        ("notes.txt", "no case"),
    ] {
        fs::write(cases.join(name), text).unwrap();
    }
    let (code, said) = run(
        folder.path(),
        &["print", "--root", "guides", "--cases", "cases", "-o", "out"],
    );
    assert_eq!(code, 0, "{said}");
    let names = fs::read_dir(folder.path().join("out")).unwrap();
    let names: BTreeSet<String> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected = [
        "4-some-card-sandbox.pdf",
        "shop-a-some-card-sandbox-2.pdf",
        "shop-a-some-card-sandbox.pdf",
        "상점-나-some-card-sandbox-2.pdf",
    ];
    assert_eq!(names, expected.map(str::to_string).into());
}

#[test]
fn several_sheets_are_one_booklet_test_first() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let project = Project::read(package());
    let guides = project
        .book
        .sheets
        .iter()
        .map(|sheet| project.book.site.pages[sheet.page].slug.clone());
    let guides: BTreeSet<String> = guides.collect();
    let guides: Vec<&str> = guides.iter().map(String::as_str).take(2).collect();
    let (code, said) = print(
        &folder,
        &[guides[0], guides[1], "--mode", "test,live", "-o", "all.pdf"],
    );
    assert_eq!(code, 0, "{said}");
    let modes: Vec<bool> = said.lines().map(|line| line.contains("(live)")).collect();
    assert!(
        modes.is_sorted() && modes.contains(&false) && modes.contains(&true),
        "{said}"
    );
    let text = text_of(&folder, &fs::read(folder.path().join("all.pdf")).unwrap());
    let (cover, sheets) = text.split_once('\u{c}').unwrap();
    assert_eq!(
        cover.matches("LIVE").count(),
        modes.iter().filter(|live| **live).count()
    );
    assert_eq!(
        cover.matches("TEST").count(),
        modes.iter().filter(|live| !**live).count()
    );
    assert!(!sheets.contains("\u{c}\u{c}"), "an empty page");
    let (code, said) = print(
        &folder,
        &[guides[0], guides[1], "--mode", "live", "-o", "all.html"],
    );
    assert_eq!(code, 2, "{said}");
    let (code, said) = print(
        &folder,
        &[guides[0], "--mode", "test,live", "-o", "one.pdf"],
    );
    assert_eq!(code, 2, "{said}");
}

#[test]
fn time_of_printing_is_the_one_that_is_given() {
    if !has("pdftotext") {
        return;
    }
    let folder = guide();
    let print = |time| {
        let arguments = ["print", "some", "--root", "guides", "--mode", "sandbox"];
        let arguments = [arguments.as_slice(), &["-o", "sheet.pdf"]].concat();
        run_at(Some(time), folder.path(), &arguments)
    };
    let (code, said) = print("1772323200");
    assert_eq!(code, 0, "{said}");
    let file = folder.path().join("sheet.pdf");
    let text = text_of(&tempfile::tempdir().unwrap(), &fs::read(&file).unwrap());
    assert!(text.contains("2026-03-01"), "{text}");
    fs::remove_file(&file).unwrap();
    for malformed in ["", "now", "2026-03-01", "1.5", "-1", "99999999999999"] {
        let (code, said) = print(malformed);
        assert_eq!(code, 2, "{malformed}: {said}");
        assert!(
            said.contains("`SOURCE_DATE_EPOCH` is not a time. Set it to seconds since 1970"),
            "{malformed}: {said}"
        );
        assert!(!file.exists(), "{malformed}");
    }
}

#[test]
fn fonts_that_cannot_be_used_are_told() {
    let folder = guide();
    let check = |font: &str, expected: &str| {
        let (code, said) = print_guide(&folder, &["--font", font, "-o", "sheet.pdf"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(expected), "{said}");
        assert!(!folder.path().join("sheet.pdf").exists());
    };
    fs::write(folder.path().join("text.otf"), "no font").unwrap();
    check("gone.otf", "cannot read the font file gone.otf");
    check("text.otf", "text.otf is not a font file");
    let korean = package().join("fonts/Pretendard-Bold.otf");
    let korean = korean.to_str().unwrap();
    let (code, said) = print_guide(&folder, &["--font", korean, "-o", "bold.pdf"]);
    assert_eq!(code, 0, "{said}");
    let config = folder.path().join("guides/tickbook.yaml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text + "\nprint: { fonts: [gone.otf] }\n").unwrap();
    let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
    assert!(
        code == 2 && said.contains("cannot read the font file gone.otf"),
        "{said}"
    );
    let (code, said) = print_guide(&folder, &["-o", "sheet.html"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn characters_that_no_font_has_are_told_before_anything_is_written() {
    let folder = guide();
    let path = folder.path().join("guides/content/guides/some.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("any name", "any name \u{6f22}")).unwrap();
    let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("U+6F22") && said.contains("Pretendard"),
        "{said}"
    );
    assert!(!folder.path().join("sheet.pdf").exists());
    // Pictographs are drawn.
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replace(
            '\u{6f22}',
            "\u{1f4a1} \u{2714}\u{fe0f} \u{1f680} 1\u{fe0f}\u{20e3}",
        ),
    )
    .unwrap();
    let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn own_template_is_printed_and_its_faults_are_told_with_their_line() {
    if !has("pdftotext") {
        return;
    }
    let folder = guide();
    let template = folder.path().join("guides/templates/checklist.typ");
    fs::create_dir_all(template.parent().unwrap()).unwrap();
    let own = "#let data = json(\"data.json\")\n#set document(title: data.title)\n\
        #set text(font: data.fonts)\nOwn: #data.sheets.first().scenario.title\n";
    fs::write(&template, own).unwrap();
    let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
    assert_eq!(code, 0, "{said}");
    let text = text_of(&folder, &fs::read(folder.path().join("sheet.pdf")).unwrap());
    assert!(text.contains("Own: Card"), "{text}");
    // A warning is a fault too: an unknown font would give a page without text.
    for fault in [
        "#nothing",
        "#text(font: \"Gone\")[a]",
        "#read(\"/etc/passwd\")",
    ] {
        fs::write(&template, format!("{own}\n{fault}\n")).unwrap();
        let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains("checklist.typ:6"), "{said}");
    }
}

#[test]
fn every_sheet_of_a_site_is_printed_beside_its_page() {
    let folder = guide();
    let (code, said) = run(
        folder.path(),
        &["build", "guides", "-o", "out", "--only", "pdf,checklist"],
    );
    assert_eq!(code, 0, "{said}");
    let sheets = folder.path().join("out/checklists/guides/some");
    for name in ["card-sandbox", "card-production"] {
        assert!(sheets.join(format!("{name}.html")).exists(), "{name}");
        assert!(
            fs::read(sheets.join(format!("{name}.pdf")))
                .unwrap()
                .starts_with(b"%PDF-")
        );
    }
    let (code, said) = run(folder.path(), &["build", "guides", "-o", "plain"]);
    assert_eq!(code, 0, "{said}");
    assert!(
        !folder
            .path()
            .join("plain/checklists/guides/some/card-sandbox.pdf")
            .exists()
    );
}

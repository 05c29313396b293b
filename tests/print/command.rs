//! `tickbook print` as people meet it: what is filled in, left out, refused and told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use scraper::Html;
use tempfile::TempDir;

use crate::project::{Project, package};
use crate::{has, letters, select, text_of};

pub fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run_at(None, folder, arguments)
}

/// The same at a time that the environment gives.
pub fn run_at(time: Option<&str>, folder: &Path, arguments: &[&str]) -> (i32, String) {
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
pub fn print(folder: &TempDir, arguments: &[&str]) -> (i32, String) {
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
pub fn guide_with(value: &str) -> TempDir {
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
fn is_reported(folder: &TempDir) -> bool {
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
fn secrets_are_refused_with_a_reason_and_reported_nowhere() {
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
    assert!(!is_reported(&folder));
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
        let (code, said) = print_guide(&folder, &["--force", "-o", file]);
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
        &[
            "print",
            "--root",
            "guides",
            "--cases",
            "cases",
            "-o",
            "out",
            "--with-findings",
        ],
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
fn faults_of_all_cases_are_reported_and_nothing_is_written() {
    let folder = guide();
    let cases = folder.path().join("cases");
    fs::create_dir(&cases).unwrap();
    for (name, text) in [
        ("1.yaml", "guide: some\nmode: sandbox"),
        ("2.yaml", "guide: some\nmode: sandbx"),
        ("3.yaml", "guide: some\nmode: [sandbox"),
        ("4.yaml", "guide: other\nmode: sandbox"),
        (
            "5.yaml",
            "guide: some\nmode: sandbox\nset: {secret key: abc}",
        ),
    ] {
        fs::write(cases.join(name), text).unwrap();
    }
    let base = ["print", "--root", "guides", "--cases", "cases", "-o", "out"];
    let (code, said) = run(folder.path(), &base);
    assert_eq!(code, 2, "{said}");
    for (name, is_faulty) in [
        ("1", false),
        ("2", true),
        ("3", true),
        ("4", true),
        ("5", true),
    ] {
        let is_named = said.contains(&format!("cases/{name}.yaml:"));
        assert_eq!(is_named, is_faulty, "{name}: {said}");
    }
    assert!(said.contains("4 faults") && !said.contains("abc"), "{said}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn several_sheets_are_one_booklet_test_first() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let project = Project::read(package());
    let with_modes = project.book.sheets.iter().filter(|sheet| {
        let (_, mode) = sheet.parts(&project.book.site);
        !mode.has_tasks()
    });
    let guides = with_modes.map(|sheet| project.book.site.pages[sheet.page].slug.clone());
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
fn all_without_a_guide_prints_what_matches_in_every_guide() {
    let folder = tempfile::tempdir().unwrap();
    let project = Project::read(package());
    let count = |is_asked: &dyn Fn(&str) -> bool| {
        let sheets = project.book.sheets.iter();
        let modes = sheets.map(|sheet| sheet.parts(&project.book.site).1);
        modes.filter(|mode| is_asked(&mode.key)).count()
    };
    for (arguments, expected) in [
        (vec!["--all"], project.book.sheets.len()),
        (vec!["--all", "--mode", "live"], count(&|key| key == "live")),
    ] {
        let arguments: Vec<&str> = arguments.into_iter().chain(["-o", "all.pdf"]).collect();
        let (code, said) = print(&folder, &arguments);
        assert_eq!(code, 0, "{said}");
        assert_eq!(said.lines().count(), expected, "{said}");
    }
    let (code, said) = print(&folder, &["--all", "--mode", "lvie"]);
    assert!(code == 2 && said.contains("live"), "{code} {said}");
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
fn fonts_that_cannot_be_used_are_reported() {
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
    // A file of the project is missing for every command, one of the machine when it is needed.
    let (code, said) = print_guide(&folder, &["-o", "sheet.html"]);
    assert!(
        code == 2 && said.contains("cannot read the font file gone.otf"),
        "{said}"
    );
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("gone.otf", "/gone.otf")).unwrap();
    let (code, said) = print_guide(&folder, &["-o", "sheet.html"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn characters_that_no_font_has_are_reported_before_anything_is_written() {
    let folder = guide();
    let path = folder.path().join("guides/content/guides/some.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("any name", "any name \u{6f22}")).unwrap();
    let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
    assert_eq!(code, 2);
    assert!(
        said.contains("guides/some.md:14:27: `Card · Sandbox` is not printed")
            && said.contains("U+6F22"),
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
fn own_template_is_printed_and_its_faults_are_reported_with_their_line() {
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

/// A guide of three scenarios, of which one holds what cannot be printed.
fn guide_with_a_fault(fault: &str) -> TempDir {
    let folder = guide();
    let path = folder.path().join("guides/content/guides/some.md");
    let text = fs::read_to_string(&path).unwrap();
    let own = text.split("## Card").nth(1).unwrap();
    let own = own.split("### Production").next().unwrap();
    let more = own.replace("any name", fault);
    fs::write(&path, format!("{text}## Bank\n{more}## Cash\n{own}")).unwrap();
    folder
}

#[test]
fn sheet_that_cannot_be_printed_costs_no_other() {
    let folder = guide_with_a_fault("any \u{6f22}");
    let build = || {
        let arguments = ["build", "guides", "-o", "out", "--only", "pdf,checklist"];
        run(folder.path(), &arguments)
    };
    let (code, said) = build();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("guides/some.md:49:22"), "{said}");
    assert!(said.contains("`Bank · Sandbox` is not printed"), "{said}");
    assert!(said.contains("sheets not printed: 1;"), "{said}");
    let sheets = folder.path().join("out/checklists/guides/some");
    let is_there = |name: &str| sheets.join(name).exists();
    assert!(is_there("card-sandbox.pdf") && is_there("card-production.pdf"));
    assert!(is_there("cash-sandbox.pdf") && is_there("bank-sandbox.html"));
    assert!(!is_there("bank-sandbox.pdf"));
    // The same is found again, though nothing changed.
    let (code, again) = build();
    assert_eq!(code, 1, "{again}");
    assert!(again.contains("`Bank · Sandbox` is not printed"), "{again}");
    // The checker has found it before.
    let (_, said) = run(folder.path(), &["check", "guides"]);
    assert!(
        said.contains("missing-glyph") && said.contains("some.md:49:22"),
        "{said}"
    );
}

#[test]
fn fault_of_the_template_is_reported_for_every_sheet() {
    let folder = guide();
    let templates = folder.path().join("guides/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("checklist.typ"), "\n#nothing\n").unwrap();
    let (code, said) = run(
        folder.path(),
        &["build", "guides", "-o", "out", "--only", "pdf"],
    );
    assert_eq!(code, 1, "{said}");
    assert_eq!(
        said.matches("checklist.typ:2: unknown variable").count(),
        2,
        "{said}"
    );
    assert!(said.contains("guides/some.md:22:1"), "{said}");
}

#[test]
fn letters_in_circles_and_brackets_are_printed_without_a_glyph() {
    if !has("pdftotext") {
        return;
    }
    let folder = guide_with("\u{3260} \u{2474} 1\u{223c}2");
    let (code, said) = print_guide(&folder, &["-o", "sheet.pdf"]);
    assert_eq!(code, 0, "{said}");
    let text = text_of(&folder, &fs::read(folder.path().join("sheet.pdf")).unwrap());
    assert!(text.contains('\u{3131}'), "{text}");
    assert!(text.contains("(1)") && text.contains("1~2"), "{text}");
}

//! What a project has at the head and the foot of each page.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

use crate::command::{guide_with, run_at};
use crate::{has, letters, text_of};

/// Noon of 2 March 2026, UTC.
const TIME: Option<&str> = Some("1772452800");

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="64" height="16"><path d="M0 0h64v16z" fill="#123456"/></svg>"##;

/// A project with these settings of `print`.
fn project(settings: &str) -> TempDir {
    let folder = guide_with("INIpayTest");
    let root = folder.path().join("guides");
    let mut config = fs::read_to_string(root.join("tickbook.yaml")).unwrap();
    config.push_str(&format!("\nprint: {settings}\n"));
    fs::write(root.join("tickbook.yaml"), config).unwrap();
    fs::write(root.join("logo.svg"), LOGO).unwrap();
    folder
}

fn print(folder: &TempDir, more: &[&str]) -> (i32, String) {
    let base = ["print", "some", "--root", "guides", "--mode", "sandbox"];
    let end = ["--with-findings", "--force", "-o", "sheet.pdf"];
    let arguments: Vec<&str> = base.iter().chain(&end).chain(more).copied().collect();
    run_at(TIME, folder.path(), &arguments)
}

fn printed(folder: &TempDir, more: &[&str]) -> Vec<u8> {
    let (code, said) = print(folder, more);
    assert_eq!(code, 0, "{said}");
    fs::read(folder.path().join("sheet.pdf")).unwrap()
}

/// How many times a sheet draws with the colour of the logo.
fn logos(folder: &TempDir) -> usize {
    let file = folder.path().join("sheet.pdf");
    let plain = Command::new("qpdf")
        .args(["--qdf", "--stream-data=uncompress"])
        .arg(file)
        .arg("-")
        .output();
    let plain = String::from_utf8_lossy(&plain.unwrap().stdout).into_owned();
    plain.matches("0.07058824 0.20392157 0.3372549").count()
}

#[test]
fn every_page_has_the_footer_the_day_and_who_prints() {
    if !has("pdftotext") {
        return;
    }
    let folder = project("{footer: Garam Payments · 1588-0000, date: true, by: Hana}");
    for (more, by) in [(vec![], "Hana"), (vec!["--by", "지원팀"], "지원팀")] {
        let pdf = printed(&folder, &[more, vec!["--scale", "2"]].concat());
        let text = text_of(&folder, &pdf);
        let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        assert!(pages.len() > 1);
        for page in pages {
            let page = letters(page);
            for word in ["Garam Payments · 1588-0000", "Printed 2026-03-02", by] {
                assert!(page.contains(&letters(word)), "{word}: {page}");
            }
        }
    }
}

#[test]
fn sheet_without_a_letterhead_has_none() {
    if !has("pdftotext") {
        return;
    }
    let folder = project("{}");
    let pdf = printed(&folder, &[]);
    assert!(!text_of(&folder, &pdf).contains("Printed by"));
    assert_eq!(logos(&folder), 0);
}

#[test]
fn logo_is_at_the_head() {
    if !has("qpdf") {
        return;
    }
    let folder = project("{logo: logo.svg}");
    printed(&folder, &[]);
    assert!(logos(&folder) > 0);
}

#[test]
fn logo_that_cannot_be_printed_is_an_error_that_names_it() {
    for (logo, expected) in [
        ("none.svg", "print.logo: `none.svg`: "),
        (
            "../logo.svg",
            "print.logo: `../logo.svg` is not a path below",
        ),
        ("logo.txt", "name a file of svg, png, jpg, webp"),
        ("text.png", "`print.logo`"),
    ] {
        let folder = project(&format!("{{logo: {logo}}}"));
        fs::write(folder.path().join("guides/text.png"), "no picture").unwrap();
        let (code, said) = print(&folder, &[]);
        assert!(code == 2 && said.contains(expected), "{code}: {said}");
        assert!(!folder.path().join("sheet.pdf").exists());
    }
}

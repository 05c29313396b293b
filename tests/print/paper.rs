//! Paper: its size, how it lies, large print, and how many pages the sheets of the sample take.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::{print, run};
use crate::project::{Project, package};
use crate::{has, prints};

/// What `pdfinfo` says of a file, such as the number of pages for `Pages`.
fn info(file: &Path, key: &str) -> String {
    let info = Command::new("pdfinfo").arg(file).output().unwrap();
    let info = String::from_utf8_lossy(&info.stdout).into_owned();
    let line = info.lines().find_map(|line| line.strip_prefix(key));
    let line = line.unwrap_or_else(|| panic!("no {key} in {info}"));
    line.trim_start_matches(':').trim().to_string()
}

/// Height of a word on the first page, in points.
fn height_of(word: &str, file: &Path) -> f64 {
    let boxes = Command::new("pdftotext")
        .args(["-bbox", "-l", "1"])
        .arg(file)
        .arg("-")
        .output()
        .unwrap();
    let boxes = String::from_utf8(boxes.stdout).unwrap();
    let line = boxes
        .lines()
        .find(|line| line.contains(&format!(">{word}<")));
    let line = line.unwrap_or_else(|| panic!("no {word}"));
    let edge = |name: &str| -> f64 {
        let (_, rest) = line.split_once(name).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    edge("yMax=\"") - edge("yMin=\"")
}

#[test]
fn options_choose_the_paper() {
    if !has("pdfinfo") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.pdf");
    let sheet = ["kakaopay", "--mode", "live", "-o", "sheet.pdf"];
    for (options, size) in [
        (vec![], "595.276 x 841.89 pts (A4)"),
        (
            vec!["--orientation", "landscape"],
            "841.89 x 595.276 pts (A4)",
        ),
        (vec!["--paper", "letter"], "612 x 792 pts (letter)"),
        (
            vec![
                "--paper",
                "letter",
                "--orientation",
                "landscape",
                "--scale",
                "1.5",
            ],
            "792 x 612 pts (letter)",
        ),
    ] {
        let arguments = [sheet.as_slice(), options.as_slice()].concat();
        let (code, output) = print(&folder, &arguments);
        assert_eq!(code, 0, "{output}");
        assert_eq!(info(&file, "Page size"), size, "{options:?}");
    }
}

#[test]
fn large_print_is_larger_by_its_scale() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let heights = ["1", "1.5"].map(|scale| {
        let name = format!("{scale}.pdf");
        let sheet = ["kakaopay", "--mode", "live", "--scale", scale, "-o", &name];
        let (code, output) = print(&folder, &sheet);
        assert_eq!(code, 0, "{output}");
        height_of("고객사", &folder.path().join(name))
    });
    let factor = heights[1] / heights[0];
    assert!((1.45..1.55).contains(&factor), "{heights:?}");
}

#[test]
fn configuration_chooses_the_paper_and_options_go_before_it() {
    if !has("pdfinfo") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("content")).unwrap();
    let text = "---\ntitle: Brew\n---\n\n## Steps\n\n1. Boil the water.\n2. Add the leaves.\n";
    fs::write(at.join("content/tea.md"), text).unwrap();
    let config = "lang: en\nprint: { paper: letter, orientation: landscape }\n";
    fs::write(at.join("tickbook.yaml"), config).unwrap();
    for (option, size) in [
        (vec![], "792 x 612 pts (letter)"),
        (vec!["--paper", "a4"], "841.89 x 595.276 pts (A4)"),
    ] {
        let arguments = [vec!["print", "tea", "-o", "tea.pdf", "--force"], option].concat();
        let (code, output) = run(at, &arguments);
        assert_eq!(code, 0, "{output}");
        assert_eq!(info(&at.join("tea.pdf"), "Page size"), size);
    }
}

#[test]
fn scale_out_of_range_is_an_error_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::create_dir(at.join("content")).unwrap();
    fs::write(at.join("tickbook.yaml"), "print: { scale: 3 }\n").unwrap();
    let (code, output) = run(at, &["check"]);
    assert_eq!(code, 2, "{output}");
    assert!(output.contains("print.scale"), "{output}");
    let (code, output) = print(&folder, &["kakaopay", "--scale", "0.5"]);
    assert_eq!(code, 2, "{output}");
    assert!(output.contains("from 1 to 2"), "{output}");
}

#[test]
fn most_sheets_of_the_sample_are_one_page() {
    if !has("pdfinfo") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let prints = prints(&Project::read(package()));
    let pages = prints.iter().map(|sheet| {
        let file = folder.path().join("sheet.pdf");
        fs::write(&file, &sheet.pdf).unwrap();
        info(&file, "Pages").parse::<usize>().unwrap()
    });
    let pages: Vec<usize> = pages.collect();
    let one = pages.iter().filter(|pages| **pages == 1).count();
    assert!(one * 4 >= pages.len() * 3, "{one} of {}", pages.len());
    assert!(pages.iter().all(|pages| *pages <= 2), "{pages:?}");
}

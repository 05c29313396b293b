//! Sheets that are filled in on a screen: their fields, and what programs make of them.
//!
//! No validator of PDF/UA can be installed from a registry of packages as small as a test wants, so
//! [`form_is_accessible`] checks what ISO 14289-1 asks of forms: each widget in the structure as the
//! only child of a `Form`, with a description, in the order of the structure, with embedded fonts.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string, text_string};

use crate::command::{guide_with, print, run};
use crate::form::{Widget, forms_in_structure, load, widgets};
use crate::has;
use crate::project::package;

/// A value that a sheet's fields are filled with: letters of two scripts.
const VALUE: &str = "가나 AB12";

/// A guide whose fields are of every kind: written, in cells, chosen, secret.
const GUIDE: &str = "---
title: Some Pay
---
## Card

### Sandbox

#### What to set

- Channel name : any name
- Site code : issued value (8 characters, starts with AB)
- Merchant ID
  - One-time : INIpayTest
  - Recurring : INIBillTst
- Secret key : issued value
";

fn own_guide() -> tempfile::TempDir {
    let folder = guide_with("INIpayTest");
    fs::write(folder.path().join("guides/content/guides/some.md"), GUIDE).unwrap();
    folder
}

fn print_own(folder: &tempfile::TempDir, arguments: &[&str]) -> Document {
    let base = [
        "print",
        "some",
        "--root",
        "guides",
        "--fillable",
        "--force",
        "-o",
        "form.pdf",
    ];
    let arguments = [&base, arguments].concat();
    let (code, said) = run(folder.path(), &arguments);
    assert_eq!(code, 0, "{said}");
    load(&folder.path().join("form.pdf"))
}

/// A booklet of sheets of the sample, on several pages.
fn sample(folder: &tempfile::TempDir, arguments: &[&str]) -> Document {
    let base = [
        "kg-inicis",
        "paypal",
        "--mode",
        "live",
        "--all",
        "--fillable",
        "--force",
    ];
    let arguments = [&base, arguments, &["-o", "form.pdf"]].concat();
    let (code, said) = print(folder, &arguments);
    assert_eq!(code, 0, "{said}");
    load(&folder.path().join("form.pdf"))
}

fn by_name(document: &Document) -> BTreeMap<String, Widget> {
    let widgets = widgets(document).into_iter();
    widgets
        .map(|widget| (widget.name.clone(), widget))
        .collect()
}

fn kinds(document: &Document) -> BTreeSet<String> {
    let widgets = by_name(document);
    let parts = widgets
        .keys()
        .map(|name| name.rsplit('/').next().unwrap().to_string());
    parts.collect()
}

#[test]
fn every_place_is_a_field_with_a_description() {
    let folder = own_guide();
    let document = print_own(&folder, &[]);
    let kinds = kinds(&document);
    for part in [
        "done",
        "value",
        "entered",
        "choice",
        "memo",
        "name",
        "signature",
        "date_time",
    ] {
        assert!(kinds.contains(part), "{part}: {kinds:?}");
    }
    for widget in widgets(&document) {
        assert!(!widget.text("TU").is_empty(), "{}", widget.name);
        assert!(!widget.name.contains('.'), "{}", widget.name);
    }
}

#[test]
fn choices_of_which_one_applies_are_one_field() {
    let folder = own_guide();
    let all = widgets(&print_own(&folder, &[]));
    let choices: Vec<&Widget> = all
        .iter()
        .filter(|widget| widget.parent.is_some())
        .collect();
    assert_eq!(choices.len(), 2);
    assert!(choices.iter().all(|choice| choice.flags() & (1 << 15) != 0));
    let state = |choice: &Widget| {
        let states = choice.dictionary.get(b"AP").unwrap().as_dict().unwrap();
        let states = states.get(b"N").unwrap().as_dict().unwrap();
        states
            .iter()
            .map(|(name, _)| name.clone())
            .find(|name| name != b"Off")
            .unwrap()
    };
    assert_ne!(state(choices[0]), state(choices[1]));
    assert!(
        choices[0].text("TU").contains("One-time"),
        "{}",
        choices[0].text("TU")
    );
}

#[test]
fn cells_take_as_many_characters_as_they_are_and_begin_with_the_prefix() {
    let folder = own_guide();
    let all = widgets(&print_own(&folder, &[]));
    let combs: Vec<&Widget> = all
        .iter()
        .filter(|widget| widget.flags() & (1 << 24) != 0)
        .collect();
    assert_eq!(combs.len(), 1);
    assert_eq!(combs[0].get("MaxLen").unwrap().as_i64().unwrap(), 8);
    assert_eq!(combs[0].text("V"), "AB");
}

#[test]
fn secret_has_no_field_for_its_value_and_none_is_filled_in() {
    let folder = own_guide();
    let document = print_own(&folder, &[]);
    let secrets: Vec<Widget> = widgets(&document)
        .into_iter()
        .filter(|widget| widget.text("TU").contains("Secret key"))
        .collect();
    let parts: Vec<&str> = secrets
        .iter()
        .map(|w| w.name.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(parts, ["done", "entered"]);
    assert!(secrets.iter().all(|widget| !widget.is_text()));
    let arguments = [
        "print",
        "some",
        "--root",
        "guides",
        "--fillable",
        "-o",
        "canary.pdf",
    ];
    let set = ["--set", "secret key=CANARY-7f3a"];
    let (code, said) = run(folder.path(), &[arguments.as_slice(), &set].concat());
    assert_eq!(code, 2, "{said}");
    assert!(
        !said.contains("CANARY") && !folder.path().join("canary.pdf").exists(),
        "{said}"
    );
}

#[test]
fn values_of_a_case_are_in_fields_exactly_and_are_shown() {
    let folder = own_guide();
    let value = "뷁 Ünï (주) 0O1l\\";
    let document = print_own(&folder, &["--set", &format!("channel name={value}")]);
    let filled: Vec<Widget> = widgets(&document)
        .into_iter()
        .filter(|widget| widget.is_text() && widget.text("V") == value)
        .collect();
    assert_eq!(filled.len(), 1);
    // What is typed over it is as large as on other lines.
    let style = filled[0].text("DA");
    let size: f32 = style.split(' ').nth(1).unwrap().parse().unwrap();
    assert!(size > 8.5, "{style}");
    if has("pdftotext") {
        let file = folder.path().join("form.pdf");
        let text = Command::new("pdftotext").arg(file).arg("-").output();
        let text = String::from_utf8(text.unwrap().stdout).unwrap();
        assert_eq!(text.matches(value).count(), 1, "{text}");
    }
}

#[test]
fn every_field_can_be_filled_in_by_a_program_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = sample(&folder, &[]);
    let all = widgets(&document);
    for widget in all.iter().filter(|widget| widget.parent.is_none()) {
        let value = match widget.is_text() {
            true => text_string(VALUE),
            false => "Yes".into(),
        };
        document
            .get_dictionary_mut(widget.id)
            .unwrap()
            .set("V", value);
    }
    let file = folder.path().join("filled.pdf");
    document.save(&file).unwrap();
    let mut count = 0;
    for widget in widgets(&load(&file))
        .iter()
        .filter(|widget| widget.parent.is_none())
    {
        match widget.is_text() {
            true => assert_eq!(widget.text("V"), VALUE),
            false => assert_eq!(widget.get("V").unwrap().as_name().unwrap(), b"Yes"),
        }
        count += 1;
    }
    assert!(count > 100, "{count}");
}

#[test]
fn names_are_unique_and_do_not_depend_on_other_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let document = sample(&folder, &[]);
    let form = document
        .catalog()
        .unwrap()
        .get(b"AcroForm")
        .unwrap()
        .as_dict()
        .unwrap();
    let fields = form.get(b"Fields").unwrap().as_array().unwrap().iter();
    let names: Vec<String> = fields
        .map(|field| {
            document
                .get_dictionary(field.as_reference().unwrap())
                .unwrap()
        })
        .map(|field| decode_text_string(field.get(b"T").unwrap()).unwrap())
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    let arguments = ["kakaopay", "--mode", "live", "--fillable", "-o", "one.pdf"];
    assert_eq!(print(&folder, &arguments).0, 0);
    let one = by_name(&load(&folder.path().join("one.pdf")));
    let arguments = [
        "kakaopay",
        "danal",
        "--mode",
        "live",
        "--all",
        "--fillable",
        "-o",
        "two.pdf",
    ];
    let (code, said) = print(&folder, &arguments);
    assert_eq!(code, 0, "{said}");
    let two = by_name(&load(&folder.path().join("two.pdf")));
    assert!(one.keys().all(|name| two.contains_key(name)));
}

#[test]
fn form_is_accessible() {
    let folder = tempfile::tempdir().unwrap();
    for paper in [
        [].as_slice(),
        &["--orientation", "landscape", "--scale", "1.5"],
        &["--paper", "letter"],
    ] {
        let document = sample(&folder, paper);
        let all = widgets(&document);
        // The order of reading, of the pages and of the form is the same.
        let ids: Vec<ObjectId> = all.iter().map(|widget| widget.id).collect();
        assert_eq!(forms_in_structure(&document), ids, "{paper:?}");
        assert!(all.iter().any(|widget| widget.page > 2));
        for widget in &all {
            assert!(widget.dictionary.get(b"StructParent").is_ok());
            assert_eq!(widget.dictionary.get(b"F").unwrap().as_i64().unwrap(), 4);
            assert!(!widget.text("TU").is_empty());
            assert!(widget.dictionary.get(b"AP").is_ok());
        }
        for page in document.get_pages().into_values() {
            let page = document.get_dictionary(page).unwrap();
            if page.get(b"Annots").is_ok() {
                assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
            }
        }
        has_what_a_document_needs(&document);
        assert_eq!(marks_left(&document), 0);
    }
}

/// Language, title, identification and embedded fonts; no program has to draw a field.
fn has_what_a_document_needs(document: &Document) {
    let catalog = document.catalog().unwrap();
    assert!(catalog.get(b"Lang").is_ok());
    let marks = catalog
        .get_deref(b"MarkInfo", document)
        .unwrap()
        .as_dict()
        .unwrap();
    assert_eq!(marks.get(b"Marked").unwrap(), &Object::Boolean(true));
    let viewer = catalog
        .get_deref(b"ViewerPreferences", document)
        .unwrap()
        .as_dict()
        .unwrap();
    assert_eq!(
        viewer.get(b"DisplayDocTitle").unwrap(),
        &Object::Boolean(true)
    );
    let metadata = catalog
        .get_deref(b"Metadata", document)
        .unwrap()
        .as_stream()
        .unwrap();
    let metadata = metadata.get_plain_content().unwrap();
    assert!(String::from_utf8_lossy(&metadata).contains("<pdfuaid:part>1</pdfuaid:part>"));
    let form = catalog.get(b"AcroForm").unwrap().as_dict().unwrap();
    assert!(form.get(b"NeedAppearances").is_err());
    let is_font = |object: &&Dictionary| {
        object
            .get(b"Type")
            .and_then(Object::as_name)
            .is_ok_and(|kind| kind == b"FontDescriptor")
    };
    let dictionaries = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok());
    let fonts: Vec<&Dictionary> = dictionaries.filter(is_font).collect();
    assert!(fonts.len() > 1);
    assert!(
        fonts
            .iter()
            .all(|font| font.has(b"FontFile2") || font.has(b"FontFile3"))
    );
}

/// Links that only mark a field.
fn marks_left(document: &Document) -> usize {
    let actions = document.objects.values().filter_map(|object| {
        let action = object.as_dict().ok()?.get(b"A").ok()?.as_dict().ok()?;
        action.get(b"URI").ok()?.as_str().ok()
    });
    actions
        .filter(|address| address.starts_with(b"field:"))
        .count()
}

#[test]
fn same_sheet_gives_the_same_bytes_and_qpdf_finds_no_fault() {
    let folder = own_guide();
    let print = || {
        print_own(&folder, &["--set", "channel name=가"]);
        fs::read(folder.path().join("form.pdf")).unwrap()
    };
    assert!(print() == print());
    if has("qpdf") {
        let file = folder.path().join("form.pdf");
        let checked = Command::new("qpdf")
            .arg("--check")
            .arg(file)
            .output()
            .unwrap();
        assert!(checked.status.success(), "{checked:?}");
    }
}

#[test]
fn sheet_without_the_option_is_no_form() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["kakaopay", "--mode", "live", "-o", "plain.pdf"];
    assert_eq!(print(&folder, &arguments).0, 0);
    let document = load(&folder.path().join("plain.pdf"));
    assert!(document.catalog().unwrap().get(b"AcroForm").is_err());
    assert!(widgets(&document).is_empty() && marks_left(&document) == 0);
}

#[test]
fn words_in_their_order_are_those_of_the_plain_sheet() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let text = |arguments: &[&str]| {
        let base = ["payco", "--mode", "live", "-o", "sheet.pdf", "--force"];
        let (code, said) = print(&folder, &[&base, arguments].concat());
        assert_eq!(code, 0, "{said}");
        let file = folder.path().join("sheet.pdf");
        let text = Command::new("pdftotext")
            .arg("-raw")
            .arg(file)
            .arg("-")
            .output();
        String::from_utf8(text.unwrap().stdout).unwrap()
    };
    assert_eq!(text(&["--fillable"]), text(&[]));
}

#[test]
fn only_pdf_is_a_form() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = print(
        &folder,
        &["kakaopay", "--mode", "live", "--fillable", "-o", "a.html"],
    );
    assert_eq!(code, 2, "{said}");
    let root = package().to_str().unwrap();
    let build = |only| {
        run(
            folder.path(),
            &["build", root, "-o", "out", "--fillable", "--only", only],
        )
    };
    let (code, said) = build("checklist");
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("--only pdf"), "{said}");
}

#[test]
fn build_makes_a_form_of_every_sheet_when_it_is_asked_to() {
    let folder = own_guide();
    let forms = |arguments: &[&str]| {
        let base = ["build", "guides", "-o", "out", "--only", "pdf"];
        let (code, said) = run(folder.path(), &[&base, arguments].concat());
        assert_eq!(code, 0, "{said}");
        let file = folder
            .path()
            .join("out/checklists/guides/some/card-sandbox.pdf");
        widgets(&load(&file)).len()
    };
    // What was built before does not stay when the option changes.
    assert_eq!(forms(&[]), 0);
    assert!(forms(&["--fillable"]) > 10);
    assert_eq!(forms(&[]), 0);
}

/// Fills in every text of a form with poppler: the form, the filled form, the value.
const FILL: &str = r#"
import sys
import gi
gi.require_version("Poppler", "0.18")
from gi.repository import GLib, Poppler
source, target, value = sys.argv[1:]
document = Poppler.Document.new_from_file(GLib.filename_to_uri(source, None), None)
for number in range(document.get_n_pages()):
    for place in document.get_page(number).get_form_field_mapping():
        if place.field.get_field_type() == Poppler.FormFieldType.TEXT:
            place.field.text_set_text(value)
document.save(GLib.filename_to_uri(target, None))
"#;

#[test]
fn poppler_shows_what_is_typed_in_the_font_of_the_form() {
    // The interpreter of the system, which has the bindings; another one first in the path has none.
    let python = |arguments: &[&str]| Command::new("/usr/bin/python3").args(arguments).output();
    let bindings = "import gi; gi.require_version('Poppler', '0.18')";
    if !python(&["-c", bindings]).is_ok_and(|done| done.status.success()) {
        eprintln!("left out: python3-gi and gir1.2-poppler-0.18 are missing");
        return;
    }
    let folder = own_guide();
    let fields = widgets(&print_own(&folder, &[]));
    let [form, filled] = ["form.pdf", "filled.pdf"].map(|name| folder.path().join(name));
    let [form, filled] = [&form, &filled].map(|file| file.to_str().unwrap());
    let done = python(&["-c", FILL, form, filled, "\u{d64d}\u{ae38}\u{b3d9}"]).unwrap();
    assert!(done.status.success(), "{done:?}");
    let said = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let texts = fields.iter().filter(|field| field.is_text()).count();
    // Characters in cells have room between them.
    let shown = said("pdftotext", &[filled, "-"]);
    let shown: String = shown.split_whitespace().collect();
    assert_eq!(
        shown.matches("\u{d64d}\u{ae38}\u{b3d9}").count(),
        texts,
        "{shown}"
    );
    // A program that lacks a character in the font of the form adds one of its system.
    assert_eq!(
        said("pdffonts", &[filled]).lines().count(),
        said("pdffonts", &[form]).lines().count()
    );
}

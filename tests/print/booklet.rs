//! Booklets: sheets that were bound to one PDF.

use std::collections::BTreeSet;
use std::fs;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::command::print;
use crate::project::{Project, package};
use crate::{has, text_of};

/// All sheets of the sample site as one PDF, and how many there are.
fn booklet() -> (Vec<u8>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = print(&folder, &["--all", "-o", "all.pdf"]);
    assert_eq!(code, 0, "{said}");
    let pdf = fs::read(folder.path().join("all.pdf")).unwrap();
    (pdf, Project::read(package()).book.sheets.len())
}

fn dictionary<'d>(document: &'d Document, object: &'d Object) -> &'d Dictionary {
    match object {
        Object::Reference(id) => document.get_dictionary(*id).unwrap(),
        object => object.as_dict().unwrap(),
    }
}

fn array<'d>(document: &'d Document, object: &'d Object) -> &'d [Object] {
    let object = object
        .as_reference()
        .map_or(object, |id| document.get_object(id).unwrap());
    object.as_array().unwrap()
}

/// The page that a place leads to, counted from 1.
fn page_at(document: &Document, place: &[Object]) -> u32 {
    let page = place[0].as_reference().unwrap();
    let pages = document.get_pages();
    let found = pages.iter().find(|(_, id)| **id == page);
    *found.unwrap().0
}

#[test]
fn cover_leads_to_the_page_that_it_names() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (pdf, sheets) = booklet();
    let text = text_of(&folder, &pdf);
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let starts = pages.iter().enumerate();
    let starts = starts.filter(|(_, page)| {
        page.lines().take(9).any(|line| {
            let line: String = line
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect();
            line.starts_with("1/") || line.contains("1/1") || line.ends_with("1/2")
        })
    });
    let starts: Vec<u32> = starts
        .map(|(index, _)| u32::try_from(index + 1).unwrap())
        .collect();
    let document = Document::load_mem(&pdf).unwrap();
    let mut led_to = Vec::new();
    for (_, id) in document.get_pages() {
        let page = document.get_dictionary(id).unwrap();
        let Ok(links) = page.get(b"Annots") else {
            continue;
        };
        for link in array(&document, links) {
            if let Ok(place) = dictionary(&document, link).get(b"Dest") {
                led_to.push(page_at(&document, array(&document, place)));
            }
        }
    }
    led_to.dedup();
    assert_eq!(led_to.len(), sheets);
    assert_eq!(led_to, starts, "{text}");
    let cover = &pages[..led_to[0] as usize - 1].concat();
    let numbers: BTreeSet<&str> = cover.split_whitespace().collect();
    for page in led_to {
        assert!(
            numbers.contains(page.to_string().as_str()),
            "{page}: {cover}"
        );
    }
}

#[test]
fn tags_of_all_parts_are_one_tree() {
    let (pdf, sheets) = booklet();
    let document = Document::load_mem(&pdf).unwrap();
    let catalog = document.catalog().unwrap();
    let tree = dictionary(&document, catalog.get(b"StructTreeRoot").unwrap());
    let all = array(&document, tree.get(b"K").unwrap());
    let all = dictionary(&document, &all[0]);
    assert_eq!(all.get(b"S").unwrap().as_name().unwrap(), b"Document");
    let parts = array(&document, all.get(b"K").unwrap());
    assert_eq!(parts.len(), sheets + 1);

    let mut tags: Vec<ObjectId> = parts
        .iter()
        .map(|part| part.as_reference().unwrap())
        .collect();
    let mut seen = BTreeSet::new();
    let mut names = BTreeSet::new();
    while let Some(id) = tags.pop() {
        assert!(seen.insert(id), "{id:?} is twice in the tree");
        let tag = document.get_dictionary(id).unwrap();
        if let Ok(name) = tag.get(b"ID") {
            let name = name.as_str().unwrap().to_vec();
            assert!(names.insert(name), "a name is used twice");
        }
        let Ok(kids) = tag.get(b"K") else { continue };
        let kids = kids
            .as_array()
            .map_or(std::slice::from_ref(kids), Vec::as_slice);
        for kid in kids.iter().filter_map(|kid| kid.as_reference().ok()) {
            let child = document.get_dictionary(kid).unwrap();
            if child.has_type(b"StructElem") {
                assert_eq!(child.get(b"P").unwrap().as_reference().unwrap(), id);
                tags.push(kid);
            }
        }
    }

    let places = dictionary(&document, tree.get(b"ParentTree").unwrap());
    let places = array(&document, places.get(b"Nums").unwrap());
    let numbers: Vec<i64> = places
        .iter()
        .step_by(2)
        .map(|place| place.as_i64().unwrap())
        .collect();
    assert!(numbers.is_sorted_by(|a, b| a < b));
    for (number, place) in numbers.iter().zip(places.iter().skip(1).step_by(2)) {
        let found = match document.get_object(place.as_reference().unwrap()).unwrap() {
            Object::Array(found) => found
                .iter()
                .filter_map(|tag| tag.as_reference().ok())
                .collect(),
            _ => vec![place.as_reference().unwrap()],
        };
        assert!(found.iter().all(|tag| seen.contains(tag)), "{number}");
    }

    let mut taken = BTreeSet::new();
    for object in document.objects.values() {
        let Ok(entries) = object.as_dict() else {
            continue;
        };
        for key in [b"StructParents".as_slice(), b"StructParent"] {
            if let Ok(place) = entries.get(key) {
                let place = place.as_i64().unwrap();
                assert!(taken.insert(place), "{place} is used twice");
                assert!(numbers.contains(&place), "{place} leads nowhere");
            }
        }
    }
}

#[test]
fn nothing_of_a_booklet_is_without_use() {
    let (pdf, sheets) = booklet();
    let mut document = Document::load_mem(&pdf).unwrap();
    let outline = document.catalog().unwrap().get(b"Outlines").unwrap();
    let outline = dictionary(&document, outline);
    assert!(outline.get(b"Count").unwrap().as_i64().unwrap() > i64::try_from(sheets).unwrap());
    assert_eq!(document.prune_objects(), Vec::<ObjectId>::new());
}

#[test]
fn booklet_has_the_pages_of_its_sheets() {
    if !has("pdftotext") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let guide = ["kakaopay", "--scenario", "결제창", "--mode"];
    let printed = |mode: &str| {
        let arguments: Vec<&str> = guide
            .iter()
            .copied()
            .chain([mode, "-o", "a.pdf", "--force"])
            .collect();
        let (code, said) = print(&folder, &arguments);
        assert_eq!(code, 0, "{said}");
        text_of(&folder, &fs::read(folder.path().join("a.pdf")).unwrap())
    };
    let both = printed("test,live");
    let (_, sheets) = both.split_once('\u{c}').unwrap();
    assert_eq!(sheets, printed("test") + &printed("live"));
}

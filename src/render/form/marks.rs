//! Where the fields of a PDF are: the links that its template has in their places.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::error::Error;
use crate::render::form::{MARK, failed};

/// A link that marks the place of a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Index of the field.
    pub field: usize,
    /// The page that it is on.
    pub page: ObjectId,
    /// The link.
    pub annotation: ObjectId,
    /// The element of structure that it is in.
    pub element: ObjectId,
    /// Its left, lower, right and upper edge on the page, in points.
    pub area: [f32; 4],
}

impl Mark {
    /// Width and height in points.
    pub fn size(&self) -> (f32, f32) {
        let [left, bottom, right, top] = self.area;
        (right - left, top - bottom)
    }
}

/// The marks of a document in the order of its pages, and on each in that of reading. An address that
/// only looks like a mark is left alone.
///
/// # Errors
/// [`Error::Template`] when a field has two marks, or a mark is outside of the structure.
pub(super) fn find_marks(document: &Document, fields: usize) -> Result<Vec<Mark>, Error> {
    let elements = elements(document);
    let mut marks: Vec<Mark> = Vec::new();
    for page in document.get_pages().into_values() {
        for annotation in annotations(document, page).map_err(failed)? {
            let link = document.get_dictionary(annotation).map_err(failed)?;
            let Some(field) = marked(document, link).filter(|field| *field < fields) else {
                continue;
            };
            let element = elements.get(&annotation).copied();
            let place = element.zip(area(link));
            let (element, area) = place.ok_or_else(|| no_place(field))?;
            if marks.iter().any(|mark| mark.field == field) {
                return Err(two_places(field));
            }
            marks.push(Mark {
                field,
                page,
                annotation,
                element,
                area,
            });
        }
    }
    Ok(marks)
}

fn two_places(field: usize) -> Error {
    let reason = format!("field {field} is in two places; mark it in one");
    Error::Template { reason }
}

fn no_place(field: usize) -> Error {
    let reason = format!("field {field} is marked where no reader comes to; mark it in the text");
    Error::Template { reason }
}

/// Elements of structure by the annotation that they contain.
fn elements(document: &Document) -> BTreeMap<ObjectId, ObjectId> {
    let mut elements = BTreeMap::new();
    for (id, object) in &document.objects {
        let Ok(element) = object.as_dict() else {
            continue;
        };
        if !is_link(element) {
            continue;
        }
        for annotation in children(element) {
            elements.insert(annotation, *id);
        }
    }
    elements
}

fn is_link(element: &Dictionary) -> bool {
    let kind = element.get(b"S").and_then(Object::as_name);
    kind.is_ok_and(|kind| kind == b"Link")
}

/// The annotations that an element contains.
fn children(element: &Dictionary) -> Vec<ObjectId> {
    let children = match element.get(b"K") {
        Ok(Object::Array(children)) => children.as_slice(),
        Ok(child) => std::slice::from_ref(child),
        Err(_) => &[],
    };
    let children = children.iter().filter_map(|child| child.as_dict().ok());
    let children = children.filter_map(|child| child.get(b"Obj").ok()?.as_reference().ok());
    children.collect()
}

fn annotations(document: &Document, page: ObjectId) -> Result<Vec<ObjectId>, lopdf::Error> {
    let page = document.get_dictionary(page)?;
    let Ok(annotations) = page.get_deref(b"Annots", document) else {
        return Ok(Vec::new());
    };
    let annotations = annotations.as_array()?.iter();
    annotations.map(Object::as_reference).collect()
}

/// The index of the field that a link marks.
fn marked(document: &Document, link: &Dictionary) -> Option<usize> {
    let action = link.get_deref(b"A", document).ok()?.as_dict().ok()?;
    let address = action.get(b"URI").ok()?.as_str().ok()?;
    let address = str::from_utf8(address).ok()?;
    address.strip_prefix(MARK)?.parse().ok()
}

fn area(link: &Dictionary) -> Option<[f32; 4]> {
    let edges = link.get(b"Rect").ok()?.as_array().ok()?.iter();
    let edges: Vec<f32> = edges.filter_map(|edge| edge.as_float().ok()).collect();
    edges.try_into().ok()
}

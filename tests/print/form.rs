//! Forms as other programs read them: their widgets, and the structure around these.

use std::path::Path;

use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};

/// A field of a form, or one of the places of a field that has several.
pub struct Widget {
    pub id: ObjectId,
    pub page: usize,
    pub name: String,
    pub dictionary: Dictionary,
    /// Those of the field that it is a place of, where it is not one of its own.
    pub parent: Option<Dictionary>,
}

impl Widget {
    pub fn get(&self, key: &str) -> Option<&Object> {
        let own = self.dictionary.get(key.as_bytes()).ok();
        own.or_else(|| self.parent.as_ref()?.get(key.as_bytes()).ok())
    }

    pub fn text(&self, key: &str) -> String {
        let text = self.get(key).map(|text| decode_text_string(text).unwrap());
        text.unwrap_or_default()
    }

    pub fn is_text(&self) -> bool {
        self.get("FT").unwrap().as_name().unwrap() == b"Tx"
    }

    pub fn flags(&self) -> i64 {
        self.get("Ff").map_or(0, |flags| flags.as_i64().unwrap())
    }
}

pub fn load(file: &Path) -> Document {
    Document::load(file).unwrap()
}

/// The widgets of a document in the order of its pages.
pub fn widgets(document: &Document) -> Vec<Widget> {
    let mut widgets = Vec::new();
    for (page, id) in document.get_pages() {
        let page_dictionary = document.get_dictionary(id).unwrap();
        let Ok(annotations) = page_dictionary.get_deref(b"Annots", document) else {
            continue;
        };
        for annotation in annotations.as_array().unwrap() {
            let id = annotation.as_reference().unwrap();
            let dictionary = document.get_dictionary(id).unwrap().clone();
            if dictionary.get(b"Subtype").unwrap().as_name().unwrap() != b"Widget" {
                continue;
            }
            let parent = dictionary.get(b"Parent").ok();
            let parent = parent.map(|parent| parent.as_reference().unwrap());
            let parent = parent.map(|parent| document.get_dictionary(parent).unwrap().clone());
            let page = usize::try_from(page).unwrap();
            let name = String::new();
            let mut widget = Widget {
                id,
                page,
                name,
                dictionary,
                parent,
            };
            widget.name = widget.text("T");
            widgets.push(widget);
        }
    }
    widgets
}

/// The annotations of each `Form` in the order of the structure.
pub fn forms_in_structure(document: &Document) -> Vec<ObjectId> {
    fn collect(document: &Document, object: &Object, forms: &mut Vec<ObjectId>) {
        let (_, object) = document.dereference(object).unwrap();
        match object {
            Object::Array(children) => {
                children
                    .iter()
                    .for_each(|child| collect(document, child, forms));
            }
            Object::Dictionary(element) => {
                if element
                    .get(b"S")
                    .and_then(Object::as_name)
                    .is_ok_and(|kind| kind == b"Form")
                {
                    let (_, child) = document.dereference(element.get(b"K").unwrap()).unwrap();
                    let child = match child {
                        Object::Array(children) => {
                            assert_eq!(children.len(), 1, "{element:?}");
                            &children[0]
                        }
                        child => child,
                    };
                    let child = child.as_dict().unwrap();
                    assert_eq!(child.get(b"Type").unwrap().as_name().unwrap(), b"OBJR");
                    forms.push(child.get(b"Obj").unwrap().as_reference().unwrap());
                } else if let Ok(children) = element.get(b"K") {
                    collect(document, children, forms);
                }
            }
            _ => {}
        }
    }
    let mut forms = Vec::new();
    let root = document
        .catalog()
        .unwrap()
        .get_deref(b"StructTreeRoot", document);
    let root = root.unwrap().as_dict().unwrap();
    collect(document, root.get(b"K").unwrap(), &mut forms);
    forms
}

//! A part of a PDF that is bound, as the engine made it: read, and moved behind the parts before.

use std::iter::successors;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// Keys of the numbers by which pages and links find their place in the tree of tags.
const PLACES: [&[u8]; 2] = [b"StructParents", b"StructParent"];

/// Keys of the names of tags.
const NAMES: [&[u8]; 2] = [b"ID", b"Headers"];

/// What the parts before have taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    /// Numbers of objects.
    pub objects: u32,
    /// Places in the tree of tags.
    pub places: i64,
    /// How many parts there are.
    pub parts: usize,
}

/// A part whose objects, places and names differ from those of other parts.
pub(super) struct Part {
    pub document: Document,
    pub catalog: Dictionary,
    pub pages: Vec<ObjectId>,
    /// Largest number of an object before it was moved.
    pub count: u32,
    pub taken: Taken,
}

impl Part {
    /// Reads a PDF that the engine made.
    ///
    /// # Errors
    /// When it is no PDF or has no catalog.
    pub fn read(pdf: &[u8], taken: Taken) -> lopdf::Result<Self> {
        let mut document = Document::load_mem(pdf)?;
        let (by, count) = (taken.objects, document.max_id);
        let pages = document.get_pages().into_values();
        let pages = pages.map(|(id, _)| (id + by, 0)).collect();
        for (_, object) in document.trailer.iter_mut() {
            shift(object, by);
        }
        let objects = std::mem::take(&mut document.objects).into_iter();
        let objects = objects.map(|((id, _), mut object)| {
            taken.shift(&mut object);
            ((id + by, 0), object)
        });
        document.objects = objects.collect();
        let catalog = document.catalog()?.clone();
        Ok(Self {
            document,
            catalog,
            pages,
            count,
            taken,
        })
    }

    /// The object that an entry refers to.
    pub fn object(&self, of: &Dictionary, key: &[u8]) -> lopdf::Result<Object> {
        let id = of.get(key)?.as_reference()?;
        Ok(self.document.get_object(id)?.clone())
    }

    /// The dictionary that an entry is or refers to.
    pub fn dictionary<'d>(
        &'d self,
        of: &'d Dictionary,
        key: &[u8],
    ) -> lopdf::Result<&'d Dictionary> {
        match of.get(key)? {
            Object::Reference(id) => self.document.get_dictionary(*id),
            object => object.as_dict(),
        }
    }

    /// What names the content of the document.
    pub fn id(&self) -> lopdf::Result<Vec<u8>> {
        let names = self.document.trailer.get(b"ID")?.as_array()?;
        let name = names.last();
        let name = name.ok_or(lopdf::Error::DictKey("ID".to_string()))?;
        Ok(name.as_str()?.to_vec())
    }

    /// The entries of the outline that are in no other one.
    pub fn outline(&self) -> Vec<(ObjectId, Dictionary)> {
        let named = |of: &Dictionary, key: &[u8]| {
            let id = of.get(key).ok()?.as_reference().ok()?;
            let entry = self.document.get_dictionary(id).ok()?;
            Some((id, entry.clone()))
        };
        let outline = self.dictionary(&self.catalog, b"Outlines");
        let first = outline.ok().and_then(|outline| named(outline, b"First"));
        successors(first, |(_, entry)| named(entry, b"Next")).collect()
    }
}

impl Taken {
    /// Moves what an object refers to, and the numbers and names of places in the tree of tags.
    fn shift(self, object: &mut Object) {
        shift(object, self.objects);
        let entries = match object {
            Object::Dictionary(entries) => entries,
            Object::Stream(stream) => &mut stream.dict,
            _ => return,
        };
        for key in PLACES {
            if let Ok(Object::Integer(place)) = entries.get_mut(key) {
                *place += self.places;
            }
        }
        if entries.has_type(b"StructElem") {
            self.rename_entries(entries);
        }
    }

    fn rename_entries(self, tag: &mut Dictionary) {
        for (key, value) in tag.iter_mut() {
            self.rename(value, NAMES.contains(&key.as_slice()));
        }
    }

    fn rename(self, value: &mut Object, is_name: bool) {
        match value {
            Object::String(name, _) if is_name => *name = self.name(name),
            Object::Array(items) => items.iter_mut().for_each(|item| self.rename(item, is_name)),
            Object::Dictionary(entries) => self.rename_entries(entries),
            _ => {}
        }
    }

    /// The name of a tag, which differs from those of other parts and comes after them.
    pub fn name(self, name: &[u8]) -> Vec<u8> {
        let part = format!("{:06}-", self.parts);
        [part.as_bytes(), name].concat()
    }
}

/// Moves the numbers of objects.
fn shift(object: &mut Object, by: u32) {
    match object {
        Object::Reference((id, _)) => *id += by,
        Object::Array(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Object::Dictionary(entries) => shift_entries(entries, by),
        Object::Stream(stream) => shift_entries(&mut stream.dict, by),
        _ => {}
    }
}

fn shift_entries(entries: &mut Dictionary, by: u32) {
    let entries = entries.iter_mut();
    entries.for_each(|(_, value)| shift(value, by));
}

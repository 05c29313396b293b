//! Several PDFs as one: a cover, and documents that it leads to.
//!
//! The engine makes each part by itself, so memory holds one layout at a time. What makes a PDF
//! accessible is joined: the tree of tags, the numbers by which pages and links find their place in
//! it, the roles of tags, and the outline. A part's own language stays with its tags.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Beginning of the address of a link on the cover that leads to a part; its index follows.
pub const PART: &str = "part:";

/// Keys of the numbers by which pages and links find their place in the tree of tags.
const PLACES: [&[u8]; 2] = [b"StructParents", b"StructParent"];

/// PDFs that will be one.
pub struct Binder {
    whole: Document,
    /// First number of a place in the tree of tags that is free.
    place: i64,
    /// Places in the tree of tags with what is there, by ascending numbers.
    places: Vec<Object>,
    roles: Dictionary,
    /// The element that contains all tags.
    root: ObjectId,
    parts: Vec<Part>,
}

/// What was taken from a part and has to be put together at the end.
struct Part {
    catalog: Dictionary,
    info: Object,
    id: Vec<u8>,
    pages: Vec<ObjectId>,
    /// The tag that contains the part's tags.
    tags: ObjectId,
    /// Entries of the outline that are in no other one.
    outline: Vec<ObjectId>,
}

impl Default for Binder {
    fn default() -> Self {
        let mut whole = Document::with_version("1.7");
        let root = whole.new_object_id();
        Self {
            whole,
            place: 0,
            places: Vec::new(),
            roles: Dictionary::new(),
            root,
            parts: Vec::new(),
        }
    }
}

impl Binder {
    /// Adds a PDF that the engine made.
    ///
    /// # Errors
    /// [`Error::Template`] when it lacks what each PDF of the engine has.
    pub fn add(&mut self, pdf: &[u8]) -> Result<(), Error> {
        let read = Document::load_mem(pdf).and_then(|part| self.take(part));
        read.map_err(fault)
    }

    /// The PDFs as one: the last one that was added first, as the cover, then the others.
    ///
    /// # Errors
    /// [`Error::Template`] when nothing was added, or the cover has a link to no part.
    pub fn bound(mut self) -> Result<Vec<u8>, Error> {
        let last = self.parts.pop();
        self.parts.splice(0..0, last);
        self.lead_to_parts().map_err(fault)?;
        self.join().map_err(fault)?;
        let mut bytes = Vec::new();
        let written = self.whole.save_to(&mut bytes);
        written.map_err(|error| Error::Template {
            reason: error.to_string(),
        })?;
        Ok(bytes)
    }

    fn take(&mut self, mut part: Document) -> lopdf::Result<()> {
        let pages: Vec<ObjectId> = part.get_pages().into_values().collect();
        let outline = children(&part, part.catalog()?.get(b"Outlines").ok());
        let by = self.whole.max_id;
        for object in part.objects.values_mut() {
            self.shift(object, by);
        }
        for (_, object) in part.trailer.iter_mut() {
            self.shift(object, by);
        }
        let moved = |(id, generation): ObjectId| (id + by, generation);
        self.whole.max_id += part.max_id;
        let objects = std::mem::take(&mut part.objects);
        let objects = objects.into_iter().map(|(id, object)| (moved(id), object));
        self.whole.objects.extend(objects);
        let catalog = part.trailer.get(b"Root")?.as_reference()?;
        let catalog = self.whole.get_dictionary(catalog)?.clone();
        let tags = self.take_tags(&catalog)?;
        self.parts.push(Part {
            tags,
            info: part.trailer.get(b"Info")?.clone(),
            id: part.trailer.get(b"ID")?.as_array()?[0].as_str()?.to_vec(),
            pages: pages.into_iter().map(moved).collect(),
            outline: outline.into_iter().map(moved).collect(),
            catalog,
        });
        Ok(())
    }

    /// Moves the references and the numbers of places in an object behind those that are taken.
    fn shift(&self, object: &mut Object, by: u32) {
        match object {
            Object::Reference((id, _)) => *id += by,
            Object::Array(items) => items.iter_mut().for_each(|item| self.shift(item, by)),
            Object::Dictionary(entries) => self.shift_entries(entries, by),
            Object::Stream(stream) => self.shift_entries(&mut stream.dict, by),
            _ => {}
        }
    }

    fn shift_entries(&self, entries: &mut Dictionary, by: u32) {
        for (key, value) in entries.iter_mut() {
            match value {
                Object::Integer(place) if PLACES.contains(&key.as_slice()) => *place += self.place,
                value => self.shift(value, by),
            }
        }
    }

    /// Takes a part's tree of tags into that of the whole, below an element of its own.
    fn take_tags(&mut self, catalog: &Dictionary) -> lopdf::Result<ObjectId> {
        let tree = self.dictionary(catalog.get(b"StructTreeRoot")?)?.clone();
        for (role, means) in self.dictionary(tree.get(b"RoleMap")?)?.clone().iter() {
            self.roles.set(role.clone(), means.clone());
        }
        let places = self.dictionary(tree.get(b"ParentTree")?)?;
        for pair in places.get(b"Nums")?.as_array()?.clone().chunks(2) {
            let [Object::Integer(place), found] = pair else {
                continue;
            };
            self.places.push((place + self.place).into());
            self.places.push(found.clone());
        }
        self.place += tree.get(b"ParentTreeNextKey")?.as_i64()?;
        let kids = tree.get(b"K")?.clone();
        let own = self.whole.new_object_id();
        for kid in kids.as_array()? {
            let tag = self.whole.get_dictionary_mut(kid.as_reference()?)?;
            tag.set("P", own);
            if tag.get(b"S")?.as_name()? == b"Document" {
                tag.set("S", "Div");
            }
        }
        let mut part =
            dictionary! { "Type" => "StructElem", "S" => "Part", "P" => self.root, "K" => kids };
        if let Ok(language) = catalog.get(b"Lang") {
            part.set("Lang", language.clone());
        }
        self.whole.set_object(own, part);
        Ok(own)
    }

    fn dictionary<'d>(&'d self, object: &'d Object) -> lopdf::Result<&'d Dictionary> {
        match object {
            Object::Reference(id) => self.whole.get_dictionary(*id),
            object => object.as_dict(),
        }
    }

    /// Makes the links of the cover lead to the parts that they name.
    fn lead_to_parts(&mut self) -> lopdf::Result<()> {
        let cover = self
            .parts
            .first()
            .map_or(Vec::new(), |cover| cover.pages.clone());
        for page in cover {
            let Ok(links) = self.whole.get_dictionary(page)?.get(b"Annots") else {
                continue;
            };
            for link in links.as_array()?.clone() {
                let link = link.as_reference()?;
                if let Some(index) = part_of(self.whole.get_dictionary(link)?) {
                    let part = self.parts.get(index + 1);
                    let page = part.and_then(|part| part.pages.first());
                    let page = *page.ok_or(lopdf::Error::PageNumberNotFound(0))?;
                    let place = vec![
                        page.into(),
                        "XYZ".into(),
                        Object::Null,
                        Object::Null,
                        Object::Null,
                    ];
                    let link = self.whole.get_dictionary_mut(link)?;
                    link.remove(b"A");
                    link.set("Dest", place);
                }
            }
        }
        Ok(())
    }

    fn join(&mut self) -> lopdf::Result<()> {
        let cover = self.parts.first();
        let cover = cover.ok_or(lopdf::Error::PageNumberNotFound(0))?;
        let (mut catalog, info) = (cover.catalog.clone(), cover.info.clone());
        let ids: Vec<&[u8]> = self.parts.iter().map(|part| part.id.as_slice()).collect();
        let id = Object::String(
            Sha256::digest(ids.concat())[..16].to_vec(),
            StringFormat::Hexadecimal,
        );
        let pages = self.join_pages()?;
        catalog.set("Pages", pages);
        catalog.set("StructTreeRoot", self.join_tags());
        catalog.set("Outlines", self.join_outlines()?);
        self.count_pages(&catalog)?;
        self.whole.trailer.set("Info", info);
        self.whole.trailer.set("ID", vec![id.clone(), id]);
        let catalog = self.whole.add_object(catalog);
        self.whole.trailer.set("Root", catalog);
        self.whole.prune_objects();
        Ok(())
    }

    fn join_pages(&mut self) -> lopdf::Result<ObjectId> {
        let tree = self.whole.new_object_id();
        let pages = self.parts.iter().flat_map(|part| part.pages.clone());
        let pages: Vec<ObjectId> = pages.collect();
        for page in &pages {
            self.whole.get_dictionary_mut(*page)?.set("Parent", tree);
        }
        let count = count(pages.len());
        let kids: Vec<Object> = pages.into_iter().map(Object::from).collect();
        self.whole.set_object(
            tree,
            dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids },
        );
        Ok(tree)
    }

    fn join_tags(&mut self) -> ObjectId {
        let tree = self.whole.new_object_id();
        let parts: Vec<Object> = self.parts.iter().map(|part| part.tags.into()).collect();
        let root =
            dictionary! { "Type" => "StructElem", "S" => "Document", "P" => tree, "K" => parts };
        self.whole.set_object(self.root, root);
        let places = std::mem::take(&mut self.places);
        let roles = std::mem::take(&mut self.roles);
        self.whole.set_object(
            tree,
            dictionary! {
                "Type" => "StructTreeRoot",
                "K" => vec![self.root.into()],
                "ParentTree" => dictionary! { "Nums" => places },
                "ParentTreeNextKey" => self.place,
                "RoleMap" => roles,
            },
        );
        tree
    }

    /// The outlines of all parts, one behind the other.
    fn join_outlines(&mut self) -> lopdf::Result<ObjectId> {
        let tree = self.whole.new_object_id();
        let entries = self.parts.iter().flat_map(|part| part.outline.clone());
        let entries: Vec<ObjectId> = entries.collect();
        for (index, entry) in entries.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| entries[before]);
            let after = entries.get(index + 1).copied();
            let entry = self.whole.get_dictionary_mut(*entry)?;
            entry.set("Parent", tree);
            for (key, beside) in [("Prev", before), ("Next", after)] {
                entry.remove(key.as_bytes());
                if let Some(beside) = beside {
                    entry.set(key, beside);
                }
            }
        }
        let mut outline = dictionary! { "Type" => "Outlines", "Count" => count(entries.len()) };
        if let (Some(first), Some(last)) = (entries.first(), entries.last()) {
            outline.set("First", *first);
            outline.set("Last", *last);
        }
        self.whole.set_object(tree, outline);
        Ok(tree)
    }

    /// Makes the metadata of the cover count the pages of the whole.
    fn count_pages(&mut self, catalog: &Dictionary) -> lopdf::Result<()> {
        let pages: usize = self.parts.iter().map(|part| part.pages.len()).sum();
        let own = self.parts.first().map_or(0, |cover| cover.pages.len());
        let metadata = catalog.get(b"Metadata")?.as_reference()?;
        let stream = self.whole.get_object_mut(metadata)?.as_stream_mut()?;
        let text = String::from_utf8_lossy(&stream.content);
        let counted = |count| format!("<xmpTPg:NPages>{count}</xmpTPg:NPages>");
        let text = text.replace(&counted(own), &counted(pages));
        stream.set_plain_content(text.into_bytes());
        Ok(())
    }
}

/// The part that a link leads to.
fn part_of(link: &Dictionary) -> Option<usize> {
    let action = link.get(b"A").ok()?.as_dict().ok()?;
    let address = action.get(b"URI").ok()?.as_str().ok()?;
    str::from_utf8(address)
        .ok()?
        .strip_prefix(PART)?
        .parse()
        .ok()
}

/// The entries of an outline that are in no other one.
fn children(document: &Document, outline: Option<&Object>) -> Vec<ObjectId> {
    let of = |object: Option<&Object>, key: &[u8]| {
        let id = object?.as_reference().ok()?;
        document
            .get_dictionary(id)
            .ok()?
            .get(key)
            .ok()?
            .as_reference()
            .ok()
    };
    let first = of(outline, b"First");
    std::iter::successors(first, |entry| of(Some(&Object::from(*entry)), b"Next")).collect()
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn fault(error: lopdf::Error) -> Error {
    Error::Template {
        reason: error.to_string(),
    }
}

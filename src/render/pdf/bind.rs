//! Several PDFs as one: a cover, and documents that it leads to.
//!
//! The engine makes each part by itself, so memory holds one layout at a time, and each part is
//! written as it is added. What makes a PDF accessible is joined: the tree of tags with the names of
//! its elements, the numbers by which pages and links find their place in it, the roles of tags, and
//! the outline. A part's own language stays with its tags.

mod file;
mod part;

use std::mem::take;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::render::pdf::bind::file::ObjectFile;
use crate::render::pdf::bind::part::{Part, Taken};

/// Beginning of the address of a link on the cover that leads to a part; its index follows.
pub const PART: &str = "part:";

/// What a part has at its top and the whole has once.
const TOPS: [&[u8]; 4] = [b"Pages", b"StructTreeRoot", b"Outlines", b"Metadata"];

/// PDFs that will be one.
pub struct Binder {
    file: ObjectFile,
    /// First place in the tree of tags that is free.
    place: i64,
    /// Places in the tree of tags with what is there, by ascending numbers.
    places: Vec<Object>,
    /// Names of tags with the tags, in the order of the names.
    names: Vec<Object>,
    roles: Dictionary,
    pages: ObjectId,
    outline: ObjectId,
    /// The element that contains all tags.
    tags: ObjectId,
    parts: Vec<Written>,
}

/// What is kept of a part until the end.
struct Written {
    id: Vec<u8>,
    pages: Vec<ObjectId>,
    /// The tag that contains the part's tags.
    tags: ObjectId,
    /// Entries of the outline that are in no other one.
    outline: Vec<(ObjectId, Dictionary)>,
}

impl Default for Binder {
    fn default() -> Self {
        let mut file = ObjectFile::default();
        let [pages, outline, tags] = [file.id(), file.id(), file.id()];
        Self {
            file,
            place: 0,
            places: Vec::new(),
            names: Vec::new(),
            roles: Dictionary::new(),
            pages,
            outline,
            tags,
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
        let read = self.read(pdf).and_then(|part| self.write(part));
        self.parts.push(read.map_err(fault)?);
        Ok(())
    }

    /// The PDFs as one: the cover, then what was added. Links of the cover whose address is [`PART`]
    /// with an index lead to that part, and the title of the whole is the cover's.
    ///
    /// # Errors
    /// [`Error::Template`] when the cover has a link to no part, and those of [`Binder::add`].
    pub fn bound(self, cover: &[u8]) -> Result<Vec<u8>, Error> {
        self.join(cover).map_err(fault)
    }

    fn join(mut self, cover: &[u8]) -> lopdf::Result<Vec<u8>> {
        let mut read = self.read(cover)?;
        self.lead_to_parts(&mut read)?;
        let mut catalog = read.catalog.clone();
        let info = read.object(&read.document.trailer, b"Info")?;
        let mut metadata = read.object(&catalog, b"Metadata")?;
        let cover = self.write(read)?;
        self.parts.insert(0, cover);
        self.count_pages(&mut metadata)?;
        catalog.set("Metadata", self.object(&metadata)?);
        catalog.set("Pages", self.join_pages()?);
        catalog.set("StructTreeRoot", self.join_tags()?);
        catalog.set("Outlines", self.join_outlines()?);
        let (info, root) = (self.object(&info)?, self.object(&catalog.into())?);
        let ids: Vec<&[u8]> = self.parts.iter().map(|part| part.id.as_slice()).collect();
        let id = Sha256::digest(ids.concat())[..16].to_vec();
        let id = Object::String(id, StringFormat::Hexadecimal);
        let id = vec![id.clone(), id];
        self.file
            .end(dictionary! { "Root" => root, "Info" => info, "ID" => id })
    }

    fn read(&mut self, pdf: &[u8]) -> lopdf::Result<Part> {
        let taken = Taken {
            objects: self.file.taken(),
            places: self.place,
            parts: self.parts.len(),
        };
        let part = Part::read(pdf, taken)?;
        self.file.take(part.count);
        Ok(part)
    }

    fn object(&mut self, object: &Object) -> lopdf::Result<ObjectId> {
        let id = self.file.id();
        self.file.write(id, object)?;
        Ok(id)
    }

    /// Writes a part but for its tops, which the whole has once.
    fn write(&mut self, mut part: Part) -> lopdf::Result<Written> {
        for page in &part.pages {
            let page = part.document.get_dictionary_mut(*page)?;
            page.set("Parent", self.pages);
        }
        let tags = self.take_tags(&mut part)?;
        let outline = part.outline();
        let trailer = [b"Root".as_slice(), b"Info"];
        let tops = TOPS.iter().map(|key| part.catalog.get(key));
        let tops = tops.chain(trailer.map(|key| part.document.trailer.get(key)));
        let tops = tops.filter_map(|top| top.ok()?.as_reference().ok());
        let left_out = outline.iter().map(|(id, _)| *id).chain(tops);
        let left_out: Vec<ObjectId> = left_out.collect();
        for (id, object) in &part.document.objects {
            let is_tree = object
                .as_dict()
                .is_ok_and(|entries| entries.has_type(b"Pages"));
            if !is_tree && !left_out.contains(id) {
                self.file.write(*id, object)?;
            }
        }
        Ok(Written {
            id: part.id()?,
            pages: part.pages,
            tags,
            outline,
        })
    }

    /// Takes a part's tree of tags into that of the whole, below an element of its own.
    fn take_tags(&mut self, part: &mut Part) -> lopdf::Result<ObjectId> {
        let tree = part.dictionary(&part.catalog, b"StructTreeRoot")?.clone();
        self.roles.extend(part.dictionary(&tree, b"RoleMap")?);
        let places = part.dictionary(&tree, b"ParentTree")?.get(b"Nums")?;
        for pair in places.as_array()?.chunks_exact(2) {
            let place = pair[0].as_i64()? + self.place;
            self.places.extend([place.into(), pair[1].clone()]);
        }
        self.place += tree.get(b"ParentTreeNextKey")?.as_i64()?;
        if let Ok(names) = part.dictionary(&tree, b"IDTree") {
            for pair in names.get(b"Names")?.as_array()?.chunks_exact(2) {
                let name = part.taken.name(pair[0].as_str()?);
                let name = Object::String(name, StringFormat::Literal);
                self.names.extend([name, pair[1].clone()]);
            }
        }
        let own = self.file.id();
        let kids = tree.get(b"K")?.as_array()?.clone();
        for kid in &kids {
            let tag = part.document.get_dictionary_mut(kid.as_reference()?)?;
            tag.set("P", own);
            if tag.get(b"S")?.as_name()? == b"Document" {
                tag.set("S", "Div");
            }
        }
        let language = part.catalog.get(b"Lang")?.clone();
        let tag = dictionary! {
            "Type" => "StructElem", "S" => "Part", "P" => self.tags, "K" => kids, "Lang" => language
        };
        self.file.write(own, &tag.into())?;
        Ok(own)
    }

    /// Makes the links of the cover lead to the parts that they name.
    fn lead_to_parts(&self, cover: &mut Part) -> lopdf::Result<()> {
        for link in cover.document.objects.values_mut() {
            let Some(index) = link.as_dict().ok().and_then(part_of) else {
                continue;
            };
            let page = self.parts.get(index).and_then(|part| part.pages.first());
            let page = *page.ok_or(lopdf::Error::PageNumberNotFound(0))?;
            let top = [Object::Null, Object::Null, Object::Null];
            let place = [page.into(), "XYZ".into()].into_iter().chain(top);
            let link = link.as_dict_mut()?;
            link.remove(b"A");
            link.set("Dest", place.collect::<Vec<Object>>());
        }
        Ok(())
    }

    fn join_pages(&mut self) -> lopdf::Result<ObjectId> {
        let pages = self.parts.iter().flat_map(|part| &part.pages);
        let kids: Vec<Object> = pages.map(|page| Object::from(*page)).collect();
        let pages = dictionary! { "Type" => "Pages", "Count" => count(kids.len()), "Kids" => kids };
        self.file.write(self.pages, &pages.into())?;
        Ok(self.pages)
    }

    fn join_tags(&mut self) -> lopdf::Result<ObjectId> {
        let tree = self.file.id();
        let parts: Vec<Object> = self.parts.iter().map(|part| part.tags.into()).collect();
        let all = dictionary! {
            "Type" => "StructElem", "S" => "Document", "P" => tree, "K" => parts
        };
        self.file.write(self.tags, &all.into())?;
        let mut root = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => vec![self.tags.into()],
            "ParentTree" => dictionary! { "Nums" => take(&mut self.places) },
            "ParentTreeNextKey" => self.place,
            "RoleMap" => take(&mut self.roles),
        };
        if !self.names.is_empty() {
            root.set("IDTree", dictionary! { "Names" => take(&mut self.names) });
        }
        self.file.write(tree, &root.into())?;
        Ok(tree)
    }

    /// The outlines of all parts, one behind the other.
    fn join_outlines(&mut self) -> lopdf::Result<ObjectId> {
        let parts = self.parts.iter_mut();
        let entries = parts.flat_map(|part| take(&mut part.outline));
        let entries: Vec<(ObjectId, Dictionary)> = entries.collect();
        let ids: Vec<ObjectId> = entries.iter().map(|(id, _)| *id).collect();
        for (index, (id, mut entry)) in entries.into_iter().enumerate() {
            let before = index.checked_sub(1).map(|before| ids[before]);
            set(&mut entry, "Prev", before);
            set(&mut entry, "Next", ids.get(index + 1).copied());
            set(&mut entry, "Parent", Some(self.outline));
            self.file.write(id, &entry.into())?;
        }
        let mut outline = dictionary! { "Type" => "Outlines", "Count" => count(ids.len()) };
        set(&mut outline, "First", ids.first().copied());
        set(&mut outline, "Last", ids.last().copied());
        self.file.write(self.outline, &outline.into())?;
        Ok(self.outline)
    }

    /// Makes the cover's metadata, which counts its own pages, count those of the whole.
    fn count_pages(&self, metadata: &mut Object) -> lopdf::Result<()> {
        let own = self.parts.first().map_or(0, |cover| cover.pages.len());
        let pages: usize = self.parts.iter().map(|part| part.pages.len()).sum();
        let stream = metadata.as_stream_mut()?;
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
    let address = str::from_utf8(address).ok()?;
    address.strip_prefix(PART)?.parse().ok()
}

fn set(entries: &mut Dictionary, key: &str, to: Option<ObjectId>) {
    match to {
        Some(to) => entries.set(key, to),
        None => _ = entries.remove(key.as_bytes()),
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn fault(error: lopdf::Error) -> Error {
    Error::Template {
        reason: error.to_string(),
    }
}

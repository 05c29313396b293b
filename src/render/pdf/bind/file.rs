//! A PDF file that is written object by object, so that memory holds nothing of it but its bytes.

use lopdf::{Dictionary, Object, ObjectId, Writer};

/// The bytes before the first object; those behind `%` show that the file is binary.
const HEAD: &[u8] = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n";

/// A PDF file up to its last object.
pub(super) struct ObjectFile {
    bytes: Vec<u8>,
    /// Where each object begins, by its number less one.
    offsets: Vec<usize>,
}

impl Default for ObjectFile {
    fn default() -> Self {
        Self {
            bytes: HEAD.to_vec(),
            offsets: Vec::new(),
        }
    }
}

impl ObjectFile {
    /// How many numbers of objects are taken.
    pub fn taken(&self) -> u32 {
        u32::try_from(self.offsets.len()).unwrap_or(u32::MAX)
    }

    /// Takes numbers of objects that will be written later, or not at all.
    pub fn take(&mut self, count: u32) {
        self.offsets.resize(self.offsets.len() + count as usize, 0);
    }

    /// A number for an object that will be written later.
    pub fn id(&mut self) -> ObjectId {
        self.take(1);
        (self.taken(), 0)
    }

    /// Writes an object.
    ///
    /// # Errors
    /// None that a file in memory has.
    pub fn write(&mut self, id: ObjectId, object: &Object) -> lopdf::Result<()> {
        self.offsets[id.0 as usize - 1] = self.bytes.len();
        self.bytes.extend(format!("{} 0 obj\n", id.0).bytes());
        Writer::write_object(&mut self.bytes, object)?;
        self.bytes.extend(b"\nendobj\n\n");
        Ok(())
    }

    /// The file, with the table of its objects and its trailer.
    ///
    /// # Errors
    /// None that a file in memory has.
    pub fn end(mut self, mut trailer: Dictionary) -> lopdf::Result<Vec<u8>> {
        let table = self.bytes.len();
        let count = self.offsets.len() + 1;
        self.bytes.extend(format!("xref\n0 {count}\n").bytes());
        self.bytes.extend(b"0000000000 65535 f \n");
        for offset in &self.offsets {
            let line = match offset {
                0 => "0000000000 00000 f \n".to_string(),
                offset => format!("{offset:010} 00000 n \n"),
            };
            self.bytes.extend(line.bytes());
        }
        trailer.set("Size", i64::from(self.taken()) + 1);
        self.bytes.extend(b"trailer\n");
        Writer::write_object(&mut self.bytes, &Object::Dictionary(trailer))?;
        self.bytes
            .extend(format!("\nstartxref\n{table}\n%%EOF\n").bytes());
        Ok(self.bytes)
    }
}

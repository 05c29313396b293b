//! Hash and length of a file's bytes, and the names of files that are yet to be whole.
//!
//! The hash is the first half of BLAKE3. Nobody finds a second text for it, not even one who
//! chooses both, so a file that has it is the one that was written.

use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, Seek};

use crate::disk::below::read_in_pieces;

/// Start of the name of a file that is being written.
const PART: &str = ".tickbook-part-";

/// Hexadecimal digits of a hash.
const DIGITS: usize = 32;

/// Identity of a file's bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    hash: u128,
    /// Length in bytes.
    pub size: u64,
}

impl Fingerprint {
    /// That of these bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::new(&blake3::hash(bytes), bytes.len() as u64)
    }

    fn new(whole: &blake3::Hash, size: u64) -> Self {
        let mut half = [0; size_of::<u128>()];
        half.copy_from_slice(&whole.as_bytes()[..size_of::<u128>()]);
        Self {
            hash: u128::from_be_bytes(half),
            size,
        }
    }

    /// That of the bytes of an open file, from its start.
    ///
    /// # Errors
    /// The system's reason when they cannot be read.
    pub(super) fn of_file(mut file: &File) -> io::Result<Self> {
        let (mut hasher, mut size) = (blake3::Hasher::new(), 0);
        file.rewind()?;
        read_in_pieces(file, |piece| {
            hasher.update(piece);
            size += piece.len() as u64;
        })?;
        Ok(Self::new(&hasher.finalize(), size))
    }

    /// Reads what [`Display`] writes.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (digits, size) = text.split_once(' ')?;
        if digits.len() != DIGITS || digits.starts_with('+') {
            return None;
        }
        let hash = u128::from_str_radix(digits, 16).ok()?;
        let size = size.parse().ok()?;
        Some(Self { hash, size })
    }

    /// Name of a file of these bytes while it is being written, as the `number`th of its build.
    pub(super) fn part_name(&self, number: usize) -> String {
        format!("{PART}{number}-{}", self.digits())
    }

    /// The hash in hexadecimal digits.
    pub(super) fn digits(&self) -> String {
        format!("{:0DIGITS$x}", self.hash)
    }
}

impl Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0DIGITS$x} {}", self.hash, self.size)
    }
}

/// The digits in the name of a file that is being written; `None` for any other name.
pub(super) fn digits_of_part(name: &str) -> Option<&str> {
    let (_, digits) = name.strip_prefix(PART)?.split_once('-')?;
    Some(digits)
}

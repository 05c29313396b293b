//! Hash and length of a file's bytes, and the names of files that are yet to be whole.
//!
//! The hash is the first half of SHA-256. Nobody finds a second text for it, not even one who
//! chooses both, so a file that has it is the one that was written.

use std::fmt::{self, Display};
use std::fs::File;
use std::io::{self, Seek};

use sha2::{Digest, Sha256};

use crate::disk::below::read_in_pieces;

/// Start of the name of a file that is being written.
const PART: &str = ".tickbook-part-";

/// Bytes of a hash.
const HASH_BYTES: usize = 16;

/// What tells a file's bytes from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    hash: [u8; HASH_BYTES],
    /// Length in bytes.
    pub size: u64,
}

impl Fingerprint {
    /// That of these bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut hash = [0; HASH_BYTES];
        hash.copy_from_slice(&Sha256::digest(bytes)[..HASH_BYTES]);
        let size = bytes.len() as u64;
        Self { hash, size }
    }

    /// That of the bytes of an open file, from its start.
    ///
    /// # Errors
    /// The system's reason when they cannot be read.
    pub(super) fn of_file(mut file: &File) -> io::Result<Self> {
        let (mut hasher, mut size) = (Sha256::new(), 0);
        file.rewind()?;
        read_in_pieces(file, |piece| {
            hasher.update(piece);
            size += piece.len() as u64;
        })?;
        let mut hash = [0; HASH_BYTES];
        hash.copy_from_slice(&hasher.finalize()[..HASH_BYTES]);
        Ok(Self { hash, size })
    }

    /// Reads what [`Display`] writes.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (digits, size) = text.split_once(' ')?;
        let digit = |digit: u8| char::from(digit).to_digit(16);
        let mut hash = [0; HASH_BYTES];
        let pairs = digits.as_bytes().chunks_exact(2);
        if digits.len() != 2 * HASH_BYTES {
            return None;
        }
        for (byte, pair) in hash.iter_mut().zip(pairs) {
            *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
        }
        let size = size.parse().ok()?;
        Some(Self { hash, size })
    }

    /// Name of a file of these bytes while it is being written, as the `number`th of its build.
    pub(super) fn part_name(&self, number: usize) -> String {
        format!("{PART}{number}-{}", self.digits())
    }

    /// The hash in hexadecimal digits.
    pub(super) fn digits(&self) -> String {
        let mut digits = String::with_capacity(2 * HASH_BYTES);
        for half in self.hash.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
            digits.extend(char::from_digit(half.into(), 16));
        }
        digits
    }
}

impl Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.digits(), self.size)
    }
}

/// The digits in the name of a file that is being written; `None` for any other name.
pub(super) fn digits_of_part(name: &str) -> Option<&str> {
    let (_, digits) = name.strip_prefix(PART)?.split_once('-')?;
    Some(digits)
}

//! Documents whose text contains that of other files, and which of their bytes are whose.
//!
//! ```text
//! a.md                what is read                pieces
//! one                 one                         a.md 0..4
//! {{#include b}}      text of b                   b 0..10
//! two                 two                         a.md 18..22
//! ```
//!
//! A document with includes is read as one text, so spans are offsets in that text;
//! [`SourceSet::written`] leads from there to the file that somebody wrote.

use std::collections::BTreeMap;

use crate::source::{FileId, Source, SourceSet, Span};

/// What documents with includes are made of.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    /// Files as they are on the disk: the documents and what they include.
    pub files: Vec<Source>,
    /// The documents, by path.
    pub documents: BTreeMap<String, JoinedDocument>,
}

/// One document with includes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JoinedDocument {
    /// Where its text comes from, in order; the first begins at 0.
    pub pieces: Vec<Piece>,
    /// Includes that could not be followed.
    pub faults: Vec<IncludeFault>,
}

/// A part of a text that comes from one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the document's text.
    pub start: usize,
    /// Index of its file in [`Joined::files`].
    pub file: usize,
    /// Where it begins in that file.
    pub offset: usize,
    /// Where the bytes end that it is in place of; `None` where its bytes are those of the file.
    pub replaced_to: Option<usize>,
}

/// An include that could not be followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncludeFault {
    /// Why.
    pub reason: IncludeFailure,
    /// The path as it is written.
    pub path: String,
    /// Where the file was looked for, as paths below the content folder.
    pub tried: Vec<String>,
    /// Its bytes in the document's text.
    pub span: Span,
}

/// Why an include could not be followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncludeFailure {
    /// There is no such file.
    Missing,
    /// The file has no part of this name, or no such lines.
    NoPart,
    /// The path leaves the content folder.
    Outside,
    /// The file includes itself, directly or through others.
    Cycle,
    /// Too many includes in one another.
    TooDeep,
    /// The page would be too long.
    TooLong,
    /// The site would include too much.
    TooMuch,
}

impl JoinedDocument {
    /// The piece that contains an offset of the text.
    fn piece(&self, offset: usize) -> Option<&Piece> {
        let next = self.pieces.partition_point(|piece| piece.start <= offset);
        self.pieces.get(next.checked_sub(1)?)
    }

    /// The bytes of a file that a span comes from. A span of several files is that of the first.
    fn written(&self, span: Span) -> Option<(usize, Span)> {
        let first = self.piece(span.start)?;
        let last = match span.end > span.start {
            true => self.piece(span.end - 1)?,
            false => first,
        };
        let start = match first.replaced_to {
            Some(_) => first.offset,
            None => first.offset + span.start - first.start,
        };
        let is_same = last.file == first.file && last.offset >= first.offset;
        let end = match last.replaced_to {
            _ if !is_same => self.end_of(first, start),
            Some(end) => end,
            None => last.offset + span.end - last.start,
        };
        Some((first.file, Span::new(start, end.max(start))))
    }

    /// Where a piece ends in its file; the place after `start` where that is not known.
    fn end_of(&self, piece: &Piece, start: usize) -> usize {
        let next = self.pieces.partition_point(|one| one.start <= piece.start);
        match (piece.replaced_to, self.pieces.get(next)) {
            (Some(end), _) => end,
            (None, Some(next)) => piece.offset + next.start - piece.start,
            (None, None) => start,
        }
    }
}

impl SourceSet {
    /// The bytes that somebody wrote of a span in a document's text.
    pub fn written(&self, file: FileId, span: Span) -> (FileId, Span) {
        let joined = self.joined_document(file);
        match joined.and_then(|joined| joined.written(span)) {
            Some((index, span)) => (FileId(self.first_joined() + index), span),
            None => (file, span),
        }
    }

    /// What a document with includes is made of; `None` for others.
    pub fn joined_document(&self, file: FileId) -> Option<&JoinedDocument> {
        let document = self.documents.get(file.0)?;
        self.joined.documents.get(&document.path)
    }

    /// Path of the file that a byte of a document's text comes from.
    pub fn path_at(&self, file: FileId, offset: usize) -> &str {
        let (file, _) = self.written(file, Span::new(offset, offset));
        &self.get(file).path
    }

    /// Paths of the files that a document includes, without its own, each once.
    pub fn included_in(&self, file: FileId) -> Vec<&str> {
        let Some(joined) = self.joined_document(file) else {
            return Vec::new();
        };
        let own = &self.documents[file.0].path;
        let mut files: Vec<usize> = joined.pieces.iter().map(|piece| piece.file).collect();
        files.sort_unstable();
        files.dedup();
        let paths = files.into_iter().map(|file| &*self.joined.files[file].path);
        paths.filter(|path| path != own).collect()
    }

    /// Whether a document includes files, or is included.
    pub fn is_joined(&self, path: &str) -> bool {
        self.joined.files.iter().any(|file| file.path == path)
    }

    /// Id of the first file of [`Joined::files`].
    pub(super) fn first_joined(&self) -> usize {
        self.navigation_id().0 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        let (path, text) = (path.to_string(), text.to_string());
        Source { path, text }
    }

    #[test]
    fn spans_lead_to_the_file_that_was_written() {
        let piece = |start, file, offset, replaced_to| Piece {
            start,
            file,
            offset,
            replaced_to,
        };
        let set = SourceSet {
            documents: vec![source("a.md", "one INCLUDED v two")],
            joined: Joined {
                files: vec![
                    source("a.md", "one X two"),
                    source("b.md", "# INCLUDED {p}"),
                ],
                documents: BTreeMap::from([(
                    "a.md".to_string(),
                    JoinedDocument {
                        pieces: vec![
                            piece(0, 0, 0, None),
                            piece(4, 1, 2, None),
                            piece(13, 1, 11, Some(14)),
                            piece(14, 0, 5, None),
                        ],
                        faults: Vec::new(),
                    },
                )]),
            },
            ..SourceSet::default()
        };
        let check = |start: usize, end: usize, path: &str, text: &str| {
            let (file, span) = set.written(FileId(0), Span::new(start, end));
            let source = set.get(file);
            assert_eq!((&*source.path, &source.text[span.range()]), (path, text));
        };
        check(0, 3, "a.md", "one");
        check(4, 12, "b.md", "INCLUDED");
        check(13, 14, "b.md", "{p}");
        check(4, 14, "b.md", "INCLUDED {p}");
        check(15, 18, "a.md", "two");
        check(0, 18, "a.md", "one X two");
        check(6, 16, "b.md", "CLUDED ");
        assert_eq!(set.included_in(FileId(0)), ["b.md"]);
        assert_eq!(set.path_at(FileId(0), 5), "b.md");
    }
}

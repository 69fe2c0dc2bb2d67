//! Recognises the format of a file by its first bytes, or by its whole text if these do not show it. The name of the file
//! never counts.

use super::READERS;
use super::format_reader::{FormatDecoder, FormatReader, TextDecoder};
use super::refused::{self, RefusedFile};
use crate::diagnostic::SourceText;
use crate::formats::head::HEAD_BYTES;
use crate::formats::log::TableOptions;

/// The longest first row or object by which a file is recognised, in bytes. Script blocks and XML make long ones.
const LONGEST_HEAD: usize = 1 << 26;

/// The outcome of recognising a file.
pub(in crate::formats) enum Recognition {
    Read(&'static FormatReader, FormatDecoder),
    Refused(Box<RefusedFile>),
    /// The first bytes do not show the format: the whole text is needed.
    Undecided,
}

impl From<RefusedFile> for Recognition {
    fn from(refused: RefusedFile) -> Self {
        Self::Refused(Box::new(refused))
    }
}

/// Recognises a file by its first bytes, which may end in the middle of a character.
pub(in crate::formats) fn by_head(name: &str, head: &[u8], options: &TableOptions) -> Recognition {
    let mut readers = READERS.iter();
    if let Some((reader, decoder)) =
        readers.find_map(|reader| Some((reader, (reader.by_bytes)(head)?)))
    {
        return Recognition::Read(reader, decoder);
    }
    if let Some(refused) = refused::by_bytes(name, head) {
        return refused.into();
    }
    let text = SourceText::from_bytes(name, head.to_vec());
    if let Some(refused) = refused::by_lines(&text) {
        return refused.into();
    }
    let mut readers = READERS.iter();
    if let Some((reader, decoder)) =
        readers.find_map(|reader| Some((reader, (reader.by_head)(&text, options)?)))
    {
        return Recognition::Read(reader, decoder);
    }
    let refused =
        refused::not_text(name, head, &text).or_else(|| refused::by_names(&text, options));
    refused.map_or(Recognition::Undecided, Recognition::from)
}

/// Whether the first bytes of a file are those of a format that is not text.
pub fn is_binary(head: &[u8]) -> bool {
    READERS
        .iter()
        .any(|reader| (reader.by_bytes)(head).is_some())
}

/// Recognises a text whose first bytes are undecided.
pub(in crate::formats) fn by_rest(
    text: &SourceText,
) -> Result<(&'static FormatReader, TextDecoder), Box<RefusedFile>> {
    let mut readers = READERS.iter();
    let found = readers.find_map(|reader| Some((reader, (reader.by_text)(text)?)));
    found.ok_or_else(|| Box::new(refused::unknown(text)))
}

/// Recognises a whole text, which is never undecided.
pub(in crate::formats) fn by_text(text: &SourceText, options: &TableOptions) -> Recognition {
    let mut len = HEAD_BYTES;
    let head = |len| text.slice(0..text.boundary(len));
    while let Some(more) = needed(head(len).as_bytes(), options) {
        len = more;
        if len >= text.len() {
            break;
        }
    }
    match by_head(text.name(), head(len).as_bytes(), options) {
        Recognition::Undecided => match by_rest(text) {
            Ok((reader, decode)) => Recognition::Read(reader, FormatDecoder::Text(decode)),
            Err(refused) => Recognition::Refused(refused),
        },
        decided => decided,
    }
}

/// How many bytes are needed to recognise the file; `None` if these are enough.
pub(in crate::formats) fn needed(head: &[u8], options: &TableOptions) -> Option<usize> {
    let is_cut = head.len() >= HEAD_BYTES && head.len() < LONGEST_HEAD;
    if !is_cut || refused::is_known_by_bytes(head) {
        return None;
    }
    let text = SourceText::from_bytes("", head.to_vec());
    let is_open = READERS
        .iter()
        .any(|reader| (reader.is_cut)(text.text(), options));
    (is_open && refused::is_text(&text)).then(|| LONGEST_HEAD.min(2 * head.len()))
}

/// The least memory that an undecided file takes, in bytes for ten bytes of it.
pub(in crate::formats) fn memory_of_undecided() -> u64 {
    let all = READERS.iter().map(|reader| reader.memory_per_ten_bytes);
    all.max().unwrap_or_default()
}

//! Files of other programs that dateline recognises and does not read, and how to convert each.
//!
//! Such a file is one finding, however long it is. Nothing in it is shown, so it needs no marking.

mod bytes;
mod columns;
mod formats;
mod json;
mod lines;
mod names;
mod refusal;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, FileId, SourceText, TextPlace};
use crate::formats::head::HEAD_BYTES;
use crate::formats::log::{self, TableOptions};
use bytes::is_binary;
use columns::TableHead;
use formats::RefusedFormat;
use json::JsonHead;
use lines::{FirstLines, is_yaml_line};
use refusal::Refusal;

/// How much of a file that is not text is quoted, in bytes.
const QUOTED_BYTES: usize = 24;

/// A file that dateline does not read.
#[derive(Clone, Debug)]
pub(in crate::formats) struct RefusedFile {
    /// The only finding, with the place in file 0.
    finding: Diagnostic,
    /// The line that the finding quotes.
    text: SourceText,
}

/// A format that is known by its first bytes, and is not text.
pub(super) fn by_bytes(name: &str, head: &[u8]) -> Option<RefusedFile> {
    let format = formats::of_bytes(head)?;
    Some(RefusedFile::binary(name, head, format.name, format.help))
}

/// A document that its reader refuses, in the words of [`RefusedFormat`].
pub(in crate::formats) fn document(
    name: &str,
    bytes: &[u8],
    format: &str,
    help: &str,
) -> RefusedFile {
    RefusedFile::binary(name, bytes, format, help)
}

/// Whether [`by_bytes`] knows the format.
pub(super) fn is_known_by_bytes(head: &[u8]) -> bool {
    formats::of_bytes(head).is_some()
}

/// A text format that is known by its first lines, or the error of an engine.
pub(super) fn by_lines(head: &SourceText) -> Option<RefusedFile> {
    if let Some(said) = log::reported_error(beginning(head)) {
        return Some(RefusedFile::new(head, Refusal::engine_error(&said)));
    }
    let RefusedFormat { name, help, .. } = formats::of_lines(&FirstLines::new(beginning(head)))?;
    Some(RefusedFile::new(head, Refusal::format(name, help)))
}

/// A file that is not text, in an unknown format.
pub(super) fn not_text(name: &str, head: &[u8], text: &SourceText) -> Option<RefusedFile> {
    let help = "export its events as CSV, with `datetime` and `message` in the first line";
    is_binary(text).then(|| RefusedFile::binary(name, head, "not text", help))
}

/// Whether the first bytes of a file are text.
pub(super) fn is_text(head: &SourceText) -> bool {
    !is_binary(head)
}

/// JSON or a table whose names are not those of a known log.
pub(super) fn by_names(head: &SourceText, options: &TableOptions) -> Option<RefusedFile> {
    let text = beginning(head);
    let question = log::question(text, options);
    let of_object = |object| json::refusal(&object, question.clone());
    let of_table = |table| columns::refusal(&table, question.clone());
    let object = JsonHead::of(text).map(of_object);
    let refusal = object.or_else(|| TableHead::of(text).map(of_table))?;
    Some(RefusedFile::new(head, refusal))
}

/// A text in an unknown format.
pub(super) fn unknown(text: &SourceText) -> RefusedFile {
    let head = SourceText::new(text.name(), beginning(text));
    let is_like_yaml = FirstLines::new(head.text()).all(is_yaml_line);
    RefusedFile::new(&head, Refusal::without_toml(is_like_yaml))
}

/// The first bytes of the head, which is longer if its first row or object is long.
fn beginning(head: &SourceText) -> &str {
    head.slice(0..head.boundary(HEAD_BYTES))
}

impl RefusedFile {
    fn binary(name: &str, head: &[u8], format: &str, help: &str) -> Self {
        let first = head.get(..QUOTED_BYTES).unwrap_or(head);
        // The excerpt is one line, for any first bytes.
        let first = first
            .split(|&byte| byte == b'\n')
            .next()
            .unwrap_or_default();
        let text = SourceText::new(name, String::from_utf8_lossy(first));
        Self::new(&text, Refusal::format(format, help))
    }

    fn new(head: &SourceText, refusal: Refusal) -> Self {
        let place = first_line(head);
        let finding = Diagnostic::new(
            refusal.kind,
            TextPlace::new(FileId(0), place.clone()),
            refusal.message,
        )
        .label(refusal.label);
        Self {
            finding: refusal.help.into_iter().fold(finding, Diagnostic::help),
            text: head.clone().quoting([place]),
        }
    }

    /// The finding, with its place in `file`.
    pub fn finding(&self, file: FileId) -> Diagnostic {
        let place = TextPlace::new(file, self.finding.place.range());
        Diagnostic {
            place,
            ..self.finding.clone()
        }
    }

    /// The text that the finding quotes.
    pub fn into_text(self) -> SourceText {
        self.text
    }
}

/// Spreadsheets and some tools write empty lines before the header.
fn first_line(head: &SourceText) -> Range<usize> {
    let is_blank = |line: &usize| head.line(*line).trim().is_empty();
    let first = (1..=head.line_count()).find(|line| !is_blank(line));
    head.line_range(first.unwrap_or(1))
}

#[cfg(test)]
mod tests;

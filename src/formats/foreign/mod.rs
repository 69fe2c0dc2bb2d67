//! Files of other programs: what they are, and how to turn them into a file that dateline reads.
//!
//! A file that is neither a timeline nor a known log is one finding, however long it is. Its first bytes show what it
//! is, so the rest is never read. Nothing in such a file is shown, and so none of it needs a marking.

mod found;
mod json;
mod names;
mod shape;
mod signature;
mod table;

use std::ops::Range;

use self::found::Found;
pub(super) use self::found::HEAD;
use super::log::Log;
use super::toml;
use crate::diagnostic::{Diagnostic, FileId, Place, SourceText};

/// The longest first row or object by which a log is recognised, in bytes: script blocks and XML make long ones.
const LONGEST: usize = 1 << 26;

/// How much of a file that is not text is quoted, in bytes.
const QUOTED_BYTES: usize = 24;

/// What a file is, by its first bytes.
pub(super) enum Content {
    Timeline,
    Log(Log),
    Foreign(Box<Foreign>),
}

impl Content {
    /// Recognises a file by its first bytes, which may end in the middle of a character.
    pub fn of_head(name: &str, head: &[u8]) -> Self {
        if let Some(known) = signature::known(head) {
            return Self::Foreign(Foreign::binary(name, head, known));
        }
        let text = SourceText::from_bytes(name, head.to_vec());
        if let Some(log) = Log::recognise(&text) {
            return Self::Log(log);
        }
        if !toml::has_heading(text.text()) && signature::is_binary(&text) {
            return Self::Foreign(Foreign::binary(name, head, &signature::NOT_TEXT));
        }
        Self::of_shape(&text)
    }

    /// How many bytes should be looked at if there are more behind these; `None` if these are enough.
    pub fn wanted(head: &[u8]) -> Option<usize> {
        let is_cut = head.len() >= HEAD && head.len() < LONGEST && signature::known(head).is_none();
        if !is_cut {
            return None;
        }
        let text = SourceText::from_bytes("", head.to_vec());
        let is_open = Log::is_open(text.text()) && !signature::is_binary(&text);
        is_open.then(|| LONGEST.min(2 * head.len()))
    }

    /// Recognises a whole text.
    pub fn of_text(text: &SourceText) -> Self {
        let mut len = HEAD;
        let head = |len| text.slice(0..text.boundary(len));
        while let Some(wanted) = Self::wanted(head(len).as_bytes()) {
            len = wanted;
            if len >= text.len() {
                break;
            }
        }
        let head = head(len);
        match Self::of_head(text.name(), head.as_bytes()) {
            Self::Timeline => Self::of_rest(text),
            other => other,
        }
    }

    /// Looks at all of a text whose first bytes may be a timeline.
    pub fn of_rest(text: &SourceText) -> Self {
        if toml::is_likely(text.text()) {
            return Self::Timeline;
        }
        let head = SourceText::new(text.name(), text.slice(0..text.boundary(HEAD)));
        Self::Foreign(Foreign::new(&head, shape::without_toml(head.text())))
    }

    fn of_shape(text: &SourceText) -> Self {
        let head = text.slice(0..text.boundary(HEAD));
        match shape::known(head) {
            Some(found) => Self::Foreign(Foreign::new(text, found)),
            None => Self::Timeline,
        }
    }
}

/// A file that dateline does not read.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    /// Its only finding, as of the first file.
    finding: Diagnostic,
    /// The line that the finding quotes.
    text: SourceText,
}

impl Foreign {
    fn binary(name: &str, head: &[u8], known: &signature::Signature) -> Box<Self> {
        let first = head.get(..QUOTED_BYTES).unwrap_or(head);
        // Whatever the first bytes are, the excerpt is one line.
        let first = first
            .split(|&byte| byte == b'\n')
            .next()
            .unwrap_or_default();
        let text = SourceText::new(name, String::from_utf8_lossy(first));
        Self::new(&text, Found::format(known.name, known.help))
    }

    fn new(head: &SourceText, found: Found) -> Box<Self> {
        let place = first_line(head);
        let finding = Diagnostic::new(
            found.kind,
            Place::new(FileId(0), place.clone()),
            found.message,
        )
        .label(found.label);
        Box::new(Self {
            finding: found.help.into_iter().fold(finding, Diagnostic::help),
            text: head.clone().quoting([place]),
        })
    }

    /// The finding, for the file of a number.
    pub fn finding(&self, file: FileId) -> Diagnostic {
        let place = Place::new(file, self.finding.place.range());
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

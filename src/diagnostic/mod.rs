//! Findings about a user's text: the problem, its place, and how to fix it.
//!
//! A diagnostic is a value, to be collected, sorted and shown. It knows nothing of timelines, terminals or colours.

mod kinds;
mod sheet_rows;
mod source;
mod suggest;
mod utf16;

use std::ops::Range;

pub use kinds::*;
pub use sheet_rows::{SheetLine, SheetRows};
pub use source::{SourceText, TextPosition};
pub use suggest::nearest;
pub use utf16::{ByteOrder, text_of_utf16};

/// Which of the texts that were read together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u16);

impl FileId {
    /// The user's settings, which are read together with no other text.
    pub const SETTINGS: Self = Self(u16::MAX);
}

/// Some bytes of one text. No text of more than 4 GiB is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPlace {
    pub file: FileId,
    start: u32,
    end: u32,
}

impl TextPlace {
    /// The place of a byte range in a text.
    pub const fn new(file: FileId, range: Range<usize>) -> Self {
        Self {
            file,
            start: short(range.start),
            end: short(range.end),
        }
    }

    /// The first byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// The byte range.
    pub const fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The first byte, and the byte after the last.
    pub(crate) const fn bytes(self) -> (u32, u32) {
        (self.start, self.end)
    }

    /// The same place in a longer text, behind `bytes` others.
    #[must_use]
    pub const fn behind(self, bytes: usize) -> Self {
        Self::new(self.file, self.start() + bytes..self.end() + bytes)
    }

    /// The bytes `inner` of this place, such as a wrong part of a value.
    #[must_use]
    pub fn part(self, inner: Range<usize>) -> Self {
        let end = (self.start() + inner.end).min(self.end());
        let start = (self.start() + inner.start).min(end);
        Self::new(self.file, start..end)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is larger was dealt with"
)]
const fn short(byte: usize) -> u32 {
    if byte > u32::MAX as usize {
        return u32::MAX;
    }
    byte as u32
}

/// How much a finding matters: from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// All of it is shown, and it is probably not what was meant.
    Warning,
    /// Something that was written cannot be shown as it was meant.
    Error,
}

impl Severity {
    /// The word before a message.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// How many lines apart two places of a finding may be to be shown together.
pub const NEAR: usize = 60;

/// A kind of finding: a row of [`KINDS`].
#[derive(Debug, PartialEq, Eq)]
pub struct FindingKind {
    /// The name, for `check --explain` and for people to search for.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is, in one line.
    pub summary: &'static str,
    /// What it means and why it matters.
    pub explanation: &'static str,
    /// A text with such a finding. Empty if no text alone causes it.
    pub wrong: &'static str,
    /// The same text, corrected.
    pub fixed: &'static str,
}

/// One finding about a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind, which also says how much it matters.
    pub kind: &'static FindingKind,
    /// Where it is.
    pub place: TextPlace,
    /// The problem: lower case, no final stop, names in backticks.
    pub message: String,
    /// What was expected there instead; empty when the message says it all.
    pub label: String,
    /// Instructions, the most useful first.
    pub help: Vec<String>,
    /// Other places that belong to it, each with what it is.
    pub related: Vec<(TextPlace, String)>,
    /// The number of further findings of its kind that are not listed: a million bad rows make a few findings.
    pub more: usize,
}

impl Diagnostic {
    /// A finding with nothing but its message.
    pub fn new(kind: &'static FindingKind, place: TextPlace, message: impl Into<String>) -> Self {
        Self {
            kind,
            place,
            message: message.into(),
            label: String::new(),
            help: Vec::new(),
            related: Vec::new(),
            more: 0,
        }
    }

    /// Says what was expected.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds an instruction.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds the question `did you mean …?`, if there is anything to ask.
    #[must_use]
    pub fn did_you_mean(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }

    /// Adds another place that belongs to it.
    #[must_use]
    pub fn related(mut self, place: TextPlace, what: impl Into<String>) -> Self {
        self.related.push((place, what.into()));
        self
    }

    /// The number of findings that it counts, itself among them.
    pub const fn count(&self) -> usize {
        self.more + 1
    }

    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        self.kind.severity
    }

    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

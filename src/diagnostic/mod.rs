//! Findings about a user's text: the problem, its place, and how to fix it.
//!
//! A diagnostic is a value, to be collected, sorted and shown. It knows nothing of timelines, terminals or colours.

mod fix;
mod kinds;
mod place;
mod sheet_rows;
mod source;
mod suggest;
mod utf16;

pub use fix::{Fix, FixChange, IdTable, TextEdit, with_edits};
pub use kinds::*;
pub use place::{FileId, TextPlace};
pub use sheet_rows::{SheetLine, SheetRows};
pub use source::{SourceText, TextPosition};
pub use suggest::nearest;
pub use utf16::{ByteOrder, text_of_utf16};

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
    /// Corrections that dateline can make, the most probable first. Of several, the author takes one.
    pub fixes: Vec<Fix>,
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
            fixes: Vec::new(),
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

    /// Adds a correction.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    /// Adds a correction, and its label as an instruction.
    #[must_use]
    pub fn help_and_fix(self, fix: Fix) -> Self {
        self.help(fix.label.clone()).fix(fix)
    }

    /// Adds the question `did you mean …?` about its value, and the correction.
    #[must_use]
    pub fn did_you_mean_value(self, nearest: Option<&str>) -> Self {
        let place = self.place;
        let fix = nearest.map(|word| Fix::value(place, word));
        let asking = self.did_you_mean(nearest);
        fix.into_iter().fold(asking, Self::fix)
    }

    /// The correction that needs no answer of the author: the only one, and a sure one.
    pub fn sure_fix(&self) -> Option<&Fix> {
        match &self.fixes[..] {
            [only] if only.is_sure => Some(only),
            _ => None,
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

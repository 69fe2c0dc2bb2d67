//! Why a text is not a date, where, and how to fix it.

use std::fmt;
use std::ops::Range;

/// A text that is not a date dateline reads. Nothing is guessed: what could be read in several ways is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// The mistake, as bytes of the given text, on character boundaries.
    pub range: Range<usize>,
    /// Which kind of mistake it is.
    pub kind: DateErrorKind,
    /// The mistake: lower case, no final stop.
    pub message: String,
    /// What would be a date there.
    pub expected: String,
    /// How to fix it, as an instruction.
    pub help: Option<String>,
}

/// The kinds of mistake in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateErrorKind {
    /// Neither EDTF (ISO 8601-2:2019 Annex A), nor a date-time, nor one of the words.
    NotEdtf,
    /// An interval or range whose end lies before its start, whatever the imprecision (ISO 8601-2, 7.14).
    EndsBeforeItStarts,
    /// Several readings, such as `04/08/2021`; the help lists them.
    Ambiguous,
    /// A day, month or time of day that does not exist, such as `2021-02-30`.
    OutOfCalendar,
    /// No text at all.
    Empty,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DateError {}

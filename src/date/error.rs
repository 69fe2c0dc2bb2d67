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
    /// What the author may have meant, the most probable first.
    pub readings: Vec<DateReading>,
}

/// A date that a text may have been meant for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateReading {
    /// The bytes of the given text that the date replaces.
    pub range: Range<usize>,
    pub text: String,
    /// What follows it in an instruction, such as ` for 4 August 2021`.
    pub purpose: String,
}

impl DateReading {
    /// The instruction to write it.
    pub fn instruction(&self) -> String {
        format!("write {}", self.quoted())
    }

    /// A text with this reading in place of its mistake.
    pub fn applied(&self, text: &str) -> Option<String> {
        let before = text.get(..self.range.start)?;
        let behind = text.get(self.range.end..)?;
        Some(format!("{before}{}{behind}", self.text))
    }

    fn quoted(&self) -> String {
        format!("`{}`{}", self.text, self.purpose)
    }
}

impl DateError {
    /// Explains how to fix it.
    #[must_use]
    pub(super) fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// Adds a date that may replace the mistake.
    #[must_use]
    pub(super) fn or_reading(
        mut self,
        text: impl Into<String>,
        purpose: impl Into<String>,
    ) -> Self {
        self.readings.push(DateReading {
            range: self.range.clone(),
            text: text.into(),
            purpose: purpose.into(),
        });
        self
    }

    /// Adds dates that may replace the mistake, each with its purpose, and explains them.
    #[must_use]
    pub(super) fn with_readings<T: Into<String>, P: Into<String>>(
        self,
        readings: impl IntoIterator<Item = (T, P)>,
    ) -> Self {
        let readings = readings.into_iter();
        let error = readings.fold(self, |error, (text, purpose)| {
            error.or_reading(text, purpose)
        });
        let quoted: Vec<String> = error.readings.iter().map(DateReading::quoted).collect();
        let help = format!("write {}", quoted.join(", or "));
        error.with_help(help)
    }
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

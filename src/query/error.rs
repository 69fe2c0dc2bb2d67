//! Mistakes in a filter, each with its place.

use std::fmt;
use std::ops::Range;

use super::value::FilterValue;
use crate::diagnostic::nearest;
use crate::timeline::{Event, Timeline};

/// A mistake in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The byte range of the mistake, on character boundaries; empty if something is missing.
    pub range: Range<usize>,
    /// The message: lower case, no full stop, names in backticks.
    pub message: String,
    /// What was expected; empty if the message says it all.
    pub expected: String,
    /// How to fix it, as an instruction or a question.
    pub help: Option<String>,
    /// The word that was probably meant in its place.
    pub meant: Option<String>,
    /// Whether a name is unknown: in a timeline that has it, this would not be a mistake.
    pub is_unknown_name: bool,
}

impl QueryError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            expected: String::new(),
            help: None,
            meant: None,
            is_unknown_name: false,
        }
    }

    /// Empty quotation marks: every text contains the empty text, so it is not searched for.
    pub(super) fn blank(range: Range<usize>) -> Self {
        Self::new(range, "no words in these quotation marks").expected("words to look for")
    }

    pub(super) fn unknown_event(timeline: &Timeline, value: &FilterValue) -> Self {
        let message = format!("this timeline has no event `{}`", value.text);
        let error = Self::new(value.range.clone(), message).expected("the id of an event");
        let keys: Vec<_> = timeline.events().map(Event::key).collect();
        error.did_you_mean(nearest(&value.text, keys.iter().map(|key| &**key)))
    }

    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub(super) fn of_unknown_name(mut self) -> Self {
        self.is_unknown_name = true;
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn did_you_mean(mut self, word: Option<&str>) -> Self {
        self.meant = word.map(str::to_owned);
        match word {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

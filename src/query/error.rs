//! Mistakes in a filter, each with its place.

use std::fmt;
use std::ops::Range;

use super::value::Value;
use crate::diagnostic::nearest;
use crate::timeline::{Event, Timeline};

/// A mistake in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes that are wrong, on character boundaries; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong: lower case, no final stop, names the thing in backticks.
    pub message: String,
    /// What could stand there; empty when the message says it all.
    pub expected: String,
    /// How to mend it, as an instruction or a question.
    pub help: Option<String>,
}

impl QueryError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            expected: String::new(),
            help: None,
        }
    }

    /// Quotation marks around nothing: nothing is not looked for, since everything has it.
    pub(super) fn blank(range: Range<usize>) -> Self {
        Self::new(range, "there are no words in these quotation marks")
            .expected("words to look for")
    }

    /// An event that the timeline does not have.
    pub(super) fn unknown_event(timeline: &Timeline, value: &Value) -> Self {
        let message = format!("this timeline has no event `{}`", value.text);
        let error = Self::new(value.range.clone(), message).expected("the id of an event");
        let keys: Vec<_> = timeline.events().map(Event::key).collect();
        error.did_you_mean(nearest(&value.text, keys.iter().map(|key| &**key)))
    }

    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn did_you_mean(self, word: Option<&str>) -> Self {
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

//! The names that `dateline help` takes, for shells to complete.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command};

use crate::guide::Topic;

/// Completes topics, and accepts any word: subcommands have help too.
#[derive(Clone, Copy, Debug)]
pub(super) struct HelpNames;

impl TypedValueParser for HelpNames {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let topics = Topic::ALL.iter();
        let value = |topic: &Topic| PossibleValue::new(topic.name()).help(topic.summary());
        Some(Box::new(topics.map(value)))
    }
}

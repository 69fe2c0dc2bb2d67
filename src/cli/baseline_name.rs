//! What a user calls a version to compare with.

use super::redaction_args::parse_day;
use crate::date::EventDate;

/// What a reader calls a version. A file whose name is a date needs a folder in front: `./2022-10`.
pub(super) enum BaselineName<'n> {
    Day(EventDate),
    /// A file or a revision.
    Version(&'n str),
}

impl<'n> BaselineName<'n> {
    pub fn of(since: &'n str) -> Self {
        parse_day(since).map_or(Self::Version(since), Self::Day)
    }
}

//! The meaning of a column of a table.

use crate::timeline::facts::{FactId, SINGLE_FACTS};

pub(super) const SUMMARY: ColumnRole = ColumnRole::Fact(FactId::SUMMARY.slot());

pub(super) const PHASE: ColumnRole = ColumnRole::Fact(FactId::PHASE.slot());

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum ColumnRole {
    Title,
    /// A shorter title, for rows without another.
    Short,
    /// A date-time in the notation of the log.
    When,
    /// A date-time as a number since 1970.
    Epoch,
    /// An imprecise date in the notation of timelines. It has precedence over [`ColumnRole::When`].
    Imprecise,
    /// The date, as month, day and year.
    Day,
    /// The time of the day.
    Time,
    /// The zone of the time.
    Zone,
    /// The end of an interval, in the notation of the log.
    Until,
    /// One value of a fact, by its number among `SINGLE_FACTS`.
    Fact(usize),
    /// A list of tags. A tag may have spaces in it.
    Tags,
    /// A list of plaso labels with spaces between them. Each is a tag of one word.
    Labels,
    Tag,
    /// A list of ATT&CK techniques.
    Techniques,
    /// A list of ATT&CK ids: techniques, and groups and software, which become tags.
    Attack,
    /// A list of names or words, by the number of its fact among `LIST_FACTS`.
    Names(usize),
    /// The event's id.
    Id,
    /// A marking of the Traffic Light Protocol.
    Marking,
    /// plaso's time object, which names the clock of the stamp.
    Clock,
    /// The meaning of the stamp, in a column that is not called `timestamp_desc`. Kept under its own name.
    Described,
    /// Kept under its own name.
    Attribute,
    /// Follows from another column, and is not read.
    Nothing,
}

impl ColumnRole {
    /// The word for the value, if an event has only one of it.
    pub(super) const fn of_one(self) -> Option<&'static str> {
        match self {
            Self::Title => Some("title"),
            Self::Short => Some("short title"),
            Self::When | Self::Imprecise => Some("date"),
            Self::Epoch => Some("time since 1970"),
            Self::Day => Some("day"),
            Self::Time => Some("time of the day"),
            Self::Zone => Some("time zone"),
            Self::Until => Some("end"),
            Self::Fact(slot) => Some(SINGLE_FACTS[slot].row().label),
            Self::Id => Some("id"),
            Self::Tags
            | Self::Labels
            | Self::Tag
            | Self::Techniques
            | Self::Attack
            | Self::Names(_)
            | Self::Marking
            | Self::Clock
            | Self::Described
            | Self::Attribute
            | Self::Nothing => None,
        }
    }
}

/// The unit of a number since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::formats) enum EpochUnit {
    Seconds,
    Millis,
    Micros,
    Nanos,
    /// The unit that the size of the number suggests, as Timesketch reads them.
    #[default]
    ByMagnitude,
}

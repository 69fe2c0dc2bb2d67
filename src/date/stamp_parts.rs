//! The forms that a point in time has in a narrow column, and where the parts are that they leave out.

use std::ops::Range;

/// How much of a point in time its context says: each form leaves out more than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StampForm {
    /// `14 Aug 2021 10:22:31+02:00`
    Whole,
    /// `14 Aug 10:22:31+02:00`
    WithoutYear,
    /// `14 Aug 10:22:31`
    WithoutZone,
    /// `10:22:31`
    Clock,
}

impl StampForm {
    /// From the longest to the shortest.
    pub const ALL: [Self; 4] = [
        Self::Whole,
        Self::WithoutYear,
        Self::WithoutZone,
        Self::Clock,
    ];
}

/// Where the parts of a point in time are, in bytes of [`DateWords::first`]: day and year with the space after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampParts {
    day: Range<usize>,
    year: Range<usize>,
    zone: Range<usize>,
}

impl StampParts {
    /// Finds the parts in words that end with a time of day and its zone.
    pub(super) fn find(words: &str, clock: &str, zone: &str) -> Option<Self> {
        let with_zone = words.strip_suffix('?').unwrap_or(words);
        let with_clock = with_zone.strip_suffix(zone)?;
        let date = with_clock.strip_suffix(clock)?;
        let mut spaces = date.trim_end().rmatch_indices(' ').map(|(at, _)| at);
        let (year, _month) = (spaces.next()? + 1, spaces.next()?);
        let day = spaces.next().map_or(0, |at| at + 1);
        Some(Self {
            day: day..year,
            year: year..date.len(),
            zone: with_clock.len()..with_zone.len(),
        })
    }

    /// What a form leaves out, in the order of the words.
    pub(super) fn left_out(&self, form: StampForm) -> impl Iterator<Item = Range<usize>> {
        let (year, zone) = (self.year.clone(), self.zone.clone());
        let parts = match form {
            StampForm::Whole => [None, None],
            StampForm::WithoutYear => [Some(year), None],
            StampForm::WithoutZone => [Some(year), Some(zone)],
            StampForm::Clock => [Some(self.day.start..year.end), Some(zone)],
        };
        parts.into_iter().flatten()
    }
}

//! The version that a timeline is compared with for as long as the reader wants: a day of itself, or another version.

use std::sync::Arc;

use super::comparison::TimelineComparison;
use super::withheld::TrueDifferences;
use crate::date::EventDate;
use crate::timeline::{ChangesSince, Timeline};

/// A version to compare with, and what the reader calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Baseline {
    /// As the user wrote it, to read it again.
    pub asked: String,
    /// What the screen calls it, without folders.
    pub name: String,
    pub version: BaselineVersion,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BaselineVersion {
    /// What of the timeline itself was public by the end of a day.
    Day(EventDate),
    Older {
        /// Of all days, without what is marked too high.
        timeline: Arc<Timeline>,
        /// How many errors hide a part of it.
        errors: usize,
        /// What differs without regard to markings, if something is withheld for its marking.
        truth: Option<TrueDifferences>,
    },
}

impl Baseline {
    pub fn day(day: EventDate) -> Self {
        Self {
            asked: day.written().to_owned(),
            name: day.to_string(),
            version: BaselineVersion::Day(day),
        }
    }

    /// Compares a timeline. `shown` is `whole`, or what of it was public by some day: then both sides are as of that day.
    pub fn compare(&self, whole: &Timeline, shown: Timeline) -> Timeline {
        let shown_day = shown.redactions().as_of.as_ref();
        let as_of = |timeline: &Timeline, day: &EventDate| timeline.as_of(day).ok();
        let since = ChangesSince::Baseline(self.name.clone());
        let changes = match &self.version {
            BaselineVersion::Day(day) => {
                let earlier = shown_day.filter(|shown| shown.end().latest < day.end().latest);
                let older = as_of(whole, earlier.unwrap_or(day));
                let older = older.as_ref().unwrap_or(whole);
                let comparison = TimelineComparison::between(older, &shown);
                comparison.without_hindsight().changes(since)
            }
            BaselineVersion::Older {
                timeline, truth, ..
            } => {
                let known = shown_day.and_then(|day| as_of(timeline, day));
                let older = known.as_ref().unwrap_or(timeline);
                let comparison = TimelineComparison::between(older, &shown);
                let comparison = match truth {
                    Some(truth) => comparison.only_if_in(truth),
                    None => comparison,
                };
                comparison.changes(since)
            }
        };
        shown.with_changes(changes)
    }
}

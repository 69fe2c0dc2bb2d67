//! Redaction: a timeline as it was public by the end of a day, or for readers of a marking.
//!
//! Both make another timeline. It contains nothing that is redacted, and reveals nothing about it except the counts of
//! [`Redactions`]. The timeline is projected, not rebuilt from a draft: this keeps the author's numbers and values exactly
//! as they were read. If both are requested, the marking goes first, so that what is visible decides what is public.
//!
//! # As of a day
//!
//! An item is shown if it had surely been public by the end of that day. Undated items cannot be shown to have been
//! public, and neither can items whose day or source cannot be read.
//!
//! - A *source* is public once it was surely published. A *claim* is public once it was surely made and its source
//!   published. A claim without a source counts as made in public.
//! - An *event* with a day of disclosure is public from then on. Otherwise it is public once a claim about it is public, or
//!   a document that carries it as a whole; if it has neither, once it was surely over. No event is shown on a
//!   day before it can have begun.
//!   A silent claim makes nothing public: its source says nothing of the event.
//! - The day of a discovery is redacted until it was surely over. A party that claims on that aspect name is redacted
//!   until one of those claims is public.
//! - What the author adds is undated and written *with hindsight*. Summaries, techniques, tags, notes, questions, scenes
//!   and the titles of views are redacted if anything at all is: an author's note on a complete event can still
//!   reveal another. A view whose title names an entity that nothing names has its id for a title. Other names of an entity, and its ATT&CK group, are redacted if anything redacted names it.
//! - A source that repeats a redacted one does not count as independent.
//! - An entity that nothing shown names is redacted, and a source that only redacted items name; so is a
//!   view that mentions something redacted or a later day.
//! - The date of an event must have been stated by that day: the rules are those of [`DateAsOf`]. If a claim
//!   states the author's date, but no public one, the event has the date that a public claim asserted last. If
//!   none dates it, the author's stays and is marked as stated later, or perhaps later. A date that no claim states is the author's own
//!   and stays. Everything goes by that date: the order, the axis, filters, and whether the event can have begun.
//! - Title, phase and lanes of a shown event stay: an event cannot be shown without them. They are today's
//!   words. Days of discovery and disclosure cannot be checked either: no claim states them.
//!
//! # Up to a marking
//!
//! - Unmarked items have the file's marking; a file without one is refused.
//! - A log has no marking of its own: each of its rows has one, or the log is refused. What only such rows name, and the
//!   log as a source, has the widest marking of those rows.
//! - A marking that cannot be read counts as the strictest; that of the file, as none.
//! - An undeclared entity or source counts as the strictest: it may be another name of something marked, or its
//!   declaration could not be read. Such names are shown only in a file that declares no entity, and in which everything
//!   could be read. A name on its own is marked as strictly as any item with that name, and so is a claim that has the
//!   name as text.
//! - Items marked above the ceiling are redacted, and with them what depends on them: the claims about an event, a scene
//!   that selects it, a question about nothing else. So are the words of the file itself, and its
//!   views, if the file's marking is above the ceiling, and a view that mentions something redacted.
//! - A redacted entity or source that something shown names is replaced by a placeholder
//!   of its own: two actors never become one. What only redacted items name is removed.
//! - A claim that has its day from a redacted source becomes undated.
//! - The words of shown items stay: their author marked them.
//! - A mark of a person goes with its event, and if it or the event is marked above the ceiling. As of a day, all go if
//!   anything does.

mod as_of;
mod known_date;
mod mentions;
mod name_markings;
mod plan;
mod projection;
mod remaining;
mod remaining_keys;
mod remaining_marks;
mod up_to;

use std::fmt;

use super::data::Timeline;
use super::redactions::RedactionCounts;
use super::term::Tlp;
use crate::date::{EventDate, Zone};

/// A day without an end redacts nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenEndedDay;

impl fmt::Display for OpenEndedDay {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a day that has an end")
    }
}

impl std::error::Error for OpenEndedDay {}

/// Items without a marking, in a file without a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnmarkedItems(pub RedactionCounts);

impl fmt::Display for UnmarkedItems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a marking of everything: of the file itself, in `[timeline]`")
    }
}

impl std::error::Error for UnmarkedItems {}

impl Timeline {
    /// The timeline as it was public by the end of a day; the latest end of an imprecise date. A time without a zone is in
    /// the zone of the timeline, otherwise UTC.
    ///
    /// # Errors
    /// A date without an end.
    pub fn as_of(&self, day: &EventDate) -> Result<Self, OpenEndedDay> {
        let day = day.in_zone(self.head.zone.as_ref().unwrap_or(&Zone::UTC), "");
        if !day.end().latest.is_bounded() {
            return Err(OpenEndedDay);
        }
        Ok(projection::project(self, as_of::plan(self, &day)))
    }

    /// The timeline for readers of a marking.
    ///
    /// # Errors
    /// A file without a marking, if it has unmarked items.
    pub fn up_to(&self, ceiling: Tlp) -> Result<Self, UnmarkedItems> {
        let plan = up_to::plan(self, ceiling).map_err(UnmarkedItems)?;
        Ok(projection::project(self, plan))
    }
}

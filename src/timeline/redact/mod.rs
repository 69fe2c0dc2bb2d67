//! What is withheld: a timeline as it was public by the end of a day, or to those of a marking.
//!
//! Both make another timeline: what is withheld is not in it, and nothing in it tells of what is withheld but the
//! counts of [`Withheld`]. A timeline is projected, and not taken apart to a draft and built again: that keeps the
//! author's numbers and values exactly as they were read. Where both are wanted, the marking goes first, so that
//! what is public is decided by what may be seen.
//!
//! # As of a day
//!
//! Shown is what had surely been said in public by the end of that day; what is not dated cannot be shown to have been,
//! and neither can what has a day or a source that stands there and cannot be read.
//!
//! - A *source* is public once it was surely published; a *claim* once it was surely made, and its source published. One
//!   that names no source is taken to have been made in public.
//! - An *event* that says when it was disclosed is public from then on; another one once a claim about it is public or
//!   a document that carries it as a whole; one that has neither, once it was surely over. No event is shown on a
//!   day before it can have begun.
//!   A claim that is silent makes nothing public: its source says nothing of the event.
//! - The day of a discovery is withheld until it was surely over; a party whom claims on that part name, until
//!   one of them is public.
//! - What the author adds is undated, and written *with hindsight*. Summaries, techniques, tags, notes, questions, scenes
//!   and the titles of views are withheld if anything at all is: that nothing about their own event is withheld does
//!   not keep them from telling of another. Other names of an entity, and its ATT&CK group, are withheld if anything
//!   withheld names it.
//! - A source that repeats one that is withheld is not known to be independent.
//! - An entity that nothing shown names is withheld, and a source that only withheld things name; so is a
//!   view whose words name something withheld or a later day.
//! - The date of an event must not be one that was said only later: the rules are those of [`DateKnown`]. If a claim
//!   states the author's date, but none that was public, the event has the date that a public claim asserted last; if
//!   none dates it, the author's stays and is marked as said later. A date that no claim states is the author's own
//!   and stays. Everything goes by that date: the order, the axis, filters, and whether the event can have begun.
//! - Title, phase and lanes of an event that is shown stay: without them there is no event to show. They are today's
//!   too. Neither can a day of discovery or disclosure be checked: no claim states one.
//!
//! # Up to a marking
//!
//! - Whatever has no marking of its own has the file's; a file that has none either is refused.
//! - A log has no marking of its own: each of its rows has one, or it is refused. What only such rows name, and the
//!   log as a source, is marked as the widest of them.
//! - A marking that stands there and cannot be read counts as the strictest; that of the file, as none.
//! - An entity or source that nothing declares counts as the strictest: it may be another name of something that is
//!   marked, or what declares it could not be read. Only in a file that declares no entity, and in which nothing
//!   is unread, are such names shown as they are. One that is known by a name alone is marked as strictly as
//!   whatever else bears that name, and so is a claim that names it in words.
//! - What is marked above the ceiling is withheld, and what hangs on it: the claims about an event, a scene
//!   that selects it, a question that asks of nothing else. So are the words of the file itself, and its
//!   views, where the file's marking is above the ceiling, and a view that names something withheld.
//! - An entity or source that is withheld and that something shown names is replaced, each by a placeholder
//!   of its own: two actors never become one. What only withheld things name goes with them.
//! - A claim that has its day from a withheld source is undated.
//! - The words of what is shown stay: their author marked them.

mod as_of;
mod known_date;
mod mentions;
mod name_markings;
mod plan;
mod projection;
mod remaining;
mod remaining_keys;
mod up_to;

use std::fmt;

use super::data::Timeline;
use super::redactions::Counts;
use super::term::Tlp;
use crate::date::{EventDate, Zone};

/// A day that has no end: nothing is withheld by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenEnded;

impl fmt::Display for OpenEnded {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a day that has an end")
    }
}

impl std::error::Error for OpenEnded {}

/// Things without a marking, in a file that has none for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmarked(pub Counts);

impl fmt::Display for Unmarked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("expected a marking of everything: of the file itself, in `[timeline]`")
    }
}

impl std::error::Error for Unmarked {}

impl Timeline {
    /// The timeline as it was public by the end of a day; of an imprecise date, by its latest end. A time that
    /// names no zone is in that of the timeline, or else UTC.
    ///
    /// # Errors
    /// A date without an end.
    pub fn as_of(&self, day: &EventDate) -> Result<Self, OpenEnded> {
        let day = day.in_zone(self.head.zone.as_ref().unwrap_or(&Zone::UTC), "");
        if !day.end().latest.is_bounded() {
            return Err(OpenEnded);
        }
        Ok(projection::project(self, as_of::plan(self, &day)))
    }

    /// The timeline as those may see it who may see what has a marking.
    ///
    /// # Errors
    /// A file without a marking, if it has anything that is not marked.
    pub fn up_to(&self, ceiling: Tlp) -> Result<Self, Unmarked> {
        let plan = up_to::plan(self, ceiling).map_err(Unmarked)?;
        Ok(projection::project(self, plan))
    }
}

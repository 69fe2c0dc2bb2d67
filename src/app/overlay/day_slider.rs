//! The slider of the days on which something became known, and the line in which a day is typed.

use std::collections::BTreeSet;
use std::sync::Arc;

use tui_input::Input;

use crate::app::screen::Screen;
use crate::app::state::briefing::Briefing;
use crate::date::{EventDate, Instant};
use crate::query::QueryError;
use crate::timeline::{Event, Timeline};

/// The slider: a stop for each day on which something became known, and a last one for everything.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// Oldest first.
    pub stops: Vec<EventDate>,
    /// The number of the shown stop; `stops.len()` shows everything.
    pub at: usize,
    /// The state to restore on cancel.
    pub start: Box<SliderStart>,
    /// Whether another timeline was shown since the slider was opened.
    pub has_swapped: bool,
    pub typed: Option<DayInput>,
}

/// The state when the slider was opened.
#[derive(Clone, Debug)]
pub struct SliderStart {
    /// The timeline of all days.
    pub whole: Arc<Timeline>,
    pub timeline: Arc<Timeline>,
    /// The stack, the top last.
    pub screens: Vec<Screen>,
    /// The filter, as last requested.
    pub filter: String,
    pub briefing: Option<Briefing>,
}

impl SliderStart {
    fn day(&self) -> Option<&EventDate> {
        self.timeline.redactions().as_of.as_ref()
    }
}

#[derive(Clone, Debug, Default)]
pub struct DayInput {
    pub input: Input,
    /// The mistake in the text when it was last accepted; `None` again after an edit.
    pub mistake: Option<QueryError>,
}

impl DayInput {
    /// Parses the typed date. Any date that a timeline can have is valid if it has an end.
    ///
    /// # Errors
    /// The mistake in the text, and its place.
    pub fn date(&self) -> Result<EventDate, QueryError> {
        let text = self.input.value();
        let date = EventDate::parse(text).map_err(|error| QueryError {
            range: error.range,
            message: error.message,
            expected: error.expected,
            help: error.help,
            meant: None,
            is_unknown_name: false,
        })?;
        if date.end().latest.is_bounded() {
            return Ok(date);
        }
        Err(QueryError {
            range: 0..text.len(),
            message: format!("`{}` has no end", text.trim()),
            expected: "a day that has an end".to_owned(),
            help: None,
            meant: None,
            is_unknown_name: false,
        })
    }
}

impl AsOf {
    /// The slider at the day that is shown now.
    pub fn open(start: SliderStart) -> Self {
        let (stops, at) = stops_around(&start.whole, start.day());
        Self {
            stops,
            at,
            start: Box::new(start),
            has_swapped: false,
            typed: None,
        }
    }

    /// Replaces the stops by those of another timeline.
    pub fn renew(&mut self, whole: &Timeline, now: Option<&EventDate>) {
        (self.stops, self.at) = stops_around(whole, now);
        self.has_swapped = true;
        self.typed = None;
    }

    /// The chosen day; `None` for everything.
    pub fn day(&self) -> Option<&EventDate> {
        self.stops.get(self.at)
    }
}

/// The stops of a timeline, and the place of a day among them.
fn stops_around(whole: &Timeline, now: Option<&EventDate>) -> (Vec<EventDate>, usize) {
    let mut stops = stops(whole);
    let end = |day: &EventDate| day.end().latest;
    let before = now.map(|now| (now, stops.partition_point(|stop| end(stop) <= end(now))));
    let at = match before {
        None => stops.len(),
        // A day before the first stop gets a stop of its own.
        Some((now, 0)) => {
            stops.insert(0, now.clone());
            0
        }
        // A day between two stops shows the same as the earlier one.
        Some((_, passed)) => passed - 1,
    };
    (stops, at)
}

/// Every day by whose end something more was certainly known, oldest first.
pub(super) fn stops(timeline: &Timeline) -> Vec<EventDate> {
    let said = timeline
        .claims()
        .filter_map(|(_, claim)| claim.said.as_ref());
    let published = timeline
        .sources()
        .filter_map(|(_, it)| it.published.as_ref());
    let disclosed = timeline.events().filter_map(Event::disclosed);
    let dates = said.chain(published).chain(disclosed);
    let ends = dates
        .map(|date| date.end().latest)
        .filter(|end| end.is_bounded());
    let days: BTreeSet<String> = ends.map(day).collect();
    days.iter()
        .filter_map(|day| EventDate::parse(day).ok())
        .collect()
}

/// The last day of a date, in words. An "as of" view shows what was known by the end of that day.
pub fn last_day(date: &EventDate) -> String {
    let end = date.end().latest;
    let last = EventDate::parse(&day(end)).ok();
    let last = last.filter(|last| last.end().latest == end);
    last.as_ref().unwrap_or(date).sentence()
}

fn day(instant: Instant) -> String {
    instant.civil().format("%Y-%m-%d").to_string()
}

//! The slider over the days on which something became known, and the line into which a day is typed.

use std::collections::BTreeSet;
use std::sync::Arc;

use tui_input::Input;

use crate::app::screen::Screen;
use crate::app::state::briefing::Briefing;
use crate::date::{EventDate, Instant};
use crate::query::QueryError;
use crate::timeline::{Event, Timeline};

/// The state of the slider: the days on which something new was known, and after them the whole.
#[derive(Clone, Debug)]
pub struct AsOf {
    /// The days, oldest first.
    pub stops: Vec<EventDate>,
    /// Which of them is shown; the one beyond the last is the whole.
    pub at: usize,
    /// What was shown when the slider was opened: cancelling goes back to it.
    pub start: Box<SliderStart>,
    /// Whether another timeline was shown since then.
    pub has_swapped: bool,
    /// The day that is being typed.
    pub typed: Option<Typed>,
}

/// What was shown when the slider was opened.
#[derive(Clone, Debug)]
pub struct SliderStart {
    /// The timeline of every day.
    pub whole: Arc<Timeline>,
    /// The timeline on screen.
    pub timeline: Arc<Timeline>,
    /// The screens, from the first to the one on top.
    pub screens: Vec<Screen>,
    /// The filter, as last asked for.
    pub filter: String,
    /// The briefing.
    pub briefing: Option<Briefing>,
}

impl SliderStart {
    fn day(&self) -> Option<&EventDate> {
        self.timeline.redactions().as_of.as_ref()
    }
}

/// A line into which a day is typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The text.
    pub input: Input,
    /// What was wrong with it when it was last to be taken; none once it is another text.
    pub mistake: Option<QueryError>,
}

impl Typed {
    /// The date that is typed: whatever a file can say, as long as it has an end.
    ///
    /// # Errors
    /// What is wrong with the text, and where.
    pub fn date(&self) -> Result<EventDate, QueryError> {
        let text = self.input.value();
        let date = EventDate::parse(text).map_err(|error| QueryError {
            range: error.range,
            message: error.message,
            expected: error.expected,
            help: error.help,
        })?;
        if date.end().latest.is_bounded() {
            return Ok(date);
        }
        Err(QueryError {
            range: 0..text.len(),
            message: format!("`{}` has no end", text.trim()),
            expected: "a day that has an end".to_owned(),
            help: None,
        })
    }
}

impl AsOf {
    /// The slider over the days of a timeline, at what is shown now.
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

    /// The slider over the days of another timeline, at a day.
    pub fn renew(&mut self, whole: &Timeline, now: Option<&EventDate>) {
        (self.stops, self.at) = stops_around(whole, now);
        self.has_swapped = true;
        self.typed = None;
    }

    /// The day that is chosen; none for the whole.
    pub fn day(&self) -> Option<&EventDate> {
        self.stops.get(self.at)
    }
}

/// The days of a timeline, and the place of a day among them.
fn stops_around(whole: &Timeline, now: Option<&EventDate>) -> (Vec<EventDate>, usize) {
    let mut stops = stops(whole);
    let end = |day: &EventDate| day.end().latest;
    let before = now.map(|now| (now, stops.partition_point(|stop| end(stop) <= end(now))));
    let at = match before {
        None => stops.len(),
        // Before anything was said there is no such day: this one is a stop of its own.
        Some((now, 0)) => {
            stops.insert(0, now.clone());
            0
        }
        // A day on which nothing was said has the place of the last one before it on which something was.
        Some((_, passed)) => passed - 1,
    };
    (stops, at)
}

/// Every day on which something was surely known for the first time, oldest first.
fn stops(timeline: &Timeline) -> Vec<EventDate> {
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

/// The last day of a date, in words: all is shown as it was known by the end of that day.
pub fn last_day(date: &EventDate) -> String {
    let end = date.end().latest;
    let last = EventDate::parse(&day(end)).ok();
    let last = last.filter(|last| last.end().latest == end);
    last.as_ref().unwrap_or(date).sentence()
}

fn day(instant: Instant) -> String {
    instant.civil().format("%Y-%m-%d").to_string()
}

//! The timeline screen: which event is selected, how far the list is scrolled, what the overview shows.

use super::date_columns::DateColumns;
use super::page::Reading;
use crate::app::overview::Overview;
use crate::app::overview::viewport::{self, Viewport};
use crate::app::state::active_filter::Sieve;
use crate::chart::{Axis, Extent, Lanes};
use crate::date::{Instant, Span};
use crate::document::Subject;
use crate::query::Matches;
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, EventId, Timeline, View};

/// Where the keys go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    /// To the list.
    #[default]
    List,
    /// To the detail.
    Detail,
}

/// What an overview was drawn of: it is drawn anew only when one of these changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// Its axis.
    pub axis: Option<Axis>,
    /// How many lanes it had room for.
    pub rows: usize,
    /// The version of the filter.
    pub sieve: u64,
    /// What lanes stood for.
    pub grouping: Grouping,
    /// The clock of its axis.
    pub clock: Clock,
    /// Whether the time until an event was known was drawn.
    pub lag: bool,
}

/// The state of the timeline screen.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineScreen {
    /// Which events are left.
    pub sieve: Sieve,
    /// Which of the times of an event the axis and the order of the list go by.
    pub clock: Clock,
    /// Whether the time from an event to its disclosure and attribution is drawn.
    pub lag: bool,
    /// What lanes stand for.
    pub lanes: Lanes,
    /// The row of the selected event, among those that are left.
    pub selected: usize,
    /// The first row shown.
    pub top: usize,
    /// Where the keys go.
    pub focus: Focus,
    /// The detail of the selected event; none if there are no events, or if it has not been shown.
    pub detail: Option<Reading>,
    /// What the overview shows.
    pub viewport: Viewport,
    /// Whether the overview is folded to a strip.
    pub folded: bool,
    /// Whether the detail is put away.
    pub without_detail: bool,
    /// How wide dates are.
    pub dates: DateColumns,
    /// The spans of the timeline; none if nothing is dated.
    pub extent: Option<Extent>,
    /// The overview as it is drawn.
    pub overview: Option<Overview>,
    /// What it was drawn of.
    pub drawn: Option<Drawn>,
}

impl TimelineScreen {
    /// The screen with its first event selected.
    pub fn new(timeline: &Timeline) -> Self {
        let sieve = Sieve::open(timeline);
        Self {
            lanes: Lanes::of(timeline, Grouping::default(), sieve.rows()),
            sieve,
            clock: Clock::Happened,
            lag: false,
            selected: 0,
            top: 0,
            focus: Focus::List,
            detail: None,
            viewport: Viewport::Most,
            folded: false,
            without_detail: false,
            dates: DateColumns::of(timeline, Clock::Happened),
            extent: Extent::of(timeline.events(), Clock::Happened),
            overview: None,
            drawn: None,
        }
    }

    /// The selected event.
    pub fn event(&self) -> Option<EventId> {
        self.sieve.rows().get(self.selected).copied()
    }

    /// Goes by another clock; the selected event stays selected.
    pub fn go_by(&mut self, timeline: &Timeline, clock: Clock) {
        let event = self.event();
        self.clock = clock;
        self.sieve.order_by(timeline, clock);
        self.dates = DateColumns::of(timeline, clock);
        self.extent = Extent::of(timeline.events(), clock);
        self.viewport = Viewport::Most;
        self.reselect(timeline, event);
    }

    /// How many of the events that are left have no date on the clock.
    pub fn without_date(&self, timeline: &Timeline) -> usize {
        let rows = self.sieve.rows().iter();
        rows.filter(|&&event| timeline.event(event).bounds_on(self.clock).is_none())
            .count()
    }

    /// Selects an event; if it is not left, the one of its neighbours that begins nearest to it.
    pub fn select_event(&mut self, timeline: &Timeline, event: EventId) {
        let row = match self.sieve.row_of(event) {
            Ok(row) => row,
            Err(row) => self.nearer(timeline, event, row),
        };
        self.select(timeline, row);
    }

    /// Of the rows around a place, the one whose event begins nearer to an event.
    fn nearer(&self, timeline: &Timeline, event: EventId, row: usize) -> usize {
        let start = |event: EventId| {
            let bounds = timeline.event(event).bounds_on(self.clock);
            bounds.map(|bounds| bounds.order_key()[0].micros())
        };
        let distance = |row: usize| {
            let other = self.sieve.rows().get(row).copied().and_then(start);
            start(event)
                .zip(other)
                .map(|(here, there)| here.abs_diff(there))
        };
        match row.checked_sub(1) {
            Some(before)
                if distance(row)
                    .is_none_or(|after| distance(before).is_some_and(|it| it <= after)) =>
            {
                before
            }
            _ => row,
        }
    }

    /// Another filter comes into force; the selected event stays selected if it is left.
    pub fn put(&mut self, timeline: &Timeline, text: String, matches: Matches) {
        let event = self.event();
        self.sieve.put(text, matches);
        self.regroup(timeline);
        self.reselect(timeline, event);
    }

    /// Leaves out what only possibly matches, or brings it back.
    pub fn toggle_possibles(&mut self, timeline: &Timeline) {
        let event = self.event();
        self.sieve.toggle_possibles();
        self.regroup(timeline);
        self.reselect(timeline, event);
    }

    /// Makes lanes of the values of another field.
    pub fn group(&mut self, timeline: &Timeline, grouping: Grouping) {
        self.lanes = Lanes::of(timeline, grouping, self.sieve.rows());
        // The same number of lanes by the same field may be other lanes.
        self.drawn = None;
    }

    /// Takes the lanes and the clock of a view, as far as it names them; its filter is asked for elsewhere.
    pub fn arrange(&mut self, timeline: &Timeline, view: &View) {
        if let Some(grouping) = view.group {
            self.group(timeline, grouping);
        }
        if let Some(clock) = view.clock() {
            self.go_by(timeline, clock);
        }
    }

    /// Makes lanes of what is left only.
    pub fn group_left(&mut self, timeline: &Timeline) {
        self.lanes = Lanes::of_shown(timeline, self.lanes.grouping, self.sieve.rows());
        self.drawn = None;
    }

    fn regroup(&mut self, timeline: &Timeline) {
        if self.lanes.is_of_shown {
            self.group_left(timeline);
        } else if self.lanes.grouping != Grouping::Lane {
            self.group(timeline, self.lanes.grouping);
        }
    }

    fn reselect(&mut self, timeline: &Timeline, event: Option<EventId>) {
        match event {
            Some(event) => self.select_event(timeline, event),
            None => self.select(timeline, 0),
        }
    }

    /// Shows where the events lie that are left.
    pub fn zoom_to_rows(&mut self, timeline: &Timeline) {
        let left = self.sieve.rows().iter().map(|&event| timeline.event(event));
        if let Some(extent) = Extent::of(left, self.clock) {
            self.viewport = Viewport::Chosen(extent.all);
        }
    }

    /// Selects a row, or the last one there is.
    pub fn select(&mut self, timeline: &Timeline, row: usize) {
        self.selected = row.min(self.sieve.rows().len().saturating_sub(1));
        if let Viewport::Chosen(span) = self.viewport {
            self.viewport = Viewport::Chosen(self.follow(timeline, span));
        }
    }

    /// A viewport that the reader chose moves along with the selected event.
    fn follow(&self, timeline: &Timeline, span: Span) -> Span {
        let whole = self
            .event()
            .and_then(|id| timeline.event(id).bounds_on(self.clock))
            .map(|bounds| bounds.whole());
        match whole {
            Some(whole) if whole.latest < span.earliest => viewport::moved_to(span, whole.latest),
            Some(whole) if whole.earliest > span.latest => viewport::moved_to(span, whole.earliest),
            _ => span,
        }
    }

    /// Zooms around the selected event.
    pub fn zoom(&mut self, timeline: &Timeline, numerator: i64, denominator: i64) {
        let Some(extent) = self.extent else { return };
        let span = self.viewport.span(extent);
        let middle = self.middle_of_selected(timeline).unwrap_or(span.earliest);
        self.viewport = Viewport::Chosen(viewport::zoomed(span, middle, numerator, denominator));
    }

    /// Shows the selected event over a third of the axis.
    pub fn zoom_to_selected(&mut self, timeline: &Timeline) {
        let event = self.event().map(|id| timeline.event(id));
        let Some(when) = event.and_then(|event| event.bounds_on(self.clock)) else {
            return;
        };
        let Some(whole) = self.bounded(when.whole()) else {
            return;
        };
        self.viewport = Viewport::Chosen(viewport::zoomed(whole, whole.middle(), 3, 1));
    }

    /// Moves the overview by parts of its own width.
    pub fn pan(&mut self, parts: i64, of: i64) {
        let Some(extent) = self.extent else { return };
        let span = viewport::panned(self.viewport.span(extent), parts, of);
        self.viewport = Viewport::Chosen(span);
    }

    fn middle_of_selected(&self, timeline: &Timeline) -> Option<Instant> {
        let when = timeline.event(self.event()?).bounds_on(self.clock)?;
        Some(self.bounded(when.whole())?.middle())
    }

    /// A span cut to what is bounded in the timeline.
    fn bounded(&self, span: Span) -> Option<Span> {
        let all = self.extent?.all;
        Some(Span {
            earliest: span.earliest.clamp(all.earliest, all.latest),
            latest: span.latest.clamp(all.earliest, all.latest),
        })
    }

    /// Keeps the selected row in view.
    pub fn settle(&mut self, rows: u16) {
        let count = self.sieve.rows().len();
        self.selected = self.selected.min(count.saturating_sub(1));
        let rows = usize::from(rows).max(1);
        let lowest_top = (self.selected + 1).saturating_sub(rows);
        self.top = self
            .top
            .clamp(lowest_top, self.selected)
            .min(count.saturating_sub(rows));
    }

    /// Keeps the detail on the selected event; none is made where none is shown.
    pub fn settle_detail(&mut self, timeline: &Timeline, is_shown: bool) {
        let subject = self.event().map(Subject::Event);
        if self.detail.as_ref().map(|detail| detail.subject) != subject {
            let shown = subject.filter(|_| is_shown);
            self.detail = shown.map(|subject| Reading::open(timeline, subject));
        }
        if self.detail.is_none() || !is_shown {
            self.focus = Focus::List;
        }
    }
}

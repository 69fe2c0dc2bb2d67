//! Charts of single marks: each event on its lanes, with its name and how certain it is.
//!
//! Pictures that have room for every event are made of these; the viewer counts events in cells instead.

use super::axis::Axis;
use super::axis_events::AxisEvents;
use super::extent::{TimeExtent, dated_span, fitted_span};
use super::lanes::Lanes;
use super::place::{AxisPlace, ChartColumns, ColumnFill, CutEnds, OffAxis, fills};
use super::plan::AxisPlan;
use crate::date::{DateShape, EventDate, Span};
use crate::document::text_run::run;
use crate::document::{PhaseFamily, Role};
use crate::timeline::term::{Grouping, SceneAxis};
use crate::timeline::{Clock, Event, EventId, Scene, Timeline};

/// The events of a chart that is still to be drawn.
#[derive(Clone, Debug)]
pub struct ChartEvents<'t> {
    timeline: &'t Timeline,
    events: Vec<EventId>,
    grouping: Grouping,
    clock: Clock,
    time: ChartTime,
    selected: Option<EventId>,
}

/// The time on the axis of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ChartTime {
    /// The time of most of its events; outliers are only counted.
    Most,
    /// The time of all its events, however far away.
    All,
    /// The time that fits all its events, with a little room at either end.
    Fit,
    /// The time of most events of the whole timeline.
    Whole,
}

/// Events on an axis, lane by lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    pub axis: Axis,
    /// The lanes that have events on the axis, from top to bottom.
    pub lanes: Vec<ChartLane>,
    /// How many events are not drawn.
    pub off_axis: OffAxis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartLane {
    /// Its name, with unprintable characters made visible.
    pub name: String,
    /// In the order of the timeline.
    pub marks: Vec<EventMark>,
}

/// One event on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMark {
    pub event: EventId,
    /// The date in short words, and the title.
    pub name: String,
    /// Its title alone.
    pub title: String,
    pub family: PhaseFamily,
    /// Whether it is the event that the chart is about.
    pub is_selected: bool,
    /// Whether its date is stated to the day: only then may it look like a day.
    is_exact: bool,
    pub cut: CutEnds,
    /// How it is drawn.
    pub shape: MarkShape,
}

/// How an event is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkShape {
    /// A day or less, as stated, and shorter than a column.
    Point {
        column: u16,
        /// Whether it is one of several days, or its day is uncertain.
        is_hollow: bool,
    },
    /// Stretches from left to right. Days that lie apart leave columns between them.
    Band(Vec<BandSegment>),
}

/// Columns of a band that are equally sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BandSegment {
    /// The first column.
    pub first: u16,
    /// The last column.
    pub last: u16,
    /// How sure they are.
    pub fill: ColumnFill,
}

impl<'t> ChartEvents<'t> {
    /// Some events, on lanes by a grouping.
    pub fn new(timeline: &'t Timeline, events: Vec<EventId>, grouping: Grouping) -> Self {
        Self {
            timeline,
            events,
            grouping,
            clock: Clock::Happened,
            time: ChartTime::Most,
            selected: None,
        }
    }

    /// The events of a scene: on the axis of the scene, by the clock of its view, one of them selected.
    #[must_use]
    pub fn of_scene(self, scene: &Scene, clock: Clock) -> Self {
        Self {
            clock,
            time: match scene.axis {
                SceneAxis::Fit => ChartTime::Fit,
                SceneAxis::Whole => ChartTime::Whole,
            },
            selected: scene.select,
            ..self
        }
    }

    /// Puts the events on an axis from the first to the last, so that each is drawn.
    #[must_use]
    pub fn on_whole_axis(self) -> Self {
        Self {
            time: ChartTime::All,
            ..self
        }
    }

    pub const fn timeline(&self) -> &'t Timeline {
        self.timeline
    }

    /// Which events it shows, in their order.
    pub fn ids(&self) -> &[EventId] {
        &self.events
    }

    /// Whether the chart is about this event.
    pub fn is_selected(&self, event: EventId) -> bool {
        self.selected == Some(event)
    }

    /// From the first bounded instant of their dates to the last; `None` if nothing is dated.
    pub fn dates(&self) -> Option<Span> {
        dated_span(self.events(), self.clock)
    }

    /// How many of their dates are less exact than a day.
    pub fn inexact_dates(&self) -> usize {
        let dates = self.events().filter_map(|event| event.on(self.clock));
        dates.filter(|date| !date.is_stated_to_the_day()).count()
    }

    /// Whether there is anything to draw.
    pub fn is_drawn(&self) -> bool {
        self.span().is_some()
    }

    /// The kind of dates that it shows, in words; empty for the clock *happened*.
    pub fn words_of_clock(&self) -> String {
        match self.clock {
            Clock::Happened => String::new(),
            clock => format!("By the day on which each was {}.", clock.as_str()),
        }
    }

    /// The time on the axis; `None` if nothing is dated.
    fn span(&self) -> Option<Span> {
        let most = |extent: TimeExtent| extent.most;
        match self.time {
            ChartTime::Most => TimeExtent::of(self.events(), self.clock).map(most),
            ChartTime::All => TimeExtent::of(self.events(), self.clock).map(|extent| extent.all),
            ChartTime::Fit => fitted_span(self.events(), self.clock),
            ChartTime::Whole => TimeExtent::of(self.timeline.events(), self.clock).map(most),
        }
    }

    fn events(&self) -> impl Iterator<Item = Event<'t>> {
        self.events.iter().map(|&id| self.timeline.event(id))
    }

    /// Whether its axis has breaks.
    pub fn is_broken(&self) -> bool {
        self.plan().is_some_and(|plan| plan.has_breaks())
    }

    fn plan(&self) -> Option<AxisPlan> {
        let events = AxisEvents {
            timeline: self.timeline,
            events: &self.events,
            clock: self.clock,
            lag: false,
        };
        Some(AxisPlan::new(&events, self.span()?, true))
    }

    /// Draws the events in `width` columns; `None` if nothing is dated.
    pub fn draw(&self, width: u16) -> Option<Chart> {
        let axis = self.plan()?.axis(width);
        let lanes = Lanes::of(self.timeline, self.grouping, &self.events);
        let lane = |name: &String| ChartLane {
            name: run(Role::Label, name).text,
            marks: Vec::new(),
        };
        let mut chart = Chart {
            axis,
            lanes: lanes.names.iter().map(lane).collect(),
            off_axis: OffAxis::default(),
        };
        for event in self.events() {
            let place = AxisPlace::of(event, self.clock, &axis);
            let when = event.on(self.clock);
            let (Some(columns), Some(when)) = (chart.off_axis.count(place), when) else {
                continue;
            };
            let is_selected = self.selected == Some(event.id());
            let mark = EventMark::new(event, &when, columns, &axis, is_selected);
            lanes.each_row(event, |row| chart.lanes[row].marks.push(mark.clone()));
        }
        chart.lanes.retain(|lane| !lane.marks.is_empty());
        Some(chart)
    }
}

/// Explains a break of an axis.
pub const WORDS_OF_BREAKS: &str =
    "A stretch between two ≈ is compressed: nothing begins or ends in it.";

impl OffAxis {
    /// What is not drawn, in words; empty if everything is drawn.
    pub fn words(self) -> String {
        let parts = [
            (self.earlier, "before the axis"),
            (self.later, "after it"),
            (self.undated, "undated"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!("Not drawn: {}.", parts.join(", "))
        }
    }
}

impl EventMark {
    fn new(
        event: Event<'_>,
        when: &EventDate,
        columns: ChartColumns,
        axis: &Axis,
        is_selected: bool,
    ) -> Self {
        let shape = if columns.is_point {
            MarkShape::Point {
                column: columns.first,
                is_hollow: when.shape() == DateShape::OneOf || when.qualifier().uncertain,
            }
        } else {
            MarkShape::Band(segments(fills(when, columns, axis)))
        };
        let ends = match &shape {
            MarkShape::Band(segments) => segments.first().zip(segments.last()),
            MarkShape::Point { .. } => None,
        };
        let cut = ends.map_or_else(CutEnds::default, |(first, last)| {
            let (first, last) = ((first.first, first.fill), (last.last, last.fill));
            CutEnds::of(when.whole(), axis, first, last)
        });
        Self {
            event: event.id(),
            name: run(Role::Event, &format!("{when}: {}", event.title())).text,
            title: run(Role::Event, event.title()).text,
            family: PhaseFamily::of(event.phase()),
            is_selected,
            is_exact: when.is_stated_to_the_day(),
            cut,
            shape,
        }
    }

    /// Whether a stretch too short for a band has a hollow sign: only a certain day has a full one.
    pub fn is_hollow_at(&self, segment: BandSegment) -> bool {
        !self.is_exact || segment.fill != ColumnFill::Certain
    }
}

/// Joins adjacent columns that are equally sure.
fn segments(fills: impl Iterator<Item = (u16, ColumnFill)>) -> Vec<BandSegment> {
    let mut segments: Vec<BandSegment> = Vec::new();
    for (column, fill) in fills {
        match segments.last_mut() {
            Some(last) if last.fill == fill && last.last + 1 == column => last.last = column,
            _ => segments.push(BandSegment {
                first: column,
                last: column,
                fill,
            }),
        }
    }
    segments
}

//! All events of a handout on one axis, lane by lane, as the viewer draws them: solid where it is certain that
//! something was going on, lighter where it only may have been.
//!
//! It knows columns, not how wide one is: characters and pictures are made of the same.

use std::collections::HashMap;

pub use super::axis::{Axis, Tick};
use crate::date::{EventDate, Instant, Shape, Span, Truth};
use crate::document::writer::run;
use crate::document::{Family, Role};
use crate::timeline::term::Aspect;
use crate::timeline::{EntityId, Event, EventId, TermId, Timeline};

/// Events that are to be drawn.
#[derive(Clone, Debug)]
pub struct Overview<'t> {
    timeline: &'t Timeline,
    events: Vec<EventId>,
    grouping: String,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The axis.
    pub axis: Axis,
    /// From top to bottom.
    pub lanes: Vec<Lane>,
    /// How many events lie wholly before the axis.
    pub earlier: usize,
    /// How many events lie wholly after the axis.
    pub later: usize,
    /// How many events have no date.
    pub undated: usize,
}

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its name.
    pub name: String,
    /// In the order of the timeline.
    pub marks: Vec<Mark>,
}

/// One event on a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The date in short words, and the title.
    pub name: String,
    /// The family of its phase.
    pub family: Family,
    /// Whether its date is stated to the day: only then may it look like one.
    pub is_exact: bool,
    /// How it is drawn.
    pub form: Form,
}

/// How an event is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// A day or less, as stated, and no longer than a column.
    Point {
        /// The column.
        column: usize,
        /// Whether it is one of several days.
        hollow: bool,
    },
    /// Stretches from column to column, the last one included, without gaps of nothing.
    Band(Vec<(usize, usize, Fill)>),
}

/// How sure it is that the event was going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fill {
    /// It may have been, but no word says since when or until when.
    Open,
    /// It may have been.
    Possible,
    /// It may have been, and the words point here most.
    Core,
    /// It was.
    Certain,
}

impl<'t> Overview<'t> {
    /// Some events, on lanes that stand for the values of a field; for the lanes of the file without one.
    pub fn new(timeline: &'t Timeline, events: Vec<EventId>, grouping: Option<&str>) -> Self {
        Self {
            timeline,
            events,
            grouping: grouping.unwrap_or("lane").to_owned(),
        }
    }

    /// Whether there is anything to draw.
    pub fn is_drawn(&self) -> bool {
        Axis::of(&self.wholes(), 1).is_some()
    }

    fn wholes(&self) -> Vec<Span> {
        let events = self.events.iter();
        events
            .filter_map(|&id| self.timeline.event(id).whole())
            .collect()
    }

    /// Draws them in so many columns; none if nothing is dated.
    pub fn draw(&self, columns: usize) -> Option<Chart> {
        let mut chart = Chart {
            axis: Axis::of(&self.wholes(), columns)?,
            lanes: Vec::new(),
            earlier: 0,
            later: 0,
            undated: 0,
        };
        for name in self.lanes() {
            chart.lanes.push(Lane {
                name,
                marks: Vec::new(),
            });
        }
        let span = chart.axis.span();
        // Of lanes of one name the first has the events.
        let lanes: HashMap<String, usize> = (chart.lanes.iter().enumerate())
            .map(|(at, lane)| (lane.name.clone(), at))
            .rev()
            .collect();
        for &id in &self.events {
            let event = self.timeline.event(id);
            let Some(when) = event.when() else {
                chart.undated += 1;
                continue;
            };
            let whole = when.whole();
            if whole.latest < span.earliest {
                chart.earlier += 1;
            } else if whole.earliest > span.latest {
                chart.later += 1;
            } else {
                let mark = mark(event, &when, chart.axis);
                for name in self.lanes_of(event) {
                    let lane = lanes.get(&name).and_then(|&at| chart.lanes.get_mut(at));
                    lane.expect("every event's lanes are drawn")
                        .marks
                        .push(mark.clone());
                }
            }
        }
        chart.lanes.retain(|lane| !lane.marks.is_empty());
        Some(chart)
    }

    /// The names of the lanes: those of the file in its order, others with the most events first.
    fn lanes(&self) -> Vec<String> {
        let mut names: Vec<(String, usize)> = Vec::new();
        if self.grouping == "lane" {
            let words = self.timeline.lanes().iter();
            names.extend(words.map(|(_, word)| (run(Role::Label, word).text, 0)));
        }
        let known = names.iter().enumerate();
        let mut known: HashMap<String, usize> = known
            .map(|(at, (name, _))| (name.clone(), at))
            .rev()
            .collect();
        let rest = self.rest();
        let mut without = false;
        for &id in &self.events {
            for name in self.lanes_of(self.timeline.event(id)) {
                if name == rest {
                    without = true;
                    continue;
                }
                let at = *known.entry(name).or_insert_with_key(|name| {
                    names.push((name.clone(), 0));
                    names.len() - 1
                });
                names[at].1 += 1;
            }
        }
        if self.grouping != "lane" {
            names.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        }
        let mut names: Vec<String> = names.into_iter().map(|(name, _)| name).collect();
        names.extend(without.then(|| rest.to_owned()));
        names.dedup();
        names
    }

    fn lanes_of(&self, event: Event<'_>) -> Vec<String> {
        let timeline = self.timeline;
        let entities = |ids: &[EntityId]| -> Vec<&str> {
            let names = ids.iter().map(|&id| timeline.entity(id).name.as_str());
            names.collect()
        };
        let part = Aspect::parse(&self.grouping).filter(|part| part.is_party());
        let parties = part.map(|part| entities(event.parties(part)));
        let names = parties.unwrap_or_else(|| match self.grouping.as_str() {
            "phase" => event.phase_id().iter().map(|_| event.phase()).collect(),
            "tag" => event.tags().collect(),
            _ => {
                let word = |&id: &TermId| timeline.lanes().word(id);
                event.lanes().iter().map(word).collect()
            }
        });
        let mut names: Vec<String> = names
            .into_iter()
            .map(|name| run(Role::Label, name).text)
            .collect();
        names.dedup();
        if names.is_empty() {
            names.push(self.rest().to_owned());
        }
        names
    }

    /// The lane of the events that have no value.
    fn rest(&self) -> &'static str {
        match self.grouping.as_str() {
            "phase" => "no phase",
            "actor" => "no actor",
            "target" => "no target",
            "accused" => "no accused",
            "addressee" => "no addressee",
            "tag" => "no tag",
            _ if self.timeline.lanes().is_empty() => "all events",
            _ => "no lane",
        }
    }
}

impl Chart {
    /// What is not on the axis, in words; empty if all is.
    pub fn beyond(&self) -> String {
        let parts = [
            (self.earlier, "before the axis"),
            (self.later, "after it"),
            (self.undated, "without a date"),
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

fn mark(event: Event<'_>, when: &EventDate, axis: Axis) -> Mark {
    let form = if when.is_point(axis.cell_length()) {
        let whole = when.whole();
        let middle = i64::midpoint(whole.earliest.micros(), whole.latest.micros());
        Form::Point {
            column: axis.column(Instant::from_micros(middle)),
            hollow: when.shape() == Shape::OneOf || when.qualifier().uncertain,
        }
    } else {
        Form::Band(stretches(when, axis))
    };
    Mark {
        name: run(Role::Event, &format!("{when}: {}", event.title())).text,
        family: Family::of(event.phase()),
        is_exact: when.is_stated_to_the_day(),
        form,
    }
}

/// The columns that a date takes, those alike together.
fn stretches(when: &EventDate, axis: Axis) -> Vec<(usize, usize, Fill)> {
    let (whole, core) = (when.whole(), when.core());
    let mut stretches: Vec<(usize, usize, Fill)> = Vec::new();
    for column in axis.column(whole.earliest)..=axis.column(whole.latest) {
        let Some(fill) = fill(when, core, axis.cell(column)) else {
            continue;
        };
        match stretches.last_mut() {
            Some((_, last, known)) if *known == fill && *last + 1 == column => *last = column,
            _ => stretches.push((column, column, fill)),
        }
    }
    stretches
}

fn fill(when: &EventDate, core: Option<Span>, cell: Span) -> Option<Fill> {
    match when.going_on(cell) {
        Truth::Yes => Some(Fill::Certain),
        Truth::Maybe if core.is_some_and(|core| overlap(core, cell)) => Some(Fill::Core),
        Truth::Maybe if is_open_at(when, cell) => Some(Fill::Open),
        Truth::Maybe => Some(Fill::Possible),
        Truth::No => None,
    }
}

/// Whether a cell is only reached because the date has no first or no last day.
fn is_open_at(when: &EventDate, cell: Span) -> bool {
    let (start, end) = (when.start(), when.end());
    let before = !start.earliest.is_bounded() && cell.latest < start.latest;
    let after = !end.latest.is_bounded() && cell.earliest > end.earliest.max(start.latest);
    before || after
}

fn overlap(left: Span, right: Span) -> bool {
    left.earliest <= right.latest && right.earliest <= left.latest
}

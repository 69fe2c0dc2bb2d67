//! What a picture shows: the events, and what is known of each.

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::ChartEvents;
use crate::date::Truth;
use crate::document::PhaseFamily;
use crate::document::Role;
use crate::document::text_run::{date, run};
use crate::timeline::term::Grouping;
use crate::timeline::{Event, EventId, Timeline};

/// An event of a picture, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PicturedEvent {
    pub title: String,
    /// In short words; empty without a date.
    pub date: String,
    pub family: PhaseFamily,
    /// Whether claims about it differ.
    pub is_contested: bool,
    /// Whether it only possibly matches the filter.
    pub is_possible: bool,
    /// Whether the picture is about this event: that of its scene or, without one, those of any scene.
    pub is_selected: bool,
}

/// The events of a picture.
pub(super) struct PictureSubject<'t> {
    pub timeline: &'t Timeline,
    pub chart: ChartEvents<'t>,
    /// In the order of the timeline.
    pub order: Vec<EventId>,
    pub events: BTreeMap<EventId, PicturedEvent>,
    /// The events that a scene selects.
    pub in_scenes: BTreeSet<EventId>,
}

impl<'t> PictureSubject<'t> {
    /// All of some events, on one axis.
    pub fn new(timeline: &'t Timeline, events: &[(EventId, Truth)], grouping: Grouping) -> Self {
        let order: Vec<EventId> = events.iter().map(|(id, _)| *id).collect();
        let chart = ChartEvents::new(timeline, order.clone(), grouping).on_whole_axis();
        let possible = (events.iter()).filter(|(_, truth)| *truth == Truth::Possibly);
        let mut subject = Self::of_chart(chart);
        for (id, _) in possible {
            if let Some(event) = subject.events.get_mut(id) {
                event.is_possible = true;
            }
        }
        subject
    }

    /// The events of a chart.
    pub fn of_chart(chart: ChartEvents<'t>) -> Self {
        let timeline = chart.timeline();
        let in_scenes = timeline.scenes().iter().filter_map(|scene| scene.select);
        let in_scenes: BTreeSet<EventId> = in_scenes.collect();
        let order = chart.ids().to_vec();
        let selected = selected(&chart, &in_scenes);
        let events = order.iter().map(|&id| {
            let event = PicturedEvent {
                is_selected: selected.contains(&id),
                ..PicturedEvent::of(timeline.event(id))
            };
            (id, event)
        });
        Self {
            timeline,
            events: events.collect(),
            in_scenes,
            chart,
            order,
        }
    }

    /// The events in order, each with its id.
    pub fn each(&self) -> impl Iterator<Item = (EventId, &PicturedEvent)> {
        self.order
            .iter()
            .filter_map(|id| Some((*id, self.events.get(id)?)))
    }
}

/// The events whose titles are bold: that of the chart's scene or, without one, those of all scenes. If they were half of
/// the events or more, bold would mean nothing.
fn selected(chart: &ChartEvents<'_>, in_scenes: &BTreeSet<EventId>) -> BTreeSet<EventId> {
    let events = || chart.ids().iter().copied();
    let of_chart: BTreeSet<EventId> = events().filter(|id| chart.is_selected(*id)).collect();
    if !of_chart.is_empty() {
        return of_chart;
    }
    let of_scenes: BTreeSet<EventId> = events().filter(|id| in_scenes.contains(id)).collect();
    if 2 * of_scenes.len() < chart.ids().len() {
        of_scenes
    } else {
        BTreeSet::new()
    }
}

impl PicturedEvent {
    fn of(event: Event<'_>) -> Self {
        let title = run(Role::Event, event.title()).text.trim().to_owned();
        Self {
            title: if title.is_empty() {
                "(untitled event)".to_owned()
            } else {
                title
            },
            date: event
                .when()
                .map_or_else(String::new, |when| date(&when).text),
            family: PhaseFamily::of(event.phase()),
            is_contested: event.is_contested(),
            is_possible: false,
            is_selected: false,
        }
    }

    /// Its title, and whether it is only a possible match.
    pub fn words(&self) -> String {
        if self.is_possible {
            format!("{} (possibly)", self.title)
        } else {
            self.title.clone()
        }
    }
}

//! Lanes: one for each value of a grouping.

use crate::timeline::term::{Aspect, Grouping};
use crate::timeline::{EntityId, Event, EventId, TermId, Timeline};

/// The lanes of a timeline by one grouping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// What makes a lane.
    pub grouping: Grouping,
    /// Their names, from top to bottom.
    pub names: Vec<String>,
    /// Whether only events that are shown have lanes, by any grouping.
    pub is_of_shown: bool,
    /// Names of earlier lanes, which keep their room while an axis has to stay.
    pub names_before: Vec<String>,
    /// The lane of each value; `None` for values that occurred in no event when the lanes were made.
    rows: Vec<Option<usize>>,
}

impl Lanes {
    /// By the grouping of the file, every event has its lanes, in the order of the file. By any other grouping only
    /// shown events have lanes, and those with the most events come first; if no event is shown, all events have lanes.
    pub fn of(timeline: &Timeline, grouping: Grouping, shown: &[EventId]) -> Self {
        if grouping == Grouping::Lane || shown.is_empty() {
            Self::of_events(timeline, grouping, timeline.events())
        } else {
            let shown = shown.iter().map(|&id| timeline.event(id));
            Self::of_events(timeline, grouping, shown)
        }
    }

    /// The lanes of shown events only, by any grouping; of all events if none is shown.
    pub fn of_shown(timeline: &Timeline, grouping: Grouping, shown: &[EventId]) -> Self {
        let lanes = if shown.is_empty() {
            Self::of_events(timeline, grouping, timeline.events())
        } else {
            let shown = shown.iter().map(|&id| timeline.event(id));
            Self::of_events(timeline, grouping, shown)
        };
        Self {
            is_of_shown: true,
            ..lanes
        }
    }

    fn of_events<'t>(
        timeline: &Timeline,
        grouping: Grouping,
        events: impl Iterator<Item = Event<'t>>,
    ) -> Self {
        let mut counts: Vec<usize> = Vec::new();
        let mut has_none = false;
        for event in events {
            let mut has_value = false;
            each_value(grouping, event, |value| {
                has_value = true;
                let value = value as usize;
                counts.resize(counts.len().max(value + 1), 0);
                counts[value] += 1;
            });
            has_none |= !has_value;
        }
        let mut values: Vec<usize> = (0..counts.len())
            .filter(|&value| counts[value] > 0)
            .collect();
        if grouping != Grouping::Lane {
            values.sort_by_key(|&value| std::cmp::Reverse(counts[value]));
        }
        let name =
            |&value: &usize| name(grouping, timeline, u32::try_from(value).unwrap_or(u32::MAX));
        let mut names: Vec<String> = values.iter().map(name).map(str::to_owned).collect();
        if has_none {
            let rest = if names.is_empty() {
                "all events".to_owned()
            } else {
                format!("no {}", grouping.as_str())
            };
            names.push(rest);
        }
        let mut rows = vec![None; counts.len()];
        for (row, value) in values.into_iter().enumerate() {
            rows[value] = Some(row);
        }
        Self {
            grouping,
            names,
            is_of_shown: false,
            names_before: Vec::new(),
            rows,
        }
    }

    /// Visits the lanes on which an event lies; a lane may come twice. A value without a lane never puts the event on
    /// the lane of another value.
    pub fn each_row(&self, event: Event<'_>, mut visit: impl FnMut(usize)) {
        let mut has_value = false;
        each_value(self.grouping, event, |value| {
            has_value = true;
            if let Some(row) = self.rows.get(value as usize).copied().flatten() {
                visit(row);
            }
        });
        if let (false, Some(last)) = (has_value, self.names.len().checked_sub(1)) {
            visit(last);
        }
    }
}

/// Visits the values that an event has, as numbers.
fn each_value(grouping: Grouping, event: Event<'_>, mut visit: impl FnMut(u32)) {
    let mut terms = |ids: &[TermId]| ids.iter().for_each(|id| visit(id.0));
    let part = match grouping {
        Grouping::Lane => return terms(event.lanes()),
        Grouping::Phase => return terms(event.phase_id().as_slice()),
        Grouping::Tag => return terms(event.tag_ids()),
        Grouping::Actor => Aspect::Actor,
        Grouping::Target => Aspect::Target,
        Grouping::Accused => Aspect::Accused,
        Grouping::Addressee => Aspect::Addressee,
    };
    event.parties(part).iter().for_each(|id| visit(id.0));
}

fn name(grouping: Grouping, timeline: &Timeline, value: u32) -> &str {
    match grouping {
        Grouping::Lane => timeline.lanes().word(TermId(value)),
        Grouping::Phase => timeline.phases().word(TermId(value)),
        Grouping::Tag => timeline.tags().word(TermId(value)),
        Grouping::Actor | Grouping::Target | Grouping::Accused | Grouping::Addressee => {
            &timeline.entity(EntityId(value)).name
        }
    }
}

//! The rows of the lanes of an overview. Where there is room, a lane has several: its events then lie next to each
//! other and need no count.

use std::collections::HashMap;

use super::inputs::OverviewInputs;
use crate::chart::{
    Axis, AxisPlace, Lanes, MOST_ROWS, MarkPlace, StackedMark, stack, stack_with_titles,
};
use crate::text;
use crate::timeline::{Event, EventId};

/// With more events than this, each lane has one row: several would not suffice.
const MOST_STACKED: usize = 1000;
/// With more events than this, no event has its title next to it.
pub const MOST_TITLED: usize = 12;

/// The marks of an overview, lane by lane.
#[derive(Clone, Debug, PartialEq)]
pub struct LaneStacks {
    lanes: Vec<LaneStack>,
    /// In columns.
    width: u16,
    is_titled: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct LaneStack {
    events: Vec<EventId>,
    marks: Vec<StackedMark>,
    /// How many rows keep all marks apart.
    wanted: usize,
}

/// The rows of an overview, from top to bottom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OverviewRows {
    /// The name of the lane that begins in each row; `None` in its further rows.
    pub names: Vec<Option<String>>,
    /// The first row of each lane. Lanes without a row of their own share the last one.
    first: Vec<usize>,
    /// The places of events in lanes with several rows.
    places: HashMap<(usize, EventId), MarkPlace>,
}

impl LaneStacks {
    /// The marks of all shown events on an axis. `is_titled`: if the events are few, their titles are next to the
    /// marks.
    pub fn new(inputs: OverviewInputs<'_>, axis: &Axis, is_titled: bool) -> Self {
        let shown = inputs.active_filter.rows();
        let mut stacks = Self {
            lanes: vec![LaneStack::default(); inputs.lanes.names.len()],
            width: axis.width,
            // The lag of an event is drawn where its title would be.
            is_titled: is_titled && !inputs.lag && shown.len() <= MOST_TITLED,
        };
        let is_stacked = shown.len() <= MOST_STACKED;
        let events = shown.iter().filter(|_| is_stacked);
        for event in events.map(|&id| inputs.timeline.event(id)) {
            stacks.add(inputs, event, axis);
        }
        for lane in &mut stacks.lanes {
            lane.wanted = lane.places(axis.width, stacks.is_titled, MOST_ROWS).1;
        }
        stacks
    }

    fn add(&mut self, inputs: OverviewInputs<'_>, event: Event<'_>, axis: &Axis) {
        let Some(columns) = AxisPlace::of(event, inputs.clock, axis).columns() else {
            return;
        };
        let title = if self.is_titled {
            let cells = text::width(&text::visible(event.title()));
            u16::try_from(cells).unwrap_or(u16::MAX)
        } else {
            0
        };
        let mark = StackedMark {
            first: columns.first,
            last: columns.last,
            title,
        };
        inputs.lanes.each_row(event, |lane| {
            let lane = &mut self.lanes[lane];
            // An event may name a lane twice.
            if lane.events.last() != Some(&event.id()) {
                lane.events.push(event.id());
                lane.marks.push(mark);
            }
        });
    }

    /// The number of rows that keep all events of each lane apart.
    pub fn wanted(&self) -> usize {
        self.lanes.iter().map(|lane| lane.wanted).sum()
    }

    /// Divides `rows` rows among the lanes: each has one, and those that need more get more, one after the other.
    pub fn rows(&self, lanes: &Lanes, rows: usize) -> OverviewRows {
        let Some(mut left) = rows.checked_sub(self.lanes.len()) else {
            return OverviewRows::plain(lanes, rows);
        };
        let mut counts = vec![1; self.lanes.len()];
        loop {
            let before = left;
            for (count, lane) in counts.iter_mut().zip(&self.lanes) {
                if left > 0 && *count < lane.wanted {
                    *count += 1;
                    left -= 1;
                }
            }
            if left == before {
                break;
            }
        }
        let mut all = OverviewRows::default();
        for (number, (lane, count)) in self.lanes.iter().zip(counts).enumerate() {
            all.first.push(all.names.len());
            all.names.push(lanes.names.get(number).cloned());
            all.names.extend(vec![None; count - 1]);
            if count > 1 || self.is_titled {
                let (places, _) = lane.places(self.width, self.is_titled, count);
                let places = lane.events.iter().zip(places);
                let places = places.map(|(event, place)| ((number, *event), place));
                all.places.extend(places);
            }
        }
        all
    }
}

impl LaneStack {
    fn places(&self, width: u16, is_titled: bool, most: usize) -> (Vec<MarkPlace>, usize) {
        if is_titled {
            return stack_with_titles(&self.marks, width, most);
        }
        let (rows, count) = stack(self.marks.iter().map(|mark| mark.extent()), most);
        let places = rows.into_iter().map(|row| MarkPlace { row, title: None });
        (places.collect(), count)
    }
}

impl OverviewRows {
    /// One row for each lane, at most `rows`. If there are more lanes, the last row is for all that remain, and gives
    /// their number.
    pub fn plain(lanes: &Lanes, rows: usize) -> Self {
        let mut names = lanes.names.clone();
        if names.len() > rows {
            let left = names.len() - rows + 1;
            names.truncate(rows.saturating_sub(1));
            if rows > 0 {
                names.push(format!("{left} more"));
            }
        }
        let last = names.len().saturating_sub(1);
        Self {
            first: (0..lanes.names.len()).map(|lane| lane.min(last)).collect(),
            names: names.into_iter().map(Some).collect(),
            places: HashMap::new(),
        }
    }

    /// Visits the rows in which an event lies, with its place in the lane; a row may come twice.
    pub fn each(&self, lanes: &Lanes, event: Event<'_>, mut visit: impl FnMut(usize, MarkPlace)) {
        if self.names.is_empty() {
            return;
        }
        lanes.each_row(event, |lane| {
            let place = self.places.get(&(lane, event.id()));
            let place = place.copied().unwrap_or_default();
            if let Some(first) = self.first.get(lane) {
                visit(first + place.row, place);
            }
        });
    }

    /// Whether two rows belong to the same lane.
    pub fn is_one_lane(&self, row: usize, other: usize) -> bool {
        let between = row.min(other) + 1..=row.max(other);
        row == other
            || self
                .names
                .get(between)
                .is_some_and(|names| names.iter().all(Option::is_none))
    }
}

//! Which titles have room next to their marks, where not all have: the others become numbers.

use std::collections::BTreeSet;

use super::label::{LabelKind, LabelStyle};
use super::lanes::{LaneContent, LaneStyle};
use super::rows::RowItem;
use crate::timeline::EventId;

/// A number in the list takes about as much room as this one.
const SOME_NUMBER: usize = 88;

/// Titles that have room in the rows of their lanes.
pub(super) struct TitleChoice<'a> {
    lanes: &'a LaneContent<'a>,
    /// Those that matter most come first: the events that scenes select, then contested ones.
    ranks: Vec<EventId>,
    font: i32,
    /// The items of each lane, each with a title and with a number.
    items: Vec<LaneItems>,
    rows: Vec<usize>,
    titled: BTreeSet<EventId>,
}

/// The marks of a lane, and what each takes of its rows.
struct LaneItems {
    /// The events that have a label in the lane.
    labelled: BTreeSet<EventId>,
    events: Vec<EventId>,
    with_titles: Vec<RowItem>,
    with_numbers: Vec<RowItem>,
}

impl<'a> TitleChoice<'a> {
    /// No titles yet, of some that may be chosen.
    pub fn new(lanes: &'a LaneContent<'a>, chosen: &BTreeSet<EventId>, font: i32) -> Self {
        let events = lanes.subject.each().filter(|(id, _)| chosen.contains(id));
        let mut ranks: Vec<(bool, bool, EventId)> = events
            .map(|(id, event)| {
                let is_in_scene = lanes.subject.in_scenes.contains(&id);
                (!is_in_scene, !event.is_contested, id)
            })
            .collect();
        ranks.sort_unstable();
        let mut choice = Self {
            ranks: ranks.into_iter().map(|rank| rank.2).collect(),
            font,
            items: Vec::new(),
            rows: Vec::new(),
            titled: BTreeSet::new(),
            lanes,
        };
        let count = lanes.chart.lanes.len();
        choice.items = (0..count).map(|lane| choice.items_of(lane)).collect();
        let rows = (0..count).map(|lane| choice.rows_with(lane, &choice.titled));
        choice.rows = rows.collect();
        choice
    }

    /// Sets of titles, each larger than the one before: first those that take no row more than numbers do, then with a
    /// further row where it gives most of them room.
    pub fn growing(mut self) -> Vec<BTreeSet<EventId>> {
        for lane in 0..self.rows.len() {
            self.titled = self.with_more(lane, self.rows[lane]);
        }
        let mut choices = vec![self.titled.clone()];
        loop {
            let more = (0..self.rows.len()).map(|lane| {
                let titled = self.with_more(lane, self.rows[lane] + 1);
                (titled.len(), std::cmp::Reverse(lane), titled)
            });
            let Some((count, lane, titled)) = more.max() else {
                return choices;
            };
            if count == self.titled.len() {
                return choices;
            }
            self.rows[lane.0] += 1;
            self.titled = titled;
            choices.push(self.titled.clone());
        }
    }

    /// The titles so far, and as many more in a lane as fit in some rows.
    fn with_more(&self, lane: usize, rows: usize) -> BTreeSet<EventId> {
        let in_lane = &self.items[lane].labelled;
        let mut titled = self.titled.clone();
        for id in self.ranks.iter().filter(|id| in_lane.contains(id)) {
            if titled.insert(*id) && self.rows_with(lane, &titled) > rows {
                titled.remove(id);
            }
        }
        titled
    }

    fn items_of(&self, lane: usize) -> LaneItems {
        let labels = LabelStyle {
            font: self.font,
            has_dates: false,
        };
        let items = |kind| {
            let style = LaneStyle {
                labels,
                is_tight: true,
                kind: &move |_| kind,
                most_rows: usize::MAX,
            };
            self.lanes.items(lane, style)
        };
        let marks = self.lanes.chart.lanes[lane].marks.iter();
        LaneItems {
            labelled: self.lanes.labelled(lane).collect(),
            events: marks.map(|mark| mark.event).collect(),
            with_titles: items(LabelKind::Title),
            with_numbers: items(LabelKind::Number(SOME_NUMBER)),
        }
    }

    fn rows_with(&self, lane: usize, titled: &BTreeSet<EventId>) -> usize {
        let all = &self.items[lane];
        let each = all
            .events
            .iter()
            .zip(&all.with_titles)
            .zip(&all.with_numbers);
        let items = each.map(|((id, with_title), with_number)| {
            let has_title = titled.contains(id);
            if has_title { *with_title } else { *with_number }
        });
        let items: Vec<RowItem> = items.collect();
        self.lanes.rows(lane, &items, self.font)
    }
}

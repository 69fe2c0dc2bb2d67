//! Finding: from where one is to the next event or line that has what is looked for.

use std::ops::Range;

use crate::app::commands::hits;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::reload::ShownExtent;
use crate::app::screen::{Reading, Screen};
use crate::query::search::SearchPhrase;

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum Way {
    Forward,
    Backward,
}

/// Rows or lines one after the other from one of them on: past the end, and on from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct Round {
    from: usize,
    way: Way,
    count: usize,
}

impl Round {
    /// All rows or lines of the screen.
    fn new(model: &Model, from: usize, way: Way) -> Self {
        let count = match model.screen() {
            Screen::Timeline(screen) => screen.sieve.rows().len(),
            Screen::Page(reading) => reading.page.lines.len(),
            Screen::Scene(_) | Screen::Follower(_) => 0,
        };
        Self { from, way, count }
    }

    /// The row or line so many steps away; there must be some.
    fn position(self, step: usize) -> usize {
        match self.way {
            Way::Forward => (self.from + step) % self.count,
            Way::Backward => (self.from + self.count - step) % self.count,
        }
    }

    /// Whether so many steps lead past the end.
    fn is_past(self, step: usize) -> bool {
        match self.way {
            Way::Forward => self.from + step >= self.count,
            Way::Backward => step > self.from,
        }
    }

    /// The first of some steps to where `holds`, and where that is among all of which it does.
    pub(in crate::app) fn find(
        self,
        mut steps: Range<usize>,
        holds: impl Fn(usize) -> bool,
    ) -> Option<Found> {
        let step = steps.find(|&step| holds(self.position(step)))?;
        let (mut rank, mut of) = (0, 0);
        for position in (0..self.count).filter(|&position| holds(position)) {
            of += 1;
            rank += usize::from(position <= self.position(step));
        }
        Some(Found { step, rank, of })
    }
}

/// What was found on a round.
#[derive(Clone, Copy)]
pub(in crate::app) struct Found {
    step: usize,
    /// It is the first, the second … from the beginning, of so many.
    rank: usize,
    of: usize,
}

/// The row or the line where one is.
pub(in crate::app) fn position(model: &Model) -> usize {
    match model.screen() {
        Screen::Timeline(screen) => screen.selected,
        Screen::Page(reading) => reading.scroll,
        Screen::Scene(scene) => scene.timeline.selected,
        Screen::Follower(_) => 0,
    }
}

/// Goes to a row or line, as [`position`] gave it.
pub(in crate::app) fn return_to(model: &mut Model, position: usize) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    match model.screen_mut() {
        Screen::Timeline(screen) => screen.select(&timeline, position),
        Screen::Page(reading) => reading.scroll_to(position),
        // A scene stays as it was made: who searches has left it.
        Screen::Scene(_) | Screen::Follower(_) => {}
    }
}

/// Follows the words in the search prompt: to the first match from where the search began.
pub(in crate::app) fn follow(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Search(search)) = &model.overlay else {
        return Vec::new();
    };
    let (from, needle) = (search.origin, search.needle());
    model.needle.clone_from(&needle);
    let Some(needle) = needle else {
        return_to(model, from);
        return Vec::new();
    };
    set_whole(model);
    // What was found stays in view until it is known where to go from the first letter on.
    let round = Round::new(model, from, Way::Forward);
    look(model, &needle, round, 0..round.count)
}

/// To the next match of what was last looked for.
pub(in crate::app) fn again(model: &mut Model, way: Way) -> Vec<Effect> {
    let Some(needle) = model.needle.clone() else {
        model.notify_keys("nothing was searched for yet: {search} searches");
        return Vec::new();
    };
    set_whole(model);
    let from = match model.screen() {
        // At the end of a page its last lines are all in view: what comes next is at its beginning.
        Screen::Page(reading) if way == Way::Forward && !reading.more().1 => {
            reading.page.lines.len().saturating_sub(1)
        }
        Screen::Page(_) | Screen::Timeline(_) | Screen::Scene(_) | Screen::Follower(_) => {
            position(model)
        }
    };
    if hits::goes_later(model, &needle, way) {
        return Vec::new();
    }
    let round = Round::new(model, from, way);
    // The present one comes last.
    look(model, &needle, round, 1..round.count + 1)
}

/// A search looks at all lines of a page, so all of them are set.
fn set_whole(model: &mut Model) {
    if let Screen::Page(reading) = model.screen_mut() {
        reading.set_whole();
    }
}

/// Goes to the first of some steps on a round where the words are.
fn look(
    model: &mut Model,
    needle: &SearchPhrase,
    round: Round,
    steps: Range<usize>,
) -> Vec<Effect> {
    let found = match model.screen() {
        Screen::Timeline(_) => return hits::go(model, needle, round, steps),
        Screen::Page(reading) => round.find(steps, |line| line_has(reading, needle, line)),
        Screen::Scene(_) | Screen::Follower(_) => None,
    };
    arrive(model, needle, round, found);
    Vec::new()
}

/// Goes on a round to what was found, and tells how much there is of it; or that there is nothing.
pub(in crate::app) fn arrive(
    model: &mut Model,
    needle: &SearchPhrase,
    round: Round,
    found: Option<Found>,
) {
    let Some(Found { step, rank, of }) = found else {
        return_to(model, round.from);
        model.notify(format!("“{}” is nowhere{}", needle.as_str(), beyond(model)));
        return;
    };
    return_to(model, round.position(step));
    let past = match round.way {
        _ if !round.is_past(step) => "",
        Way::Forward => ", on from the beginning",
        Way::Backward => ", on from the end",
    };
    model.notify(format!("match {rank} of {of}{past}"));
}

/// To the next event on which claims differ.
pub(in crate::app) fn contested(model: &mut Model, way: Way) {
    let Screen::Timeline(screen) = model.screen() else {
        return;
    };
    let round = Round::new(model, position(model), way);
    let rows = screen.sieve.rows();
    let is_contested = |row: usize| model.timeline.event(rows[row]).is_contested();
    match round.find(1..round.count + 1, is_contested) {
        Some(found) => return_to(model, round.position(found.step)),
        None => model.notify(format!("no event is contested{}", beyond(model))),
    }
}

/// What a remark that there is nothing must add if a filter hides events, or more are being read.
fn beyond(model: &Model) -> &'static str {
    match model.screen() {
        Screen::Timeline(screen) if screen.sieve.rows().len() < model.timeline.len() => {
            " among those that the filter leaves"
        }
        Screen::Timeline(_) if model.reload.extent() != ShownExtent::Whole => {
            " in what is read so far"
        }
        Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) | Screen::Follower(_) => "",
    }
}

fn line_has(reading: &Reading, needle: &SearchPhrase, line: usize) -> bool {
    reading
        .page
        .lines
        .get(line)
        .is_some_and(|line| needle.is_in(&line.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_leads_past_the_end_and_comes_to_itself_last() {
        let round = |count, from, way| Round { from, way, count };
        let even = |position: usize| position.is_multiple_of(2);
        let found = |round: Round, holds: &dyn Fn(usize) -> bool| {
            let found = round.find(1..round.count + 1, holds)?;
            Some((round.position(found.step), round.is_past(found.step)))
        };
        let five = |from, way| round(5, from, way);
        assert_eq!(found(five(1, Way::Forward), &even), Some((2, false)));
        assert_eq!(found(five(4, Way::Forward), &even), Some((0, true)));
        assert_eq!(found(five(2, Way::Backward), &even), Some((0, false)));
        assert_eq!(found(five(0, Way::Backward), &even), Some((4, true)));
        let itself = |position| position == 3;
        assert_eq!(found(five(3, Way::Forward), &itself), Some((3, true)));
        assert_eq!(found(five(3, Way::Backward), &itself), Some((3, true)));
        assert_eq!(found(five(3, Way::Forward), &|_| false), None);
        assert_eq!(found(round(0, 0, Way::Forward), &|_| true), None);
        assert!(!five(4, Way::Forward).is_past(0), "where one is already");
    }

    #[test]
    fn what_is_found_is_counted_from_the_beginning() {
        let round = |from, way| Round {
            from,
            way,
            count: 7,
        };
        let found = |round: Round| {
            let odd = |position: usize| !position.is_multiple_of(2);
            round.find(1..8, odd).map(|found| (found.rank, found.of))
        };
        assert_eq!(found(round(1, Way::Forward)), Some((2, 3)));
        assert_eq!(found(round(1, Way::Backward)), Some((3, 3)));
    }
}

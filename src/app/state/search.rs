//! Searching: the order in which rows or lines are visited, the matching events, and a search that waits for them.

use std::ops::Range;
use std::sync::Arc;

use crate::date::Truth;
use crate::query::Matches;
use crate::query::search::SearchPhrase;
use crate::timeline::EventId;

#[derive(Default)]
pub(in crate::app) struct SearchState {
    pub needle: Option<SearchPhrase>,
    /// The events that match the needle, once they are known.
    pub hits: Option<SearchHits>,
    /// The match that was reached last.
    pub reached: Option<ReachedMatch>,
    /// What to do once `hits` are known.
    pub asked: Option<PendingSearch>,
}

impl SearchState {
    /// The hits of the present search, if they are known.
    pub fn present_hits(&self) -> Option<&SearchHits> {
        let hits = self.hits.as_ref();
        hits.filter(|hits| self.needle.as_ref() == Some(&hits.needle))
    }
}

/// A match that was reached, as long as the selection and the rows are the same.
pub(in crate::app) struct ReachedMatch {
    pub place: SearchPlace,
    /// From 1, counted from the beginning.
    pub rank: usize,
    pub of: usize,
}

/// The selection of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct SearchPlace {
    /// The depth of the screen in the stack.
    pub depth: usize,
    pub position: usize,
    /// The number of rows or lines.
    pub count: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum SearchDirection {
    Forward,
    Backward,
}

/// All rows or lines once, from one of them on; it wraps around at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct SearchRound {
    pub from: usize,
    pub direction: SearchDirection,
    pub count: usize,
}

impl SearchRound {
    /// The row or line `step` steps away. `count` must not be 0.
    pub fn position(self, step: usize) -> usize {
        match self.direction {
            SearchDirection::Forward => (self.from + step) % self.count,
            SearchDirection::Backward => (self.from + self.count - step) % self.count,
        }
    }

    /// Whether `step` steps wrap around.
    pub fn is_past(self, step: usize) -> bool {
        match self.direction {
            SearchDirection::Forward => self.from + step >= self.count,
            SearchDirection::Backward => step > self.from,
        }
    }

    /// The first step to a position where `holds` is true, and its rank among all such positions.
    pub fn find(
        self,
        mut steps: Range<usize>,
        holds: impl Fn(usize) -> bool,
    ) -> Option<RoundMatch> {
        let step = steps.find(|&step| holds(self.position(step)))?;
        let (mut rank, mut of) = (0, 0);
        for position in (0..self.count).filter(|&position| holds(position)) {
            of += 1;
            rank += usize::from(position <= self.position(step));
        }
        Some(RoundMatch { step, rank, of })
    }
}

#[derive(Clone, Copy)]
pub(in crate::app) struct RoundMatch {
    pub step: usize,
    /// From 1, counted from the beginning.
    pub rank: usize,
    pub of: usize,
}

/// The events that contain the words of a search.
pub(in crate::app) struct SearchHits {
    pub needle: SearchPhrase,
    pub events: Matches,
}

impl SearchHits {
    pub fn have(&self, event: EventId) -> bool {
        self.events.truth(event) == Truth::Yes
    }
}

/// A search that waits for its hits.
pub(in crate::app) struct PendingSearch {
    pub needle: SearchPhrase,
    /// Where to go first; `then`: the next matches to go to from there.
    pub round: SearchRound,
    pub steps: Range<usize>,
    pub then: Vec<SearchDirection>,
    /// The list and its selection when the search started. If either has changed, the jump is abandoned.
    pub rows: Arc<Vec<EventId>>,
    pub at: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_wraps_at_the_end_and_visits_its_start_last() {
        let round = |count, from, direction| SearchRound {
            from,
            direction,
            count,
        };
        let even = |position: usize| position.is_multiple_of(2);
        let found = |round: SearchRound, holds: &dyn Fn(usize) -> bool| {
            let found = round.find(1..round.count + 1, holds)?;
            Some((round.position(found.step), round.is_past(found.step)))
        };
        let five = |from, direction| round(5, from, direction);
        assert_eq!(
            found(five(1, SearchDirection::Forward), &even),
            Some((2, false))
        );
        assert_eq!(
            found(five(4, SearchDirection::Forward), &even),
            Some((0, true))
        );
        assert_eq!(
            found(five(2, SearchDirection::Backward), &even),
            Some((0, false))
        );
        assert_eq!(
            found(five(0, SearchDirection::Backward), &even),
            Some((4, true))
        );
        let itself = |position| position == 3;
        assert_eq!(
            found(five(3, SearchDirection::Forward), &itself),
            Some((3, true))
        );
        assert_eq!(
            found(five(3, SearchDirection::Backward), &itself),
            Some((3, true))
        );
        assert_eq!(found(five(3, SearchDirection::Forward), &|_| false), None);
        assert_eq!(
            found(round(0, 0, SearchDirection::Forward), &|_| true),
            None
        );
        assert!(
            !five(4, SearchDirection::Forward).is_past(0),
            "where one is already"
        );
    }

    #[test]
    fn matches_are_counted_from_the_beginning() {
        let round = |from, direction| SearchRound {
            from,
            direction,
            count: 7,
        };
        let found = |round: SearchRound| {
            let odd = |position: usize| !position.is_multiple_of(2);
            round.find(1..8, odd).map(|found| (found.rank, found.of))
        };
        assert_eq!(found(round(1, SearchDirection::Forward)), Some((2, 3)));
        assert_eq!(found(round(1, SearchDirection::Backward)), Some((3, 3)));
    }
}

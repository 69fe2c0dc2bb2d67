//! Searching: the order in which rows or lines are looked at, the events that match, and a search that waits for them.

use std::ops::Range;
use std::sync::Arc;

use crate::date::Truth;
use crate::query::Matches;
use crate::query::search::SearchPhrase;
use crate::timeline::EventId;

#[derive(Default)]
pub(in crate::app) struct SearchState {
    pub needle: Option<SearchPhrase>,
    /// The events that match the needle, if they are known.
    pub hits: Option<SearchHits>,
    /// What to do once they are.
    pub asked: Option<PendingSearch>,
}

/// Which direction to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum SearchDirection {
    Forward,
    Backward,
}

/// Rows or lines one after the other from one of them on: past the end, and on from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) struct SearchRound {
    pub from: usize,
    pub direction: SearchDirection,
    pub count: usize,
}

impl SearchRound {
    /// The row or line so many steps away; there must be some.
    pub fn position(self, step: usize) -> usize {
        match self.direction {
            SearchDirection::Forward => (self.from + step) % self.count,
            SearchDirection::Backward => (self.from + self.count - step) % self.count,
        }
    }

    /// Whether so many steps lead past the end.
    pub fn is_past(self, step: usize) -> bool {
        match self.direction {
            SearchDirection::Forward => self.from + step >= self.count,
            SearchDirection::Backward => step > self.from,
        }
    }

    /// The first of some steps to where `holds`, and where that is among all of which it does.
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

/// What was found on a round.
#[derive(Clone, Copy)]
pub(in crate::app) struct RoundMatch {
    pub step: usize,
    /// It is the first, the second … from the beginning, of so many.
    pub rank: usize,
    pub of: usize,
}

/// Which of all events say some words.
pub(in crate::app) struct SearchHits {
    pub needle: SearchPhrase,
    pub events: Matches,
}

impl SearchHits {
    pub fn have(&self, event: EventId) -> bool {
        self.events.truth(event) == Truth::Yes
    }
}

/// What to do once the hits are known.
pub(in crate::app) struct PendingSearch {
    pub needle: SearchPhrase,
    /// Where to go first, and which ways from there.
    pub round: SearchRound,
    pub steps: Range<usize>,
    pub then: Vec<SearchDirection>,
    /// The rows of the list then, and the one where one was: who has gone elsewhere since is not carried off.
    pub rows: Arc<Vec<EventId>>,
    pub at: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_leads_past_the_end_and_comes_to_itself_last() {
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
    fn what_is_found_is_counted_from_the_beginning() {
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

//! The filter of a timeline screen: what it says, what it leaves, and what it said before.

use std::sync::Arc;

use crate::date::Truth;
use crate::query::{Filter, MatchCounts, Matches};
use crate::timeline::term::Grouping;
use crate::timeline::{ByClock, Clock, EventId, Scene, Timeline, View};

/// What a change of the filter took the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// What the filter said.
    pub text: String,
    /// What lanes stood for, and the clock that axis and list went by, if the change was one of them too.
    pub look: Option<(Grouping, Clock)>,
}

/// A filter in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Sieve {
    /// What it says; empty if it leaves everything.
    pub text: String,
    /// Whether events that only possibly match are left out.
    pub surely_only: bool,
    matches: Matches,
    /// The order of all events on another clock than that on which they happened.
    order: Option<Arc<ByClock>>,
    /// The events that are left, in order.
    rows: Arc<Vec<EventId>>,
    /// Grows with each change of what is left.
    version: u64,
    undo: Vec<Before>,
    redo: Vec<Before>,
}

impl Sieve {
    /// A filter that leaves everything.
    pub fn open(timeline: &Timeline) -> Self {
        let mut sieve = Self {
            text: String::new(),
            surely_only: false,
            matches: Matches::everything(timeline.len()),
            order: None,
            rows: Arc::default(),
            version: 0,
            undo: Vec::new(),
            redo: Vec::new(),
        };
        sieve.sift();
        sieve
    }

    /// What a view leaves, in its order; everything without a view, and where its filter has a mistake.
    pub fn of_view(timeline: &Timeline, view: Option<&View>) -> Self {
        let mut sieve = Self::open(timeline);
        let Some(view) = view else { return sieve };
        if let Some(clock) = view.clock() {
            sieve.order_by(timeline, clock);
        }
        let text = view.filter.as_deref().unwrap_or_default();
        if let Ok(filter) = Filter::parse(timeline, text) {
            sieve.put(text.trim().to_owned(), filter.matches(timeline));
        }
        sieve
    }

    /// The event that a scene is about: the one that it selects, else the first that is left of its view.
    pub fn event_of(&self, scene: &Scene) -> Option<EventId> {
        scene.select.or(self.rows().first().copied())
    }

    /// Takes over what another remembers, and whether what only possibly matches is left out.
    pub fn keep(&mut self, other: &Self) {
        self.surely_only = other.surely_only;
        self.undo.clone_from(&other.undo);
        self.redo.clone_from(&other.redo);
    }

    /// Another filter comes into force.
    pub fn put(&mut self, text: String, matches: Matches) {
        self.text = text;
        self.matches = matches;
        self.sift();
    }

    /// Leaves out what only possibly matches, or brings it back.
    pub fn toggle_possibles(&mut self) {
        self.surely_only = !self.surely_only;
        // Of what surely matches nothing comes or goes.
        if self.counts().possibly > 0 {
            self.sift();
        }
    }

    fn sift(&mut self) {
        let least = if self.surely_only {
            Truth::Yes
        } else {
            Truth::Possibly
        };
        let rows = if let Some(order) = &self.order {
            let left = |event: &EventId| self.matches.truth(*event) >= least;
            order.events().iter().copied().filter(left).collect()
        } else {
            let left = self.matches.events().filter(|(_, truth)| *truth >= least);
            left.map(|(event, _)| event).collect()
        };
        self.rows = Arc::new(rows);
        self.version += 1;
    }

    /// Puts the events in their order on a clock.
    pub fn order_by(&mut self, timeline: &Timeline, clock: Clock) {
        self.order = (clock != Clock::Happened).then(|| Arc::new(timeline.by_clock(clock)));
        self.sift();
    }

    /// The events that are left, in order.
    pub fn rows(&self) -> &[EventId] {
        &self.rows
    }

    /// The same, for whoever looks through them meanwhile.
    pub fn shared_rows(&self) -> Arc<Vec<EventId>> {
        Arc::clone(&self.rows)
    }

    /// A number that grows with each change of what is left.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The row of an event, or where it would stand.
    ///
    /// # Errors
    /// The row at which it would stand if it is not left.
    pub fn row_of(&self, event: EventId) -> Result<usize, usize> {
        let Some(order) = &self.order else {
            return self.rows.binary_search(&event);
        };
        let before = order.events().iter().take_while(|&&other| other != event);
        let row = before.filter(|&&other| self.shows(other)).count();
        if self.shows(event) { Ok(row) } else { Err(row) }
    }

    /// Whether an event matches.
    pub fn truth(&self, event: EventId) -> Truth {
        self.matches.truth(event)
    }

    /// Whether an event is left.
    pub fn shows(&self, event: EventId) -> bool {
        let truth = self.truth(event);
        truth == Truth::Yes || (truth == Truth::Possibly && !self.surely_only)
    }

    /// How many events match, and how many do not.
    pub fn counts(&self) -> MatchCounts {
        self.matches.counts()
    }

    /// Whether it leaves everything.
    pub fn is_open(&self) -> bool {
        self.text.is_empty()
    }

    /// Remembers what was before a change that was made.
    pub fn remember(&mut self, before: Before) {
        if self.undo.last() != Some(&before) {
            self.undo.push(before);
        }
        self.redo.clear();
    }

    /// What was before the last change; what is `now` can be had back.
    pub fn undone(&mut self, now: Before) -> Option<Before> {
        step(&mut self.undo, &mut self.redo, now)
    }

    /// What was before the last undoing; what is `now` can be had back.
    pub fn redone(&mut self, now: Before) -> Option<Before> {
        step(&mut self.redo, &mut self.undo, now)
    }
}

/// From one end of what is remembered to the other: as much of what is now as the step changes.
fn step(from: &mut Vec<Before>, to: &mut Vec<Before>, now: Before) -> Option<Before> {
    let taken = from.pop()?;
    to.push(Before {
        look: now.look.filter(|_| taken.look.is_some()),
        ..now
    });
    Some(taken)
}

//! The filter of a timeline screen: its text, the events that it shows, and its history for undo and redo.

use std::sync::Arc;

use crate::date::Truth;
use crate::query::{Filter, MatchCounts, Matches};
use crate::timeline::term::Grouping;
use crate::timeline::{ByClock, Clock, EventId, Scene, Timeline, View};

/// A state of the filter in the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterSnapshot {
    pub text: String,
    /// The grouping and the clock, if the change replaced them too, as a view does.
    pub look: Option<(Grouping, Clock)>,
}

/// A view that was applied. It holds as long as its filter is the current one.
#[derive(Clone, Debug, PartialEq)]
struct AppliedView {
    title: String,
    filter: String,
}

/// The filter of a timeline screen, and the events that it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ActiveFilter {
    /// Empty if it shows every event.
    pub text: String,
    /// Whether events that only possibly match are hidden.
    pub surely_only: bool,
    /// The view that was applied last.
    view: Option<AppliedView>,
    matches: Matches,
    /// The order of all events by the clock; `None` for [`Clock::Happened`], the order of the timeline.
    order: Option<Arc<ByClock>>,
    /// The shown events, in order.
    rows: Arc<Vec<EventId>>,
    /// Grows with each change of `rows`.
    version: u64,
    undo: Vec<FilterSnapshot>,
    redo: Vec<FilterSnapshot>,
}

impl ActiveFilter {
    /// A filter that shows every event.
    pub fn open(timeline: &Timeline) -> Self {
        let mut filter = Self {
            text: String::new(),
            surely_only: false,
            view: None,
            matches: Matches::everything(timeline.len()),
            order: None,
            rows: Arc::default(),
            version: 0,
            undo: Vec::new(),
            redo: Vec::new(),
        };
        filter.update_rows();
        filter
    }

    /// The filter and the order of a view. Without a view, or if its filter has a mistake, every event is shown.
    pub fn of_view(timeline: &Timeline, view: Option<&View>) -> Self {
        let mut filter = Self::open(timeline);
        let Some(view) = view else { return filter };
        if let Some(clock) = view.clock() {
            filter.order_by(timeline, clock);
        }
        let text = view.filter.as_deref().unwrap_or_default();
        if let Ok(parsed) = Filter::parse(timeline, text) {
            filter.put(text.trim().to_owned(), parsed.matches(timeline));
        }
        filter
    }

    /// The event that a scene is about: the event that it selects, or else the first event of its view.
    pub fn event_of(&self, scene: &Scene) -> Option<EventId> {
        scene.select.or(self.rows().first().copied())
    }

    /// Copies the history of another filter, whether it hides events that only possibly match, and the name of its view
    /// if the timeline still has it.
    pub fn keep(&mut self, other: &Self, timeline: &Timeline) {
        self.surely_only = other.surely_only;
        let is_known = |old: &&AppliedView| {
            let mut views = timeline.views().iter();
            views.any(|view| view.title == old.title)
        };
        self.view = other.view.as_ref().filter(is_known).cloned();
        self.undo.clone_from(&other.undo);
        self.redo.clone_from(&other.redo);
    }

    /// Replaces the filter.
    pub fn put(&mut self, text: String, matches: Matches) {
        self.text = text;
        self.matches = matches;
        self.update_rows();
    }

    /// Hides events that only possibly match, or shows them again.
    pub fn toggle_possibles(&mut self) {
        self.surely_only = !self.surely_only;
        // Otherwise the same events are shown: the version, and the overview drawn for it, stay.
        if self.counts().possibly > 0 {
            self.update_rows();
        }
    }

    fn update_rows(&mut self) {
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

    /// Sorts the events by a clock.
    pub fn order_by(&mut self, timeline: &Timeline, clock: Clock) {
        self.order = (clock != Clock::Happened).then(|| Arc::new(timeline.by_clock(clock)));
        self.update_rows();
    }

    /// The shown events, in order.
    pub fn rows(&self) -> &[EventId] {
        &self.rows
    }

    /// The same, for a search that runs on another thread.
    pub fn shared_rows(&self) -> Arc<Vec<EventId>> {
        Arc::clone(&self.rows)
    }

    /// A number that grows with each change of the shown events.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The row of an event.
    ///
    /// # Errors
    /// The row that a hidden event would have.
    pub fn row_of(&self, event: EventId) -> Result<usize, usize> {
        let Some(order) = &self.order else {
            return self.rows.binary_search(&event);
        };
        let before = order.events().iter().take_while(|&&other| other != event);
        let row = before.filter(|&&other| self.shows(other)).count();
        if self.shows(event) { Ok(row) } else { Err(row) }
    }

    pub fn truth(&self, event: EventId) -> Truth {
        self.matches.truth(event)
    }

    pub fn shows(&self, event: EventId) -> bool {
        let truth = self.truth(event);
        truth == Truth::Yes || (truth == Truth::Possibly && !self.surely_only)
    }

    pub fn counts(&self) -> MatchCounts {
        self.matches.counts()
    }

    /// The numbers of shown events that surely match, and of those that only possibly match.
    pub fn shown_counts(&self) -> (usize, usize) {
        let counts = self.counts();
        let uncertain = if self.surely_only { 0 } else { counts.possibly };
        (counts.surely, uncertain)
    }

    /// Names the filter after a view, until it changes.
    pub fn name_after(&mut self, view: &View) {
        self.view = Some(AppliedView {
            title: view.title.clone(),
            filter: view.filter.as_deref().unwrap_or_default().trim().to_owned(),
        });
    }

    /// The title of the view that the filter belongs to.
    pub fn view(&self) -> Option<&str> {
        let view = self.view.as_ref().filter(|view| view.filter == self.text);
        view.map(|view| view.title.as_str())
    }

    /// Whether the filter or the view can be undone.
    pub fn is_undo_hinted(&self) -> bool {
        !self.undo.is_empty() && (!self.is_open() || self.view().is_some())
    }

    /// How many changes can be undone.
    pub fn undoable(&self) -> usize {
        self.undo.len()
    }

    /// Whether it shows every event.
    pub fn is_open(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds the state before a change to the history.
    pub fn remember(&mut self, before: FilterSnapshot) {
        if self.undo.last() != Some(&before) {
            self.undo.push(before);
        }
        self.redo.clear();
    }

    /// Forgets the last change if undoing it would lead to the present filter, since that change was stopped.
    pub fn forget_undo_to_now(&mut self) {
        let is_now = |it: &FilterSnapshot| it.look.is_none() && it.text == self.text;
        if self.undo.last().is_some_and(is_now) {
            self.undo.pop();
        }
    }

    /// The state before the last change. Redo returns to `now`.
    pub fn undone(&mut self, now: FilterSnapshot) -> Option<FilterSnapshot> {
        self.view = None;
        step(&mut self.undo, &mut self.redo, now)
    }

    /// The state before the last undo. Undo returns to `now`.
    pub fn redone(&mut self, now: FilterSnapshot) -> Option<FilterSnapshot> {
        self.view = None;
        step(&mut self.redo, &mut self.undo, now)
    }
}

/// Moves one state from one stack of the history to the other. `now` takes its place, with a look only if the step
/// changes the look.
fn step(
    from: &mut Vec<FilterSnapshot>,
    to: &mut Vec<FilterSnapshot>,
    now: FilterSnapshot,
) -> Option<FilterSnapshot> {
    let taken = from.pop()?;
    to.push(FilterSnapshot {
        look: now.look.filter(|_| taken.look.is_some()),
        ..now
    });
    Some(taken)
}

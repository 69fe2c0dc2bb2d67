//! What a timeline screen shows, as a key, and the screens that were prepared over another timeline by their keys.

use crate::app::screen::TimelineScreen;
use crate::query::{Filter, Matches};
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Scene, Timeline};

/// What decides which events a timeline screen shows, in which order and on which lanes. It is prepared anew for
/// another timeline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScreenKey {
    pub filter: String,
    surely_only: bool,
    clock: Clock,
    grouping: Grouping,
    /// Whether the lanes are those of what the filter leaves.
    is_of_left: bool,
}

impl ScreenKey {
    pub fn of(screen: &TimelineScreen) -> Self {
        Self {
            filter: screen.sieve.text.clone(),
            surely_only: screen.sieve.surely_only,
            clock: screen.clock,
            grouping: screen.lanes.grouping,
            is_of_left: screen.lanes.is_of_shown,
        }
    }

    /// The key of a scene as the briefing shows it: a filter with a mistake leaves everything.
    pub fn of_scene(timeline: &Timeline, scene: &Scene) -> Self {
        let mut screen = TimelineScreen::new(timeline);
        let view = timeline.view_of(scene);
        if let Some(view) = view {
            screen.arrange(timeline, view);
        }
        let filter = view.and_then(|view| view.filter.as_deref());
        let filter = filter.filter(|filter| Filter::parse(timeline, filter).is_ok());
        Self {
            filter: filter.unwrap_or_default().trim().to_owned(),
            is_of_left: true,
            ..Self::of(&screen)
        }
    }

    /// A screen that shows it. A filter whose names are missing leaves nothing.
    pub fn prepare(&self, timeline: &Timeline) -> PreparedScreen {
        let mut screen = TimelineScreen::new(timeline);
        screen.group(timeline, self.grouping);
        if self.clock != screen.clock {
            screen.go_by(timeline, self.clock);
        }
        screen.sieve.surely_only = self.surely_only;
        let filter = Filter::parse(timeline, &self.filter);
        let is_refused = filter.is_err();
        let matches = filter.map_or_else(
            |_| Matches::nothing(timeline.len()),
            |filter| filter.matches(timeline),
        );
        screen.put(timeline, self.filter.clone(), matches);
        if self.is_of_left {
            screen.group_left(timeline);
        }
        PreparedScreen {
            key: self.clone(),
            screen,
            is_refused,
        }
    }
}

/// A screen over the new timeline, with nothing selected on it yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreparedScreen {
    key: ScreenKey,
    pub screen: TimelineScreen,
    /// Whether the filter has names that the timeline has not.
    pub is_refused: bool,
}

impl PreparedScreen {
    /// The screen of a key: as it was prepared, or prepared now.
    pub fn of(prepared: &[Self], timeline: &Timeline, key: &ScreenKey) -> Self {
        let known = prepared.iter().find(|prepared| prepared.key == *key);
        known.cloned().unwrap_or_else(|| key.prepare(timeline))
    }
}

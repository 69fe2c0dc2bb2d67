//! The key of a timeline screen, to prepare it for another timeline.

use crate::app::screen::TimelineScreen;
use crate::query::{Filter, Matches};
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Scene, Timeline};

/// Everything that decides on the events of a timeline screen, their order and their lanes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScreenKey {
    pub filter: String,
    surely_only: bool,
    clock: Clock,
    grouping: Grouping,
    /// Whether only shown events have lanes.
    is_of_left: bool,
}

impl ScreenKey {
    pub fn of(screen: &TimelineScreen) -> Self {
        Self {
            filter: screen.active_filter.text.clone(),
            surely_only: screen.active_filter.surely_only,
            clock: screen.clock,
            grouping: screen.lanes.grouping,
            is_of_left: screen.lanes.is_of_shown,
        }
    }

    /// The key of a scene in a briefing. A filter with a mistake shows every event.
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

    /// Makes the screen. A filter whose names are missing shows no events.
    pub fn prepare(&self, timeline: &Timeline) -> PreparedScreen {
        let mut screen = TimelineScreen::new(timeline);
        screen.group(timeline, self.grouping);
        if self.clock != screen.clock {
            screen.go_by(timeline, self.clock);
        }
        screen.active_filter.surely_only = self.surely_only;
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

/// A screen of the new timeline, without a selection.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreparedScreen {
    key: ScreenKey,
    pub screen: TimelineScreen,
    /// Whether the timeline lacks names of the filter.
    pub is_refused: bool,
}

impl PreparedScreen {
    /// The prepared screen of a key; prepares it if it is missing.
    pub fn of(prepared: &[Self], timeline: &Timeline, key: &ScreenKey) -> Self {
        let known = prepared.iter().find(|prepared| prepared.key == *key);
        known.cloned().unwrap_or_else(|| key.prepare(timeline))
    }
}

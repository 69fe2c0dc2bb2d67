//! The initial state of timeline screens, from the settings.

use super::timeline::TimelineScreen;
use crate::timeline::{Clock, Timeline};

/// The initial state of a timeline screen. Keys change it later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitialView {
    /// Whether the overview is a strip.
    pub folded: bool,
    /// Whether the detail is hidden.
    pub without_detail: bool,
    /// For the axis and the order of the list.
    pub clock: Clock,
}

impl Default for InitialView {
    fn default() -> Self {
        Self {
            folded: false,
            without_detail: false,
            clock: Clock::Happened,
        }
    }
}

impl InitialView {
    /// Applies it to a screen, and selects the first event on the clock.
    pub fn give(self, timeline: &Timeline, screen: &mut TimelineScreen) {
        self.furnish(screen);
        if screen.clock != self.clock {
            screen.go_by(timeline, self.clock);
            screen.select(timeline, 0);
        }
    }

    /// Applies everything but the clock.
    pub fn furnish(self, screen: &mut TimelineScreen) {
        screen.folded = self.folded;
        screen.without_detail = self.without_detail;
    }
}

//! How a timeline screen looks when it is opened.

use super::timeline::TimelineScreen;
use crate::timeline::{Clock, Timeline};

/// How a timeline screen looks when it is opened. From then on the keys change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitialView {
    /// Whether the overview is folded to a strip.
    pub folded: bool,
    /// Whether the detail is put away.
    pub without_detail: bool,
    /// Which of the times of an event the axis and the order of the list go by.
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
    /// Gives it to a screen, which begins with its first event on the clock.
    pub fn give(self, timeline: &Timeline, screen: &mut TimelineScreen) {
        self.furnish(screen);
        if screen.clock != self.clock {
            screen.go_by(timeline, self.clock);
            screen.select(timeline, 0);
        }
    }

    /// Gives it to a screen that has its clock already.
    pub fn furnish(self, screen: &mut TimelineScreen) {
        screen.folded = self.folded;
        screen.without_detail = self.without_detail;
    }
}

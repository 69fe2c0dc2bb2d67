//! A swap of timelines as data: the request and its result.

use std::sync::Arc;

use super::screen_key::{PreparedScreen, ScreenKey};
use crate::app::screen::Screen;
use crate::app::state::briefing::Briefing;
use crate::change::Baseline;
use crate::date::EventDate;
use crate::timeline::Timeline;

/// The screens that a swap prepares for another timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::app) struct SwapScope {
    /// The wanted "as of" day.
    pub day: Option<EventDate>,
    /// What to compare with.
    pub baseline: Option<Arc<Baseline>>,
    /// With the path through the timeline on screen.
    pub briefing: Option<Briefing>,
    pub(super) keys: Vec<ScreenKey>,
    /// The open scenes, by their places on the path.
    pub scenes: Vec<usize>,
}

impl SwapScope {
    /// Adds a screen. `asked`: its requested filter that is not answered yet.
    pub fn add(&mut self, screen: &Screen, asked: Option<&str>) {
        match screen {
            Screen::Timeline(screen) => {
                let mut key = ScreenKey::of(screen);
                if let Some(asked) = asked {
                    asked.clone_into(&mut key.filter);
                }
                if !self.keys.contains(&key) {
                    self.keys.push(key);
                }
            }
            Screen::Scene(scene) if !self.scenes.contains(&scene.at) => self.scenes.push(scene.at),
            Screen::Scene(_) | Screen::Page(_) | Screen::Follower(_) => {}
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct SwapRequest {
    /// The newest timeline, of all days.
    pub(in crate::app) whole: Arc<Timeline>,
    /// The timeline on screen.
    pub(in crate::app) shown: Arc<Timeline>,
    pub(in crate::app) scope: SwapScope,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SwapResult {
    pub(in crate::app) request: SwapRequest,
    /// The timeline to show: `request.whole`, or its "as of" view.
    pub(super) timeline: Arc<Timeline>,
    pub(super) screens: Vec<PreparedScreen>,
}

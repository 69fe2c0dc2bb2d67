//! A swap of timelines as data: what is asked for, and what was prepared.

use std::sync::Arc;

use super::screen_key::{PreparedScreen, ScreenKey};
use crate::app::screen::Screen;
use crate::app::state::briefing::Briefing;
use crate::date::EventDate;
use crate::timeline::Timeline;

/// What there is on the screens: a swap prepares it over another timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::app) struct SwapScope {
    /// The `--as-of` day that is wanted.
    pub day: Option<EventDate>,
    /// The path through the timeline on screen.
    pub briefing: Option<Briefing>,
    /// What the timeline screens show.
    pub(super) keys: Vec<ScreenKey>,
    /// The scenes on the screens, by their places on the path.
    pub scenes: Vec<usize>,
}

impl SwapScope {
    /// Adds a screen, with the filter that was asked for and is not answered yet.
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

/// Asks for the screens to be prepared over another timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct SwapRequest {
    /// The newest timeline, of every day.
    pub(in crate::app) whole: Arc<Timeline>,
    /// What is on screen until then.
    pub(in crate::app) shown: Arc<Timeline>,
    pub(in crate::app) scope: SwapScope,
}

/// The screens over another timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct SwapResult {
    pub(in crate::app) request: SwapRequest,
    /// What of it is to be shown.
    pub(super) timeline: Arc<Timeline>,
    pub(super) screens: Vec<PreparedScreen>,
}

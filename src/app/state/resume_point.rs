//! Where an earlier briefing of the same timeline stopped.

use crate::app::state::briefing::{Briefing, BriefingStatus};
use crate::timeline::Timeline;

/// The place and the clock of a briefing that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResumePoint {
    pub audience: Option<String>,
    /// The place on its path, from 0.
    pub at: usize,
    /// The mark of the scene there.
    pub scene: u64,
    /// The number of revealed layers.
    pub step: usize,
    /// The time on its clock, in milliseconds.
    pub elapsed: u64,
    /// The time on its clock when the scene was entered.
    pub entered: u64,
}

impl ResumePoint {
    /// The point of a briefing that stopped at a time, in milliseconds since the machine was started. `None` if it had
    /// not begun.
    pub fn of(status: BriefingStatus, stopped_at: u64) -> Option<Self> {
        let has_begun = !status.stopwatch.is_fresh() || (status.at, status.step) != (0, 0);
        let scene = status.scene.filter(|_| has_begun)?;
        Some(Self {
            at: status.at,
            scene,
            step: status.step,
            elapsed: status.stopwatch.elapsed(stopped_at),
            entered: status.entered,
            audience: status.audience,
        })
    }

    /// The place of its scene on a path, since the file may have another version now. `None` for another audience, if
    /// the scene is gone, and for the end of the path.
    pub fn place(&self, briefing: &Briefing, timeline: &Timeline) -> Option<usize> {
        if self.audience != briefing.audience {
            return None;
        }
        let at = briefing.place_of(timeline, self.at, self.scene)?;
        let layers = briefing.scene(timeline, at)?.reveal.len();
        let is_end = at + 1 == briefing.path.len() && self.step >= layers;
        (!is_end).then_some(at)
    }
}

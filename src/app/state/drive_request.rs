//! What the second terminal of a briefing asks the presenter for: steps in the room.

use crate::app::state::briefing::{Briefing, mark};
use crate::timeline::Timeline;

/// A step from what the room sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveStep {
    Next,
    Back,
    /// To a scene by its place on the path, from 0.
    To(usize),
    /// Blanks the screen, or shows it again.
    Blank,
}

/// What the room should see. It is a place, not a step, so a request that comes twice or late does no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DriveRequest {
    /// The place on the path, from 0.
    pub at: usize,
    /// The mark of the scene there.
    pub scene: u64,
    /// The number of revealed layers.
    pub step: usize,
    pub blank: bool,
}

impl DriveRequest {
    /// A request for a scene of a path; `None` if there is no such scene.
    pub fn new(briefing: &Briefing, timeline: &Timeline, at: usize, step: usize) -> Option<Self> {
        let scene = briefing.scene(timeline, at)?;
        Some(Self {
            at,
            scene: mark(scene),
            step: step.min(scene.reveal.len()),
            blank: false,
        })
    }
}

//! A scene of a briefing: which one, how much of it is revealed, and the view that it shows.

use super::page::Reading;
use super::timeline::TimelineScreen;
use crate::app::screen::scene_layout::Setting;
use crate::document::{Document, Subject};
use crate::timeline::{EventId, Scene, Timeline};

/// The state of a scene.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneScreen {
    /// Its place on the path of the briefing, from 0.
    pub at: usize,
    /// How many layers are revealed.
    pub step: usize,
    /// Whether the screen is blank.
    pub is_blank: bool,
    /// Its view, with the event selected.
    pub timeline: TimelineScreen,
    /// The layers that are revealed.
    pub layers: Option<Reading>,
    /// Where its parts stand.
    pub setting: Setting,
}

impl SceneScreen {
    /// A scene with nothing revealed yet; its view is yet to be filtered.
    pub fn new(at: usize, timeline: TimelineScreen) -> Self {
        Self {
            at,
            step: 0,
            is_blank: false,
            timeline,
            layers: None,
            setting: Setting::default(),
        }
    }

    /// The event whose layers are revealed.
    pub fn event(&self) -> Option<EventId> {
        self.timeline.event()
    }

    /// Reveals as many layers of the scene: those of the event that it selects, else of the first of its view.
    /// Where the view leaves none there is nothing to see, and the briefing goes on all the same.
    pub fn reveal(&mut self, timeline: &Timeline, scene: &Scene, step: usize) {
        if scene.select.is_none() {
            self.timeline.select(timeline, 0);
        }
        self.step = step.min(scene.reveal.len());
        let layers = scene.reveal.get(..self.step).unwrap_or_default();
        let event = self.timeline.sieve.event_of(scene);
        self.layers = layers.split_last().zip(event).map(|((_, before), event)| {
            let document = Document::layers(timeline, event, layers);
            let before = Document::layers(timeline, event, before);
            Reading::of(Subject::Event(event), document).from_block(before.blocks.len())
        });
    }
}

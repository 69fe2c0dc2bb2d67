//! A scene of a briefing on the screen: its place on the path, its view, and its revealed layers.

use super::page_view::PageView;
use super::timeline::TimelineScreen;
use crate::app::screen::scene_layout::SceneLayout;
use crate::document::{Document, PageSubject};
use crate::timeline::{EventId, Scene, Timeline};

#[derive(Clone, Debug, PartialEq)]
pub struct SceneScreen {
    /// The place on the path of the briefing, from 0.
    pub at: usize,
    /// The number of revealed layers.
    pub step: usize,
    pub is_blank: bool,
    /// Its view, with its event selected.
    pub timeline: TimelineScreen,
    /// The revealed layers.
    pub layers: Option<PageView>,
    pub layout: SceneLayout,
}

impl SceneScreen {
    /// A scene without revealed layers. The caller requests the filter of its view.
    pub fn new(at: usize, timeline: TimelineScreen) -> Self {
        Self {
            at,
            step: 0,
            is_blank: false,
            timeline,
            layers: None,
            layout: SceneLayout::default(),
        }
    }

    pub fn event(&self) -> Option<EventId> {
        self.timeline.event()
    }

    /// Reveals `step` layers of the event that the scene selects, or else of the first event of its view. If the view
    /// is empty, there are no layers, but the step counts. The scene about what changed has a page of its own at every
    /// step.
    pub fn reveal(&mut self, timeline: &Timeline, scene: &Scene, step: usize) {
        if scene.select.is_none() {
            self.timeline.select(timeline, 0);
        }
        self.step = step.min(scene.reveal.len());
        if let Some(account) = &scene.account {
            // Each part replaces the previous one.
            let document = Document::account(account, self.step);
            self.layers = Some(PageView::of(PageSubject::Timeline, document));
            return;
        }
        let layers = scene.reveal.get(..self.step).unwrap_or_default();
        let event = self.timeline.active_filter.event_of(scene);
        self.layers = event.filter(|_| !layers.is_empty()).map(|event| {
            let (document, before) = Document::layers(timeline, event, layers);
            PageView::of(PageSubject::Event(event), document)
                .from_block(before)
                .for_room()
        });
    }
}

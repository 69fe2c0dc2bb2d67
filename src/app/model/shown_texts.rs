//! Texts of logs that are left in their files. Once shown, a text stays in memory for a while.

use std::sync::Arc;

use super::Model;

/// How many pages of texts stay in memory: some hundred screens.
const MOST_PAGES: usize = 1024;

impl Model {
    /// Frees the texts that were shown, once there are many. Drawing then reads those on the screen again.
    ///
    /// While another thread uses the timeline, nothing is freed: the next message tries again.
    pub(in crate::app) fn forget_pages(&mut self) {
        let is_whole = Arc::ptr_eq(&self.timeline, &self.files.whole);
        if !is_whole || self.timeline.pages_in_memory() < MOST_PAGES {
            return;
        }
        self.files.whole = Arc::default();
        if let Some(timeline) = Arc::get_mut(&mut self.timeline) {
            timeline.forget_pages();
        }
        self.files.whole = Arc::clone(&self.timeline);
    }
}

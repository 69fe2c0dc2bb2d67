//! The scene that dateline adds before those of the file, about what differs from an earlier version.

use super::account::SceneAccount;
use super::data::Timeline;
use super::link::EventId;
use super::story::{Scene, View};

impl Timeline {
    /// The same timeline with a scene before those of the file, and a view of the events that it is about.
    #[must_use]
    pub fn with_account(mut self, mut scene: Scene, view: Option<View>) -> Self {
        if let Some(mut view) = view {
            while self.views.iter().any(|other| other.key == view.key) {
                view.key.push('+');
            }
            scene.view = Some(view.key.clone());
            self.views.push(view);
        }
        self.scenes.insert(0, scene);
        self.compute_effective_marking();
        self
    }

    /// What differs from an earlier version, if the first scene is about that.
    pub fn account(&self) -> Option<&SceneAccount> {
        self.scenes.first()?.account.as_ref()
    }

    /// How an event differs from an earlier version, in a few words.
    pub fn remark(&self, event: EventId) -> Option<&str> {
        let account = self.account()?;
        account.remarks.get(&event).map(String::as_str)
    }
}

//! A timeline that is compared with an earlier version carries what differs.

use std::sync::Arc;

use super::changes::{ChangedItem, TimelineChanges};
use super::data::Timeline;
use super::link::EventId;

impl Timeline {
    /// What differs from an earlier version; `None` if this one is compared with none.
    pub fn changes(&self) -> Option<&TimelineChanges> {
        self.changes.as_deref()
    }

    /// The same timeline, compared with an earlier version. Its marking is as strict as what that version says.
    #[must_use]
    pub fn with_changes(mut self, changes: TimelineChanges) -> Self {
        self.changes = Some(Arc::new(changes));
        self.compute_effective_marking();
        self
    }
}

impl TimelineChanges {
    /// The same for an "as of" view of the timeline: only which events are new or changed. What they said before may
    /// not have been public by then.
    #[must_use]
    pub fn only_marks(&self, whole: &Timeline, view: &Timeline) -> Self {
        let is_mark = |word: &&str| [Self::ANY, Self::NEW].contains(word);
        let marked = |(event, item): (EventId, &ChangedItem)| {
            let event = view.find_event(&whole.event(event).key())?;
            Some(ChangedItem {
                kind: item.kind,
                presence: item.presence,
                event: Some(event.id()),
                title: event.title().to_owned(),
                date: String::new(),
                marking: None,
                perhaps: None,
                lines: Vec::new(),
                words: item.words.iter().copied().filter(is_mark).collect(),
            })
        };
        let items = self.events().filter_map(marked).collect();
        Self::new(self.since.clone(), items, self.vocabulary)
    }
}

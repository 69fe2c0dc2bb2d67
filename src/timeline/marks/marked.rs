//! A timeline carries the marks on its events.

use std::sync::Arc;

use super::super::data::Timeline;
use super::super::event::Event;
use super::super::link::EventId;
use super::super::term::Tlp;
use super::event_mark::MarkEdit;
use super::marks_file::{ItemEdit, MarkedItem};
use super::timeline_marks::{EventMarks, TimelineMarks};

impl Timeline {
    /// The marks of people on its events.
    pub fn marks(&self) -> &TimelineMarks {
        &self.marks
    }

    /// The same timeline with other marks. It shares the tables of events.
    #[must_use]
    pub fn with_marks(mut self, marks: TimelineMarks) -> Self {
        self.marks = Arc::new(marks);
        self.compute_effective_marking();
        self
    }

    /// The marks after edits, each of the mark of one event, and what is to be written for them.
    #[must_use]
    pub fn with_mark_edits(
        &self,
        edits: impl IntoIterator<Item = (EventId, MarkEdit)>,
    ) -> (TimelineMarks, Vec<ItemEdit>) {
        let mut marks = self.marks().clone();
        let mut written = Vec::new();
        for (event, edit) in edits {
            let event = self.event(event);
            let marking = event.marking_or_default();
            marks.edit(event.id(), &edit, marking);
            let place = event.place();
            written.push(ItemEdit {
                of: marks.file_name(place.file).to_owned(),
                item: self.marked_item(event),
                edit,
                place,
                marking,
            });
        }
        (marks, written)
    }

    /// How a marks file names an event.
    fn marked_item(&self, event: Event<'_>) -> MarkedItem {
        match event.line_in_log() {
            Some(line) => MarkedItem::Row {
                line,
                print: self.marks().own_at(event.id()).and_then(|it| it.print),
            },
            None => MarkedItem::Event(event.key().into_owned()),
        }
    }
}

impl<'t> Event<'t> {
    /// The marks of people on it.
    pub fn marks(self) -> EventMarks<'t> {
        self.timeline().marks().of(self.id())
    }

    /// Its marking, or that of the file.
    pub(super) fn marking_or_default(self) -> Option<Tlp> {
        self.tlp().or(self.timeline().head().tlp)
    }
}

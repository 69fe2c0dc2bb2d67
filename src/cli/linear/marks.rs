//! Marks: a star, tags and a note on the event that was read last.

use super::session::LinearSession;
use super::words::{line, spoken};
use crate::timeline::{EventId, EventMark, ItemEdit, MarkEdit};

impl LinearSession {
    /// The edits since the last call, to be written.
    pub fn take_edits(&mut self) -> Vec<ItemEdit> {
        std::mem::take(&mut self.mark_edits.unsaved)
    }

    /// Toggles the event's star.
    pub(super) fn star(&mut self) -> String {
        self.mark(|own| {
            let said = if own.is_starred {
                "Star removed"
            } else {
                "Starred"
            };
            (MarkEdit::Star(!own.is_starred), said.to_owned())
        })
    }

    /// Tags the event; the same tag again removes it.
    pub(super) fn tag(&mut self, tag: &str) -> String {
        if tag.is_empty() {
            return line("Type a word, such as: tag ioc");
        }
        self.mark(|own| {
            if own.tags.iter().any(|it| it == tag) {
                (
                    MarkEdit::Untag(tag.to_owned()),
                    format!("Tag `{tag}` removed"),
                )
            } else {
                (MarkEdit::Tag(tag.to_owned()), format!("Tagged `{tag}`"))
            }
        })
    }

    /// Writes a note on the event, in place of its present one; without a text, removes it.
    pub(super) fn note(&mut self, text: &str) -> String {
        self.mark(|own| {
            let said = match (text.is_empty(), own.note.is_empty()) {
                (true, true) => {
                    "The event has no note. Type one, such as: note first use of the token"
                }
                (true, false) => "Note removed: undo brings it back",
                (false, true) => "Note added",
                (false, false) => "Note replaced: undo brings the former one back",
            };
            (MarkEdit::Note(text.to_owned()), said.to_owned())
        })
    }

    /// Takes back the last edit of a mark.
    pub(super) fn undo(&mut self) -> String {
        if let Some(why) = self.unmarkable() {
            return line(&format!("Cannot undo: {why}"));
        }
        let Some((event, edit)) = self.mark_edits.undoing.pop() else {
            return line("No mark was changed");
        };
        let part = match &edit {
            MarkEdit::Star(_) => "the star".to_owned(),
            MarkEdit::Tag(tag) | MarkEdit::Untag(tag) => format!("the tag “{tag}”"),
            MarkEdit::Note(_) => "the note".to_owned(),
        };
        self.edit(event, edit);
        let title = self.timeline().event(event).title();
        line(&format!("Undone: {part} on “{title}”"))
    }

    /// Edits the mark of the event that was read last. `decide` gets the present mark, and returns the edit and the
    /// answer.
    fn mark(&mut self, decide: impl FnOnce(&EventMark) -> (MarkEdit, String)) -> String {
        if let Some(why) = self.unmarkable() {
            return line(&format!("Cannot mark: {why}"));
        }
        let Some(event) = self.event else {
            return line("Go to an event first: type next, or go with a number");
        };
        let own = self.timeline().event(event).marks().own();
        let (edit, said) = decide(&own);
        if own.edited(&edit) != own {
            self.mark_edits.undoing.push((event, edit.undoing(&own)));
            self.edit(event, edit);
        }
        spoken(&said) + "\n"
    }

    fn edit(&mut self, event: EventId, edit: MarkEdit) {
        let (marks, edits) = self.whole.with_mark_edits([(event, edit)]);
        self.mark_edits.unsaved.extend(edits);
        self.show_marks(marks);
    }

    /// Why no mark can be made now.
    fn unmarkable(&self) -> Option<&'static str> {
        if !self.mark_edits.is_possible {
            return Some("a room may hear the briefing; mark events with dateline --linear");
        }
        if self.is_briefing {
            return Some("a room may hear the briefing; type list to leave it");
        }
        // A mark could be on something withheld, or repeat its words.
        let is_whole = self.timeline().redactions().is_whole();
        (!is_whole).then_some(
            "part of the timeline is withheld: show it as of today, and run without --max-tlp",
        )
    }
}

//! What an import keeps of the marks on an event: tags become tags, and notes comments.

use crate::timeline::Event;
use crate::timeline::term::Tlp;

/// The notes on an event, each as a comment. Of several people, each with its author.
pub(in crate::formats) fn notes(event: Event<'_>) -> impl Iterator<Item = String> {
    let has_several = event.timeline().marks().has_several_authors();
    let notes = event
        .marks()
        .each()
        .filter(|(_, mark)| !mark.note.is_empty());
    notes.map(move |(by, mark)| {
        let by = if has_several {
            format!(" by {by}")
        } else {
            String::new()
        };
        format!("note{by}: {}", mark.note)
    })
}

/// The marking of an event with marks that are marked more strictly; `None` if its own will do.
pub(in crate::formats) fn marking(event: Event<'_>) -> Option<Tlp> {
    let own = event.tlp().or(event.timeline().head().tlp);
    let of_marks = event.marks().marking();
    of_marks.filter(|_| of_marks > own)
}

/// The strictest marking of the marks on some events.
pub(in crate::formats) fn marking_of_all<'t>(
    events: impl Iterator<Item = Event<'t>>,
) -> Option<Tlp> {
    events.filter_map(|event| event.marks().marking()).max()
}

//! The line in which a note or a tag of an event is typed.

use super::completed_line::CompletedLine;
use crate::query::CompletionCandidate;
use crate::timeline::{EventId, Timeline};

/// The part of a mark that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkPart {
    Note,
    Tag,
}

#[derive(Clone, Debug)]
pub struct MarkPrompt {
    pub part: MarkPart,
    /// The key of the event.
    pub event: String,
    pub line: CompletedLine,
}

impl MarkPrompt {
    pub fn open(timeline: &Timeline, event: EventId, part: MarkPart) -> Self {
        let event = timeline.event(event);
        let own = event.marks().own();
        let line = match part {
            MarkPart::Note => CompletedLine::new(&own.note, Vec::new()),
            MarkPart::Tag => CompletedLine::new("", tags(timeline, &own.tags)),
        };
        Self {
            part,
            event: event.key().into_owned(),
            line,
        }
    }
}

/// The tags of marks, then the tags of events.
fn tags(timeline: &Timeline, own: &[String]) -> Vec<CompletionCandidate> {
    let candidate = |tag: &str, detail: &str| CompletionCandidate {
        insert: tag.to_owned(),
        label: tag.to_owned(),
        detail: detail.to_owned(),
        count: None,
    };
    let of_marks = timeline.marks().tags();
    let known = of_marks.iter().map(|(_, tag)| {
        let is_own = own.iter().any(|it| it == tag);
        candidate(
            tag,
            if is_own {
                "removes it"
            } else {
                "a tag of yours"
            },
        )
    });
    let of_events = timeline.tags().iter().map(|(_, tag)| tag);
    let of_events = of_events.filter(|tag| of_marks.find(tag).is_none());
    let of_events = of_events.map(|tag| candidate(tag, "a tag of events"));
    known.chain(of_events).collect()
}

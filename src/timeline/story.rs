//! What an author adds to the facts for those who read or hear them: views, scenes and questions.

use super::clock::Clock;
use super::link::EventId;
use super::term::{Grouping, QuestionStatus, Tlp};

/// A named filter, grouping and order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// What the file calls it.
    pub key: String,
    /// Its title; the key where the file gives none.
    pub title: String,
    /// The filter, in dateline's filter language.
    pub filter: Option<String>,
    /// What lanes stand for; none if it names no grouping that there is.
    pub group: Option<Grouping>,
    /// The clock by which the events are sorted, and the axis goes.
    pub sort: Option<String>,
    /// `RED` where a marking stands there all the same: a view has no key for one, and is marked as the file is.
    pub tlp: Option<Tlp>,
}

impl View {
    /// The clock by which its events are sorted; none if it names none that there is.
    pub fn clock(&self) -> Option<Clock> {
        self.sort.as_deref().and_then(Clock::parse)
    }
}

/// One step of a briefing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// Its title; empty if the author gave none.
    pub title: String,
    /// The key of a view.
    pub view: Option<String>,
    /// The selected event.
    pub select: Option<EventId>,
    /// What the room hears.
    pub say: Option<String>,
    /// For the briefer only.
    pub notes: Option<String>,
    /// The time planned for it, in seconds.
    pub seconds: Option<u32>,
    /// For whom; empty means everyone.
    pub audience: Vec<String>,
    /// Layers that further key presses add.
    pub reveal: Vec<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// Where it stands.
    pub status: QuestionStatus,
    /// The events it is about.
    pub events: Vec<EventId>,
    /// What would settle it.
    pub settles: Option<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
}

//! What an author adds for readers and audiences: views, scenes and questions.

use super::account::SceneAccount;
use super::clock::Clock;
use super::link::EventId;
use super::term::{Grouping, QuestionStatus, SceneAxis, Tlp};

/// A named filter, grouping and order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The key in the file.
    pub key: String,
    /// The title; the key if the file gives none.
    pub title: String,
    /// The filter, in dateline's filter language.
    pub filter: Option<String>,
    /// What lanes represent; `None` if the grouping is unknown.
    pub group: Option<Grouping>,
    /// The name of the clock that orders the events and the axis.
    pub sort: Option<String>,
    /// `RED` if the view has a marking: views have no key for one, and are marked like the file.
    pub tlp: Option<Tlp>,
}

impl View {
    /// The clock that orders its events; `None` if the name is unknown.
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
    /// What the audience hears.
    pub say: Option<String>,
    /// Notes for the briefer.
    pub notes: Option<String>,
    /// The time planned for it, in seconds.
    pub seconds: Option<u32>,
    /// The audiences; empty means everyone.
    pub audience: Vec<String>,
    /// Which time its axis shows.
    pub axis: SceneAxis,
    /// Layers that further key presses add.
    pub reveal: Vec<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// What differs from an earlier version, in a scene that dateline adds.
    pub account: Option<SceneAccount>,
}

/// Something that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    /// Whether it is answered.
    pub status: QuestionStatus,
    /// The events it is about.
    pub events: Vec<EventId>,
    /// What would settle it.
    pub settles: Option<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
}

//! What is copied for other programs: which things, not in which words.

use crate::document::{Evidence, Subject};
use crate::timeline::SourceId;

/// Something to be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// What is said about something.
    Said(Subject),
    /// Documents, to be cited.
    Cited(Vec<Citation>),
    /// The command that prints what is on the screen.
    Command,
    /// The filter, as it is written.
    Filter(String),
}

/// A document, and perhaps a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The document.
    pub source: SourceId,
    /// Where in it, in the words of the file.
    pub at: Option<String>,
}

impl Citation {
    /// A document as a whole.
    pub const fn whole(source: SourceId) -> Self {
        Self { source, at: None }
    }
}

impl Copied {
    /// What it is, to tell a user.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Said(Subject::Evidence(Evidence::Claim(_))) => "the claim",
            Self::Said(Subject::Event(_)) => "the event",
            Self::Said(_) => "the page",
            Self::Cited(cited) if cited.len() == 1 => "the source",
            Self::Cited(_) => "the sources",
            Self::Command => "the command",
            Self::Filter(_) => "the filter",
        }
    }
}

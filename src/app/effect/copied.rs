//! The things that can be copied. Their texts are made elsewhere.

use crate::document::{Evidence, PageSubject};
use crate::timeline::SourceId;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyRequest {
    /// The text about a subject.
    Said(PageSubject),
    /// Citations of sources.
    Cited(Vec<Citation>),
    /// The command line that prints the current frame.
    Command,
    Filter(String),
    /// A query for an engine of another program.
    Query(String),
}

/// A source, and perhaps a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    pub source: SourceId,
    /// The place, in the words of the file.
    pub at: Option<String>,
}

impl Citation {
    pub const fn whole(source: SourceId) -> Self {
        Self { source, at: None }
    }
}

impl CopyRequest {
    /// Its name in notices.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Said(PageSubject::Evidence(Evidence::Claim(_))) => "the claim",
            Self::Said(PageSubject::Event(_)) => "the event",
            Self::Said(_) => "the page",
            Self::Cited(cited) if cited.len() == 1 => "the source",
            Self::Cited(_) => "the sources",
            Self::Command => "the command",
            Self::Filter(_) => "the filter",
            Self::Query(_) => "the query",
        }
    }
}

//! The version that the timeline is compared with, if the user wants one, and the requests to read it.

use std::sync::Arc;

use crate::change::Baseline;

#[derive(Clone, Debug, Default)]
pub(in crate::app) struct BaselineState {
    pub chosen: Option<Arc<Baseline>>,
    /// The name that was asked for, until it is answered.
    pub asked: Option<String>,
    /// The last one, for the next prompt.
    pub last: String,
    /// Whether to report what differs once it is on screen.
    pub is_news: bool,
}

/// A request to read a file or a revision. A day of the timeline itself needs none.
#[derive(Clone, Debug, PartialEq)]
pub struct BaselineRequest {
    /// As the user calls it.
    pub name: String,
    /// The version that is known already: it need not be reported again.
    pub known: Option<Arc<Baseline>>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum BaselineOutcome {
    Read(Arc<Baseline>),
    /// It is the known version.
    Unchanged,
    Failed(BaselineFailure),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineFailure {
    pub message: String,
    /// May be empty.
    pub help: String,
}

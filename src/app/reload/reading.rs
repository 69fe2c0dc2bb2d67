//! What the program asks about its files, and what comes of a reading.

use std::fmt;
use std::sync::Arc;

use super::changes::TimelineChanges;
use super::fingerprint::ReadingFingerprints;
use crate::app::state::problem::Problem;
use crate::timeline::Timeline;

/// What the program asks of the outside about its files.
#[derive(Clone, Debug, PartialEq)]
pub enum FileRequest {
    /// Read the files. Nothing else is being read then.
    Read(ReadRequest),
    /// End the present reading early.
    Stop,
    /// Find out anew which directories to watch, then report [`Saved`](super::ReloadEvent::Saved).
    Rewatch,
}

/// Which reading is asked for.
#[derive(Clone, PartialEq)]
pub enum ReadRequest {
    /// All of long files, after their start was shown. A reading that is stopped gives what it has read.
    Rest,
    /// Saved files. A reading that is stopped is discarded.
    Again {
        /// Compared with the result.
        shown: Arc<Timeline>,
        /// The reading is skipped if the files still have these fingerprints.
        known: Option<ReadingFingerprints>,
    },
}

/// Without the timeline: frames print the effects that keys have.
impl fmt::Debug for ReadRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rest => "Rest",
            Self::Again { .. } => "Again",
        })
    }
}

/// What came of a reading.
#[derive(Clone, Debug, PartialEq)]
pub enum ReadOutcome {
    /// Their content.
    Read(Box<FileReading>),
    /// The files have the fingerprints that are known.
    Unchanged,
    /// The reading was stopped before its end, and its result discarded.
    Discarded,
    /// A file could not be read, and why.
    Failed(String),
}

/// What the files say.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReading {
    /// Everything that may be shown on any day.
    pub timeline: Arc<Timeline>,
    /// Redacted like the timeline.
    pub problems: Vec<Problem>,
    /// Compared with the timeline of the request; empty after [`ReadRequest::Rest`].
    pub changes: TimelineChanges,
    /// Of the bytes that were read.
    pub fingerprints: ReadingFingerprints,
    /// The share that was read, in percent, if the reading was stopped.
    pub stopped_at: Option<u8>,
}

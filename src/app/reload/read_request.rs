//! Requests to read files, and their results.

use std::fmt;
use std::sync::Arc;

use super::fingerprint::ReadingFingerprints;
use crate::app::state::problem::Problem;
use crate::timeline::Timeline;

#[derive(Clone, Debug, PartialEq)]
pub enum FileRequest {
    /// Read the files. No other reading runs.
    Read(ReadRequest),
    /// Stop the current reading.
    Stop,
    /// Recompute the directories to watch, then report [`Saved`](super::ReloadEvent::Saved).
    Rewatch,
}

#[derive(Clone, PartialEq)]
pub enum ReadRequest {
    /// Long files whose start is on screen. If the reading is stopped, the result is the part that was read.
    Rest,
    /// Saved files. If the reading is stopped, the result is discarded.
    Again {
        /// The result is compared with it; `None` if only a part of the files is shown.
        shown: Option<Arc<Timeline>>,
        /// The reading is skipped if the files still have these fingerprints.
        known: Option<ReadingFingerprints>,
    },
}

/// Does not print the timeline, since tests print effects.
impl fmt::Debug for ReadRequest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Rest => "Rest",
            Self::Again { .. } => "Again",
        })
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum ReadOutcome {
    Read(Box<FileReading>),
    /// The files still have the known fingerprints.
    Unchanged,
    /// The reading was stopped.
    Discarded,
    /// A file is unreadable; the reason.
    Failed(String),
}

/// The content of the files.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReading {
    /// Shows all days, without anything marked too high. It is compared with the timeline of the request.
    pub timeline: Arc<Timeline>,
    /// Redacted like the timeline.
    pub problems: Vec<Problem>,
    pub fingerprints: ReadingFingerprints,
    /// When they were read, as the local time of day, if it is known.
    pub read_at: Option<String>,
    /// The part that was read, in percent, if the reading was stopped.
    pub stopped_at: Option<u8>,
}

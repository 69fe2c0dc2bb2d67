//! The events that the state machine of reloading takes, and the actions that it returns.

use super::notice::ReloadNotice;
use super::read_request::{FileRequest, ReadOutcome};
use crate::app::state::problem::Problem;

/// Whether files can be read again, and who reports saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileWatching {
    /// No file can change: the shipped case, standard input, pipes.
    NoFiles,
    /// Only the user requests a reading.
    Off,
    /// A watcher reports saves.
    On,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ReloadEvent {
    /// The program runs, and answers requests from now on.
    Started {
        watching: FileWatching,
        /// Why saves are not noticed, if so.
        watch_failure: Option<String>,
        /// The local time of day, if it is known: the version on screen was just read.
        time: Option<String>,
    },
    /// The watcher reports that a file may have changed.
    Saved {
        /// Why the next save will not be noticed, if that is new.
        watch_failure: Option<String>,
        /// Whether it will not be noticed, even if that is not new.
        is_missing_saves: bool,
    },
    Asked,
    /// Another program, such as an editor that has ended, may have changed the files.
    Recheck,
    /// The part of the rest that has been read, in percent.
    Progress(u8),
    /// The user stops the reading of long files.
    StopAsked,
    Read(ReadOutcome),
    /// The new timeline is on screen.
    Swapped,
}

#[derive(Clone, Debug, PartialEq)]
pub enum ReloadAction {
    Request(FileRequest),
    /// Replace the problems of the files.
    ShowProblems(Vec<Problem>),
    /// Prepare and show the screens of [`ReloadMachine::pending`](super::ReloadMachine::pending), then report
    /// [`ReloadEvent::Swapped`].
    PrepareSwap,
    SelectFirstEvent,
    Notify(ReloadNotice),
    /// Exit with an error: the part on screen is not reliable.
    Fail(String),
}

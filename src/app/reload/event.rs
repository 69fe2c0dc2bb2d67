//! What happens to the files while they are shown, and what follows from it.

use super::notice::ReloadNotice;
use super::reading::{FileRequest, ReadOutcome};
use crate::app::state::problem::Problem;

/// Which files can be read again, and who says when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileWatching {
    /// No file can change: the shipped case, standard input, pipes.
    NoFiles,
    /// Only the user asks for a reading.
    Off,
    /// A watcher reports saves.
    On,
}

/// What happens to the files or to their reading.
#[derive(Clone, Debug, PartialEq)]
pub enum ReloadEvent {
    /// The program runs, and requests are answered from now on.
    Started {
        /// Who reports saves.
        watching: FileWatching,
        /// Why saves are missed, if they are.
        watch_failure: Option<String>,
    },
    /// A file may have changed, as the watcher reports.
    Saved {
        /// Why the next save is missed, if it is and that is news.
        watch_failure: Option<String>,
    },
    /// The user asks for the files to be read again.
    Asked,
    /// Another program may have changed the files: an editor that has ended, for example.
    Recheck,
    /// The share of the rest that was read, in percent.
    Progress(u8),
    /// The user asks to read no more of long files.
    StopAsked,
    /// A reading has ended.
    Read(ReadOutcome),
    /// The timeline that was read is on screen.
    Swapped,
}

/// What follows from an event.
#[derive(Clone, Debug, PartialEq)]
pub enum ReloadAction {
    /// Ask the outside.
    Request(FileRequest),
    /// These are the problems of the files from now on.
    ShowProblems(Vec<Problem>),
    /// Prepare the screens of [`ReloadMachine::pending`](super::ReloadMachine::pending), show them, and report [`ReloadEvent::Swapped`].
    PrepareSwap,
    /// Select the first event of the timeline.
    SelectFirstEvent,
    /// Show this in the status line.
    Notify(ReloadNotice),
    /// End the program: what is on screen cannot be relied on.
    Fail(String),
}

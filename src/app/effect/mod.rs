//! Effects: what the program requests from the outside, as plain data.

mod copied;
mod source_spot;
#[cfg(test)]
pub(in crate::app) mod test_file;

use std::sync::Arc;

use super::reload::{FileRequest, SwapRequest};
use super::state::baseline::BaselineRequest;
use super::state::briefing::BriefingStatus;
use super::state::drive_request::DriveRequest;
use super::state::promotion::{FileWrite, PromotionRequest};
use super::state::query_work::QueryKind;
use crate::query::Filter;
use crate::query::search::SearchPhrase;
use crate::timeline::{ItemEdit, Timeline};

pub use copied::{Citation, CopyRequest};
pub use source_spot::SourceSpot;

#[derive(Clone, Debug)]
pub enum Effect {
    /// Restore the terminal and exit.
    Quit,
    /// Restore the terminal and stop, until the shell continues the process.
    Suspend,
    /// Draw every cell again: another program may have written to the terminal.
    Redraw,
    /// Read or watch the files, or stop reading.
    Files(FileRequest),
    /// Read a version to compare the timeline with.
    ReadBaseline(BaselineRequest),
    /// Work out what the promotion of rows adds to the timeline that is open next to their log.
    Promote(PromotionRequest),
    /// Merge edits of marks into the marks file, and keep what other people have written to it.
    SaveMarks(Vec<ItemEdit>),
    /// Write a file as a whole, if no other program has changed it.
    WriteFile(FileWrite),
    /// Restore the terminal and exit with an error.
    Fail(String),
    /// Open the user's editor at a place.
    Edit(SourceSpot),
    /// Copy to the clipboard of the terminal.
    Copy(CopyRequest),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Publish the status of the briefing for its followers.
    PublishStatus(BriefingStatus),
    /// Ask the presenter to show this.
    Drive(DriveRequest),
    /// Report the presenter's status, now and at each change.
    Follow,
    /// Prepare the screens for another timeline: see [`answer`](super::answer).
    Swap(Box<SwapRequest>),
    /// Evaluate a filter: see [`answer`](super::answer).
    Filter {
        /// The timeline that the filter is bound to.
        timeline: Arc<Timeline>,
        /// The number of the request; only the newest counts.
        generation: u64,
        filter: Filter,
        /// Whether to count the events of each value of each field.
        facets: bool,
    },
    /// Search all events: see [`answer`](super::answer).
    Search {
        timeline: Arc<Timeline>,
        needle: SearchPhrase,
    },
    /// Stop a filter or a search that is not answered yet: it has no answer.
    StopQuery(QueryKind),
    /// Look up the candidates at the cursor of the filter prompt: see [`answer`](super::answer).
    Complete {
        text: String,
        /// A byte offset.
        cursor: usize,
    },
}

//! What the program asks of the world, as plain data.

mod copied;
mod source_spot;

use std::sync::Arc;

use super::reload::{FileRequest, SwapRequest};
use super::state::briefing::BriefingStatus;
use crate::query::Filter;
use crate::query::search::SearchPhrase;
use crate::timeline::Timeline;

pub use copied::{Citation, Copied};
pub use source_spot::SourceSpot;

/// What the program asks of the world.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Give the terminal back and end.
    Quit,
    /// Give the terminal back and stop, until a shell lets us go on.
    Suspend,
    /// Draw every cell again, since another program may have written over the screen.
    Redraw,
    /// Read the files, or stop doing so.
    Files(FileRequest),
    /// Give the terminal back and end with an error.
    Fail(String),
    /// Open the user's editor where something is written.
    Edit(SourceSpot),
    /// Send something to the clipboard of the terminal.
    Copy(Copied),
    /// Listen to the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Publish the status of the briefing for its followers.
    PublishStatus(BriefingStatus),
    /// Report the status that a presenter of the briefing publishes, now and at each change.
    Follow,
    /// Prepare the screens over another timeline: see [`answer`](super::answer).
    Swap(Box<SwapRequest>),
    /// Put a filter to every event: see [`answer`](super::answer).
    Filter {
        /// Those of which timeline: the filter knows its names by their numbers there.
        timeline: Arc<Timeline>,
        /// The number under which it is asked for; the newest counts.
        generation: u64,
        /// The filter.
        filter: Filter,
        /// Whether to count what each value of each field would leave.
        facets: bool,
    },
    /// Search every event: see [`answer`](super::answer).
    Search {
        /// Those of which timeline.
        timeline: Arc<Timeline>,
        /// For what.
        needle: SearchPhrase,
    },
    /// Look up what could stand at the cursor of the filter prompt: see [`answer`](super::answer).
    Complete {
        /// The text of the prompt.
        text: String,
        /// The byte of the cursor.
        cursor: usize,
    },
}

//! What the program asks of the world, and the answers that need nothing but the facts.

mod copied;

use std::sync::Arc;

use super::commands::edit::SourceSpot;
use super::message::Msg;
use super::reload::{FileRequest, SwapRequest};
use super::state::briefing::BriefingStatus;
use crate::query::search::SearchPhrase;
use crate::query::{self, Filter};
use crate::timeline::Timeline;

pub use copied::{Citation, Copied};

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
    /// Prepare the screens over another timeline: see [`answer`].
    Swap(Box<SwapRequest>),
    /// Put a filter to every event: see [`answer`].
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
    /// Search every event: see [`answer`].
    Search {
        /// Those of which timeline.
        timeline: Arc<Timeline>,
        /// For what.
        needle: SearchPhrase,
    },
    /// Look up what could stand at the cursor of the filter prompt: see [`answer`].
    Complete {
        /// The text of the prompt.
        text: String,
        /// The byte of the cursor.
        cursor: usize,
    },
}

/// Does what an effect asks for, if that needs nothing but the facts: it can be done on any thread.
pub fn answer(timeline: &Timeline, effect: &Effect) -> Option<Msg> {
    match effect {
        Effect::Filter {
            timeline,
            generation,
            filter,
            facets,
        } => Some(Msg::Filtered {
            generation: *generation,
            matches: filter.matches(timeline),
            facets: facets.then(|| query::facets(timeline, filter)),
        }),
        Effect::Search { timeline, needle } => Some(Msg::Searched {
            timeline: Arc::clone(timeline),
            needle: needle.clone(),
            events: needle.events(timeline),
        }),
        Effect::Complete { text, cursor } => Some(Msg::Completed {
            text: text.clone(),
            cursor: *cursor,
            completion: query::complete(timeline, text, *cursor),
        }),
        Effect::Swap(request) => Some(Msg::Swapped(Box::new(request.prepare()))),
        Effect::Quit
        | Effect::Suspend
        | Effect::Redraw
        | Effect::Files(_)
        | Effect::Fail(_)
        | Effect::Edit(_)
        | Effect::Copy(_)
        | Effect::Mouse(_)
        | Effect::PublishStatus(_)
        | Effect::Follow => None,
    }
}

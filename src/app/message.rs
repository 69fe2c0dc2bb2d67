//! What the world does to the program: the user's input, and the answers to effects.

use std::sync::Arc;

use ratatui::layout::Size;

use super::input::key::Input;
use super::reload::{ReloadEvent, SwapResult};
use super::screen::PresenterReport;
use crate::query::search::SearchPhrase;
use crate::query::{Completion, FacetGroup, Matches};
use crate::timeline::Timeline;

/// What the world can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The user pressed a key or moved the mouse.
    Input(Input),
    /// The user pasted a text.
    Paste(String),
    /// What time it is, in milliseconds since the machine was started.
    Time(u64),
    /// The status of the presenter whom this program follows.
    Presenter(PresenterReport),
    /// The screens over another timeline were prepared.
    Swapped(Box<SwapResult>),
    /// Something has happened to the files, or to their reading.
    Files(ReloadEvent),
    /// The terminal has another size.
    Resize(Size),
    /// A filter was put to every event.
    Filtered {
        /// The number under which it was asked for.
        generation: u64,
        /// Which events match.
        matches: Matches,
        /// How many events each value of each field would leave, if that was asked for.
        facets: Option<Vec<FacetGroup>>,
    },
    /// Every event was searched.
    Searched {
        /// Those of which timeline.
        timeline: Arc<Timeline>,
        /// For what.
        needle: SearchPhrase,
        /// Which events say it.
        events: Matches,
    },
    /// It was looked up what could stand at the cursor of the filter prompt.
    Completed {
        /// The text of the prompt then.
        text: String,
        /// The byte of the cursor then.
        cursor: usize,
        /// What could stand there.
        completion: Completion,
    },
}

//! Messages: the user's input, and the answers to effects.

use std::sync::Arc;

use ratatui::layout::Size;

use super::input::key::UserInput;
use super::reload::{ReloadEvent, SwapResult};
use super::screen::PresenterReport;
use super::state::baseline::BaselineOutcome;
use super::state::drive_request::DriveRequest;
use super::state::marks::SavedMarks;
use super::state::promotion::{FileWrite, PromotionPlan};
use super::state::query_work::QueryWork;
use super::state::time_of_day::TimeOfDay;
use crate::query::search::SearchPhrase;
use crate::query::{Completion, FacetGroup, Matches};
use crate::timeline::Timeline;

#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    Input(UserInput),
    Paste(String),
    /// Milliseconds since the machine was started.
    Time(u64),
    /// The local time of day.
    TimeOfDay(TimeOfDay),
    /// The status of the presenter that this program follows.
    Presenter(PresenterReport),
    /// The second terminal asks the presenter to show this.
    Drive(DriveRequest),
    /// A version to compare with was read, or why not.
    Baseline {
        /// The name in the request.
        name: String,
        outcome: BaselineOutcome,
    },
    /// What a promotion adds, or why it cannot be done.
    Promotion(Result<PromotionPlan, String>),
    /// Edits of marks were written, or why not.
    MarksSaved(Result<SavedMarks, String>),
    /// A file was written, or why not.
    Written {
        write: FileWrite,
        outcome: Result<(), String>,
    },
    /// The screens for another timeline are prepared.
    Swapped(Box<SwapResult>),
    Files(ReloadEvent),
    Resize(Size),
    Filtered {
        /// The number of the request.
        generation: u64,
        matches: Matches,
        /// The number of events of each value of each field, if requested.
        facets: Option<Vec<FacetGroup>>,
    },
    Searched {
        timeline: Arc<Timeline>,
        needle: SearchPhrase,
        events: Matches,
    },
    /// What another thread has been working on for more than a moment; `None` once it has ended.
    Working(Option<QueryWork>),
    Completed {
        /// The text of the prompt in the request.
        text: String,
        /// The byte offset of the cursor in the request.
        cursor: usize,
        completion: Completion,
    },
}

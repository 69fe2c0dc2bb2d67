//! The timeline of the files, and the findings about them.

use std::sync::Arc;

use super::baseline::BaselineState;
use super::marks::MarksState;
use super::notice::Notice;
use super::problem::{Problem, Problems};
use super::undo::UndoHistory;
use crate::app::reload::ReloadMachine;
use crate::date::EventDate;
use crate::timeline::Timeline;

pub(in crate::app) struct FilesState {
    /// The timeline with nothing withheld by day. The slider of days takes its stops from it.
    pub whole: Arc<Timeline>,
    /// The day that was last requested; it is shown once its timeline is ready.
    pub wanted_as_of: Option<EventDate>,
    /// The name to show for a timeline without a title; may be empty.
    pub name: String,
    pub problems: Problems,
    /// What the timeline is compared with.
    pub baseline: BaselineState,
    /// What can be undone apart from changes of the filter.
    pub history: UndoHistory,
    /// The notice about a file that dateline wrote, until the file is reloaded.
    pub write_notice: Option<Notice>,
    pub marks: MarksState,
    /// Which version of the files is shown, and which is being read.
    pub reload: ReloadMachine,
}

impl FilesState {
    pub fn new(timeline: &Arc<Timeline>, problems: Vec<Problem>) -> Self {
        Self {
            whole: Arc::clone(timeline),
            wanted_as_of: timeline.redactions().as_of.clone(),
            name: String::new(),
            baseline: BaselineState::default(),
            history: UndoHistory::default(),
            write_notice: None,
            marks: MarksState::default(),
            reload: ReloadMachine::new(&problems),
            problems: Problems {
                of_files: problems,
                of_settings: Vec::new(),
            },
        }
    }
}

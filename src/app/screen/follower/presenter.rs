//! What a follower knows of the presenter, and the words for it.

use super::timing::ago;
use crate::app::state::briefing::BriefingStatus;

/// What the file of the status says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresenterReport {
    /// No presenter has published a status for this timeline.
    Absent,
    /// A presenter has.
    Published(PublishedStatus),
    /// Another version of dateline has.
    OtherVersion,
    /// It is incomplete, or not a status.
    Unreadable,
    /// It must not be read, and why.
    Refused(String),
}

/// A status, with what is known of its presenter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedStatus {
    /// What the presenter shows.
    pub status: BriefingStatus,
    /// In milliseconds since the machine was started.
    pub published_at: u64,
    /// Whether the presenter runs.
    pub presence: PresenterPresence,
    /// Whether the machine was started again since: the age of the status is unknown.
    pub has_restarted: bool,
}

/// Whether a presenter runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenterPresence {
    /// It runs, and this is its current status.
    Present,
    /// It has published its end.
    Left,
    /// It ended without publishing that, or cannot publish any more.
    Lost,
}

impl PublishedStatus {
    /// How long ago it was published.
    pub(super) fn age(&self, now: u64) -> String {
        if self.has_restarted {
            return "before this machine was restarted".to_owned();
        }
        ago(now.saturating_sub(self.published_at) / 1000)
    }
}

//! The presenter as a follower sees it: the status, and whether the presenter is still there.

use super::timing::ago;
use crate::app::state::briefing::BriefingStatus;

/// The content of the status file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PresenterReport {
    /// No presenter has published a status for this timeline.
    Absent,
    Published(PublishedStatus),
    /// Published by another version of dateline.
    OtherVersion,
    /// Incomplete, or not a status.
    Unreadable,
    /// Not safe to read; the reason.
    Refused(String),
}

/// A status, and whether its presenter is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedStatus {
    pub status: BriefingStatus,
    /// In milliseconds since the machine was started.
    pub published_at: u64,
    pub presence: PresenterPresence,
    /// Whether the machine was restarted since, which makes the age of the status unknown.
    pub has_restarted: bool,
    /// Whether it takes steps from followers.
    pub takes_steps: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresenterPresence {
    /// It runs, and the status is current.
    Present,
    /// It has published that it ends.
    Left,
    /// It ended without publishing that, or can no longer publish.
    Lost,
}

impl PublishedStatus {
    /// How long ago it was published, in words.
    pub(super) fn age(&self, now: u64) -> String {
        if self.has_restarted {
            return "before this machine was restarted".to_owned();
        }
        ago(now.saturating_sub(self.published_at) / 1000)
    }
}

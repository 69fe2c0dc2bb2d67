//! The notices about a reload.

use crate::app::state::problem::Problem;

#[derive(Clone, Debug, PartialEq)]
pub enum ReloadNotice {
    /// No file can change.
    NothingToReload,
    /// The rest of long files is still being read.
    StillReading,
    Unchanged,
    /// The counts of changed events; may be empty.
    Changed(String),
    /// The whole files have replaced the part that was on screen.
    WholeRead,
    Stopped,
    /// Long files were read to their end. Errors are reported as when short files are opened.
    Opened,
    /// An error hides a part of the new version.
    KeptForError(Problem),
    /// The new version has no events.
    KeptForEvents,
    /// A file is unreadable; the reason.
    KeptForFailure(String),
    /// The next save will not be noticed; the reason.
    WatchFailed(String),
}

impl ReloadNotice {
    pub const fn is_error(&self) -> bool {
        matches!(
            self,
            Self::KeptForError(_)
                | Self::KeptForEvents
                | Self::KeptForFailure(_)
                | Self::WatchFailed(_)
        )
    }

    /// `says` replaces the names of commands by their keys.
    pub fn text(&self, says: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::NothingToReload => "Nothing to reload: this is not a file".to_owned(),
            Self::StillReading => "Still loading the files".to_owned(),
            Self::Unchanged => "Reloaded: no changes".to_owned(),
            Self::Changed(counts) if counts.is_empty() => "Reloaded: no event changed".to_owned(),
            Self::Changed(counts) => format!("Reloaded: {counts}"),
            Self::WholeRead => "Everything is loaded".to_owned(),
            Self::Stopped => says("Stopped loading; {reload} loads everything"),
            Self::Opened => String::new(),
            Self::KeptForError(first) => first_error(first, &says("{problems} shows all")),
            Self::KeptForEvents => kept(NO_EVENTS),
            Self::KeptForFailure(why) => kept(why),
            Self::WatchFailed(why) => {
                let retry = says("{reload} tries again");
                format!("Saves are missed: {why} ({retry})")
            }
        }
    }
}

const NO_EVENTS: &str = "the file has no events now";

fn kept(why: &str) -> String {
    format!("Kept the last good version: {why}")
}

/// The first error in one line, and how to see the others. A redacted finding has no place. Without the folders of the
/// file there is more room for the message.
fn first_error(first: &Problem, more: &str) -> String {
    let Problem { place, message, .. } = first;
    let place = place.rsplit(['/', '\\']).next().unwrap_or_default();
    if place.is_empty() {
        format!("{message} ({more})")
    } else {
        format!("{place}: {message} ({more})")
    }
}

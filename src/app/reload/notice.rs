//! What the user reads about a reload.

use crate::app::state::problem::Problem;

/// What the user reads about a reload.
#[derive(Clone, Debug, PartialEq)]
pub enum ReloadNotice {
    /// No file can change.
    NothingToReload,
    /// The rest of long files is still being read.
    StillReading,
    /// The files have the bytes that they had.
    Unchanged,
    /// The counts of changed events; may be empty.
    Changed(String),
    /// The whole is on screen, in the place of a part.
    WholeRead,
    /// The user has stopped the reading of long files.
    Stopped,
    /// Long files were read to their end: errors are reported as when short files are opened.
    Opened,
    /// The view stays: an error hides something of the file.
    KeptForError(Problem),
    /// The view stays: the file has lost its events.
    KeptForEvents,
    /// The view stays: a file could not be read, and why.
    KeptForFailure(String),
    /// The next save is missed, and why.
    WatchFailed(String),
}

impl ReloadNotice {
    /// Whether something is wrong.
    pub const fn is_error(&self) -> bool {
        matches!(
            self,
            Self::KeptForError(_)
                | Self::KeptForEvents
                | Self::KeptForFailure(_)
                | Self::WatchFailed(_)
        )
    }

    /// The words. `says` puts the keys of commands in the place of their names.
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

/// Why a file without events is not shown.
const NO_EVENTS: &str = "the file has no events now";

fn kept(why: &str) -> String {
    format!("Kept the last good version: {why}")
}

/// The first error in one line, and how to see the others. A redacted finding has no place. The folders of the file
/// are left out: they would take the room of the message.
fn first_error(first: &Problem, more: &str) -> String {
    let Problem { place, message, .. } = first;
    let place = place.rsplit(['/', '\\']).next().unwrap_or_default();
    if place.is_empty() {
        format!("{message} ({more})")
    } else {
        format!("{place}: {message} ({more})")
    }
}

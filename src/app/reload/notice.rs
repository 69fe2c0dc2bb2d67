//! What the user reads about a reload.

use crate::app::state::problem::Problem;

/// What the user reads about a reload.
#[derive(Clone, Debug, PartialEq)]
pub enum ReloadNotice {
    /// There is no file that can change.
    NothingToReload,
    /// The rest of long files is still being read.
    StillReading,
    /// The files have the bytes that they had.
    Unchanged,
    /// The counts of changed events; may be empty.
    Changed(String),
    /// Files of which only a part was on screen are shown whole.
    WholeRead,
    /// The user has stopped the reading of long files.
    Stopped,
    /// Long files were read to their end: what is wrong in them is reported as when short ones are opened.
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
            Self::NothingToReload => {
                "there is nothing to be read again: what is shown is no file".to_owned()
            }
            Self::StillReading => "the files are being read".to_owned(),
            Self::Unchanged => "read again: no letter is different".to_owned(),
            Self::Changed(counts) if counts.is_empty() => {
                "read again: no event is different".to_owned()
            }
            Self::Changed(counts) => format!("read again: {counts}"),
            Self::WholeRead => "all of it is read now".to_owned(),
            Self::Stopped => says("no more is read: {reload} reads all of it"),
            Self::Opened => String::new(),
            Self::KeptForError(first) => first_error(first, &says("{problems} shows all")),
            Self::KeptForEvents => kept(NO_EVENTS),
            Self::KeptForFailure(why) => kept(why),
            Self::WatchFailed(why) => {
                let retry = says("{reload} tries again");
                format!("a save is not seen: {why} ({retry})")
            }
        }
    }
}

/// Why a file without events is not shown.
const NO_EVENTS: &str = "there are no events in the file now";

fn kept(why: &str) -> String {
    format!("the view stays as it was: {why}")
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

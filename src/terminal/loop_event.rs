//! What the main loop waits for.

use super::files::Reread;
use crate::app::Msg;

/// What can happen.
pub(super) enum LoopEvent {
    /// Something for the program.
    Msg(Msg),
    /// The system asks to end, with a signal.
    End(i32),
    /// The system asks to stop for a while.
    Stop,
    /// We were stopped, and go on.
    GoOn,
    /// The terminal may have another size.
    Resized,
    /// A file may say something else than it did.
    Touched {
        /// Why the next save is not seen, if it is not.
        unseen: Option<String>,
        /// Whether it is told too that it says what it said.
        is_told: bool,
    },
    /// The files were read again.
    Reread(Reread),
    /// A thread that the program needs has ended.
    Lost(anyhow::Error),
}

//! What the main loop waits for.

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
    /// A thread that the program needs has ended.
    Lost(anyhow::Error),
}

//! What the main loop waits for.

use crate::app::Message;

/// What can happen.
pub(super) enum LoopEvent {
    /// Something for the program.
    Message(Message),
    /// The system asks to end, with a signal.
    End(i32),
    /// A signal asks to stop until another one continues us.
    Stop,
    /// We were stopped, and are continued.
    GoOn,
    /// The terminal may have another size.
    Resized,
    /// A thread that the program needs has ended.
    Lost(anyhow::Error),
}

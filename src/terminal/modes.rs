//! The modes of a terminal, such as echo and line editing, while somebody else has it.

#[cfg(unix)]
mod unix {
    use rustix::termios::{OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcsetattr};

    use crate::terminal::tty::Tty;

    /// The modes as they were at a time; none if there is no terminal.
    pub(in crate::terminal) struct Modes(Option<Termios>);

    impl Modes {
        /// Those of now.
        pub fn now() -> Self {
            Self(Tty::open().ok().and_then(|tty| tcgetattr(tty).ok()))
        }

        /// Puts them in force again. A terminal that is gone needs none.
        pub fn restore(&self) {
            if let (Some(modes), Ok(tty)) = (&self.0, Tty::open()) {
                let _ = tcsetattr(tty, OptionalActions::Now, modes);
            }
        }
    }

    /// Throws away what has been sent and not read: what another program asked the terminal, and did not wait for.
    pub(in crate::terminal) fn flush_input() {
        if let Ok(tty) = Tty::open() {
            let _ = tcflush(tty, QueueSelector::IFlush);
        }
    }
}

#[cfg(unix)]
pub(super) use unix::{Modes, flush_input};

#[cfg(not(unix))]
pub(super) fn flush_input() {}

#[cfg(not(unix))]
pub(super) struct Modes;

#[cfg(not(unix))]
impl Modes {
    pub fn now() -> Self {
        Self
    }

    pub fn restore(&self) {}
}

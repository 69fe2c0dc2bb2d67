//! The modes of a terminal, such as echo and line editing, while somebody else has it.

#[cfg(unix)]
mod unix {
    #![expect(
        clippy::disallowed_methods,
        reason = "the modes are those of the terminal that keys are read from"
    )]

    use std::fs::File;
    use std::io::{IsTerminal, stdin};
    use std::os::fd::{AsFd, BorrowedFd};

    use rustix::termios::{OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The modes as they were at a time; none if there is no terminal.
    pub(in crate::terminal) struct Modes(Option<Termios>);

    impl Modes {
        /// Those of now.
        pub fn now() -> Self {
            Self(of_terminal(|terminal| tcgetattr(terminal)))
        }

        /// Puts them in force again. A terminal that is gone needs none.
        pub fn restore(&self) {
            if let Some(modes) = &self.0 {
                let put =
                    |terminal: BorrowedFd<'_>| tcsetattr(terminal, OptionalActions::Now, modes);
                of_terminal(put);
            }
        }
    }

    fn of_terminal<T>(work: impl FnOnce(BorrowedFd<'_>) -> rustix::io::Result<T>) -> Option<T> {
        let done = if stdin().is_terminal() {
            work(stdin().as_fd())
        } else {
            work(File::open("/dev/tty").ok()?.as_fd())
        };
        done.ok()
    }
}

#[cfg(unix)]
pub(super) use unix::Modes;

#[cfg(not(unix))]
pub(super) struct Modes;

#[cfg(not(unix))]
impl Modes {
    pub fn now() -> Self {
        Self
    }

    pub fn restore(&self) {}
}

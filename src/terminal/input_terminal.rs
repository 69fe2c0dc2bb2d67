//! The terminal that keys come from: standard input, or else the controlling terminal of the process.

#![expect(
    clippy::disallowed_methods,
    reason = "the terminal is where keys come from"
)]

use std::fs::File;
use std::io::{self, IsTerminal, Stdin, stdin};
use std::os::fd::{AsFd, BorrowedFd};

/// The terminal that keys come from.
pub(super) enum InputTerminal {
    Input(Stdin),
    Opened(File),
}

impl InputTerminal {
    /// # Errors
    /// The process has no terminal.
    pub fn open() -> io::Result<Self> {
        if stdin().is_terminal() {
            Ok(Self::Input(stdin()))
        } else {
            File::open(path()).map(Self::Opened)
        }
    }
}

impl AsFd for InputTerminal {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Self::Input(input) => input.as_fd(),
            Self::Opened(file) => file.as_fd(),
        }
    }
}

#[cfg(not(target_vendor = "apple"))]
fn path() -> std::path::PathBuf {
    "/dev/tty".into()
}

/// macOS cannot wait for `/dev/tty`, but it can wait for the terminal by its own name.
#[cfg(target_vendor = "apple")]
fn path() -> std::path::PathBuf {
    use std::os::unix::ffi::OsStringExt as _;

    let name = rustix::termios::ttyname(io::stdout(), Vec::new())
        .or_else(|_| rustix::termios::ttyname(io::stderr(), Vec::new()));
    name.map_or_else(
        |_| "/dev/tty".into(),
        |name| std::ffi::OsString::from_vec(name.into_bytes()).into(),
    )
}

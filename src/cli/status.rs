//! How a command ends: its exit status, and the messages on standard error.
//!
//! An error and its hint are two lines, `error: …` and `hint: …`; anything else is `note: …`.

use std::fmt;
use std::io::{self, Write};

use crate::text::visible;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    Fine,
    /// The timeline has errors.
    Errors,
    /// `diff` has found differences.
    Different,
    /// `export --strict`: the format does not keep everything.
    Lossy,
    /// `lsp`: the editor went without `shutdown`.
    HungUp,
    /// The arguments cannot be used.
    Usage,
    /// The system refused something.
    System,
}

impl ExitStatus {
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Errors | Self::Different | Self::Lossy | Self::HungUp => 1,
            Self::Usage => 2,
            Self::System => 3,
        }
    }
}

/// An error of a command, with advice.
#[derive(Debug)]
pub struct CommandError {
    message: String,
    hint: Option<String>,
    status: ExitStatus,
}

impl CommandError {
    /// Wrong arguments that clap cannot know, such as an unknown kind of finding.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
            status: ExitStatus::Usage,
        }
    }

    /// Something that the system refuses.
    pub fn system(message: impl Into<String>) -> Self {
        Self {
            status: ExitStatus::System,
            ..Self::usage(message)
        }
    }

    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for CommandError {}

/// Prints an error with its hint, and returns its exit status.
pub(super) fn report_error(error: &anyhow::Error, out: &mut dyn Write) -> ExitStatus {
    let known = error.downcast_ref::<CommandError>();
    let hint = known.and_then(|error| error.hint.as_deref());
    // Nothing is left to do if standard error is closed.
    let _ = print_error(out, &format!("{error:#}"), hint);
    known.map_or(ExitStatus::System, |error| error.status)
}

/// An error for the screen, and its hint, which may be empty.
pub(super) fn message_and_hint(error: &anyhow::Error) -> (String, String) {
    let known = error.downcast_ref::<CommandError>();
    let hint = known.and_then(|error| error.hint.as_deref());
    let [message, hint] = [format!("{error:#}"), hint.unwrap_or_default().to_owned()];
    (visible(&message).into_owned(), visible(&hint).into_owned())
}

/// Prints an error, and its hint on a line of its own.
pub(super) fn print_error(
    out: &mut dyn Write,
    message: &str,
    hint: Option<&str>,
) -> io::Result<()> {
    writeln!(out, "error: {}", visible(message))?;
    hint.map_or(Ok(()), |hint| print_hint(out, hint))
}

pub(super) fn print_note(out: &mut dyn Write, message: &str) -> io::Result<()> {
    writeln!(out, "note: {}", visible(message))
}

/// Prints the hint to the error or note before it.
pub(super) fn print_hint(out: &mut dyn Write, hint: &str) -> io::Result<()> {
    writeln!(out, "hint: {}", visible(hint))
}

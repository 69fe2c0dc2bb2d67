//! How a command ended, for the shell that ran it.

use std::fmt;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Fine,
    /// The timeline has errors.
    Errors,
    /// The command was called in a way that it does not know.
    Usage,
    /// The system refused something.
    System,
}

impl Status {
    /// The exit status.
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Errors => 1,
            Self::Usage => 2,
            Self::System => 3,
        }
    }
}

/// Wrong usage that only shows once the arguments are looked at, such as a kind that does not exist.
#[derive(Debug)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

//! Profiles: forms of one format that keep more or less.

use super::loss::LossRow;

/// A form of a format, named by `--profile`.
#[derive(Clone, Copy, Debug)]
pub struct FormatProfile {
    /// On the command line.
    pub name: &'static str,
    /// What it keeps of each kind of content.
    pub losses: &'static [LossRow],
}

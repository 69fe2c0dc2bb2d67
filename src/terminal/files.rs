//! What the terminal asks of whoever reads files: it does not know their forms.

use std::path::PathBuf;

use crate::app::reload::Reading;
use crate::timeline::Timeline;

/// The files of a timeline, for as long as it is shown.
pub trait Files: Send + Sync {
    /// Those that can change while they are shown.
    fn watched(&self) -> Vec<PathBuf>;

    /// Reads them again, and compares what they say with what they said; none if no letter is different.
    fn read_again(&self, before: &Timeline) -> Option<Reread>;
}

/// What came of reading files again.
pub struct Reread {
    /// What it means for the program.
    pub reading: Reading,
}

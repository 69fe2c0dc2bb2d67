//! What the terminal asks of whoever reads files: it does not know their forms.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Result;

use crate::app::commands::edit::Spot;
use crate::app::reload::Reading;
use crate::app::reload::loading::Loaded;
use crate::timeline::Timeline;

/// The files of a timeline, for as long as it is shown.
pub trait Files: Send + Sync {
    /// Those that can change while they are shown.
    fn watched(&self) -> Vec<PathBuf>;

    /// Reads them to the end, or until the reading is stopped, after their beginning has been shown.
    ///
    /// # Errors
    /// One of them cannot be read: what was shown of it cannot be relied on.
    fn read_whole(&self) -> Result<Loaded>;

    /// How many of a hundred bytes have been read, from 0 to 99, while they are read.
    fn percent(&self) -> u8;

    /// Reads no more than has been read.
    fn stop(&self);

    /// Reads them again, and compares what they say with what they said. A reading that is overtaken leaves no trace:
    /// the next one finds what it would have found.
    fn read_again(&self, before: &Timeline, overtaken: &Overtaken) -> RereadOutcome;

    /// Where something of the timeline that is shown is written in the files as they are now.
    ///
    /// # Errors
    /// What is no file, or none that an editor can change, with what to do about it.
    fn find(&self, shown: &Arc<Timeline>, spot: &Spot) -> Result<Found>;
}

/// Where something is written, for an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// What came of reading files again.
pub struct Reread {
    /// What it means for the program.
    pub reading: Reading,
}

impl Reread {
    /// No letter of them is different.
    pub(super) const SAME: Self = Self {
        reading: Reading::Same,
    };
}

/// Asks a reading to stop, because what it would find is out of date. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Overtaken(Arc<AtomicBool>);

impl Overtaken {
    /// The flag that readers look at between chunks.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }

    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What came of reading files again.
pub enum RereadOutcome {
    /// Something for the program.
    Read(Reread),
    /// The files say what they said.
    Same,
    /// The reading was stopped, and nothing is known of it.
    Overtaken,
}

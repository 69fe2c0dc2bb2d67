//! How far reading has come, for whoever waits for it, and their wish that it stop.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use crate::diagnostic::{Diagnostic, FileId, Place, READING_STOPPED};

/// How far reading has come, and whether anybody still waits for it. Shared between the thread that reads and those
/// that look.
///
/// Nothing is ordered by it: a number may be a moment old, and a wish is seen when the next piece is begun.
#[derive(Debug, Default)]
pub struct Progress {
    expected: AtomicU64,
    read: AtomicU64,
    is_stopped: AtomicBool,
}

impl Progress {
    /// Adds bytes to the whole that is to be read.
    pub fn expect(&self, bytes: u64) {
        self.expected.fetch_add(bytes, Relaxed);
    }

    /// Adds bytes to what is read.
    pub fn advance(&self, bytes: u64) {
        self.read.fetch_add(bytes, Relaxed);
    }

    /// The share of the whole that is read, from 0 to 1; 0 if nothing is expected.
    pub fn share(&self) -> f64 {
        let expected = self.expected.load(Relaxed);
        let read = self.read.load(Relaxed).min(expected);
        if expected == 0 {
            return 0.0;
        }
        // A text has fewer bytes than a `f64` can count, and nobody sees a share more exactly than that.
        #[expect(
            clippy::cast_precision_loss,
            reason = "a share is for a bar on the screen"
        )]
        let share = read as f64 / expected as f64;
        share
    }

    /// Asks the readers to stop at the next piece.
    pub fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    /// Whether the readers were asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Relaxed)
    }
}

/// Tells where reading stopped because somebody wished it.
pub(super) fn stopped(file: FileId, at: usize) -> Diagnostic {
    let message = "reading was stopped here: nothing from here on is shown";
    Diagnostic::new(&READING_STOPPED, Place::new(file, at..at), message)
        .help("open the file again to read all of it")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_lies_between_nothing_and_all() {
        let progress = Progress::default();
        let is = |share: f64| (progress.share() - share).abs() < 1e-9;
        assert!(is(0.0));
        progress.advance(1);
        assert!(is(0.0), "nothing is expected yet");
        progress.expect(4);
        assert!(is(0.25));
        progress.advance(9);
        assert!(is(1.0), "a file may have grown since it was measured");
        progress.expect(30);
        progress.expect(6);
        assert!(is(0.25));
    }

    #[test]
    fn a_wish_to_stop_stays() {
        let progress = Progress::default();
        assert!(!progress.is_stopped());
        progress.stop();
        assert!(progress.is_stopped());
    }
}

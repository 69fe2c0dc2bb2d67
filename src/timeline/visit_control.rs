//! The progress of long questions about texts in files, and the request to stop them.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

/// The progress of long questions about texts in files, and the request to stop them. The threads that read and their
/// observers share it.
///
/// It orders no memory: a number may be slightly old, and readers see a request to stop after a few pages.
#[derive(Debug, Default)]
pub struct VisitControl {
    is_stopped: AtomicBool,
    /// Pages.
    visited: AtomicUsize,
    expected: AtomicUsize,
}

impl VisitControl {
    /// Asks all visits to end early. What they found so far is not an answer.
    pub fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Relaxed)
    }

    /// Adds to the number of pages to visit.
    pub fn expect(&self, pages: usize) {
        self.expected.fetch_add(pages, Relaxed);
    }

    /// Adds to the number of pages that were visited, or left out.
    pub fn advance(&self, pages: usize) {
        self.visited.fetch_add(pages, Relaxed);
    }

    /// The share of the pages that was visited, from 0 to 99; `None` if there are none.
    pub fn percent(&self) -> Option<u8> {
        let (visited, expected) = (self.visited.load(Relaxed), self.expected.load(Relaxed));
        let percent = (visited.saturating_mul(100)).checked_div(expected)?;
        u8::try_from(percent.min(99)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_known_once_pages_are_expected_and_never_whole() {
        let control = VisitControl::default();
        assert_eq!(control.percent(), None);
        control.expect(200);
        control.advance(50);
        assert_eq!(control.percent(), Some(25));
        control.advance(500);
        assert_eq!(control.percent(), Some(99));
        assert!(!control.is_stopped());
        control.stop();
        assert!(control.is_stopped());
    }
}

//! The progress of reading, and the request to stop it.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed};

use super::source::ByteSource;
use crate::diagnostic::{Diagnostic, FileId, READING_STOPPED, TextPlace};

/// The progress of reading, and the request to stop it. The reading thread and its observers share it.
///
/// It orders no memory: a number may be slightly old, and readers see a request to stop at the next chunk.
#[derive(Debug, Default)]
pub struct Progress {
    expected: AtomicU64,
    read: AtomicU64,
    /// The bytes that came of sources of unknown length, whose texts are read later.
    received: AtomicU64,
    events: AtomicU64,
    is_read: AtomicBool,
    is_stopped: Arc<AtomicBool>,
    percent: Arc<AtomicU8>,
}

/// How far a reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingFigures {
    /// Bytes.
    pub read: u64,
    /// Bytes; 0 if their number is unknown.
    pub expected: u64,
    /// The events so far, with those that a filter leaves out.
    pub events: u64,
    /// Whether everything is read, and the timeline is being built.
    pub is_read: bool,
}

impl Progress {
    /// Shares the flag that stops the readers, and the value of [`Progress::percent`].
    pub fn shared(is_stopped: Arc<AtomicBool>, percent: Arc<AtomicU8>) -> Self {
        Self {
            is_stopped,
            percent,
            ..Self::default()
        }
    }

    /// Adds to the number of bytes to read.
    pub fn expect(&self, bytes: u64) {
        self.expected.fetch_add(bytes, Relaxed);
    }

    /// Adds to the number of bytes read.
    pub fn advance(&self, bytes: u64) {
        self.read.fetch_add(bytes, Relaxed);
        self.percent.store(self.percent(), Relaxed);
    }

    /// Adds to the number of bytes that came of a source of unknown length. They count until the length is known.
    pub(super) fn receive(&self, bytes: u64) {
        self.received.fetch_add(bytes, Relaxed);
    }

    /// Adds to the number of events read.
    pub(super) fn add_events(&self, events: usize) {
        self.events.fetch_add(events as u64, Relaxed);
    }

    /// Takes back what was counted of a text that is read a second time.
    pub(super) fn take_back(&self, bytes: u64, events: usize) {
        self.read.fetch_sub(bytes, Relaxed);
        self.events.fetch_sub(events as u64, Relaxed);
    }

    /// Notes that everything is read.
    pub(super) fn finish(&self) {
        self.is_read.store(true, Relaxed);
    }

    pub fn figures(&self) -> ReadingFigures {
        let expected = self.expected.load(Relaxed);
        let (read, received) = (self.read.load(Relaxed), self.received.load(Relaxed));
        ReadingFigures {
            read: if expected == 0 {
                read.max(received)
            } else {
                read.min(expected)
            },
            expected,
            events: self.events.load(Relaxed),
            is_read: self.is_read.load(Relaxed),
        }
    }

    /// From 0 to 99: it never reports the end before everything is done.
    pub fn percent(&self) -> u8 {
        let expected = self.expected.load(Relaxed).max(1);
        let read = self.read.load(Relaxed).saturating_mul(100) / expected;
        u8::try_from(read).unwrap_or(u8::MAX).min(99)
    }

    /// A source of these bytes that counts them as they are read.
    pub(super) fn watched<'r>(&'r self, bytes: &'r [u8]) -> ByteSource<'r> {
        Box::new(ProgressBytes(bytes, self))
    }

    /// Asks the readers to stop at the next chunk.
    pub fn stop(&self) {
        self.is_stopped.store(true, Relaxed);
    }

    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Relaxed)
    }
}

/// Bytes in memory, and the progress that counts them.
struct ProgressBytes<'r>(&'r [u8], &'r Progress);

impl Read for ProgressBytes<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        self.1.advance(read as u64);
        Ok(read)
    }
}

/// A source that counts the bytes that come of it.
pub(super) struct ReceivedBytes<'p, R>(pub R, pub &'p Progress);

impl<R: Read> Read for ReceivedBytes<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        self.1.receive(read as u64);
        Ok(read)
    }
}

/// The finding that reading was stopped here on request.
pub(super) fn stopped(file: FileId, at: usize) -> Diagnostic {
    let message = "reading was stopped here: nothing from here on is shown";
    Diagnostic::new(&READING_STOPPED, TextPlace::new(file, at..at), message)
        .help("open the file again to read all of it")
}

/// Whether reading was stopped before the end. A request to stop that came later does not count.
pub fn is_part(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|it| *it.kind == READING_STOPPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_reaches_a_hundred_per_cent() {
        let progress = Progress::default();
        assert_eq!(progress.percent(), 0);
        progress.expect(400);
        progress.advance(103);
        assert_eq!(progress.percent(), 25);
        progress.expect(400);
        assert_eq!(progress.percent(), 12);
        progress.advance(2000);
        assert_eq!(
            progress.percent(),
            99,
            "a file may have grown since it was measured"
        );
    }

    #[test]
    fn bytes_of_unknown_length_count_until_the_length_is_known() {
        let progress = Progress::default();
        progress.receive(30);
        assert_eq!(progress.figures().read, 30);
        progress.expect(30);
        progress.advance(10);
        progress.add_events(2);
        progress.finish();
        let figures = ReadingFigures {
            read: 10,
            expected: 30,
            events: 2,
            is_read: true,
        };
        assert_eq!(progress.figures(), figures);
        progress.advance(70);
        assert_eq!(progress.figures().read, 30, "a file may have grown");
    }

    #[test]
    fn a_request_to_stop_stays() {
        let progress = Progress::default();
        assert!(!progress.is_stopped());
        progress.stop();
        assert!(progress.is_stopped());
    }
}

//! Shares the pieces of a text among threads.

use std::ops::Range;
use std::thread;

use crate::formats::log::parallel::threads;

/// How many pieces are worth a thread of their own.
pub(super) const PIECES_AT_LEAST: usize = 4;

/// The results of reading each share of some pieces, in the order of the text. The first share is read on this thread.
pub(super) fn in_shares<R: Send>(
    pieces: &[Range<usize>],
    read: impl Fn(&[Range<usize>]) -> R + Sync,
) -> Vec<R> {
    // To ask how many threads there may be takes longer than to read a small text.
    if pieces.len() <= PIECES_AT_LEAST {
        return vec![read(pieces)];
    }
    let mut shares = pieces.chunks(pieces.len().div_ceil(threads()).max(PIECES_AT_LEAST));
    let own = shares.next().unwrap_or_default();
    let read = &read;
    thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|share| {
                let thread = thread::Builder::new();
                let begun = thread.spawn_scoped(scope, move || read(share));
                begun.map_err(|_| share)
            })
            .collect();
        let mut results = vec![read(own)];
        results.extend(others.into_iter().map(|other| match other {
            Ok(thread) => thread.join().expect("reading a text never panics"),
            // The system has no room for another thread.
            Err(share) => read(share),
        }));
        results
    })
}

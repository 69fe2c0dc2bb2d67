//! Work shared among threads, with results in the order of the work: how many threads there are changes nothing.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::formats::progress::Progress;

/// How much of a text is read at once, in bytes: enough to be worth a thread, little enough to be let go of soon.
pub(super) const PIECE: usize = 1 << 23;

/// Does something with each item, on as many threads as there are cores. If it is to stop, no further item is begun,
/// and the results are those of the first items.
pub(super) fn map<T: Sync, R: Send>(
    items: &[T],
    progress: &Progress,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            if progress.is_stopped() {
                return done;
            }
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return done;
            };
            done.push((at, work(item)));
        }
    };
    let mut all = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len()))
            .map(|_| scope.spawn(take))
            .collect();
        let mut all = take();
        for other in others {
            all.extend(other.join().expect("reading a text never panics"));
        }
        all
    });
    all.sort_unstable_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use crate::formats::progress::Progress;

    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled = super::map(&items, &Progress::default(), |it| it * 2);
        assert_eq!(doubled, (0..2000).step_by(2).collect::<Vec<_>>());
        assert!(super::map(&[], &Progress::default(), |it: &u8| *it).is_empty());
    }

    #[test]
    fn whoever_stops_has_the_results_of_the_first_items() {
        let items: Vec<usize> = (0..1000).collect();
        let progress = Progress::default();
        let some = super::map(&items, &progress, |&it| {
            if it == 100 {
                progress.stop();
            }
            it
        });
        assert!((100..1000).contains(&some.len()));
        assert_eq!(some, items[..some.len()]);
    }
}

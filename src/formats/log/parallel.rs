//! Work shared among threads, with results in the order of the work: how many threads there are changes nothing.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How much of a text is read at once, in bytes: enough to be worth a thread, little enough to be let go of soon.
pub(super) const PIECE: usize = 1 << 23;

/// Does something with each item, on as many threads as there are cores.
pub(super) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
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
    #[test]
    fn results_stand_in_the_order_of_the_work() {
        let items: Vec<usize> = (0..1000).collect();
        let doubled = super::map(&items, |it| it * 2);
        assert_eq!(doubled, (0..2000).step_by(2).collect::<Vec<_>>());
        assert!(super::map(&[], |it: &u8| *it).is_empty());
    }
}

//! Shares work among threads. The results are in the order of the work: the number of threads changes nothing.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::{Condvar, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many results may wait for an earlier one.
const WAITING: usize = 8;

/// How many threads run at once. The system is asked only once, since it reads several files to answer.
pub(in crate::formats) fn threads() -> usize {
    static THREADS: LazyLock<usize> =
        LazyLock::new(|| thread::available_parallelism().map_or(1, NonZero::get));
    *THREADS
}

/// Takes one item after the other, works on each in one of the threads, and puts the results in the order of the items.
/// Few items are in work at any time, and few results wait.
///
/// # Errors
/// The first error of `take`. Nothing is taken after it.
pub(super) fn in_order<T, R: Send, E: Send>(
    threads: usize,
    take: impl FnMut() -> Result<Option<T>, E> + Send,
    work: impl Fn(T) -> R + Sync,
    put: impl FnMut(R) + Send,
) -> Result<(), E> {
    let taking = Mutex::new(WorkQueue {
        take,
        next: 0,
        ended: None,
    });
    let putting = Mutex::new(ResultQueue {
        put,
        next: 0,
        waiting: BTreeMap::new(),
        is_broken: false,
    });
    let room = Condvar::new();
    let run = || {
        let _leaving = PanicGuard(&putting, &room);
        loop {
            let mut sink = lock(&putting);
            while sink.waiting.len() >= WAITING && !sink.is_broken {
                sink = room.wait(sink).unwrap_or_else(PoisonError::into_inner);
            }
            drop(sink);
            let Some((number, item)) = lock(&taking).next() else {
                return;
            };
            let result = work(item);
            lock(&putting).result(number, result);
            room.notify_all();
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            // If the system has no room for another thread, there are fewer.
            if thread::Builder::new().spawn_scoped(scope, run).is_err() {
                break;
            }
        }
        run();
    });
    let taking = taking.into_inner();
    let ended = taking.unwrap_or_else(PoisonError::into_inner).ended;
    ended.unwrap_or(Ok(()))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct WorkQueue<F, E> {
    take: F,
    next: usize,
    ended: Option<Result<(), E>>,
}

impl<T, E, F: FnMut() -> Result<Option<T>, E>> WorkQueue<F, E> {
    fn next(&mut self) -> Option<(usize, T)> {
        if self.ended.is_some() {
            return None;
        }
        match (self.take)() {
            Ok(Some(item)) => {
                self.next += 1;
                Some((self.next - 1, item))
            }
            Ok(None) => {
                self.ended = Some(Ok(()));
                None
            }
            Err(error) => {
                self.ended = Some(Err(error));
                None
            }
        }
    }
}

struct ResultQueue<R, F> {
    put: F,
    next: usize,
    waiting: BTreeMap<usize, R>,
    /// Whether a thread panicked, so that the result for which the others wait may never come.
    is_broken: bool,
}

impl<R, F: FnMut(R)> ResultQueue<R, F> {
    fn result(&mut self, number: usize, result: R) {
        self.waiting.insert(number, result);
        while let Some(result) = self.waiting.remove(&self.next) {
            self.next += 1;
            (self.put)(result);
        }
    }
}

/// Releases the other threads if a thread panics.
struct PanicGuard<'a, R, F>(&'a Mutex<ResultQueue<R, F>>, &'a Condvar);

impl<R, F> Drop for PanicGuard<'_, R, F> {
    fn drop(&mut self) {
        if thread::panicking() {
            lock(self.0).is_broken = true;
            self.1.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_are_in_the_order_of_the_work_and_few_wait() {
        for threads in [1, 2, 7] {
            let mut items = 0..1000;
            let mut doubled = Vec::new();
            let (taken, in_work) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let done = in_order(
                threads,
                || {
                    taken.fetch_add(1, Ordering::SeqCst);
                    Ok::<_, ()>(items.next())
                },
                |it| it * 2,
                |it| {
                    doubled.push(it);
                    let open = taken.load(Ordering::SeqCst) - doubled.len();
                    in_work.fetch_max(open, Ordering::SeqCst);
                },
            );
            assert_eq!(done, Ok(()));
            assert_eq!(doubled, (0..2000).step_by(2).collect::<Vec<_>>());
            let most = in_work.into_inner();
            assert!(most <= 2 * threads + WAITING, "{most} with {threads}");
        }
    }

    #[test]
    fn behind_an_error_nothing_is_taken() {
        let mut items = vec![Ok(Some(1)), Err("broken"), Ok(Some(2))].into_iter();
        let mut all = Vec::new();
        let done = in_order(
            2,
            || items.next().unwrap_or(Ok(None)),
            |it| it,
            |it| all.push(it),
        );
        assert_eq!((done, all), (Err("broken"), vec![1]));
    }

    #[test]
    fn a_panic_releases_the_other_threads() {
        let mut items = 0..1000;
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            in_order(
                4,
                || Ok::<_, ()>(items.next()),
                |it| assert_ne!(it, 3, "as the test wants it"),
                drop,
            )
        }));
        assert!(panicked.is_err());
    }
}

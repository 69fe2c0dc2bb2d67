//! The thread that puts filters to the events, while the main thread goes on drawing.
//!
//! The newest filter wins: what was asked for before and not begun is dropped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

use anyhow::{Result, anyhow};

use super::Happening;
use crate::app::{Effect, answer};
use crate::timeline::Timeline;

/// The way to the worker.
pub(super) struct Worker {
    jobs: Sender<Effect>,
}

impl Worker {
    /// Starts the thread. Its answers come as happenings.
    pub fn start(timeline: Arc<Timeline>, happenings: Sender<Happening>) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<Effect>();
        let work = move || {
            while let Ok(first) = waiting.recv() {
                for effect in newest(std::iter::once(first).chain(waiting.try_iter())) {
                    let answered = catch_unwind(AssertUnwindSafe(|| answer(&timeline, &effect)));
                    let happening = match answered {
                        Ok(Some(msg)) => Happening::Msg(msg),
                        Ok(None) => continue,
                        Err(_) => {
                            Happening::Lost(anyhow!("the filter could not be put to the events"))
                        }
                    };
                    if happenings.send(happening).is_err() {
                        return;
                    }
                }
            }
        };
        thread::Builder::new()
            .name("filter".to_owned())
            .spawn(work)?;
        Ok(Self { jobs })
    }

    /// Asks for something to be done; the answer comes when it comes.
    pub fn ask(&self, effect: Effect) -> Result<()> {
        self.jobs
            .send(effect)
            .map_err(|_| anyhow!("the thread that filters has ended"))
    }
}

/// The newest of each sort of job, in the order in which the sorts were first asked for.
fn newest(jobs: impl Iterator<Item = Effect>) -> Vec<Effect> {
    let mut newest: Vec<Effect> = Vec::new();
    for job in jobs {
        let same =
            |other: &&mut Effect| std::mem::discriminant(*other) == std::mem::discriminant(&job);
        match newest.iter_mut().find(same) {
            Some(older) => *older = job,
            None => newest.push(job),
        }
    }
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completion(text: &str) -> Effect {
        Effect::Complete {
            text: text.to_owned(),
            cursor: 0,
        }
    }

    #[test]
    fn the_newest_of_each_sort_is_left() {
        let jobs = [completion("a"), Effect::Mouse(true), completion("b")];
        let left = newest(jobs.into_iter());
        assert!(
            matches!(&left[..], [Effect::Complete { text, .. }, Effect::Mouse(true)] if text == "b")
        );
    }
}

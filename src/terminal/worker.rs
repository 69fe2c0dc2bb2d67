//! The thread that puts filters to the events, while the main thread goes on drawing and another reads files again.
//!
//! The newest filter wins: what was asked for before and not begun is dropped.

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use anyhow::{Result, anyhow};

use super::files::Files;
use super::loop_event::LoopEvent;
use super::reloader::Reloader;
use super::threads::spawn;
use super::trace::Fault;
use crate::app::{Effect, answer};
use crate::timeline::Timeline;

/// The way to the worker.
pub(super) struct Worker {
    jobs: Sender<Job>,
    reloader: Reloader,
}

/// What is asked, and of which timeline: another may have taken its place since the last one.
struct Job {
    timeline: Arc<Timeline>,
    effect: Effect,
}

impl Worker {
    /// Starts the threads. Their answers come as happenings.
    pub fn start(
        sender: &Sender<LoopEvent>,
        files: Arc<dyn Files>,
        fault: Option<Fault>,
    ) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<Job>();
        let happenings = sender.clone();
        let work = move || {
            while let Ok(first) = waiting.recv() {
                for job in newest(std::iter::once(first).chain(waiting.try_iter())) {
                    Fault::Worker.trip_always(fault);
                    let happening = answer(&job.timeline, &job.effect).map(LoopEvent::Msg);
                    if happening.is_some_and(|it| happenings.send(it).is_err()) {
                        return;
                    }
                }
            }
        };
        spawn("filter", sender, work)?;
        let reloader = Reloader::start(sender, files)?;
        Ok(Self { jobs, reloader })
    }

    /// Asks for something to be done; the answer comes when it comes.
    pub fn ask(&self, timeline: &Arc<Timeline>, effect: Effect) -> Result<()> {
        let timeline = Arc::clone(timeline);
        let sent = self.jobs.send(Job { timeline, effect });
        sent.map_err(|_| anyhow!("the thread that filters has ended"))
    }

    /// Asks for the files to be read again, and compared with what they said. Whether they say the same is reported
    /// only if `is_told`.
    pub fn read(&self, before: &Arc<Timeline>, is_told: bool) -> Result<()> {
        self.reloader.read(before, is_told)
    }
}

/// The newest of each sort of job, in the order in which the sorts were first asked for; what could be typed next waits
/// until all else is done.
fn newest(jobs: impl Iterator<Item = Job>) -> Vec<Job> {
    let mut newest: Vec<Job> = Vec::new();
    for job in jobs {
        let sort = std::mem::discriminant(&job.effect);
        let same = |other: &&mut Job| std::mem::discriminant(&other.effect) == sort;
        match newest.iter_mut().find(same) {
            Some(older) => *older = job,
            None => newest.push(job),
        }
    }
    newest.sort_by_key(|job| matches!(job.effect, Effect::Complete { .. }));
    newest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(effect: Effect) -> Job {
        Job {
            timeline: Arc::default(),
            effect,
        }
    }

    fn completion(text: &str) -> Job {
        job(Effect::Complete {
            text: text.to_owned(),
            cursor: 0,
        })
    }

    #[test]
    fn the_newest_of_each_sort_is_left() {
        let jobs = [completion("a"), job(Effect::Mouse(true)), completion("b")];
        let left: Vec<Effect> = newest(jobs.into_iter())
            .into_iter()
            .map(|job| job.effect)
            .collect();
        assert!(
            matches!(&left[..], [Effect::Mouse(true), Effect::Complete { text, .. }] if text == "b")
        );
    }
}

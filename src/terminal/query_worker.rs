//! The thread that answers what needs only the timeline, such as filters and searches, while the main thread goes on
//! drawing.
//!
//! Only the newest question of each kind is answered: an older one is dropped unless it was begun.

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

use anyhow::{Result, anyhow};

use super::loop_event::LoopEvent;
use super::test_panic::TestPanic;
use super::threads::spawn;
use crate::app::{Effect, answer};
use crate::timeline::Timeline;

/// The way to the thread.
pub(super) struct QueryWorker(Sender<QueryJob>);

/// A question about a timeline: another one may be on screen when it is answered.
struct QueryJob {
    timeline: Arc<Timeline>,
    effect: Effect,
}

impl QueryWorker {
    /// Starts the thread. Its answers are sent to the loop.
    pub fn start(sender: &Sender<LoopEvent>, fault: Option<TestPanic>) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<QueryJob>();
        let events = sender.clone();
        let work = move || {
            while let Ok(first) = waiting.recv() {
                for job in newest(std::iter::once(first).chain(waiting.try_iter())) {
                    TestPanic::Worker.trip_always(fault);
                    let answer = answer(&job.timeline, &job.effect).map(LoopEvent::Message);
                    if answer.is_some_and(|answer| events.send(answer).is_err()) {
                        return;
                    }
                }
            }
        };
        spawn("filter", sender, work)?;
        Ok(Self(jobs))
    }

    /// Asks a question; the answer comes when it comes.
    pub fn ask(&self, timeline: &Arc<Timeline>, effect: Effect) -> Result<()> {
        let timeline = Arc::clone(timeline);
        let sent = self.0.send(QueryJob { timeline, effect });
        sent.map_err(|_| anyhow!("the thread that filters has ended"))
    }
}

/// The newest of each kind of job, in the order in which the kinds were first asked for. Completions come last: the
/// user types on without them.
fn newest(jobs: impl Iterator<Item = QueryJob>) -> Vec<QueryJob> {
    let mut newest: Vec<QueryJob> = Vec::new();
    for job in jobs {
        let kind = std::mem::discriminant(&job.effect);
        let same = |other: &&mut QueryJob| std::mem::discriminant(&other.effect) == kind;
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

    fn job(effect: Effect) -> QueryJob {
        QueryJob {
            timeline: Arc::default(),
            effect,
        }
    }

    fn completion(text: &str) -> QueryJob {
        job(Effect::Complete {
            text: text.to_owned(),
            cursor: 0,
        })
    }

    #[test]
    fn the_newest_of_each_kind_is_left() {
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

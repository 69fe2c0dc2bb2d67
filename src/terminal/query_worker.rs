//! The thread that answers questions about the timeline, such as filters and searches, while the main thread goes on
//! drawing, and the thread that reports its progress.
//!
//! Only the newest question of each kind is answered: an older one is dropped, or stopped if it was begun.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::loop_event::LoopEvent;
use super::test_panic::TestPanic;
use super::threads::spawn;
use crate::app::state::query_work::{QueryKind, QueryWork};
use crate::app::{Effect, Message, answer};
use crate::timeline::{Timeline, VisitControl};

/// How long a question takes before its progress is reported, and how often it is reported from then on.
const REPORT_AFTER: Duration = Duration::from_secs(1);
const REPORT_INTERVAL: Duration = Duration::from_millis(200);

/// The handle to the thread.
pub(super) struct QueryWorker {
    jobs: Sender<QueryJob>,
    /// The questions that may be stopped.
    open: Arc<Mutex<Vec<OpenQuestion>>>,
}

/// A question that is not answered yet.
struct OpenQuestion {
    kind: QueryKind,
    control: Arc<VisitControl>,
}

/// A question about a timeline: another one may be on screen when it is answered.
struct QueryJob {
    timeline: Arc<Timeline>,
    effect: Effect,
    control: Arc<VisitControl>,
}

/// A question whose progress is reported until it is answered.
struct ReportedJob {
    kind: QueryKind,
    control: Arc<VisitControl>,
    /// Nothing is sent: it is closed at the end.
    is_done: Receiver<()>,
}

impl QueryWorker {
    /// Starts the threads. Answers are sent to the loop.
    pub fn start(sender: &Sender<LoopEvent>, fault: Option<TestPanic>) -> Result<Self> {
        let (jobs, waiting) = mpsc::channel::<QueryJob>();
        let (reported, reports) = mpsc::channel::<ReportedJob>();
        let open: Arc<Mutex<Vec<OpenQuestion>>> = Arc::default();
        let (events, open_here) = (sender.clone(), Arc::clone(&open));
        let work = move || {
            while let Ok(first) = waiting.recv() {
                for job in newest(std::iter::once(first).chain(waiting.try_iter())) {
                    TestPanic::Worker.trip_always(fault);
                    let done = report(&reported, &job);
                    let answer = answer(&job.timeline, &job.effect, &job.control);
                    drop(done);
                    lock(&open_here).retain(|it| !Arc::ptr_eq(&it.control, &job.control));
                    let answer = answer.map(LoopEvent::Message);
                    if answer.is_some_and(|answer| events.send(answer).is_err()) {
                        return;
                    }
                }
            }
        };
        spawn("filter", sender, work)?;
        let events = sender.clone();
        spawn("filter progress", sender, move || {
            for job in reports {
                if !report_progress(&job, &events) {
                    return;
                }
            }
        })?;
        Ok(Self { jobs, open })
    }

    /// Asks a question; the answer comes as a message. An older question of the same kind is not answered.
    pub fn ask(&self, timeline: &Arc<Timeline>, effect: Effect) -> Result<()> {
        let control: Arc<VisitControl> = Arc::default();
        if let Some(kind) = kind_of(&effect).filter(|&kind| may_stop(kind)) {
            self.stop(kind);
            lock(&self.open).push(OpenQuestion {
                kind,
                control: Arc::clone(&control),
            });
        }
        let timeline = Arc::clone(timeline);
        let sent = self.jobs.send(QueryJob {
            timeline,
            effect,
            control,
        });
        sent.map_err(|_| anyhow!("the thread that filters has ended"))
    }

    /// Stops the questions of a kind: they are not answered.
    pub fn stop(&self, kind: QueryKind) {
        let is_filter = |kind| matches!(kind, QueryKind::Filter | QueryKind::Facets);
        lock(&self.open).retain(|it| {
            let is_alike = it.kind == kind || is_filter(kind) && is_filter(it.kind);
            if is_alike {
                it.control.stop();
            }
            !is_alike
        });
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn kind_of(effect: &Effect) -> Option<QueryKind> {
    match effect {
        Effect::Filter { facets: true, .. } => Some(QueryKind::Facets),
        Effect::Filter { .. } => Some(QueryKind::Filter),
        Effect::Search { .. } => Some(QueryKind::Search),
        Effect::Complete { .. } => Some(QueryKind::Completion),
        Effect::Swap(_) => Some(QueryKind::Swap),
        _ => None,
    }
}

/// Whether a question may stay without an answer. The program waits for a swap.
const fn may_stop(kind: QueryKind) -> bool {
    !matches!(kind, QueryKind::Swap)
}

/// Begins to report the progress of a job, until the returned sender is dropped.
fn report(reported: &Sender<ReportedJob>, job: &QueryJob) -> Option<Sender<()>> {
    let (done, is_done) = mpsc::channel();
    let job = ReportedJob {
        kind: kind_of(&job.effect)?,
        control: Arc::clone(&job.control),
        is_done,
    };
    // Without the other thread nothing is reported, and the loop ends.
    reported.send(job).ok().map(|()| done)
}

/// Reports the progress of a long job, and its end if the progress was reported. Returns whether the loop goes on.
fn report_progress(job: &ReportedJob, events: &Sender<LoopEvent>) -> bool {
    let send = |work| {
        let message = LoopEvent::Message(Message::Working(work));
        events.send(message).is_ok()
    };
    let mut wait = REPORT_AFTER;
    let mut is_reported = false;
    while job.is_done.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let (kind, percent) = (job.kind, job.control.percent());
        if !send(Some(QueryWork { kind, percent })) {
            return false;
        }
        (wait, is_reported) = (REPORT_INTERVAL, true);
    }
    !is_reported || send(None)
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
            control: Arc::default(),
        }
    }

    fn complete(text: &str) -> Effect {
        Effect::Complete {
            text: text.to_owned(),
            cursor: 0,
        }
    }

    fn completion(text: &str) -> QueryJob {
        job(complete(text))
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

    #[test]
    fn an_older_question_of_the_same_kind_is_stopped_and_so_is_one_on_request() {
        let (jobs, waiting) = mpsc::channel();
        let worker = QueryWorker {
            jobs,
            open: Arc::default(),
        };
        let timeline = Arc::default();
        let search = |words| Effect::Search {
            timeline: Arc::default(),
            needle: crate::query::search::SearchPhrase::new(words).expect("a word"),
        };
        for effect in [search("a"), complete("b"), search("c")] {
            worker.ask(&timeline, effect).expect("the test waits");
        }
        let controls: Vec<_> = waiting.try_iter().map(|job| job.control).collect();
        let stopped = || {
            controls
                .iter()
                .map(|it| it.is_stopped())
                .collect::<Vec<_>>()
        };
        assert_eq!(stopped(), [true, false, false]);
        worker.stop(QueryKind::Search);
        assert_eq!(stopped(), [true, false, true]);
    }
}

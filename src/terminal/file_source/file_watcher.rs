//! The thread that watches the files, and reports when one of them may have changed.
//!
//! Before each report it works out anew what to watch, and the files are read after the report: so a later save is
//! noticed, and an earlier one is read.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Result, anyhow};
use notify::{RecommendedWatcher, Watcher};

use crate::app::Message;
use crate::app::reload::ReloadEvent;
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::path_watcher::{PathEvent, PathWatcher};
use crate::terminal::threads::spawn;
use crate::text::visible;
use crate::timeline::Timeline;

/// How long a file must be left alone: a save often comes in several steps.
const LULL: Duration = Duration::from_millis(15);

/// The most steps to wait for: a file that is written endlessly is read nevertheless.
const MOST_STEPS: usize = 4;

/// How long a file must be left alone under a highest marking: the line that marks the newly written text may come
/// last.
const REST: Duration = Duration::from_millis(700);

/// How long after a change the files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SettleTime {
    /// Soon, whether or not the writer has finished.
    Short,
    /// Only once the file is at rest: text that is still to come may mark the text that is there.
    UntilRest,
}

impl SettleTime {
    /// The time for the files of the timeline on screen.
    pub(super) fn of(shown: &Timeline) -> Self {
        match shown.redactions().ceiling {
            None => Self::Short,
            Some(_) => Self::UntilRest,
        }
    }

    const fn lull(self) -> Duration {
        match self {
            Self::Short => LULL,
            Self::UntilRest => REST,
        }
    }

    /// Whether to wait for another step after this many.
    const fn allows(self, steps: usize) -> bool {
        match self {
            Self::Short => steps < MOST_STEPS,
            Self::UntilRest => true,
        }
    }
}

/// The handle to the thread that watches.
pub(super) struct FileWatcher(Sender<WatchMessage>);

impl FileWatcher {
    /// Watches the files, and reports each change to the loop. Also returns why saves are missed, if they are.
    pub fn start(
        files: Vec<PathBuf>,
        settle_time: SettleTime,
        sender: &Sender<LoopEvent>,
    ) -> Result<(Self, Option<String>)> {
        let (messages, waiting) = mpsc::channel();
        let mut watches = WatchedFiles::<RecommendedWatcher>::new(files, messages.clone());
        let watch_failure = watches.update(&MessageBatch::default());
        let events = sender.clone();
        spawn("watch", sender, move || {
            while let Some(batch) = next_batch(&waiting, settle_time) {
                let watch_failure = watches.update(&batch);
                let saved = ReloadEvent::Saved {
                    watch_failure,
                    is_missing_saves: watches.reported.is_some(),
                };
                if events
                    .send(LoopEvent::Message(Message::Files(saved)))
                    .is_err()
                {
                    return;
                }
            }
        })?;
        Ok((Self(messages), watch_failure))
    }

    /// Works out anew what to watch, and then reports a save even if there was none.
    pub fn rewatch(&self) -> Result<()> {
        let sent = self.0.send(WatchMessage::Rewatch);
        sent.map_err(|_| anyhow!("the thread that watches files has ended"))
    }
}

/// What the thread that watches waits for.
enum WatchMessage {
    /// Something has changed on the path of a file.
    Changed,
    /// The user asks for the files to be read.
    Rewatch,
    /// The system reports no more changes, and why.
    Lost(notify::Error),
}

/// The messages of one save.
#[derive(Default)]
struct MessageBatch {
    is_asked: bool,
    lost: Option<notify::Error>,
}

impl MessageBatch {
    fn add(&mut self, message: WatchMessage) {
        match message {
            WatchMessage::Changed => {}
            WatchMessage::Rewatch => self.is_asked = true,
            WatchMessage::Lost(error) => self.lost = Some(error),
        }
    }
}

/// Waits for a message, and then until the writer has finished, unless the user asks. `None` if nothing can send
/// messages any more.
fn next_batch(messages: &Receiver<WatchMessage>, settle_time: SettleTime) -> Option<MessageBatch> {
    let mut batch = MessageBatch::default();
    batch.add(messages.recv().ok()?);
    let mut steps = 0;
    while settle_time.allows(steps) && !batch.is_asked {
        steps += 1;
        match messages.recv_timeout(settle_time.lull()) {
            Ok(message) => batch.add(message),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        for message in messages.try_iter() {
            batch.add(message);
        }
    }
    Some(batch)
}

/// What is watched for the files, and the failure that was last reported.
struct WatchedFiles<W> {
    files: Vec<PathBuf>,
    watcher: PathWatcher<W>,
    reported: Option<String>,
}

impl<W: Watcher> WatchedFiles<W> {
    fn new(files: Vec<PathBuf>, messages: Sender<WatchMessage>) -> Self {
        let watcher = PathWatcher::new(move |event| {
            let message = match event {
                PathEvent::Changed => WatchMessage::Changed,
                PathEvent::Lost(error) => WatchMessage::Lost(error),
            };
            // The thread that waits may have ended, and the program with it.
            let _ = messages.send(message);
        });
        Self {
            files,
            watcher,
            reported: None,
        }
    }

    /// Updates what is watched after these messages. Returns why saves are missed: once for each reason, and whenever
    /// the user asks.
    fn update(&mut self, batch: &MessageBatch) -> Option<String> {
        if batch.lost.is_some() {
            self.watcher.reset();
        }
        let renewed = match &batch.lost {
            // A watcher that began again automatically might be lost again and again.
            Some(error) if !batch.is_asked => Err(anyhow!("{error}")),
            _ => self.watcher.watch(&self.files),
        };
        let failure = renewed.err();
        let failure = failure.map(|error| visible(&format!("{error:#}")).into_owned());
        let is_news = batch.is_asked || failure != self.reported;
        self.reported.clone_from(&failure);
        failure.filter(|_| is_news)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::path::Path;

    use notify::{Config, ErrorKind, EventHandler, RecursiveMode, WatcherKind};

    use super::*;

    thread_local! {
        /// Whether the system lets us watch, and how often it was asked for a watcher.
        static LETS: Cell<bool> = const { Cell::new(true) };
        static MADE: Cell<usize> = const { Cell::new(0) };
    }

    /// A system that watches or not, as the test has it.
    #[derive(Debug)]
    struct FakeWatcher;

    impl Watcher for FakeWatcher {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            MADE.set(MADE.get() + 1);
            Ok(Self)
        }

        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            let full = || notify::Error::new(ErrorKind::MaxFilesWatch);
            LETS.get().then_some(()).ok_or_else(full)
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Err(notify::Error::watch_not_found())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    fn watches() -> WatchedFiles<FakeWatcher> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        WatchedFiles::new(vec![here], mpsc::channel().0)
    }

    fn batch(messages: impl IntoIterator<Item = WatchMessage>) -> MessageBatch {
        let mut batch = MessageBatch::default();
        messages.into_iter().for_each(|message| batch.add(message));
        batch
    }

    #[test]
    fn a_failure_is_reported_once_and_whenever_the_user_asks() {
        let mut watches = watches();
        LETS.set(false);
        let failure = watches.update(&batch([])).expect("it is reported");
        assert!(failure.ends_with("cannot be watched: the system watches no more for this user"));
        assert_eq!(watches.update(&batch([WatchMessage::Changed])), None);
        assert_eq!(
            watches.update(&batch([WatchMessage::Rewatch])),
            Some(failure)
        );
        LETS.set(true);
        assert_eq!(watches.update(&batch([WatchMessage::Rewatch])), None);
        LETS.set(false);
        assert!(watches.update(&batch([WatchMessage::Changed])).is_some());
    }

    #[test]
    fn a_watcher_that_is_lost_is_reported_and_made_anew_when_the_user_asks() {
        let mut watches = watches();
        assert_eq!(watches.update(&batch([])), None);
        let lost = || WatchMessage::Lost(notify::Error::generic("it broke"));
        let failure = watches.update(&batch([WatchMessage::Changed, lost()]));
        assert_eq!(failure.as_deref(), Some("it broke"));
        assert!(!watches.watcher.is_watching());
        assert_eq!(watches.update(&batch([WatchMessage::Rewatch])), None);
        assert!(watches.watcher.is_watching());
        assert_eq!(
            watches.update(&batch([lost(), WatchMessage::Rewatch])),
            None
        );
        assert_eq!(MADE.get(), 3);
    }

    #[test]
    fn a_file_up_to_a_marking_is_read_only_once_its_writer_is_at_rest() {
        let short = SettleTime::Short;
        assert!(short.allows(MOST_STEPS - 1) && !short.allows(MOST_STEPS));
        assert!(SettleTime::UntilRest.allows(usize::MAX) && REST > LULL);
        let text = "[timeline]\ntlp = \"CLEAR\"\n[[events]]\ntitle = \"A\"\n";
        let text = crate::diagnostic::SourceText::new("t.toml", text);
        let (whole, _) = crate::formats::open(&[text]);
        assert_eq!(SettleTime::of(&whole), SettleTime::Short);
        let left = whole.up_to(crate::timeline::term::Tlp::Clear);
        let left = left.expect("it is marked");
        assert_eq!(SettleTime::of(&left), SettleTime::UntilRest);
        // The user does not wait.
        let (messages, waiting) = mpsc::channel();
        messages.send(WatchMessage::Rewatch).expect("it is heard");
        let batch = next_batch(&waiting, SettleTime::UntilRest);
        assert!(batch.is_some_and(|batch| batch.is_asked));
    }
}

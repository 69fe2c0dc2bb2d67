//! The thread that watches the files, and reports when one of them may have changed.
//!
//! Directories are watched, since editors replace files by others of the same name; and a directory may be replaced
//! too, or a link be made to lead elsewhere. So what to watch is worked out anew before each report, and the files
//! are read after it: a later save is noticed, and an earlier one is read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Result, anyhow};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::watched_path::{DirectoryWatch, watch_path};
use crate::app::Msg;
use crate::app::reload::ReloadEvent;
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::threads::spawn;
use crate::text::visible;
use crate::timeline::Timeline;

/// How long a file must be left alone: a save often comes in several steps.
const LULL: Duration = Duration::from_millis(15);

/// How many steps are waited for: a file that is written without end is read nevertheless.
const MOST_STEPS: usize = 4;

/// How long a file must be left alone under a highest marking: the line that marks what is being written may come last.
const REST: Duration = Duration::from_millis(700);

/// How long after a change the files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SettleTime {
    /// Soon, whether or not the writer has finished.
    Short,
    /// Only once the file is at rest: what has not arrived yet may mark what has.
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

/// The way to the thread that watches.
pub(super) struct FileWatcher(Sender<WatchMessage>);

impl FileWatcher {
    /// Watches the files, and reports each change to the loop. Returns also why saves are missed, if they are.
    pub fn start(
        files: Vec<PathBuf>,
        settle_time: SettleTime,
        sender: &Sender<LoopEvent>,
    ) -> Result<(Self, Option<String>)> {
        let (messages, waiting) = mpsc::channel();
        let mut watches = DirectoryWatches::<RecommendedWatcher>::new(files, messages.clone());
        let watch_failure = watches.update(&MessageBatch::default());
        let events = sender.clone();
        spawn("watch", sender, move || {
            while let Some(batch) = next_batch(&waiting, settle_time) {
                let watch_failure = watches.update(&batch);
                let saved = ReloadEvent::Saved { watch_failure };
                if events.send(LoopEvent::Msg(Msg::Files(saved))).is_err() {
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

/// Waits for a message, and then until the writer has finished; not if the user asks. `None` if nothing can send
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

/// The names on the paths of the files: changes to others in the same directories do not matter.
#[derive(Clone, Default)]
struct WatchedNames(Arc<Mutex<BTreeSet<PathBuf>>>);

impl WatchedNames {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a file may have changed. If the system lost events, it may.
    fn concern(&self, event: &notify::Event) -> bool {
        if event.need_rescan() {
            return true;
        }
        let names = self.lock();
        !event.kind.is_access() && event.paths.iter().any(|path| names.contains(path))
    }
}

/// The directories that are watched for the files.
struct DirectoryWatches<W> {
    files: Vec<PathBuf>,
    messages: Sender<WatchMessage>,
    names: WatchedNames,
    directories: BTreeSet<PathBuf>,
    /// `None` as long as the system lets us watch nothing.
    watcher: Option<W>,
    /// The failure that was last reported.
    reported: Option<String>,
}

impl<W: Watcher> DirectoryWatches<W> {
    fn new(files: Vec<PathBuf>, messages: Sender<WatchMessage>) -> Self {
        Self {
            files,
            messages,
            names: WatchedNames::default(),
            directories: BTreeSet::new(),
            watcher: None,
            reported: None,
        }
    }

    /// Watches what is to be watched after these messages. Returns why saves are missed: once for each reason, and
    /// whenever the user asks.
    fn update(&mut self, batch: &MessageBatch) -> Option<String> {
        if batch.lost.is_some() {
            self.directories.clear();
            self.watcher = None;
        }
        let renewed = match &batch.lost {
            // A watcher that began again automatically might be lost again without end.
            Some(error) if !batch.is_asked => Err(anyhow!("{error}")),
            _ => self.renew(),
        };
        let failure = renewed.err();
        let failure = failure.map(|error| visible(&format!("{error:#}")).into_owned());
        let is_news = batch.is_asked || failure != self.reported;
        self.reported.clone_from(&failure);
        failure.filter(|_| is_news)
    }

    /// Watches the directories that are on the path of each file now.
    fn renew(&mut self) -> Result<()> {
        let watcher = match &mut self.watcher {
            Some(watcher) => watcher,
            none => none.insert(new_watcher(&self.names, &self.messages)?),
        };
        // Another directory may have taken the name of a watched one. The files are read after this, with
        // everything that happens meanwhile.
        for directory in std::mem::take(&mut self.directories) {
            let _ = watcher.unwatch(&directory);
        }
        let mut names = BTreeSet::new();
        let mut renewed = Ok(());
        for file in &self.files {
            let outcome = watch_path(file, |directory, name| {
                // Before the directory is watched: its events may come at once.
                self.names.lock().insert(name.to_owned());
                names.insert(name.to_owned());
                watch_directory(watcher, &mut self.directories, directory)
            });
            renewed = renewed.and(outcome);
        }
        *self.names.lock() = names;
        renewed
    }
}

/// A watcher that reports what concerns the files.
fn new_watcher<W: Watcher>(
    names: &WatchedNames,
    messages: &Sender<WatchMessage>,
) -> notify::Result<W> {
    let (names, messages) = (names.clone(), messages.clone());
    let report = move |event: notify::Result<notify::Event>| {
        let message = match event {
            Ok(event) if names.concern(&event) => WatchMessage::Changed,
            Ok(_) => return,
            Err(error) => WatchMessage::Lost(error),
        };
        // The thread that waits may have ended, and the program with it.
        let _ = messages.send(message);
    };
    W::new(report, Config::default())
}

/// The words of the system without the number of the error: the line is short.
fn without_number(error: &std::io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next();
    words.map_or_else(String::new, str::to_owned)
}

/// Watches a directory, unless it is watched already.
fn watch_directory(
    watcher: &mut impl Watcher,
    directories: &mut BTreeSet<PathBuf>,
    directory: &Path,
) -> Result<DirectoryWatch> {
    if directories.contains(directory) {
        return Ok(DirectoryWatch::Watched);
    }
    let Err(error) = watcher.watch(directory, RecursiveMode::NonRecursive) else {
        directories.insert(directory.to_owned());
        return Ok(DirectoryWatch::Watched);
    };
    let why = match error.kind {
        ErrorKind::PathNotFound => return Ok(DirectoryWatch::Missing),
        ErrorKind::Io(error) => without_number(&error),
        ErrorKind::MaxFilesWatch => "the system watches no more for this user".to_owned(),
        _ => error.to_string(),
    };
    Err(anyhow!(
        "`{}` cannot be watched: {why}",
        directory.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{AccessKind, Flag};
    use notify::{Event, EventHandler, EventKind, WatcherKind};
    use std::cell::Cell;

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

    fn watches() -> DirectoryWatches<FakeWatcher> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
        DirectoryWatches::new(vec![here], mpsc::channel().0)
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
        assert!(watches.watcher.is_none() && watches.directories.is_empty());
        assert_eq!(watches.update(&batch([WatchMessage::Rewatch])), None);
        assert!(watches.watcher.is_some() && !watches.directories.is_empty());
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

    #[test]
    fn lost_events_concern_every_file_and_a_look_at_one_concerns_none() {
        let names = WatchedNames::default();
        names.lock().insert(PathBuf::from("/d/t.toml"));
        let at = |kind, path: &str| Event::new(kind).add_path(PathBuf::from(path));
        assert!(names.concern(&at(EventKind::Any, "/d/t.toml")));
        assert!(!names.concern(&at(EventKind::Any, "/d/other")));
        assert!(!names.concern(&at(EventKind::Access(AccessKind::Any), "/d/t.toml")));
        assert!(names.concern(&Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    }
}

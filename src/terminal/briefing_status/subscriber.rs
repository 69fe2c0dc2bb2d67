//! The thread that reports the presenter's status to a follower. It sleeps until the status changes.
//!
//! The system reports when the status file is replaced, or the presenter's lock is removed. A killed presenter changes
//! no file: for each presenter a thread waits until its lock is free.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use anyhow::{Result, anyhow};
use notify::{RecommendedWatcher, Watcher};

use super::store::{StatusStore, held};
use crate::app::Message;
use crate::app::screen::PresenterReport;
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::path_watcher::{PathEvent, PathWatcher};
use crate::terminal::threads::spawn;

/// How often the status is read as long as the system cannot watch its file.
const PAUSE: Duration = Duration::from_secs(1);

/// Reports the status now and at each change.
pub(in crate::terminal) fn subscribe(store: StatusStore, events: &Sender<LoopEvent>) -> Result<()> {
    let (mut subscriber, waiting) = StatusSubscriber::<RecommendedWatcher>::new(store, events);
    spawn("follow", events, move || {
        let error = loop {
            match subscriber.report() {
                Ok(wait) => subscriber.rest(&waiting, wait),
                Err(error) => break error,
            }
        };
        // The program may have ended.
        let _ = subscriber.events.send(LoopEvent::Lost(error));
    })
}

fn path_watcher<W: Watcher>(messages: &Sender<SubscriberMessage>) -> PathWatcher<W> {
    let messages = messages.clone();
    PathWatcher::new(move |event| {
        let message = match event {
            PathEvent::Changed => SubscriberMessage::Changed,
            PathEvent::Lost(_) => SubscriberMessage::WatchLost,
        };
        // The program may have ended.
        let _ = messages.send(message);
    })
}

enum SubscriberMessage {
    /// Something has changed on the path of the status file or of the lock.
    Changed,
    /// The system no longer watches.
    WatchLost,
    /// A lock is free.
    Released(PathBuf),
}

struct StatusSubscriber<W> {
    store: StatusStore,
    watcher: PathWatcher<W>,
    messages: Sender<SubscriberMessage>,
    events: Sender<LoopEvent>,
    /// The locks that threads wait for.
    awaited: BTreeSet<PathBuf>,
    is_watch_lost: bool,
    last: Option<PresenterReport>,
}

impl<W: Watcher> StatusSubscriber<W> {
    /// A subscriber, and the messages that it waits for.
    fn new(store: StatusStore, events: &Sender<LoopEvent>) -> (Self, Receiver<SubscriberMessage>) {
        let (messages, waiting) = mpsc::channel();
        let subscriber = Self {
            watcher: path_watcher(&messages),
            store,
            messages,
            events: events.clone(),
            awaited: BTreeSet::new(),
            is_watch_lost: false,
            last: None,
        };
        (subscriber, waiting)
    }

    /// Reports the status if it has changed. Returns how long to wait for a message; `None` if the system watches the
    /// files.
    ///
    /// # Errors
    /// The program has ended, or a thread cannot be started.
    fn report(&mut self) -> Result<Option<Duration>> {
        let mut files = self.store.files_of_status();
        let (is_watched, report) = loop {
            let (status, lock) = files;
            let paths: Vec<PathBuf> = [status].into_iter().chain(lock.clone()).collect();
            // The watch begins before the status is read: otherwise a change between the two would be missed.
            let is_watched = self.watch(&paths);
            if let Some(lock) = &lock {
                self.await_release(lock)?;
            }
            let report = self.store.read();
            files = self.store.files_of_status();
            // Another presenter may have started before its lock was watched.
            if files.1 == lock {
                break (is_watched, report);
            }
        };
        if self.last.as_ref() != Some(&report) {
            let event = LoopEvent::Message(Message::Presenter(report.clone()));
            let sent = self.events.send(event);
            sent.map_err(|_| anyhow!("the program has ended"))?;
            self.last = Some(report);
        }
        Ok((!is_watched).then_some(PAUSE))
    }

    /// Watches the files. Returns whether the system supports that.
    fn watch(&mut self, files: &[PathBuf]) -> bool {
        // If the watch started again at once, it could be lost again and again.
        if std::mem::take(&mut self.is_watch_lost) {
            self.watcher.reset();
            return false;
        }
        self.watcher.watch(files).is_ok()
    }

    /// Waits for a message, and handles all that have come.
    fn rest(&mut self, messages: &Receiver<SubscriberMessage>, wait: Option<Duration>) {
        let first = match wait {
            None => messages.recv().ok(),
            Some(wait) => messages.recv_timeout(wait).ok(),
        };
        for message in first.into_iter().chain(messages.try_iter()) {
            match message {
                SubscriberMessage::Changed => {}
                SubscriberMessage::WatchLost => self.is_watch_lost = true,
                SubscriberMessage::Released(lock) => {
                    self.awaited.remove(&lock);
                }
            }
        }
    }

    /// Starts a thread that waits until a presenter releases its lock, unless one is waiting.
    fn await_release(&mut self, lock: &Path) -> Result<()> {
        if self.awaited.contains(lock) {
            return Ok(());
        }
        // An error of the lock is reported together with the status.
        let Ok(Some(held)) = held(lock) else {
            return Ok(());
        };
        let lock = lock.to_owned();
        self.awaited.insert(lock.clone());
        let messages = self.messages.clone();
        spawn("presenter", &self.events, move || {
            if wait_for(&held) {
                let _ = messages.send(SubscriberMessage::Released(lock));
            }
        })
    }
}

/// Waits until a lock is free. It takes a shared lock for a moment, which other followers may share. Returns false if
/// the system cannot wait for it.
fn wait_for(lock: &File) -> bool {
    loop {
        match lock.lock_shared() {
            Ok(()) => return true,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use notify::{Config, ErrorKind, EventHandler, RecursiveMode, WatcherKind};

    use super::*;
    use crate::app::screen::PresenterPresence;
    use crate::app::state::briefing::{BriefingStatus, Stopwatch};
    use crate::terminal::briefing_status::publisher::StatusPublisher;

    /// A system that watches, or has no watch left.
    #[derive(Debug)]
    struct TestWatcher<const WATCHES: bool>;

    impl<const WATCHES: bool> Watcher for TestWatcher<WATCHES> {
        fn new<F: EventHandler>(_: F, _: Config) -> notify::Result<Self> {
            Ok(Self)
        }

        fn watch(&mut self, _: &Path, _: RecursiveMode) -> notify::Result<()> {
            let full = || notify::Error::new(ErrorKind::MaxFilesWatch);
            WATCHES.then_some(()).ok_or_else(full)
        }

        fn unwatch(&mut self, _: &Path) -> notify::Result<()> {
            Ok(())
        }

        fn kind() -> WatcherKind {
            WatcherKind::NullWatcher
        }
    }

    /// A folder of its own for each test, removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("dateline-{name}-{}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }

        fn store(&self) -> StatusStore {
            StatusStore::new(self.0.clone(), "status".to_owned())
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }

    fn status(at: usize) -> BriefingStatus {
        BriefingStatus {
            audience: None,
            at,
            scene: None,
            step: 0,
            exploring: false,
            blank: false,
            scenes: 3,
            script: 1,
            withheld: 0,
            stopwatch: Stopwatch::default(),
            entered: 0,
            due_from: 0,
        }
    }

    /// The scene and presence of the presenter in each report that has come.
    fn heard(events: &Receiver<LoopEvent>) -> Vec<Option<(usize, PresenterPresence)>> {
        let reports = events.try_iter().map(|event| match event {
            LoopEvent::Message(Message::Presenter(PresenterReport::Published(published))) => {
                Some((published.status.at, published.presence))
            }
            LoopEvent::Message(Message::Presenter(PresenterReport::Absent)) => None,
            _ => panic!("a subscriber reports the presenter"),
        });
        reports.collect()
    }

    #[test]
    fn without_a_watch_the_status_is_read_once_a_second_and_reported_if_it_changed() {
        let folder = Folder::new("unwatched");
        let (sender, events) = mpsc::channel();
        let (mut subscriber, _waiting) =
            StatusSubscriber::<TestWatcher<false>>::new(folder.store(), &sender);
        let mut read = |publisher: Option<&mut StatusPublisher>, at| {
            if let Some(publisher) = publisher {
                publisher.publish(status(at));
            }
            let wait = subscriber.report().expect("the program runs");
            assert_eq!(wait, Some(PAUSE));
            heard(&events)
        };
        let mut publisher = StatusPublisher::new(folder.store());
        assert_eq!(read(None, 0), [None]);
        assert_eq!(read(None, 0), []);
        let present = |at| Some((at, PresenterPresence::Present));
        assert_eq!(read(Some(&mut publisher), 1), [present(1)]);
        assert_eq!(read(None, 1), []);
        assert_eq!(read(Some(&mut publisher), 2), [present(2)]);
        drop(publisher);
        assert_eq!(read(None, 2), [Some((2, PresenterPresence::Left))]);
    }

    #[test]
    fn with_a_watch_it_sleeps_until_a_message_and_a_lost_watch_is_made_anew_after_a_second() {
        let folder = Folder::new("watched");
        let (sender, events) = mpsc::channel();
        let (mut subscriber, waiting) =
            StatusSubscriber::<TestWatcher<true>>::new(folder.store(), &sender);
        assert_eq!(subscriber.report().expect("the program runs"), None);
        let lost = subscriber.messages.send(SubscriberMessage::WatchLost);
        lost.expect("the subscriber waits");
        subscriber.rest(&waiting, None);
        assert_eq!(subscriber.report().expect("the program runs"), Some(PAUSE));
        assert_eq!(subscriber.report().expect("the program runs"), None);
        assert_eq!(heard(&events), [None]);
    }
}

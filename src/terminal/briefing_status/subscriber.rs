//! The thread that reports to a follower what the presenter publishes. It sleeps until something happens.
//!
//! The system reports when the file of the status is replaced, or the lock of the presenter is removed. A killed
//! presenter changes no file: for each presenter a thread waits until its lock is free.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use anyhow::{Result, anyhow};

use super::store::{StatusStore, held};
use crate::app::Message;
use crate::app::screen::PresenterReport;
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::path_watcher::{PathEvent, PathWatcher};
use crate::terminal::threads::spawn;

/// How often the status is read as long as the system cannot watch its file.
const PAUSE: Duration = Duration::from_secs(1);

/// Reports the status now, and whenever it is another one.
pub(in crate::terminal) fn subscribe(store: StatusStore, events: &Sender<LoopEvent>) -> Result<()> {
    let (messages, waiting) = mpsc::channel();
    let mut subscriber = StatusSubscriber {
        watcher: path_watcher(&messages),
        store,
        messages,
        events: events.clone(),
        awaited: BTreeSet::new(),
        is_watch_lost: false,
        last: None,
    };
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

fn path_watcher(messages: &Sender<SubscriberMessage>) -> PathWatcher {
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
    /// Something has changed on the path of the status or of the lock.
    Changed,
    /// The system watches no more.
    WatchLost,
    /// A lock is free.
    Released(PathBuf),
}

struct StatusSubscriber {
    store: StatusStore,
    watcher: PathWatcher,
    messages: Sender<SubscriberMessage>,
    events: Sender<LoopEvent>,
    /// The locks that threads wait for.
    awaited: BTreeSet<PathBuf>,
    is_watch_lost: bool,
    last: Option<PresenterReport>,
}

impl StatusSubscriber {
    /// Reports the status if it is another one. Returns how long to wait for a message at most.
    ///
    /// # Errors
    /// The program has ended, or a thread cannot be started.
    fn report(&mut self) -> Result<Option<Duration>> {
        let mut files = self.store.files_of_status();
        let (is_watched, report) = loop {
            let (status, lock) = files;
            let paths: Vec<PathBuf> = [status].into_iter().chain(lock.clone()).collect();
            // Before the status is read: a later change is reported, and an earlier one is read.
            let is_watched = self.watch(&paths);
            if let Some(lock) = &lock {
                self.await_release(lock)?;
            }
            let report = self.store.read();
            files = self.store.files_of_status();
            // Another presenter may have come before its lock was watched.
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

    /// Returns whether the system reports changes of the files.
    fn watch(&mut self, files: &[PathBuf]) -> bool {
        // A watcher that began again at once might be lost again without end.
        if std::mem::take(&mut self.is_watch_lost) {
            self.watcher.reset();
            return false;
        }
        self.watcher.watch(files).is_ok()
    }

    /// Waits for a message, and takes all that have come.
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

    /// Has a thread wait until a presenter lets go of its lock, unless one does.
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

/// Waits until a lock is free, and takes it for a moment. Other followers may share it meanwhile. Returns whether the
/// system can wait for it.
fn wait_for(lock: &File) -> bool {
    loop {
        match lock.lock_shared() {
            Ok(()) => return true,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}

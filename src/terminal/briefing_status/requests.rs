//! Requests of followers to their presenter, as a file next to the status: the newest replaces the one before.
//!
//! A request says what the room is to see, so nothing is lost if a later one replaces it before it is read. The file is
//! in a folder that only the user can write, and it has to name a number that the presenter has published: a request to
//! an earlier presenter is ignored.

use std::fs;
use std::io::Write as _;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::RecommendedWatcher;
use serde_json::{Value, json};

use super::private_files::{check_owner, discard, open_regular, private, read_bounded};
use super::store::StatusStore;
use super::wire::{count, number, truth};
use crate::app::Message;
use crate::app::state::drive_request::DriveRequest;
use crate::terminal::clock;
use crate::terminal::loop_event::LoopEvent;
use crate::terminal::path_watcher::{PathEvent, PathWatcher};
use crate::terminal::threads::spawn;

/// Increase it whenever a field is added or removed, or changes its meaning.
const VERSION: u64 = 1;

/// The longest request in bytes. All fields are numbers or truth values.
const LONGEST: u64 = 512;

/// How often the file is read as long as the system cannot watch it.
const PAUSE: Duration = Duration::from_secs(1);

/// A request in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RequestMessage {
    /// The number that the presenter has published.
    driver: u64,
    /// The follower and the time distinguish a request from an equal earlier one.
    follower: u64,
    sent_at: u64,
    request: DriveRequest,
}

/// Sends a request to the presenter of the newest status.
pub(in crate::terminal) fn send(store: &StatusStore, request: DriveRequest) -> Result<()> {
    let folder = check_owner(store.folder().to_owned())?;
    let driver = store.driver(&folder);
    let follower = u64::from(std::process::id());
    let message = RequestMessage {
        driver: driver.context("the presenter does not accept steps from here")?,
        follower,
        sent_at: clock::milliseconds(),
        request,
    };
    let path = store.request_in(&folder);
    let new = path.with_extension(format!("{follower:x}.new"));
    let written = || -> Result<()> {
        let mut file = open_regular(&mut private(), &new)?.context("the folder was removed")?;
        file.set_len(0)?;
        file.write_all(&write(&message))?;
        Ok(fs::rename(&new, &path)?)
    };
    let written = written();
    if written.is_err() {
        // On a full disk, a part of the file may have been written.
        discard(&new);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

/// Reports each request that names `driver`. `store`: the presenter's.
pub(in crate::terminal) fn listen(
    store: StatusStore,
    driver: u64,
    events: &Sender<LoopEvent>,
) -> Result<()> {
    let (changes, waiting) = mpsc::channel();
    let mut watcher = PathWatcher::<RecommendedWatcher>::new(move |event| {
        // The program may have ended.
        let _ = changes.send(matches!(event, PathEvent::Lost(_)));
    });
    let loop_events = events.clone();
    spawn("requests", events, move || {
        let path = store.request_in(store.folder());
        let mut last = None;
        let mut is_lost = false;
        loop {
            // If the watch started again at once, it could be lost again and again.
            let is_watched = if std::mem::take(&mut is_lost) {
                watcher.reset();
                false
            } else {
                // The watch begins before the file is read: otherwise a change between the two would be missed.
                watcher.watch(std::slice::from_ref(&path)).is_ok()
            };
            let message = read_from(&store).filter(|message| message.driver == driver);
            if let Some(message) = message.filter(|message| last.as_ref() != Some(message)) {
                let event = LoopEvent::Message(Message::Drive(message.request));
                if loop_events.send(event).is_err() {
                    return;
                }
                last = Some(message);
            }
            let first = if is_watched {
                waiting.recv().ok()
            } else {
                waiting.recv_timeout(PAUSE).ok()
            };
            is_lost = first.into_iter().chain(waiting.try_iter()).any(|lost| lost);
        }
    })
}

/// The last request, if it can be read.
fn read_from(store: &StatusStore) -> Option<RequestMessage> {
    let folder = check_owner(store.folder().to_owned()).ok()?;
    let text = read_bounded(&store.request_in(&folder), LONGEST).ok()??;
    read(&text)
}

fn write(message: &RequestMessage) -> Vec<u8> {
    let RequestMessage {
        driver,
        follower,
        sent_at,
        request:
            DriveRequest {
                at,
                scene,
                step,
                blank,
            },
    } = message;
    let text = json!({
        "version": VERSION,
        "driver": driver,
        "follower": follower,
        "sent_at": sent_at,
        "at": at,
        "scene": scene,
        "step": step,
        "blank": blank,
    });
    text.to_string().into_bytes()
}

/// `None` for an incomplete text, another version, and a field of another type.
fn read(text: &[u8]) -> Option<RequestMessage> {
    let message: Value = serde_json::from_slice(text).ok()?;
    if number(&message, "version").ok()? != VERSION {
        return None;
    }
    Some(RequestMessage {
        driver: number(&message, "driver").ok()?,
        follower: number(&message, "follower").ok()?,
        sent_at: number(&message, "sent_at").ok()?,
        request: DriveRequest {
            at: count(&message, "at").ok()?,
            scene: number(&message, "scene").ok()?,
            step: count(&message, "step").ok()?,
            blank: truth(&message, "blank").ok()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_message() -> impl Strategy<Value = RequestMessage> {
        any::<([u64; 4], [usize; 2], bool)>().prop_map(
            |([driver, follower, sent_at, scene], [at, step], blank)| RequestMessage {
                driver,
                follower,
                sent_at,
                request: DriveRequest {
                    at,
                    scene,
                    step,
                    blank,
                },
            },
        )
    }

    proptest! {
        #[test]
        fn a_request_is_read_back_and_is_short(message in any_message()) {
            let text = write(&message);
            prop_assert!(text.len() as u64 <= LONGEST);
            prop_assert_eq!(read(&text), Some(message));
        }

        #[test]
        fn a_damaged_request_is_refused_or_another_whole_one(
            message in any_message(), at in any::<prop::sample::Index>(), put in any::<u8>(),
        ) {
            let mut text = write(&message);
            prop_assert_eq!(read(&text[..at.index(text.len())]), None);
            *at.get_mut(&mut text) = put;
            if let Some(other) = read(&text) {
                prop_assert_eq!(read(&write(&other)), Some(other));
            }
        }

        #[test]
        fn any_bytes_are_answered(bytes in any::<Vec<u8>>()) {
            _ = read(&bytes);
        }
    }
}

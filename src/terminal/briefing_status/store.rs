//! Where presenters of a timeline publish their status, and where followers read it.
//!
//! The newest status is one file for each timeline, which presenters replace as a whole. Each presenter holds a lock on
//! a second file as long as its status is current. It releases the lock when it cannot publish, and the system releases
//! it however the presenter ends. Followers that find the lock free have lost the presenter.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::private_files::{check_owner, discard, folder, open_regular, private, read_bounded};
use super::wire::{self, StatusMessage, WireError};
use crate::app::screen::{PresenterPresence, PresenterReport, PublishedStatus};
use crate::app::state::fnv_hash::Fnv;
use crate::app::state::resume_point::ResumePoint;
use crate::terminal::clock;

/// How long a briefing can be resumed, in milliseconds: a day.
const RESUMABLE: u64 = 24 * 60 * 60 * 1000;

/// The file of the status of one timeline.
#[derive(Clone, Debug)]
pub struct StatusStore {
    folder: PathBuf,
    name: String,
}

impl StatusStore {
    /// The store for some files, whatever paths lead to them. Without files, the store for the shipped case.
    pub fn of(files: &[PathBuf]) -> Self {
        if files.is_empty() {
            return Self::new(folder(), "shipped".to_owned());
        }
        let hash = files.iter().fold(Fnv::default(), |hash, file| {
            let path = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
            // No path contains a zero byte: it separates one from the next.
            hash.with(path.as_os_str().as_encoded_bytes()).with(&[0])
        });
        Self::new(folder(), format!("{:016x}", hash.finish()))
    }

    pub(super) const fn new(folder: PathBuf, name: String) -> Self {
        Self { folder, name }
    }

    /// The folder of all files of the status; it may not exist yet.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The newest status.
    pub(super) fn read(&self) -> PresenterReport {
        match self.try_read() {
            Ok(report) => report,
            Err(error) => PresenterReport::Refused(format!("{error:#}")),
        }
    }

    fn try_read(&self) -> Result<PresenterReport> {
        if !self.folder.exists() {
            return Ok(PresenterReport::Absent);
        }
        let folder = check_owner(self.folder.clone())?;
        let text = read_bounded(&self.status_in(&folder), wire::LONGEST);
        let Some(text) = text.context("cannot read the presenter's status")? else {
            return Ok(PresenterReport::Absent);
        };
        Ok(match wire::read(&text) {
            Ok(message) => {
                let presence = if message.is_last {
                    PresenterPresence::Left
                } else if is_held(&self.lock_in(&folder, message.presenter))? {
                    PresenterPresence::Present
                } else {
                    PresenterPresence::Lost
                };
                PresenterReport::Published(PublishedStatus {
                    has_restarted: !is_of_this_boot(&message),
                    takes_steps: message.driver.is_some(),
                    status: message.status,
                    published_at: message.published_at,
                    presence,
                })
            }
            Err(WireError::OtherVersion) => PresenterReport::OtherVersion,
            Err(WireError::Unreadable) => PresenterReport::Unreadable,
        })
    }

    /// Where the last briefing stopped. `None` if that was more than a day ago, if the machine was restarted since, or
    /// if a presenter is active now.
    pub fn resume_point(&self) -> Option<ResumePoint> {
        self.resume_point_at(clock::milliseconds())
    }

    fn resume_point_at(&self, now: u64) -> Option<ResumePoint> {
        let folder = check_owner(self.folder.clone()).ok()?;
        let newest = read_message(&self.status_in(&folder));
        if let Some((message, _)) = &newest
            && !message.is_last
            && !is_held(&self.lock_in(&folder, message.presenter)).is_ok_and(|held| !held)
        {
            return None;
        }
        // The newest presenter may have ended before its first step.
        let newest = newest.and_then(|(message, _)| resumable(message, now));
        newest.or_else(|| resumable(read_message(&self.earlier_in(&folder))?.0, now))
    }

    /// Keeps the status of the last presenter that has taken a step, before another one replaces it.
    pub(super) fn keep_earlier(&self, folder: &Path) {
        let Some((message, text)) = read_message(&self.status_in(folder)) else {
            return;
        };
        if resumable(message, clock::milliseconds()).is_none() {
            return;
        }
        let earlier = self.earlier_in(folder);
        let write = || -> Result<()> {
            let mut file =
                open_regular(&mut private(), &earlier)?.context("the folder was removed")?;
            file.set_len(0)?;
            Ok(file.write_all(&text)?)
        };
        if write().is_err() {
            // On a full disk, a part of the file may have been written.
            discard(&earlier);
        }
    }

    /// The file of the newest status, and that of the lock of its presenter if it can be read.
    pub(super) fn files_of_status(&self) -> (PathBuf, Option<PathBuf>) {
        let presenter = check_owner(self.folder.clone()).ok();
        let presenter = presenter.and_then(|folder| self.last_presenter(&folder));
        let lock = presenter.map(|presenter| self.lock_in(&self.folder, presenter));
        (self.status_in(&self.folder), lock)
    }

    /// The presenter of the newest status, if it can be read.
    pub(super) fn last_presenter(&self, folder: &Path) -> Option<u64> {
        let text = read_bounded(&self.status_in(folder), wire::LONGEST).ok()??;
        Some(wire::read(&text).ok()?.presenter)
    }

    /// The file of the newest status.
    pub(super) fn status_in(&self, folder: &Path) -> PathBuf {
        folder.join(&self.name)
    }

    /// The file of the last request of a follower.
    pub(super) fn request_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.request", self.name))
    }

    /// The number that requests to the present presenter have to name, if it accepts any.
    pub(super) fn driver(&self, folder: &Path) -> Option<u64> {
        read_message(&self.status_in(folder))?.0.driver
    }

    /// The file of the last status of an earlier presenter.
    fn earlier_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.earlier", self.name))
    }

    /// The file that a presenter holds a lock on.
    pub(super) fn lock_in(&self, folder: &Path, presenter: u64) -> PathBuf {
        folder.join(format!("{}.{presenter:016x}.lock", self.name))
    }

    /// The file that a presenter writes, to replace the status with it.
    pub(super) fn new_in(&self, folder: &Path, presenter: u64) -> PathBuf {
        folder.join(format!("{}.{presenter:016x}.new", self.name))
    }

    /// Removes the files that killed presenters of this timeline left behind.
    pub(super) fn tidy(&self, folder: &Path) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let presenter = name.to_str().and_then(|name| {
                let rest = name.strip_prefix(&self.name)?.strip_prefix('.')?;
                u64::from_str_radix(rest.strip_suffix(".lock")?, 16).ok()
            });
            let Some(presenter) = presenter else { continue };
            let lock = self.lock_in(folder, presenter);
            if is_held(&lock).is_ok_and(|held| !held) {
                discard(&lock);
                discard(&self.new_in(folder, presenter));
            }
        }
    }
}

/// A status that can be read, and its text.
fn read_message(path: &Path) -> Option<(StatusMessage, Vec<u8>)> {
    let text = read_bounded(path, wire::LONGEST).ok()??;
    Some((wire::read(&text).ok()?, text))
}

/// Where the briefing of a status stopped, if it can still be resumed.
fn resumable(message: StatusMessage, now: u64) -> Option<ResumePoint> {
    let is_recent = now.saturating_sub(message.published_at) <= RESUMABLE;
    if !is_recent || !is_of_this_boot(&message) {
        return None;
    }
    ResumePoint::of(message.status, message.published_at)
}

/// Whether the time of a status can be compared with the current one.
fn is_of_this_boot(message: &StatusMessage) -> bool {
    let is_same = match (message.boot.as_deref(), clock::boot()) {
        (Some(then), Some(now)) => then == now,
        _ => true,
    };
    is_same && message.published_at <= clock::milliseconds()
}

fn is_held(lock: &Path) -> Result<bool> {
    Ok(held(lock)?.is_some())
}

/// The file of a lock that a presenter holds. Followers use shared locks, so that they are not taken for presenters.
pub(super) fn held(lock: &Path) -> Result<Option<File>> {
    let file = open_regular(File::options().read(true), lock)?;
    Ok(file.filter(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::briefing::{BriefingStatus, Stopwatch};
    use crate::terminal::briefing_status::publisher::StatusPublisher;

    #[test]
    fn the_store_is_that_of_the_files_whatever_path_leads_to_them() {
        let of = |files: &[&str]| {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            StatusStore::of(&files).name
        };
        assert_eq!(of(&[]), "shipped");
        assert_eq!(of(&["Cargo.toml"]), of(&["src/../Cargo.toml"]));
        assert_ne!(of(&["Cargo.toml"]), of(&["README.md"]));
        assert_ne!(
            of(&["a", "b"]),
            of(&["b", "a"]),
            "scenes have another order"
        );
        assert_ne!(of(&["a", "b"]), of(&["ab"]));
        assert_eq!(of(&["no-such"]).len(), 16);
    }

    /// A folder of its own for a test, removed at the end.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("dateline-{name}-{}", std::process::id());
            Self(std::env::temp_dir().join(name))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn status(at: usize, stopwatch: Stopwatch) -> BriefingStatus {
        BriefingStatus {
            audience: None,
            at,
            scene: Some(7),
            step: 0,
            exploring: false,
            blank: false,
            scenes: 3,
            script: 1,
            withheld: 0,
            stopwatch,
            entered: 0,
            due_from: 0,
        }
    }

    #[test]
    fn a_briefing_that_stopped_can_be_resumed_for_a_day() {
        let folder = Folder::new("resume");
        let store = StatusStore::new(folder.0.clone(), "status".to_owned());
        let now = clock::milliseconds();
        let place = |now| store.resume_point_at(now).map(|point| point.at);
        assert_eq!(place(now), None, "no presenter was here yet");
        let clock = Stopwatch {
            before: 432_000,
            since: None,
        };
        let mut presenter = StatusPublisher::new(store.clone());
        presenter.publish(status(2, clock));
        assert_eq!(place(now), None, "the presenter is at it");
        drop(presenter);
        let point = store.resume_point_at(now).expect("it has stopped");
        assert_eq!((point.at, point.elapsed), (2, 432_000));
        // Starting anew and quitting at once loses nothing.
        for _ in 0..2 {
            let mut presenter = StatusPublisher::new(store.clone());
            presenter.publish(status(0, Stopwatch::default()));
            assert_eq!(place(now), None);
            drop(presenter);
            assert_eq!(place(now), Some(2));
        }
        assert_eq!(place(now + RESUMABLE + 60_000), None, "after a day");
    }
}

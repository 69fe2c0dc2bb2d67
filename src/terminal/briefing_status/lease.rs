//! A presenter's lease on the status of its timeline: as long as it exists, the status that it published last is
//! current.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::private_files::{
    check_owner, create_folder, discard, is_same_file, open_regular, private,
};
use super::store::StatusStore;
use super::wire::{self, StatusMessage};
use crate::terminal::clock;

pub(super) struct PresenterLease {
    store: StatusStore,
    folder: PathBuf,
    presenter: u64,
    /// The locked file; `None` before the first status.
    held: Option<File>,
}

impl PresenterLease {
    /// Creates the folder unless it exists. Nothing is published yet.
    pub fn new(store: &StatusStore) -> Result<Self> {
        let folder = store.folder().to_owned();
        create_folder(&folder).with_context(|| format!("cannot create `{}`", folder.display()))?;
        let folder = check_owner(folder)?;
        store.keep_earlier(&folder);
        store.tidy(&folder);
        // Another container, or a process that ended long ago, may have the same process number.
        let started = clock::milliseconds() & u64::from(u32::MAX);
        Ok(Self {
            store: store.clone(),
            folder,
            presenter: started << 32 | u64::from(std::process::id()),
            held: None,
        })
    }

    pub const fn presenter(&self) -> u64 {
        self.presenter
    }

    /// Whether another program has removed the lock or the folder, so that followers cannot find the lock.
    pub fn is_lost(&self) -> bool {
        self.held.as_ref().is_some_and(|held| {
            let found = fs::symlink_metadata(self.lock());
            match (found, held.metadata()) {
                (Ok(found), Ok(held)) => !is_same_file(&found, &held),
                _ => true,
            }
        })
    }

    /// Replaces the status. The lock is taken after the text is written: on a full disk, followers must not take the
    /// last status for the current one.
    pub fn publish(&mut self, message: &StatusMessage) -> Result<()> {
        let status = self.store.status_in(&self.folder);
        let new = self.store.new_in(&self.folder, self.presenter);
        let written = wire::write(message).and_then(|text| {
            let mut file = open_regular(&mut private(), &new)?.context("the folder was removed")?;
            file.set_len(0)?;
            file.write_all(&text)?;
            self.hold()?;
            Ok(fs::rename(&new, &status)?)
        });
        if written.is_err() {
            // On a full disk, a part of the file may have been written.
            discard(&new);
        }
        written.with_context(|| format!("cannot write `{}`", status.display()))
    }

    /// Takes the lock, unless this presenter holds it. It tries again, since another presenter that tidies up may
    /// remove the file before it is locked.
    fn hold(&mut self) -> Result<()> {
        let lock = self.lock();
        for _ in 0..3 {
            if self.held.is_some() && !self.is_lost() {
                return Ok(());
            }
            let held = open_regular(&mut private(), &lock)?
                .with_context(|| format!("cannot create `{}`", lock.display()))?;
            held.lock()?;
            self.held = Some(held);
        }
        anyhow::ensure!(
            !self.is_lost(),
            "another program removes `{}`",
            lock.display()
        );
        Ok(())
    }

    /// Whether no other presenter has published since.
    pub fn is_last_publisher(&self) -> bool {
        self.store.last_presenter(&self.folder) == Some(self.presenter)
    }

    fn lock(&self) -> PathBuf {
        self.store.lock_in(&self.folder, self.presenter)
    }
}

impl Drop for PresenterLease {
    fn drop(&mut self) {
        if !self.is_lost() && self.held.is_some() {
            discard(&self.lock());
        }
    }
}

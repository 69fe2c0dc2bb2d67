//! Watches the paths of files for changes, as the system reports them.
//!
//! Directories are watched, since programs replace files by others of the same name. A directory may be replaced too,
//! or a link may be changed to lead elsewhere, so what to watch is worked out anew after each change.

mod watched_path;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Result, anyhow};
use notify::{Config, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use watched_path::{DirectoryWatch, watch_path};

/// What the system reports.
pub(super) enum PathEvent {
    /// Something has changed on the path of a file.
    Changed,
    /// No more changes are reported, and why.
    Lost(notify::Error),
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

/// The directories that are watched for some files.
pub(super) struct PathWatcher<W = RecommendedWatcher> {
    report: Arc<dyn Fn(PathEvent) + Send + Sync>,
    names: WatchedNames,
    directories: BTreeSet<PathBuf>,
    /// `None` as long as the system lets us watch nothing.
    watcher: Option<W>,
}

impl<W: Watcher> PathWatcher<W> {
    /// Calls `report` on a thread that the watcher owns.
    pub fn new(report: impl Fn(PathEvent) + Send + Sync + 'static) -> Self {
        Self {
            report: Arc::new(report),
            names: WatchedNames::default(),
            directories: BTreeSet::new(),
            watcher: None,
        }
    }

    /// Forgets what is watched, after the system has reported that it no longer watches.
    pub fn reset(&mut self) {
        self.directories.clear();
        self.watcher = None;
    }

    #[cfg(test)]
    pub fn is_watching(&self) -> bool {
        self.watcher.is_some() && !self.directories.is_empty()
    }

    /// Watches the directories that are on the paths of the files now, and no others.
    ///
    /// # Errors
    /// Changes of a file are missed.
    pub fn watch(&mut self, files: &[PathBuf]) -> Result<()> {
        let watcher = match &mut self.watcher {
            Some(watcher) => watcher,
            none => none.insert(new_watcher(&self.names, &self.report)?),
        };
        // Another directory may have taken the name of a watched one. The files are read after this, with
        // everything that happens meanwhile.
        for directory in std::mem::take(&mut self.directories) {
            let _ = watcher.unwatch(&directory);
        }
        let mut names = BTreeSet::new();
        let mut renewed = Ok(());
        for file in files {
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
    report: &Arc<dyn Fn(PathEvent) + Send + Sync>,
) -> notify::Result<W> {
    let (names, report) = (names.clone(), Arc::clone(report));
    let hear = move |event: notify::Result<notify::Event>| match event {
        Ok(event) if names.concern(&event) => report(PathEvent::Changed),
        Ok(_) => {}
        Err(error) => report(PathEvent::Lost(error)),
    };
    W::new(hear, Config::default())
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
    use notify::{Event, EventKind};

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

//! Watching files: a word when one of them may say something else.
//!
//! Directories are watched, since editors replace files by others of the same name.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

use super::Happening;
use super::input::spawn;

/// How long a file must be left alone: who saves often writes in several steps.
const LULL: Duration = Duration::from_millis(15);

/// How many steps are waited for: a file that is written without end is read all the same.
const MOST: usize = 4;

/// Watches as long as it lives.
pub(super) struct Watch {
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch. Each change comes as a happening.
    pub fn begin(files: &[PathBuf], sender: &Sender<Happening>) -> Result<Option<Self>> {
        let files: Vec<PathBuf> = files.iter().flat_map(|file| places(file)).collect();
        if files.is_empty() {
            return Ok(None);
        }
        let mut folders: Vec<PathBuf> = files
            .iter()
            .filter_map(|file| file.parent().map(Path::to_owned))
            .collect();
        folders.sort();
        folders.dedup();
        let (tell, touched) = mpsc::channel();
        let is_ours = move |event: &notify::Event| {
            !event.kind.is_access() && event.paths.iter().any(|path| files.contains(path))
        };
        let mut watcher =
            notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
                if event.is_ok_and(|event| is_ours(&event)) {
                    let _ = tell.send(());
                }
            })?;
        for folder in &folders {
            watcher
                .watch(folder, RecursiveMode::NonRecursive)
                .with_context(|| format!("cannot watch `{}`", folder.display()))?;
        }
        let changed = sender.clone();
        spawn("watch", sender, move || wait(&touched, &changed))?;
        Ok(Some(Self { _watcher: watcher }))
    }
}

fn wait(touched: &Receiver<()>, changed: &Sender<Happening>) {
    while touched.recv().is_ok() {
        for _ in 0..MOST {
            match touched.recv_timeout(LULL) {
                Ok(()) => while touched.try_recv().is_ok() {},
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if changed.send(Happening::Touched).is_err() {
            return;
        }
    }
}

/// The file as it is named and as it is found behind links, each in a folder that can be watched.
fn places(file: &Path) -> Vec<PathBuf> {
    let folder = match file.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Vec::new(),
    };
    let named = std::fs::canonicalize(folder)
        .ok()
        .zip(file.file_name())
        .map(|(folder, name)| folder.join(name));
    let mut places: Vec<PathBuf> = named.into_iter().collect();
    places.extend(std::fs::canonicalize(file));
    places.dedup();
    places
}

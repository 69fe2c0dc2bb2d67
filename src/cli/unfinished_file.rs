//! A file that is being written: removed if it is not finished, also when a signal ends the program.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

use crate::terminal::clean_up_before_end;

/// The files that are to be removed.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

static CLEANED_UP: Once = Once::new();

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn remove_all() {
    for path in unfinished().drain(..) {
        let _ = fs::remove_file(path);
    }
}

/// A new file. Dropped unfinished, it is removed.
#[derive(Debug)]
pub(super) struct UnfinishedFile {
    path: PathBuf,
    pub file: File,
}

impl UnfinishedFile {
    /// # Errors
    /// The file exists already, or cannot be created.
    pub fn create_new(path: impl Into<PathBuf>) -> io::Result<Self> {
        CLEANED_UP.call_once(|| clean_up_before_end(remove_all));
        let path = path.into();
        // Until the path is noted, nothing is removed: the file may belong to another program.
        let mut unfinished = unfinished();
        let file = File::create_new(&path)?;
        unfinished.push(path.clone());
        Ok(Self { path, file })
    }

    /// A new file with this content.
    ///
    /// # Errors
    /// The file exists already, or cannot be written. A file that was begun is removed.
    pub fn with_content(path: impl Into<PathBuf>, content: &[u8]) -> io::Result<Self> {
        let mut made = Self::create_new(path)?;
        made.file.write_all(content)?;
        Ok(made)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the file: it is finished.
    pub fn keep(self) {
        self.forget(&mut unfinished());
    }

    /// Gives the file the name of another, which it replaces.
    ///
    /// # Errors
    /// The system refuses. Then the file is removed, and the other is as it was.
    pub fn replace(self, other: &Path) -> io::Result<()> {
        let mut unfinished = unfinished();
        let renamed = fs::rename(&self.path, other);
        if renamed.is_ok() {
            self.forget(&mut unfinished);
        }
        drop(unfinished);
        renamed
    }

    fn forget(&self, unfinished: &mut Vec<PathBuf>) {
        unfinished.retain(|path| *path != self.path);
    }
}

impl Drop for UnfinishedFile {
    fn drop(&mut self) {
        let mut unfinished = unfinished();
        if unfinished.contains(&self.path) {
            let _ = fs::remove_file(&self.path);
            self.forget(&mut unfinished);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_finished_files_are_left() {
        let folder =
            std::env::temp_dir().join(format!("dateline-unfinished-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = |name: &str| folder.join(name);
        let make = |name: &str| {
            UnfinishedFile::with_content(path(name), name.as_bytes()).expect("it is made")
        };
        fs::write(path("old"), "old").expect("it is written");
        make("kept").keep();
        make("new").replace(&path("old")).expect("it is renamed");
        drop(make("dropped"));
        let interrupted = make("interrupted");
        let again = UnfinishedFile::create_new(path("kept"));
        assert_eq!(
            again.map_err(|error| error.kind()).err(),
            Some(io::ErrorKind::AlreadyExists)
        );
        remove_all();
        drop(interrupted);
        let left = fs::read_dir(&folder).expect("the folder is there");
        let mut left: Vec<_> = left
            .map(|entry| entry.expect("a file").file_name())
            .collect();
        left.sort();
        assert_eq!(left, ["kept", "old"]);
        assert_eq!(fs::read(path("old")).expect("it is there"), b"new");
        fs::remove_dir_all(&folder).expect("it is removed");
    }
}

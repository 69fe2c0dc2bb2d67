//! The path of a file, name by name, and the directories to watch for it: links on the way lead through others.
//!
//! It does not know how a directory is watched, nor what a file says.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf, absolute};

use anyhow::{Result, anyhow};

/// Whether every directory on the path is watched. On these systems a watch follows the directory and not its name, so
/// another directory of the same name is noticed only from above. Elsewhere the directories of the links and of the
/// file are enough, and more would report changes that do not matter.
const EVERY_STEP: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// More links than this are a loop (Linux, `path_resolution`(7)).
const MOST_LINKS: usize = 40;

/// The outcome of watching a directory.
pub(super) enum DirectoryWatch {
    Watched,
    /// The directory does not exist.
    Missing,
}

/// Follows a path as the system does. `watch` gets each directory with the path of the next name in it, before that
/// name is looked up: a later change is then noticed, and an earlier one was followed. The path ends at a name that is
/// missing: its directory is watched.
///
/// # Errors
/// A directory cannot be watched although it has a link or the file in it, or would have to report a missing name.
pub(super) fn watch_path(
    file: &Path,
    mut watch: impl FnMut(&Path, &Path) -> Result<DirectoryWatch>,
) -> Result<()> {
    let mut ahead = names(&absolute(file)?);
    let mut directory = PathBuf::new();
    let mut above = Ok(());
    let mut links = 0;
    while let Some(name) = ahead.pop() {
        let path = directory.join(&name);
        if Path::new(&name).file_name().is_none() {
            // The root, the drive before it, or `..`: the links in a directory's own path are resolved.
            if name == ".." {
                directory.pop();
            } else {
                directory = path;
            }
            continue;
        }
        let is_needed = |path: &Path| ahead.is_empty() || path.is_symlink();
        let watched = if EVERY_STEP || is_needed(&path) {
            watch(&directory, &path)
        } else {
            Err(anyhow!("`{}` does not exist", path.display()))
        };
        if matches!(watched, Ok(DirectoryWatch::Missing)) {
            return above;
        }
        let watched = watched.map(|_| ());
        if is_needed(&path) {
            watched?;
            above = Ok(());
        } else {
            above = watched;
        }
        match fs::read_link(&path) {
            Ok(_) if links == MOST_LINKS => return Ok(()),
            Ok(to) => {
                links += 1;
                ahead.extend(names(&to));
            }
            Err(_) => directory = path,
        }
    }
    Ok(())
}

/// The names of a path, the first at the end.
fn names(path: &Path) -> Vec<OsString> {
    let names = path.components().rev();
    let names = names.filter(|name| *name != Component::CurDir);
    names.map(|name| name.as_os_str().to_owned()).collect()
}

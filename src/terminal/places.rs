//! The way to a file, name by name, and the directories in which those names stand.
//!
//! It knows nothing of how a directory is watched, nor of what a file says.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf, absolute};

use anyhow::{Result, anyhow};

/// Whether every directory on the way is watched. Where the system knows a directory that is watched by itself and
/// not by its name, one that takes its place is seen only from above; elsewhere those in which a link or the file
/// stands are enough, and more would be heard of than is needed.
const EVERY_STEP: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// More links than this are a ring (Linux, `path_resolution`(7)).
const MOST_LINKS: usize = 40;

/// What came of the wish to watch a directory.
pub(super) enum Watched {
    /// It is watched.
    Yes,
    /// There is none of that name.
    Missing,
}

/// Goes the way to a file as the system does. Each directory is handed to `watch`, with the path of the name that
/// leads on from it, before it is looked at where that name leads: what changes after the look is seen, and what
/// changed before it was followed. Where a name is missing the way ends: its directory is watched.
///
/// # Errors
/// A directory cannot be watched in which a link or the file stands, or that would have to tell of one to come.
pub(super) fn walk(
    file: &Path,
    mut watch: impl FnMut(&Path, &Path) -> Result<Watched>,
) -> Result<()> {
    let mut ahead = names(&absolute(file)?);
    let mut folder = PathBuf::new();
    let mut above = Ok(());
    let mut links = 0;
    while let Some(name) = ahead.pop() {
        let place = folder.join(&name);
        if Path::new(&name).file_name().is_none() {
            // The root, the drive before it, or `..`: a folder has no links in it any more.
            if name == ".." {
                folder.pop();
            } else {
                folder = place;
            }
            continue;
        }
        let is_needed = |place: &Path| ahead.is_empty() || place.is_symlink();
        let watched = if EVERY_STEP || is_needed(&place) {
            watch(&folder, &place)
        } else {
            Err(anyhow!("there is no `{}`", place.display()))
        };
        if matches!(watched, Ok(Watched::Missing)) {
            return above;
        }
        let watched = watched.map(|_| ());
        if is_needed(&place) {
            watched?;
            above = Ok(());
        } else {
            above = watched;
        }
        match fs::read_link(&place) {
            Ok(_) if links == MOST_LINKS => return Ok(()),
            Ok(to) => {
                links += 1;
                ahead.extend(names(&to));
            }
            Err(_) => folder = place,
        }
    }
    Ok(())
}

/// The names of a path, the first at the end.
fn names(path: &Path) -> Vec<OsString> {
    let names = path.components().rev();
    let names = names.filter(|name| *name != std::path::Component::CurDir);
    names.map(|name| name.as_os_str().to_owned()).collect()
}

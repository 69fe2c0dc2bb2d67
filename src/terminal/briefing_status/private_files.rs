//! Files that only the user can read and write, in a folder of the user's own.
//!
//! The folder is in the runtime directory of the user (XDG Base Directory Specification 0.8), otherwise in the
//! temporary directory. Only regular files are opened: opening a pipe would wait for its other end.

#![allow(
    clippy::disallowed_methods,
    reason = "followers are reached through files"
)]

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder. It may not exist.
pub(super) fn folder() -> PathBuf {
    let runtime = env::var_os("XDG_RUNTIME_DIR").filter(|path| is_usable(path));
    match runtime {
        Some(runtime) => PathBuf::from(runtime).join("dateline"),
        None => env::temp_dir().join(format!("dateline-{}", user())),
    }
}

/// The specification requires that relative paths be ignored.
fn is_usable(path: &OsStr) -> bool {
    let path = Path::new(path);
    path.is_absolute() && path.is_dir()
}

#[cfg(unix)]
fn user() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn user() -> &'static str {
    "user"
}

/// Creates the folder unless it exists.
#[cfg(unix)]
pub(super) fn create_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created,
    }
}

#[cfg(not(unix))]
pub(super) fn create_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// The folder. Refuses a link, another owner, and permissions for other users.
#[cfg(unix)]
pub(super) fn check_owner(folder: PathBuf) -> Result<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::symlink_metadata(&folder)
        .with_context(|| format!("cannot read `{}`", folder.display()))?;
    let of_others = found.mode() & 0o077;
    let is_ours = found.is_dir() && found.uid() == user() && of_others == 0;
    anyhow::ensure!(
        is_ours,
        "`{}` is not a folder that only you can use",
        folder.display()
    );
    Ok(folder)
}

#[cfg(not(unix))]
pub(super) fn check_owner(folder: PathBuf) -> Result<PathBuf> {
    Ok(folder)
}

/// Options that open a private file for writing, and create it unless it exists.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Opens a regular file without waiting for another program; `None` if there is no file. Refuses anything else in its
/// place.
pub(super) fn open_regular(options: &mut OpenOptions, path: &Path) -> Result<Option<File>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Opening a pipe would wait for a writer (POSIX.1-2024, open).
        let at_once = rustix::fs::OFlags::NONBLOCK.bits();
        options.custom_flags(at_once.cast_signed());
    }
    let opened = options.open(path);
    let is_regular = |file: &File| file.metadata().is_ok_and(|found| found.is_file());
    match opened {
        Ok(file) if is_regular(&file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if path.is_file() => {
            Err(error).with_context(|| format!("cannot open `{}`", path.display()))
        }
        // A socket cannot even be opened.
        _ => anyhow::bail!("`{}` is not a regular file: remove it", path.display()),
    }
}

/// The first `limit` bytes of a file; `None` if there is no file.
pub(super) fn read_bounded(path: &Path, limit: u64) -> Result<Option<Vec<u8>>> {
    let Some(file) = open_regular(File::options().read(true), path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(Some(bytes))
}

/// Removes a file. If that fails, the file stays, which does no harm.
pub(super) fn discard(path: &Path) {
    let _ = fs::remove_file(path);
}

/// Whether two lookups found the same file.
#[cfg(unix)]
pub(super) fn is_same_file(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// On Windows nothing can remove an open file.
#[cfg(not(unix))]
pub(super) fn is_same_file(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

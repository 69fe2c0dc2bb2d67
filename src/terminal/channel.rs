//! Where a presenter leaves word for its followers: a file in a folder of the user's own.
//!
//! The folder is the runtime directory of the user (XDG Base Directory Specification 0.8), else one below
//! the temporary directory; it must be ours alone and no link, or nothing is written. The file is replaced
//! whole. A second file is locked for as long as the presenter lives: the system lets go of it however
//! the presenter ends, so that followers can tell one that is gone. What has taken the place of one of them and is no
//! regular file is refused: who opens a pipe waits until somebody writes to it.

#![allow(
    clippy::disallowed_methods,
    reason = "followers are reached through files"
)]

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::told::{self, Said};
use crate::app::follow::{Heard, Presence, Report};

/// The place of the file for one timeline.
#[derive(Clone, Debug)]
pub struct Channel {
    name: String,
}

impl Channel {
    /// The place for some files: the same for whoever opens them, from wherever. Without any it is that of
    /// the case that is shipped.
    pub fn of(files: &[PathBuf]) -> Self {
        if files.is_empty() {
            return Self {
                name: "shipped".to_owned(),
            };
        }
        let mut hash = FNV_OFFSET;
        for file in files {
            let path = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
            // No path contains a zero byte: it parts one from the next.
            let bytes = path.as_os_str().as_encoded_bytes().iter().chain(&[0]);
            hash = bytes.fold(hash, |hash, &byte| {
                (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME)
            });
        }
        Self {
            name: format!("{hash:016x}"),
        }
    }

    /// What there is to hear.
    pub(super) fn hear(&self) -> Heard {
        match self.listen() {
            Ok(heard) => heard,
            Err(error) => Heard::Refused(format!("{error:#}")),
        }
    }

    fn listen(&self) -> Result<Heard> {
        let folder = folder();
        if !folder.exists() {
            return Ok(Heard::Nobody);
        }
        let folder = own(folder)?;
        let Some(text) = words(&folder.join(&self.name)).context("cannot hear the presenter")?
        else {
            return Ok(Heard::Nobody);
        };
        Ok(match told::read(&text) {
            Ok(said) => {
                let presence = if said.is_last {
                    Presence::Left
                } else if self.is_held(&folder)? {
                    Presence::Here
                } else {
                    Presence::Gone
                };
                Heard::Report(Report {
                    told: said.told,
                    said: said.at,
                    presence,
                })
            }
            Err(told::Unread::OtherVersion) => Heard::OtherVersion,
            Err(told::Unread::Broken) => Heard::Broken,
        })
    }

    /// Whether a presenter lives: only then nobody else gets the lock.
    fn is_held(&self, folder: &Path) -> Result<bool> {
        let lock = regular(File::options().read(true), &self.lock(folder))?;
        Ok(lock.is_some_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock))))
    }

    fn lock(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}.lock", self.name))
    }
}

/// The way of a presenter to its followers.
pub(super) struct Voice {
    channel: Channel,
    folder: PathBuf,
    /// Held as long as this lives. Presenters share it; only a follower's question waits for none of them.
    held: File,
}

impl Voice {
    /// Makes the folder, if need be, and takes the lock.
    pub fn raise(channel: &Channel) -> Result<Self> {
        let folder = folder();
        make(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        let folder = own(folder)?;
        let lock = channel.lock(&folder);
        let held = regular(&mut private(), &lock)?
            .with_context(|| format!("cannot make `{}`", lock.display()))?;
        held.lock_shared()?;
        Ok(Self {
            channel: channel.clone(),
            folder,
            held,
        })
    }

    /// Whether nobody finds the lock any more: whoever tidied up took it away, or the whole folder.
    pub fn is_lost(&self) -> bool {
        let found = fs::symlink_metadata(self.channel.lock(&self.folder));
        match (found, self.held.metadata()) {
            (Ok(found), Ok(held)) => !is_same(&found, &held),
            _ => true,
        }
    }

    /// Says something, in place of what was said before.
    pub fn say(&self, said: &Said) -> Result<()> {
        let place = self.folder.join(&self.channel.name);
        let new = place.with_extension(format!("{}.new", said.process));
        let cannot = || format!("cannot write `{}`", place.display());
        let mut file = regular(&mut private(), &new)?.with_context(cannot)?;
        let written = file
            .set_len(0)
            .and_then(|()| file.write_all(told::write(said).as_bytes()));
        written
            .and_then(|()| fs::rename(&new, &place))
            .with_context(cannot)
    }

    /// Whether the last word is that of a process.
    pub fn is_of(&self, process: u32) -> bool {
        let text = words(&self.folder.join(&self.channel.name)).ok().flatten();
        text.is_some_and(|text| told::read(&text).is_ok_and(|said| said.process == process))
    }
}

/// What stands in a file, as far as it is read; nothing if there is none.
fn words(path: &Path) -> Result<Option<String>> {
    let Some(file) = regular(File::options().read(true), path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(told::MOST).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Opens a regular file and waits for nobody; nothing if there is none. Anything else in its place is refused.
fn regular(options: &mut OpenOptions, path: &Path) -> Result<Option<File>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // Of a pipe, that nobody writes to it is no reason to wait (POSIX.1-2024, open).
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
        _ => anyhow::bail!("`{}` is no regular file: remove it", path.display()),
    }
}

// The hash FNV-1a with 64 bits: the same in every build, which that of the library does not promise.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// The folder for such files, whether it is there or not.
fn folder() -> PathBuf {
    let runtime = env::var_os("XDG_RUNTIME_DIR").filter(|path| is_usable(path));
    match runtime {
        Some(runtime) => PathBuf::from(runtime).join("dateline"),
        None => env::temp_dir().join(format!("dateline-{}", user())),
    }
}

/// A relative path is to be ignored, says the specification.
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

#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Whether what was found twice is one file.
#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// A file that is open cannot be taken away there.
#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    true
}

/// The folder, if nobody else can read or write in it, or has put it there.
#[cfg(unix)]
fn own(folder: PathBuf) -> Result<PathBuf> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::symlink_metadata(&folder)
        .with_context(|| format!("cannot look at `{}`", folder.display()))?;
    let of_others = found.mode() & 0o077;
    let is_ours = found.is_dir() && found.uid() == user() && of_others == 0;
    anyhow::ensure!(
        is_ours,
        "`{}` is not a folder of yours alone",
        folder.display()
    );
    Ok(folder)
}

#[cfg(not(unix))]
fn own(folder: PathBuf) -> Result<PathBuf> {
    Ok(folder)
}

/// A file that only the user can read and write; made if it is not there.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_that_of_the_files_however_they_are_named() {
        let of = |files: &[&str]| {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            Channel::of(&files).name
        };
        assert_eq!(of(&[]), "shipped");
        assert_eq!(of(&["Cargo.toml"]), of(&["src/../Cargo.toml"]));
        assert_ne!(of(&["Cargo.toml"]), of(&["README.md"]));
        assert_ne!(
            of(&["a", "b"]),
            of(&["b", "a"]),
            "scenes stand in another order"
        );
        assert_ne!(of(&["a", "b"]), of(&["ab"]));
        assert_eq!(of(&["no-such"]).len(), 16);
    }
}

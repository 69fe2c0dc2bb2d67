//! Where a presenter publishes its status for its followers: a file in a folder of the user's own.
//!
//! The folder is in the runtime directory of the user (XDG Base Directory Specification 0.8), else in the
//! temporary directory; it must be ours alone and not a link, or nothing is written. The file is replaced
//! whole. Each presenter holds a lock on a second file for as long as its status is the present one: it lets go when it
//! cannot publish, and the system lets go however it ends. Followers that find the lock free have lost the presenter.
//! Anything but a regular file in the place of one of them is refused: opening a pipe waits for its other end.

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

use super::clock;
use super::wire::{self, Published};
use crate::app::fnv::Fnv;
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
        let hash = files.iter().fold(Fnv::default(), |hash, file| {
            let path = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
            // No path contains a zero byte: it parts one from the next.
            let bytes = path.as_os_str().as_encoded_bytes().iter().chain(&[0]);
            hash.with(bytes.copied())
        });
        Self {
            name: format!("{:016x}", hash.finish()),
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
        Ok(match wire::read(&text) {
            Ok(published) => {
                let presence = if published.is_last {
                    Presence::Left
                } else if is_held(&self.lock_of(&folder, published.presenter))? {
                    Presence::Here
                } else {
                    Presence::Lost
                };
                Heard::Report(Report {
                    has_restarted: !is_of_this_boot(&published),
                    told: published.told,
                    said: published.at,
                    presence,
                })
            }
            Err(wire::Unread::OtherVersion) => Heard::OtherVersion,
            Err(wire::Unread::Broken) => Heard::Broken,
        })
    }

    /// The file that a presenter holds a lock on.
    fn lock_of(&self, folder: &Path, presenter: u64) -> PathBuf {
        folder.join(format!("{}.{presenter:016x}.lock", self.name))
    }

    /// The file that a presenter writes before it takes the place of the published one.
    fn new_of(&self, folder: &Path, presenter: u64) -> PathBuf {
        folder.join(format!("{}.{presenter:016x}.new", self.name))
    }
}

/// Whether the time of a status can be compared with the present one.
fn is_of_this_boot(published: &Published) -> bool {
    let is_same = match (published.boot.as_deref(), clock::boot()) {
        (Some(then), Some(now)) => then == now,
        _ => true,
    };
    is_same && published.at <= clock::milliseconds()
}

/// Whether a presenter holds the lock on a file. Followers share theirs: none takes another for a presenter.
fn is_held(lock: &Path) -> Result<bool> {
    let file = regular(File::options().read(true), lock)?;
    Ok(file.is_some_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))))
}

/// The connection of a presenter to its followers: while it exists, what was published last is its present status.
pub(super) struct Connection {
    channel: Channel,
    folder: PathBuf,
    presenter: u64,
    /// The file of the lock; none before the first status.
    held: Option<File>,
}

impl Connection {
    /// Makes the folder, if need be. Nothing can be heard yet.
    pub fn new(channel: &Channel) -> Result<Self> {
        let folder = folder();
        make(&folder).with_context(|| format!("cannot make `{}`", folder.display()))?;
        let folder = own(folder)?;
        channel.tidy(&folder);
        // Unlike its number alone, this is no other process: neither one in another container nor one long ended.
        let started = clock::milliseconds() & u64::from(u32::MAX);
        Ok(Self {
            channel: channel.clone(),
            folder,
            presenter: started << 32 | u64::from(std::process::id()),
            held: None,
        })
    }

    /// Which presenter this is.
    pub const fn presenter(&self) -> u64 {
        self.presenter
    }

    /// Whether followers cannot find the lock: something removed it, or the whole folder.
    pub fn is_lost(&self) -> bool {
        self.held.as_ref().is_some_and(|held| {
            let found = fs::symlink_metadata(self.lock());
            match (found, held.metadata()) {
                (Ok(found), Ok(held)) => !is_same(&found, &held),
                _ => true,
            }
        })
    }

    /// Publishes a status in the place of the last one. The lock comes after the text: a disk that takes no text must not
    /// make followers believe in the last one.
    pub fn publish(&mut self, published: &Published) -> Result<()> {
        let place = self.folder.join(&self.channel.name);
        let new = self.channel.new_of(&self.folder, self.presenter);
        let written = write(&new, published).and_then(|()| {
            self.hold()?;
            Ok(fs::rename(&new, &place)?)
        });
        if written.is_err() {
            // What a full disk took of it is of no use to anyone.
            remove_file(&new);
        }
        written.with_context(|| format!("cannot write `{}`", place.display()))
    }

    /// Takes the lock, unless it is taken. Another presenter that tidies up may remove the file before it is locked.
    fn hold(&mut self) -> Result<()> {
        let lock = self.lock();
        for _ in 0..3 {
            if self.held.is_some() && !self.is_lost() {
                return Ok(());
            }
            let held = regular(&mut private(), &lock)?
                .with_context(|| format!("cannot make `{}`", lock.display()))?;
            held.lock()?;
            self.held = Some(held);
        }
        anyhow::ensure!(!self.is_lost(), "`{}` is removed at once", lock.display());
        Ok(())
    }

    /// Whether no other presenter has published since.
    pub fn is_last_publisher(&self) -> bool {
        let text = words(&self.folder.join(&self.channel.name)).ok().flatten();
        let last = text.and_then(|text| wire::read(&text).ok());
        last.is_some_and(|last| last.presenter == self.presenter)
    }

    fn lock(&self) -> PathBuf {
        self.channel.lock_of(&self.folder, self.presenter)
    }
}

/// Writes a status to a file of its own.
fn write(new: &Path, published: &Published) -> Result<()> {
    let mut file = regular(&mut private(), new)?.context("the folder is gone")?;
    file.set_len(0)?;
    Ok(file.write_all(wire::write(published).as_bytes())?)
}

impl Drop for Connection {
    fn drop(&mut self) {
        if !self.is_lost() && self.held.is_some() {
            remove_file(&self.lock());
        }
    }
}

impl Channel {
    /// Removes what presenters of this timeline left that were killed.
    fn tidy(&self, folder: &Path) {
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
            let lock = self.lock_of(folder, presenter);
            if is_held(&lock).is_ok_and(|held| !held) {
                remove_file(&lock);
                remove_file(&self.new_of(folder, presenter));
            }
        }
    }
}

/// Removes a file that is of no use any more. If that fails, it is only left over.
fn remove_file(path: &Path) {
    let _ = fs::remove_file(path);
}

/// What stands in a file, as far as it is read; nothing if there is none.
fn words(path: &Path) -> Result<Option<String>> {
    let Some(file) = regular(File::options().read(true), path)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(wire::MOST).read_to_end(&mut bytes)?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Opens a regular file without waiting for another program; `None` if there is none. Anything else in its place is
/// refused.
fn regular(options: &mut OpenOptions, path: &Path) -> Result<Option<File>> {
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

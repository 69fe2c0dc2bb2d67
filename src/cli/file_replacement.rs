//! Replaces a file as a whole, unless another program has changed it.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of bytes, without a byte order mark.
pub(super) fn text_of(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// Why a file was not replaced. It is as it was.
#[derive(Debug)]
pub(super) enum ReplacementFailure {
    ReadOnly,
    /// It does not have the bytes that were read.
    Changed,
    System(io::Error),
}

impl From<io::Error> for ReplacementFailure {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Writes other bytes in place of those that were read of a file. A new file with the permissions of the old one takes its
/// place once it is on the disk. Of a symbolic link, the file that it leads to is replaced.
pub(super) fn replace_file(
    path: &Path,
    read: &[u8],
    bytes: &[u8],
) -> Result<(), ReplacementFailure> {
    // A new file in place of a symbolic link would end the link.
    let path = fs::canonicalize(path)?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        return Err(ReplacementFailure::ReadOnly);
    }
    let (new, file) = beside(&path)?;
    let replaced = fill(file, bytes, permissions)
        .map_err(ReplacementFailure::from)
        .and_then(|()| {
            if fs::read(&path)? != read {
                return Err(ReplacementFailure::Changed);
            }
            Ok(fs::rename(&new, &path)?)
        });
    if replaced.is_err() {
        let _ = fs::remove_file(&new);
    }
    replaced
}

fn fill(mut file: File, bytes: &[u8], permissions: Permissions) -> io::Result<()> {
    file.write_all(bytes)?;
    file.set_permissions(permissions)?;
    file.sync_all()
}

/// A new file in the folder of another, under a name that no file has.
fn beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let base = path.file_name().unwrap_or_default();
    for number in 0..100 {
        let mut name = base.to_owned();
        name.push(format!(".new-{number}"));
        let new = path.with_file_name(name);
        match File::create_new(&new) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made.map(|file| (new, file)),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

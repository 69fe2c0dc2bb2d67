//! Replaces a file as a whole, unless another program has changed it.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::unfinished_file::UnfinishedFile;

/// The byte order mark of UTF-8.
pub(super) const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The text of bytes, without a byte order mark.
pub(super) fn text_of(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// Why a file was not replaced. The file is as it was.
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

/// Replaces the bytes that were read from a file by others. A new file with the permissions of the old one takes its
/// place once it is on the disk. If the path is a symbolic link, the file that it leads to is replaced.
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
    let mut new = beside(&path)?;
    new.file.write_all(bytes)?;
    new.file.set_permissions(permissions)?;
    new.file.sync_all()?;
    if fs::read(&path)? != read {
        return Err(ReplacementFailure::Changed);
    }
    Ok(new.replace(&path)?)
}

/// Writes a file that does not exist yet. No other program sees half of it.
pub(super) fn create_file(path: &Path, bytes: &[u8]) -> Result<(), ReplacementFailure> {
    let mut new = beside(path)?;
    new.file.write_all(bytes)?;
    new.file.sync_all()?;
    match fs::hard_link(new.path(), path) {
        Ok(()) => Ok(()),
        // Not every file system has such links.
        Err(_) if fs::symlink_metadata(path).is_err() => Ok(new.replace(path)?),
        Err(_) => Err(ReplacementFailure::Changed),
    }
}

/// A new file in the folder of another, under a name that no file has.
fn beside(path: &Path) -> io::Result<UnfinishedFile> {
    let base = path.file_name().unwrap_or_default();
    for number in 0..100 {
        let mut name = base.to_owned();
        name.push(format!(".new-{number}"));
        match UnfinishedFile::create_new(path.with_file_name(name)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            made => return made,
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

//! Files that commands write: complete or not at all.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::status::CommandError;
use super::unfinished_file::UnfinishedFile;

/// Writes the content to the file that the user names, or to standard output without one or for `-`.
pub(super) fn deliver(
    path: Option<&Path>,
    content: impl AsRef<[u8]>,
    out: &mut dyn Write,
) -> Result<()> {
    let content = content.as_ref();
    if let Some(path) = path.filter(|path| path.as_os_str() != "-") {
        return write_new(path, content);
    }
    out.write_all(content)?;
    Ok(out.flush()?)
}

/// Writes a new file. It never replaces one: a typing error must not cost the user a file.
fn write_new(path: &Path, content: &[u8]) -> Result<()> {
    let name = path.display();
    let written = write_whole(path, content);
    let Err(error) = &written else {
        return Ok(());
    };
    let refused = match error.kind() {
        _ if path.is_dir() => {
            CommandError::system(format!("`{name}` is a directory")).hint("name a new file in it")
        }
        ErrorKind::AlreadyExists => CommandError::system(format!("`{name}` already exists"))
            .hint("remove it first, or name another file"),
        ErrorKind::NotFound => {
            CommandError::system(format!("cannot write `{name}`: no such folder"))
                .hint("make the folder first, or name a file in another")
        }
        _ => return written.with_context(|| format!("cannot write `{name}`")),
    };
    Err(refused.into())
}

/// Writes the content next to the new file, and then gives it the name, unless a file has it. So no other program sees
/// half of it, and no crash leaves half of it behind.
fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = UnfinishedFile::with_content(beside(path.as_os_str()), content);
    if beside.is_ok_and(|file| fs::hard_link(file.path(), path).is_ok()) {
        return Ok(());
    }
    // A file has the name, or the file system has no such links.
    UnfinishedFile::with_content(path, content)?.keep();
    Ok(())
}

/// A name next to a file that is free, unless a program with the same process number has crashed there.
fn beside(path: &OsStr) -> OsString {
    let mut name = path.to_owned();
    name.push(format!(".{}.new", std::process::id()));
    name
}

/// Writes a file, and replaces an older one of that name. On a full disk the older one stays.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = UnfinishedFile::with_content(beside(path.as_os_str()), bytes);
    let written = new.and_then(|new| new.replace(path));
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

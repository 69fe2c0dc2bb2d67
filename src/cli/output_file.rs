//! Files that commands write: complete or not at all.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::status::CommandError;

/// Writes the content of the file that the user names, or to standard output without one or for `-`.
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
    let mut unfinished = OsString::from(path);
    unfinished.push(format!(".{}.new", std::process::id()));
    if create(unfinished.as_ref(), content).is_ok() {
        let named = fs::hard_link(&unfinished, path);
        let _ = fs::remove_file(&unfinished);
        if named.is_ok() {
            return Ok(());
        }
    }
    // A file has the name, or the file system has no such links.
    create(path, content)
}

/// Makes a file. If that fails, there is none.
fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(content);
    if written.is_err() {
        // Half a file would be in the way of the next attempt.
        let _ = fs::remove_file(path);
    }
    written
}

/// Writes a file, and replaces an older one of that name. On a full disk the older one stays.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    let written = fs::write(&new, bytes).and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written.with_context(|| format!("cannot write `{}`", path.display()))
}

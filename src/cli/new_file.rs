//! Files that commands write: whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::status::CommandError;

/// Writes a text to the file that `--output` names, or to standard output: so does `-`, which reads standard input where a
/// file is read.
pub(super) fn deliver(path: Option<&Path>, text: &str, out: &mut dyn Write) -> Result<()> {
    if let Some(path) = path.filter(|path| path.as_os_str() != "-") {
        return write_new(path, text);
    }
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Writes a file that is not there yet: a slip of the keys never costs the user a file.
fn write_new(path: &Path, text: &str) -> Result<()> {
    let name = path.display();
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => {
            let written = file.write_all(text.as_bytes());
            if written.is_err() {
                // It was made just now: half of it would be in the way of the next try.
                let _ = fs::remove_file(path);
            }
            written.with_context(|| format!("cannot write `{name}`"))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let error = CommandError::system(format!("`{name}` already exists"));
            Err(error.hint("remove it first, or name another file").into())
        }
        Err(error) => Err(error).with_context(|| format!("cannot write `{name}`")),
    }
}

/// Puts a file in the place of an older one of that name, if there is one. On a full disk the older one stays.
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

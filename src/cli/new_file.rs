//! Files that commands write: complete or not at all.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::status::CommandError;

/// Writes the content of the file that `--output` names, or to standard output without one or for `-`.
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
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => {
            let written = file.write_all(content);
            if written.is_err() {
                // Half a file would be in the way of the next attempt.
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

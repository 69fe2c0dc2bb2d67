//! One file, or standard input for `-`, before any of it is read.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};

use super::progress;
use super::status::CommandError;
use crate::diagnostic::SourceText;
use crate::formats::{InputFile, PlainFile};

/// The text of one file, or of standard input for `-`.
pub fn read_file(path: &Path) -> Result<SourceText> {
    Ok(incoming(path)?.text()?)
}

/// One file, or standard input for `-`, before any of it is read.
pub(super) fn incoming(path: &Path) -> Result<InputFile<'static>> {
    let name = name(path);
    if path.as_os_str() == "-" {
        if io::stdin().is_terminal() {
            progress::hide();
        }
        return Ok(InputFile::new(name, Box::new(io::stdin()), None));
    }
    if path.is_dir() {
        let error = CommandError::system(format!("`{name}` is a directory"));
        return Err(error.hint("name the file in it").into());
    }
    if is_device(path) {
        let error = CommandError::system(format!("`{name}` is a device, which may never end"));
        return Err(error.hint("name a file, or `-` for standard input").into());
    }
    let file = File::open(path).with_context(|| format!("cannot read `{name}`"))?;
    let metadata = file.metadata().ok().filter(fs::Metadata::is_file);
    let size = metadata.map(|metadata| metadata.len());
    // Reading at a place does not move the position that both handles share.
    let plain = file.try_clone().ok().filter(|_| size.is_some());
    let input = InputFile::new(name, Box::new(file), size);
    Ok(match plain {
        Some(plain) => input.at_any_place(PlainFile::new(Arc::new(plain))),
        None => input,
    })
}

/// A pipe ends when its writer does, and is read. A device such as `/dev/zero` may never end.
#[cfg(unix)]
fn is_device(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    fs::metadata(path).is_ok_and(|found| {
        let kind = found.file_type();
        kind.is_char_device() || kind.is_block_device()
    })
}

#[cfg(not(unix))]
fn is_device(_: &Path) -> bool {
    false
}

/// The name of a file for messages.
pub(super) fn name(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "standard input".to_owned();
    }
    path.display().to_string()
}

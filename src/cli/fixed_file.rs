//! A file that fixes change: read once, changed in memory, and written as a whole.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::file_replacement::{MARK, ReplacementFailure, replace_file, text_of};
use super::input::{incoming, name};
use super::report::clean;
use super::status::CommandError;
use crate::diagnostic::{SourceText, TextEdit, with_edits};
use crate::formats::InputFile;

/// A file and its text after the fixes so far.
pub(super) struct FixedFile {
    path: PathBuf,
    /// The bytes as they were read, of a file that was changed.
    original: Vec<u8>,
    /// The bytes after the fixes; `None` if there were none.
    fixed: Option<Vec<u8>>,
    /// How many fixes were applied.
    pub(super) count: usize,
}

impl FixedFile {
    /// # Errors
    /// It is standard input, which cannot be written.
    pub(super) fn new(path: &Path) -> Result<Self> {
        if path.as_os_str() == "-" {
            let error = CommandError::usage("standard input cannot be fixed");
            return Err(error.hint("name a file").into());
        }
        Ok(Self {
            path: path.to_owned(),
            original: Vec::new(),
            fixed: None,
            count: 0,
        })
    }

    /// The file with its fixes, to be checked again.
    pub(super) fn input(&self) -> Result<InputFile<'static>> {
        let Some(fixed) = &self.fixed else {
            return incoming(&self.path);
        };
        let size = fixed.len() as u64;
        let bytes = Box::new(Cursor::new(fixed.clone()));
        Ok(InputFile::new(name(&self.path), bytes, Some(size)))
    }

    /// Applies edits to the text that was read from the file. A file whose bytes are not that text, because it is
    /// packed or in another encoding, stays as it is: the error says why.
    pub(super) fn apply(&mut self, text: &SourceText, edits: &[TextEdit]) -> Result<()> {
        if self.fixed.is_none() {
            let name = clean(&name(&self.path));
            let bytes = fs::read(&self.path).with_context(|| format!("cannot read `{name}`"))?;
            if text_of(&bytes) != text.text().as_bytes() {
                let error =
                    CommandError::system(format!("`{name}` is not plain UTF-8, or has changed"));
                return Err(error
                    .hint("unpack it or save it as UTF-8, and try again")
                    .into());
            }
            self.original = bytes;
        }
        let mark = if self.original.starts_with(MARK) {
            MARK
        } else {
            b""
        };
        let fixed = with_edits(text.text(), edits);
        self.fixed = Some([mark, fixed.as_bytes()].concat());
        self.count += 1;
        Ok(())
    }

    /// Writes the file if it has fixes: a new file takes its place, with its permissions.
    ///
    /// # Errors
    /// The file has changed since it was read, is read-only, or cannot be written. Then it is as it was.
    pub(super) fn write(&self) -> Result<()> {
        let Some(fixed) = self.fixed.as_ref().filter(|it| **it != self.original) else {
            return Ok(());
        };
        let shown = clean(&name(&self.path));
        match replace_file(&self.path, &self.original, fixed) {
            Ok(()) => Ok(()),
            Err(ReplacementFailure::ReadOnly) => {
                let error = CommandError::system(format!("`{shown}` is read-only"));
                Err(error.hint("allow writing to it, and try again").into())
            }
            Err(ReplacementFailure::Changed) => {
                let error = CommandError::system(format!("`{shown}` has changed meanwhile"));
                Err(error.hint("run the command again").into())
            }
            Err(ReplacementFailure::System(error)) => {
                Err(error).with_context(|| format!("cannot write `{shown}`"))
            }
        }
    }
}

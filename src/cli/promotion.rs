//! Promotes rows of logs: works out what is added to the timeline next to them, and writes files of the timeline.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::file_replacement::{ReplacementFailure, replace_file, text_of};
use super::report::clean;
use crate::app::state::promotion::{AddedLines, FileChange, PromotionPlan, PromotionRequest};
use crate::diagnostic::{FileId, SourceText};
use crate::formats::promotion::promote;
use crate::formats::{FormatReader, TableOptions};
use crate::timeline::EventId;

/// The files that are open, for a promotion.
pub(super) struct PromotionFiles<'f> {
    /// The format of each file, by its number.
    pub formats: Vec<Option<&'static FormatReader>>,
    /// The name of each file without its folders.
    pub names: Vec<String>,
    pub options: &'f TableOptions,
}

impl PromotionFiles<'_> {
    /// The requested events that are rows of logs.
    ///
    /// # Errors
    /// There are none.
    pub fn rows(&self, request: &PromotionRequest) -> Result<Vec<EventId>> {
        let file = |row: EventId| usize::from(request.timeline.event(row).place().file.0);
        let is_row = |row: &&EventId| {
            let format = self.formats.get(file(**row)).copied().flatten();
            format.is_some_and(FormatReader::is_table)
        };
        let rows: Vec<EventId> = request.rows.iter().filter(is_row).copied().collect();
        if let (true, Some(&first)) = (rows.is_empty(), request.rows.first()) {
            let name = self.names.get(file(first));
            let name = name.map_or("the shipped case", |it| it);
            bail!("this event is of `{name}`, which is not a log");
        }
        Ok(rows)
    }

    /// The file to which rows are added.
    ///
    /// # Errors
    /// No timeline is open.
    pub fn target(&self) -> Result<FileId> {
        let mut files = (0..=u16::MAX).map(FileId).zip(&self.formats);
        let found = files.find(|(_, format)| format.is_some_and(FormatReader::is_toml));
        let Some((file, _)) = found else {
            bail!(
                "no timeline is open next to the log; name one too, as in `dateline case.toml log.csv`"
            );
        };
        Ok(file)
    }

    /// What rows add to a file.
    ///
    /// # Errors
    /// The file cannot be read or is not plain UTF-8, or nothing can be added to it.
    pub fn plan(
        &self,
        request: &PromotionRequest,
        file: FileId,
        path: &Path,
    ) -> Result<PromotionPlan> {
        let name = self
            .names
            .get(usize::from(file.0))
            .cloned()
            .unwrap_or_default();
        let bytes = fs::read(path).with_context(|| format!("cannot read `{name}`"))?;
        let text = SourceText::from_bytes(name.clone(), bytes.clone());
        if text_of(&bytes) != text.text().as_bytes() {
            bail!("`{name}` is not plain UTF-8; save it as UTF-8");
        }
        let promoted = promote(&text, self.options, &request.timeline, &self.rows(request)?);
        let promoted = promoted.map_err(anyhow::Error::msg)?;
        let mark = bytes.len() - text_of(&bytes).len();
        let after = [
            bytes.get(..mark).unwrap_or_default(),
            promoted.text.as_bytes(),
        ]
        .concat();
        let added = promoted.added.into_iter().map(|it| AddedLines {
            line: it.line,
            text: it.text,
        });
        Ok(PromotionPlan {
            rows: promoted.events,
            added: added.collect(),
            change: FileChange {
                file,
                name,
                before: bytes.into(),
                after: after.into(),
            },
        })
    }
}

/// Writes a file of the timeline.
///
/// # Errors
/// The file is not as it was before the change, is read-only, or cannot be written. Then it is as it was.
pub(super) fn write(path: &Path, change: &FileChange) -> Result<()> {
    let name = clean(&change.name);
    match replace_file(path, &change.before, &change.after) {
        Ok(()) => Ok(()),
        Err(ReplacementFailure::ReadOnly) => bail!("`{name}` is read-only"),
        Err(ReplacementFailure::Changed) => {
            bail!("`{name}` has changed meanwhile, and nothing is written")
        }
        Err(ReplacementFailure::System(error)) => {
            Err(error).with_context(|| format!("cannot write `{name}`"))
        }
    }
}

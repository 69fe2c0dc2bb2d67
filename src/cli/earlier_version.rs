//! `--since`: an earlier version of a timeline, and the scene about what changed since.

use std::path::PathBuf;

use anyhow::Result;

use super::diff::ComparedInputs;
use super::input::LoadedTimeline;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use super::status::CommandError;
use crate::change::TimelineComparison;
use crate::formats::comparison::account_scene;

/// An older file, the file in a revision, or what was public on a day. The older text is read once.
pub(super) struct EarlierVersion {
    files: Vec<PathBuf>,
    sides: ComparedInputs,
    /// What the room calls it.
    name: String,
}

impl EarlierVersion {
    /// `None` without the option.
    pub fn of(files: &[PathBuf], since: Option<&str>) -> Result<Option<Self>> {
        let Some(since) = since else {
            return Ok(None);
        };
        if files.iter().any(|file| file.as_os_str() == "-") {
            let error = CommandError::usage("`--since` cannot read standard input twice");
            return Err(error.hint("save it to a file and name that").into());
        }
        let sides = ComparedInputs::since(files, since)?;
        Ok(Some(Self {
            files: files.to_vec(),
            name: clean(&sides.names().old),
            sides,
        }))
    }

    /// What the room calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds the scene about what changed before the scenes of a timeline. A timeline without scenes stays as it is.
    pub fn add_scene(
        &self,
        opened: &mut LoadedTimeline,
        withholding: &RedactionArgs,
    ) -> Result<()> {
        if opened.timeline.scenes().is_empty() {
            return Ok(());
        }
        let (scene, view) = self.compare(opened, withholding, |comparison| {
            account_scene(comparison, &self.name)
        })?;
        let timeline = std::mem::take(&mut opened.timeline);
        opened.timeline = timeline.with_account(scene, view);
        Ok(())
    }

    /// Compares a timeline with the earlier version, for the readers up to a marking.
    fn compare<T>(
        &self,
        opened: &LoadedTimeline,
        withholding: &RedactionArgs,
        take: impl FnOnce(&TimelineComparison<'_>) -> T,
    ) -> Result<T> {
        let sides = self.sides.with_newest(&self.files)?;
        let older = sides.open_older(withholding)?;
        Ok(take(&sides.compare(&older, opened, withholding)?))
    }

    /// The same, but the newest text is opened for the readers of `withholding` too.
    pub fn compare_anew<T>(
        &self,
        withholding: &RedactionArgs,
        take: impl FnOnce(&TimelineComparison<'_>) -> T,
    ) -> Result<T> {
        let sides = self.sides.with_newest(&self.files)?;
        let (older, newest) = sides.open(withholding)?;
        Ok(take(&sides.compare(&older, &newest, withholding)?))
    }
}

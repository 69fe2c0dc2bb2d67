//! `--since`: the version that a timeline is compared with while it is shown.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::baseline_name::BaselineName;
use super::diff::ComparedInput;
use super::earlier_version::EarlierVersion;
use super::input::{self, LoadedTimeline};
use super::redaction_args::RedactionArgs;
use super::report::clean;
use crate::change::{Baseline, BaselineVersion, TimelineComparison, TrueDifferences};

#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct BaselineArgs {
    /// Mark what changed since: a day such as 2023-08-07, an older file, or a revision
    #[arg(long, value_name = "SINCE")]
    pub since: Option<String>,
}

impl BaselineArgs {
    /// The version, if one is named.
    pub fn read(&self, files: &[PathBuf], withholding: &RedactionArgs) -> Result<Option<Baseline>> {
        let since = self.since.as_deref();
        since
            .map(|since| read(files, since, withholding))
            .transpose()
    }

    /// The version for the scene with which a briefing begins; `None` if there are no scenes, or if a day is named for
    /// several files.
    pub fn scene(
        &self,
        files: &[PathBuf],
        opened: &LoadedTimeline,
    ) -> Result<Option<EarlierVersion>> {
        if files.len() != 1 || opened.timeline.scenes().is_empty() {
            return Ok(None);
        }
        EarlierVersion::of(files, self.since.as_deref())
    }

    /// Opens the files of one timeline, compared with the version.
    pub fn open(&self, files: &[PathBuf], withholding: &RedactionArgs) -> Result<LoadedTimeline> {
        let opened = input::open(files, withholding)?;
        let Some(baseline) = self.read(files, withholding)? else {
            return Ok(opened);
        };
        let LoadedTimeline {
            timeline, whole, ..
        } = opened;
        let all = whole.as_ref().unwrap_or(&timeline).clone();
        Ok(LoadedTimeline {
            timeline: baseline.compare(&all, timeline),
            whole,
            ..opened
        })
    }

    /// The arguments as the user would write them.
    pub fn words(&self) -> Option<String> {
        let since = self.since.as_ref()?;
        Some(format!("--since={since}"))
    }
}

/// Reads a version. With `--max-tlp` it also finds out what differs without regard to markings.
pub(super) fn read(
    files: &[PathBuf],
    since: &str,
    withholding: &RedactionArgs,
) -> Result<Baseline> {
    let version = match BaselineName::of(since) {
        BaselineName::Day(day) => return Ok(Baseline::day(day)),
        BaselineName::Version(version) => version,
    };
    let older = ComparedInput::older(files, version)?;
    let of_all_days = RedactionArgs {
        as_of: None,
        ..withholding.clone()
    };
    let opened = older.open(&of_all_days)?;
    let truth = || -> Result<TrueDifferences> {
        let whole = RedactionArgs {
            max_tlp: None,
            ..of_all_days.clone()
        };
        let (old, new) = (older.open(&whole)?, input::open(files, &whole)?);
        let comparison = TimelineComparison::between(&old.timeline, &new.timeline);
        Ok(TrueDifferences::of(&comparison))
    };
    // The room must not see folders.
    let file = Path::new(since);
    let file = file.file_name().filter(|_| file.is_file());
    let name = file.map_or(since.into(), |name| name.to_string_lossy());
    Ok(Baseline {
        asked: since.to_owned(),
        name: clean(&name),
        version: BaselineVersion::Older {
            errors: opened.errors(),
            timeline: Arc::new(opened.timeline),
            truth: withholding.max_tlp.map(|_| truth()).transpose()?,
        },
    })
}

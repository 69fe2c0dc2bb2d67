//! `dateline diff`: what differs between two files, two versions of a file, or two days of what was known.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::baseline_name::BaselineName;
use super::diff_args::DiffArgs;
use super::fingerprint::TracedFiles;
use super::input::{self, LoadedTimeline};
use super::output;
use super::progress;
use super::redaction_args::RedactionArgs;
use super::revision::{HEAD, committed};
use super::status::{CommandError, ExitStatus};
use crate::change::{ItemKind, TimelineComparison, TrueDifferences};
use crate::date::{EventDate, Truth};
use crate::formats::InputFile;
use crate::formats::comparison::ComparedSides;
use crate::query::{Filter, Matches};
use crate::timeline::Timeline;

/// Prints what differs. Errors of the files go to standard error.
pub(super) fn run(args: &DiffArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let sides = ComparedInputs::of(args)?;
    let (old, new) = sides.open(&args.withholding)?;
    let narrowing = &args.narrowing;
    let Some(filter) = narrowing.filter(&new.timeline, false, &mut output::errors())? else {
        return Ok(ExitStatus::Usage);
    };
    // Until the differences are printed.
    let _comparing = progress::working("comparing");
    let mut comparison = sides.compare(&old, &new, &args.withholding)?;
    narrow(&mut comparison, &filter, narrowing.surely);
    out.write_all((args.to.write)(&comparison, &sides.names()).as_bytes())?;
    out.flush()?;
    new.report_errors(&mut output::errors())?;
    if args.known.is_none() {
        old.report_errors(&mut output::errors())?;
    }
    // Git takes any other exit status for a failure.
    Ok(if comparison.is_empty() || args.git {
        ExitStatus::Fine
    } else {
        ExitStatus::Different
    })
}

/// With a filter, keeps the events that match in either timeline. Other items have no filter, and are left out.
pub(super) fn narrow(comparison: &mut TimelineComparison<'_>, filter: &Filter, surely: bool) {
    if filter.is_empty() {
        return;
    }
    let matches = |timeline: &Timeline| {
        let filter = Filter::parse(timeline, filter.text());
        // A word that only one timeline has matches nothing in the other.
        filter.map_or_else(
            |_| Matches::nothing(timeline.len()),
            |it| it.matches(timeline),
        )
    };
    let (old, new) = (matches(comparison.old), matches(comparison.new));
    let least = if surely { Truth::Yes } else { Truth::Possibly };
    comparison.items.retain(|item| {
        let before = item.old.is_some_and(|id| old.truth(id) >= least);
        let after = item.new.is_some_and(|id| new.truth(id) >= least);
        item.kind == ItemKind::Event && (before || after)
    });
    let same = |matches: &Matches| {
        matches
            .events()
            .filter(|(_, truth)| *truth >= least)
            .count()
    };
    comparison.narrowed = Some([same(&old), same(&new)]);
}

/// A side of the comparison: its bytes are read once, and opened for each audience.
#[derive(Clone)]
pub(super) struct ComparedInput {
    /// The name for messages about the text.
    name: String,
    /// What the reader calls it.
    pub label: String,
    bytes: Vec<u8>,
    /// The day by which its content was public.
    day: Option<EventDate>,
}

/// The two sides of a comparison, before they are opened.
pub(super) struct ComparedInputs {
    old: ComparedInput,
    new: ComparedInput,
}

impl ComparedInputs {
    /// A file and an earlier version of it: what was public on a day, another file, or the file in a revision. Its names
    /// are for readers, and have no folders.
    pub fn since(files: &[PathBuf], since: &str) -> Result<Self> {
        let [file] = files else {
            let error = CommandError::usage("`--since` compares one file with what it was");
            return Err(error.hint("name one timeline").into());
        };
        let new = ComparedInput::read(file)?;
        let old = match BaselineName::of(since) {
            BaselineName::Day(day) => ComparedInput {
                label: day.to_string(),
                day: Some(day),
                bytes: new.bytes.clone(),
                name: new.name.clone(),
            },
            BaselineName::Version(version) => {
                let older = ComparedInput::older(files, version)?;
                let path = Path::new(version);
                let name = path.file_name().filter(|_| path.is_file());
                let label = name.map(|name| name.to_string_lossy().into_owned());
                ComparedInput {
                    label: label.unwrap_or_else(|| older.label.clone()),
                    ..older
                }
            }
        };
        Ok(Self { old, new })
    }

    /// The same with the newest text of the file. If the older side is a day, it is read from this text too.
    pub fn with_newest(&self, files: &[PathBuf]) -> Result<Self> {
        let newest = files.last().map(|file| ComparedInput::read(file));
        let new = newest.unwrap_or_else(|| Ok(self.new.clone()))?;
        let mut old = self.old.clone();
        if old.day.is_some() {
            old.bytes.clone_from(&new.bytes);
        }
        Ok(Self { old, new })
    }

    /// Opens the older side, redacted.
    pub fn open_older(&self, withholding: &RedactionArgs) -> Result<LoadedTimeline> {
        self.old.open(withholding)
    }

    /// What the reader calls the two sides.
    pub fn names(&self) -> ComparedSides {
        ComparedSides {
            old: self.old.label.clone(),
            new: self.new.label.clone(),
        }
    }

    /// What differs for the readers up to a marking.
    pub fn compare<'t>(
        &self,
        old: &'t LoadedTimeline,
        new: &'t LoadedTimeline,
        withholding: &RedactionArgs,
    ) -> Result<TimelineComparison<'t>> {
        let comparison = TimelineComparison::between(&old.timeline, &new.timeline);
        let comparison = comparison.without_hindsight();
        if withholding.max_tlp.is_none() {
            return Ok(comparison);
        }
        let (old, new) = self.open(&RedactionArgs {
            max_tlp: None,
            ..withholding.clone()
        })?;
        let whole = TimelineComparison::between(&old.timeline, &new.timeline);
        Ok(comparison.only_if_in(&TrueDifferences::of(&whole)))
    }

    fn of(args: &DiffArgs) -> Result<Self> {
        if args.git {
            return Self::of_git(args);
        }
        match (&args.files[..], &args.known, &args.rev) {
            ([file], Some(days), _) => {
                let bytes = read(file)?;
                let name = input::name(file);
                let side = |day: &EventDate| ComparedInput {
                    name: name.clone(),
                    label: format!("{name} as known on {day}"),
                    bytes: bytes.clone(),
                    day: Some(day.clone()),
                };
                Ok(Self {
                    old: side(&days.from),
                    new: side(&days.to),
                })
            }
            ([file], None, revision) => {
                let revision = revision.as_deref().unwrap_or(HEAD);
                let bytes = committed(file, revision)?;
                let name = format!("{} at {revision}", input::name(file));
                Ok(Self {
                    old: ComparedInput::new(name, bytes),
                    new: ComparedInput::read(file)?,
                })
            }
            ([old, new], None, None) => {
                if [old, new].iter().all(|file| file.as_os_str() == "-") {
                    return Err(CommandError::usage("standard input is only one file").into());
                }
                Ok(Self {
                    old: ComparedInput::read(old)?,
                    new: ComparedInput::read(new)?,
                })
            }
            ([_, _], _, _) => {
                let error =
                    CommandError::usage("`--rev` and `--known` compare one file with itself");
                Err(error.hint("leave out one of the two files").into())
            }
            (more, ..) => {
                let message = format!("two files are compared, not {}", more.len());
                Err(CommandError::usage(message)
                    .hint("usage: dateline diff OLD NEW")
                    .into())
            }
        }
    }

    /// The seven arguments of `GIT_EXTERNAL_DIFF`, or nine for a renamed file.
    fn of_git(args: &DiffArgs) -> Result<Self> {
        let files = &args.files[..];
        let (Some(path), Some(old), Some(new)) = (files.first(), files.get(1), files.get(4)) else {
            let error =
                CommandError::usage("`--git` takes the arguments of an external diff of git");
            return Err(error
                .hint("`dateline help changes` shows how to set it up")
                .into());
        };
        let name = input::name(path);
        let side = |file: &Path, which: &str| -> Result<ComparedInput> {
            Ok(ComparedInput::new(format!("{name} {which}"), read(file)?))
        };
        Ok(Self {
            old: side(old, "before")?,
            new: side(new, "after")?,
        })
    }

    /// Opens both sides, redacted.
    pub fn open(&self, withholding: &RedactionArgs) -> Result<(LoadedTimeline, LoadedTimeline)> {
        Ok((self.old.open(withholding)?, self.new.open(withholding)?))
    }
}

impl ComparedInput {
    fn new(name: String, bytes: Vec<u8>) -> Self {
        Self {
            label: name.clone(),
            name,
            bytes,
            day: None,
        }
    }

    fn read(file: &Path) -> Result<Self> {
        Ok(Self::new(input::name(file), read(file)?))
    }

    /// Another file, or the only one of `files` in a revision.
    pub fn older(files: &[PathBuf], version: &str) -> Result<Self> {
        let older = Path::new(version);
        if older.is_file() {
            return Self::read(older);
        }
        let error = match files {
            [file] => return Ok(Self::new(version.to_owned(), committed(file, version)?)),
            [] => CommandError::usage("the shipped case has no earlier version"),
            _ => CommandError::usage("several files have no common revision"),
        };
        Err(error.hint("a day and another file are possible too").into())
    }

    pub fn open(&self, withholding: &RedactionArgs) -> Result<LoadedTimeline> {
        let withholding = RedactionArgs {
            as_of: self.day.clone().or_else(|| withholding.as_of.clone()),
            ..withholding.clone()
        };
        let bytes = Box::new(Cursor::new(self.bytes.clone()));
        let size = u64::try_from(self.bytes.len()).ok();
        let file = InputFile::new(self.name.clone(), bytes, size);
        let traced = TracedFiles::new(vec![file], &[]);
        input::open_files(traced, &withholding, &progress::reading())
    }
}

/// The bytes of a file. Git compares a file that is not there with the null device.
fn read(file: &Path) -> Result<Vec<u8>> {
    if file.as_os_str() == "/dev/null" {
        return Ok(Vec::new());
    }
    let mut bytes = Vec::new();
    let mut incoming = input::incoming(file)?.into_source();
    let name = input::name(file);
    let read = incoming.read_to_end(&mut bytes);
    read.with_context(|| format!("cannot read `{name}`"))?;
    Ok(bytes)
}

//! Opens the files of a timeline, or standard input for `-`, and redacts what is read.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use ratatui::layout::Size;

use super::fingerprint::{FileTraces, TracedFiles};
pub use super::incoming::read_file;
pub(super) use super::incoming::{incoming, name};
use super::loaded_marks::LoadedMarks;
use super::output;
use super::progress;
use super::redaction_args::RedactionArgs;
use super::report::{clean, renderer, report};
use super::status::{CommandError, ExitStatus, print_error, print_note};
use super::table_args::{MappingArgument, TableArgs};
use crate::app::model::Model;
use crate::app::state::problem::Problem;
use crate::diagnostic::{
    ANSWER_LIMITED, COLUMNS_GUESSED, Diagnostic, FOREIGN_FORMAT, Severity, SourceText, UNKNOWN_LOG,
};
use crate::formats::progress::Progress;
use crate::formats::{
    self, GivenMapping, InputFile, OpenedTimeline, RecognisedFile, RowSelection, TableOptions,
};
use crate::timeline::{Timeline, TimelineMarks};

/// What the user states about tables. Reads the mapping file, and prints its findings.
///
/// # Errors
/// The mapping file cannot be read, or has errors.
pub(super) fn table_options(args: &TableArgs) -> Result<TableOptions> {
    let mapping = match &args.map {
        Some(MappingArgument::File(path)) => Some(read_mapping(path)?),
        Some(MappingArgument::Columns(mapping, _)) => Some(mapping.clone()),
        None => None,
    };
    let options = TableOptions::in_zone(args.zone.clone());
    Ok(options.with_order(args.dates).with_mapping(mapping))
}

fn read_mapping(path: &Path) -> Result<GivenMapping> {
    let text = read_file(path)?;
    let (mapping, findings) = GivenMapping::read(&text);
    if !findings.iter().any(Diagnostic::is_error) {
        return Ok(mapping);
    }
    let texts = [text];
    let errors = &mut output::errors();
    for finding in &findings {
        writeln!(errors, "{}\n", report(finding, &texts, &renderer(false)))?;
    }
    let message = format!("`{}` cannot be used as a mapping", clean(&name(path)));
    let error = CommandError::usage(message);
    Err(error
        .hint("`dateline help tables` shows a mapping file")
        .into())
}

/// A file of a timeline, before any of it is read. If it does not exist, the error says how to begin one.
fn timeline_file(path: &Path) -> Result<InputFile<'static>> {
    let is_new = path.extension().is_some_and(|ending| ending == "toml") && !path.exists();
    if is_new {
        let error = CommandError::system(format!("`{}` does not exist", name(path)));
        let hint =
            "`dateline new FILE` begins a timeline; `dateline help first-hour` goes on from there";
        return Err(error.hint(hint).into());
    }
    incoming(path)
}

const SHIPPED: &str = include_str!("../../timelines/uk-democratic-institutions.toml");

/// A timeline and the texts that it was read from.
pub struct LoadedTimeline {
    /// The lines that findings quote, with their places, by the number of the file.
    pub texts: Vec<SourceText>,
    /// How many of the texts are of the timeline; those of marks files follow.
    pub timeline_texts: usize,
    pub files: Vec<RecognisedFile>,
    /// The fingerprints of the files, to see later whether they have changed.
    pub traces: FileTraces,
    /// The readable part of the files, redacted.
    pub timeline: Timeline,
    /// The timeline without `--as-of`; `None` if that option is not given.
    pub whole: Option<Timeline>,
    pub findings: Vec<Diagnostic>,
}

/// Opens the files of one timeline, redacted; without any, the shipped case.
pub fn open(paths: &[PathBuf], withholding: &RedactionArgs) -> Result<LoadedTimeline> {
    open_watched(paths, withholding, &progress::reading())
}

/// [`open`] that reports its progress. If another thread stops it, the part that was read is opened.
pub fn open_watched(
    paths: &[PathBuf],
    withholding: &RedactionArgs,
    progress: &Progress,
) -> Result<LoadedTimeline> {
    open_files(
        TracedFiles::new(files(paths)?, paths),
        withholding,
        progress,
    )
}

/// From this size on, in bytes, the texts of a log stay in its file while the viewer shows it, or are compressed in
/// memory.
const LONG_LOG: u64 = 64 << 20;

/// [`open_watched`] for the viewer: it shows few rows at once, so the texts of long logs are not kept in columns.
///
/// # Errors
/// A file cannot be read, or the options do not fit it.
pub fn open_to_view(
    paths: &[PathBuf],
    withholding: &RedactionArgs,
    progress: &Progress,
) -> Result<LoadedTimeline> {
    let traced = TracedFiles::new(files(paths)?, paths);
    open_files(leaving_texts(traced, withholding), withholding, progress)
}

/// Files for the viewer. Redaction examines every text, so it needs all texts in columns.
pub(super) fn leaving_texts<'r>(
    mut traced: TracedFiles<'r>,
    withholding: &RedactionArgs,
) -> TracedFiles<'r> {
    if !withholding.is_requested() {
        let files = traced.files.into_iter();
        traced.files = files.map(|file| file.leaving_texts(LONG_LOG)).collect();
    }
    traced
}

/// Opens files. If all are logs, only the chosen rows are kept.
pub(super) fn open_selected(
    paths: &[PathBuf],
    withholding: &RedactionArgs,
    selection: Option<&Arc<RowSelection>>,
) -> Result<LoadedTimeline> {
    let mut traced = TracedFiles::new(files(paths)?, paths);
    let files = traced.files.into_iter();
    traced.files = files
        .map(|file| file.with_selection(selection.cloned()))
        .collect();
    open_files(traced, withholding, &progress::reading())
}

/// From this size on, in bytes, the start of files is shown before the rest is read. Smaller files are read before the
/// user could look at it.
const LONG: u64 = 2 << 20;

/// The start of long files, to show it while the rest is read. `None` if the files are short, are redacted, or can be
/// read only once.
///
/// Redaction needs the whole of the files: any of it may name something that is redacted.
pub fn beginning(paths: &[PathBuf], withholding: &RedactionArgs) -> Option<LoadedTimeline> {
    if withholding.is_requested() {
        return None;
    }
    let sizes = paths.iter().map(|path| {
        let found = fs::metadata(path).ok()?;
        found.is_file().then_some(found.len())
    });
    let sizes: Vec<u64> = sizes.collect::<Option<_>>()?;
    if sizes.iter().sum::<u64>() < LONG {
        return None;
    }
    let options = table_options(&withholding.tables).ok()?;
    let texts = paths.iter().zip(sizes).map(|(path, size)| {
        let file = File::open(path).ok()?;
        formats::preview(&name(path), Box::new(file), size, &options).ok()?
    });
    let texts: Vec<SourceText> = texts.collect::<Option<_>>()?;
    let (timeline, _) = formats::open_in(&texts, &options);
    let names = texts.iter().map(|text| formats::file_name(text.name()));
    let timeline = timeline.with_marks(TimelineMarks::none(names));
    (!timeline.is_empty()).then_some(LoadedTimeline {
        timeline_texts: texts.len(),
        texts,
        files: Vec::new(),
        traces: TracedFiles::new(files(paths).ok()?, paths).traces,
        timeline,
        whole: None,
        // The texts break off, but that is not an error of the file.
        findings: Vec::new(),
    })
}

/// The files of one timeline, in the order of the arguments; without any, the shipped case.
pub fn files(paths: &[PathBuf]) -> Result<Vec<InputFile<'static>>> {
    if paths.is_empty() {
        let shipped = Box::new(SHIPPED.as_bytes());
        return Ok(vec![InputFile::new("the shipped case", shipped, None)]);
    }
    paths.iter().map(|path| timeline_file(path)).collect()
}

/// Opens the files of one timeline, redacted.
pub(super) fn open_files(
    traced: TracedFiles<'_>,
    withholding: &RedactionArgs,
    progress: &Progress,
) -> Result<LoadedTimeline> {
    let options = table_options(&withholding.tables)?;
    let mut fingerprints = traced.traces;
    fingerprints.trace_marks(&withholding.marks.paths);
    let marks = LoadedMarks::read(&withholding.marks, traced.files.len())?;
    let prints = marks.prints();
    let is_whole = !traced.files.iter().any(InputFile::has_selection);
    let files = traced.files.into_iter().map(|file| {
        file.with_options(options.clone())
            .with_prints(prints.clone())
    });
    let OpenedTimeline {
        timeline: whole,
        mut findings,
        mut texts,
        files: recognised,
    } = formats::open_files(files.collect(), progress)?;
    has_events(&texts, &recognised)?;
    let (whole, of_marks) = marks.attach(whole, &texts, is_whole);
    let whole = withholding.by_marking(&texts, &recognised, whole)?;
    let (timeline, whole) = match withholding.by_day(&whole)? {
        Some(known) => (known, Some(whole)),
        None => (whole, None),
    };
    findings.extend(of_marks);
    let timeline_texts = texts.len();
    texts.extend(marks.texts);
    Ok(LoadedTimeline {
        texts,
        timeline_texts,
        files: recognised,
        traces: fingerprints,
        timeline,
        whole,
        findings,
    })
}

/// Refuses a file that only describes others, such as a mapping.
fn has_events(texts: &[SourceText], files: &[RecognisedFile]) -> Result<()> {
    for (text, file) in texts.iter().zip(files) {
        if let Some(reader) = file.reader.filter(|reader| !reader.has_events) {
            let (name, form) = (clean(text.name()), reader.name);
            let error = CommandError::usage(format!("`{name}` is a {form}, and has no events"));
            let option = if reader.name == "mapping" {
                "map"
            } else {
                "marks"
            };
            let hint =
                format!("give it with `--{option} {name}`; `dateline check {name}` checks it");
            return Err(error.hint(hint).into());
        }
    }
    Ok(())
}

impl LoadedTimeline {
    /// The state of the program with the timeline open.
    pub fn model(self, size: Size) -> Model {
        let problems = self.problems();
        let file_name = file_name(self.texts.get(..self.timeline_texts).unwrap_or_default());
        let model = crate::app::open_undrawn(Arc::new(self.timeline), problems, size);
        let fingerprints = self.traces.fingerprints();
        model.with_files(file_name, fingerprints, self.whole.map(Arc::new))
    }

    /// The findings for the viewer. Notes come last, since they need no fix.
    ///
    /// A finding quotes the file. If anything is redacted, the viewer shows only its kind, without the place.
    pub fn problems(&self) -> Vec<Problem> {
        let all = self.findings.iter();
        let (notes, grave): (Vec<_>, Vec<_>) =
            all.partition(|finding| finding.severity() == Severity::Note);
        let all = grave.into_iter().chain(notes);
        all.map(|finding| self.problem(finding)).collect()
    }

    /// How many errors there are in the files.
    pub fn errors(&self) -> usize {
        let findings = self.findings.iter().filter(|it| it.is_error());
        findings.map(Diagnostic::count).sum()
    }

    /// Prints the number of errors in the files, and returns the exit status. `check` prints the errors themselves.
    ///
    /// Only the error about a file of another program is printed here: nothing else is known about that file.
    pub fn report_errors(&self, errors: &mut dyn Write) -> Result<ExitStatus> {
        let foreign = |finding: &&Diagnostic| {
            [FOREIGN_FORMAT.name, UNKNOWN_LOG.name].contains(&finding.kind.name)
        };
        for finding in self.findings.iter().filter(foreign) {
            let file = self.texts.get(usize::from(finding.place.file.0));
            let name = file.map_or("", SourceText::name);
            let message = format!("{}: {}", clean(name), clean(&finding.message));
            print_error(
                errors,
                &message,
                finding.help.first().map(|it| clean(it)).as_deref(),
            )?;
        }
        let printed = [COLUMNS_GUESSED.name, ANSWER_LIMITED.name];
        let notes = (self.findings.iter()).filter(|it| printed.contains(&it.kind.name));
        for note in notes {
            print_note(errors, &clean(&note.message))?;
        }
        let count = self
            .findings
            .iter()
            .filter(|it| it.is_error() && !foreign(it));
        let count: usize = count.map(Diagnostic::count).sum();
        if count == 0 {
            return Ok(if self.errors() == 0 {
                ExitStatus::Fine
            } else {
                ExitStatus::Errors
            });
        }
        let count = crate::document::count(count, "error");
        let hint = "`dateline check` shows them";
        print_error(errors, &format!("{count} in the timeline"), Some(hint))?;
        Ok(ExitStatus::Errors)
    }

    fn problem(&self, finding: &Diagnostic) -> Problem {
        if !self.timeline.redactions().is_whole() {
            return Problem {
                kind: finding.kind.name,
                place: String::new(),
                at: None,
                message: finding.kind.summary.to_owned(),
                expected: String::new(),
                help: Vec::new(),
                severity: finding.severity(),
                more: finding.more,
            };
        }
        Problem {
            at: Some(finding.place),
            ..problem(finding, &self.texts)
        }
    }
}

/// The name of the file without its folder, or the number of files.
fn file_name(texts: &[SourceText]) -> String {
    match texts {
        [] => String::new(),
        [only] => {
            let name = only.name();
            name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned()
        }
        many => format!("{} files", many.len()),
    }
}

/// A finding for the viewer.
pub(super) fn problem(finding: &Diagnostic, texts: &[SourceText]) -> Problem {
    let text = texts.get(usize::from(finding.place.file.0));
    let place = text.map_or_else(String::new, |text| text.place_name(finding.place.start()));
    Problem {
        kind: finding.kind.name,
        place,
        at: None,
        message: finding.message.clone(),
        expected: finding.label.clone(),
        help: finding.help.clone(),
        severity: finding.severity(),
        more: finding.more,
    }
}

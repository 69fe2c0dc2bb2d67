//! Assembles the files of one timeline: reads each, joins the drafts, and checks the result.

use std::collections::HashSet;
use std::ops::Range;

use super::cascade::CascadeSuppressor;
use super::input_file::ReadFailure;
use super::log;
use super::progress::{Progress, is_part};
use super::readers::FormatReader;
use super::readers::format_reader::{FileDraft, TextDecoder};
use super::readers::refused::RefusedFile;
use super::zones;
use crate::date::Zone;
use crate::diagnostic::{
    Diagnostic, FileId, NEAR, NO_EVENTS, NOT_A_TIME_ZONE, SourceText, TIME_ZONE_UNKNOWN,
};
use crate::query;
use crate::timeline::draft::{DraftTimeline, DraftView, Located, LocatedText};
use crate::timeline::log::DraftLog;
use crate::timeline::{Timeline, WrittenRows, build, build_rows, check};

/// The format and the marking of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RecognisedFile {
    /// `None` for a format that dateline does not read.
    pub reader: Option<&'static FormatReader>,
    /// Whether everything in the file has a marking: its own, or that of the file.
    pub is_marked: bool,
}

impl RecognisedFile {
    /// Whether it is a timeline in TOML: only such a file is written by hand, so only it has fixes.
    pub fn is_toml(&self) -> bool {
        self.reader.is_some_and(FormatReader::is_toml)
    }
}

/// A recognised file that is not read yet.
pub(super) struct RecognisedInput<'r> {
    reader: Option<&'static FormatReader>,
    content: InputContent<'r>,
}

enum InputContent<'r> {
    /// The text is in memory.
    Text(TextDecoder),
    /// The bytes are read as they come.
    Stream(Box<StreamInput<'r>>),
    Refused(Box<RefusedFile>),
}

type StreamInput<'r> = dyn FnOnce(FileId, &Progress) -> Result<FileDraft, ReadFailure> + 'r;

impl<'r> RecognisedInput<'r> {
    pub fn text(reader: &'static FormatReader, decode: TextDecoder) -> Self {
        Self {
            reader: Some(reader),
            content: InputContent::Text(decode),
        }
    }

    /// The same, as the only file of its timeline.
    pub fn alone(self) -> Self {
        match (self.content, self.reader.and_then(|reader| reader.alone)) {
            (InputContent::Text(_), Some(decode)) => Self {
                content: InputContent::Text(decode),
                ..self
            },
            (content, _) => Self { content, ..self },
        }
    }

    pub fn stream(
        reader: &'static FormatReader,
        decode: impl FnOnce(FileId, &Progress) -> Result<FileDraft, ReadFailure> + 'r,
    ) -> Self {
        Self {
            reader: Some(reader),
            content: InputContent::Stream(Box::new(decode)),
        }
    }

    pub fn refused(refused: Box<RefusedFile>) -> Self {
        Self {
            reader: None,
            content: InputContent::Refused(refused),
        }
    }
}

/// The draft and the findings of all files of a timeline.
#[derive(Default)]
pub(super) struct AssembledDraft {
    pub draft: DraftTimeline,
    pub findings: Vec<Diagnostic>,
    pub files: Vec<RecognisedFile>,
    /// The events of the only file, if they are not in the draft.
    pub rows: Vec<WrittenRows>,
    /// The quoted lines of each file that was read as a stream.
    pub rest_of_streams: Vec<(FileId, SourceText)>,
}

/// Reads the files of one timeline. `texts` has the texts of the files that are in memory, `stated` the zones that the
/// user states.
///
/// # Errors
/// A stream fails.
pub(super) fn assemble(
    texts: &[SourceText],
    inputs: Vec<RecognisedInput<'_>>,
    stated: &[Option<Zone>],
    progress: &Progress,
) -> Result<AssembledDraft, ReadFailure> {
    let mut all = AssembledDraft::default();
    let (mut unread, mut zones, mut of_streams) = (Vec::new(), Vec::new(), Vec::new());
    let numbered = (0..=u16::MAX).map(FileId).zip(texts);
    for ((file, text), RecognisedInput { reader, content }) in numbered.zip(inputs) {
        let read = match content {
            InputContent::Text(decode) => decode(text, file, progress),
            InputContent::Stream(decode) => decode(file, progress)?,
            InputContent::Refused(refused) => FileDraft {
                findings: vec![refused.finding(file)],
                text: Some(refused.into_text()),
                ..FileDraft::default()
            },
        };
        all.files.push(RecognisedFile {
            reader: reader.filter(|_| !read.is_refused),
            is_marked: read.is_marked,
        });
        all.draft.append(read.draft);
        all.rows.extend(read.rows);
        unread.extend(read.unread);
        zones.extend(read.zone.map(|zone| (file, zone)));
        if let Some(text) = read.text {
            all.rest_of_streams.push((file, text));
            of_streams.extend(read.findings);
        } else {
            all.findings.extend(read.findings);
        }
    }
    progress.finish();
    all.draft.use_canonical_ids();
    all.draft.has_unread = all.findings.iter().any(Diagnostic::is_error);
    zones::state(&mut all.draft, &zones, stated);
    let suppressor = CascadeSuppressor::new(texts, &all.findings, &unread);
    all.findings.extend(of_streams);
    give_logs_unique_ids(&mut all.draft.logs);
    give_lanes(&mut all.draft, texts);
    // The unread rest may declare the names that this part lacks. Events in columns are checked already.
    if !is_part(&all.findings) && all.rows.is_empty() {
        let of_the_whole = findings_of_the_whole(&all.draft, &all.findings, &suppressor);
        let may_have_events = |it: &RecognisedFile| it.reader.is_none_or(|it| it.has_events);
        let are_mappings = !all.files.iter().any(may_have_events);
        let of_events = |it: &Diagnostic| !(are_mappings && *it.kind == NO_EVENTS);
        all.findings
            .extend(of_the_whole.into_iter().filter(of_events));
    }
    all.findings.sort_by_key(|it| (it.place, it.kind.name));
    Ok(all)
}

/// The findings about all files together, except those that follow from reported findings.
fn findings_of_the_whole(
    draft: &DraftTimeline,
    reported: &[Diagnostic],
    suppressor: &CascadeSuppressor<'_>,
) -> Vec<Diagnostic> {
    let is_broken = reported.iter().any(Diagnostic::is_error);
    // The zone of the file is misspelt, not missing: one finding is enough.
    let misspelt: Vec<FileId> = (reported.iter())
        .filter(|it| *it.kind == NOT_A_TIME_ZONE)
        .map(|it| it.place.file)
        .collect();
    let mut findings = check::check(draft);
    findings.retain(|it| {
        let is_of_broken = is_broken && *it.kind == NO_EVENTS;
        let is_of_zone = *it.kind == TIME_ZONE_UNKNOWN && misspelt.contains(&it.place.file);
        !is_of_broken && !is_of_zone && !suppressor.explains(it)
    });
    findings
}

impl AssembledDraft {
    pub fn build(self) -> (Timeline, Vec<Diagnostic>) {
        let mut findings = self.findings;
        let views = self.draft.views.clone();
        let timeline = if self.rows.is_empty() {
            build(self.draft)
        } else {
            build_rows(&self.draft, FileId(0), self.rows)
        };
        if !is_part(&findings) {
            findings.extend(query::views::check(&timeline, &views));
        }
        findings.sort_by_key(|it| (it.place, it.kind.name));
        (timeline, findings)
    }

    /// Reduces the texts to the lines that findings and views quote. Views are kept since some findings about them come only
    /// when the timeline is built.
    pub fn quoted(&self, texts: Vec<SourceText>) -> Vec<SourceText> {
        let mut ranges: Vec<Vec<Range<usize>>> = vec![Vec::new(); texts.len()];
        let mut keep = |file: FileId, range| ranges[usize::from(file.0)].push(range);
        for finding in &self.findings {
            let place = finding.place;
            let related = || finding.related.iter().map(|(place, _)| *place);
            for place in related().chain([place]) {
                keep(place.file, place.start()..place.start());
            }
            let text = &texts[usize::from(place.file.0)];
            let line = |byte| text.line_of(byte);
            for other in related().filter(|other| other.file == place.file) {
                let (first, last) = (
                    place.start().min(other.start()),
                    place.start().max(other.start()),
                );
                if line(last) - line(first) <= NEAR {
                    keep(place.file, first..last);
                }
            }
        }
        for view in &self.draft.views {
            for words in quotable_parts(view) {
                keep(words.place.file, words.place.range());
            }
        }
        let texts = texts.into_iter().zip(ranges);
        texts.map(|(text, ranges)| text.quoting(ranges)).collect()
    }
}

/// The parts of a view that a finding may quote.
fn quotable_parts(view: &DraftView) -> impl Iterator<Item = &LocatedText> {
    let DraftView {
        id,
        title,
        filter,
        group,
        sort,
        tlp: _,
    } = view;
    [title, filter, group, sort]
        .into_iter()
        .flatten()
        .chain([id])
}

/// The files of a timeline as logs without rows; `None` if one of them is not read row by row.
pub(super) fn logs_without_rows(
    texts: &[SourceText],
    inputs: &[RecognisedInput<'_>],
) -> Option<Vec<DraftLog>> {
    let mut readers = inputs.iter().map(|input| input.reader);
    if !readers.all(|it| it.is_some_and(|reader| reader.is_read_by_row)) {
        return None;
    }
    let log = |(file, text): (FileId, &SourceText)| log::draft_log(file, text.name());
    let numbered = (0..=u16::MAX).map(FileId).zip(texts);
    let mut draft = DraftTimeline {
        logs: numbered.map(log).collect(),
        ..DraftTimeline::default()
    };
    give_logs_unique_ids(&mut draft.logs);
    give_lanes(&mut draft, texts);
    Some(draft.logs)
}

/// Logs from several folders may have the same name, and so the same id.
fn give_logs_unique_ids(logs: &mut [DraftLog]) {
    let mut taken = HashSet::new();
    for log in logs {
        let id = log.id.clone();
        let mut number = 1;
        while !taken.insert(log.id.clone()) {
            number += 1;
            log.id = format!("{id}-{number}");
        }
    }
}

/// If several files have events, an event without a lane gets a lane named after its file.
fn give_lanes(draft: &mut DraftTimeline, texts: &[SourceText]) {
    let written = draft.events.iter().map(|event| event.place.file);
    let mut files: Vec<FileId> = written
        .chain(draft.logs.iter().map(|log| log.file))
        .collect();
    files.sort_unstable();
    files.dedup();
    if files.len() < 2 {
        return;
    }
    let name = |file: FileId| {
        let text = texts.get(usize::from(file.0));
        text.map_or("", |text| log::file_name(text.name()))
            .to_owned()
    };
    for event in &mut draft.events {
        if event.lanes.is_empty() {
            event
                .lanes
                .push(Located::new(name(event.place.file).into(), event.place));
        }
    }
    for log in &mut draft.logs {
        log.lane = Some(name(log.file));
    }
}

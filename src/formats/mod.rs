//! In and out: the forms in which a timeline is read and written.

mod beginning;
pub mod copy;
pub mod export;
mod foreign;
mod guard;
pub mod handout;
pub mod html;
pub mod import;
mod incoming;
pub mod linear;
mod log;
mod lost;
pub mod markdown;
mod memory;
pub mod progress;
pub mod records;
mod source;
pub mod text;
pub mod toml;
mod unpack;
mod unseen;
mod utf16;
mod zones;

use std::collections::HashSet;
use std::io;
use std::ops::Range;

use crate::date::Zone;
use crate::diagnostic::{
    Diagnostic, FileId, NEAR, NO_EVENTS, NOT_A_TIME_ZONE, READING_STOPPED, SourceText,
    TIME_ZONE_UNKNOWN,
};
use crate::query;
use crate::timeline::draft::{At, Draft, DraftView, Words};
use crate::timeline::log::DraftLog;
use crate::timeline::{Timeline, build, check};
use foreign::{Content, Foreign};
use incoming::Opened;
use log::{Log, Stream};
use lost::Lost;
use progress::Progress;

pub use beginning::beginning;
pub use incoming::{Failure, Incoming, Source};
pub use unpack::Packing;

/// What a file of a timeline turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A log, and whether each of its rows says how it is marked.
    Log {
        /// Whether there is a `tlp` in each row.
        is_marked: bool,
    },
    /// A timeline that somebody wrote, and whether it says how it is marked.
    Timeline {
        /// Whether there is a `tlp` in its `[timeline]`.
        is_marked: bool,
    },
    /// A file of another program: nothing in it is shown.
    Foreign,
}

/// A timeline that was read from files.
pub struct Reading {
    /// What could be read.
    pub timeline: Timeline,
    /// What is wrong, in the order of the files.
    pub findings: Vec<Diagnostic>,
    /// What is left of the text of each file: its lines are numbered, and those are kept that findings quote.
    pub texts: Vec<SourceText>,
    /// What each file is.
    pub forms: Vec<Form>,
}

/// Reads the texts of one timeline and says everything that is wrong with them, in the order of the
/// texts. The number of a text in the slice is its [`FileId`].
///
/// What a text is shows in its first row: a log, or else TOML. The events of each file stand on a lane of their own
/// where several files have events, unless they name one.
pub fn read_and_check(texts: &[SourceText]) -> (Draft, Vec<Diagnostic>) {
    let drafted = drafted_texts(texts, None, &Progress::default());
    (drafted.draft, drafted.findings)
}

/// Reads the texts of one timeline and builds it. What is wrong includes what only shows once it is
/// built: views that cannot be used on it.
pub fn open(texts: &[SourceText]) -> (Timeline, Vec<Diagnostic>) {
    open_watched(texts, &Progress::default())
}

/// [`open`], while somebody watches how far it has come and may wish that it stop: what was read of each text until
/// then is the timeline, and findings say where the rest begins.
pub fn open_watched(texts: &[SourceText], progress: &Progress) -> (Timeline, Vec<Diagnostic>) {
    progress.expect(texts.iter().map(|text| text.len() as u64).sum());
    drafted_texts(texts, None, progress).build()
}

/// [`open`], with the zone of times that name none in texts that state none.
pub fn open_in(texts: &[SourceText], zone: Option<&Zone>) -> (Timeline, Vec<Diagnostic>) {
    drafted_texts(texts, zone, &Progress::default()).build()
}

/// Reads the files of one timeline and builds it, as [`open_watched`] does, and lets go of their texts on the way.
///
/// # Errors
/// A file that cannot be read to its end, is packed and broken, or too large.
pub fn open_files(files: Vec<Incoming<'_>>, progress: &Progress) -> Result<Reading, Failure> {
    let stated: Vec<Option<Zone>> = files.iter().map(|file| file.zone().cloned()).collect();
    let sizes = files.iter().filter_map(Incoming::size);
    progress.expect(sizes.sum());
    let mut texts = Vec::with_capacity(files.len());
    let mut opened = Vec::with_capacity(files.len());
    for file in files {
        let (text, content) = open_file(file, progress)?;
        texts.push(text);
        opened.push(content);
    }
    let inputs = opened.iter_mut().map(|file| match file {
        OpenedFile::Timeline => Input::Timeline,
        OpenedFile::Log(log, opened) => Input::Log(*log, opened.stream(progress)),
        OpenedFile::Foreign(foreign) => Input::Foreign(foreign.clone()),
    });
    let drafted = drafted(&texts, inputs.collect(), &stated, progress);
    let mut drafted = match drafted {
        Ok(drafted) => drafted,
        Err((at, error)) => {
            let OpenedFile::Log(_, opened) = opened.swap_remove(at) else {
                unreachable!("only a stream fails");
            };
            return Err(opened.failure(error));
        }
    };
    let forms = opened.iter().zip(0..).map(|(file, number)| match file {
        OpenedFile::Log(..) => Form::Log {
            is_marked: drafted.is_marked_log(FileId(number)),
        },
        OpenedFile::Timeline => Form::Timeline {
            is_marked: drafted.marked.contains(&FileId(number)),
        },
        OpenedFile::Foreign(_) => Form::Foreign,
    });
    let forms = forms.collect();
    let mut texts = drafted.quoted(texts);
    for (file, text) in drafted.left.drain(..) {
        texts[usize::from(file.0)] = text;
    }
    let (timeline, findings) = drafted.build();
    Ok(Reading {
        timeline,
        findings,
        texts,
        forms,
    })
}

/// A file whose first bytes are known, or all of them if it is a timeline.
enum OpenedFile<'r> {
    Timeline,
    Log(Log, Box<Opened<'r>>),
    Foreign(Box<Foreign>),
}

/// What a text is, and what is still to be read of it.
enum Input<'r> {
    Timeline,
    Log(Log, Stream<'r>),
    Foreign(Box<Foreign>),
}

/// Opens a file, and reads all of it if it is a timeline.
fn open_file<'r>(
    file: Incoming<'r>,
    progress: &Progress,
) -> Result<(SourceText, OpenedFile<'r>), Failure> {
    let size = file.size().unwrap_or(0);
    let opened = file.open()?;
    let no_text = SourceText::new(opened.name(), "");
    Ok(match opened.recognise() {
        Content::Log(log) => {
            let opened = opened.with_room(memory::Form::Log)?;
            (no_text, OpenedFile::Log(log, Box::new(opened)))
        }
        Content::Foreign(foreign) => {
            progress.advance(size);
            (no_text, OpenedFile::Foreign(foreign))
        }
        Content::Timeline => {
            let text = opened.with_room(memory::Form::Timeline)?.text()?;
            progress.expect((text.len() as u64).saturating_sub(size));
            match Content::of_rest(&text) {
                Content::Foreign(foreign) => {
                    progress.advance(text.len() as u64);
                    (no_text, OpenedFile::Foreign(foreign))
                }
                _ => (text, OpenedFile::Timeline),
            }
        }
    })
}

/// Whether reading was stopped before all was read. A wish to stop that comes later changes nothing.
pub fn is_part(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|it| *it.kind == READING_STOPPED)
}

/// What was read of the files of a timeline.
struct Drafted {
    draft: Draft,
    findings: Vec<Diagnostic>,
    /// The files that say how they are marked.
    marked: Vec<FileId>,
    /// What is left of the texts of logs and of files of other programs.
    left: Vec<(FileId, SourceText)>,
}

/// The texts of one timeline, some of which may be logs.
fn drafted_texts(texts: &[SourceText], zone: Option<&Zone>, progress: &Progress) -> Drafted {
    let streams = texts.iter().map(|text| {
        let stream = Stream {
            name: text.name(),
            bytes: progress.watched(text.text().as_bytes()),
            is_utf16: text.is_utf16(),
            damage: text.damage(),
            zone: zone.cloned(),
        };
        match Content::of_text(text) {
            Content::Timeline => Input::Timeline,
            Content::Log(log) => Input::Log(log, stream),
            Content::Foreign(foreign) => Input::Foreign(foreign),
        }
    });
    let streams = streams.collect();
    let stated = vec![zone.cloned(); texts.len()];
    drafted(texts, streams, &stated, progress).unwrap_or_else(|(file, error)| {
        unreachable!("text {file} is in memory, and not too large for it: {error}")
    })
}

/// Reads the files of one timeline: logs from their streams, where there is one, and all others from their texts.
///
/// # Errors
/// The number of a file whose stream failed.
fn drafted(
    texts: &[SourceText],
    inputs: Vec<Input<'_>>,
    stated: &[Option<Zone>],
    progress: &Progress,
) -> Result<Drafted, (usize, io::Error)> {
    let numbered = || (0..=u16::MAX).map(FileId).zip(texts);
    let is_timeline =
        |(file, _): &(FileId, &SourceText)| matches!(inputs[usize::from(file.0)], Input::Timeline);
    let reading = toml::read(numbered().filter(is_timeline), progress);
    let (mut draft, mut findings) = (reading.draft, reading.findings);
    draft.use_canonical_ids();
    draft.has_unread = findings.iter().any(Diagnostic::is_error);
    zones::state(&mut draft, &reading.zones, stated);
    let lost = Lost::new(texts, &findings, &reading.unread);
    let mut left = Vec::new();
    for ((file, _), input) in numbered().zip(inputs) {
        match input {
            Input::Timeline => {}
            Input::Log(log, stream) => {
                let read = log.read(stream, file, progress);
                let read = read.map_err(|error| (usize::from(file.0), error))?;
                draft.logs.push(read.log);
                findings.extend(read.findings);
                left.push((file, read.text));
            }
            Input::Foreign(foreign) => {
                findings.push(foreign.finding(file));
                left.push((file, foreign.into_text()));
            }
        }
    }
    tell_logs_apart(&mut draft.logs);
    give_lanes(&mut draft, texts);
    // What a part lacks may stand in the rest.
    if !is_part(&findings) {
        let is_broken = findings.iter().any(Diagnostic::is_error);
        let of_the_whole = check::check(&draft).into_iter();
        let of_the_whole = of_the_whole.filter(|it| !(is_broken && *it.kind == NO_EVENTS));
        // The zone of the file is misspelt, not missing: one finding is enough.
        let misspelt: Vec<FileId> = (findings.iter())
            .filter(|it| *it.kind == NOT_A_TIME_ZONE)
            .map(|it| it.place.file)
            .collect();
        let is_told =
            |it: &Diagnostic| *it.kind == TIME_ZONE_UNKNOWN && misspelt.contains(&it.place.file);
        let of_the_whole = of_the_whole.filter(|it| !is_told(it));
        findings.extend(of_the_whole.filter(|it| !lost.explains(it)));
    }
    findings.sort_by_key(|it| (it.place, it.kind.name));
    Ok(Drafted {
        draft,
        findings,
        marked: reading.marked,
        left,
    })
}

impl Drafted {
    fn is_marked_log(&self, file: FileId) -> bool {
        let logs = &self.draft.logs;
        logs.iter()
            .any(|log| log.file == file && log.widest().is_some())
    }

    fn build(self) -> (Timeline, Vec<Diagnostic>) {
        let mut findings = self.findings;
        let views = self.draft.views.clone();
        let timeline = build(self.draft);
        if !is_part(&findings) {
            findings.extend(query::views::check(&timeline, &views));
        }
        findings.sort_by_key(|it| (it.place, it.kind.name));
        (timeline, findings)
    }

    /// What is left of texts once nobody reads them any more: the lines of findings, and of views, of which something
    /// may be told only once the timeline is built.
    fn quoted(&self, texts: Vec<SourceText>) -> Vec<SourceText> {
        let mut stretches: Vec<Vec<Range<usize>>> = vec![Vec::new(); texts.len()];
        let mut keep = |file: FileId, stretch| stretches[usize::from(file.0)].push(stretch);
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
            for words in parts(view) {
                keep(words.place.file, words.place.range());
            }
        }
        let texts = texts.into_iter().zip(stretches);
        texts
            .map(|(text, stretches)| text.quoting(stretches))
            .collect()
    }
}

/// Whatever of a view something may be told of.
fn parts(view: &DraftView) -> impl Iterator<Item = &Words> {
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

/// Logs of one name in several folders have ids of their own.
fn tell_logs_apart(logs: &mut [DraftLog]) {
    let mut taken = HashSet::new();
    for log in logs {
        let wanted = log.id.clone();
        let mut number = 1;
        while !taken.insert(log.id.clone()) {
            number += 1;
            log.id = format!("{wanted}-{number}");
        }
    }
}

/// Where several files have events, those that name no lane stand on that of their file.
fn give_lanes(draft: &mut Draft, texts: &[SourceText]) {
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
                .push(At::new(name(event.place.file).into(), event.place));
        }
    }
    for log in &mut draft.logs {
        log.lane = Some(name(log.file));
    }
}

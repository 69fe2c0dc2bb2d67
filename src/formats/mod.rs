//! In and out: the forms in which a timeline is read and written.

mod address;
mod beginning;
pub mod copy;
pub mod export;
pub mod handout;
pub mod html;
pub mod import;
pub mod linear;
mod log;
mod lost;
pub mod markdown;
pub mod progress;
pub mod records;
pub mod text;
pub mod toml;
mod unpack;

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, FileId, NO_EVENTS, SourceText};
use crate::query;
use crate::timeline::draft::{At, Draft};
use crate::timeline::log::DraftLog;
use crate::timeline::{Timeline, build, check};
use log::Log;
use lost::Lost;
use progress::Progress;

pub use beginning::beginning;
pub use unpack::{Packing, unpacked};

/// Reads the texts of one timeline and says everything that is wrong with them, in the order of the
/// texts. The number of a text in the slice is its [`FileId`].
/// What a text is shows in its first row: a log, or else TOML. The events of each file stand on a lane of their own
/// where several files have events, unless they name one.
pub fn read_and_check(texts: &[SourceText]) -> (Draft, Vec<Diagnostic>) {
    read_watched(texts, &Progress::default())
}

fn read_watched(texts: &[SourceText], progress: &Progress) -> (Draft, Vec<Diagnostic>) {
    let numbered = || (0..=u16::MAX).map(FileId).zip(texts);
    let forms: Vec<Option<Log>> = texts.iter().map(Log::recognise).collect();
    let is_toml = |(file, _): &(FileId, &SourceText)| forms[usize::from(file.0)].is_none();
    let reading = toml::read(numbered().filter(is_toml), progress);
    let (mut draft, mut findings) = (reading.draft, reading.findings);
    let lost = Lost::new(texts, &findings, &reading.unread);
    for ((file, source), form) in numbered().zip(&forms) {
        if let Some(form) = form {
            let read = form.read(source, file, progress);
            draft.logs.extend(read.log);
            findings.extend(read.findings);
        }
    }
    tell_logs_apart(&mut draft.logs);
    give_lanes(&mut draft, texts);
    if progress.is_stopped() {
        // What a part lacks may stand in the rest.
        findings.sort_by_key(|it| (it.place, it.kind.name));
        return (draft, findings);
    }
    let is_broken = findings.iter().any(Diagnostic::is_error);
    let of_the_whole = check::check(&draft).into_iter();
    let of_the_whole = of_the_whole.filter(|it| !(is_broken && *it.kind == NO_EVENTS));
    findings.extend(of_the_whole.filter(|it| !lost.explains(it)));
    findings.sort_by_key(|it| (it.place, it.kind.name));
    (draft, findings)
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
                .push(At::new(name(event.place.file), event.place));
        }
    }
    for log in &mut draft.logs {
        log.lane = Some(name(log.file));
    }
}

/// Whether a text is a log, and not a timeline that somebody wrote.
pub fn is_log(text: &SourceText) -> bool {
    Log::recognise(text).is_some()
}

/// Whether a text says how it is marked.
pub fn has_marking(text: &SourceText) -> bool {
    if is_log(text) {
        return false;
    }
    let reading = toml::read([(FileId(0), text)].into_iter(), &Progress::default());
    reading.draft.head.tlp.is_some()
}

/// Reads the texts of one timeline and builds it. What is wrong includes what only shows once it is
/// built: views that cannot be used on it.
pub fn open(texts: &[SourceText]) -> (Timeline, Vec<Diagnostic>) {
    open_watched(texts, &Progress::default())
}

/// [`open`], while somebody watches how far it has come and may wish that it stop: what was read of each text until
/// then is the timeline, and findings say where the rest begins.
pub fn open_watched(texts: &[SourceText], progress: &Progress) -> (Timeline, Vec<Diagnostic>) {
    progress.expect(texts.iter().map(|text| text.text().len() as u64).sum());
    let (draft, mut findings) = read_watched(texts, progress);
    let views = draft.views.clone();
    let timeline = build(draft);
    if !progress.is_stopped() {
        findings.extend(query::views::check(&timeline, &views));
    }
    findings.sort_by_key(|it| (it.place, it.kind.name));
    (timeline, findings)
}

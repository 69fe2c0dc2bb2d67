//! The formats that dateline reads, as a table: opening, `import`, `--max-tlp`, help and the guide use its rows.
//!
//! A new format is a file in this folder and a row here.

pub(super) mod format_reader;
pub(super) mod recognise;
pub(super) mod refused;

pub use format_reader::FormatReader;

use std::io::{self, Cursor, Read};

use self::format_reader::{FileDraft, FormatDecoder, TextDecoder};
use super::attack_flow;
use super::head::HEAD_BYTES;
use super::log::{
    self, GivenMapping, JournalReader, LogFormat, LogNotation, LogStream, TableOptions,
    begins_journal,
};
use super::marks;
use super::misp;
use super::progress::Progress;
use super::stix;
use super::toml::{self, TomlReading};
use super::workbook::WorkbookForm;
use crate::diagnostic::{FileId, SourceText};
use crate::timeline::draft::DraftTimeline;

/// Every format. The first that recognises a file reads it.
pub static READERS: &[FormatReader] = &[
    FormatReader {
        name: "json",
        summary: "a timeline as JSON, as `dateline export --to json` writes it",
        carries: "everything",
        loses: "",
        marking_hint: "write `tlp` below `timeline`, such as `\"tlp\": \"CLEAR\"`: it marks everything without a \
                       marking of its own",
        memory_per_ten_bytes: 40,
        by_head: |head, _| {
            toml::json::begins(head.text()).then_some(FormatDecoder::Text(read_json))
        },
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "mapping",
        summary: "TOML with `[columns]` or `[[stamps]]`, for `--map`; `dateline check` reports its mistakes",
        carries: "nothing: it says what the columns of a table are",
        loses: "",
        marking_hint: "it has no events: give it with `--map`",
        is_importable: false,
        has_events: false,
        by_head: |head, _| is_mapping(head.text()).then_some(FormatDecoder::Text(read_mapping)),
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "marks file",
        summary: "TOML with `[[marks]]`, next to a file: stars, tags and notes; `dateline check` reports its mistakes",
        carries: "nothing: it is about the events of other files",
        loses: "",
        marking_hint: "it has no events: give it with `--marks`",
        is_importable: false,
        has_events: false,
        by_head: |head, _| is_marks(head.text()).then_some(FormatDecoder::Text(read_marks)),
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "stix",
        summary: "a bundle of STIX 2.0, 2.1 or 2.2, such as the campaigns of ATT&CK",
        carries: "campaigns, incidents, events, sightings and observed data as events, with parties, techniques, sources, \
                  claims and markings",
        loses: "other objects, such as indicators and malware; they are counted",
        marking_hint: "the report of a bundle, or each of its objects, has a marking: make a timeline of it with `dateline \
                       import`, and write `tlp` below `[timeline]`",
        memory_per_ten_bytes: 15,
        by_head: |head, options| {
            let is_bundle = !options.has_mapping() && stix::reader::begins(head.text());
            is_bundle.then_some(FormatDecoder::Text(stix::reader::read))
        },
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "attack-flow",
        summary: "a project of the Attack Flow Builder (`.afb`)",
        carries: "actions as events in their order, with techniques, times, actors and confidence",
        loses: "assets, tools, malware and other blocks; they are counted",
        marking_hint: "a flow has no marking as a whole: make a timeline of it with `dateline import`, and write `tlp` \
                       below `[timeline]`",
        memory_per_ten_bytes: 15,
        by_head: |head, options| {
            let is_flow = !options.has_mapping() && attack_flow::begins(head.text());
            is_flow.then_some(FormatDecoder::Text(attack_flow::read))
        },
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "misp",
        summary: "events of MISP as JSON: an export, or the answer of its API",
        carries: "objects `event`, and whatever was seen at some time, as events; what else is said of the whole, as an \
                  event on its date; reports, parties, references, notes, opinions, galaxies and markings",
        loses: "attributes and objects that were seen at no time, which are counted; the scenes of an event that dateline \
                wrote",
        marking_hint: "give the event of MISP a tag such as `tlp:clear`: it marks everything without a tag of its own",
        memory_per_ten_bytes: 27,
        by_head: |head, options| {
            let is_event = !options.has_mapping() && misp::begins(head.text());
            is_event.then_some(FormatDecoder::Text(misp::read))
        },
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "log",
        summary: "a table with a header, as CSV with commas, semicolons, tabs or bars, or as JSON objects: Timesketch, \
                  plaso, Hayabusa, the presets of `dateline help tables`, the records that dateline exports, and any \
                  other table whose columns say when and what",
        carries: "each row as an event: message, stamp, tags, techniques and marking; everything else under the log's own \
                  names",
        loses: "rows with neither a readable message nor a readable time",
        marking_hint: "a log has no marking as a whole: make a timeline of it with `dateline import`, and write `tlp` \
                       below `[timeline]`",
        is_read_by_row: true,
        memory_per_ten_bytes: 11,
        by_bytes: |head| begins_journal(head).then(decode_journal),
        by_head: |head, options| {
            let is_log = !is_timeline(head.text());
            let format = is_log.then(|| LogFormat::recognise(head, options));
            format.flatten().map(decode_log)
        },
        is_cut: |head, options| !is_timeline(head) && LogFormat::is_open(head, options),
        preview: whole_rows,
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "workbook",
        summary: "spreadsheets as XLSX, XLSM, XLS or ODS, with the columns of a log in any of their sheets, or as dateline writes \
                  them",
        carries: "each row as an event, as of a log; a date is as precise as its cell shows it; of a workbook that dateline \
                  wrote, claims, links, entities, sources and questions too",
        loses: "sheets without a timeline, charts, pictures, comments and looks",
        marking_hint: "a workbook has no marking as a whole: make a timeline of it with `dateline import`, and write \
                       `tlp` below `[timeline]`",
        // Measured of workbooks whose parts are not packed, for a lower bound. Packed ones take 230 to 670.
        memory_per_ten_bytes: 30,
        by_bytes: |head| WorkbookForm::of(head).map(decode_workbook),
        ..FormatReader::BLANK
    },
    FormatReader {
        name: "timeline",
        summary: "TOML, with a table `[[events]]` for each event",
        carries: "everything",
        loses: "comments, and the order of keys",
        marking_hint: "write `tlp` below `[timeline]`, such as `tlp = \"CLEAR\"`: it marks everything without a marking \
                       of its own",
        is_importable: false,
        memory_per_ten_bytes: 40,
        by_head: |head, _| toml::has_heading(head.text()).then_some(FormatDecoder::Text(read_toml)),
        by_text: |text| toml::is_likely(text.text()).then_some(read_toml as TextDecoder),
        alone: Some(read_toml_alone),
        preview: whole_events,
        ..FormatReader::BLANK
    },
];

impl FormatReader {
    pub fn find(name: &str) -> Option<&'static Self> {
        READERS.iter().find(|reader| reader.name == name)
    }
}

/// Whether a text is a timeline by its first members or its first line: it is not asked whether it is a table, which costs more.
fn is_timeline(head: &str) -> bool {
    toml::json::begins(head)
        || toml::begins_with_heading(head)
        || stix::reader::begins(head)
        || attack_flow::begins(head)
        || misp::begins(head)
}

fn is_mapping(head: &str) -> bool {
    log::has_mapping_heading(head) && !toml::has_heading(head)
}

/// Only the findings of a mapping: it is used with `--map`.
fn read_mapping(text: &SourceText, file: FileId, _: &Progress) -> FileDraft {
    let (_, mut findings) = GivenMapping::read(text);
    for finding in &mut findings {
        finding.place.file = file;
    }
    FileDraft {
        findings,
        ..FileDraft::default()
    }
}

fn is_marks(head: &str) -> bool {
    marks::has_heading(head) && !toml::has_heading(head)
}

/// Only the findings of a marks file: it is used with the files that it is about.
fn read_marks(text: &SourceText, file: FileId, _: &Progress) -> FileDraft {
    let (_, findings) = marks::read(text, file);
    FileDraft {
        findings,
        ..FileDraft::default()
    }
}

fn decode_log(log: LogFormat) -> FormatDecoder {
    FormatDecoder::Stream(Box::new(move |stream, file, progress| {
        read_log(&log, stream, file, progress)
    }))
}

fn read_log(
    log: &LogFormat,
    stream: LogStream<'_>,
    file: FileId,
    progress: &Progress,
) -> io::Result<FileDraft> {
    let reading = log.read(stream, file, progress)?;
    Ok(FileDraft {
        is_marked: reading.log.widest().is_some(),
        draft: DraftTimeline {
            logs: vec![reading.log],
            ..DraftTimeline::default()
        },
        findings: reading.findings,
        text: Some(reading.text),
        ..FileDraft::default()
    })
}

/// Reads a journal as the JSON that it could be.
fn decode_journal() -> FormatDecoder {
    FormatDecoder::Stream(Box::new(|mut stream, file, progress| {
        let mut journal = JournalReader::new(stream.bytes);
        let mut head = Vec::new();
        journal
            .by_ref()
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut head)?;
        let text = SourceText::from_bytes(stream.name, head.clone());
        let format = LogFormat::recognise(&text, &stream.options)
            .or_else(|| LogFormat::recognise(&text, &TableOptions::default()));
        stream.bytes = Box::new(Cursor::new(head).chain(journal));
        stream.texts = stream.texts.of_made_text();
        match format {
            Some(format) => read_log(&format, stream, file, progress),
            None => Ok(FileDraft::default()),
        }
    }))
}

fn decode_workbook(form: WorkbookForm) -> FormatDecoder {
    FormatDecoder::Stream(Box::new(move |stream, file, progress| {
        form.read(stream, file, progress)
    }))
}

fn read_json(text: &SourceText, file: FileId, progress: &Progress) -> FileDraft {
    drafted(toml::json::read(text, file, progress), file)
}

fn read_toml(text: &SourceText, file: FileId, progress: &Progress) -> FileDraft {
    drafted(toml::read([(file, text)].into_iter(), progress), file)
}

fn read_toml_alone(text: &SourceText, file: FileId, progress: &Progress) -> FileDraft {
    let (reading, rows) = toml::read_alone(text, file, progress);
    FileDraft {
        rows,
        ..drafted(reading, file)
    }
}

fn drafted(reading: TomlReading, file: FileId) -> FileDraft {
    FileDraft {
        is_marked: reading.marked.contains(&file),
        zone: reading.zones.into_iter().map(|(_, zone)| zone).next(),
        draft: reading.draft,
        findings: reading.findings,
        unread: reading.unread,
        ..FileDraft::default()
    }
}

/// The text itself, which ends with a whole line. `None` for objects over several lines: the last would break off.
fn whole_rows(text: &SourceText, options: &TableOptions, _: &mut dyn Read) -> Option<SourceText> {
    let format = LogFormat::recognise(text, options)?;
    (format.notation != LogNotation::Objects).then(|| text.clone())
}

/// The text before its last event, which may break off. `None` if the rest may have the marking of the whole: nothing is shown
/// without its marking.
fn whole_events(text: &SourceText, _: &TableOptions, rest: &mut dyn Read) -> Option<SourceText> {
    let end = toml::last_event(text.text())?;
    let events = SourceText::new(text.name(), text.slice(0..end));
    let reading = toml::read([(FileId(0), &events)].into_iter(), &Progress::default());
    if reading.has_head() {
        return Some(events);
    }
    let last = text.slice(end..text.len());
    let is_marked = toml::may_mark_all(&mut last.as_bytes().chain(rest));
    (!is_marked.ok()?).then_some(events)
}

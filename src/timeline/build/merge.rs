//! Adds rows of logs as events.

use std::ops::Range;

use super::super::column::{TermId, Vocabulary};
use super::super::data::Timeline;
use super::super::draft::{DraftEvent, LocatedText};
use super::super::event_columns::EventColumns;
use super::super::facts::{FactColumn, FactId, SINGLE_FACTS};
use super::super::log::{DraftLog, LogRows, UNTITLED};
use super::super::source::SourceId;
use super::super::term::Tlp;
use super::builder::TimelineBuilder;
use super::log_names::{LogNames, leave_lines_their_keys};
use super::log_part::{LogPart, number};
use crate::diagnostic::FileId;

/// Declares the lanes of logs, in the order in which rows name them.
pub(super) fn declare_lanes(logs: &[DraftLog], lanes: &mut Vocabulary) {
    for log in logs {
        for (part, own) in log.parts.iter().flat_map(LogRows::lanes_by_row) {
            let words = own.iter().map(|&lane| part.words.word(lane));
            let of_log = log.lane.as_deref().filter(|_| own.is_empty());
            words.chain(of_log).for_each(|lane| {
                lanes.intern(lane);
            });
        }
    }
}

/// All logs, while their rows are added.
pub(super) struct MergedLogs {
    logs: Vec<MergedLog>,
    named: LogNames,
    /// Whether a part of a log has all rows of the timeline: its columns are then taken as they are.
    is_all: bool,
}

struct MergedLog {
    file: FileId,
    /// Its number in the key column.
    name: u16,
    source: SourceId,
    /// The lane of rows that name none; `None` if each names one, or the log is the only file.
    lane: Option<TermId>,
    parts: Vec<LogPart>,
    /// The number of its first row among those that stay in files; `None` if its texts are in memory.
    first_row: Option<u32>,
    /// Whether only the log declares its source.
    is_declared_here: bool,
    /// The widest marking of its rows.
    widest: Option<Tlp>,
}

impl MergedLogs {
    /// Declares the source of each log that has no declared one, and reserves memory for all events.
    pub fn new(
        mut logs: Vec<DraftLog>,
        events: &[DraftEvent],
        builder: &mut TimelineBuilder,
    ) -> Self {
        let parts = logs.iter().flat_map(|log| &log.parts);
        let is_all = events.is_empty() && parts.count() == 1;
        if !is_all {
            reserve(events, &logs, &mut builder.timeline.events);
        }
        leave_lines_their_keys(&mut logs);
        let logs = logs.into_iter().map(|log| {
            let widest = log.widest();
            let paged = &mut builder.timeline.events.paged;
            let first_row = log.pages.map(|pages| paged.add_log(pages));
            let mut first = 0;
            let parts = log.parts.into_iter().map(|rows| {
                let part = LogPart::new(rows, first);
                first += number(part.left);
                part
            });
            let parts = parts.collect();
            let source = builder.source(&log.id);
            let declared = &mut builder.timeline.sources[source.0 as usize];
            let is_declared_here = declared.title == declared.key;
            declared.declared = true;
            if is_declared_here {
                declared.title = log.title;
                declared.note = Some(log.form.into_owned());
            }
            MergedLog {
                source,
                file: log.file,
                name: builder.timeline.events.keys.log(&log.id),
                lane: log
                    .lane
                    .and_then(|lane| builder.timeline.vocabularies.lanes.find(&lane)),
                parts,
                first_row,
                is_declared_here,
                widest,
            }
        });
        let logs: Vec<MergedLog> = logs.collect();
        let named = if logs.is_empty() {
            LogNames::none()
        } else {
            LogNames::new(&builder.timeline)
        };
        Self {
            logs,
            named,
            is_all,
        }
    }

    /// Adds rows of one chunk as events.
    pub fn add(
        &mut self,
        log: usize,
        part: usize,
        rows: Range<usize>,
        builder: &mut TimelineBuilder,
    ) {
        let log = &mut self.logs[log];
        let part = &mut log.parts[part];
        let count = rows.len();
        let is_all = self.is_all && count == part.rows.len();
        let event = builder.next_row();
        if part.left == part.rows.len() {
            part.add_paged_names(builder);
        }
        part.name(log.name, rows.clone(), builder);
        part.add_singles(rows.clone(), is_all, builder);
        part.add_lists(rows.clone(), is_all, builder);
        part.add_attributes(rows.clone(), is_all, builder);
        part.add_lanes(log.lane, rows.clone(), builder);
        part.add_entities(rows.clone(), &mut self.named, builder);
        part.add_sources(log.source, rows.clone(), &mut self.named, builder);
        let columns = &mut *builder.timeline.events;
        part.add_texts(rows.clone(), is_all, columns);
        part.add_markings(rows.clone(), columns);
        part.add_prints(rows.clone(), event.0, columns);
        if let Some(first) = log.first_row {
            let row = first + part.first + number(rows.start);
            columns.paged.add(event, row, number(count));
            columns.places.extend_blank(log.file, count);
        } else {
            columns.places.extend(log.file, &part.rows.bytes[rows]);
        }
        add_nothing(count, columns);
        part.left -= count;
        if part.left == 0 {
            *part = LogPart::new(LogRows::default(), 0);
        }
    }

    /// Marks what only logs name. An item says no more than the rows that name it, so it gets the widest marking of
    /// those rows.
    pub fn mark(self, timeline: &mut Timeline) {
        let of_logs = self.logs.iter().filter(|log| log.is_declared_here);
        for log in of_logs {
            timeline.sources[log.source.0 as usize].tlp = log.widest;
        }
        self.named.mark(timeline);
    }
}

/// Reserves capacity for all events: growing step by step would copy the columns repeatedly and leave them too large.
fn reserve(events: &[DraftEvent], logs: &[DraftLog], columns: &mut EventColumns) {
    let length = |words: Option<&LocatedText>| words.map_or(0, |words| words.value.len());
    let (mut titles, mut summaries, mut dates) = (0, 0, 0);
    for event in events {
        titles += length(event.title.as_ref()).max(UNTITLED.len());
        summaries += length(event.summary.as_ref());
        let date = event.when.as_ref();
        dates += date.map_or(0, |date| date.value.written().len());
    }
    let parts = || logs.iter().flat_map(|log| &log.parts);
    let sum = |of: fn(&LogRows) -> usize| parts().map(of).sum::<usize>();
    let rows = sum(LogRows::len) + events.len();
    titles += sum(|part| part.titles.arena().len());
    dates += sum(|part| part.when.bytes());
    columns.titles.reserve(rows, titles);
    for (slot, fact) in SINGLE_FACTS.iter().enumerate() {
        if let FactColumn::Text(texts) = fact.row().column {
            let written = if *fact == FactId::SUMMARY {
                summaries
            } else {
                0
            };
            let of_logs: usize = parts().map(|part| part.bytes_of(slot)).sum();
            (texts.get_mut)(columns).reserve(rows, written + of_logs);
        }
    }
    columns.when.reserve(rows, dates);
    columns
        .attributes
        .reserve(sum(|part| part.attributes.total()));
    let resident = logs.iter().filter(|log| log.pages.is_none());
    let resident: usize = resident.map(DraftLog::len).sum();
    columns.places.reserve(resident + events.len());
}

/// Adds empty values for what rows of logs cannot have.
fn add_nothing(rows: usize, columns: &mut EventColumns) {
    columns.claims.push_alike(&[], rows);
}

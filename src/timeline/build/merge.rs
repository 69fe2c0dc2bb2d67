//! Rows of logs among the events that people wrote.

use super::super::TermId;
use super::super::assessment::Assessments;
use super::super::contest::AspectSet;
use super::super::draft::DraftEvent;
use super::super::event::EventId;
use super::super::log::{DraftLog, LogRows};
use super::super::source::SourceId;
use super::{Builder, UNTITLED, place_in_time};
use crate::date::EventDate;
use crate::diagnostic::{FileId, Place};

/// Where an event of the timeline comes from.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// The next event that somebody wrote.
    Written,
    /// A row of a log.
    Logged(LogRow),
}

/// A row of a log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LogRow {
    log: u16,
    part: u16,
    row: u32,
}

/// The events in order. Those that were written are in order already.
///
/// Events of one time stand in the order of their files, and in a file from top to bottom.
pub(super) fn order(events: &[DraftEvent], logs: &[DraftLog]) -> Vec<Origin> {
    let mut rows = in_order(logs).into_iter().peekable();
    let total = events.len() + rows.len();
    let mut order = Vec::with_capacity(total);
    for event in events {
        let when = place_in_time(event.when.as_ref().map(|when| &when.value));
        let comes_first = |at: &LogRow| {
            let file = logs[usize::from(at.log)].file;
            (place_in_time(when_of(logs, *at)), file) < (when, event.place.file)
        };
        while let Some(at) = rows.next_if(comes_first) {
            order.push(Origin::Logged(at));
        }
        order.push(Origin::Written);
    }
    order.extend(rows.map(Origin::Logged));
    order
}

/// Every row of the logs, in order of time. Most logs are in order already, so that sorting is but one look at each.
fn in_order(logs: &[DraftLog]) -> Vec<LogRow> {
    let mut rows = Vec::with_capacity(logs.iter().map(DraftLog::len).sum());
    for (log, of_log) in (0u16..).zip(logs) {
        for (part, of_part) in (0u16..).zip(&of_log.parts) {
            let len = u32::try_from(of_part.len()).expect("a file has fewer than 2^32 rows");
            rows.extend((0..len).map(|row| LogRow { log, part, row }));
        }
    }
    let key = |at: &LogRow| place_in_time(when_of(logs, *at));
    rows.sort_by_key(key);
    rows
}

fn when_of(logs: &[DraftLog], at: LogRow) -> Option<&EventDate> {
    let part = &logs[usize::from(at.log)].parts[usize::from(at.part)];
    part.when[at.row as usize].as_ref()
}

/// The rows of all logs, on their way into the timeline.
pub(super) struct Rows {
    logs: Vec<Log>,
}

struct Log {
    file: FileId,
    id: String,
    source: SourceId,
    lane: Option<TermId>,
    parts: Vec<Part>,
}

/// A stretch of a log, and the numbers that its words have in the timeline.
struct Part {
    rows: LogRows,
    /// How many of its rows have yet to be added: with the last, all of it is let go of.
    left: usize,
    phases: Vec<Option<TermId>>,
    tags: Vec<Option<TermId>>,
    techniques: Vec<Option<TermId>>,
    names: Vec<Option<TermId>>,
}

impl Rows {
    /// Declares the source of each log, unless an author has.
    pub fn new(logs: Vec<DraftLog>, builder: &mut Builder) -> Self {
        let logs = logs.into_iter().map(|log| {
            let source = builder.source(&log.id);
            let declared = &mut builder.timeline.sources[source.0 as usize];
            if declared.title == declared.key {
                declared.title = log.title;
                declared.note = Some(log.form.to_owned());
            }
            Log {
                source,
                file: log.file,
                lane: log.lane.map(|lane| builder.timeline.lanes.intern(&lane)),
                parts: log.parts.into_iter().map(Part::new).collect(),
                id: log.id,
            }
        });
        Self {
            logs: logs.collect(),
        }
    }

    /// Adds one row as an event.
    pub fn add(&mut self, at: LogRow, id: EventId, builder: &mut Builder) {
        let log = &mut self.logs[usize::from(at.log)];
        let part = &mut log.parts[usize::from(at.part)];
        let row = at.row as usize;
        let (start, end) = part.rows.bytes[row];
        name(&log.id, part.rows.lines[row], id, builder);
        part.add_terms(row, builder);
        part.add_texts(row, builder);
        let columns = &mut builder.timeline.events;
        columns.lanes.push(log.lane);
        columns.sources.push([log.source]);
        columns.listed.push([log.source]);
        let place = Place::new(log.file, start as usize..end as usize);
        columns.places.push(place);
        part.left -= 1;
        if part.left == 0 {
            part.rows = LogRows::default();
        }
    }
}

impl Part {
    fn new(rows: LogRows) -> Self {
        let none = vec![None; rows.words.len()];
        Self {
            left: rows.len(),
            rows,
            phases: none.clone(),
            tags: none.clone(),
            techniques: none.clone(),
            names: none,
        }
    }

    fn add_terms(&mut self, row: usize, builder: &mut Builder) {
        let timeline = &mut builder.timeline;
        let words = &self.rows.words;
        let phase = self.rows.phases[row].map(|word| {
            let known = &mut self.phases[word.0 as usize];
            *known.get_or_insert_with(|| timeline.phases.intern(words.word(word)))
        });
        timeline.events.phases.push(phase);
        let tags = self.rows.tags.get(row).iter().map(|word| {
            let known = &mut self.tags[word.0 as usize];
            *known.get_or_insert_with(|| timeline.tags.intern(words.word(*word)))
        });
        timeline.events.tags.push(tags);
        let techniques = self.rows.techniques.get(row).iter().map(|word| {
            let known = &mut self.techniques[word.0 as usize];
            *known.get_or_insert_with(|| timeline.techniques.intern(words.word(*word)))
        });
        timeline.events.techniques.push(techniques);
        for (name, value) in self.rows.attributes.get(row) {
            let known = &mut self.names[name.0 as usize];
            let name =
                known.get_or_insert_with(|| timeline.attribute_names.intern(words.word(name)));
            timeline.events.attributes.add(*name, value);
        }
        timeline.events.attributes.end_row();
    }

    fn add_texts(&mut self, row: usize, builder: &mut Builder) {
        let columns = &mut builder.timeline.events;
        let title = self.rows.titles.get(row);
        let title = if title.is_empty() { UNTITLED } else { title };
        columns.titles.push(title);
        columns.summaries.push(self.rows.summaries.get(row));
        let when = self.rows.when[row].take();
        columns.bounds.push(when.as_ref());
        columns.when.push(when);
        columns.discovered.push(None);
        columns.disclosed.push(None);
        columns.attributed.push(None);
        columns.actors.push([]);
        columns.targets.push([]);
        columns.claims.push([]);
        columns.contested.push(AspectSet::default());
        columns.assessed.push(Assessments::default());
        columns.tlp.push(None);
    }
}

/// An event of a log is called by its line. Only an event that somebody wrote can have that name already.
fn name(log: &str, line: u32, row: EventId, builder: &mut Builder) {
    let wanted = format!("{log}-{line}");
    let columns = &mut builder.timeline.events;
    if builder.keys.find(&wanted).is_none() {
        columns.keys.push(&wanted);
        return;
    }
    let key = builder.keys.give(&wanted, row);
    columns.keys.push(&key);
    columns.wanted_keys.insert(row, wanted);
}

//! Rows of logs among the events that people wrote.

use std::ops::Range;

use super::super::TermId;
use super::super::assessment::Assessments;
use super::super::contest::AspectSet;
use super::super::dates::place_in_time;
use super::super::draft::{DraftEvent, Words};
use super::super::event::{EventColumns, EventId};
use super::super::keys::Wish;
use super::super::log::{DraftLog, LogRows, UNTITLED};
use super::super::source::SourceId;
use super::Builder;
use crate::date::Instant;
use crate::diagnostic::FileId;

/// Where some events of the timeline, one behind the other, come from.
pub(super) enum Run {
    /// The next event that somebody wrote.
    Written,
    /// Rows of a log, as they stand there.
    Logged {
        log: usize,
        part: usize,
        rows: Range<usize>,
    },
}

/// A row of a log.
#[derive(Clone, Copy, PartialEq, Eq)]
struct LogRow {
    log: u16,
    part: u16,
    row: u32,
}

/// The events in order. Those that were written are in order already.
///
/// Events of one time stand in the order of their files, and in a file from top to bottom.
pub(super) fn order(events: &[DraftEvent], logs: &[DraftLog]) -> Vec<Run> {
    let mut rows = in_order(logs).into_iter().peekable();
    let mut order = Vec::new();
    for event in events {
        let when = event.when.as_ref().map(|when| when.value.bounds());
        let when = place_in_time(when);
        let comes_first = |at: &LogRow| {
            let file = logs[usize::from(at.log)].file;
            (place_of(logs, *at), file) < (when, event.place.file)
        };
        while let Some(at) = rows.next_if(comes_first) {
            lengthen(&mut order, at);
        }
        order.push(Run::Written);
    }
    rows.for_each(|at| lengthen(&mut order, at));
    order
}

/// Adds a row to the last stretch, or begins another with it.
fn lengthen(order: &mut Vec<Run>, at: LogRow) {
    let (new_log, new_part, row) = (usize::from(at.log), usize::from(at.part), at.row as usize);
    if let Some(Run::Logged { log, part, rows }) = order.last_mut()
        && (*log, *part, rows.end) == (new_log, new_part, row)
    {
        rows.end += 1;
        return;
    }
    order.push(Run::Logged {
        log: new_log,
        part: new_part,
        rows: row..row + 1,
    });
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
    rows.sort_by_key(|at: &LogRow| place_of(logs, *at));
    rows
}

fn place_of(logs: &[DraftLog], at: LogRow) -> (bool, [Instant; 4]) {
    let part = &logs[usize::from(at.log)].parts[usize::from(at.part)];
    part.when.bounds().place_in_time(at.row as usize)
}

/// The rows of all logs, on their way into the timeline.
pub(super) struct Rows {
    logs: Vec<Log>,
}

struct Log {
    file: FileId,
    /// Its number among those that call events by their lines.
    name: u16,
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
    attributes: Vec<Option<u32>>,
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
                name: builder.timeline.events.keys.log(&log.id),
                lane: log.lane.map(|lane| builder.timeline.lanes.intern(&lane)),
                parts: log.parts.into_iter().map(Part::new).collect(),
            }
        });
        Self {
            logs: logs.collect(),
        }
    }

    /// Adds some rows of one part as events.
    pub fn add(&mut self, log: usize, part: usize, rows: Range<usize>, builder: &mut Builder) {
        let log = &mut self.logs[log];
        let part = &mut log.parts[part];
        let count = rows.len();
        part.name(log.name, rows.clone(), builder);
        part.add_terms(rows.clone(), builder);
        let columns = &mut builder.timeline.events;
        part.add_texts(rows.clone(), columns);
        columns.lanes.push_alike(log.lane.as_slice(), count);
        columns.sources.push_alike(&[log.source], count);
        columns.listed.push_alike(&[log.source], count);
        columns.places.extend(log.file, &part.rows.bytes[rows]);
        add_nothing(count, columns);
        part.left -= count;
        if part.left == 0 {
            *part = Part::new(LogRows::default());
        }
    }
}

/// Makes room for all events: what grows bit by bit is copied again and again, and ends up too large.
pub(super) fn reserve(events: &[DraftEvent], logs: &[DraftLog], columns: &mut EventColumns) {
    let length = |words: Option<&Words>| words.map_or(0, |words| words.value.len());
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
    summaries += sum(|part| part.summaries.arena().len());
    dates += sum(|part| part.when.bytes());
    columns.titles.reserve(rows, titles);
    columns.summaries.reserve(rows, summaries);
    columns.when.reserve(rows, dates);
    columns
        .attributes
        .reserve(rows, sum(|part| part.attributes.total()));
    columns.places.reserve(rows);
}

/// What no row of a log has.
fn add_nothing(rows: usize, columns: &mut EventColumns) {
    columns.actors.push_alike(&[], rows);
    columns.targets.push_alike(&[], rows);
    columns.claims.push_alike(&[], rows);
    columns.contested.push_alike(AspectSet::default(), rows);
    columns.assessed.push_alike(Assessments::default(), rows);
    columns.tlp.push_alike(None, rows);
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
            attributes: Vec::new(),
        }
    }

    /// Calls rows by their lines. A carriage return ends a row too, and no line: a row that is not the first of its
    /// line has its number there as well.
    fn name(&self, log: u16, rows: Range<usize>, builder: &mut Builder) {
        let Builder { timeline, keys, .. } = builder;
        let EventColumns {
            keys: column,
            wanted_keys,
            ..
        } = &mut timeline.events;
        let lines = &self.rows.lines;
        let mut from = rows.start;
        for row in rows.clone() {
            let number = number_in_line(lines, row);
            if number == 1 {
                continue;
            }
            wanted_keys.extend(keys.extend_lines(log, &lines[from..row], column));
            let wish = Wish::made(format!("{}-{number}", column.called(log, lines[row])));
            let id = EventId(u32::try_from(column.len()).expect("32 bits number all events"));
            if !keys.give(&wish, column) {
                wanted_keys.insert(id, wish);
            }
            from = row + 1;
        }
        wanted_keys.extend(keys.extend_lines(log, &lines[from..rows.end], column));
    }

    fn add_terms(&mut self, rows: Range<usize>, builder: &mut Builder) {
        let timeline = &mut builder.timeline;
        let words = &self.rows.words;
        let columns = &mut timeline.events;
        columns
            .phases
            .extend_with(&self.rows.phases, rows.clone(), |phase| {
                let word = phase?;
                let known = &mut self.phases[word.0 as usize];
                Some(*known.get_or_insert_with(|| timeline.phases.intern(words.word(word))))
            });
        columns
            .tags
            .extend_with(&self.rows.tags, rows.clone(), |word| {
                let known = &mut self.tags[word.0 as usize];
                *known.get_or_insert_with(|| timeline.tags.intern(words.word(word)))
            });
        columns
            .techniques
            .extend_with(&self.rows.techniques, rows.clone(), |word| {
                let known = &mut self.techniques[word.0 as usize];
                *known.get_or_insert_with(|| timeline.techniques.intern(words.word(word)))
            });
        let attributes = &self.rows.attributes;
        columns
            .attributes
            .extend(attributes, rows, &mut self.attributes, |name| {
                let known = &mut self.names[name.0 as usize];
                *known.get_or_insert_with(|| timeline.attribute_names.intern(words.word(name)))
            });
    }

    fn add_texts(&self, rows: Range<usize>, columns: &mut EventColumns) {
        columns.titles.extend(&self.rows.titles, rows.clone());
        columns.summaries.extend(&self.rows.summaries, rows.clone());
        columns.when.extend(&self.rows.when, rows);
    }
}

/// Which of the rows of its line a row is, from 1.
fn number_in_line(lines: &[u32], row: usize) -> usize {
    let line = lines[row];
    let before = row.checked_sub(1).and_then(|before| lines.get(before));
    if before != Some(&line) {
        return 1;
    }
    row - lines.partition_point(|&other| other < line) + 1
}

//! Adds rows of logs as events.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::column::{ListColumn, TermId, Vocabulary, unique};
use super::super::data::Timeline;
use super::super::draft::{DraftEvent, LocatedText};
use super::super::entity::EntityId;
use super::super::event_columns::EventColumns;
use super::super::facts::{EventVocabularies, FactColumn, FactId, LIST_FACTS, SINGLE_FACTS};
use super::super::keys::RequestedKey;
use super::super::link::EventId;
use super::super::log::{DraftLog, LogRows, SingleColumn, UNTITLED};
use super::super::source::SourceId;
use super::super::term::Tlp;
use super::builder::TimelineBuilder;
use super::log_names::{LogNames, leave_lines_their_keys};
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

/// A chunk of a log, with the numbers that its words have in the timeline.
struct LogPart {
    rows: LogRows,
    /// The number of its first row in the log.
    first: u32,
    /// How many rows are still to be added: after the last, the chunk is freed.
    left: usize,
    /// By slot in `SINGLE_FACTS`.
    singles: [Vec<Option<TermId>>; SINGLE_FACTS.len()],
    /// By slot in `LIST_FACTS`.
    lists: [Vec<Option<TermId>>; LIST_FACTS.len()],
    entities: Vec<Option<EntityId>>,
    sources: Vec<Option<SourceId>>,
    names: Vec<Option<TermId>>,
    attributes: Vec<Option<u32>>,
}

impl MergedLogs {
    /// Declares the source of each log that has no declared one.
    pub fn new(mut logs: Vec<DraftLog>, builder: &mut TimelineBuilder) -> Self {
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
        let logs = logs.collect();
        Self {
            logs,
            named: LogNames::new(&builder.timeline),
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
        let event = builder.next_row();
        if part.left == part.rows.len() {
            part.add_paged_names(builder);
        }
        part.name(log.name, rows.clone(), builder);
        part.add_singles(rows.clone(), builder);
        part.add_lists(rows.clone(), builder);
        part.add_attributes(rows.clone(), builder);
        part.add_lanes(log.lane, rows.clone(), builder);
        part.add_entities(rows.clone(), &mut self.named, builder);
        part.add_sources(log.source, rows.clone(), &mut self.named, builder);
        let columns = &mut *builder.timeline.events;
        part.add_texts(rows.clone(), columns);
        if part.rows.tlp.is_empty() {
            columns.tlp.push_alike(None, count);
        } else {
            let own = &part.rows.tlp;
            columns.tlp.extend_with(own, rows.clone(), |tlp| tlp);
        }
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
pub(super) fn reserve(events: &[DraftEvent], logs: &[DraftLog], columns: &mut EventColumns) {
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
        .reserve(rows, sum(|part| part.attributes.total()));
    let resident = logs.iter().filter(|log| log.pages.is_none());
    let resident: usize = resident.map(DraftLog::len).sum();
    columns.places.reserve(resident + events.len());
}

/// Whether no row has a word in this list.
fn names_nothing(list: &ListColumn<TermId>) -> bool {
    list.alike().is_some_and(<[TermId]>::is_empty)
}

/// Adds empty values for what rows of logs cannot have.
fn add_nothing(rows: usize, columns: &mut EventColumns) {
    columns.claims.push_alike(&[], rows);
}

impl LogPart {
    fn new(rows: LogRows, first: u32) -> Self {
        let none = vec![None; rows.words.len()];
        // Only words that get new numbers in the timeline need a slot each.
        let numbers = |fact: FactId| match fact.row().column {
            FactColumn::Word(..) | FactColumn::Words(..) => none.clone(),
            FactColumn::Text(_)
            | FactColumn::When
            | FactColumn::Date(..)
            | FactColumn::Parties(_)
            | FactColumn::After
            | FactColumn::Before
            | FactColumn::Sources
            | FactColumn::Marking => Vec::new(),
        };
        Self {
            left: rows.len(),
            first,
            rows,
            singles: SINGLE_FACTS.map(numbers),
            lists: LIST_FACTS.map(numbers),
            entities: vec![None; none.len()],
            sources: vec![None; none.len()],
            names: none,
            attributes: Vec::new(),
        }
    }

    /// Names rows by their lines, unless they have a key. A lone carriage return ends a row but not a line, so later
    /// rows of one line get a number as well.
    fn name(&self, log: u16, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let TimelineBuilder { timeline, keys, .. } = builder;
        let EventColumns {
            keys: column,
            wanted_keys,
            ..
        } = &mut *timeline.events;
        let lines = &self.rows.lines;
        let mut from = rows.start;
        for row in rows.clone() {
            let wanted = match (self.rows.key(row), number_in_line(lines, row)) {
                (Some(key), _) => key.to_owned(),
                (None, 1) => continue,
                (None, number) => format!("{}-{number}", column.called(log, lines[row])),
            };
            wanted_keys.extend(keys.extend_lines(log, &lines[from..row], column));
            let request = RequestedKey::made(wanted);
            let id = EventId(u32::try_from(column.len()).expect("32 bits number all events"));
            if !keys.give(&request, column) {
                wanted_keys.insert(id, request);
            }
            from = row + 1;
        }
        wanted_keys.extend(keys.extend_lines(log, &lines[from..rows.end], column));
    }

    /// Adds the facts with one value.
    fn add_singles(&mut self, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let first = builder.next_row().0;
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut builder.timeline;
        let (events, vocabularies) = (&mut **events, &mut **vocabularies);
        let words = &self.rows.words;
        let all = SINGLE_FACTS.iter().zip(&self.rows.singles.0);
        for ((fact, own), numbers) in all.zip(&mut self.singles) {
            match (own, fact.row().column) {
                (SingleColumn::Texts(own), FactColumn::Text(texts)) => {
                    (texts.get_mut)(events).extend(own, rows.clone());
                }
                (SingleColumn::Words(own), FactColumn::Word(column, vocabulary)) => {
                    let vocabulary = (vocabulary.get_mut)(vocabularies);
                    (column.get_mut)(events).extend_with(own, rows.clone(), |word| {
                        let word = word?;
                        let known = &mut numbers[word.0 as usize];
                        Some(*known.get_or_insert_with(|| vocabulary.intern(words.word(word))))
                    });
                }
                (SingleColumn::Dates(own), FactColumn::Date(_, dates)) => {
                    let dates = (dates.get_mut)(events);
                    for (row, date) in own.within(rows_of(&rows)) {
                        dates.push(row - rows_of(&rows).start + first, date.clone());
                    }
                }
                _ => {}
            }
        }
        let unread = self.rows.day_unread.iter().copied();
        let unread = unread.filter(|row| rows_of(&rows).contains(row));
        let unread = unread.map(|row| EventId(row - rows_of(&rows).start + first));
        events.day_unread.extend(unread);
    }

    /// Adds the facts with a list of words, except lanes, which a log has too.
    fn add_lists(&mut self, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut builder.timeline;
        let (events, vocabularies) = (&mut **events, &mut **vocabularies);
        let words = &self.rows.words;
        let all = LIST_FACTS.iter().zip(&self.rows.lists);
        for ((fact, own), numbers) in all.zip(&mut self.lists) {
            if let FactColumn::Words(column, vocabulary) = fact.row().column
                && *fact != FactId::LANES
            {
                let vocabulary = (vocabulary.get_mut)(vocabularies);
                (column.get_mut)(events).extend_with(own, rows.clone(), |word| {
                    let known = &mut numbers[word.0 as usize];
                    *known.get_or_insert_with(|| vocabulary.intern(words.word(word)))
                });
            }
        }
    }

    /// Attributes that stay in the file have only their names in memory.
    fn add_paged_names(&mut self, builder: &mut TimelineBuilder) {
        let kept = self.rows.attributes.kept();
        let few: BTreeSet<TermId> = kept.map(|(name, _)| name).collect();
        let timeline = &mut builder.timeline;
        for &name in &self.rows.paged_names {
            let known = &mut self.names[name.0 as usize];
            let word = self.rows.words.word(name);
            let known = *known.get_or_insert_with(|| timeline.attribute_names.intern(word));
            if !few.contains(&name) {
                timeline.events.paged.many_mut().insert(known);
            }
        }
    }

    fn add_prints(&self, rows: Range<usize>, first: u32, columns: &mut EventColumns) {
        let rows = rows_of(&rows);
        let prints = self
            .rows
            .prints
            .iter()
            .filter(|(row, _)| rows.contains(row));
        for (row, print) in prints {
            columns.prints.push(row - rows.start + first, *print);
        }
    }

    fn add_attributes(&mut self, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let timeline = &mut builder.timeline;
        let words = &self.rows.words;
        let attributes = &self.rows.attributes;
        (timeline.events.attributes).extend(attributes, rows, &mut self.attributes, |name| {
            let known = &mut self.names[name.0 as usize];
            *known.get_or_insert_with(|| timeline.attribute_names.intern(words.word(name)))
        });
    }

    /// Rows without a lane are on the lane of their log.
    fn add_lanes(
        &mut self,
        of_log: Option<TermId>,
        rows: Range<usize>,
        builder: &mut TimelineBuilder,
    ) {
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut builder.timeline;
        let (events, EventVocabularies { lanes, .. }) = (&mut **events, &mut **vocabularies);
        let words = &self.rows.words;
        let own_lanes = self.rows.list(FactId::LANES);
        let numbers = &mut self.lists[FactId::LANES.slot()];
        if names_nothing(own_lanes) {
            events.lanes.push_alike(of_log.as_slice(), rows.len());
            return;
        }
        for row in rows {
            let own = own_lanes.get(row);
            let or_of_log = of_log.filter(|_| own.is_empty());
            let own = own.iter().map(|&word| {
                let known = &mut numbers[word.0 as usize];
                *known.get_or_insert_with(|| lanes.intern(words.word(word)))
            });
            events.lanes.push(own.chain(or_of_log));
        }
    }

    fn add_entities(
        &mut self,
        rows: Range<usize>,
        named: &mut LogNames,
        builder: &mut TimelineBuilder,
    ) {
        let words = &self.rows.words;
        let mut ids = |list: &ListColumn<TermId>, row: usize, builder: &mut TimelineBuilder| {
            let ids = list.get(row).iter().map(|&word| {
                let known = &mut self.entities[word.0 as usize];
                *known.get_or_insert_with(|| named.entity(words.word(word), builder))
            });
            let ids = unique(ids);
            named.mark_entities(&ids, self.rows.tlp.get(row).flatten());
            ids
        };
        let parties = (LIST_FACTS.iter()).filter_map(|fact| match fact.row().column {
            FactColumn::Parties(part) => Some((part, self.rows.list(*fact))),
            _ => None,
        });
        let (silent, naming): (Vec<_>, Vec<_>) =
            parties.partition(|(_, names)| names_nothing(names));
        for (part, _) in silent {
            let column = builder.timeline.events.parties_mut(part);
            column.expect("it is a part").push_alike(&[], rows.len());
        }
        for row in rows.take(if naming.is_empty() { 0 } else { usize::MAX }) {
            for (part, names) in &naming {
                let ids = ids(names, row, builder);
                let column = builder.timeline.events.parties_mut(*part);
                column.expect("it is a part").push(ids);
            }
        }
    }

    /// Adds the sources: the log itself, and the documents that a row names.
    fn add_sources(
        &mut self,
        log: SourceId,
        rows: Range<usize>,
        named: &mut LogNames,
        builder: &mut TimelineBuilder,
    ) {
        let words = &self.rows.words;
        let own_sources = self.rows.list(FactId::SOURCES);
        if names_nothing(own_sources) {
            let columns = &mut *builder.timeline.events;
            columns.sources.push_alike(&[log], rows.len());
            columns.listed.push_alike(&[log], rows.len());
            return;
        }
        for row in rows {
            let ids = own_sources.get(row).iter().map(|&word| {
                let known = &mut self.sources[word.0 as usize];
                *known.get_or_insert_with(|| named.source(words.word(word), builder))
            });
            let ids = unique(std::iter::once(log).chain(ids));
            named.mark_sources(&ids, self.rows.tlp.get(row).flatten());
            let columns = &mut *builder.timeline.events;
            columns.sources.push(ids.iter().copied());
            columns.listed.push(ids);
        }
    }

    fn add_texts(&self, rows: Range<usize>, columns: &mut EventColumns) {
        columns.titles.extend(&self.rows.titles, rows.clone());
        columns.when.extend(&self.rows.when, rows);
    }
}

/// Row numbers in the type that columns use.
fn rows_of(rows: &Range<usize>) -> Range<u32> {
    number(rows.start)..number(rows.end)
}

fn number(row: usize) -> u32 {
    u32::try_from(row).expect("a file has fewer than 2^32 rows")
}

/// The position of a row among the rows of its line, from 1.
fn number_in_line(lines: &[u32], row: usize) -> usize {
    let line = lines[row];
    let before = row.checked_sub(1).and_then(|before| lines.get(before));
    if before != Some(&line) {
        return 1;
    }
    row - lines.partition_point(|&other| other < line) + 1
}

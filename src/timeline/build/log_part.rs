//! Adds the rows of one chunk of a log as events.

use std::collections::BTreeSet;
use std::mem;
use std::ops::Range;

use super::super::column::{ListColumn, TermId, unique};
use super::super::data::Timeline;
use super::super::entity::EntityId;
use super::super::event_columns::EventColumns;
use super::super::facts::{EventVocabularies, FactColumn, FactId, LIST_FACTS, SINGLE_FACTS};
use super::super::keys::RequestedKey;
use super::super::link::EventId;
use super::super::log::{LogRows, SingleColumn};
use super::super::source::SourceId;
use super::builder::TimelineBuilder;
use super::log_names::LogNames;

/// A chunk of a log, with the numbers that its words have in the timeline.
pub(super) struct LogPart {
    pub rows: LogRows,
    /// The number of its first row in the log.
    pub first: u32,
    /// How many rows are still to be added: after the last, the chunk is freed.
    pub left: usize,
    /// By slot in `SINGLE_FACTS`.
    singles: [Vec<Option<TermId>>; SINGLE_FACTS.len()],
    /// By slot in `LIST_FACTS`.
    lists: [Vec<Option<TermId>>; LIST_FACTS.len()],
    entities: Vec<Option<EntityId>>,
    sources: Vec<Option<SourceId>>,
    names: Vec<Option<TermId>>,
    attributes: Vec<Option<u32>>,
}

/// Whether no row has a word in this list.
fn names_nothing(list: &ListColumn<TermId>) -> bool {
    list.alike().is_some_and(<[TermId]>::is_empty)
}

impl LogPart {
    pub fn new(rows: LogRows, first: u32) -> Self {
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
    pub fn name(&self, log: u16, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let TimelineBuilder { timeline, keys, .. } = builder;
        let EventColumns {
            keys: column,
            wanted_keys,
            ..
        } = &mut *timeline.events;
        let lines = &self.rows.lines;
        let mut before = rows.start.checked_sub(1).and_then(|row| lines.get(row));
        let mut from = rows.start;
        for (row, line) in rows.clone().zip(lines.iter(rows.clone())) {
            let is_first = before.replace(line) != Some(line);
            let wanted = match self.rows.key(row) {
                Some(key) => key.to_owned(),
                None if is_first => continue,
                None => {
                    let number = row - lines.first_on(line) + 1;
                    format!("{}-{number}", column.called(log, line))
                }
            };
            wanted_keys.extend(keys.extend_lines(log, (lines, from..row), column));
            let request = RequestedKey::made(wanted);
            let id = EventId(u32::try_from(column.len()).expect("32 bits number all events"));
            if !keys.give(&request, column) {
                wanted_keys.insert(id, request);
            }
            from = row + 1;
        }
        wanted_keys.extend(keys.extend_lines(log, (lines, from..rows.end), column));
    }

    /// Adds the facts with one value.
    pub fn add_singles(&mut self, rows: Range<usize>, is_all: bool, builder: &mut TimelineBuilder) {
        let first = builder.next_row().0;
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut builder.timeline;
        let (events, vocabularies) = (&mut **events, &mut **vocabularies);
        let words = &self.rows.words;
        let all = SINGLE_FACTS.iter().zip(&mut self.rows.singles.0);
        for ((fact, own), numbers) in all.zip(&mut self.singles) {
            match (own, fact.row().column) {
                (SingleColumn::Texts(own), FactColumn::Text(texts)) if is_all => {
                    *(texts.get_mut)(events) = mem::take(own);
                }
                (SingleColumn::Texts(own), FactColumn::Text(texts)) => {
                    (texts.get_mut)(events).extend(own, rows.clone());
                }
                (SingleColumn::Words(own), FactColumn::Word(column, vocabulary)) => {
                    let vocabulary = (vocabulary.get_mut)(vocabularies);
                    let column = (column.get_mut)(events);
                    let mut number = |word: Option<TermId>| {
                        let word = word?;
                        let known = &mut numbers[word.0 as usize];
                        Some(*known.get_or_insert_with(|| vocabulary.intern(words.word(word))))
                    };
                    if is_all {
                        column.append_with(mem::take(own), &mut number);
                    } else {
                        column.extend_with(own, rows.clone(), &mut number);
                    }
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
    pub fn add_lists(&mut self, rows: Range<usize>, is_all: bool, builder: &mut TimelineBuilder) {
        let Timeline {
            events,
            vocabularies,
            ..
        } = &mut builder.timeline;
        let (events, vocabularies) = (&mut **events, &mut **vocabularies);
        let words = &self.rows.words;
        let all = LIST_FACTS.iter().zip(&mut self.rows.lists);
        for ((fact, own), numbers) in all.zip(&mut self.lists) {
            if let FactColumn::Words(column, vocabulary) = fact.row().column
                && *fact != FactId::LANES
            {
                let vocabulary = (vocabulary.get_mut)(vocabularies);
                let column = (column.get_mut)(events);
                let mut number = |word: TermId| {
                    let known = &mut numbers[word.0 as usize];
                    *known.get_or_insert_with(|| vocabulary.intern(words.word(word)))
                };
                // A list that all rows lack has no rows.
                if is_all && own.len() == rows.len() {
                    column.append_with(mem::take(own), &mut number);
                } else {
                    column.extend_with(own, rows.clone(), &mut number);
                }
            }
        }
    }

    /// Attributes that stay in the file have only their names in memory.
    pub fn add_paged_names(&mut self, builder: &mut TimelineBuilder) {
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

    pub fn add_prints(&self, rows: Range<usize>, first: u32, columns: &mut EventColumns) {
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

    pub fn add_markings(&self, rows: Range<usize>, columns: &mut EventColumns) {
        let own = &self.rows.tlp;
        if own.is_empty() {
            columns.tlp.push_alike(None, rows.len());
        } else {
            columns.tlp.extend_with(own, rows, |tlp| tlp);
        }
    }

    pub fn add_attributes(
        &mut self,
        rows: Range<usize>,
        is_all: bool,
        builder: &mut TimelineBuilder,
    ) {
        let Timeline {
            events,
            attribute_names,
            ..
        } = &mut builder.timeline;
        let words = &self.rows.words;
        let attributes = &mut self.rows.attributes;
        let mut number = |name: TermId| {
            let known = &mut self.names[name.0 as usize];
            *known.get_or_insert_with(|| attribute_names.intern(words.word(name)))
        };
        if is_all {
            (events.attributes).append_with(mem::take(attributes), &mut number);
        } else {
            (events.attributes).extend(attributes, rows, &mut self.attributes, &mut number);
        }
    }

    /// Rows without a lane are on the lane of their log.
    pub fn add_lanes(
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

    pub fn add_entities(
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
    pub fn add_sources(
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

    pub fn add_texts(&mut self, rows: Range<usize>, is_all: bool, columns: &mut EventColumns) {
        if is_all {
            columns.titles = mem::take(&mut self.rows.titles);
            columns.when = mem::take(&mut self.rows.when);
        } else {
            columns.titles.extend(&self.rows.titles, rows.clone());
            columns.when.extend(&self.rows.when, rows);
        }
    }
}

/// Row numbers in the type that columns use.
fn rows_of(rows: &Range<usize>) -> Range<u32> {
    number(rows.start)..number(rows.end)
}

pub(super) fn number(row: usize) -> u32 {
    u32::try_from(row).expect("a file has fewer than 2^32 rows")
}

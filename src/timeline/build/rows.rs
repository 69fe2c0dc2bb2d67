//! Builds a timeline from written events that are in columns already.

use std::ops::Range;

use super::super::assessment::assess;
use super::super::column::{ListColumn, TermId};
use super::super::data::Timeline;
use super::super::draft::DraftTimeline;
use super::super::entity::EntityId;
use super::super::facts::EventVocabularies;
use super::super::keys::{NAMELESS, RequestedKey, slug};
use super::super::link::EventId;
use super::super::term::AspectSet;
use super::super::written_rows::{PARTIES, WrittenRows};
use super::builder::TimelineBuilder;
use super::{begin, finish};
use crate::diagnostic::FileId;

/// Builds the timeline of a file whose events are all in columns. The draft has everything else of it. It is the timeline
/// that [`super::build()`] makes of the same events as drafts.
pub fn build_rows(draft: &DraftTimeline, file: FileId, rows: Vec<WrittenRows>) -> Timeline {
    let mut builder = begin(draft);
    builder.reserve_rows(&rows);
    for lane in rows.iter().flat_map(WrittenRows::lanes_in_order) {
        builder.timeline.vocabularies.lanes.intern(lane);
    }
    let order = runs(&rows);
    let mut parts: Vec<RowsPart> = rows.into_iter().map(RowsPart::new).collect();
    for (part, rows) in order {
        parts[part].add(file, rows, &mut builder);
    }
    builder.add_links(&[]);
    finish(builder, draft)
}

impl WrittenRows {
    /// The lanes that its events name.
    fn lanes_in_order(&self) -> impl Iterator<Item = &str> {
        let alike = self.lanes.alike();
        let each = (self.lanes.iter()).take(if alike.is_some() { 0 } else { self.len() });
        let lists = alike.into_iter().chain(each);
        lists.flatten().map(|&lane| self.words.word(lane))
    }
}

/// The order of all events, as runs of one part. Events of one time keep the order of the file.
fn runs(parts: &[WrittenRows]) -> Vec<(usize, Range<usize>)> {
    let rows = |part: usize| (0..parts[part].len()).map(move |row| (part, row));
    let mut order: Vec<(usize, usize)> = (0..parts.len()).flat_map(rows).collect();
    let place = |&(part, row): &(usize, usize)| parts[part].when.bounds().place_in_time(row);
    // A program writes events in order; then nothing is moved.
    if !order.is_sorted_by_key(place) {
        order.sort_by_cached_key(place);
    }
    let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
    for (part, row) in order {
        match runs.last_mut() {
            Some((last, rows)) if (*last, rows.end) == (part, row) => rows.end += 1,
            _ => runs.push((part, row..row + 1)),
        }
    }
    runs
}

impl TimelineBuilder {
    /// Reserves capacity for all events.
    fn reserve_rows(&mut self, parts: &[WrittenRows]) {
        let sum = |of: fn(&WrittenRows) -> usize| parts.iter().map(of).sum::<usize>();
        let rows = sum(WrittenRows::len);
        let columns = &mut *self.timeline.events;
        columns
            .titles
            .reserve(rows, sum(|part| part.titles.arena().len()));
        columns
            .summaries
            .reserve(rows, sum(|part| part.summaries.arena().len()));
        columns.when.reserve(rows, sum(|part| part.when.bytes()));
        columns.places.reserve(rows);
    }
}

/// Events in columns, with the numbers that their words have in the timeline.
struct RowsPart {
    rows: WrittenRows,
    /// How many events are still to be added: after the last, the columns are freed.
    left: usize,
    phases: Vec<Option<TermId>>,
    lanes: Vec<Option<TermId>>,
    techniques: Vec<Option<TermId>>,
    tags: Vec<Option<TermId>>,
    entities: Vec<Option<EntityId>>,
}

impl RowsPart {
    fn new(rows: WrittenRows) -> Self {
        let none = vec![None; rows.words.len()];
        Self {
            left: rows.len(),
            phases: none.clone(),
            lanes: none.clone(),
            techniques: none.clone(),
            tags: none,
            entities: vec![None; rows.words.len()],
            rows,
        }
    }

    /// Adds some events.
    fn add(&mut self, file: FileId, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let count = rows.len();
        self.name(rows.clone(), builder);
        self.add_terms(rows.clone(), &mut builder.timeline);
        self.add_parties(rows.clone(), builder);
        let columns = &mut *builder.timeline.events;
        columns.titles.extend(&self.rows.titles, rows.clone());
        columns.summaries.extend(&self.rows.summaries, rows.clone());
        columns.when.extend(&self.rows.when, rows.clone());
        columns.sources.push_alike(&[], count);
        columns.listed.push_alike(&[], count);
        columns.claims.push_alike(&[], count);
        columns.tlp.push_alike(None, count);
        columns.places.extend(file, &self.rows.bytes[rows]);
        self.left -= count;
        if self.left == 0 {
            *self = Self::new(WrittenRows::default());
        }
    }

    /// Gives each event a key from its title, and the assessment of an event without claims.
    fn name(&self, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let no_claims = assess(&[], AspectSet::default());
        for row in rows {
            let id = EventId(
                u32::try_from(builder.timeline.events.keys.len())
                    .expect("a timeline has fewer than 2^32 events"),
            );
            let columns = &mut *builder.timeline.events;
            let request = RequestedKey::made(slug(self.rows.titles.get(row), NAMELESS));
            if !builder.keys.give(&request, &mut columns.keys) {
                columns.wanted_keys.insert(id, request);
            }
            columns.assessed.push(id.0, no_claims);
        }
    }

    fn add_terms(&mut self, rows: Range<usize>, timeline: &mut Timeline) {
        let EventVocabularies {
            phases,
            lanes,
            techniques,
            tags,
        } = &mut *timeline.vocabularies;
        let (events, words) = (&mut *timeline.events, &self.rows.words);
        events
            .phases
            .extend_with(&self.rows.phases, rows.clone(), |word| {
                let word = word?;
                let known = &mut self.phases[word.0 as usize];
                Some(*known.get_or_insert_with(|| phases.intern(words.word(word))))
            });
        let lists = [
            (&mut events.lanes, &self.rows.lanes, &mut self.lanes, lanes),
            (
                &mut events.techniques,
                &self.rows.techniques,
                &mut self.techniques,
                techniques,
            ),
            (&mut events.tags, &self.rows.tags, &mut self.tags, tags),
        ];
        for (column, own, numbers, vocabulary) in lists {
            column.extend_with(own, rows.clone(), |word| {
                let known = &mut numbers[word.0 as usize];
                *known.get_or_insert_with(|| vocabulary.intern(words.word(word)))
            });
        }
    }

    /// Adds the parties, event by event: an entity that is only named has the number of its first mention.
    fn add_parties(&mut self, rows: Range<usize>, builder: &mut TimelineBuilder) {
        let is_empty = |names: &ListColumn<TermId>| names.alike().is_some_and(<[_]>::is_empty);
        let named = PARTIES.into_iter().zip(&self.rows.parties);
        let (silent, naming): (Vec<_>, Vec<_>) = named.partition(|(_, names)| is_empty(names));
        for (part, _) in silent {
            let column = builder.timeline.events.parties_mut(part);
            column.expect("it is a part").push_alike(&[], rows.len());
        }
        for row in rows.take(if naming.is_empty() { 0 } else { usize::MAX }) {
            for (part, names) in &naming {
                let ids: Vec<EntityId> = (names.get(row).iter())
                    .map(|&word| {
                        let known = &mut self.entities[word.0 as usize];
                        *known.get_or_insert_with(|| builder.entity(self.rows.words.word(word)))
                    })
                    .collect();
                let column = builder.timeline.events.parties_mut(*part);
                column.expect("it is a part").push(ids);
            }
        }
    }
}

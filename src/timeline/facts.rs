//! The facts of an event, one row each: pages, sentences, records, imports, logs that are read back, filters,
//! redaction and the comparison of two readings all walk [`FACTS`].
//!
//! The id, the title, claims, links and the attributes of a log are not facts: each has a form of its own everywhere.

use std::borrow::Cow;

use super::Timeline;
use super::clock::Clock;
use super::column::{ListColumn, SparseColumn, TermId, TextColumn, ValueColumn, Vocabulary};
use super::entity::EntityId;
use super::event::{Event, EventColumns, EventId};
use super::source::SourceId;
use super::term::{Aspect, Tlp};
use crate::date::EventDate;

/// A fact that a file can state of an event: a row of [`FACTS`].
#[derive(Debug)]
pub struct Fact {
    /// Its word in `has:`.
    pub name: &'static str,
    /// Its key in a TOML file; none if it follows from claims and links.
    pub key: Option<&'static str>,
    /// Its column in records; none if records cannot carry it.
    pub record: Option<&'static str>,
    /// Its label on a page.
    pub label: &'static str,
    /// Its name at the beginning of a sentence: of one value, and of several.
    pub sentence: [&'static str; 2],
    /// What leads to its entities on one line: where they come first, and after others.
    pub leads: [&'static str; 2],
    /// What sort of fact it is.
    pub group: FactGroup,
    /// What becomes of it where a part of the timeline is withheld.
    pub(super) redaction: Redaction,
    /// Where its values are kept.
    pub(crate) column: FactColumn,
}

/// A sort of facts. Pages show the facts of one group together, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactGroup {
    /// Prose of some lines, which has a place of its own on a page.
    Prose,
    /// When it happened, and when that became known.
    Time,
    /// What was done, by whom, and to whom.
    Deed,
    /// How the author files it.
    Filing,
    /// The documents that carry it, which have a section of their own on a page.
    Sources,
    /// Who may see it.
    Handling,
}

/// What becomes of a fact where a part of the timeline is withheld. The rules are those of [`super::withhold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Redaction {
    /// It stays with its event.
    Kept,
    /// The author's own words: as of a day they go, since no one can say when they were written.
    OwnWords,
    /// It stays if it had been discovered.
    Discovery,
    /// Entities stay unless only withheld claims name them.
    Named,
    /// It is found anew from what is left.
    Recomputed,
}

/// A column of events, to read and to write.
#[derive(Debug)]
pub(crate) struct ColumnOf<T> {
    pub get: fn(&EventColumns) -> &T,
    pub get_mut: fn(&mut EventColumns) -> &mut T,
}

/// The vocabulary behind the numbers of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VocabularyOf {
    pub get: fn(&Timeline) -> &Vocabulary,
}

impl<T> Clone for ColumnOf<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ColumnOf<T> {}

/// Where the values of a fact are kept. A question to all events looks here once, and then runs down the column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FactColumn {
    /// A text.
    Text(ColumnOf<TextColumn>),
    /// When it happened.
    When,
    /// Another date.
    Date(Clock, ColumnOf<SparseColumn<EventDate>>),
    /// One word that recurs.
    Word(ColumnOf<ValueColumn<Option<TermId>>>, VocabularyOf),
    /// Words that recur.
    Words(ColumnOf<ListColumn<TermId>>, VocabularyOf),
    /// The entities that take a part.
    Parties(Aspect),
    /// The events that it came after, as far as the file says so.
    After,
    /// The events that came after it.
    Before,
    /// Documents.
    Sources,
    /// A marking.
    Marking,
}

impl FactColumn {
    /// Gives back what was reserved and not used.
    pub fn shrink(self, columns: &mut EventColumns) {
        match self {
            Self::Text(column) => (column.get_mut)(columns).shrink(),
            Self::When => columns.when.shrink(),
            Self::Date(_, column) => (column.get_mut)(columns).shrink(),
            Self::Word(column, _) => (column.get_mut)(columns).shrink(),
            Self::Words(column, _) => (column.get_mut)(columns).shrink(),
            Self::Parties(part) => {
                (columns.parties_mut(part).into_iter()).for_each(ListColumn::shrink)
            }
            Self::Sources => columns.sources.shrink(),
            Self::Marking => columns.tlp.shrink(),
        }
    }
}

/// The value of a fact.
#[derive(Clone, Debug)]
pub enum FactValue<'t> {
    /// A text; empty if there is none.
    Text(&'t str),
    /// A date, on its clock.
    Date(Clock, Option<Cow<'t, EventDate>>),
    /// One word that recurs.
    Word(Option<&'t str>),
    /// Words that recur, by their numbers.
    Words(&'t Vocabulary, &'t [TermId]),
    /// The entities that take a part.
    Parties(Aspect, &'t [EntityId]),
    /// Other events.
    Events(&'t [EventId]),
    /// Documents.
    Sources(&'t [SourceId]),
    /// A marking.
    Marking(Option<Tlp>),
}

impl FactValue<'_> {
    /// How many values it is.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => usize::from(!text.is_empty()),
            Self::Date(_, date) => usize::from(date.is_some()),
            Self::Word(word) => usize::from(word.is_some()),
            Self::Words(_, words) => words.len(),
            Self::Parties(_, entities) => entities.len(),
            Self::Events(events) => events.len(),
            Self::Sources(sources) => sources.len(),
            Self::Marking(tlp) => usize::from(tlp.is_some()),
        }
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The number of a row of [`FACTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(usize);

impl FactId {
    /// More of what happened.
    pub const SUMMARY: Self = Self::named("summary");
    /// When it happened.
    pub const WHEN: Self = Self::named("date");
    /// The phase.
    pub const PHASE: Self = Self::named("phase");
    /// The lanes.
    pub const LANES: Self = Self::named("lane");
    /// The ATT&CK techniques.
    pub const TECHNIQUES: Self = Self::named("techniques");
    /// The tags.
    pub const TAGS: Self = Self::named("tags");
    /// The documents.
    pub const SOURCES: Self = Self::named("sources");
    /// When the public was told.
    pub const DISCLOSED: Self = Self::named("disclosed");

    /// Every one, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..FACTS.len()).map(Self)
    }

    /// Its row.
    pub const fn row(self) -> &'static Fact {
        &FACTS[self.0]
    }

    /// Its number.
    pub const fn index(self) -> usize {
        self.0
    }

    /// The fact of a name. It is looked up when the program is compiled: a name without a row does not compile.
    const fn named(name: &str) -> Self {
        let mut at = 0;
        while !is_same(FACTS[at].name, name) {
            at += 1;
        }
        Self(at)
    }
}

/// Whether two texts are the same, in a constant.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

macro_rules! column {
    ($name:ident) => {
        ColumnOf {
            get: |columns| &columns.$name,
            get_mut: |columns| &mut columns.$name,
        }
    };
}

macro_rules! vocabulary {
    ($name:ident) => {
        VocabularyOf {
            get: |timeline| &timeline.$name,
        }
    };
}

/// A row with one name everywhere, which stays with its event.
const fn fact(name: &'static str, group: FactGroup, column: FactColumn) -> Fact {
    Fact {
        name,
        key: Some(name),
        record: Some(name),
        label: name,
        sentence: [name, name],
        leads: ["", ""],
        group,
        redaction: Redaction::Kept,
        column,
    }
}

impl Fact {
    const fn key(mut self, key: Option<&'static str>) -> Self {
        self.key = key;
        self
    }

    const fn record(mut self, record: Option<&'static str>) -> Self {
        self.record = record;
        self
    }

    const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self.sentence = [label, label];
        self
    }

    const fn sentence(mut self, one: &'static str, several: &'static str) -> Self {
        self.sentence = [one, several];
        self
    }

    const fn leads(mut self, first: &'static str, later: &'static str) -> Self {
        self.leads = [first, later];
        self
    }

    const fn redaction(mut self, redaction: Redaction) -> Self {
        self.redaction = redaction;
        self
    }

    /// The aspect of claims that are about it; none if no claim is.
    pub const fn aspect(&self) -> Option<Aspect> {
        match self.column {
            FactColumn::When => Some(Aspect::Date),
            FactColumn::Parties(part) => Some(part),
            FactColumn::Text(_)
            | FactColumn::Date(..)
            | FactColumn::Word(..)
            | FactColumn::Words(..)
            | FactColumn::After
            | FactColumn::Before
            | FactColumn::Sources
            | FactColumn::Marking => None,
        }
    }

    /// What is stated of an event.
    pub fn value<'t>(&self, event: Event<'t>) -> FactValue<'t> {
        let timeline = event.timeline();
        let (columns, row) = (timeline.columns(), event.row());
        match self.column {
            FactColumn::Text(column) => FactValue::Text((column.get)(columns).get(row)),
            FactColumn::When => FactValue::Date(Clock::Happened, event.when().map(Cow::Owned)),
            FactColumn::Date(clock, column) => {
                let date = (column.get)(columns).get(row);
                FactValue::Date(clock, date.map(Cow::Borrowed))
            }
            FactColumn::Word(column, words) => {
                let term = (column.get)(columns).get(row).flatten();
                FactValue::Word(term.map(|term| (words.get)(timeline).word(term)))
            }
            FactColumn::Words(column, words) => {
                FactValue::Words((words.get)(timeline), (column.get)(columns).get(row))
            }
            FactColumn::Parties(part) => FactValue::Parties(part, event.parties(part)),
            FactColumn::After => FactValue::Events(event.after()),
            FactColumn::Before => FactValue::Events(event.before()),
            FactColumn::Sources => FactValue::Sources(event.sources()),
            FactColumn::Marking => FactValue::Marking(event.tlp()),
        }
    }
}

/// Every fact of an event.
pub static FACTS: &[Fact] = &[
    fact(
        "summary",
        FactGroup::Prose,
        FactColumn::Text(column!(summaries)),
    )
    .redaction(Redaction::OwnWords),
    fact("date", FactGroup::Time, FactColumn::When)
        .key(Some("when"))
        .record(Some("when_edtf"))
        .label("when"),
    fact(
        "discovered",
        FactGroup::Time,
        FactColumn::Date(Clock::Discovered, column!(discovered)),
    )
    .redaction(Redaction::Discovery),
    fact(
        "disclosed",
        FactGroup::Time,
        FactColumn::Date(Clock::Disclosed, column!(disclosed)),
    ),
    fact(
        "attributed",
        FactGroup::Time,
        FactColumn::Date(Clock::Attributed, column!(attributed)),
    )
    .key(None)
    .record(None)
    .redaction(Redaction::Recomputed),
    fact("after", FactGroup::Time, FactColumn::After).redaction(Redaction::Recomputed),
    fact("before", FactGroup::Time, FactColumn::Before)
        .key(None)
        .record(None)
        .redaction(Redaction::Recomputed),
    fact(
        "phase",
        FactGroup::Deed,
        FactColumn::Word(column!(phases), vocabulary!(phases)),
    ),
    fact(
        "lane",
        FactGroup::Filing,
        FactColumn::Words(column!(lanes), vocabulary!(lanes)),
    )
    .sentence("lane", "lanes"),
    fact(
        "actors",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Actor),
    )
    .sentence("actor", "actors")
    .redaction(Redaction::Named),
    fact(
        "targets",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Target),
    )
    .sentence("target", "targets")
    .leads("→ ", " → ")
    .redaction(Redaction::Named),
    fact(
        "accused",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Accused),
    )
    .leads("accused: ", "; accused: ")
    .redaction(Redaction::Named),
    fact(
        "addressees",
        FactGroup::Deed,
        FactColumn::Parties(Aspect::Addressee),
    )
    .label("addressed to")
    .leads("to: ", "; to: ")
    .redaction(Redaction::Named),
    fact(
        "techniques",
        FactGroup::Deed,
        FactColumn::Words(column!(techniques), vocabulary!(techniques)),
    )
    .sentence("technique", "techniques")
    .redaction(Redaction::OwnWords),
    fact(
        "tags",
        FactGroup::Filing,
        FactColumn::Words(column!(tags), vocabulary!(tags)),
    )
    .record(Some("tag"))
    .sentence("tag", "tags")
    .redaction(Redaction::OwnWords),
    fact("sources", FactGroup::Sources, FactColumn::Sources)
        .sentence("source", "sources")
        .redaction(Redaction::Recomputed),
    fact("tlp", FactGroup::Handling, FactColumn::Marking).label("marking"),
];

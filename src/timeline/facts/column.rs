//! Where the values of facts are kept, and what a value is.

use std::borrow::Cow;

use super::super::column::{ListColumn, SparseColumn, TermId, TextColumn, ValueColumn, Vocabulary};
use super::super::entity::EntityId;
use super::super::event_columns::EventColumns;
use super::super::link::EventId;
use super::super::source::SourceId;
use super::super::term::{Aspect, Clock, Tlp};
use crate::date::EventDate;

/// A column of events, to read and to write.
#[derive(Debug)]
pub(crate) struct ColumnOf<T> {
    pub get: fn(&EventColumns) -> &T,
    pub get_mut: fn(&mut EventColumns) -> &mut T,
}

/// The words behind the numbers of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Vocabularies {
    pub phases: Vocabulary,
    pub lanes: Vocabulary,
    pub techniques: Vocabulary,
    pub tags: Vocabulary,
}

/// The vocabulary behind the numbers of a column, to read and to write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VocabularyOf {
    pub get: fn(&Vocabularies) -> &Vocabulary,
    pub get_mut: fn(&mut Vocabularies) -> &mut Vocabulary,
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
                (columns.parties_mut(part).into_iter()).for_each(ListColumn::shrink);
            }
            // Both are in one column.
            Self::After | Self::Before => columns.neighbours.shrink(),
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

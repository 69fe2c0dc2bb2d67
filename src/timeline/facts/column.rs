//! Where the values of facts are stored, and what a value is.

use std::borrow::Cow;

use super::super::column::{ListColumn, SparseColumn, TermId, TextColumn, ValueColumn, Vocabulary};
use super::super::entity::EntityId;
use super::super::event_columns::EventColumns;
use super::super::link::EventId;
use super::super::source::SourceId;
use super::super::term::{Aspect, Clock, Tlp};
use crate::date::EventDate;

/// A column of events, for reading and writing.
#[derive(Debug)]
pub(crate) struct ColumnOf<T> {
    pub get: fn(&EventColumns) -> &T,
    pub get_mut: fn(&mut EventColumns) -> &mut T,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventVocabularies {
    pub phases: Vocabulary,
    pub lanes: Vocabulary,
    pub techniques: Vocabulary,
    pub tags: Vocabulary,
}

/// A vocabulary of events, for reading and writing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VocabularyOf {
    pub get: fn(&EventVocabularies) -> &Vocabulary,
    pub get_mut: fn(&mut EventVocabularies) -> &mut Vocabulary,
}

impl<T> Clone for ColumnOf<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ColumnOf<T> {}

/// Where the values of a fact are stored. A question about all events looks here once, then runs down the column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FactColumn {
    /// A text.
    Text(ColumnOf<TextColumn>),
    /// When it happened.
    When,
    /// Another date.
    Date(Clock, ColumnOf<SparseColumn<EventDate>>),
    /// One recurring word.
    Word(ColumnOf<ValueColumn<Option<TermId>>>, VocabularyOf),
    /// Recurring words.
    Words(ColumnOf<ListColumn<TermId>>, VocabularyOf),
    /// The entities in a party aspect.
    Parties(Aspect),
    /// The predecessors of an event.
    After,
    /// The successors of an event.
    Before,
    /// Documents.
    Sources,
    Marking,
}

impl FactColumn {
    /// Releases unused capacity.
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

#[derive(Clone, Debug)]
pub enum FactValue<'t> {
    /// A text; empty if there is none.
    Text(&'t str),
    Date(Clock, Option<Cow<'t, EventDate>>),
    /// One recurring word.
    Word(Option<&'t str>),
    /// Recurring words, by number.
    Words(&'t Vocabulary, &'t [TermId]),
    /// The entities in a party aspect.
    Parties(Aspect, &'t [EntityId]),
    /// Other events.
    Events(&'t [EventId]),
    /// Documents.
    Sources(&'t [SourceId]),
    Marking(Option<Tlp>),
}

impl<'t> FactValue<'t> {
    /// The text of a fact that is one.
    pub(crate) const fn text(&self) -> Option<&'t str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of values.
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

//! The columns of events: one for each thing that an event has.

use std::collections::{BTreeMap, BTreeSet};

use super::assessment::Assessments;
use super::column::{AttributeColumn, ListColumn, SparseColumn, TermId, TextColumn, ValueColumn};
use super::dates::DateColumn;
use super::entity::EntityId;
use super::keys::{KeyColumn, Wish};
use super::link::{EventId, Link};
use super::sequence::Neighbours;
use super::source::{ClaimId, SourceId};
use super::term::{Aspect, AspectSet, Tlp};
use crate::date::EventDate;
use crate::diagnostic::{FileId, Place};

/// Every event's values, one column each: for questions put to all events at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventColumns {
    pub keys: KeyColumn,
    pub titles: TextColumn,
    pub summaries: TextColumn,
    pub when: DateColumn,
    pub discovered: SparseColumn<EventDate>,
    pub disclosed: SparseColumn<EventDate>,
    /// Events of which nobody can show that they were public.
    pub day_unread: BTreeSet<EventId>,
    pub attributed: SparseColumn<EventDate>,
    pub phases: ValueColumn<Option<TermId>>,
    pub lanes: ListColumn<TermId>,
    pub actors: ListColumn<EntityId>,
    pub targets: ListColumn<EntityId>,
    pub accused: ListColumn<EntityId>,
    pub addressees: ListColumn<EntityId>,
    pub techniques: ListColumn<TermId>,
    pub tags: ListColumn<TermId>,
    pub sources: ListColumn<SourceId>,
    /// Of the sources, those that carry the event as a whole, whatever its claims rest on.
    pub listed: ListColumn<SourceId>,
    pub links: ListColumn<Link>,
    pub claims: ListColumn<ClaimId>,
    pub neighbours: SparseColumn<Neighbours<EventId>>,
    /// Without a value where nothing is contested.
    pub contested: SparseColumn<AspectSet>,
    /// How many of the claims are silent, where any is: most questions count the others.
    pub silent_claims: SparseColumn<u32>,
    /// Of written events: a row of a log makes no claims.
    pub assessed: SparseColumn<Assessments>,
    pub tlp: ValueColumn<Option<Tlp>>,
    pub places: PlaceColumn,
    /// Without rows unless there is a log.
    pub attributes: AttributeColumn,
    /// The keys that events would have, had other events not taken them.
    pub wanted_keys: BTreeMap<EventId, Wish>,
}

impl EventColumns {
    pub fn len(&self) -> usize {
        self.when.len()
    }

    /// The entities that take a part in each event; none if the aspect is not a part.
    pub fn parties(&self, part: Aspect) -> Option<&ListColumn<EntityId>> {
        Some(match part {
            Aspect::Actor => &self.actors,
            Aspect::Target => &self.targets,
            Aspect::Accused => &self.accused,
            Aspect::Addressee => &self.addressees,
            _ => return None,
        })
    }

    /// The same, to add rows.
    pub fn parties_mut(&mut self, part: Aspect) -> Option<&mut ListColumn<EntityId>> {
        Some(match part {
            Aspect::Actor => &mut self.actors,
            Aspect::Target => &mut self.targets,
            Aspect::Accused => &mut self.accused,
            Aspect::Addressee => &mut self.addressees,
            _ => return None,
        })
    }

    /// The number of rows in the type of an [`EventId`].
    pub fn rows(&self) -> u32 {
        u32::try_from(self.len()).expect("the builder numbers events with 32 bits")
    }
}

/// Where each event stands in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlaceColumn {
    files: ValueColumn<FileId>,
    /// The first byte of each, and the byte after the last.
    bytes: Vec<(u32, u32)>,
}

impl PlaceColumn {
    /// The file of a row.
    pub fn file(&self, row: usize) -> Option<FileId> {
        self.files.get(row)
    }

    /// Adds a row.
    pub fn push(&mut self, place: Place) {
        self.extend(place.file, &[place.bytes()]);
    }

    /// Adds a row for each of some places in one file.
    pub fn extend(&mut self, file: FileId, bytes: &[(u32, u32)]) {
        self.files.push_alike(file, bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// Makes room for so many more rows, and for no others.
    pub fn reserve(&mut self, rows: usize) {
        self.bytes.reserve_exact(rows);
    }

    /// Gives back what was reserved and not used.
    pub fn shrink(&mut self) {
        self.files.shrink();
        self.bytes.shrink_to_fit();
    }

    /// The place of a row; none if there is no such row.
    pub fn get(&self, row: usize) -> Option<Place> {
        let &(start, end) = self.bytes.get(row)?;
        Some(Place::new(
            self.files.get(row)?,
            start as usize..end as usize,
        ))
    }
}

//! The columns of events: one for each property.

use std::collections::{BTreeMap, BTreeSet};

use super::assessment::Assessments;
use super::column::{AttributeColumn, ListColumn, SparseColumn, TermId, TextColumn, ValueColumn};
use super::dates::DateColumn;
use super::entity::EntityId;
use super::keys::{KeyColumn, RequestedKey};
use super::link::{EventId, EventLink};
use super::marks::RowPrint;
use super::paged_texts::PagedTexts;
use super::sequence::EventNeighbours;
use super::source::{ClaimId, SourceId};
use super::term::{Aspect, AspectSet, Tlp};
use crate::date::EventDate;
use crate::diagnostic::{FileId, TextPlace};

/// The values of all events, in columns: for questions about all events at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct EventColumns {
    pub keys: KeyColumn,
    pub titles: TextColumn,
    pub summaries: TextColumn,
    pub when: DateColumn,
    pub discovered: SparseColumn<EventDate>,
    pub disclosed: SparseColumn<EventDate>,
    /// Events whose day of disclosure cannot be read.
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
    /// The sources that carry the event as a whole, independently of its claims.
    pub listed: ListColumn<SourceId>,
    pub links: ListColumn<EventLink>,
    pub claims: ListColumn<ClaimId>,
    pub neighbours: SparseColumn<EventNeighbours<EventId>>,
    /// Rows without contested aspects have no value.
    pub contested: SparseColumn<AspectSet>,
    /// How many claims of an event are silent, if any: most questions count only the others.
    pub silent_claims: SparseColumn<u32>,
    /// Written events only: rows of logs make no claims.
    pub assessed: SparseColumn<Assessments>,
    pub tlp: ValueColumn<Option<Tlp>>,
    pub places: PlaceColumn,
    /// No rows unless there is a log.
    pub attributes: AttributeColumn,
    /// The events whose titles, summaries, written dates, attributes and places stay in a file: those columns have blank rows
    /// for them, and attributes only those with few values.
    pub paged: PagedTexts,
    /// The prints of rows of logs that marks may be on.
    pub prints: SparseColumn<RowPrint>,
    /// The preferred keys of events that got another because theirs was taken.
    pub wanted_keys: BTreeMap<EventId, RequestedKey>,
}

impl EventColumns {
    pub fn len(&self) -> usize {
        self.when.len()
    }

    /// The column of a party aspect; `None` for other aspects.
    pub fn parties(&self, part: Aspect) -> Option<&ListColumn<EntityId>> {
        Some(match part {
            Aspect::Actor => &self.actors,
            Aspect::Target => &self.targets,
            Aspect::Accused => &self.accused,
            Aspect::Addressee => &self.addressees,
            _ => return None,
        })
    }

    /// [`EventColumns::parties`], to add rows.
    pub fn parties_mut(&mut self, part: Aspect) -> Option<&mut ListColumn<EntityId>> {
        Some(match part {
            Aspect::Actor => &mut self.actors,
            Aspect::Target => &mut self.targets,
            Aspect::Accused => &mut self.accused,
            Aspect::Addressee => &mut self.addressees,
            _ => return None,
        })
    }

    /// [`EventColumns::len`] as the type of an [`EventId`].
    pub fn rows(&self) -> u32 {
        u32::try_from(self.len()).expect("the builder numbers events with 32 bits")
    }
}

/// The place of each event in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlaceColumn {
    files: ValueColumn<FileId>,
    /// How many leading rows have no byte range here.
    blank: usize,
    /// The byte range of each other row.
    bytes: Vec<(u32, u32)>,
}

impl PlaceColumn {
    pub fn file(&self, row: usize) -> Option<FileId> {
        self.files.get(row)
    }

    /// Adds a row.
    pub fn push(&mut self, place: TextPlace) {
        self.extend(place.file, &[place.bytes()]);
    }

    /// Adds a row for each byte range of one file.
    pub fn extend(&mut self, file: FileId, bytes: &[(u32, u32)]) {
        self.files.push_alike(file, bytes.len());
        self.bytes.extend_from_slice(bytes);
    }

    /// Adds rows of a file whose places are in a page.
    pub fn extend_blank(&mut self, file: FileId, rows: usize) {
        self.files.push_alike(file, rows);
        if self.bytes.is_empty() {
            self.blank += rows;
        } else {
            self.bytes.resize(self.bytes.len() + rows, (0, 0));
        }
    }

    /// Reserves exactly `rows` rows.
    pub fn reserve(&mut self, rows: usize) {
        self.bytes.reserve_exact(rows);
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        self.files.shrink();
        self.bytes.shrink_to_fit();
    }

    /// The place of a row; `None` if it does not exist.
    pub fn get(&self, row: usize) -> Option<TextPlace> {
        let file = self.files.get(row)?;
        let bytes = row.checked_sub(self.blank);
        let bytes = bytes.map_or(Some(&(0, 0)), |at| self.bytes.get(at));
        let &(start, end) = bytes?;
        Some(TextPlace::new(file, start as usize..end as usize))
    }
}

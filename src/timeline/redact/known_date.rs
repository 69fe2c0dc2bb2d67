//! The date of an event as of a day, one that had been said by then; and the order of what is left, by such dates and by
//! what `after` says of events that are left.

use std::collections::BTreeMap;

use super::super::data::Timeline;
use super::super::event::Event;
use super::super::link::EventId;
use super::super::redactions::DateKnown;
use super::super::sequence::Sequence;
use super::super::source::{Claim, ClaimId, ClaimValue};
use super::super::term::{Aspect, Stance};
use crate::date::{Bounds, EventDate};

/// What is known of the date of an event that no public claim states.
pub(super) struct Known {
    /// Its author's.
    pub written: EventDate,
    /// The one that was said then; none if the author's stays and was said later.
    pub said: Option<EventDate>,
}

impl Known {
    /// None if the author's date is as good as known. Where several claims were made at one time, the first in the file counts.
    pub fn of(event: Event<'_>, is_public: impl Fn(ClaimId) -> bool) -> Option<Self> {
        let dated = || {
            let claims = event.claims();
            claims.filter_map(|(id, claim)| Some((is_public(id), claim, asserted(claim)?)))
        };
        let known = event.withheld().date;
        if known == DateKnown::AsWritten {
            dated().next()?;
        }
        let when = event.when()?;
        let mut stating = dated().filter(|(_, _, date)| date.allows_the_same_as(&when));
        // A date that was derived for a later day is not the author's.
        if known == DateKnown::AsWritten
            && stating
                .next()
                .is_none_or(|(is_public, ..)| is_public || stating.any(|it| it.0))
        {
            return None;
        }
        let public = dated().filter(|(is_public, ..)| *is_public);
        // Of equals `max_by_key` has the last: from the back that is the first in the file.
        let latest: Vec<_> = public.collect();
        let latest = latest.iter().rev().max_by_key(|(_, it, _)| it.order_key());
        let written = event.timeline().withheld.written.get(&event.id());
        Some(Self {
            said: latest.map(|(.., date)| (*date).clone()),
            written: written.cloned().unwrap_or(when),
        })
    }

    pub fn date(&self) -> &EventDate {
        self.said.as_ref().unwrap_or(&self.written)
    }

    pub fn known(&self) -> DateKnown {
        if self.said.is_some() {
            DateKnown::SaidThen
        } else {
            DateKnown::SaidLater
        }
    }
}

/// The date that a claim asserts, if it does.
fn asserted(claim: &Claim) -> Option<&EventDate> {
    match &claim.value {
        Some(ClaimValue::Date(date))
            if claim.about == Aspect::Date && claim.stance == Stance::Asserts =>
        {
            Some(date)
        }
        _ => None,
    }
}

/// The events that are left in their order, where it may not be that of the whole, and which came after which.
pub(super) fn arranged(
    timeline: &Timeline,
    events: &[bool],
    known: &BTreeMap<EventId, Known>,
) -> (Option<Vec<EventId>>, Vec<(EventId, EventId)>) {
    let is_left = |id: EventId| events[id.0 as usize];
    let neighbours = &timeline.columns().neighbours;
    if neighbours.is_empty() && !known.keys().any(|&id| is_left(id)) {
        return (None, Vec::new());
    }
    let id = |row: usize| EventId(u32::try_from(row).expect("32 bits number all events"));
    let date = |row: usize| -> Option<Bounds> {
        let known = known.get(&id(row)).map(|it| it.date().bounds());
        known.or_else(|| timeline.event(id(row)).bounds())
    };
    let mut after: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (row, neighbours) in neighbours.iter().filter(|(row, _)| is_left(EventId(*row))) {
        let earlier = neighbours.after.iter().filter(|&&it| is_left(it));
        let earlier: Vec<usize> = earlier.map(|it| it.0 as usize).collect();
        if !earlier.is_empty() {
            after.insert(row as usize, earlier);
        }
    }
    let sequence = Sequence::new(after, date);
    let rows = timeline.events().map(Event::id).filter(|&id| is_left(id));
    let mut rows: Vec<usize> = rows.map(|id| id.0 as usize).collect();
    rows.sort_by_cached_key(|&row| {
        let place = timeline.event(id(row)).place();
        (sequence.place(row, date(row)), place.file, place)
    });
    if !sequence.is_empty() {
        sequence.settle(&mut rows);
    }
    let after = sequence.edges();
    let after = after
        .map(|(event, earlier)| (id(event), id(earlier)))
        .collect();
    (Some(rows.into_iter().map(id).collect()), after)
}

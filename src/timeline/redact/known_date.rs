//! The date of an event as stated by a day, and the order of what is left by these dates and `after`.

use std::collections::BTreeMap;

use super::super::data::Timeline;
use super::super::event::Event;
use super::super::link::EventId;
use super::super::redactions::{DateAsOf, WrittenDate};
use super::super::sequence::EventSequence;
use super::super::source::{Claim, ClaimId, ClaimValue};
use super::super::term::{Aspect, Stance};
use crate::date::{Bounds, EventDate, Instant};

/// The known dates of an event whose date no public claim states.
pub(super) struct KnownDate {
    pub written: WrittenDate,
    /// The date stated by then; `None` if the author's stays although it was stated later.
    pub said: Option<EventDate>,
}

impl KnownDate {
    /// `None` if the author's date counts as known. Among claims of one time, the first in the file counts.
    pub fn of(event: Event<'_>, is_public: impl Fn(ClaimId) -> bool) -> Option<Self> {
        let dated = || {
            let claims = event.claims();
            claims.filter_map(|(id, claim)| Some((is_public(id), claim, asserted(claim)?)))
        };
        // A date that was derived for a later day is not the author's.
        let before = event.timeline().redactions.written.get(&event.id());
        let written = if let Some(written) = before {
            written.clone()
        } else {
            dated().next()?;
            let date = event.when()?;
            let stating = dated().filter(|(_, _, it)| it.allows_the_same_as(&date));
            let stating: Vec<_> = stating.collect();
            if stating.iter().any(|(is_public, ..)| *is_public) {
                return None;
            }
            let days = stating.iter();
            let days = days.map(|(_, claim, _)| public_from(event.timeline(), claim));
            let stated_from = days.min()?;
            WrittenDate { date, stated_from }
        };
        let public = dated().filter(|(is_public, ..)| *is_public);
        // `max_by_key` returns the last of equals: in reverse order that is the first in the file.
        let latest: Vec<_> = public.collect();
        let latest = latest.iter().rev().max_by_key(|(_, it, _)| it.order_key());
        Some(Self {
            said: latest.map(|(.., date)| (*date).clone()),
            written,
        })
    }

    pub fn date(&self) -> &EventDate {
        self.said.as_ref().unwrap_or(&self.written.date)
    }

    /// How it relates to the author's at the end of a day.
    pub fn known(&self, day_end: Instant) -> DateAsOf {
        if self.said.is_some() {
            DateAsOf::SaidThen
        } else if self.written.stated_from > day_end {
            DateAsOf::SaidLater
        } else {
            DateAsOf::SaidPerhapsLater
        }
    }
}

/// The earliest instant at which a claim may have been made in a published source.
fn public_from(timeline: &Timeline, claim: &Claim) -> Instant {
    let from = |day: Option<&EventDate>, is_unread: bool| {
        let day = day.filter(|_| !is_unread);
        day.map_or(Instant::PAST, |day| day.bounds().start.earliest)
    };
    let source = claim.source.map(|id| timeline.source(id));
    let published = source.map_or(Instant::PAST, |source| {
        from(source.published.as_ref(), source.day_unread)
    });
    published.max(from(claim.said.as_ref(), claim.day_unread))
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

/// The remaining events in order, if it may differ from the whole, and the pairs of a later and an earlier event.
pub(super) fn arranged(
    timeline: &Timeline,
    events: &[bool],
    known: &BTreeMap<EventId, KnownDate>,
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
    let sequence = EventSequence::new(after, date);
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

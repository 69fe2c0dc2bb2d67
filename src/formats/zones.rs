//! Adds the zones that files and users state to the times without one.

use crate::date::{EventDate, Zone};
use crate::diagnostic::FileId;
use crate::timeline::draft::{DraftClaim, DraftTimeline, Located};
use crate::timeline::term::Aspect;

/// States the zone of each time that names none: what its file states, or else what the reader states for the file.
pub(super) fn state(
    draft: &mut DraftTimeline,
    by_file: &[(FileId, Zone)],
    by_reader: &[Option<Zone>],
) {
    draft.head.zone =
        (draft.head.zone.take()).or_else(|| by_reader.iter().flatten().next().cloned());
    if draft.head.zone.is_none() {
        return;
    }
    let zone_of = |file: FileId| {
        let own = by_file.iter().find(|(it, _)| *it == file);
        let own = own.map(|(_, zone)| zone);
        own.or_else(|| by_reader.get(usize::from(file.0)).and_then(Option::as_ref))
    };
    let state = |date: &mut Located<EventDate>| {
        if date.value.lacks_zone()
            && let Some(zone) = zone_of(date.place.file)
        {
            date.value = date.value.in_zone(zone, "");
        }
    };
    for source in &mut draft.sources {
        let dates = source.published.iter_mut().chain(&mut source.retrieved);
        dates.for_each(state);
    }
    for event in &mut draft.events {
        event.when.iter_mut().for_each(state);
        let others = event.discovered.iter_mut().chain(&mut event.disclosed);
        others.for_each(|date| state(date));
        for claim in &mut event.claims {
            claim.said.iter_mut().for_each(state);
            state_value(claim, zone_of);
        }
    }
}

/// Adds a zone to the value of a claim about a date.
fn state_value<'z>(claim: &mut DraftClaim, zone_of: impl Fn(FileId) -> Option<&'z Zone>) {
    let is_about_date = claim
        .about
        .as_ref()
        .is_some_and(|it| it.value == Aspect::Date);
    let Some(value) = claim.value.as_mut().filter(|_| is_about_date) else {
        return;
    };
    let date = EventDate::parse(&value.value).ok();
    if let Some(date) = date.filter(EventDate::lacks_zone)
        && let Some(zone) = zone_of(value.place.file)
    {
        value.value = date.in_zone(zone, "").written().into();
    }
}

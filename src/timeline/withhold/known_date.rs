//! The date of an event as of a day: one that had been said by then.

use super::super::event::Event;
use super::super::source::{Claim, ClaimId, ClaimValue};
use super::super::term::{Aspect, Stance};
use crate::date::EventDate;

/// How the date that an event has as of a day relates to the one that its author gives it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateKnown {
    /// It is the author's: a claim that was public states it, or no claim ever does.
    #[default]
    AsWritten,
    /// It is the latest that had been said: the author's was said only later.
    SaidThen,
    /// It is the author's and was said only later: no claim that was public dates the event.
    SaidLater,
}

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

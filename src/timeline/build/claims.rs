//! Claims, and the answers between them.

use super::super::column::unique;
use super::super::draft::{DraftClaim, DraftEvent, LocatedText};
use super::super::link::EventId;
use super::super::source::{Claim, ClaimId, ClaimValue};
use super::super::term::{Aspect, Stance};
use super::builder::TimelineBuilder;
use super::values::{text, value};
use crate::date::EventDate;
use crate::diagnostic::TextPlace;

impl TimelineBuilder {
    /// Adds claims oldest first; those of one day in the order of the file.
    pub(super) fn add_claims(
        &mut self,
        event: EventId,
        draft: &DraftEvent,
        answers: &mut Vec<(ClaimId, Vec<LocatedText>)>,
    ) -> Vec<ClaimId> {
        let drafts = draft.claims.iter();
        let mut claims: Vec<(Claim, &[LocatedText])> = drafts
            .map(|claim| (self.claim(event, claim), claim.answers.as_slice()))
            .collect();
        claims.sort_by_key(|(claim, _)| claim.order_key());
        let first = u32::try_from(self.timeline.claims.len())
            .expect("a timeline has fewer than 2^32 claims");
        let ids: Vec<ClaimId> = (first..).map(ClaimId).take(claims.len()).collect();
        for ((claim, answered), &id) in claims.into_iter().zip(&ids) {
            if let Some(key) = &claim.key {
                self.name_claim(key, (claim.place, id));
            }
            if !answered.is_empty() {
                answers.push((id, answered.to_vec()));
            }
            self.timeline.claim_columns.push(&claim);
            self.timeline.claims.push(claim);
        }
        ids
    }

    fn claim(&mut self, event: EventId, draft: &DraftClaim) -> Claim {
        let about = value(draft.about.as_ref()).unwrap_or(Aspect::Event);
        let source = draft
            .source
            .as_ref()
            .map(|source| self.source(&source.value));
        let published = source.and_then(|id| self.timeline.source(id).published.clone());
        let said = value(draft.said.as_ref());
        // `check` reports values of silent claims; they mean nothing.
        let speaks = !draft.is_silent();
        Claim {
            key: text(draft.id.as_ref()),
            event,
            by: draft.by.as_ref().map(|by| self.entity(&by.value)),
            source,
            at: text(draft.at.as_ref()),
            is_dated_by_source: said.is_none() && published.is_some(),
            said: said.or(published),
            day_unread: draft.day_unread,
            about,
            value: draft
                .value
                .as_ref()
                .filter(|_| speaks)
                .map(|value| self.claim_value(about, &value.value)),
            stance: value(draft.stance.as_ref()).unwrap_or(Stance::Asserts),
            text: text(draft.text.as_ref()),
            words: text(draft.words.as_ref()).filter(|_| speaks),
            likelihood: text(draft.likelihood.as_ref()).filter(|_| speaks),
            yardstick: value(draft.yardstick.as_ref()).unwrap_or(self.timeline.head.yardstick),
            confidence: value(draft.confidence.as_ref()).filter(|_| speaks),
            answers: Vec::new(),
            answered_by: Vec::new(),
            tlp: value(draft.tlp.as_ref()),
            place: draft.place,
        }
    }

    /// The aspect decides the type of a value; a value of another type stays text.
    fn claim_value(&self, about: Aspect, value: &str) -> ClaimValue {
        let entity = || self.entities.get(value).copied().map(ClaimValue::Entity);
        let date = || EventDate::parse(value).ok().map(ClaimValue::Date);
        let typed = match about {
            Aspect::Date => date(),
            about if about.is_party() => entity(),
            _ => None,
        };
        typed.unwrap_or_else(|| ClaimValue::Text(value.to_owned()))
    }

    /// If several claims share an id, the first in the files gets it.
    fn name_claim(&mut self, key: &str, new: (TextPlace, ClaimId)) {
        let known = self.claims.entry_ref(key).or_insert(new);
        *known = new.min(*known);
    }

    /// Links every answer from both claims. A claim that answers itself answers nothing.
    pub(super) fn add_answers(&mut self, drafts: &[(ClaimId, Vec<LocatedText>)]) {
        for (id, names) in drafts {
            let found = names
                .iter()
                .filter_map(|name| self.claims.get(name.value.as_str()));
            let found = found.map(|(_, id)| id);
            for answered in unique(found.copied().filter(|found| found != id)) {
                self.timeline.claims[id.0 as usize].answers.push(answered);
                self.timeline.claims[answered.0 as usize]
                    .answered_by
                    .push(*id);
            }
        }
    }
}

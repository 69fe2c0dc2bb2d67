//! Notes, opinions and assessments of MISP as claims, and the claims and questions that dateline wrote.
//!
//! An opinion is how far an analyst agrees: never a likelihood. Its number stays in the text.

use super::content::{MispEvent, MispNote, MispObject};
use super::dates::stamp;
use super::draft::{MispDraft, at};
use super::draft_objects::day_of;
use super::keyed_text::{KeyedKind, KeyedLines};
use super::tags::TagMeaning;
use crate::diagnostic::TextPlace;
use crate::timeline::draft::{DraftClaim, DraftEvent, DraftQuestion, Located, LocatedText};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, QuestionStatus, Stance, Tlp};

impl MispDraft {
    /// Adds the claims on an object to the event that it is.
    pub(super) fn claims(&mut self, event: &MispEvent, object: &MispObject) {
        let Some(super::draft::MispTarget::Event(number)) = self.targets.get(&object.uuid) else {
            return;
        };
        let number = *number;
        let of_attributes = object.attributes.iter().flat_map(|it| &it.notes);
        let notes: Vec<&MispNote> = object.notes.iter().chain(of_attributes).collect();
        let mut claims = self.notes_as_claims(event, notes);
        claims.extend(self.claim_of_status(event, object));
        self.draft.events[number].claims.extend(claims);
    }

    pub(super) fn notes_as_claims<'n>(
        &mut self,
        event: &MispEvent,
        notes: impl IntoIterator<Item = &'n MispNote>,
    ) -> Vec<DraftClaim> {
        let claims = notes.into_iter().map(|note| {
            let text = note.text.as_ref().map_or("", |text| &text.value);
            match KeyedLines::read(KeyedKind::Claim, text) {
                Some(own) => self.own_claim(&own, note.place),
                None => self.foreign_claim(event, note),
            }
        });
        claims.collect()
    }

    /// A claim that dateline wrote.
    fn own_claim(&mut self, own: &KeyedLines<'_>, place: TextPlace) -> DraftClaim {
        let line = |text: &str| at(text, place);
        let about = own.get("about").and_then(Aspect::parse);
        let is_party = about.is_some_and(Aspect::is_party);
        let value = self
            .names
            .known(own.id("value").filter(|_| is_party), place);
        let said = own.get("said");
        let day = said.and_then(|day| day_of(day, place));
        let source = own.id("source");
        let source = source.filter(|id| self.draft.sources.iter().any(|it| it.id.value == *id));
        let marking = own.get("tlp");
        DraftClaim {
            place,
            id: own.get("id").map(line),
            answers: own.all("answers").map(line).collect(),
            by: self.names.known(own.id("by"), place),
            source: source.map(line),
            at: own.get("at").map(line),
            day_unread: said.is_some() && day.is_none(),
            said: day,
            about: about.map(|about| Located::new(about, place)),
            value: value.or_else(|| own.get("value").map(line)),
            stance: own
                .get("stance")
                .and_then(Stance::parse)
                .map(|it| Located::new(it, place)),
            text: Some(line(own.text)).filter(|text| !text.value.is_empty()),
            words: own.get("words").map(line),
            likelihood: own.get("likelihood").map(line),
            yardstick: own
                .get("yardstick")
                .and_then(Yardstick::parse)
                .map(|it| Located::new(it, place)),
            confidence: own
                .get("confidence")
                .and_then(Confidence::parse)
                .map(|it| Located::new(it, place)),
            tlp: marking.map(|it| Located::new(Tlp::parse(it).unwrap_or(Tlp::Red), place)),
        }
    }

    /// A note or an opinion of an analyst, who may agree, disagree, or neither.
    fn foreign_claim(&mut self, event: &MispEvent, note: &MispNote) -> DraftClaim {
        let by = match &note.authors {
            Some(authors) => Some(self.names.entity(authors, None)),
            None => self.organisation(event),
        };
        let created = note.created.as_ref();
        let said = created.and_then(|created| stamp(created, &mut self.findings));
        let text = note.text.as_ref().map(|text| text.value.as_str());
        let (stance, text) = match &note.opinion {
            None => (None, note.text.clone()),
            Some(number) => {
                let agreement = format!("Opinion {} of 100 in MISP", number.value);
                let text = match text {
                    Some(text) => format!("{agreement}: {text}"),
                    None => agreement,
                };
                (Some(stance_of(&number.value)), Some(at(&text, note.place)))
            }
        };
        DraftClaim {
            place: note.place,
            by,
            source: Some(self.container(event)),
            day_unread: note.created.is_some() && said.is_none(),
            said,
            stance: stance.map(|stance| Located::new(stance, note.place)),
            text,
            ..DraftClaim::default()
        }
    }

    /// What the status of an event says, if that is not that it happened.
    fn claim_of_status(&mut self, event: &MispEvent, object: &MispObject) -> Option<DraftClaim> {
        let status = object.get("status")?;
        let stance = match status.value.as_str() {
            "not-occurred" => Stance::Denies,
            "pending" | "undetermined" => Stance::Doubts,
            _ => return None,
        };
        let text = format!("Status in MISP: {}", status.value);
        Some(DraftClaim {
            stance: Some(Located::new(stance, status.place)),
            ..self.claim_of_organisation(event, status.place, &text)
        })
    }

    fn claim_of_organisation(
        &mut self,
        event: &MispEvent,
        place: TextPlace,
        text: &str,
    ) -> DraftClaim {
        DraftClaim {
            place,
            by: self.organisation(event),
            source: Some(self.container(event)),
            text: Some(at(text, place)),
            ..DraftClaim::default()
        }
    }

    /// The likelihood and the confidence in tags, as a claim of the organisation that it happened.
    pub(super) fn assessed_in_tags(
        &mut self,
        event: &MispEvent,
        draft: &mut DraftEvent,
        tags: &[LocatedText],
    ) {
        let (mut likelihood, mut confidence, mut written) = (None, None, Vec::new());
        for tag in tags {
            match TagMeaning::of(&tag.value) {
                TagMeaning::Likelihood(term) => likelihood = Some((term, tag.place)),
                TagMeaning::Confidence(level) => {
                    confidence = Some(Located::new(level, tag.place));
                }
                _ => continue,
            }
            written.push(tag.value.as_str());
        }
        let (Some(first), false) = (written.first(), is_own(draft)) else {
            return;
        };
        let place = tags.iter().find(|tag| tag.value == *first);
        let place = place.map_or(draft.place, |tag| tag.place);
        let text = format!("Tags in MISP: {}", written.join(", "));
        let claim = self.claim_of_organisation(event, place, &text);
        draft.claims.push(DraftClaim {
            likelihood: likelihood.map(|(term, place)| at(term, place)),
            yardstick: likelihood.map(|(_, place)| Located::new(Yardstick::Icd203, place)),
            confidence,
            ..claim
        });
    }

    /// A question that dateline wrote.
    pub(super) fn question(&mut self, note: &MispNote) {
        let Some(text) = &note.text else { return };
        let Some(own) = KeyedLines::read(KeyedKind::Question, &text.value) else {
            return;
        };
        let line = |text: &str| at(text, note.place);
        let status = own.get("status").and_then(QuestionStatus::parse);
        let marking = own.get("tlp");
        let is_known = |id: &&str| {
            let mut events = self
                .draft
                .events
                .iter()
                .filter_map(|event| event.id.as_ref());
            events.any(|known| known.value == *id)
        };
        let events = own.ids("event").filter(is_known).map(line).collect();
        self.draft.questions.push(DraftQuestion {
            place: note.place,
            text: Some(line(own.text)),
            status: status.map(|status| Located::new(status, note.place)),
            events,
            settles: own.get("settles").map(line),
            tlp: marking.map(|it| Located::new(Tlp::parse(it).unwrap_or(Tlp::Red), note.place)),
        });
    }
}

/// Whether an event is one of dateline, whose notes have what its tags say: it does not cite the event of MISP.
fn is_own(draft: &DraftEvent) -> bool {
    draft.id.is_some() && draft.sources.is_empty()
}

/// MISP's own bands: up to 20 is strong disagreement, up to 49 disagreement, 50 neither.
fn stance_of(opinion: &str) -> Stance {
    match opinion.parse::<u32>() {
        Ok(0..=20) => Stance::Denies,
        Ok(21..=49) => Stance::Doubts,
        Ok(51..=100) => Stance::Asserts,
        // It agrees with no claim, and contests none.
        _ => Stance::Silent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opinion_is_a_stance_and_fifty_is_none() {
        for (opinion, stance) in [
            ("0", Stance::Denies),
            ("20", Stance::Denies),
            ("21", Stance::Doubts),
            ("50", Stance::Silent),
            ("51", Stance::Asserts),
            ("100", Stance::Asserts),
            ("101", Stance::Silent),
            ("x", Stance::Silent),
        ] {
            assert_eq!(stance_of(opinion), stance, "{opinion}");
        }
    }
}

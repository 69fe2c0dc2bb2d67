//! The place of an event, a claim or a finding in the files, for an editor.

use crate::app::reload::FileFingerprint;
use crate::diagnostic::{FileId, TextPlace};
use crate::timeline::{Claim, ClaimId, EventId, Timeline};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSpot {
    /// The place in the version of the file that was read.
    pub place: TextPlace,
    /// The key of the event itself or of the event around it, to find it again in a changed file.
    pub event: Option<String>,
    pub claim: Option<Box<Claim>>,
    /// The version that was read, since the place is valid only in that version. `None` if it is unknown.
    pub fingerprint: Option<FileFingerprint>,
}

impl SourceSpot {
    pub fn of_event(timeline: &Timeline, id: EventId) -> Self {
        let event = timeline.event(id);
        Self {
            place: event.place(),
            event: Some(event.key().into_owned()),
            claim: None,
            fingerprint: None,
        }
    }

    pub fn of_claim(timeline: &Timeline, id: ClaimId) -> Self {
        let claim = timeline.claim(id);
        Self {
            place: claim.place,
            claim: Some(Box::new(claim.clone())),
            ..Self::of_event(timeline, claim.event)
        }
    }

    pub const fn of_finding(place: TextPlace) -> Self {
        Self {
            place,
            event: None,
            claim: None,
            fingerprint: None,
        }
    }

    /// Whether it is in the settings, which are read once only.
    pub fn is_in_settings(&self) -> bool {
        self.place.file == FileId::SETTINGS
    }

    /// Its place in a later version of the files, if its event is still there.
    pub fn again(&self, timeline: &Timeline) -> Option<TextPlace> {
        let event = timeline.find_event(self.event.as_ref()?)?;
        let claim = self.claim.as_ref().and_then(|old| {
            let mut claims = event.claims();
            claims.find(|(_, claim)| claim.is_again(old))
        });
        Some(claim.map_or(event.place(), |(_, claim)| claim.place))
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_file::ENTRY;
    use super::*;
    use crate::diagnostic::SourceText;

    fn read(text: &str) -> Timeline {
        crate::formats::open(&[SourceText::new("t.toml", text)]).0
    }

    #[test]
    fn events_are_found_again_by_name_and_claims_by_their_text() {
        let timeline = read(ENTRY);
        let entry = timeline.find_event("entry").expect("it is there");
        let (window, _) = entry.claims().last().expect("it has claims");
        let later = format!(
            "# a line\n{}",
            ENTRY.replace("by = \"police\"", "by = \"chief\"")
        );
        let text = SourceText::new("t.toml", later.as_str());
        let line = |spot: &SourceSpot| {
            let again = spot.again(&read(&later));
            again.map(|place| text.line_of(place.start()))
        };
        assert_eq!(line(&SourceSpot::of_claim(&timeline, window)), Some(9));
        assert_eq!(line(&SourceSpot::of_event(&timeline, entry.id())), Some(3));
        let gone = read("[[events]]\ntitle = \"Other\"\n");
        assert_eq!(
            SourceSpot::of_event(&timeline, entry.id()).again(&gone),
            None
        );
    }
}

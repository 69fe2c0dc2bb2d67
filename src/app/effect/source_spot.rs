//! Where in the files something is written, to open an editor there.

use crate::app::reload::FileFingerprint;
use crate::diagnostic::{FileId, Place};
use crate::timeline::{Claim, ClaimId, EventId, Timeline};

/// Something that is written in one of the files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSpot {
    /// Where it stood when the files were read.
    pub place: Place,
    /// The name of the event that it is or belongs to: by it the event is found again in a file that says
    /// something else by now.
    pub event: Option<String>,
    /// The claim that it is.
    pub claim: Option<Box<Claim>>,
    /// The bytes that were read: the place is right in no others. `None` if they are not known.
    pub fingerprint: Option<FileFingerprint>,
}

impl SourceSpot {
    /// An event.
    pub fn of_event(timeline: &Timeline, id: EventId) -> Self {
        let event = timeline.event(id);
        Self {
            place: event.place(),
            event: Some(event.key().into_owned()),
            claim: None,
            fingerprint: None,
        }
    }

    /// A claim.
    pub fn of_claim(timeline: &Timeline, id: ClaimId) -> Self {
        let claim = timeline.claim(id);
        Self {
            place: claim.place,
            claim: Some(Box::new(claim.clone())),
            ..Self::of_event(timeline, claim.event)
        }
    }

    /// A mistake in a text.
    pub const fn of_finding(place: Place) -> Self {
        Self {
            place,
            event: None,
            claim: None,
            fingerprint: None,
        }
    }

    /// Whether it is written in the settings, which are not read again.
    pub fn is_in_settings(&self) -> bool {
        self.place.file == FileId::SETTINGS
    }

    /// Where it stands in a later reading of the same files, if its event is there.
    pub fn again(&self, timeline: &Timeline) -> Option<Place> {
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
    use super::*;
    use crate::diagnostic::SourceText;

    const FILE: &str = "\
[sources.report]
[[events]]
title = \"Entry\"
[[events.claims]]
by = \"police\"
source = \"report\"
text = \"a door\"
[[events.claims]]
by = \"bureau\"
source = \"report\"
text = \"a window\"
";

    fn read(text: &str) -> Timeline {
        crate::formats::open(&[SourceText::new("t.toml", text)]).0
    }

    #[test]
    fn an_event_and_a_claim_are_found_again_by_name_and_by_words() {
        let timeline = read(FILE);
        let entry = timeline.find_event("entry").expect("it is there");
        let (window, _) = entry.claims().last().expect("it has claims");
        let later = format!(
            "# a line\n{}",
            FILE.replace("by = \"police\"", "by = \"chief\"")
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

//! Search: which events say a word anywhere, whatever its letter case.

use crate::timeline::{Claim, Event, Timeline};

/// A word or words that are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle(String);

impl Needle {
    /// Looks for some words; none if there are only spaces.
    pub fn new(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase();
        (!words.is_empty()).then_some(Self(words))
    }

    /// The words in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text contains the words.
    pub fn is_in(&self, text: &str) -> bool {
        text.to_lowercase().contains(&self.0)
    }

    /// Whether an event says the words: in its title, summary, tags, names, claims or sources.
    pub fn is_said_by(&self, timeline: &Timeline, event: Event<'_>) -> bool {
        let names = event.actors().iter().chain(event.targets());
        self.is_in(event.title())
            || self.is_in(event.summary())
            || event.tags().any(|tag| self.is_in(tag))
            || event.techniques().any(|technique| self.is_in(technique))
            || names.map(|&id| timeline.entity(id)).any(|entity| {
                self.is_in(&entity.name) || entity.aliases.iter().any(|alias| self.is_in(alias))
            })
            || event
                .claims()
                .any(|(_, claim)| self.is_claimed(timeline, claim))
            || event
                .sources()
                .iter()
                .any(|&id| self.is_in(&timeline.source(id).title))
    }

    fn is_claimed(&self, timeline: &Timeline, claim: &Claim) -> bool {
        let own = [&claim.text, &claim.words, &claim.at];
        own.into_iter().flatten().any(|text| self.is_in(text))
            || claim
                .by
                .is_some_and(|by| self.is_in(&timeline.entity(by).name))
    }
}

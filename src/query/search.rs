//! Search: which events say a word anywhere, whatever its letter case.

use regex::{Regex, RegexBuilder, escape};

use crate::timeline::{Claim, Event, TermId, Timeline};

/// A word or words that are looked for.
#[derive(Clone, Debug)]
pub struct Needle {
    words: String,
    pattern: Regex,
}

impl PartialEq for Needle {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for Needle {}

impl Needle {
    /// Looks for some words; none if there are only spaces, or more words than anybody looks for.
    pub fn new(words: &str) -> Option<Self> {
        let words = words.trim().to_lowercase();
        let pattern = RegexBuilder::new(&escape(&words))
            .case_insensitive(true)
            .build();
        let pattern = pattern.ok().filter(|_| !words.is_empty())?;
        Some(Self { words, pattern })
    }

    /// The words in lower case.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// Whether a text contains the words.
    pub fn is_in(&self, text: &str) -> bool {
        self.pattern.is_match(text)
    }

    /// The same for the events of a timeline: what many of them name is looked at once.
    pub fn among<'n>(&'n self, timeline: &'n Timeline) -> Among<'n> {
        let said = |words: &crate::timeline::Vocabulary| -> Vec<bool> {
            words.iter().map(|(_, word)| self.is_in(word)).collect()
        };
        let entities = timeline.entities().map(|(_, entity)| {
            self.is_in(&entity.name) || entity.aliases.iter().any(|alias| self.is_in(alias))
        });
        let sources = timeline.sources().map(|(_, it)| self.is_in(&it.title));
        Among {
            needle: self,
            timeline,
            tags: said(timeline.tags()),
            techniques: said(timeline.techniques()),
            entities: entities.collect(),
            sources: sources.collect(),
        }
    }
}

/// A needle, and which of the names of a timeline say it, each by its number.
pub struct Among<'n> {
    needle: &'n Needle,
    timeline: &'n Timeline,
    tags: Vec<bool>,
    techniques: Vec<bool>,
    entities: Vec<bool>,
    sources: Vec<bool>,
}

impl Among<'_> {
    /// Whether an event says the words: in its title, summary, tags, names, claims or sources.
    pub fn is_said_by(&self, event: Event<'_>) -> bool {
        let is_in = |text| self.needle.is_in(text);
        let any = |said: &[bool], terms: &[TermId]| terms.iter().any(|term| has(said, term.0));
        let mut names = event.actors().iter().chain(event.targets());
        any(&self.tags, event.tag_ids())
            || any(&self.techniques, event.technique_ids())
            || names.any(|id| has(&self.entities, id.0))
            || (event.sources().iter()).any(|id| has(&self.sources, id.0))
            || is_in(event.title())
            || is_in(event.summary())
            || event.claims().any(|(_, claim)| self.is_claimed(claim))
    }

    fn is_claimed(&self, claim: &Claim) -> bool {
        let own = [&claim.text, &claim.words, &claim.at];
        own.into_iter()
            .flatten()
            .any(|text| self.needle.is_in(text))
            || (claim.by).is_some_and(|by| self.needle.is_in(&self.timeline.entity(by).name))
    }
}

fn has(said: &[bool], number: u32) -> bool {
    said.get(number as usize).copied().unwrap_or_default()
}

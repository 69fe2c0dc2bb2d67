//! Search: the phrase to look for, and the events that contain it.

use super::columns::{any_listed, claimed, noting, paged_saying_anywhere, saying};
use super::matches::Matches;
use super::number_set::NumberSet;
use super::phrases::{Phrases, phrase};
use super::predicate::Predicate;
use super::shared_questions::{any_claim, carried, entities_anywhere};
use crate::date::Truth;
use crate::text::canonical;
use crate::timeline::{Entity, EntityId, Event, Timeline, VisitControl};

/// Words to look for, in any letter case and with any white space between them.
#[derive(Clone, Debug)]
pub struct SearchPhrase {
    words: String,
    phrase: Phrases,
}

impl PartialEq for SearchPhrase {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

impl Eq for SearchPhrase {}

impl SearchPhrase {
    /// A phrase; `None` if there are only spaces, or too many words.
    pub fn new(words: &str) -> Option<Self> {
        let words: Vec<&str> = words.split_whitespace().collect();
        let words = words.join(" ");
        // In lower case, `\u{130}` is two code points, which are not found in it.
        let phrase = Phrases::of(vec![phrase(&words)]).filter(|_| !words.is_empty())?;
        let words = canonical(&words).to_lowercase();
        Some(Self { words, phrase })
    }

    /// The words in lower case, separated by one space.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// Whether a text contains the words.
    pub fn is_in(&self, text: &str) -> bool {
        self.phrase.are_in(text)
    }

    /// The part of an event in which a reader finds the phrase first; `None` for its title.
    pub fn part_of(&self, event: Event<'_>, timeline: &Timeline) -> Option<&'static str> {
        let is_named = |id: EntityId| {
            let entity = timeline.entity(id);
            let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
            names.any(|name| self.is_in(name))
        };
        if self.is_in(event.title()) {
            None
        } else if self.is_in(event.summary()) {
            Some("summary")
        } else if event.all_parties().any(|(_, id)| is_named(id)) {
            Some("name")
        } else if event.tags().any(|tag| self.is_in(tag)) {
            Some("tag")
        } else if event.techniques().any(|technique| self.is_in(technique)) {
            Some("technique")
        } else if event.attributes().any(|(_, value)| self.is_in(value)) {
            Some("attribute")
        } else if (event.sources().iter()).any(|&id| self.is_in(&timeline.source(id).title)) {
            Some("source")
        } else {
            Some("claim")
        }
    }

    /// The events whose pages contain the phrase: those that a filter of the same words leaves, and those with a
    /// matching technique, source, or place in a source.
    pub fn events(&self, timeline: &Timeline) -> Matches {
        self.predicate(timeline).matches(timeline)
    }

    /// The same, unless it is stopped.
    pub fn events_unless_stopped(
        &self,
        timeline: &Timeline,
        control: &VisitControl,
    ) -> Option<Matches> {
        let predicate = self.predicate(timeline);
        predicate.matches_unless_stopped(timeline, control)
    }

    fn predicate(&self, timeline: &Timeline) -> Predicate {
        let (techniques, sources) = (timeline.techniques().iter(), timeline.sources());
        let techniques = NumberSet::of(techniques, |(_, id)| self.is_in(id));
        let sources = NumberSet::of(sources, |(_, source)| self.is_in(&source.title));
        let mut parts = vec![anywhere(timeline, &self.phrase)];
        if !techniques.is_empty() {
            parts.push(Predicate::known(move |timeline| {
                any_listed(&timeline.columns().techniques, &techniques, |it| it.0)
            }));
        }
        if !sources.is_empty() {
            parts.push(carried(sources));
        }
        let phrase = self.phrase.clone();
        parts.push(any_claim(move |claim| {
            claim.at.as_deref().is_some_and(|at| phrase.are_in(at))
        }));
        Predicate::any(parts)
    }
}

/// Phrases in any text or name of an event.
pub(super) fn anywhere(timeline: &Timeline, phrases: &Phrases) -> Predicate {
    let is_named = |entity: &Entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
        names.any(|name| phrases.are_in(name))
    };
    let asked = |question: fn(&Timeline, &Phrases) -> Matches| {
        let phrases = phrases.clone();
        Predicate::ask(move |timeline| question(timeline, &phrases))
    };
    let mut parts = vec![
        asked(|timeline, phrases| saying(&timeline.columns().titles, phrases).into()),
        asked(|timeline, phrases| saying(&timeline.columns().summaries, phrases).into()),
        asked(|timeline, phrases| {
            let found = saying(&timeline.claim_columns().texts, phrases);
            claimed(timeline, |at, _| Truth::from(found.contains(at)))
        }),
    ];
    if !timeline.columns().attributes.is_empty() {
        parts.push(asked(|timeline, phrases| noting(timeline, phrases).into()));
    }
    if !timeline.columns().paged.is_empty() {
        let phrases = phrases.clone();
        parts.push(Predicate::known_in_files(move |timeline, control| {
            paged_saying_anywhere(timeline, &phrases, control)
        }));
    }
    let entities = NumberSet::of(timeline.entities(), |(_, entity)| is_named(entity));
    if !entities.is_empty() {
        parts.push(entities_anywhere(&entities));
    }
    let tags = NumberSet::of(timeline.tags().iter(), |(_, tag)| phrases.are_in(tag));
    if !tags.is_empty() {
        parts.push(Predicate::known(move |timeline| {
            any_listed(&timeline.columns().tags, &tags, |tag| tag.0)
        }));
    }
    Predicate::Any(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    #[test]
    fn an_event_says_all_that_its_page_says() {
        let text = r#"
[entities.actor]
name = "An actor"
aliases = ["A nickname"]
[entities.target]
[entities.suspect]
[entities.reader]
[entities.speaker]
[sources.paper]
title = "A paper of many\n  lines"
[[events]]
title = "A title"
summary = "In summary"
actors = ["actor"]
targets = ["target"]
accused = ["suspect"]
addressees = ["reader"]
techniques = ["T1190"]
tags = ["tagged"]
  [[events.claims]]
  by = "speaker"
  source = "paper"
  at = "page 4"
  words = "verbatim"
  text = "a claim"
  about = "title"
  value = "a value"
[[events]]
title = "Another"
"#;
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        let hits = |words: &str| {
            let needle = SearchPhrase::new(words).expect("there are words");
            needle.events(&timeline).counts().surely
        };
        for words in [
            "TITLE",
            "summary",
            "actor",
            "nick",
            "target",
            "suspect",
            "reader",
            "t1190",
            "tagged",
            "speaker",
            "of  many",
            "many lines",
            "page 4",
            "VERBATIM",
            "claim",
            "a value",
        ] {
            assert_eq!(hits(words), 1, "{words}");
        }
        assert_eq!((hits("other"), hits("nowhere"), hits("a.title")), (1, 0, 0));
    }

    #[test]
    fn the_part_of_an_event_that_has_the_words_is_named() {
        let text = r#"
[entities.speaker]
name = "Harbour police"
[sources.paper]
title = "A broadsheet"
[[events]]
title = "Breach of the pilots"
summary = "Mail was copied"
actors = ["speaker"]
tags = ["tagged"]
techniques = ["T1190"]
sources = ["paper"]
  [[events.claims]]
  by = "speaker"
  source = "paper"
  words = "verbatim"
"#;
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        let event = timeline.events().next().expect("an event");
        for (words, part) in [
            ("breach", None),
            ("copied", Some("summary")),
            ("police", Some("name")),
            ("tagged", Some("tag")),
            ("t1190", Some("technique")),
            ("broadsheet", Some("source")),
            ("verbatim", Some("claim")),
        ] {
            let phrase = SearchPhrase::new(words).expect("there are words");
            assert_eq!(phrase.part_of(event, &timeline), part, "{words}");
        }
    }

    #[test]
    fn words_are_found_however_their_accents_are_spelled() {
        let text = "[[events]]\ntitle = \"Un caf\u{e9}\"\n[[events]]\ntitle = \"Un cafe\u{301}\"\n\
            [[events]]\ntitle = \"Vi\u{1ec7}t\"\n[[events]]\ntitle = \"Vie\u{323}\u{302}t\"\n[[events]]\ntitle = \"Vi\u{1eb9}\u{302}t\"\n";
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        let hits = |words: &str| {
            let needle = SearchPhrase::new(words).expect("there are words");
            needle.events(&timeline).counts().surely
        };
        for words in ["CAF\u{c9}", "cafe\u{301}", "\u{e9}"] {
            assert_eq!(hits(words), 2, "{words:?}");
        }
        for words in ["vi\u{1ec7}t", "vie\u{302}\u{323}t", "Vie\u{323}\u{302}t"] {
            assert_eq!(hits(words), 3, "{words:?}");
        }
    }

    #[test]
    fn a_word_is_found_as_it_is_written_and_in_another_letter_case() {
        for (words, text) in [
            ("\u{130}stanbul", "\u{130}stanbul"),
            ("I\u{307}STANBUL", "\u{130}stanbul"),
            ("\u{1e9e}", "\u{df}"),
            (
                "\u{3bf}\u{3b4}\u{3bf}\u{3c2}",
                "\u{39f}\u{394}\u{39f}\u{3a3}",
            ),
            ("\u{212a}elvin", "kelvin"),
        ] {
            let phrase = SearchPhrase::new(words).expect("a word");
            assert!(phrase.is_in(text), "{words} in {text}");
        }
    }

    #[test]
    fn an_event_of_a_log_says_what_its_row_says() {
        let log = "datetime,message,computer\n2021-01-01T00:00:00Z,Logon,MAIL01\n2021-01-02T00:00:00Z,Logon,WEB\n";
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.csv", log)]);
        let needle = SearchPhrase::new("mail01").expect("a word");
        assert_eq!(needle.events(&timeline).counts().surely, 1);
    }
}

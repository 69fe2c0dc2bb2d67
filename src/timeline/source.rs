//! Sources and claims: who says what, in which words, and where it can be read.

use std::cmp::Reverse;

use super::entity::EntityId;
use super::likelihood::{LikelihoodTerm, Yardstick};
use super::link::EventId;
use super::term::{Aspect, Confidence, Reliability, Stance, Standing, Tlp};
use crate::date::{DateMeaning, EventDate, Instant};
use crate::diagnostic::TextPlace;
use crate::text::canonical;

/// A source of one timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A document that carries claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The key in the file.
    pub key: String,
    /// The title; the key if the file gives none.
    pub title: String,
    /// The issuer.
    pub publisher: Option<String>,
    /// The day of issue.
    pub published: Option<EventDate>,
    /// Whether the day of issue cannot be read: the source cannot be shown to have been public.
    pub day_unread: bool,
    /// The web address.
    pub url: Option<String>,
    /// When it was last read.
    pub retrieved: Option<EventDate>,
    /// The sources that it repeats.
    pub derives_from: Vec<SourceId>,
    /// Its reliability on the Admiralty scale.
    pub reliability: Option<Reliability>,
    /// How close it is to the original words.
    pub standing: Option<Standing>,
    /// A note to the reader.
    pub note: Option<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Whether the file declares the source, or it is a log or named in one.
    pub declared: bool,
    /// Whether this is a placeholder for a redacted source.
    pub is_placeholder: bool,
}

/// On how many statements some sources rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceIndependence {
    /// The number of statements; a lower bound if not all are known.
    pub statements: usize,
    /// Whether none of the origins is redacted.
    pub is_whole: bool,
    /// Whether each source rests on one statement, and no two on the same.
    pub is_full: bool,
}

/// A claim of one timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub u32);

/// The value that a claim gives to an aspect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimValue {
    /// A party of the event.
    Entity(EntityId),
    Date(EventDate),
    Text(String),
}

/// What a value says, however it is written: two claims state one value if these are equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueMeaning {
    Entity(EntityId),
    /// What the date allows.
    Date(DateMeaning),
    /// The text, without the case of ASCII letters and the spelling of Unicode.
    Text(String),
}

impl ClaimValue {
    /// What the value says.
    pub fn meaning(&self) -> ValueMeaning {
        match self {
            Self::Entity(id) => ValueMeaning::Entity(*id),
            Self::Date(when) => ValueMeaning::Date(when.meaning()),
            Self::Text(text) => ValueMeaning::Text(canonical(text).to_ascii_lowercase()),
        }
    }

    /// Whether it says the same as another.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self == other || self.meaning() == other.meaning()
    }
}

/// What one speaker says about one aspect of an event, in one source, on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The id, if the file gives one.
    pub key: Option<String>,
    /// The event it is about.
    pub event: EventId,
    /// The speaker.
    pub by: Option<EntityId>,
    pub source: Option<SourceId>,
    /// The place in the source.
    pub at: Option<String>,
    /// When the claim was made: as stated, otherwise when the source was published.
    pub said: Option<EventDate>,
    /// Whether the day is that of the source.
    pub is_dated_by_source: bool,
    /// Whether the day of the claim cannot be read: the claim cannot be shown to have been public.
    pub day_unread: bool,
    pub about: Aspect,
    pub value: Option<ClaimValue>,
    /// Whether the speaker asserts, denies, doubts or is silent.
    pub stance: Stance,
    /// The claim in the author's own words.
    pub text: Option<String>,
    /// The speaker's exact estimative words.
    pub words: Option<String>,
    /// The term on the speaker's yardstick.
    pub likelihood: Option<String>,
    /// The speaker's yardstick, otherwise the file's.
    pub yardstick: Yardstick,
    /// The confidence that the speaker states.
    pub confidence: Option<Confidence>,
    /// The claims that it answers, in the order of the file.
    pub answers: Vec<ClaimId>,
    /// The claims that answer it, in the order of the timeline.
    pub answered_by: Vec<ClaimId>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// The place in the file.
    pub place: TextPlace,
}

impl Claim {
    /// Whether this is the same claim in another version of the file: same id, or, if neither has one, same words.
    pub fn is_again(&self, other: &Self) -> bool {
        match (&self.key, &other.key) {
            (Some(key), Some(other)) => key == other,
            _ => {
                (self.about, self.stance, &self.text, &self.words, &self.said)
                    == (
                        other.about,
                        other.stance,
                        &other.text,
                        &other.words,
                        &other.said,
                    )
            }
        }
    }

    /// Whether it states a fact: without estimative words, a term of likelihood or a confidence.
    pub fn is_flat(&self) -> bool {
        self.likelihood.is_none() && self.words.is_none() && self.confidence.is_none()
    }

    /// Whether the source says nothing on the point.
    pub fn is_silent(&self) -> bool {
        self.stance == Stance::Silent
    }

    /// The source that carries the claim; `None` if the claim is silent.
    pub fn carried_in(&self) -> Option<SourceId> {
        self.source.filter(|_| !self.is_silent())
    }

    /// The sort key: oldest first, an imprecise day after the precise days that it may be, undated claims last.
    pub fn order_key(&self) -> (bool, Option<(Instant, Reverse<Instant>)>) {
        let said = self.said.as_ref();
        (said.is_none(), said.map(EventDate::saying_key))
    }

    /// The term on the speaker's own yardstick.
    pub fn likelihood_term(&self) -> Option<&'static LikelihoodTerm> {
        self.likelihood
            .as_deref()
            .and_then(|word| self.yardstick.find(word))
    }
}

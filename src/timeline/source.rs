//! Sources and claims: who says what, in which words, and where one can read it.

use std::cmp::Reverse;

use super::entity::EntityId;
use super::likelihood::{Term, Yardstick};
use super::link::EventId;
use super::term::{Aspect, Confidence, Reliability, Stance, Standing, Tlp};
use crate::date::{EventDate, Instant};
use crate::diagnostic::Place;

/// A source of one timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

/// A document that carries claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What the file calls it.
    pub key: String,
    /// Its title; the key where the file gives none.
    pub title: String,
    /// Who issued it.
    pub publisher: Option<String>,
    /// When it was issued.
    pub published: Option<EventDate>,
    /// Whether what says when it was issued stands there and cannot be read: nobody can show that it was public.
    pub day_unread: bool,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was last read.
    pub retrieved: Option<EventDate>,
    /// The sources that it repeats.
    pub derives_from: Vec<SourceId>,
    /// Its reliability on the Admiralty scale.
    pub reliability: Option<Reliability>,
    /// How near it stands to the words it carries.
    pub standing: Option<Standing>,
    /// A word to the reader.
    pub note: Option<String>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Whether the file declares it, or it is a log or named in one.
    pub declared: bool,
    /// Whether it only stands for one that is withheld.
    pub is_withheld: bool,
}

/// On how many statements some sources rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Independence {
    /// How many there are; at least so many if not all are known.
    pub statements: usize,
    /// Whether nothing that the sources repeat is withheld.
    pub is_whole: bool,
    /// Whether each source rests on one statement, and no two on the same.
    pub is_full: bool,
}

/// A claim of one timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub u32);

/// What a claim says that an aspect is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimValue {
    /// One of the parties of the event.
    Entity(EntityId),
    /// A date.
    Date(EventDate),
    /// Anything else.
    Text(String),
}

/// What one speaker says about one aspect of an event, in one source, on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its id, if the file gives it one.
    pub key: Option<String>,
    /// The event it is about.
    pub event: EventId,
    /// Who speaks.
    pub by: Option<EntityId>,
    /// Where.
    pub source: Option<SourceId>,
    /// Where in the source.
    pub at: Option<String>,
    /// When they said it: as stated, else when the source was published.
    pub said: Option<EventDate>,
    /// Whether it has its day from its source, for want of one of its own.
    pub is_dated_by_source: bool,
    /// Whether what says when it was made stands there and cannot be read: nobody can show that it was public.
    pub day_unread: bool,
    /// What it is about.
    pub about: Aspect,
    /// What they say it is.
    pub value: Option<ClaimValue>,
    /// Whether they say so, deny it, doubt it or say nothing of it.
    pub stance: Stance,
    /// The claim in the author's own words.
    pub text: Option<String>,
    /// The speaker's exact estimative words.
    pub words: Option<String>,
    /// The term on the speaker's yardstick.
    pub likelihood: Option<String>,
    /// The speaker's yardstick, else the file's.
    pub yardstick: Yardstick,
    /// How sound the speaker says the ground is.
    pub confidence: Option<Confidence>,
    /// The claims that it answers, in the order of the file.
    pub answers: Vec<ClaimId>,
    /// The claims that answer it, in the order of the timeline.
    pub answered_by: Vec<ClaimId>,
    /// Its own marking.
    pub tlp: Option<Tlp>,
    /// Where it stands in its file.
    pub place: Place,
}

impl Claim {
    /// Whether it is the same claim in another reading of the file: of the same id, or, where neither has one, worded
    /// alike.
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

    /// Whether its source says nothing on the point.
    pub fn is_silent(&self) -> bool {
        self.stance == Stance::Silent
    }

    /// The source that carries what it says; none if it says nothing.
    pub fn carried_in(&self) -> Option<SourceId> {
        self.source.filter(|_| !self.is_silent())
    }

    /// The key by which claims are sorted: oldest first, an imprecise day after the precise ones that it may be, and
    /// undated claims last.
    pub fn order_key(&self) -> (bool, Option<(Instant, Reverse<Instant>)>) {
        let said = self.said.as_ref();
        (said.is_none(), said.map(EventDate::saying_key))
    }

    /// The range of its likelihood on the speaker's own yardstick.
    pub fn likelihood_term(&self) -> Option<&'static Term> {
        self.likelihood
            .as_deref()
            .and_then(|word| self.yardstick.find(word))
    }
}

//! A filter bound to one timeline: names have become numbers and dates windows, so that rows can be asked quickly.

use super::bitmap::Bitmap;
use super::clock::Question;
use super::phrases::Phrases;
use super::syntax::Operator;
use crate::date::Truth;
use crate::timeline::likelihood::{Term, Yardstick};
use crate::timeline::term::{Aspect, Confidence, LinkKind, Stance, Tlp};
use crate::timeline::{AspectSet, Assessments, Claim, ClaimValue, Clock, EventId};

/// What a filter asks of each event of one timeline.
#[derive(Clone, Debug)]
pub enum Predicate {
    /// All of these; of none, everything.
    All(Vec<Predicate>),
    /// Any of these; of none, nothing.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
    /// Only what is surely so.
    Surely(Box<Predicate>),
    /// What may be so, taken as if it were.
    Possibly(Box<Predicate>),
    /// One question.
    Ask(Leaf),
}

/// One question about an event.
#[derive(Clone, Debug)]
pub enum Leaf {
    /// One of these rows.
    Rows(Bitmap),
    /// Words in a text.
    Says(TextOf, Phrases),
    /// A value that a log gives it, by number among all that are kept.
    Noted(Selection),
    /// A value that is listed with the event.
    Lists(ListOf, Selection),
    /// Its phase.
    Phase(Selection),
    /// A question about one of its own dates.
    Date(Clock, Question),
    /// Whether one of its documents was issued then.
    Published(Question),
    /// Whether one of its claims is such.
    Claim(ClaimTest),
    /// How many there are.
    Count(CountOf, u64, u64),
    /// Whether its claims differ.
    Contested(Contest),
    /// Whether an aspect is at one of these levels.
    Assessed(Assessments),
    /// Whether it has something.
    Has(Feature),
    /// How it is tied to others.
    Link(LinkKind),
    /// To which others it is tied, as rows of the timeline.
    LinkedTo(Bitmap),
    /// Its marking or the file's.
    Marked(Vec<Tlp>),
}

/// A text of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOf {
    Title,
    Summary,
    Claims,
    Attributes,
}

/// A list of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOf {
    Lanes,
    /// Those who take this part.
    Parties(Aspect),
    Techniques,
    Tags,
    Sources,
}

/// Something of which an event has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountOf {
    Claims,
    Sources,
}

/// Whether claims differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contest {
    /// On nothing.
    Nowhere,
    /// On one of these.
    On(AspectSet),
}

/// Something an event may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    Summary,
    Date(Clock),
    Phase,
    List(ListOf),
    Links,
    Claims,
    Tlp,
}

/// Which numbers of entities, sources or words are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<bool>);

impl Selection {
    /// Those that pass a test, in the order of their numbers.
    pub fn of<T>(all: impl Iterator<Item = T>, test: impl FnMut(T) -> bool) -> Self {
        Self(all.map(test).collect())
    }

    /// Whether a number is wanted.
    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Those of either.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), false);
        for (own, theirs) in self.0.iter_mut().zip(&other.0) {
            *own |= theirs;
        }
        self
    }
}

/// A question about a claim.
#[derive(Clone, Debug)]
pub enum ClaimTest {
    /// Who speaks.
    By(Selection),
    /// An entity that it says an aspect is.
    Names(Selection),
    /// What it is about.
    About(Vec<Aspect>),
    /// What the speaker does with it.
    Stance(Vec<Stance>),
    /// The confidence stated.
    Confidence(Vec<Confidence>),
    /// Its likelihood; without a word, whether it has one.
    Likelihood(Option<(Operator, String)>),
    /// Words in the speaker's exact words.
    Words(Phrases),
    /// Words in the place in its source where it stands.
    At(Phrases),
    /// When it was said. Silence is not said.
    Said(Question),
    /// Whether it answers another.
    Answers,
}

impl ClaimTest {
    /// Whether a claim about an event is such.
    pub fn ask(&self, claim: &Claim, event: EventId) -> Truth {
        let holds = match self {
            Self::By(wanted) => claim.by.is_some_and(|by| wanted.has(by.0)),
            Self::Names(wanted) => {
                matches!(claim.value, Some(ClaimValue::Entity(id)) if wanted.has(id.0))
            }
            Self::About(aspects) => aspects.contains(&claim.about),
            Self::Stance(stances) => stances.contains(&claim.stance),
            Self::Confidence(levels) => claim
                .confidence
                .is_some_and(|level| levels.contains(&level)),
            Self::Likelihood(None) => claim.likelihood.is_some(),
            Self::Likelihood(Some((operator, word))) => {
                let own = claim.likelihood.as_deref();
                return own.map_or(Truth::No, |own| {
                    ask_likelihood(own, claim.yardstick, *operator, word)
                });
            }
            Self::Words(phrases) => claim
                .words
                .as_deref()
                .is_some_and(|words| phrases.are_in(words)),
            Self::At(phrases) => claim.at.as_deref().is_some_and(|at| phrases.are_in(at)),
            Self::Said(_) if claim.is_silent() => false,
            Self::Said(question) => return question.ask(claim.said.as_ref(), event),
            Self::Answers => !claim.answers.is_empty(),
        };
        Truth::from(holds)
    }
}

/// Two terms are in the order of the yardstick that the speaker used. A speaker who names none may have used any, or
/// none at all: then nothing but the very same word is sure.
pub(super) fn ask_likelihood(
    own: &str,
    yardstick: Yardstick,
    operator: Operator,
    word: &str,
) -> Truth {
    let includes_itself = matches!(
        operator,
        Operator::Is | Operator::AtMost | Operator::AtLeast
    );
    if includes_itself && own.eq_ignore_ascii_case(word) {
        return Truth::Yes;
    }
    let holds = |yardstick: Yardstick| {
        let (own, wanted) = (yardstick.find(own)?, yardstick.find(word)?);
        Some(compare_terms(own, operator, wanted))
    };
    if yardstick == Yardstick::None {
        let any = Yardstick::ALL
            .iter()
            .any(|&yardstick| holds(yardstick) == Some(true));
        return Truth::from(any).doubted();
    }
    Truth::from(holds(yardstick) == Some(true))
}

fn compare_terms(own: &Term, operator: Operator, wanted: &Term) -> bool {
    compares(&own.from, operator, &wanted.from)
}

/// Whether a value stands to another as an operator says.
pub(super) fn compares<T: PartialOrd>(own: &T, operator: Operator, wanted: &T) -> bool {
    match operator {
        Operator::Is => own == wanted,
        Operator::Less => own < wanted,
        Operator::AtMost => own <= wanted,
        Operator::More => own > wanted,
        Operator::AtLeast => own >= wanted,
    }
}

//! What the claims about an event say, aspect by aspect: the answer before the evidence.
//!
//! The rule is computed from the claims that are there, so a timeline as of a day or up to a marking gives the answer of
//! what is left. It counts speakers and keeps their words. It judges nothing: no mean, no probability, no consensus.
//!
//! # The rule
//!
//! - Each value that a claim asserts has a line. Two claims state one value if their [`ValueMeaning`]s are equal: the same
//!   entity, the same days, the same text. Ranges that overlap are different values, and so are sets of days.
//! - A line has every speaker who asserts its value, each once, with all wordings: a speaker who is quoted as well as
//!   read, or in several copies, is one. All claims without a speaker are one speaker without a name.
//! - Speakers are *independent* if their texts have no original in common. The number of independent speakers is that of
//!   the largest group in which all are: see [`IndependentSpeakers`].
//! - Speakers who state the value flatly come first, then those with a term of likelihood, by the order of their own
//!   yardstick, then those whose words no yardstick places. No yardstick is compared with another: the speakers of one
//!   follow those of the other.
//! - A denial or a doubt is on the line of the value that it names, and on the line of each claim that it answers. If
//!   it names a value that no claim asserts, and answers none, it has a line of its own, without speakers.
//! - A claim that asserts no value cannot be compared, and neither can an objection that names no value and answers no
//!   claim. They are listed, and so are silent claims.
//! - Lines are in the order of their independent speakers, then of the day on which the value was first stated.
//! - Nothing is superseded. A speaker who says two things on two days is on both lines, and the later claim is known as
//!   later: see [`AspectVerdict::is_later`].
//!
//! # Laws
//!
//! - Each assertion is on exactly one line, or in [`AspectVerdict::without_value`]. Each objection is on the line of its
//!   value, on those of the claims that it answers, or in [`AspectVerdict::objections`]. Each silent claim is in
//!   [`AspectVerdict::silent`].
//! - Without a claim, no line changes except its own, and that of the value which an objection names that answered it.
//! - The order of claims in the file changes nothing.
//! - Two speakers whose sources go back to one original are not independent.

mod aspect;
mod claim_row;
mod independent_speakers;
mod later;
mod line;
mod wording;

pub use aspect::AspectVerdict;
pub use independent_speakers::IndependentSpeakers;
pub use line::{Objection, SpeakerStatement, ValueLine};
pub use wording::{WordedClaims, Wording};

use crate::timeline::term::Aspect;
use crate::timeline::{EventId, Timeline};
use independent_speakers::OriginalsCache;

#[cfg(doc)]
use crate::timeline::ValueMeaning;

/// What the claims about an event say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventVerdict<'t> {
    /// The aspects that claims are about, in the order of [`Aspect::AS_ASKED`].
    pub aspects: Vec<AspectVerdict<'t>>,
}

impl<'t> EventVerdict<'t> {
    /// The aspects that readers expect an answer to, even if it is that there is none.
    const EXPECTED: [Aspect; 4] = [Aspect::Actor, Aspect::Date, Aspect::Reason, Aspect::Effect];

    /// From all claims about an event.
    pub fn of(timeline: &'t Timeline, event: EventId) -> Self {
        let mut originals = OriginalsCache::default();
        let aspects = Aspect::AS_ASKED.into_iter();
        Self {
            aspects: aspects
                .filter_map(|aspect| AspectVerdict::of(timeline, (event, aspect), &mut originals))
                .collect(),
        }
    }

    /// The aspects that readers expect an answer to and no claim is about. None if there are no claims at all.
    pub fn unstated(&self) -> Vec<Aspect> {
        let is_unstated = |aspect: &Aspect| {
            let mut stated = self.aspects.iter();
            !self.aspects.is_empty() && stated.all(|verdict| verdict.aspect != *aspect)
        };
        Self::EXPECTED.into_iter().filter(is_unstated).collect()
    }
}

//! The answer before the evidence: what claims say, in lines for a page and in sentences to be read aloud.
//!
//! Both are written from one [`EventVerdict`]. A [`VerdictBlock`] has them in several lengths: a screen decides which it
//! shows, by its room.

mod block;
mod cited;
mod line;
mod sentence;
mod speakers;

pub use block::{VerdictBlock, VerdictForm, verdict_blocks};
pub use cited::{CitedLine, CitedVerdict, cited_verdicts};

use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Confidence, Stance};
use crate::verdict::Wording;

#[cfg(doc)]
use crate::verdict::EventVerdict;

/// What speakers did who object. The past fits a name in the singular and in the plural.
const fn objected(stance: Stance) -> &'static str {
    match stance {
        Stance::Doubts => "doubted",
        _ => "denied",
    }
}

/// What precedes an item of a list: `a, b and c`.
const fn separator(at: usize, count: usize) -> &'static str {
    match at {
        0 => "",
        _ if at + 1 == count => " and ",
        _ => ", ",
    }
}

/// A term without the speaker's exact words, with the yardstick that places it.
fn term_words(term: &str, yardstick: Yardstick) -> String {
    match yardstick {
        Yardstick::None => term.to_owned(),
        _ => format!("{term} ({})", super::words::yardstick(yardstick)),
    }
}

/// What follows the words of a claim, or is said without any: whether its date is doubted, and the confidence.
fn reserve(wording: &Wording<'_>) -> Option<String> {
    let confidence = wording.confidence.map(Confidence::as_str);
    match (confidence, wording.is_doubted_date) {
        (None, false) => None,
        (None, true) => Some("as uncertain".to_owned()),
        (Some(level), false) => Some(format!("with {level} confidence")),
        (Some(level), true) => Some(format!("as uncertain, with {level} confidence")),
    }
}

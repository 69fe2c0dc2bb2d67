//! Words that documents share.

use crate::timeline::likelihood::Yardstick;

/// A number with its noun.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// The display name of a yardstick.
pub(crate) const fn yardstick(yardstick: Yardstick) -> &'static str {
    match yardstick {
        Yardstick::Phia => "PHIA",
        Yardstick::Icd203 => "ICD 203",
        Yardstick::None => "no yardstick",
    }
}

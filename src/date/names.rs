//! The names of months, seasons, quarters and halves of a year.

const SEASONS: [(&str, u8); 5] = [
    ("spring", 21),
    ("summer", 22),
    ("autumn", 23),
    ("fall", 23),
    ("winter", 24),
];

/// ISO 8601-2, 4.8: quarters and halves.
const GROUPINGS: [(&str, u8); 6] = [
    ("q1", 33),
    ("q2", 34),
    ("q3", 35),
    ("q4", 36),
    ("h1", 40),
    ("h2", 41),
];
/// The months as people write them, in lower case.
pub(crate) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The code of EDTF for a month, a season, a quarter or a half of a year, by its name in lower case.
pub(super) fn code(name: &str) -> Option<u8> {
    let listed = SEASONS
        .iter()
        .chain(&GROUPINGS)
        .find(|(word, _)| *word == name);
    listed.map(|(_, code)| *code).or_else(|| month(name))
}

/// A month by its name, in full or by its first three letters; `Sept` too.
pub(super) fn month(name: &str) -> Option<u8> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let known = |full: &&str| {
        *full == name || full.get(..3) == Some(name) || (name == "sept" && full.starts_with(name))
    };
    MONTHS
        .iter()
        .position(known)
        .and_then(|at| u8::try_from(at + 1).ok())
}

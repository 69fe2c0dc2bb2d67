//! What an engine is asked about a row: a condition of few kinds of tests, whatever the engine's language.

use crate::formats::log::ValuePlace;

/// A condition on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowCondition {
    /// Holds for every row, or for none.
    Constant(bool),
    All(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    Test(RowTest),
}

/// A test of one value of a row. A missing value is an empty text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowTest {
    /// The text has these characters in any letter case, or a character that dateline takes for one of them.
    Has(ValuePlace, String),
    /// The text is ASCII, and begins with the first of these parts, in any letter case, ends with the last, and has the
    /// others in between. One part alone is the whole text.
    Is(String, Vec<String>),
    Empty(String),
    /// The text is a stamp that all programs read alike, and its day is in one of these ranges.
    Stamp(String, Vec<DayRange>),
    /// The same of a column of the engine's own type for times.
    Time(String, Vec<DayRange>),
}

/// Days, from the first to the last, as `2021-08-14`. Without an end, those that are read alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayRange {
    pub first: Option<String>,
    pub last: Option<String>,
}

impl RowCondition {
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::Constant(true) => {}
                Self::Constant(false) => return Self::Constant(false),
                Self::All(inner) => all.extend(inner),
                other if all.contains(&other) => {}
                other => all.push(other),
            }
        }
        match all.len() {
            0 => Self::Constant(true),
            1 => all.remove(0),
            _ => Self::All(all),
        }
    }

    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Constant(false) => {}
                Self::Constant(true) => return Self::Constant(true),
                Self::Any(inner) => any.extend(inner),
                other if any.contains(&other) => {}
                other => any.push(other),
            }
        }
        match any.len() {
            0 => Self::Constant(false),
            1 => any.remove(0),
            _ => Self::Any(any),
        }
    }

    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// The condition without the tests that a language cannot say: each becomes `unsaid`, and the opposite behind a
    /// negation. So the result holds for more rows if `unsaid` is true, and for fewer otherwise.
    pub fn said(self, can_say: &dyn Fn(&RowTest) -> bool, unsaid: bool) -> Self {
        match self {
            Self::Constant(_) => self,
            Self::All(parts) => Self::all(parts.into_iter().map(|it| it.said(can_say, unsaid))),
            Self::Any(parts) => Self::any(parts.into_iter().map(|it| it.said(can_say, unsaid))),
            Self::Not(inner) => inner.said(can_say, !unsaid).negated(),
            Self::Test(ref test) if can_say(test) => self,
            Self::Test(_) => Self::Constant(unsaid),
        }
    }
}

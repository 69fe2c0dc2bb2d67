//! Three-valued truth: Kleene's strong logic of *no*, *possibly* and *surely*.

use std::ops::{BitAnd, BitOr, Not};

/// An answer about something imprecise. Ordered `No < Possibly < Yes`, so that *and* is the lesser and *or* the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It cannot be so, whatever the unknown part turns out to be.
    No,
    /// It may be so.
    Possibly,
    /// It is so, whatever the unknown part turns out to be.
    Yes,
}

impl Truth {
    /// Both: the lesser of the two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// Either: the greater of the two.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// The opposite; *possibly* is its own.
    #[must_use]
    #[expect(
        clippy::should_implement_trait,
        reason = "it is implemented too; the method needs no import"
    )]
    pub fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Possibly => Self::Possibly,
            Self::Yes => Self::No,
        }
    }

    /// What remains when the ground of the answer is itself in doubt: *surely* becomes *possibly*.
    #[must_use]
    pub fn doubted(self) -> Self {
        self.min(Self::Possibly)
    }

    /// *Surely* so.
    pub fn is_sure(self) -> bool {
        self == Self::Yes
    }

    /// *Possibly* or *surely* so.
    pub fn is_possible(self) -> bool {
        self != Self::No
    }

    /// The answer when what is surely so and what is possibly so are known apart.
    pub(super) fn between(surely: bool, possibly: bool) -> Self {
        match (surely, possibly) {
            (true, _) => Self::Yes,
            (false, true) => Self::Possibly,
            (false, false) => Self::No,
        }
    }

    /// The answer about exactly one of several, it being unknown which: theirs where all agree, *possibly* otherwise.
    pub(super) fn of_one(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut answers = answers.into_iter();
        let Some(first) = answers.next() else {
            return Self::Possibly;
        };
        if answers.all(|answer| answer == first) {
            first
        } else {
            Self::Possibly
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::Yes } else { Self::No }
    }
}

impl BitAnd for Truth {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        self.and(other)
    }
}

impl BitOr for Truth {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        self.or(other)
    }
}

impl Not for Truth {
    type Output = Self;
    fn not(self) -> Self {
        Self::not(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, No, Possibly, Yes};

    const ALL: [Truth; 3] = [No, Possibly, Yes];

    #[test]
    fn nothing_is_known_of_a_maybe_and_its_opposite() {
        assert_eq!(
            (Possibly & !Possibly, Possibly | !Possibly),
            (Possibly, Possibly)
        );
    }

    #[test]
    fn de_morgan_holds_for_every_pair() {
        for a in ALL {
            for b in ALL {
                assert_eq!(!(a & b), !a | !b);
                assert_eq!(!(a | b), !a & !b);
            }
        }
    }

    #[test]
    fn one_of_several_is_sure_only_when_all_agree() {
        assert_eq!(Truth::of_one([Yes, Yes]), Yes);
        assert_eq!(Truth::of_one([No, No]), No);
        assert_eq!(Truth::of_one([Yes, No]), Possibly);
    }

    #[test]
    fn doubt_takes_away_sureness_and_nothing_else() {
        assert_eq!(ALL.map(Truth::doubted), [No, Possibly, Possibly]);
    }
}

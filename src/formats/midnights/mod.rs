//! Stamps at midnight: full stamps in place of a day, a month or a year.
//!
//! Many programs have no other way to write a month than its first midnight, and often that of the author's own clock: the
//! campaigns of ATT&CK begin on the first of a month at midnight in America. Such stamps are reported, and are written
//! less precisely only on request.

mod detective;
mod stamp;

pub use detective::{PrecisionDetective, PrecisionProposal};

/// The precision to write instead of a stamp at midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MidnightPrecision {
    /// For any stamp at midnight.
    Days,
    /// For stamps at midnight on the first of a month.
    Months,
    /// For stamps at midnight on 1 January.
    Years,
}

impl MidnightPrecision {
    /// From the finest to the coarsest.
    pub const ALL: [Self; 3] = [Self::Days, Self::Months, Self::Years];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    const fn moment(self) -> &'static str {
        match self {
            Self::Days => "at midnight",
            Self::Months => "at midnight on the first of a month",
            Self::Years => "at midnight on the first of January",
        }
    }

    const fn unit(self) -> &'static str {
        match self {
            Self::Days => "day",
            Self::Months => "month",
            Self::Years => "year",
        }
    }
}

//! What a date states about itself: its shape, its finest unit, and how sure its source is.

/// What kind of thing the bounds bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateShape {
    /// A date: something of unknown extent, somewhere inside it.
    Point,
    /// `a/b`: lasted from one to the other (ISO 8601-2, 10).
    Extent,
    /// `[…]`, `by X`, `between X and Y`: one of these, once (ISO 8601-2, 6.2). Drawn hollow.
    OneOf,
    /// `{…}`: all of these (ISO 8601-2, 6.1).
    AllOf,
}

/// The finest unit a date states, from the coarsest up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Not even the millennium: `XXXX`, and years of more than four unstated digits.
    Unstated,
    /// `2XXX`
    Millennium,
    /// `20XX`
    Century,
    /// `202X`, `2020s`
    Decade,
    /// `2021`
    Year,
    /// `H1 2021`, `late 2021`
    Half,
    /// `2021-37` to `2021-39`
    Third,
    /// `Q3 2021`, and seasons
    Quarter,
    /// `2021-08`
    Month,
    /// `late August 2021`
    PartOfMonth,
    /// `2021-08-14`
    Day,
    /// `2021-08-14T10:22`
    Minute,
    /// `2021-08-14T10:22:33`
    Second,
    /// `2021-08-14T10:22:33.5`: one to three digits of a fraction
    Millisecond,
    /// `2021-08-14T10:22:33.500123`: four digits or more
    Microsecond,
}

/// What the source says of its own date (ISO 8601-2, 8.4). Of a compound date: of any date in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Qualifier {
    /// `~` or `about`: an estimate.
    pub approximate: bool,
    /// `?`: in doubt.
    pub uncertain: bool,
}

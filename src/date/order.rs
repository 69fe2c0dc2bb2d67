//! How two imprecise dates lie to each other, in words: the relations of Allen's interval algebra as far as the bounds
//! establish them, and what they leave open.

use super::{Bounds, EventDate, Truth};

/// How one date lies to another, as far as both allow to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// The first was over before the second began.
    Before,
    /// The second was over before the first began.
    After,
    /// The first lay within the second.
    During,
    /// The second lay within the first.
    Contains,
    /// Both went on for a time, and the first began first.
    Overlaps,
    /// Both went on for a time, and the second began first.
    OverlappedBy,
    /// Both went on for a time; which began first is open.
    Together,
    /// The first was over before the second began, or both went on for a time.
    BeforeOrTogether,
    /// The second was over before the first began, or both went on for a time.
    AfterOrTogether,
    /// Anything is possible.
    Open,
}

impl EventDate {
    /// How this date lies to another.
    pub fn order_to(&self, other: &Self) -> DateOrder {
        let (before, after) = (self.precedes(other), other.precedes(self));
        match (before, after) {
            (Truth::Yes, _) => DateOrder::Before,
            (_, Truth::Yes) => DateOrder::After,
            (Truth::No, Truth::No) => together(self, other),
            (_, Truth::No) => DateOrder::BeforeOrTogether,
            (Truth::No, _) => DateOrder::AfterOrTogether,
            _ => DateOrder::Open,
        }
    }
}

/// Both surely went on for a time.
fn together(one: &EventDate, other: &EventDate) -> DateOrder {
    let (a, b) = (one.bounds(), other.bounds());
    let lies_within = |inner: &Bounds, outer: &Bounds| {
        outer.start.latest <= inner.start.earliest && inner.end.latest <= outer.end.earliest
    };
    match (one.starts_before(other), other.starts_before(one)) {
        _ if lies_within(&a, &b) => DateOrder::During,
        _ if lies_within(&b, &a) => DateOrder::Contains,
        (Truth::Yes, _) => DateOrder::Overlaps,
        (_, Truth::Yes) => DateOrder::OverlappedBy,
        _ => DateOrder::Together,
    }
}

impl DateOrder {
    /// In a sentence about two events that the reader knows by these names.
    pub fn words(self, one: &str, other: &str) -> String {
        match self {
            Self::Before => format!("{one} was over before {other} began"),
            Self::After => format!("{other} was over before {one} began"),
            Self::During => format!("{one} lay within {other}"),
            Self::Contains => format!("{other} lay within {one}"),
            Self::Overlaps => format!("{one} began first, and both went on for a time"),
            Self::OverlappedBy => format!("{other} began first, and both went on for a time"),
            Self::Together => "both went on for a time; which began first is open".to_owned(),
            Self::BeforeOrTogether => {
                format!("{one} was over before {other} began, or both went on for a time")
            }
            Self::AfterOrTogether => {
                format!("{other} was over before {one} began, or both went on for a time")
            }
            Self::Open => "the dates leave the order open".to_owned(),
        }
    }

    /// The same seen from the second date.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
            Self::During => Self::Contains,
            Self::Contains => Self::During,
            Self::Overlaps => Self::OverlappedBy,
            Self::OverlappedBy => Self::Overlaps,
            Self::BeforeOrTogether => Self::AfterOrTogether,
            Self::AfterOrTogether => Self::BeforeOrTogether,
            Self::Together | Self::Open => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, expected: DateOrder) {
        let date = |text| EventDate::parse(text).expect("the date is right");
        let (one, other) = (date(one), date(other));
        assert_eq!(one.order_to(&other), expected);
        assert_eq!(other.order_to(&one), expected.reversed());
    }

    #[test]
    fn dates_that_exclude_each_other_have_an_order() {
        check("2021", "2022", DateOrder::Before);
        check("2021-08-14", "2021-08-15", DateOrder::Before);
        check("2021/2022-03", "2022-04-01", DateOrder::Before);
    }

    #[test]
    fn a_day_in_a_month_may_come_first_or_last() {
        check("2021-08-14", "2021-08", DateOrder::Open);
        check("2021-08-14", "2021-08-14", DateOrder::Open);
        check("2021-08?", "2022", DateOrder::BeforeOrTogether);
    }

    #[test]
    fn long_dates_may_lie_within_each_other() {
        check(
            "2021-05-01/2021-06-01",
            "2021-01/2021-12",
            DateOrder::During,
        );
        check("2021-01/2021-06", "2021-03/2021-12", DateOrder::Overlaps);
        check("2021-03/2021-06", "2021-03/2021-12", DateOrder::Together);
    }

    #[test]
    fn what_goes_on_contains_what_is_later_and_an_unknown_end_leaves_it_open() {
        check("2021/", "2023", DateOrder::BeforeOrTogether);
        check("2021/..", "2023", DateOrder::Contains);
    }
}

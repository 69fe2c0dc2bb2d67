//! Days that an engine can compare: of stamps that every program reads alike.
//!
//! A filter asks about instants, and a stamp in a column may be in any zone: so a range is wider by a day on each side, or
//! narrower if a row must surely be in it.

use chrono::{Datelike, Days, NaiveDate};

use super::condition::DayRange;
use crate::date::{Instant, Span};

/// The first and the last day that are compared. Clocks begin and end on days before and after them, which programs write
/// in place of a missing time.
const FIRST_DAY: &str = "2002-01-01";
const LAST_DAY: &str = "2037-12-31";

/// A regular expression of the stamps that are compared: years from 2002 to 2037, no leap days, and a time and an offset
/// that exist. It has no backslash and no quotation mark.
pub(super) const STAMP: &str = concat!(
    "^20(0[2-9]|[12][0-9]|3[0-7])-",
    "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)",
    "([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?",
    "( ?(Z|UTC|[+-](0[0-9]|1[0-3])(:?[0-5][0-9])?))?)?$",
);

impl DayRange {
    /// The first day, and the day behind the last, within those that are compared.
    pub fn bounds(&self) -> (&str, String) {
        let first = self.first.as_deref().unwrap_or(FIRST_DAY).max(FIRST_DAY);
        let last = self.last.as_deref().unwrap_or(LAST_DAY).min(LAST_DAY);
        let behind = last
            .parse::<NaiveDate>()
            .ok()
            .and_then(|day| day.succ_opt());
        (first, behind.map_or_else(|| last.to_owned(), written))
    }
}

/// How stamps differ from the days on which they are: by zones, and since their dates are coarser.
#[derive(Clone, Copy, Debug)]
pub(super) struct DayMargin {
    pub days: u64,
}

impl DayMargin {
    /// The days before a span, if any: no stamp on them touches it.
    pub fn before(self, span: Span) -> Option<DayRange> {
        let last = day(span.earliest)?.checked_sub_days(Days::new(self.days + 1))?;
        Some(DayRange {
            first: None,
            last: Some(written(last)),
        })
    }

    /// The days after a span, if any: no stamp on them touches it.
    pub fn after(self, span: Span) -> Option<DayRange> {
        let first = day(span.latest)?.checked_add_days(Days::new(self.days + 1))?;
        Some(DayRange {
            first: Some(written(first)),
            last: None,
        })
    }

    /// The days inside a span: every stamp on them lies wholly in it. `None` if there are none.
    pub fn inside(self, span: Span) -> Option<DayRange> {
        let margin = Days::new(self.days + 1);
        let first = match day(span.earliest) {
            Some(day) => Some(day.checked_add_days(margin)?),
            None if span.earliest.is_bounded() => return None,
            None => None,
        };
        let last = match day(span.latest) {
            Some(day) => Some(day.checked_sub_days(margin)?),
            None if span.latest.is_bounded() => return None,
            None => None,
        };
        if first.zip(last).is_some_and(|(first, last)| last < first) {
            return None;
        }
        Some(DayRange {
            first: first.map(written),
            last: last.map(written),
        })
    }
}

/// The day of an instant. `None` if it is unbounded, or has no year of four digits.
fn day(instant: Instant) -> Option<NaiveDate> {
    let day = instant.is_bounded().then(|| instant.civil().date())?;
    (1000..=9998).contains(&day.year()).then_some(day)
}

fn written(day: NaiveDate) -> String {
    day.format("%Y-%m-%d").to_string()
}

//! What a date's text says, before anything is made of it: single dates, intervals and sets of them.
//!
//! Transient: it borrows the text and is read from it again when one row is drawn.

use chrono::{NaiveDate, NaiveDateTime};
use edtf_core::{Date, Year, YearKind};
use memchr::{memchr_iter, memchr2};

use super::instant::CalendarStep;
use super::precision::{Precision, Qualifier};

/// A whole text.
#[derive(Clone, Debug)]
pub(super) enum DateExpression<'a> {
    One(StatedDate<'a>),
    /// `by X`, `before X`: at some time no later than X.
    By(&'static str, StatedDate<'a>),
    Interval(IntervalEnd<'a>, IntervalEnd<'a>),
    /// `[…]`: exactly one of these (ISO 8601-2, 6.2).
    OneOf(Vec<SetItem<'a>>),
    /// `{…}`: all of these (ISO 8601-2, 6.1).
    AllOf(Vec<SetItem<'a>>),
}

/// One side of an interval.
#[derive(Clone, Debug)]
pub(super) enum IntervalEnd<'a> {
    Date(StatedDate<'a>),
    /// `..X` as a start (ISO 8601-2, 10.6).
    OrBefore(StatedDate<'a>),
    /// `X..` as an end (ISO 8601-2, 10.6).
    OrAfter(StatedDate<'a>),
    /// `..`
    Open,
    /// Nothing written.
    Unknown,
}

/// One member of a set.
#[derive(Clone, Debug)]
pub(super) enum SetItem<'a> {
    Date(StatedDate<'a>),
    OrBefore(StatedDate<'a>),
    OrAfter(StatedDate<'a>),
    Range(StatedDate<'a>, StatedDate<'a>),
}

/// A single date as its source states it.
#[derive(Clone, Debug)]
pub(super) struct StatedDate<'a> {
    pub value: DateValue<'a>,
    pub part: Option<DatePart>,
    pub qualifier: Qualifier,
    /// The precision as far as the coarsest component that has an approximation mark of its own.
    pub marked: Option<Precision>,
}

#[derive(Clone, Debug)]
pub(super) enum DateValue<'a> {
    Calendar(Date),
    Moment(StatedMoment<'a>),
}

/// A day and a time of day.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatedMoment<'a> {
    pub day: NaiveDate,
    /// The time as written, without its offset: `10:22:33.5`.
    pub clock: &'a str,
    /// The offset as written: `Z`, `+02:00`, or nothing.
    pub zone: &'a str,
    /// Where an offset would be written, in bytes of the whole text.
    pub clock_end: usize,
    /// Its first microsecond, moved to UTC where there is an offset.
    pub first: NaiveDateTime,
    /// The digits beyond microseconds, which the axis does not have; empty if they are all zero.
    pub finer: &'a str,
    /// How long the stated minute, second or fraction lasts, in microseconds.
    pub micros: i64,
    pub precision: Precision,
}

/// The source's own vague word for a part of a year or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DatePart {
    Early,
    Mid,
    Late,
}

impl DatePart {
    pub fn word(self) -> &'static str {
        match self {
            Self::Early => "early",
            Self::Mid => "mid",
            Self::Late => "late",
        }
    }
}

impl<'a> StatedDate<'a> {
    pub fn moment(moment: StatedMoment<'a>, qualifier: Qualifier) -> Self {
        Self {
            value: DateValue::Moment(moment),
            part: None,
            qualifier,
            marked: None,
        }
    }

    /// Qualifiers of single components (ISO 8601-2, 8.4) are taken to qualify the whole.
    pub fn calendar(date: Date, text: &str) -> Self {
        let qualifier = Qualifier {
            approximate: date.is_approximate(),
            uncertain: date.is_uncertain(),
        };
        Self {
            value: DateValue::Calendar(date),
            part: None,
            qualifier,
            marked: marked(&date, text),
        }
        .settled()
    }

    /// The same date said to be about right.
    pub fn about(mut self) -> Self {
        self.qualifier.approximate = true;
        self.settled()
    }

    /// `2021-39~` is how EDTF writes *late 2021*: code and qualifier become the word. Without `~` the codes 37 to 39
    /// are what the standard says they are, a third of a year with sharp bounds, even of an approximate year.
    fn settled(mut self) -> Self {
        if let DateValue::Calendar(date) = &mut self.value
            && let Some(month) = date.month
            && let Some(part) = part_of_code(month.value())
            && self.qualifier.approximate
            && (month.qualifier.approximate || !date.year.qualifier.approximate)
        {
            date.month = None;
            date.year.qualifier.approximate = false;
            // A year with an approximation mark of its own keeps it.
            self.qualifier.approximate = self.marked == Some(Precision::Year);
            self.part = Some(part);
        }
        self
    }

    /// Which components alone are approximate, where not all are (ISO 8601-2, 8.4.3).
    pub fn approximate_components(&self) -> Option<&'static str> {
        let DateValue::Calendar(date) = &self.value else {
            return None;
        };
        match approximate(date) {
            [Some(true), Some(true), Some(false)] => Some("year and month approximate"),
            [Some(true), Some(false), Some(true)] => Some("year and day approximate"),
            [Some(true), Some(false), _] => Some("year approximate"),
            [Some(false), Some(true), Some(true)] => Some("month and day approximate"),
            [Some(false), Some(true), _] => Some("month approximate"),
            [Some(false), Some(false), Some(true)] => Some("day approximate"),
            [Some(true), Some(true), _] if self.is_marked_inside() => Some("each part approximate"),
            _ => None,
        }
    }

    /// Whether a component before the last has a mark of its own.
    fn is_marked_inside(&self) -> bool {
        self.marked.is_some_and(|marked| marked < self.precision())
    }

    /// Part of this year or month; `None` where it is neither, or has unstated digits.
    pub fn part(mut self, part: DatePart) -> Option<Self> {
        let DateValue::Calendar(date) = &self.value else {
            return None;
        };
        let plain = !date.has_unspecified()
            && date.year.significant_digits.is_none()
            && self.approximate_components().is_none();
        let fits =
            matches!(precision_of(date), Precision::Year | Precision::Month) && date.day.is_none();
        if !plain
            || !fits
            || self.part.is_some()
            || !matches!(date.year.kind, YearKind::Standard { .. })
        {
            return None;
        }
        self.part = Some(part);
        Some(self)
    }

    pub fn precision(&self) -> Precision {
        match (&self.value, self.part) {
            (DateValue::Moment(moment), _) => moment.precision,
            (DateValue::Calendar(date), None) => precision_of(date),
            (DateValue::Calendar(date), Some(_)) if date.month.is_some() => Precision::PartOfMonth,
            (DateValue::Calendar(_), Some(_)) => Precision::Half,
        }
    }

    /// By how much `~` widens: one unit of the coarsest component that is marked. Another mark never narrows a date.
    pub fn step(&self) -> CalendarStep {
        let own = self.precision();
        step_of(self.marked.map_or(own, |marked| marked.min(own)))
    }

    /// The time of day, if it names no zone.
    pub fn clock_time(&self) -> Option<&StatedMoment<'a>> {
        match &self.value {
            DateValue::Moment(moment) if moment.zone.is_empty() => Some(moment),
            _ => None,
        }
    }

    /// The microsecond of a date-time that states one or less, and the digits beyond it.
    pub fn exactly(&self) -> Option<(NaiveDateTime, &str)> {
        match &self.value {
            DateValue::Moment(moment) if moment.micros <= 2 => Some((moment.first, moment.finer)),
            _ => None,
        }
    }

    /// Whether it states more digits than the axis has.
    pub fn is_inside_a_microsecond(&self) -> bool {
        matches!(&self.value, DateValue::Moment(moment) if !moment.finer.is_empty())
    }

    pub fn uses_season(&self) -> bool {
        match &self.value {
            DateValue::Calendar(date) => date
                .month
                .and_then(edtf_core::DateField::value)
                .is_some_and(|code| (21..=24).contains(&code)),
            DateValue::Moment(_) => false,
        }
    }

    pub fn is_vague(&self) -> bool {
        self.part.is_some() || self.qualifier.approximate
    }
}

impl<'a> DateExpression<'a> {
    /// Every single date in the text, in the order written.
    pub fn stated(&self) -> Vec<&StatedDate<'a>> {
        match self {
            Self::One(date) | Self::By(_, date) => vec![date],
            Self::Interval(start, end) => start.stated().into_iter().chain(end.stated()).collect(),
            Self::OneOf(items) | Self::AllOf(items) => {
                items.iter().flat_map(SetItem::stated).collect()
            }
        }
    }

    pub fn qualifier(&self) -> Qualifier {
        if let Self::One(date) = self {
            return date.qualifier;
        }
        let dates = self.stated();
        Qualifier {
            approximate: dates.iter().any(|date| date.qualifier.approximate),
            uncertain: dates.iter().any(|date| date.qualifier.uncertain),
        }
    }

    /// Whether a time of day in it names no zone.
    pub fn lacks_zone(&self) -> bool {
        if let Self::One(date) = self {
            return date.clock_time().is_some();
        }
        self.stated().iter().any(|it| it.clock_time().is_some())
    }

    /// That of the coarsest date in it: nothing said of the whole may be finer.
    pub fn precision(&self) -> Precision {
        if let Self::One(date) = self {
            return date.precision();
        }
        self.stated()
            .into_iter()
            .map(StatedDate::precision)
            .min()
            .unwrap_or(Precision::Unstated)
    }
}

impl<'a> IntervalEnd<'a> {
    pub fn stated(&self) -> Option<&StatedDate<'a>> {
        match self {
            Self::Date(date) | Self::OrBefore(date) | Self::OrAfter(date) => Some(date),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl<'a> SetItem<'a> {
    pub fn stated(&self) -> Vec<&StatedDate<'a>> {
        match self {
            Self::Date(date) | Self::OrBefore(date) | Self::OrAfter(date) => vec![date],
            Self::Range(from, to) => vec![from, to],
        }
    }

    pub fn is_uncertain(&self) -> bool {
        self.stated().iter().any(|date| date.qualifier.uncertain)
    }
}

fn part_of_code(code: Option<u8>) -> Option<DatePart> {
    match code? {
        37 => Some(DatePart::Early),
        38 => Some(DatePart::Mid),
        39 => Some(DatePart::Late),
        _ => None,
    }
}

/// The precision as far as the first component with a mark before or behind it. `edtf-core` knows which components are
/// approximate, and not by how many marks: `2021-08~-14~` is no more exact than `2021-08~-14`.
fn marked(date: &Date, text: &str) -> Option<Precision> {
    let sign = memchr2(b'~', b'%', text.as_bytes())?;
    let before = text.get(..sign)?.trim_start_matches('-');
    let first = memchr_iter(b'-', before.as_bytes()).count();
    let month = Date { day: None, ..*date };
    let year = Date {
        month: None,
        ..month
    };
    let covered = [year, month, *date];
    covered.get(first).map(precision_of)
}

/// Whether year, month and day are approximate; `None` where there is none.
fn approximate(date: &Date) -> [Option<bool>; 3] {
    let of = |field: edtf_core::DateField| field.qualifier.approximate;
    [
        Some(date.year.qualifier.approximate),
        date.month.map(of),
        date.day.map(of),
    ]
}

/// A component with an unstated digit is not stated: `2021-XX` is as coarse as `2021`.
fn precision_of(date: &Date) -> Precision {
    if date.day.is_some_and(|day| !day.has_unspecified()) {
        return Precision::Day;
    }
    match date.month.and_then(edtf_core::DateField::value) {
        Some(1..=12) => Precision::Month,
        Some(37..=39) => Precision::Third,
        Some(40..=41) => Precision::Half,
        Some(_) => Precision::Quarter,
        None => precision_of_year(&date.year),
    }
}

fn precision_of_year(year: &Year) -> Precision {
    match (year.kind, year.significant_digits) {
        (YearKind::Standard { .. }, Some(digits)) => of_open_digits(4_u32.saturating_sub(digits)),
        (YearKind::Standard { digits, .. }, None) => {
            let open = digits
                .iter()
                .rev()
                .take_while(|digit| digit.is_none())
                .count();
            of_open_digits(u32::try_from(open).unwrap_or(u32::MAX))
        }
        (YearKind::Big { value }, Some(digits)) => {
            let width = value.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
            of_open_digits(width.saturating_sub(digits))
        }
        // The digits of an exponential year beyond its significand are as good as unstated.
        (YearKind::Exponential { .. }, Some(_)) => Precision::Unstated,
        (_, None) => Precision::Year,
    }
}

fn of_open_digits(open: u32) -> Precision {
    match open {
        0 => Precision::Year,
        1 => Precision::Decade,
        2 => Precision::Century,
        3 => Precision::Millennium,
        _ => Precision::Unstated,
    }
}

fn step_of(precision: Precision) -> CalendarStep {
    match precision {
        Precision::Unstated => CalendarStep::Months(120_000),
        Precision::Millennium => CalendarStep::Months(12_000),
        Precision::Century => CalendarStep::Months(1200),
        Precision::Decade => CalendarStep::Months(120),
        Precision::Year => CalendarStep::Months(12),
        Precision::Half => CalendarStep::Months(6),
        Precision::Third => CalendarStep::Months(4),
        Precision::Quarter => CalendarStep::Months(3),
        Precision::Month => CalendarStep::Months(1),
        Precision::PartOfMonth => CalendarStep::Days(16),
        Precision::Day => CalendarStep::Days(1),
        Precision::Minute => CalendarStep::Micros(60_000_000),
        Precision::Second => CalendarStep::Micros(1_000_000),
        Precision::Millisecond => CalendarStep::Micros(1000),
        Precision::Microsecond => CalendarStep::Micros(1),
    }
}

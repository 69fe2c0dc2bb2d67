//! From what a text says to what it allows: the four bounds, and the core of the vague ones.
//!
//! One law throughout: a bound is never narrower than the truth.

use chrono::{Datelike, NaiveDate, NaiveTime};
use edtf_core::{Bound, BoundDate, Date, Edtf, YearKind};

use super::expression::{
    DateExpression, DatePart, DateValue, IntervalEnd, SetItem, StatedDate, StatedMoment,
};
use super::instant::{Instant, Span};
use super::zone;

/// When something may have started and ended. Start and end never contradict one another:
/// `start.latest ≤ end.latest` and `start.earliest ≤ end.earliest`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// When it may have started.
    pub start: Span,
    /// When it may have ended.
    pub end: Span,
    /// `?`: the source itself is not sure of it (ISO 8601-2, 8.4).
    pub uncertain: bool,
}

/// What a single date allows, and within that where it points most.
#[derive(Clone, Copy, Debug)]
struct DateReach {
    possible: Span,
    core: Option<Span>,
}

/// The most members into which a set such as `{1970..2020}` is split.
const MOST_MEMBERS: usize = 1000;

impl Bounds {
    /// Something of unknown extent somewhere inside a span.
    fn inside(span: Span, uncertain: bool) -> Self {
        Self {
            start: span,
            end: span,
            uncertain,
        }
    }

    /// `a/..`, `since a`: it goes on, as stated.
    pub fn is_ongoing(&self) -> bool {
        self.end.earliest == Instant::FUTURE
    }

    /// From the earliest start to the latest end.
    pub fn whole(&self) -> Span {
        Span::new(self.start.earliest, self.end.latest)
    }

    /// Earliest start, latest start, earliest end, latest end: the order of the list.
    /// An unknown first day is replaced by the last day on which it can have started: "by March 2024" is listed next to
    /// March 2024, not before the oldest event.
    pub fn order_key(&self) -> [Instant; 4] {
        let Self { start, end, .. } = self;
        let is_known = start.earliest.is_bounded();
        let first = if is_known {
            start.earliest
        } else {
            start.latest
        };
        [first, start.latest, end.earliest, end.latest]
    }

    /// What the clock showed, of a single time whose zone is not known: as if it showed UTC. Two times of one clock
    /// are compared so.
    #[must_use]
    pub fn as_shown(self) -> Self {
        Self {
            start: zone::as_shown(self.start),
            end: zone::as_shown(self.end),
            ..self
        }
    }

    /// Of one of several, it being unknown which.
    fn of_one(self, other: Self) -> Self {
        Self {
            start: self.start.hull(other.start),
            end: self.end.hull(other.end),
            uncertain: self.uncertain | other.uncertain,
        }
    }

    /// Of several that all took place: from the first to start to the last to end.
    fn of_all(self, other: Self) -> Self {
        Self {
            start: first_of(self.start, other.start),
            end: last_of(self.end, other.end),
            uncertain: self.uncertain | other.uncertain,
        }
    }
}

impl DateExpression<'_> {
    /// The four bounds of the whole, and those of each member where it is a set of several.
    pub fn bounds(&self) -> (Bounds, Box<[Bounds]>) {
        match self {
            Self::One(date) => (
                Bounds::inside(date.reach().possible, date.qualifier.uncertain),
                Box::default(),
            ),
            Self::By(limit, date) => (
                Bounds::inside(date.limited(limit), date.qualifier.uncertain),
                Box::default(),
            ),
            Self::Interval(start, end) => (interval(start, end), Box::default()),
            Self::OneOf(items) => {
                let spans = items.iter().map(SetItem::somewhere);
                gathered(spans.collect(), Bounds::of_one)
            }
            Self::AllOf(items) => {
                let spans = items.iter().flat_map(SetItem::everywhere);
                gathered(spans.collect(), Bounds::of_all)
            }
        }
    }

    /// Where vague words or `~` in it point most, from the first start to the last end.
    pub fn core(&self) -> Option<Span> {
        self.stated().iter().find_map(|date| date.reach().core)?;
        let span = match self {
            Self::One(date) => date.pointed(),
            Self::By("before", date) => date.before(date.last_beginning()),
            Self::By(_, date) => Span::new(Instant::PAST, date.pointed().latest),
            Self::Interval(start, end) => {
                let (start, end) = (start.pointed_start(), end.pointed_end());
                // Two vague ends may point at nothing in common; then neither says more than the bounds do.
                (start.earliest <= end.latest).then(|| Span::new(start.earliest, end.latest))?
            }
            Self::OneOf(items) | Self::AllOf(items) => items
                .iter()
                .map(SetItem::pointed)
                .reduce(Span::hull)
                .unwrap_or(Span::ALWAYS),
        };
        Some(span)
    }

    /// Where a vague start points most.
    pub fn start_core(&self) -> Option<Span> {
        match self {
            Self::One(date) | Self::Interval(IntervalEnd::Date(date), _) => date.reach().core,
            _ => None,
        }
    }

    /// Where a vague end points most.
    pub fn end_core(&self) -> Option<Span> {
        match self {
            Self::One(date) | Self::Interval(_, IntervalEnd::Date(date)) => date.reach().core,
            _ => None,
        }
    }
}

impl StatedDate<'_> {
    /// The span it allows.
    pub fn possible(&self) -> Span {
        self.reach().possible
    }

    fn reach(&self) -> DateReach {
        let plain = match (&self.value, self.part) {
            (DateValue::Moment(moment), _) => DateReach {
                possible: moment_span(moment),
                core: None,
            },
            (DateValue::Calendar(date), None) => DateReach {
                possible: calendar_span(date),
                core: None,
            },
            (DateValue::Calendar(date), Some(part)) => part_reach(date, part),
        };
        if !self.qualifier.approximate {
            return plain;
        }
        let core = plain.core.unwrap_or(plain.possible);
        DateReach {
            possible: plain.possible.widened(self.step()),
            core: Some(core),
        }
    }

    /// Whether another ends before this starts, if they are the ends of one interval. Where neither names a zone, they
    /// are times of one clock.
    pub fn comes_after(&self, end: &Self) -> bool {
        let (mut this, mut end_of) = (self.possible(), end.possible());
        if self.clock_time().is_some() && end.clock_time().is_some() {
            (this, end_of) = (zone::as_shown(this), zone::as_shown(end_of));
        }
        end_of.latest < this.earliest || end.is_sooner_in_a_microsecond(self)
    }

    /// Whether this is before another inside one microsecond. The digits compare as text, for the zeros behind them are
    /// left out.
    fn is_sooner_in_a_microsecond(&self, other: &Self) -> bool {
        let is_exact = !self.is_vague() && !other.is_vague();
        let is_on_one_clock = self.clock_time().is_some() == other.clock_time().is_some();
        match (self.exactly(), other.exactly()) {
            (Some((this, digits)), Some((that, others))) if is_exact && is_on_one_clock => {
                this == that && digits < others
            }
            _ => false,
        }
    }

    /// Its core, or all of it where it is not vague.
    fn pointed(&self) -> Span {
        let reach = self.reach();
        reach.core.unwrap_or(reach.possible)
    }

    /// What *by* or *before* it allows: by August may be in August, before August is not. Of a vague date the beginning
    /// is not known either, so before it is before the last day on which it may begin.
    fn limited(&self, limit: &str) -> Span {
        if limit != "before" || !self.possible().earliest.is_bounded() {
            return self.or_before();
        }
        let mut begins = self.last_beginning();
        if self.qualifier.approximate {
            begins = begins.later_by(self.step());
        }
        self.before(begins)
    }

    /// When what it points at begins; on the clocks that are furthest behind if nothing says which clock it is.
    fn last_beginning(&self) -> Instant {
        let pointed = self.pointed();
        if self.clock_time().is_none() {
            return pointed.earliest;
        }
        let begins = zone::as_shown(pointed).earliest;
        zone::in_any(Span::new(begins, begins)).latest
    }

    /// What is before something that begins at an instant; in the same microsecond, too, if it begins inside that.
    fn before(&self, begins: Instant) -> Span {
        let is_part = self.is_inside_a_microsecond();
        let latest = if is_part { begins } else { begins.preceding() };
        Span::new(Instant::PAST, latest)
    }

    fn or_before(&self) -> Span {
        Span::new(Instant::PAST, self.possible().latest)
    }

    fn or_after(&self) -> Span {
        Span::new(self.possible().earliest, Instant::FUTURE)
    }
}

impl IntervalEnd<'_> {
    /// When an interval starting here may have started.
    pub fn start(&self) -> Span {
        match self {
            Self::Date(date) => date.possible(),
            Self::OrBefore(date) => date.or_before(),
            Self::OrAfter(date) => date.or_after(),
            Self::Open | Self::Unknown => Span::ALWAYS,
        }
    }

    /// When an interval ending here may have ended. Open means that it goes on, so it ends in no bounded time.
    pub fn end(&self) -> Span {
        match self {
            Self::Open => Span::new(Instant::FUTURE, Instant::FUTURE),
            _ => self.start(),
        }
    }

    fn pointed_start(&self) -> Span {
        match self {
            Self::Date(date) => date.pointed(),
            _ => self.start(),
        }
    }

    fn pointed_end(&self) -> Span {
        match self {
            Self::Date(date) => date.pointed(),
            _ => self.end(),
        }
    }
}

impl SetItem<'_> {
    /// A point somewhere in this member: what it means as one of several.
    fn somewhere(&self) -> Bounds {
        Bounds::inside(self.possible(), self.is_uncertain())
    }

    /// Every value of this member: what it means as one of all.
    fn everywhere(&self) -> Vec<Bounds> {
        let spans = match self {
            Self::Range(from, to) => every(from, to),
            // The named date, and any number of others beyond it.
            Self::OrBefore(date) | Self::OrAfter(date) => vec![date.possible(), self.possible()],
            Self::Date(date) => vec![date.possible()],
        };
        spans
            .into_iter()
            .map(|span| Bounds::inside(span, self.is_uncertain()))
            .collect()
    }

    fn possible(&self) -> Span {
        match self {
            Self::Date(date) => date.possible(),
            Self::OrBefore(date) => date.or_before(),
            Self::OrAfter(date) => date.or_after(),
            Self::Range(from, to) => Span::new(from.possible().earliest, to.possible().latest),
        }
    }

    fn pointed(&self) -> Span {
        match self {
            Self::Date(date) => date.pointed(),
            Self::Range(from, to) if from.pointed().earliest <= to.pointed().latest => {
                Span::new(from.pointed().earliest, to.pointed().latest)
            }
            _ => self.possible(),
        }
    }
}

fn gathered(members: Vec<Bounds>, join: fn(Bounds, Bounds) -> Bounds) -> (Bounds, Box<[Bounds]>) {
    let whole = members.iter().copied().reduce(join);
    let whole = whole.unwrap_or_else(|| Bounds::inside(Span::ALWAYS, true));
    if members.len() < 2 {
        (whole, Box::default())
    } else {
        (whole, members.into())
    }
}

/// Nothing starts after it has ended: each end's bounds limit the other's.
fn interval(from: &IntervalEnd<'_>, to: &IntervalEnd<'_>) -> Bounds {
    let (start, end) = (from.start(), to.end());
    Bounds {
        start: Span::new(start.earliest, start.latest.min(end.latest)),
        end: Span::new(end.earliest.max(start.earliest), end.latest),
        uncertain: [from, to]
            .iter()
            .filter_map(|end| end.stated())
            .any(|date| date.qualifier.uncertain),
    }
}

fn first_of(a: Span, b: Span) -> Span {
    Span::new(a.earliest.min(b.earliest), a.latest.min(b.latest))
}

fn last_of(a: Span, b: Span) -> Span {
    Span::new(a.earliest.max(b.earliest), a.latest.max(b.latest))
}

/// Each unit from one date to another. Where they are too many, or either is not just one unit, the two ends and a
/// third somewhere between: that claims less, and nothing untrue.
fn every(from: &StatedDate<'_>, to: &StatedDate<'_>) -> Vec<Span> {
    let (first, last, step) = (from.possible(), to.possible(), from.step());
    let unit_at = |start: Instant| Span::new(start, start.later_by(step).preceding());
    let mut units = vec![unit_at(first.earliest)];
    if from.precision() == to.precision() && units == [first] && unit_at(last.earliest) == last {
        while let Some(unit) = units.last().filter(|unit| **unit != last) {
            let next = unit_at(unit.latest.following());
            if units.len() == MOST_MEMBERS || next.latest > last.latest {
                return vec![first, last, Span::new(first.earliest, last.latest)];
            }
            units.push(next);
        }
        return units;
    }
    vec![first, last, Span::new(first.earliest, last.latest)]
}

fn moment_span(moment: &StatedMoment<'_>) -> Span {
    let first = Instant::from(moment.first);
    let last = Instant::from_micros(first.micros().saturating_add(moment.micros - 1));
    let shown = Span::new(first, last);
    if moment.zone.is_empty() {
        zone::in_any(shown)
    } else {
        shown
    }
}

fn calendar_span(date: &Date) -> Span {
    let bounds = Edtf::Date(*date).bounds();
    match (bounds.earliest, bounds.latest) {
        (Bound::Date(first), Bound::Date(last)) => days(first, last),
        // Years beyond counting, such as `Y17E70`: only the side on which they lie is known.
        _ if is_negative(date) => Span::new(Instant::PAST, Instant::first()),
        _ => Span::new(Instant::last(), Instant::FUTURE),
    }
}

fn is_negative(date: &Date) -> bool {
    match date.year.kind {
        YearKind::Standard { negative, .. } => negative,
        YearKind::Big { value } => value < 0,
        YearKind::Exponential { significand, .. } => significand < 0,
    }
}

/// From the first microsecond of one day to the last of another.
fn days(first: BoundDate, last: BoundDate) -> Span {
    let earliest = match day(first) {
        Some(day) => day.and_time(NaiveTime::MIN).into(),
        None if first.year < 0 => Instant::PAST,
        None => Instant::last(),
    };
    let latest = match day(last) {
        Some(day) => day
            .and_hms_micro_opt(23, 59, 59, 999_999)
            .map_or(Instant::FUTURE, Instant::from),
        None if last.year < 0 => Instant::first(),
        None => Instant::FUTURE,
    };
    Span::new(earliest, latest)
}

fn day(date: BoundDate) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(
        i32::try_from(date.year).ok()?,
        date.month.into(),
        date.day.into(),
    )
}

/// Bounds: the first, last or middle half. Core: the third, as in ISO 8601-2, 4.8, codes 37 to 39.
fn part_reach(date: &Date, part: DatePart) -> DateReach {
    let bounds = Edtf::Date(*date).bounds();
    let (Bound::Date(first), Bound::Date(last)) = (bounds.earliest, bounds.latest) else {
        return DateReach {
            possible: calendar_span(date),
            core: None,
        };
    };
    let [possible, core] = if date.month.is_some() {
        parts_of_month(last.day, part)
    } else {
        parts_of_year(part)
    };
    let place = |(from, to): (u8, u8)| {
        if date.month.is_some() {
            days(
                BoundDate { day: from, ..first },
                BoundDate { day: to, ..last },
            )
        } else {
            let end = BoundDate {
                month: to,
                day: length_of(last.year, to),
                ..last
            };
            days(
                BoundDate {
                    month: from,
                    ..first
                },
                end,
            )
        }
    };
    DateReach {
        possible: place(possible),
        core: Some(place(core)),
    }
}

/// Months, first and last: of the bounds, of the core.
fn parts_of_year(part: DatePart) -> [(u8, u8); 2] {
    match part {
        DatePart::Early => [(1, 6), (1, 4)],
        DatePart::Mid => [(4, 9), (5, 8)],
        DatePart::Late => [(7, 12), (9, 12)],
    }
}

/// Days, first and last: of the bounds, of the core. Both halves of a month of 31 days hold the 16th.
fn parts_of_month(length: u8, part: DatePart) -> [(u8, u8); 2] {
    match part {
        DatePart::Early => [(1, length.div_ceil(2)), (1, 10)],
        DatePart::Mid => [(8, 23), (11, 20)],
        DatePart::Late => [(length / 2 + 1, length), (21, length)],
    }
}

fn length_of(year: i64, month: u8) -> u8 {
    let first = i32::try_from(year)
        .ok()
        .and_then(|year| NaiveDate::from_ymd_opt(year, month.into(), 1));
    first.map_or(28, |day| day.num_days_in_month())
}

//! Shorter spellings of a date for a narrow column. Each is true: it leaves out what it says twice, or names a coarser
//! unit that contains all that the date allows.

use super::bounds::Bounds;
use super::display::DateWords;
use super::event_date::EventDate;
use super::expression::{DateExpression, DateValue, IntervalEnd, SetItem, StatedDate};
use super::instant::Span;
use super::precision::Precision;

/// The units of the shorter spellings.
const COARSER: [Precision; 2] = [Precision::Month, Precision::Year];

impl EventDate {
    /// Its short words, then shorter ones: without a repeated month or year, to the month, to the year. Each is shorter
    /// than the one before.
    pub fn spellings(&self) -> Vec<DateWords> {
        let expression = self.expression();
        let coarser = COARSER.iter().filter_map(|&unit| {
            let coarser = expression.to_unit(unit)?;
            let is_true = coarser.allows().contain(expression.allows());
            is_true.then_some(coarser)
        });
        let mut spellings: Vec<DateWords> = Vec::new();
        for expression in std::iter::once(expression.clone()).chain(coarser) {
            let words = DateWords::of(&expression);
            let shortened = words.without_repetition();
            for spelling in [words, shortened] {
                if spellings
                    .last()
                    .is_none_or(|last| spelling.is_shorter_than(last))
                {
                    spellings.push(spelling);
                }
            }
        }
        spellings
    }
}

impl DateWords {
    /// `Apr – May 2021` and `25 or 26 Mar 2024`: the dates before the last without the month and the year that the last
    /// names too.
    fn without_repetition(&self) -> Self {
        let last: Vec<&str> = self.last.split(' ').collect();
        let shortened = |date: &str| {
            let words: Vec<&str> = date.split(' ').collect();
            let pairs = words.iter().rev().zip(last.iter().rev());
            let repeated = pairs.take_while(|(one, other)| one == other).count();
            let kept = words.get(..words.len() - repeated).unwrap_or_default();
            // "late – Oct 2021" would be a part of October.
            let is_named = kept.last().is_some_and(|word| is_month_or_day(word));
            let is_shortened = is_named && repeated < last.len();
            if is_shortened {
                kept.join(" ")
            } else {
                date.to_owned()
            }
        };
        let first: Vec<String> = self.first.split(", ").map(shortened).collect();
        Self {
            first: first.join(", "),
            joiner: self.joiner,
            last: self.last.clone(),
            stamp: None,
        }
    }

    fn is_shorter_than(&self, other: &Self) -> bool {
        let length = |words: &Self| words.to_string().chars().count();
        length(self) < length(other)
    }
}

fn is_month_or_day(word: &str) -> bool {
    let is_month = |month: &&str| {
        month
            .get(..3)
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    let is_day = word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit());
    is_day || super::MONTHS.iter().any(is_month)
}

impl DateExpression<'_> {
    /// The same with each date to a unit, or to its own if that is coarser; `None` if it has other dates.
    fn to_unit(&self, unit: Precision) -> Option<Self> {
        let expression = match self {
            Self::One(date) => Self::One(date.to_unit(unit)?),
            // "Before March" is earlier than "before 25 March".
            Self::By(..) => return None,
            Self::Interval(start, end) => Self::Interval(start.to_unit(unit)?, end.to_unit(unit)?),
            Self::OneOf(items) => Self::OneOf(distinct(items, unit)?),
            Self::AllOf(items) => Self::AllOf(distinct(items, unit)?),
        };
        Some(expression.without_twins())
    }

    /// A single date instead of a date that is named twice.
    fn without_twins(self) -> Self {
        match self {
            Self::Interval(IntervalEnd::Date(start), IntervalEnd::Date(end))
                if start.short() == end.short() =>
            {
                Self::One(start)
            }
            Self::OneOf(items) | Self::AllOf(items)
                if matches!(items.as_slice(), [SetItem::Date(_)]) =>
            {
                let mut items = items.into_iter();
                match items.next() {
                    Some(SetItem::Date(date)) => Self::One(date),
                    other => Self::OneOf(other.into_iter().collect()),
                }
            }
            other => other,
        }
    }

    fn allows(&self) -> Bounds {
        self.bounds().0
    }
}

/// The members to a unit, each named once.
fn distinct<'a>(items: &[SetItem<'a>], unit: Precision) -> Option<Vec<SetItem<'a>>> {
    let mut kept: Vec<SetItem<'a>> = Vec::new();
    for item in items {
        let item = item.to_unit(unit)?;
        let is_new = |last: &SetItem<'_>| last.in_short(" ") != item.in_short(" ");
        if kept.last().is_none_or(is_new) {
            kept.push(item);
        }
    }
    Some(kept)
}

impl IntervalEnd<'_> {
    fn to_unit(&self, unit: Precision) -> Option<Self> {
        Some(match self {
            Self::Date(date) => Self::Date(date.to_unit(unit)?),
            Self::OrBefore(date) => Self::OrBefore(date.to_unit(unit)?),
            Self::OrAfter(date) => Self::OrAfter(date.to_unit(unit)?),
            Self::Open => Self::Open,
            Self::Unknown => Self::Unknown,
        })
    }
}

impl SetItem<'_> {
    fn to_unit(&self, unit: Precision) -> Option<Self> {
        Some(match self {
            Self::Date(date) => Self::Date(date.to_unit(unit)?),
            Self::OrBefore(date) => Self::OrBefore(date.to_unit(unit)?),
            Self::OrAfter(date) => Self::OrAfter(date.to_unit(unit)?),
            Self::Range(from, to) => {
                let (from, to) = (from.to_unit(unit)?, to.to_unit(unit)?);
                if from.short() == to.short() {
                    Self::Date(from)
                } else {
                    Self::Range(from, to)
                }
            }
        })
    }
}

impl StatedDate<'_> {
    /// `None` for a point in time, whose digits are never left out.
    fn to_unit(&self, unit: Precision) -> Option<Self> {
        let DateValue::Calendar(date) = &self.value else {
            return None;
        };
        if self.precision() <= unit {
            return Some(self.clone());
        }
        let mut date = *date;
        date.day = None;
        if unit == Precision::Year {
            date.month = None;
        }
        Some(Self {
            value: DateValue::Calendar(date),
            part: None,
            ..self.clone()
        })
    }
}

impl Bounds {
    /// Whether they allow all that others allow.
    fn contain(self, others: Self) -> bool {
        let spans = [(self.start, others.start), (self.end, others.end)];
        spans.iter().all(|(span, other): &(Span, Span)| {
            span.earliest <= other.earliest && other.latest <= span.latest
        })
    }
}

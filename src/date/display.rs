//! Dates in words, in British English, never stating a finer unit than was written.

use std::fmt;

use chrono::Datelike;
use edtf_core::{Date, DateField, YearKind};

use super::error::DateError;
use super::event_date::{EventDate, read};
use super::expression::{
    DateExpression, DateValue, IntervalEnd, SetItem, StatedDate, StatedMoment,
};
use super::precision::Precision;
use super::stamp_parts::StampParts;

/// A date in short words, in two parts where it has two, so that a column can align or drop the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateWords {
    /// The date, or what comes before the joiner.
    pub first: String,
    /// What joins the two, with its spaces; empty where there is one part.
    pub joiner: &'static str,
    /// What comes after the joiner; empty where there is one part.
    pub last: String,
    /// The parts of the first point in time, where `first` is one.
    pub(super) stamp: Option<StampParts>,
}

/// How much room there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NameStyle {
    /// For a column: `25 Mar 2024`.
    Short,
    /// For a sentence: `25 March 2024`.
    Long,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl EventDate {
    /// In short words: `25 Mar 2024`, `late 2021`, `Aug 2021 – Oct 2022`.
    pub fn words(&self) -> DateWords {
        DateWords::of(&self.expression())
    }

    /// In a sentence's words, for where there is room to say what is not known.
    pub fn sentence(&self) -> String {
        match &self.expression() {
            DateExpression::One(date) => date.noted(),
            DateExpression::By("before", date) => format!("at some time before {}", date.long()),
            DateExpression::By(_, date) => format!("at some time no later than {}", date.long()),
            DateExpression::Interval(start, end) => interval(start, end),
            DateExpression::OneOf(items) => match items.as_slice() {
                [SetItem::Range(from, to)] => {
                    format!("at some time between {} and {}", from.long(), to.long())
                }
                [SetItem::OrBefore(date)] => format!("at some time no later than {}", date.long()),
                [SetItem::OrAfter(date)] => format!("at some time no earlier than {}", date.long()),
                [SetItem::Date(date)] => date.noted(),
                _ => listed(items.iter().map(SetItem::one_in_long), " or "),
            },
            DateExpression::AllOf(items) => listed(items.iter().map(SetItem::all_in_long), " and "),
        }
    }
}

impl fmt::Display for EventDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words().fmt(f)
    }
}

impl fmt::Display for DateWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.first, self.joiner, self.last)
    }
}

impl DateWords {
    /// The short words of the date that a text is.
    ///
    /// # Errors
    /// When [`EventDate::parse`] refuses the text.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        read(text).map(|expression| Self::of(&expression))
    }

    pub(super) fn of(expression: &DateExpression<'_>) -> Self {
        match expression {
            DateExpression::One(date) => Self::one(date.name(NameStyle::Short)).stamped(date),
            DateExpression::By(limit, date) => {
                Self::one(format!("{limit} {}", date.name(NameStyle::Short))).stamped(date)
            }
            DateExpression::Interval(start, end) => {
                let words = Self {
                    first: start.in_short(),
                    joiner: " – ",
                    last: end.in_short(),
                    stamp: None,
                };
                match start {
                    IntervalEnd::Date(date) => words.stamped(date),
                    _ => words,
                }
            }
            DateExpression::OneOf(items) => Self::of_set(items, " or ", " .. "),
            DateExpression::AllOf(items) => Self::of_set(items, " and ", " to "),
        }
    }

    fn one(first: String) -> Self {
        Self {
            first,
            joiner: "",
            last: String::new(),
            stamp: None,
        }
    }

    fn stamped(mut self, date: &StatedDate<'_>) -> Self {
        if let DateValue::Moment(moment) = &date.value {
            self.stamp = StampParts::find(&self.first, moment.clock, moment.zone);
        }
        self
    }

    /// `a or b`, `a, b or c`; a range alone is parted at its dots.
    fn of_set(items: &[SetItem<'_>], joiner: &'static str, range: &'static str) -> Self {
        if let [SetItem::Range(from, to)] = items {
            return Self {
                first: from.name(NameStyle::Short),
                joiner: range,
                last: to.name(NameStyle::Short),
                stamp: None,
            };
        }
        let mut parts: Vec<String> = items.iter().map(|item| item.in_short(range)).collect();
        let last = parts.pop().unwrap_or_default();
        if parts.is_empty() {
            Self::one(last)
        } else {
            Self {
                first: parts.join(", "),
                joiner,
                last,
                stamp: None,
            }
        }
    }
}

impl IntervalEnd<'_> {
    fn in_short(&self) -> String {
        match self {
            Self::Date(date) => date.name(NameStyle::Short),
            Self::OrBefore(date) => format!("{} or earlier", date.name(NameStyle::Short)),
            Self::OrAfter(date) => format!("{} or later", date.name(NameStyle::Short)),
            Self::Open => "…".to_owned(),
            Self::Unknown => "?".to_owned(),
        }
    }

    fn in_long(&self) -> Option<String> {
        match self {
            Self::Date(date) => Some(date.long()),
            Self::OrBefore(date) => Some(format!("{} or earlier", date.long())),
            Self::OrAfter(date) => Some(format!("{} or later", date.long())),
            Self::Open | Self::Unknown => None,
        }
    }
}

impl SetItem<'_> {
    pub(super) fn in_short(&self, range: &str) -> String {
        match self {
            Self::Date(date) => date.name(NameStyle::Short),
            Self::OrBefore(date) => format!("{} or earlier", date.name(NameStyle::Short)),
            Self::OrAfter(date) => format!("{} or later", date.name(NameStyle::Short)),
            Self::Range(from, to) => format!(
                "{}{range}{}",
                from.name(NameStyle::Short),
                to.name(NameStyle::Short)
            ),
        }
    }

    fn one_in_long(&self) -> String {
        match self {
            Self::Range(from, to) => format!("some time from {} to {}", from.long(), to.long()),
            Self::OrBefore(date) => format!("{} or earlier", date.long()),
            Self::OrAfter(date) => format!("{} or later", date.long()),
            Self::Date(date) => date.long(),
        }
    }

    fn all_in_long(&self) -> String {
        let every = |date: &StatedDate<'_>| match date.precision() {
            Precision::Year => "every year",
            Precision::Month => "every month",
            Precision::Day => "every day",
            _ => "everything",
        };
        match self {
            Self::Range(from, to) => {
                format!("{} from {} to {}", every(from), from.long(), to.long())
            }
            Self::OrBefore(date) => format!("{} up to {}", every(date), date.long()),
            Self::OrAfter(date) => format!("{} from {}", every(date), date.long()),
            Self::Date(date) => date.long(),
        }
    }
}

fn interval(start: &IntervalEnd<'_>, end: &IntervalEnd<'_>) -> String {
    match (start.in_long(), end.in_long(), end) {
        (Some(start), Some(end), _) => format!("from {start} to {end}"),
        (Some(start), None, IntervalEnd::Open) => {
            format!("since {start}, still going on as stated")
        }
        (Some(start), None, _) => format!("from {start} to an unknown end"),
        (None, Some(end), _) => format!("from an unknown start to {end}"),
        (None, None, _) => "not known".to_owned(),
    }
}

fn listed(parts: impl Iterator<Item = String>, joiner: &str) -> String {
    let mut parts: Vec<String> = parts.collect();
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() {
        last
    } else {
        format!("{}{joiner}{last}", parts.join(", "))
    }
}

impl StatedDate<'_> {
    /// Its name. Where only some components are approximate, *about* would say too little of one and too much of
    /// another: a column then shows EDTF, and a sentence a note.
    fn name(&self, style: NameStyle) -> String {
        let partly = self.approximate_components().is_some();
        let value = match &self.value {
            DateValue::Calendar(date) if partly && style == NameStyle::Short => {
                return date.to_string();
            }
            DateValue::Calendar(date) => calendar(date, style),
            DateValue::Moment(moment) => moment.name(style),
        };
        let about = if self.qualifier.approximate && !partly {
            "about "
        } else {
            ""
        };
        let doubt = if self.qualifier.uncertain && style == NameStyle::Short {
            "?"
        } else {
            ""
        };
        let part = self
            .part
            .map(|part| format!("{} ", part.word()))
            .unwrap_or_default();
        format!("{about}{part}{value}{doubt}")
    }

    /// In a column.
    pub(super) fn short(&self) -> String {
        self.name(NameStyle::Short)
    }

    /// Inside a sentence.
    fn long(&self) -> String {
        self.with_notes(None)
    }

    /// On its own: with what it leaves open.
    fn noted(&self) -> String {
        self.with_notes(self.left_open())
    }

    fn with_notes(&self, open: Option<&'static str>) -> String {
        let doubt = self.qualifier.uncertain.then_some("uncertain");
        let notes: Vec<&str> = open
            .into_iter()
            .chain(self.approximate_components())
            .chain(doubt)
            .collect();
        let name = self.name(NameStyle::Long);
        if notes.is_empty() {
            name
        } else {
            format!("{name} ({})", notes.join("; "))
        }
    }

    /// What the date leaves open, where its name does not say.
    fn left_open(&self) -> Option<&'static str> {
        let DateValue::Calendar(date) = &self.value else {
            return self.unstated_zone();
        };
        if self.is_vague() {
            return None;
        }
        if let Some(code @ 21..) = date.month.and_then(DateField::value) {
            return months_of(code);
        }
        let plain_year =
            matches!(date.year.kind, YearKind::Standard { .. }) && !date.year.has_unspecified();
        match self.precision() {
            // The name shows single unstated digits.
            _ if is_partial(date.month) || is_partial(date.day) => None,
            Precision::Month => Some("day not stated"),
            Precision::Year if plain_year => Some("month not stated"),
            Precision::Decade | Precision::Century | Precision::Millennium => {
                Some("year not stated")
            }
            _ => None,
        }
    }

    fn unstated_zone(&self) -> Option<&'static str> {
        match &self.value {
            DateValue::Moment(moment) if moment.zone.is_empty() => Some("time zone not stated"),
            _ => None,
        }
    }
}

/// Written with one digit unstated (`1X`).
fn is_partial(field: Option<DateField>) -> bool {
    field.is_some_and(|field| field.value().is_none() && field.digits != [None; 2])
}

/// Not written, or wholly unstated (`XX`).
fn is_plain(field: Option<DateField>) -> bool {
    field.is_none_or(|field| field.digits == [None; 2])
}

impl StatedMoment<'_> {
    fn name(&self, style: NameStyle) -> String {
        let day = day_name(
            self.day.day(),
            month_name(self.day.month0(), style),
            &format!("{:04}", self.day.year()),
        );
        match (style, self.zone) {
            (NameStyle::Short, zone) => format!("{day} {}{zone}", self.clock),
            (NameStyle::Long, "Z") => format!("{day} at {} UTC", self.clock),
            (NameStyle::Long, zone) => format!("{day} at {}{zone}", self.clock),
        }
    }
}

fn day_name(day: u32, month: &str, year: &str) -> String {
    format!("{day} {month} {year}")
}

fn month_name(month0: u32, style: NameStyle) -> &'static str {
    let name = usize::try_from(month0)
        .ok()
        .and_then(|at| MONTHS.get(at))
        .copied()
        .unwrap_or_default();
    if style == NameStyle::Short {
        name.get(..3).unwrap_or(name)
    } else {
        name
    }
}

/// A calendar date; where single digits are unstated, as EDTF writes it.
fn calendar(date: &Date, style: NameStyle) -> String {
    let year = year_name(date);
    let month = date.month.and_then(DateField::value);
    let named = |month: u8| month_name(u32::from(month).saturating_sub(1), style);
    match (month, date.day.and_then(DateField::value)) {
        (None, None) if is_plain(date.month) && is_plain(date.day) => {
            decade_name(date, style).unwrap_or(year)
        }
        (Some(code @ 21..), _) => grouping(code, &year, style),
        (Some(month), None) if is_plain(date.day) => format!("{} {year}", named(month)),
        (Some(month), Some(day)) => day_name(day.into(), named(month), &year),
        _ => bare(date).to_string(),
    }
}

/// The date without its qualifiers, which are words.
fn bare(date: &Date) -> Date {
    let plain = |field: DateField| DateField {
        qualifier: edtf_core::Qualifier::default(),
        ..field
    };
    let mut bare = *date;
    bare.year.qualifier = edtf_core::Qualifier::default();
    bare.month = date.month.map(plain);
    bare.day = date.day.map(plain);
    bare
}

fn year_name(date: &Date) -> String {
    Date {
        month: None,
        day: None,
        ..bare(date)
    }
    .to_string()
}

/// `202X` is the 2020s. There is no such name for `20XX` and `200X`, because *the 2000s* may be either.
fn decade_name(date: &Date, style: NameStyle) -> Option<String> {
    let YearKind::Standard {
        negative: false,
        digits: [Some(_), Some(_), Some(1..), None],
    } = date.year.kind
    else {
        return None;
    };
    let article = if style == NameStyle::Long { "the " } else { "" };
    Some(format!("{article}{}s", year_name(date).replace('X', "0")))
}

/// Seasons, quarters, thirds and halves (ISO 8601-2, 4.8).
fn grouping(code: u8, year: &str, style: NameStyle) -> String {
    let season = ["spring", "summer", "autumn", "winter"]
        .get(usize::from((code - 21) % 4))
        .copied()
        .unwrap_or_default();
    match (code, style) {
        (21..=24, _) => format!("{season} {year}"),
        (25..=28, _) => format!("{season} {year} (northern)"),
        (29..=32, _) => format!("{season} {year} (southern)"),
        (33..=36, NameStyle::Short) => format!("Q{} {year}", code - 32),
        (33..=36, NameStyle::Long) => format!("the {} quarter of {year}", ordinal(code - 32)),
        (37..=39, NameStyle::Short) => format!("{} third {year}", third(code)),
        (37..=39, NameStyle::Long) => format!("the {} third of {year}", third(code)),
        (_, NameStyle::Short) => format!("H{} {year}", code - 39),
        (_, NameStyle::Long) => format!("the {} half of {year}", ordinal(code - 39)),
    }
}

fn third(code: u8) -> &'static str {
    match code {
        37 => "first",
        38 => "middle",
        _ => "last",
    }
}

fn ordinal(number: u8) -> &'static str {
    match number {
        1 => "first",
        2 => "second",
        3 => "third",
        _ => "fourth",
    }
}

/// Which months a code stands for: of a season without a hemisphere, how it is read here.
fn months_of(code: u8) -> Option<&'static str> {
    match code {
        21 => Some("read as March to May"),
        22 => Some("read as June to August"),
        23 => Some("read as September to November"),
        24 => Some("read as December to February"),
        33 => Some("January to March"),
        34 => Some("April to June"),
        35 => Some("July to September"),
        36 => Some("October to December"),
        37 => Some("January to April"),
        38 => Some("May to August"),
        39 => Some("September to December"),
        40 => Some("January to June"),
        41 => Some("July to December"),
        _ => None,
    }
}

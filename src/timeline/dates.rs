//! The dates of all events. Filters ask a million bounds at once, so those are in columns; a screen asks forty dates,
//! so those are parsed again from their text.

use std::ops::Range;

use super::column::{SparseColumn, TextColumn};
use crate::date::{Bounds, EventDate, Instant, Span};

/// The date of each row, if any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateColumn {
    /// As written; empty for undated rows.
    written: TextColumn,
    bounds: BoundsColumn,
    /// Dates that are one or all of several: the bounds do not describe them fully.
    several: SparseColumn<EventDate>,
}

impl DateColumn {
    /// Adds a row.
    pub fn push(&mut self, date: Option<&EventDate>) {
        self.push_of(date, nature(date), true);
    }

    /// Adds a row of a log. One clock showed all times of a log that name no zone. `is_written`: keeps the date as written
    /// too.
    pub fn push_of_log(&mut self, date: Option<&EventDate>, is_written: bool) {
        let is_clock_time = date.is_some_and(EventDate::is_clock_time);
        let nature = if is_clock_time {
            DateNature::ClockTime
        } else {
            nature(date)
        };
        self.push_of(date, nature, is_written);
    }

    fn push_of(&mut self, date: Option<&EventDate>, nature: DateNature, is_written: bool) {
        if let Some(date) = date.filter(|date| date.is_several()) {
            self.several.push(number(self.len()), date.clone());
        }
        let written = date.filter(|_| is_written);
        self.written.push(written.map_or("", EventDate::written));
        self.bounds.push(date, nature);
    }

    /// Appends rows of another column.
    pub(crate) fn extend(&mut self, other: &Self, rows: Range<usize>) {
        let here = self.len();
        for (row, date) in other.several.within(number(rows.start)..number(rows.end)) {
            let row = here + row as usize - rows.start;
            self.several.push(number(row), date.clone());
        }
        self.written.extend(&other.written, rows.clone());
        self.bounds.extend(&other.bounds, rows);
    }

    /// Appends a row of another column, which may lack the date as written.
    pub(super) fn push_from(&mut self, other: &Self, row: usize, written: Option<&str>) {
        let here = number(self.len());
        if let Some(date) = other.several(row) {
            self.several.push(here, date.clone());
        }
        self.written.push(written.unwrap_or_default());
        self.bounds.extend(&other.bounds, row..row + 1);
    }

    /// Reserves exactly `rows` rows with `bytes` bytes of text.
    pub(crate) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.written.reserve(rows, bytes);
        self.bounds.reserve(rows);
    }

    /// Releases unused capacity.
    pub(crate) fn shrink(&mut self) {
        self.written.shrink();
        self.bounds.shrink();
        self.several.shrink();
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.written.len()
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// The total length of the dates as written, in bytes.
    pub(crate) fn bytes(&self) -> usize {
        self.written.arena().len()
    }

    /// Only the dates as written.
    pub(super) fn into_written(self) -> TextColumn {
        self.written
    }

    /// The date of a row, parsed again from its text; `None` if undated.
    pub fn get(&self, row: usize) -> Option<EventDate> {
        let written = self.written(row)?;
        Some(EventDate::parse(written).expect("a text that was read once is read again alike"))
    }

    /// The date of a row as written; `None` if undated.
    pub fn written(&self, row: usize) -> Option<&str> {
        Some(self.written.get(row)).filter(|written| !written.is_empty())
    }

    pub fn bounds(&self) -> &BoundsColumn {
        &self.bounds
    }

    /// The date of a row that is one or all of several: [`DateNature::Several`].
    pub fn several(&self, row: usize) -> Option<&EventDate> {
        self.several.get(row)
    }
}

fn number(row: usize) -> u32 {
    u32::try_from(row).expect("a timeline has fewer than 2^32 events")
}

/// The four bounds of each date in columns, in microseconds of [`crate::date::Instant`]. A question about a million
/// dates reads 32 MB, or 16 MB if no event has a duration.
#[derive(Clone, Debug, Default)]
pub struct BoundsColumn {
    start_earliest: Vec<i64>,
    start_latest: Vec<i64>,
    /// The earliest and the latest end of each row; `None` while each end equals its start.
    ends: Option<Box<[Vec<i64>; 2]>>,
    nature: Vec<DateNature>,
}

impl PartialEq for BoundsColumn {
    fn eq(&self, other: &Self) -> bool {
        self.start_earliest == other.start_earliest
            && self.start_latest == other.start_latest
            && self.end_earliest() == other.end_earliest()
            && self.end_latest() == other.end_latest()
            && self.nature == other.nature
    }
}

impl Eq for BoundsColumn {}

/// How far the bounds describe a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateNature {
    /// Fully.
    Plain,
    /// Fully, and they hold for every time zone: the row belongs to a log with one unknown zone for all rows.
    ClockTime,
    /// The source is not sure of the date: nothing about it is sure.
    Uncertain,
    /// Undated: everything is possible and nothing sure.
    Undated,
    /// One or all of several: ask the date itself.
    Several,
}

impl BoundsColumn {
    /// The earliest possible start of each.
    pub fn start_earliest(&self) -> &[i64] {
        &self.start_earliest
    }

    /// The latest possible start of each.
    pub fn start_latest(&self) -> &[i64] {
        &self.start_latest
    }

    /// The earliest possible end of each.
    pub fn end_earliest(&self) -> &[i64] {
        let ends = self.ends.as_deref();
        ends.map_or(&self.start_earliest, |[earliest, _]| earliest)
    }

    /// The latest possible end of each.
    pub fn end_latest(&self) -> &[i64] {
        let ends = self.ends.as_deref();
        ends.map_or(&self.start_latest, |[_, latest]| latest)
    }

    /// How far the bounds describe each date.
    pub fn nature(&self) -> &[DateNature] {
        &self.nature
    }

    /// The bounds of a row; `None` if undated.
    pub fn get(&self, row: usize) -> Option<Bounds> {
        let nature = *self.nature.get(row)?;
        let instant = |column: &[i64]| Instant::from_micros(column[row]);
        let span = |earliest, latest| Span::new(instant(earliest), instant(latest));
        (nature != DateNature::Undated).then(|| Bounds {
            start: span(&self.start_earliest, &self.start_latest),
            end: span(self.end_earliest(), self.end_latest()),
            uncertain: nature == DateNature::Uncertain,
        })
    }

    /// The whole time in which the event of a row may have been going on; `None` if undated.
    pub fn whole(&self, row: usize) -> Option<Span> {
        self.get(row).map(|bounds| bounds.whole())
    }

    /// The sort key of a row by time: undated rows come last.
    pub(super) fn place_in_time(&self, row: usize) -> (bool, [Instant; 4]) {
        place_in_time(self.get(row))
    }

    fn push(&mut self, date: Option<&EventDate>, nature: DateNature) {
        let bounds = date.map_or([i64::MIN, i64::MAX, i64::MIN, i64::MAX], |date| {
            let (start, end) = (date.start(), date.end());
            [start.earliest, start.latest, end.earliest, end.latest].map(Instant::micros)
        });
        let [start_earliest, start_latest, end_earliest, end_latest] = bounds;
        if (start_earliest, start_latest) != (end_earliest, end_latest) {
            self.store_ends();
        }
        self.start_earliest.push(start_earliest);
        self.start_latest.push(start_latest);
        if let Some([earliest, latest]) = self.ends.as_deref_mut() {
            earliest.push(end_earliest);
            latest.push(end_latest);
        }
        self.nature.push(nature);
    }

    fn extend(&mut self, other: &Self, rows: Range<usize>) {
        if other.ends.is_some() {
            self.store_ends();
        }
        if let Some([earliest, latest]) = self.ends.as_deref_mut() {
            earliest.extend_from_slice(&other.end_earliest()[rows.clone()]);
            latest.extend_from_slice(&other.end_latest()[rows.clone()]);
        }
        self.start_earliest
            .extend_from_slice(&other.start_earliest[rows.clone()]);
        self.start_latest
            .extend_from_slice(&other.start_latest[rows.clone()]);
        self.nature.extend_from_slice(&other.nature[rows]);
    }

    fn store_ends(&mut self) {
        let starts = || [self.start_earliest.clone(), self.start_latest.clone()];
        if self.ends.is_none() {
            self.ends = Some(Box::new(starts()));
        }
    }

    fn reserve(&mut self, rows: usize) {
        self.start_earliest.reserve_exact(rows);
        self.start_latest.reserve_exact(rows);
        self.nature.reserve_exact(rows);
        for ends in self.ends.iter_mut().flat_map(|ends| ends.iter_mut()) {
            ends.reserve_exact(rows);
        }
    }

    fn shrink(&mut self) {
        self.start_earliest.shrink_to_fit();
        self.start_latest.shrink_to_fit();
        self.nature.shrink_to_fit();
        for ends in self.ends.iter_mut().flat_map(|ends| ends.iter_mut()) {
            ends.shrink_to_fit();
        }
    }
}

/// The sort key of these bounds by time: `None` comes last.
pub(super) fn place_in_time(bounds: Option<Bounds>) -> (bool, [Instant; 4]) {
    let key = bounds.map(|bounds| bounds.order_key());
    (key.is_none(), key.unwrap_or([Instant::FUTURE; 4]))
}

fn nature(date: Option<&EventDate>) -> DateNature {
    match date {
        None => DateNature::Undated,
        Some(date) if date.is_several() => DateNature::Several,
        Some(date) if date.qualifier().uncertain => DateNature::Uncertain,
        Some(_) => DateNature::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATES: [&str; 9] = [
        "2021-08-14T10:22Z",
        "2021-08-14",
        "2021-08?",
        "",
        "by March 2024",
        "[2021-03,2021-05]",
        "{2021-03,2022}",
        "2021/2022?",
        "2021-08/..",
    ];

    fn column(dates: &[&str]) -> DateColumn {
        let mut column = DateColumn::default();
        for date in dates {
            column.push(EventDate::parse(date).ok().as_ref());
        }
        column
    }

    #[test]
    fn a_date_is_read_again_as_it_was_and_its_bounds_are_at_hand() {
        for dates in [&DATES[..], &DATES[..4]] {
            let column = column(dates);
            for (row, written) in dates.iter().enumerate() {
                let date = EventDate::parse(written).ok();
                assert_eq!(column.get(row), date, "{written}");
                assert_eq!(column.written(row).unwrap_or_default(), *written);
                let several = date.clone().filter(EventDate::is_several);
                assert_eq!(column.several(row).cloned(), several);
                let whole = date.as_ref().map(EventDate::whole);
                assert_eq!(column.bounds().whole(row), whole, "{written}");
                let key = date.map(|date| date.bounds());
                assert_eq!(column.bounds().place_in_time(row), place_in_time(key));
            }
            assert_eq!(column.get(dates.len()), None);
        }
    }

    #[test]
    fn ends_are_kept_once_something_lasts() {
        assert!(column(&DATES[..5]).bounds.ends.is_none());
        assert!(column(&DATES[5..8]).bounds.ends.is_some());
    }

    #[test]
    fn rows_that_follow_from_another_column_are_as_if_they_had_been_pushed() {
        let other = column(&DATES);
        for rows in [0..9, 2..3, 3..7, 5..9, 4..4] {
            let mut taken = column(&["2020"]);
            taken.extend(&other, rows.clone());
            let mut dates = vec!["2020"];
            dates.extend(&DATES[rows]);
            assert_eq!(taken, column(&dates));
        }
    }
}

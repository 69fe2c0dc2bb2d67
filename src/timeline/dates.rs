//! The dates of all events. Filters ask a million bounds at once, so those are in columns; a screen asks forty dates,
//! so those are parsed again from their text.

use std::ops::Range;

use super::column::{SparseColumn, TextColumn, ValueColumn};
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

/// The four bounds of each date in columns, in microseconds of [`crate::date::Instant`]. The dates of a log are all as
/// precise, so a row has one number and little more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoundsColumn {
    start_earliest: Vec<i64>,
    /// From the earliest to the latest start. This and the others wrap around, since a date may lack a bound.
    start_width: ValueColumn<i64>,
    /// From the earliest start to the earliest end, and from the latest start to the latest end; 0 if nothing lasts.
    durations: [ValueColumn<i64>; 2],
    nature: ValueColumn<DateNature>,
}

/// One of the four bounds of each date.
#[derive(Clone, Copy)]
pub struct BoundOfEach<'b> {
    start_earliest: &'b [i64],
    /// What is added to the earliest start.
    behind: [Option<&'b ValueColumn<i64>>; 2],
}

impl BoundOfEach<'_> {
    /// The bound of a row that exists.
    #[inline]
    pub fn of(self, row: usize) -> i64 {
        let mut bound = self.start_earliest[row];
        for column in self.behind.into_iter().flatten() {
            bound = bound.wrapping_add(column.get(row).unwrap_or_default());
        }
        bound
    }

    /// That of each row, in order.
    pub fn iter(self) -> impl Iterator<Item = i64> {
        (0..self.start_earliest.len()).map(move |row| self.of(row))
    }
}

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
    pub fn start_earliest(&self) -> BoundOfEach<'_> {
        self.bound([None, None])
    }

    /// The latest possible start of each.
    pub fn start_latest(&self) -> BoundOfEach<'_> {
        self.bound([Some(&self.start_width), None])
    }

    /// The earliest possible end of each.
    pub fn end_earliest(&self) -> BoundOfEach<'_> {
        self.bound([Some(&self.durations[0]), None])
    }

    /// The latest possible end of each.
    pub fn end_latest(&self) -> BoundOfEach<'_> {
        self.bound([Some(&self.start_width), Some(&self.durations[1])])
    }

    fn bound<'b>(&'b self, behind: [Option<&'b ValueColumn<i64>>; 2]) -> BoundOfEach<'b> {
        let is_added = |column: &&ValueColumn<i64>| column.alike() != Some(0);
        BoundOfEach {
            start_earliest: &self.start_earliest,
            behind: behind.map(|column| column.filter(is_added)),
        }
    }

    /// How far the bounds describe each date.
    pub fn nature(&self) -> &ValueColumn<DateNature> {
        &self.nature
    }

    /// The bounds of a row; `None` if undated.
    #[inline]
    pub fn get(&self, row: usize) -> Option<Bounds> {
        let nature = self.nature.get(row)?;
        let span = |earliest, latest| {
            Span::new(Instant::from_micros(earliest), Instant::from_micros(latest))
        };
        let earliest = self.start_earliest[row];
        let latest = earliest.wrapping_add(self.start_width.get(row)?);
        let [to_earliest, to_latest] = [self.durations[0].get(row)?, self.durations[1].get(row)?];
        (nature != DateNature::Undated).then(|| Bounds {
            start: span(earliest, latest),
            end: span(
                earliest.wrapping_add(to_earliest),
                latest.wrapping_add(to_latest),
            ),
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
        self.start_earliest.push(start_earliest);
        self.start_width
            .push(start_latest.wrapping_sub(start_earliest));
        self.durations[0].push(end_earliest.wrapping_sub(start_earliest));
        self.durations[1].push(end_latest.wrapping_sub(start_latest));
        self.nature.push(nature);
    }

    fn extend(&mut self, other: &Self, rows: Range<usize>) {
        self.start_earliest
            .extend_from_slice(&other.start_earliest[rows.clone()]);
        self.start_width
            .extend_with(&other.start_width, rows.clone(), |it| it);
        for (own, other) in self.durations.iter_mut().zip(&other.durations) {
            own.extend_with(other, rows.clone(), |it| it);
        }
        self.nature.extend_with(&other.nature, rows, |it| it);
    }

    fn reserve(&mut self, rows: usize) {
        self.start_earliest.reserve_exact(rows);
    }

    fn shrink(&mut self) {
        self.start_earliest.shrink_to_fit();
        self.start_width.shrink();
        self.durations.iter_mut().for_each(ValueColumn::shrink);
        self.nature.shrink();
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
    fn each_bound_is_that_of_the_date() {
        for dates in [&DATES[..], &DATES[..2], &DATES[7..8]] {
            let column = column(dates);
            let bounds = column.bounds();
            for (row, bounds_of) in dates.iter().enumerate().map(|(row, it)| {
                let date = EventDate::parse(it).ok();
                let spans = date.map(|date| [date.start(), date.end()]);
                let whole = Span::new(Instant::PAST, Instant::FUTURE);
                (row, spans.unwrap_or([whole, whole]))
            }) {
                let [start, end] = bounds_of;
                let expected = [start.earliest, start.latest, end.earliest, end.latest];
                let read = [
                    bounds.start_earliest(),
                    bounds.start_latest(),
                    bounds.end_earliest(),
                    bounds.end_latest(),
                ];
                assert_eq!(read.map(|it| it.of(row)), expected.map(Instant::micros));
            }
        }
    }

    #[test]
    fn dates_that_are_all_as_precise_have_one_number_each() {
        let column = column(&[
            "2021-08-14T10:22Z",
            "2021-08-15T10:23Z",
            "2022-01-01T00:00Z",
        ]);
        let BoundsColumn {
            start_earliest: _,
            start_width,
            durations,
            nature,
        } = &column.bounds;
        assert!(start_width.alike().is_some() && nature.alike().is_some());
        assert!(durations.iter().all(|it| it.alike() == Some(0)));
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

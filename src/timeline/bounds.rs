//! The four bounds of every date side by side, so that a question about a million dates reads 32 MB and not 80.

use crate::date::{EventDate, Instant, Shape, Span};

/// The four bounds of each row, in microseconds of [`crate::date::Instant`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoundsColumn {
    /// When it may have started, at the earliest.
    pub start_earliest: Vec<i64>,
    /// When it may have started, at the latest.
    pub start_latest: Vec<i64>,
    /// When it may have ended, at the earliest.
    pub end_earliest: Vec<i64>,
    /// When it may have ended, at the latest.
    pub end_latest: Vec<i64>,
    /// What the bounds alone do not tell.
    pub nature: Vec<Nature>,
}

/// How far the bounds of a date answer for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// They say it all.
    Plain,
    /// The source is not sure of them: nothing is surely so.
    Uncertain,
    /// There is no date: anything is possible and nothing sure.
    Undated,
    /// One or all of several: the date itself must be asked.
    Several,
}

impl BoundsColumn {
    /// The whole time in which the event of a row may have been going on; none if it is undated.
    pub fn whole(&self, row: usize) -> Option<Span> {
        let dated = self
            .nature
            .get(row)
            .is_some_and(|&nature| nature != Nature::Undated);
        let instant = |column: &[i64]| column.get(row).copied().map(Instant::from_micros);
        let whole = instant(&self.start_earliest).zip(instant(&self.end_latest));
        whole
            .filter(|_| dated)
            .map(|(earliest, latest)| Span::new(earliest, latest))
    }

    /// Adds a row.
    pub fn push(&mut self, date: Option<&EventDate>) {
        let bounds = date.map_or([i64::MIN, i64::MAX, i64::MIN, i64::MAX], |date| {
            let (start, end) = (date.start(), date.end());
            [start.earliest, start.latest, end.earliest, end.latest]
                .map(crate::date::Instant::micros)
        });
        self.start_earliest.push(bounds[0]);
        self.start_latest.push(bounds[1]);
        self.end_earliest.push(bounds[2]);
        self.end_latest.push(bounds[3]);
        self.nature.push(nature(date));
    }
}

fn nature(date: Option<&EventDate>) -> Nature {
    match date {
        None => Nature::Undated,
        Some(date) if matches!(date.shape(), Shape::OneOf | Shape::AllOf) => Nature::Several,
        Some(date) if date.qualifier().uncertain => Nature::Uncertain,
        Some(_) => Nature::Plain,
    }
}

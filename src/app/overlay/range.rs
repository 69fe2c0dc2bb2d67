//! Choosing a stretch of time on the axis of the overview.

use crate::chart::Axis;
use crate::date::Instant;

/// The state of choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The axis of which these are columns.
    pub axis: Axis,
    /// The column where the stretch begins; none until it is set.
    pub anchor: Option<u16>,
    /// The column of the cursor.
    pub column: u16,
}

impl Range {
    /// The columns of the stretch, both included.
    pub fn columns(self) -> (u16, u16) {
        let anchor = self.anchor.unwrap_or(self.column);
        (anchor.min(self.column), anchor.max(self.column))
    }

    /// Moves the cursor; it stays on the axis.
    pub fn step(&mut self, by: i32) {
        let column = i32::from(self.column)
            .saturating_add(by)
            .clamp(0, i32::from(self.axis.width - 1));
        self.column = u16::try_from(column).unwrap_or(0);
    }

    /// The same stretch of time on another axis, as far as it lies on it.
    #[must_use]
    pub fn moved_to(self, axis: Axis) -> Self {
        if axis == self.axis {
            return self;
        }
        let (first, last) = self.columns();
        let column = |column: u16| {
            let time = self.axis.cell(column);
            // The later end of a stretch is the end of a column.
            let is_end = column == last && first < last;
            axis.column(if is_end { time.latest } else { time.earliest })
        };
        Self {
            axis,
            anchor: self.anchor.map(column),
            column: column(self.column),
        }
    }

    /// The stretch as a range of a filter, no finer than the columns are.
    pub fn text(self) -> String {
        let axis = self.axis;
        let (from, to) = self.columns();
        let (from, to) = (axis.cell(from).earliest, axis.cell(to).latest);
        format!("{}..{}", stated(from, axis), stated(to, axis))
    }
}

/// An instant as the axis can tell it: a month where a column is longer than one, else a day or a minute.
fn stated(instant: Instant, axis: Axis) -> String {
    const DAY: i64 = 86_400_000_000;
    let format = match axis.cell_length() {
        length if length > 28 * DAY => "%Y-%m",
        length if length > DAY / 2 => "%Y-%m-%d",
        _ => "%Y-%m-%dT%H:%MZ",
    };
    instant.civil().format(format).to_string()
}

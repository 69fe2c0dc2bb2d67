//! The overlay that chooses a range of time on the axis of the overview.

use crate::chart::Axis;
use crate::date::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    pub axis: Axis,
    /// The column where the range begins; `None` until it is set.
    pub anchor: Option<u16>,
    pub column: u16,
}

impl TimeRange {
    /// The first and the last column, both included.
    pub fn columns(self) -> (u16, u16) {
        let anchor = self.anchor.unwrap_or(self.column);
        (anchor.min(self.column), anchor.max(self.column))
    }

    /// Moves the cursor along the axis.
    pub fn step(&mut self, by: i32) {
        let column = i32::from(self.column)
            .saturating_add(by)
            .clamp(0, i32::from(self.axis.width - 1));
        self.column = u16::try_from(column).unwrap_or(0);
    }

    /// The same range on another axis, cut to that axis.
    #[must_use]
    pub fn moved_to(self, axis: Axis) -> Self {
        if axis == self.axis {
            return self;
        }
        let (first, last) = self.columns();
        let column = |column: u16| {
            let time = self.axis.cell(column);
            // A range ends at the end of its last column.
            let is_end = column == last && first < last;
            axis.column(if is_end { time.latest } else { time.earliest })
        };
        Self {
            axis,
            anchor: self.anchor.map(column),
            column: column(self.column),
        }
    }

    /// The range in the filter language, no finer than the columns.
    pub fn text(self) -> String {
        let axis = &self.axis;
        let (from, to) = self.columns();
        let (from, to) = (axis.cell(from).earliest, axis.cell(to).latest);
        format!("{}..{}", written(from, axis), written(to, axis))
    }
}

/// An instant with the precision of the columns: a month, a day or a minute.
fn written(instant: Instant, axis: &Axis) -> String {
    const DAY: i64 = 86_400_000_000;
    let format = match axis.cell_length() {
        length if length > 28 * DAY => "%Y-%m",
        length if length > DAY / 2 => "%Y-%m-%d",
        _ => "%Y-%m-%dT%H:%MZ",
    };
    instant.civil().format(format).to_string()
}

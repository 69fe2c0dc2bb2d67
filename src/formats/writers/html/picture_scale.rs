//! The scale of a picture: where columns and marks lie, in units of the picture.

use crate::chart::{EventMark, MarkShape};

/// How wide a column is.
pub(super) const CELL: usize = 2;
/// Where the axis begins: the names of the lanes are to its left.
pub(super) const LEFT: usize = 190;
/// The height of a mark, and the width of a short one.
pub(super) const MARK: usize = 10;

/// Where a column begins.
pub(super) const fn x_of(column: u16) -> usize {
    LEFT + column as usize * CELL
}

/// From where to where a mark reaches, in units of the picture, with a little air.
pub(super) fn extent(mark: &EventMark) -> (usize, usize) {
    match &mark.shape {
        MarkShape::Point { column, .. } => {
            let x = x_of(*column);
            (x.saturating_sub(MARK / 2), x + MARK / 2 + 2)
        }
        MarkShape::Band(stretches) => {
            let first = stretches.first().map_or(0, |stretch| stretch.first);
            let last = stretches.last().map_or(0, |stretch| stretch.last);
            (x_of(first), x_of(last + 1) + 3)
        }
    }
}

//! The scale of a chart in a picture: where columns lie, in units of the picture.

use crate::chart::BandSegment;

/// How wide a column is.
pub(super) const COLUMN: i32 = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PictureScale {
    /// Where the axis begins: the names of the lanes are to its left.
    pub left: i32,
    /// How many columns the axis has.
    pub columns: u16,
    /// Half the height of a mark, and half the width of a sign.
    pub half: i32,
}

impl PictureScale {
    /// Where a column begins.
    pub const fn x_of(self, column: u16) -> i32 {
        self.left + column as i32 * COLUMN
    }

    /// Where the axis ends.
    pub const fn right(self) -> i32 {
        self.x_of(self.columns)
    }

    /// From where to where segments reach, from the first to the last.
    pub const fn extent(self, first: BandSegment, last: BandSegment) -> (i32, i32) {
        (self.x_of(first.first), self.x_of(last.last + 1))
    }
}

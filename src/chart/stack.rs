//! Rows of a lane: marks that would cover each other lie in rows of their own, and a title next to its mark only where
//! nothing else is.

use std::ops::RangeInclusive;

/// The most rows of a lane in any picture: further marks lie upon others.
pub const MOST_ROWS: usize = 16;

/// The fewest cells of a title that is cut.
const LEAST_TITLE: u16 = 16;
/// The cells between a mark and its title, and at least between a title and the next mark.
const AIR: u16 = 1;
/// The columns of a band on either side of a title within it, the air included.
const EDGE: u16 = 4;

/// The row of each mark, and the number of rows, which is at least one. A mark goes to the first row where it begins
/// after the others end; if there is none, to the row whose marks end first.
pub fn stack(marks: impl Iterator<Item = (usize, usize)>, most_rows: usize) -> (Vec<usize>, usize) {
    let mut ends: Vec<usize> = Vec::new();
    let mut rows = Vec::new();
    for (first, last) in marks {
        let free = ends.iter().position(|end| *end < first);
        let row = free.unwrap_or_else(|| {
            if ends.len() < most_rows.max(1) {
                ends.push(0);
                return ends.len() - 1;
            }
            let nearest = ends.iter().enumerate().min_by_key(|(_, end)| **end);
            nearest.map_or(0, |(row, _)| row)
        });
        ends[row] = ends[row].max(last);
        rows.push(row);
    }
    (rows, ends.len().max(1))
}

/// A mark of a lane in columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StackedMark {
    pub first: u16,
    /// The last column of the mark itself.
    pub last: u16,
    /// The cells of its title; 0 without a title.
    pub title: u16,
}

/// Where a mark and its title lie in their lane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MarkPlace {
    pub row: usize,
    /// Where its title is; `None` without room.
    pub title: Option<TitlePlace>,
}

/// The columns of a title, which may be fewer than it has cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitlePlace {
    pub first: u16,
    pub columns: u16,
}

/// The places of the marks of a lane that is `width` columns wide, and the number of rows. Marks are separate if the
/// rows suffice for that; titles come second.
pub fn stack_with_titles(
    marks: &[StackedMark],
    width: u16,
    most_rows: usize,
) -> (Vec<MarkPlace>, usize) {
    let spread = spread(marks, width);
    if spread.1 <= most_rows {
        return spread;
    }
    let (rows, count) = stack(marks.iter().map(|mark| mark.extent()), most_rows);
    let mut taken = vec![TakenRow::new(width); count];
    for (mark, &row) in marks.iter().zip(&rows) {
        taken[row].take(mark.first, mark.last);
    }
    // The title of a mark that another lies upon would seem to be that of both.
    let is_covered = |mark: &StackedMark, row: usize| {
        let others = marks.iter().zip(&rows).filter(|(_, it)| **it == row);
        let over = others.filter(|(it, _)| it.first <= mark.last && mark.first <= it.last);
        over.count() > 1
    };
    let places = marks.iter().zip(&rows).map(|(mark, &row)| {
        let room = taken[row].room_for_title(*mark);
        let title = room.filter(|_| !is_covered(mark, row));
        if let Some(place) = title {
            taken[row].take_title(place);
        }
        MarkPlace { row, title }
    });
    (places.collect(), count)
}

/// Uses as many rows as it takes to give each title the most room that it can have.
fn spread(marks: &[StackedMark], width: u16) -> (Vec<MarkPlace>, usize) {
    let mut rows: Vec<TakenRow> = Vec::new();
    let mut places = Vec::new();
    for mark in marks {
        let best = TakenRow::new(width).room_for_title(*mark);
        let fits = |row: &TakenRow| {
            row.is_free(mark.first, mark.last)
                && row.room_for_title(*mark).map(|place| place.columns)
                    == best.map(|place| place.columns)
        };
        let row = rows.iter().position(fits).unwrap_or_else(|| {
            rows.push(TakenRow::new(width));
            rows.len() - 1
        });
        let title = rows[row].room_for_title(*mark);
        rows[row].take(mark.first, mark.last);
        if let Some(place) = title {
            rows[row].take_title(place);
        }
        places.push(MarkPlace { row, title });
    }
    (places, rows.len().max(1))
}

impl TitlePlace {
    /// Its columns, and those that separate it from anything else.
    pub const fn with_air(self) -> RangeInclusive<u16> {
        self.first.saturating_sub(AIR)..=self.first + self.columns - 1 + AIR
    }
}

impl StackedMark {
    /// A place within the mark, if enough of the mark is left on both sides to be seen.
    fn room_within(self) -> Option<TitlePlace> {
        let columns = self.last - self.first + 1;
        let has_room = self.title > 0 && columns >= self.title + 2 * EDGE;
        has_room.then_some(TitlePlace {
            first: self.first + EDGE,
            columns: self.title,
        })
    }

    /// From its first column to the last column that it keeps free of others: a point is as wide as its sign, and a
    /// band does not touch the next one.
    pub fn extent(self) -> (usize, usize) {
        let air = u16::from(self.last > self.first);
        (self.first.into(), (self.last + air).into())
    }
}

/// The columns of a row that marks and titles take.
#[derive(Clone)]
struct TakenRow(Vec<bool>);

impl TakenRow {
    fn new(width: u16) -> Self {
        Self(vec![false; width.into()])
    }

    fn take(&mut self, first: u16, last: u16) {
        for column in first..=last {
            if let Some(column) = self.0.get_mut(usize::from(column)) {
                *column = true;
            }
        }
    }

    fn take_title(&mut self, place: TitlePlace) {
        let columns = place.with_air();
        self.take(*columns.start(), *columns.end());
    }

    fn is_free(&self, first: u16, last: u16) -> bool {
        let columns = self.0.get(usize::from(first)..=usize::from(last));
        columns.is_some_and(|columns| columns.iter().all(|is_taken| !is_taken))
    }

    /// Where the title of a mark has room: next to it, or within a band that leaves it no room next to it.
    fn room_for_title(&self, mark: StackedMark) -> Option<TitlePlace> {
        let beside = self.room_beside(mark);
        let is_whole = beside.is_some_and(|place| place.columns == mark.title);
        let within = mark.room_within().filter(|_| !is_whole);
        within.or(beside)
    }

    /// A place to the right of a mark if its title fits there, otherwise on the side with more room.
    fn room_beside(&self, mark: StackedMark) -> Option<TitlePlace> {
        let is_taken = |column: &u16| self.0[usize::from(*column)];
        let width = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
        let free = |columns: RangeInclusive<u16>| {
            let free = columns.take_while(|column| !is_taken(column)).count();
            u16::try_from(free).unwrap_or(u16::MAX)
        };
        let right_from = mark.last + 1 + AIR;
        let right = if right_from < width && !is_taken(&(mark.last + 1)) {
            let free = free(right_from..=width - 1);
            // Marks that end before another one leave room in between.
            free - u16::from(right_from + free < width).min(free)
        } else {
            0
        };
        let left_to = mark.first.checked_sub(1 + AIR);
        let left = left_to.filter(|_| !is_taken(&(mark.first - 1)));
        let left = left.map_or(0, |to| {
            let columns = (0..=to).rev().take_while(|column| !is_taken(column));
            let free = u16::try_from(columns.count()).unwrap_or(u16::MAX);
            free - u16::from(free <= to).min(free)
        });
        let is_right = right >= mark.title || right >= left;
        let columns = right.max(left).min(mark.title);
        let columns = if is_right {
            right.min(mark.title)
        } else {
            columns
        };
        if columns == 0 || columns < mark.title.min(LEAST_TITLE) {
            return None;
        }
        let first = if is_right {
            right_from
        } else {
            left_to? + 1 - columns
        };
        Some(TitlePlace { first, columns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(first: u16, last: u16, title: u16) -> StackedMark {
        StackedMark { first, last, title }
    }

    #[test]
    fn marks_that_touch_lie_in_rows_of_their_own_and_none_is_lost() {
        let marks = [(3, 3), (3, 3), (4, 8), (3, 3), (20, 20)];
        assert_eq!(stack(marks.into_iter(), 9), (vec![0, 1, 0, 2, 0], 3));
        assert_eq!(stack(marks.into_iter(), 2), (vec![0, 1, 0, 1, 0], 2));
        assert_eq!(stack(std::iter::empty(), 2), (Vec::new(), 1));
    }

    #[test]
    fn a_title_is_to_the_right_or_else_to_the_left_of_its_mark() {
        let (places, rows) = stack_with_titles(&[mark(2, 2, 20), mark(50, 59, 20)], 60, 9);
        let titles: Vec<Option<u16>> = places.iter().map(|it| Some(it.title?.first)).collect();
        assert_eq!((titles, rows), (vec![Some(4), Some(29)], 1));
    }

    #[test]
    fn a_mark_without_room_for_its_title_goes_to_another_row_only_where_there_is_one() {
        let marks = [mark(2, 2, 20), mark(10, 10, 20)];
        let (places, rows) = stack_with_titles(&marks, 60, 9);
        assert_eq!((places[1].row, rows), (1, 2));
        let (places, rows) = stack_with_titles(&marks, 60, 1);
        assert_eq!((places[0].title, rows), (None, 1), "the marks come first");
        assert!(places[1].title.is_some());
    }

    #[test]
    fn a_band_of_the_whole_width_has_its_title_within_or_none() {
        let title = |cells| stack_with_titles(&[mark(0, 59, cells)], 60, 9).0[0].title;
        assert_eq!(title(52).map(|title| title.first), Some(4));
        assert_eq!(title(53), None);
    }
}

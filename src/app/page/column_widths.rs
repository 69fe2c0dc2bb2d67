//! The widths of the columns of a table: what each needs, and how they share the room.

use super::page_parts::{DAY, is_date, width_of};
use crate::document::{Table, TableRow, TextRun};
use crate::text;

/// A column may break words that are wider than this; for narrower ones the table is folded instead.
const WORD: usize = 32;

/// The widest column of dates, in cells: a rare longer date makes only its own row higher.
const DATES: usize = 20;

/// Columns up to this width are not wrapped.
const SHORT: usize = 18;

/// The first rows decide on the widths: the rest of a long table is similar, and need not be measured.
const WEIGHED: usize = 40;

/// Wider columns of text are hard to read.
const WIDEST: usize = 72;

/// The widths that a track can use.
#[derive(Clone, Debug, Default)]
pub(super) struct TrackNeeds {
    /// A smaller width would break words.
    pub least: usize,
    /// A larger width would stay empty.
    pub most: usize,
    /// The width of each text in each row.
    pub texts: Vec<Vec<usize>>,
}

impl TrackNeeds {
    /// The approximate number of lines of a row at a width: breaks at words cost about an eighth of each line.
    pub fn height(&self, row: usize, width: usize) -> usize {
        let mut lines = 0;
        for &text in self.texts.get(row).into_iter().flatten() {
            lines += if text <= width {
                1
            } else {
                (text + text / 8).div_ceil(width.max(1))
            };
        }
        lines
    }
}

pub(super) fn need(table: &Table, (from, to): (usize, usize)) -> TrackNeeds {
    let label = table
        .columns
        .get(from)
        .map_or(0, |column| text::width(column.label));
    let mut need = TrackNeeds {
        least: label,
        most: label,
        texts: Vec::new(),
    };
    for cells in table.rows.iter().filter_map(TableRow::cells) {
        let cells = cells.get(from..to).unwrap_or_default();
        let mut texts = Vec::with_capacity(cells.len());
        for cell in cells.iter().filter(|cell| !cell.is_empty()) {
            let width = if is_date(cell) {
                let width = width_of(cell).max(DAY);
                need.least = need.least.max(width.min(DATES));
                need.most = need.most.max(width.min(DATES));
                width
            } else {
                let (width, word) = widths_of(cell, need.least);
                need.least = need.least.max(word.min(WORD));
                need.most = need.most.max(width.min(WIDEST));
                width
            };
            texts.push(width);
        }
        if need.texts.len() < WEIGHED {
            need.texts.push(texts);
        }
    }
    if need.most <= SHORT {
        need.least = need.most;
    }
    need
}

/// The width of a cell, and the width of its longest word or `least`, whichever is larger.
fn widths_of(cell: &[TextRun], least: usize) -> (usize, usize) {
    let (mut width, mut longest) = (0, least);
    for run in cell {
        let shown = text::visible(&run.text);
        let whole = text::width(&shown);
        width += whole;
        if whole > longest {
            for word in shown.split(' ') {
                longest = longest.max(text::width(word));
            }
        }
    }
    (width, longest)
}

/// The heights of the rows of a track at each width that it can use.
struct TrackHeights {
    least: usize,
    rows: usize,
    /// All rows at the least width, then all rows at the next.
    heights: Vec<usize>,
}

impl TrackHeights {
    fn of(need: &TrackNeeds) -> Self {
        let rows = need.texts.len();
        let mut heights = Vec::with_capacity(rows * (need.most - need.least + 1));
        for width in need.least..=need.most {
            heights.extend((0..rows).map(|row| need.height(row, width)));
        }
        Self {
            least: need.least,
            rows,
            heights,
        }
    }

    /// The heights of the rows at a width between the least and the most.
    fn at(&self, width: usize) -> &[usize] {
        let start = (width - self.least) * self.rows;
        &self.heights[start..start + self.rows]
    }
}

/// Divides the room among tracks: each gets what it needs if there is enough, otherwise the rows are kept low.
///
/// Starting from a fair division, it makes the best move of cells from one track to another as long as the table gets
/// lower. Of equal moves it takes the first, so the result depends on the table only.
pub(super) fn share(needs: &[TrackNeeds], room: usize) -> Vec<usize> {
    let mut widths = fair(needs, room);
    if widths
        .iter()
        .zip(needs)
        .all(|(width, need)| *width == need.most)
    {
        return widths;
    }
    let heights: Vec<TrackHeights> = needs.iter().map(TrackHeights::of).collect();
    let mut now = cost_of_rows(&rows_of(&heights, &widths, &[]));
    while let Some((best, cost)) =
        best_move(needs, &heights, &widths).filter(|(_, cost)| *cost < now)
    {
        widths[best.from] -= best.cells;
        widths[best.to] += best.cells;
        now = cost;
    }
    widths
}

/// The same width for all tracks but the first, which gets what it needs. If that would break words, [`share`] decides.
pub(super) fn share_evenly(needs: &[TrackNeeds], room: usize) -> Vec<usize> {
    let Some((first, others)) = needs.split_first() else {
        return Vec::new();
    };
    let most = others.iter().map(|need| need.most).max().unwrap_or(0);
    let each = room.saturating_sub(first.most) / others.len().max(1);
    let each = each.min(most);
    if others.iter().any(|need| need.least > each) {
        return share(needs, room);
    }
    let widths = others.iter().map(|_| each);
    std::iter::once(first.most).chain(widths).collect()
}

/// Gives one cell at a time to each track in turn, as long as the track can use it.
fn fair(needs: &[TrackNeeds], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = needs.iter().map(|need| need.least).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    loop {
        let before = left;
        for (width, need) in widths.iter_mut().zip(needs) {
            if left > 0 && *width < need.most {
                *width += 1;
                left -= 1;
            }
        }
        if left == before {
            return widths;
        }
    }
}

/// Cells that one track gives to another.
#[derive(Clone, Copy)]
struct WidthMove {
    from: usize,
    to: usize,
    cells: usize,
}

/// The move that leads to the lowest table, and the cost of that table.
fn best_move(
    needs: &[TrackNeeds],
    heights: &[TrackHeights],
    widths: &[usize],
) -> Option<(WidthMove, usize)> {
    let mut best: Option<(WidthMove, usize)> = None;
    for (from, to) in (0..needs.len()).flat_map(|from| (0..needs.len()).map(move |to| (from, to))) {
        let most = (widths[from] - needs[from].least).min(needs[to].most - widths[to]);
        if from == to || most == 0 {
            continue;
        }
        let others = rows_of(heights, widths, &[from, to]);
        for cells in 1..=most {
            let giving = heights[from].at(widths[from] - cells);
            let taking = heights[to].at(widths[to] + cells);
            let cost = cost_with(&others, giving, taking);
            if best.as_ref().is_none_or(|(_, least)| cost < *least) {
                best = Some((WidthMove { from, to, cells }, cost));
            }
        }
    }
    best
}

/// The height of the highest cell of a row, and the sum of the heights of its cells.
#[derive(Clone, Copy, Default)]
struct RowHeights {
    most: usize,
    sum: usize,
}

impl RowHeights {
    /// The height of a row, and then, with less weight, the heights of its cells.
    fn cost(self) -> usize {
        self.most * 16 + self.sum
    }
}

/// The rows of a table without some of its tracks.
fn rows_of(heights: &[TrackHeights], widths: &[usize], without: &[usize]) -> Vec<RowHeights> {
    let rows = heights.first().map_or(0, |track| track.rows);
    let mut all = vec![RowHeights::default(); rows];
    for (at, (track, &width)) in heights.iter().zip(widths).enumerate() {
        if !without.contains(&at) {
            for (row, &height) in all.iter_mut().zip(track.at(width)) {
                row.most = row.most.max(height);
                row.sum += height;
            }
        }
    }
    all
}

fn cost_of_rows(rows: &[RowHeights]) -> usize {
    rows.iter().map(|row| row.cost()).sum()
}

/// The cost of rows together with two more tracks.
fn cost_with(rows: &[RowHeights], one: &[usize], other: &[usize]) -> usize {
    let mut cost = 0;
    for (at, row) in rows.iter().enumerate() {
        let (one, other) = (one[at], other[at]);
        let most = row.most.max(one).max(other);
        let sum = row.sum + one + other;
        cost += RowHeights { most, sum }.cost();
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_a_comparison_have_one_width_unless_words_would_break() {
        let need = |least, most| TrackNeeds {
            least,
            most,
            texts: vec![vec![most]],
        };
        let label = need(10, 10);
        assert_eq!(
            share_evenly(&[label.clone(), need(5, 70), need(5, 12)], 90),
            [10, 40, 40]
        );
        assert_eq!(
            share_evenly(&[label.clone(), need(5, 20), need(5, 12)], 90),
            [10, 20, 20]
        );
        assert_eq!(
            share_evenly(&[label, need(50, 70), need(5, 12)], 90),
            [10, 68, 12]
        );
    }

    #[test]
    fn the_column_with_the_most_text_gets_the_most_room() {
        let need = |least, most, texts: &[usize]| TrackNeeds {
            least,
            most,
            texts: texts.iter().map(|&text| vec![text]).collect(),
        };
        assert_eq!(
            share(&[need(5, 10, &[10]), need(5, 30, &[30])], 60),
            [10, 30]
        );
        let widths = share(&[need(8, 40, &[40, 40]), need(8, 72, &[200, 220])], 60);
        assert!(
            widths.iter().sum::<usize>() <= 60 && widths[1] > 2 * widths[0],
            "{widths:?}"
        );
        // A single long name does not take the room of a column of texts.
        let widths = share(
            &[
                need(8, 72, &[72, 5, 5, 5]),
                need(8, 72, &[150, 150, 150, 150]),
            ],
            80,
        );
        assert!(widths[1] > widths[0], "{widths:?}");
    }
}

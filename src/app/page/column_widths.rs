//! The widths of the columns of a table: what each needs, and how they share the room.

use super::page_parts::{DAY, is_date, width_of};
use crate::document::{Table, TableRow, TextRun};
use crate::text;

/// A column may break words that are wider than this; for narrower ones the table is folded instead.
const WORD: usize = 32;

/// The widest column of dates, in cells: of a rare longer one a single row is higher.
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
        let texts = self.texts.get(row).into_iter().flatten();
        let lines = |&text: &usize| {
            if text <= width {
                1
            } else {
                (text + text / 8).div_ceil(width.max(1))
            }
        };
        texts.map(lines).sum()
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
            let date = is_date(cell);
            let width = if date {
                width_of(cell).max(DAY)
            } else {
                width_of(cell)
            };
            let word = longest_word(cell).min(if date { DATES } else { WORD });
            need.least = need.least.max(word);
            need.most = need.most.max(width.min(if date { DATES } else { WIDEST }));
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

fn longest_word(cell: &[TextRun]) -> usize {
    if is_date(cell) {
        return width_of(cell).max(DAY);
    }
    let shown = cell.iter().map(|run| text::visible(&run.text));
    let longest = shown.filter_map(|shown| shown.split(' ').map(text::width).max());
    longest.max().unwrap_or(0)
}

/// Divides the room among tracks: each gets what it needs if there is enough, otherwise the division with low rows.
///
/// From a fair start, the best move of cells from one track to another is taken as long as the table gets lower. Of
/// equal moves the first is taken, so the result depends on the table only.
pub(super) fn share(needs: &[TrackNeeds], room: usize) -> Vec<usize> {
    let mut widths = fair(needs, room);
    let mut now = cost(needs, &widths);
    while let Some((next, better)) = best_move(needs, &widths).filter(|(_, cost)| *cost < now) {
        (widths, now) = (next, better);
    }
    widths
}

/// One width for all tracks behind the first, which has what it needs. As [`share`] where that would break words.
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

/// Gives one cell after the other to each track in turn, as long as it can use one.
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

fn best_move(needs: &[TrackNeeds], widths: &[usize]) -> Option<(Vec<usize>, usize)> {
    let mut best: Option<(Vec<usize>, usize)> = None;
    for (from, to) in (0..needs.len()).flat_map(|from| (0..needs.len()).map(move |to| (from, to))) {
        let most = (widths[from] - needs[from].least).min(needs[to].most - widths[to]);
        for cells in (1..=most).filter(|_| from != to) {
            let mut moved = widths.to_vec();
            moved[from] -= cells;
            moved[to] += cells;
            let cost = cost(needs, &moved);
            if best.as_ref().is_none_or(|(_, least)| cost < *least) {
                best = Some((moved, cost));
            }
        }
    }
    best
}

/// The height of a table, and then, with less weight, the height of its cells.
fn cost(needs: &[TrackNeeds], widths: &[usize]) -> usize {
    let rows = needs.first().map_or(0, |need| need.texts.len());
    let row = |row: usize| {
        let heights = needs
            .iter()
            .zip(widths)
            .map(|(need, &width)| need.height(row, width));
        let (most, sum) = heights.fold((0, 0), |(most, sum), height| {
            (height.max(most), sum + height)
        });
        most * 16 + sum
    };
    (0..rows).map(row).sum()
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

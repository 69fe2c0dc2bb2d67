//! The lines of rows in a log.

use std::ops::Range;

/// The line on which each row begins, in runs of rows on successive lines, while those take less memory.
#[derive(Clone, Debug)]
pub struct LineColumn {
    rows: usize,
    lines: Lines,
}

#[derive(Clone, Debug)]
enum Lines {
    Runs(Vec<LineRun>),
    Each(Vec<u32>),
}

/// Rows from one on, up to the next run, on successive lines. All are on line 0 if the first is: rows without a line.
#[derive(Clone, Copy, Debug)]
struct LineRun {
    row: u32,
    line: u32,
}

impl LineRun {
    fn line(self, row: usize) -> u32 {
        match self.line {
            0 => 0,
            line => line + (number(row) - self.row),
        }
    }
}

impl Default for LineColumn {
    fn default() -> Self {
        Self {
            rows: 0,
            lines: Lines::Runs(Vec::new()),
        }
    }
}

impl PartialEq for LineColumn {
    fn eq(&self, other: &Self) -> bool {
        self.rows == other.rows && self.iter(0..self.rows).eq(other.iter(0..self.rows))
    }
}

impl Eq for LineColumn {}

impl LineColumn {
    /// Adds a row.
    #[inline]
    pub fn push(&mut self, line: u32) {
        let row = self.rows;
        self.rows += 1;
        match &mut self.lines {
            Lines::Each(lines) => lines.push(line),
            Lines::Runs(runs) => {
                if runs.last().is_some_and(|run| run.line(row) == line) {
                    return;
                }
                runs.push(LineRun {
                    row: number(row),
                    line,
                });
                // A run takes as much memory as two rows.
                if runs.len() > 64 && runs.len() > row / 2 {
                    self.store_each();
                }
            }
        }
    }

    fn store_each(&mut self) {
        self.lines = Lines::Each(self.iter(0..self.rows).collect());
    }

    /// Adds rows of another column, each moved down by a number of lines.
    pub fn extend(&mut self, other: &Self, rows: Range<usize>, later: u32) {
        for line in other.iter(rows) {
            self.push(line.saturating_add(later));
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The line of a row; `None` if it does not exist.
    pub fn get(&self, row: usize) -> Option<u32> {
        self.iter(row..row + 1).next()
    }

    /// The first row on a line or behind it, if the lines of rows never decrease.
    pub fn first_on(&self, line: u32) -> usize {
        let (mut before, mut behind) = (0, self.rows);
        while before < behind {
            let middle = before.midpoint(behind);
            if self.get(middle).is_some_and(|other| other < line) {
                before = middle + 1;
            } else {
                behind = middle;
            }
        }
        before
    }

    /// The lines of some rows; those that do not exist are left out.
    pub fn iter(&self, rows: Range<usize>) -> impl Iterator<Item = u32> + '_ {
        let rows = rows.start.min(self.rows)..rows.end.min(self.rows);
        let mut next = match &self.lines {
            Lines::Runs(runs) => runs.partition_point(|run| run.row as usize <= rows.start),
            Lines::Each(_) => 0,
        };
        rows.map(move |row| match &self.lines {
            Lines::Each(lines) => lines[row],
            Lines::Runs(runs) => {
                while runs.get(next).is_some_and(|run| run.row as usize <= row) {
                    next += 1;
                }
                runs[next - 1].line(row)
            }
        })
    }

    /// Other lines for the same rows.
    #[must_use]
    pub fn mapped(&self, make: impl Fn(u32) -> u32) -> Self {
        let mut mapped = Self::default();
        self.iter(0..self.rows)
            .for_each(|line| mapped.push(make(line)));
        mapped
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        match &mut self.lines {
            Lines::Runs(runs) => runs.shrink_to_fit(),
            Lines::Each(lines) => lines.shrink_to_fit(),
        }
    }
}

fn number(row: usize) -> u32 {
    u32::try_from(row).expect("a file has fewer than 2^32 rows")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(lines: &[u32]) -> LineColumn {
        let mut column = LineColumn::default();
        for &line in lines {
            column.push(line);
        }
        column
    }

    #[track_caller]
    fn check(lines: &[u32]) -> LineColumn {
        let column = column(lines);
        assert_eq!(column.len(), lines.len());
        for from in [0, 1, lines.len() / 2, lines.len()] {
            let from = from.min(lines.len());
            let read: Vec<u32> = column.iter(from..lines.len() + 1).collect();
            assert_eq!(read, lines[from..]);
        }
        for (row, &line) in lines.iter().enumerate() {
            assert_eq!(column.get(row), Some(line), "{row}");
        }
        assert_eq!(column.get(lines.len()), None);
        let later: Vec<u32> = lines.iter().map(|line| line + 7).collect();
        let mapped = column.mapped(|line| line + 7);
        assert!(mapped.iter(0..lines.len()).eq(later));
        column
    }

    #[test]
    fn rows_on_successive_lines_are_one_run() {
        let column = check(&(5..500).collect::<Vec<_>>());
        assert!(matches!(&column.lines, Lines::Runs(runs) if runs.len() == 1));
    }

    #[test]
    fn rows_without_a_line_are_one_run() {
        let column = check(&[0; 500]);
        assert!(matches!(&column.lines, Lines::Runs(runs) if runs.len() == 1));
        check(&[0, 0, 3, 4, 0, 1, 0]);
    }

    #[test]
    fn a_line_is_what_was_added() {
        check(&[]);
        let few = check(&[2, 2, 2, 3, 5, 6, 6]);
        let firsts = [1, 2, 3, 4, 5, 6, 7].map(|line| few.first_on(line));
        assert_eq!(firsts, [0, 0, 3, 4, 4, 5, 7]);
        let often: Vec<u32> = (0..500).map(|row| row * row % 97).collect();
        assert!(matches!(check(&often).lines, Lines::Each(_)));
        let seldom: Vec<u32> = (0..500).map(|row| row + row / 10).collect();
        assert!(matches!(check(&seldom).lines, Lines::Runs(_)));
        let mut joined = column(&often[..200]);
        joined.extend(&column(&often), 200..500, 0);
        assert_eq!(joined, column(&often));
    }
}

//! Many texts in one arena.

use std::ops::Range;

use super::RowEnds;

/// Many texts in one arena.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextColumn {
    arena: String,
    ends: RowEnds,
}

impl TextColumn {
    /// Adds a row.
    pub fn push(&mut self, text: &str) {
        self.arena.push_str(text);
        self.ends.push(self.arena.len());
    }

    /// Appends rows of another column.
    pub(crate) fn extend(&mut self, other: &Self, rows: Range<usize>) {
        let start = other.start(rows.start);
        let text = other.arena.get(start..other.start(rows.end));
        self.ends.extend(&other.ends, rows, start, self.arena.len());
        self.arena.push_str(text.unwrap_or_default());
    }

    /// Adds rows without text.
    pub(crate) fn push_blank(&mut self, rows: usize) {
        self.ends.push_blank(rows);
    }

    /// Reserves exactly `rows` rows with `bytes` bytes together.
    pub(crate) fn reserve(&mut self, rows: usize, bytes: usize) {
        self.arena.reserve_exact(bytes);
        self.ends.reserve(if bytes == 0 { 0 } else { rows });
    }

    /// Releases unused capacity.
    pub(crate) fn shrink(&mut self) {
        self.arena.shrink_to_fit();
        self.ends.shrink();
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the number of rows is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a row; empty if the row does not exist.
    pub fn get(&self, row: usize) -> &str {
        let range = self.ends.range(row).unwrap_or_default();
        self.arena.get(range).unwrap_or_default()
    }

    /// The texts of all rows, one after the other without separators. A match across the end of a row is in neither
    /// row.
    pub fn arena(&self) -> &str {
        &self.arena
    }

    /// The end of each row in the arena.
    pub fn ends(&self) -> impl ExactSizeIterator<Item = usize> {
        self.ends.iter()
    }

    /// The start of a row in the arena.
    fn start(&self, row: usize) -> usize {
        let before = row.checked_sub(1).and_then(|before| self.ends.get(before));
        before.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> TextColumn {
        let mut column = TextColumn::default();
        for text in texts {
            column.push(text);
        }
        column
    }

    #[test]
    fn a_text_is_what_was_pushed_and_a_missing_row_is_empty() {
        let column = column(&["späť", "", "x"]);
        assert_eq!(column.get(0), "späť");
        assert_eq!(column.get(1), "");
        assert_eq!(column.get(2), "x");
        assert_eq!(column.get(3), "");
    }

    #[test]
    fn rows_that_follow_from_another_column_are_as_if_they_had_been_pushed() {
        let other = column(&["", "ab", "c", "", "späť"]);
        for (rows, added) in [
            (0..5, &["", "ab", "c", "", "späť"][..]),
            (2..4, &["c", ""]),
            (3..3, &[]),
        ] {
            let mut taken = column(&["x"]);
            taken.extend(&other, rows);
            let mut texts = vec!["x"];
            texts.extend(added);
            assert_eq!(taken, column(&texts));
        }
    }
}

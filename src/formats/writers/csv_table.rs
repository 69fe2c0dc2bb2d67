//! Tables of records, and those in CSV.

use memchr::{memchr, memchr3};

/// A table that is written row by row, its header first.
pub(super) trait RecordTable {
    /// Adds a row of cells with their columns, in the order of the columns. The cells of other columns are empty.
    fn add(&mut self, cells: &mut dyn Iterator<Item = (usize, String)>);
}

/// A table in the CSV of RFC 4180, with the line breaks of Unix. In a table of many names most cells are empty: they
/// cost a comma each, and are copied as one text.
pub(super) struct CsvTable {
    pub text: String,
    /// A comma for each column but the last.
    commas: String,
}

impl CsvTable {
    pub fn new(last_column: usize) -> Self {
        Self {
            text: String::new(),
            commas: ",".repeat(last_column),
        }
    }

    fn skip(&mut self, from: usize, to: usize) {
        self.text
            .push_str(self.commas.get(from..to).unwrap_or_default());
    }
}

impl RecordTable for CsvTable {
    fn add(&mut self, cells: &mut dyn Iterator<Item = (usize, String)>) {
        let mut column = 0;
        for (place, cell) in cells {
            self.skip(column, place);
            column = place;
            let bytes = cell.as_bytes();
            if memchr3(b',', b'"', b'\n', bytes).is_some() || memchr(b'\r', bytes).is_some() {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(&cell);
            }
        }
        self.skip(column, self.commas.len());
        self.text.push('\n');
    }
}

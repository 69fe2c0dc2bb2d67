//! Prints of the rows of logs, computed while the logs are read. Only those that a mark has are kept.

use std::collections::HashSet;

use flate2::Crc;

use crate::timeline::log::LogRows;
use crate::timeline::{MarkedItem, MarksFile, RowPrint};

/// The prints that marks have.
#[derive(Clone, Debug, Default)]
pub struct WantedPrints(HashSet<RowPrint>);

impl WantedPrints {
    pub fn of(files: &[MarksFile]) -> Self {
        let marks = files.iter().flat_map(|file| &file.marks);
        let prints = marks.filter_map(|mark| match mark.item {
            MarkedItem::Row { print, .. } => print,
            MarkedItem::Event(_) => None,
        });
        Self(prints.collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Keeps the prints of those rows of a text that marks may be on.
    pub(in crate::formats) fn keep(&self, text: &str, rows: &mut LogRows) {
        if self.is_empty() {
            return;
        }
        for (row, &(start, end)) in (0u32..).zip(&rows.bytes) {
            let bytes = text.as_bytes().get(start as usize..end as usize);
            let print = row_print(bytes.unwrap_or_default());
            if self.0.contains(&print) {
                rows.prints.push((row, print));
            }
        }
    }
}

/// The print of the bytes of a row.
pub fn row_print(bytes: &[u8]) -> RowPrint {
    let mut crc = Crc::new();
    let end = bytes
        .iter()
        .rposition(|byte| !matches!(byte, b'\r' | b'\n'));
    crc.update(
        bytes
            .get(..end.map_or(0, |last| last + 1))
            .unwrap_or_default(),
    );
    RowPrint(crc.sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The check value of CRC-32 in the catalogue of parametrised CRC algorithms: other programs compute the same.
    #[test]
    fn a_print_is_the_crc_32_of_the_row_without_its_line_break() {
        for row in ["123456789", "123456789\r\n", "123456789\n"] {
            assert_eq!(row_print(row.as_bytes()), RowPrint(0xcbf4_3926), "{row:?}");
        }
    }
}

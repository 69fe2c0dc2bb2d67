//! The markings of a workbook: each row shows the strictest of what it names, and next to it that of the item itself where
//! it is another.

use std::collections::HashMap;

use crate::diagnostic::TextPlace;
use crate::formats::toml::marking::read_marking;
use crate::formats::workbook::columns::UNMARKED;
use crate::formats::workbook::sheet::SheetCell;
use crate::timeline::term::Tlp;

/// The markings that items have, or else that of the file, by their ids.
#[derive(Debug, Default)]
pub(super) struct OwnMarkings {
    pub of_file: Option<Tlp>,
    pub entities: HashMap<String, Option<Tlp>>,
    pub sources: HashMap<String, Option<Tlp>>,
    pub events: HashMap<String, Option<Tlp>>,
}

/// The two cells of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MarkingCells<'r> {
    pub shown: Option<&'r SheetCell>,
    pub own: Option<&'r SheetCell>,
}

impl OwnMarkings {
    /// The marking of an item as it was written, or else that of the file.
    pub fn written(&self, cells: MarkingCells<'_>) -> Option<Tlp> {
        let own = match cells.own {
            Some(own) => Some(own).filter(|own| !is_unmarked(own)),
            None => cells.shown,
        };
        own.map(level).or(self.of_file)
    }

    /// The cell with the marking of an item, given the strictest of what else its row names. `None` if it has that of the
    /// file. A shown marking that is stricter than all of these was written by a person, and counts.
    pub fn cell<'r>(
        &self,
        cells: MarkingCells<'r>,
        named: impl FnOnce() -> Option<Tlp>,
    ) -> Option<&'r SheetCell> {
        let of_file = |cell: &&SheetCell| Some(level(cell)) == self.of_file;
        let Some(own) = cells.own else {
            return cells.shown.filter(|shown| !of_file(shown));
        };
        let shown = cells
            .shown
            .filter(|it| Some(level(it)) > named().max(self.written(cells)));
        let own = Some(own).filter(|own| !is_unmarked(own) && !of_file(own));
        shown.or(own)
    }
}

fn is_unmarked(cell: &SheetCell) -> bool {
    cell.text.trim().eq_ignore_ascii_case(UNMARKED)
}

/// A marking that cannot be read counts as the strictest.
pub(super) fn level(cell: &SheetCell) -> Tlp {
    let (tlp, _) = read_marking(cell.text.trim(), TextPlace::default());
    tlp.unwrap_or(Tlp::Red)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marking that is read of the two cells, in a file of GREEN, where other names of the row are AMBER.
    fn read(shown: &str, own: &str) -> String {
        let cell = |text: &str| SheetCell {
            text: text.to_owned(),
            ..SheetCell::default()
        };
        let (shown, own) = (cell(shown), cell(own));
        let filled = |cell| Some(cell).filter(|cell: &&SheetCell| !cell.text.is_empty());
        let cells = MarkingCells {
            shown: filled(&shown),
            own: filled(&own),
        };
        let markings = OwnMarkings {
            of_file: Some(Tlp::Green),
            ..OwnMarkings::default()
        };
        let read = markings.cell(cells, || Some(Tlp::Amber));
        read.map(|cell| cell.text.clone()).unwrap_or_default()
    }

    #[test]
    fn a_row_has_its_own_marking_unless_a_person_wrote_a_stricter_one() {
        assert_eq!(read("GREEN", ""), "", "that of the file");
        assert_eq!(read("AMBER", ""), "AMBER");
        assert_eq!(read("AMBER", "CLEAR"), "CLEAR");
        assert_eq!(read("AMBER", "none"), "");
        assert_eq!(read("RED", "CLEAR"), "RED");
        assert_eq!(read("CLEAR", "none"), "");
        assert_eq!(
            read("PURPLE", "none"),
            "PURPLE",
            "what cannot be read is reported"
        );
    }
}

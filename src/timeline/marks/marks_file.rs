//! The marks of one person, as a file keeps them.

use std::fmt;

use super::super::term::Tlp;
use super::event_mark::{EventMark, MarkEdit};
use crate::diagnostic::TextPlace;

/// A check of the bytes of a row, without its line break: their CRC-32, as gzip and Ethernet compute it. It finds a row
/// again after its line moved; it does not rule out a forged row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowPrint(pub u32);

impl RowPrint {
    /// Eight hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = text.len() == 8 && text.bytes().all(|it| it.is_ascii_hexdigit());
        let number = u32::from_str_radix(text, 16).ok();
        number.filter(|_| is_hex).map(Self)
    }
}

impl fmt::Display for RowPrint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", self.0)
    }
}

/// What a mark is on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MarkedItem {
    /// A row of a log: its line, counted from 1, and the print of its bytes if it is known.
    Row { line: u32, print: Option<RowPrint> },
    /// An event by its id.
    Event(String),
}

impl MarkedItem {
    /// Whether both are the same row or event. A row is known by its print, and without one by its line.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Event(one), Self::Event(other)) => one == other,
            (
                Self::Row { line, print },
                Self::Row {
                    line: other_line,
                    print: other_print,
                },
            ) => {
                line == other_line
                    && (print == other_print || print.is_none() || other_print.is_none())
            }
            _ => false,
        }
    }
}

/// A mark in a marks file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMark {
    /// The name of the file with the event, without folders.
    pub of: String,
    pub item: MarkedItem,
    pub mark: EventMark,
    /// Where it is in the marks file.
    pub place: TextPlace,
}

/// The marks of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksFile {
    /// Who made them, or else the name of the file.
    pub by: String,
    /// The marking of the file. `RED` if it cannot be read.
    pub tlp: Option<Tlp>,
    pub marks: Vec<FileMark>,
}

/// A change of the mark of one event, to be written to a marks file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEdit {
    /// The name of the file with the event, without folders.
    pub of: String,
    pub item: MarkedItem,
    pub edit: MarkEdit,
    /// The event in its file: the print of a row is computed from these bytes when the mark is written.
    pub place: TextPlace,
    /// The marking of the event, or that of its timeline.
    pub marking: Option<Tlp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_print_is_eight_hexadecimal_digits() {
        assert_eq!(RowPrint::parse("c3f0a1d2"), Some(RowPrint(0xc3f0_a1d2)));
        assert_eq!(RowPrint(0x1f).to_string(), "0000001f");
        for wrong in ["", "1f", "+0000001", "c3f0a1d2a", "c3f0a1dg"] {
            assert_eq!(RowPrint::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_row_is_the_same_by_its_line_unless_the_prints_differ() {
        let row = |line, print: Option<u32>| MarkedItem::Row {
            line,
            print: print.map(RowPrint),
        };
        assert!(row(2, Some(1)).is_same(&row(2, None)));
        assert!(row(2, Some(1)).is_same(&row(2, Some(1))));
        assert!(!row(2, Some(1)).is_same(&row(2, Some(3))));
        assert!(!row(2, Some(1)).is_same(&row(3, Some(1))));
        assert!(!row(2, None).is_same(&MarkedItem::Event("a-2".to_owned())));
    }
}

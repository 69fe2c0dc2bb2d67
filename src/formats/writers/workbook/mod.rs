//! Workbooks as XLSX, for people who sort and filter: sheets of events, claims, entities, sources and questions, and one
//! about the file.
//!
//! A date is text, as its source has it, next to real dates for its bounds. No text becomes a formula.

mod about;
mod declared;
pub(super) mod losses;
mod package;
mod parts;
mod sheet;

pub(super) use self::parts::pack;
use self::sheet::SheetWriter;
use super::{ExportOptions, records};
use crate::timeline::{EventId, Timeline};

/// The rows of a sheet in Excel, below its header.
const MOST_ROWS: usize = 1_048_575;

/// The parts of the workbook as one text: see [`pack`].
pub(super) fn write(timeline: &Timeline, options: &ExportOptions<'_>) -> String {
    let events: Vec<EventId> = options.events().into_iter().map(|(id, _)| id).collect();
    let mut sheets = Vec::new();
    let chunks = events.chunks(MOST_ROWS);
    // A timeline without events has a header all the same.
    let none: &[_] = &[];
    for (number, chunk) in (1..).zip(chunks.chain(events.is_empty().then_some(none))) {
        let name = if number == 1 {
            "Timeline".to_owned()
        } else {
            format!("Timeline {number}")
        };
        sheets.push(records::fill_sheet(timeline, chunk, |last| {
            SheetWriter::new(name, last + 1)
        }));
    }
    let is_whole = events.len() == timeline.len();
    sheets.push(declared::claims(timeline, &events));
    sheets.push(declared::entities(timeline, &events, is_whole));
    sheets.push(declared::sources(timeline, &events, is_whole));
    sheets.push(declared::questions(timeline, &events, is_whole));
    sheets.push(about::sheet(timeline, options, &events));
    package::assembled(&sheets, &about::marking(timeline))
}

//! Workbooks as XLSX, for people who sort and filter: sheets of events, claims, links, entities, sources and questions, and
//! one about the file. [`crate::formats::workbook`] reads them back.
//!
//! A date is text, as its source has it, next to real dates for its bounds. No text becomes a formula.

mod about;
mod declared;
mod events;
pub(super) mod losses;
mod names;
mod package;
mod parts;
mod sheet;

use std::collections::HashSet;

use self::declared::DeclaredContent;
use self::events::ExportedEvents;
use self::names::SheetNames;
pub(super) use self::parts::pack;
use super::ExportOptions;
use crate::timeline::{EventId, Timeline};

/// The rows of a sheet in Excel, below its header.
const MOST_ROWS: usize = 1_048_575;

/// The parts of the workbook as one text: see [`pack`].
pub(super) fn write(timeline: &Timeline, options: &ExportOptions<'_>) -> String {
    let events: Vec<EventId> = options.events().into_iter().map(|(id, _)| id).collect();
    let known: HashSet<EventId> = events.iter().copied().collect();
    let names = SheetNames::new(timeline);
    let exported = ExportedEvents {
        timeline,
        names: &names,
        known: &known,
    };
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
        sheets.push(exported.sheet(name, chunk));
    }
    let declared = DeclaredContent {
        timeline,
        names: &names,
        events: &events,
        known: &known,
    };
    sheets.push(declared.claims());
    sheets.push(declared.links());
    sheets.push(declared.entities());
    sheets.push(declared.sources());
    sheets.push(declared.questions());
    sheets.push(about::sheet(timeline, options, &events));
    package::assembled(&sheets, &about::marking(timeline))
}

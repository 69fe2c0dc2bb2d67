//! The order of written events and rows of logs, as runs of events from one origin.

use std::ops::Range;

use super::super::draft::DraftEvent;
use super::super::log::DraftLog;
use super::super::sequence::EventSequence;
use crate::date::Instant;

/// A run of consecutive events from one origin.
pub(super) enum EventRun {
    /// The next written event.
    Written,
    /// Rows of a log.
    Logged {
        log: usize,
        part: usize,
        rows: Range<usize>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct LogRow {
    log: u16,
    part: u16,
    row: u32,
}

/// The order of all events. Written events are already in order.
///
/// Events of one time keep the order of their files, and within a file the order of their rows.
pub(super) fn order(
    events: &[DraftEvent],
    sequence: &EventSequence,
    logs: &[DraftLog],
) -> Vec<EventRun> {
    let mut rows = in_order(logs).into_iter().peekable();
    let mut order = Vec::new();
    for (number, event) in events.iter().enumerate() {
        let when = event.when.as_ref().map(|when| when.value.bounds());
        let when = sequence.place(number, when);
        let comes_first = |at: &LogRow| {
            let file = logs[usize::from(at.log)].file;
            (place_of(logs, *at), file) < (when, event.place.file)
        };
        while let Some(at) = rows.next_if(comes_first) {
            lengthen(&mut order, at);
        }
        order.push(EventRun::Written);
    }
    rows.for_each(|at| lengthen(&mut order, at));
    order
}

/// Extends the last run by a row, or starts another.
fn lengthen(order: &mut Vec<EventRun>, at: LogRow) {
    let (new_log, new_part, row) = (usize::from(at.log), usize::from(at.part), at.row as usize);
    if let Some(EventRun::Logged { log, part, rows }) = order.last_mut()
        && (*log, *part, rows.end) == (new_log, new_part, row)
    {
        rows.end += 1;
        return;
    }
    order.push(EventRun::Logged {
        log: new_log,
        part: new_part,
        rows: row..row + 1,
    });
}

/// Every row of the logs, by time. Most logs are already sorted, so sorting usually takes one pass.
fn in_order(logs: &[DraftLog]) -> Vec<LogRow> {
    let mut rows = Vec::with_capacity(logs.iter().map(DraftLog::len).sum());
    for (log, of_log) in (0u16..).zip(logs) {
        for (part, of_part) in (0u16..).zip(&of_log.parts) {
            let len = u32::try_from(of_part.len()).expect("a file has fewer than 2^32 rows");
            rows.extend((0..len).map(|row| LogRow { log, part, row }));
        }
    }
    rows.sort_by_key(|at: &LogRow| place_of(logs, *at));
    rows
}

fn place_of(logs: &[DraftLog], at: LogRow) -> (bool, [Instant; 4]) {
    let part = &logs[usize::from(at.log)].parts[usize::from(at.part)];
    part.when.bounds().place_in_time(at.row as usize)
}

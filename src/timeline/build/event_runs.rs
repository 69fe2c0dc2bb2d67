//! The order of written events and rows of logs, as runs of events from one origin.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::iter;
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

/// The runs of all events. Rows of logs may alternate, so a run takes little memory.
#[derive(Debug, Default)]
pub(super) struct EventOrder(Vec<PackedRun>);

/// Some rows of a part of a log; of no log for a written event.
#[derive(Clone, Copy, Debug)]
struct PackedRun {
    log: Option<u16>,
    at: LogRow,
    len: u32,
}

/// A row of a log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct LogRow {
    part: u32,
    row: u32,
}

type TimeKey = (bool, [Instant; 4]);

impl EventOrder {
    pub fn runs(self) -> impl Iterator<Item = EventRun> {
        self.0.into_iter().map(|run| {
            let Some(log) = run.log else {
                return EventRun::Written;
            };
            let row = run.at.row as usize;
            EventRun::Logged {
                log: usize::from(log),
                part: run.at.part as usize,
                rows: row..row + run.len as usize,
            }
        })
    }

    fn written(&mut self) {
        self.0.push(PackedRun {
            log: None,
            at: LogRow::default(),
            len: 1,
        });
    }

    /// Extends the last run by a row, or starts another.
    fn logged(&mut self, log: usize, at: LogRow) {
        let log = u16::try_from(log).ok();
        if let Some(run) = self.0.last_mut()
            && run.log == log
            && run.at.part == at.part
            && run.at.row + run.len == at.row
        {
            run.len += 1;
            return;
        }
        self.0.push(PackedRun { log, at, len: 1 });
    }
}

/// The order of all events. Written events are already in order.
///
/// Events of one time keep the order of their files, and within a file the order of their rows.
pub(super) fn order(
    events: &[DraftEvent],
    sequence: &EventSequence,
    logs: &[DraftLog],
) -> EventOrder {
    let mut order = EventOrder::default();
    if let ([], [log]) = (events, logs)
        && is_in_order(log)
    {
        let runs = (0u32..).zip(&log.parts).map(|(part, of)| PackedRun {
            log: Some(0),
            at: LogRow { part, row: 0 },
            len: number(of.len()),
        });
        order.0.extend(runs.filter(|run| run.len > 0));
        return order;
    }
    let mut rows = RowsByTime::new(logs);
    for (written, event) in events.iter().enumerate() {
        let when = event.when.as_ref().map(|when| when.value.bounds());
        let when = sequence.place(written, when);
        while let Some((log, at)) =
            rows.next_if(|key, log| (key, logs[log].file) < (when, event.place.file))
        {
            order.logged(log, at);
        }
        order.written();
    }
    while let Some((log, at)) = rows.next_if(|_, _| true) {
        order.logged(log, at);
    }
    order
}

/// The rows of several logs by time: the next row of each waits for its turn.
struct RowsByTime<'l> {
    logs: &'l [DraftLog],
    /// The other rows of each log, in order.
    rest: Vec<Box<dyn Iterator<Item = LogRow> + 'l>>,
    next: BinaryHeap<Reverse<NextRow>>,
}

#[derive(Clone, Copy)]
struct NextRow {
    key: TimeKey,
    log: usize,
    at: LogRow,
}

impl PartialEq for NextRow {
    fn eq(&self, other: &Self) -> bool {
        (self.key, self.log) == (other.key, other.log)
    }
}

impl Eq for NextRow {}

impl PartialOrd for NextRow {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NextRow {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.key, self.log).cmp(&(other.key, other.log))
    }
}

impl<'l> RowsByTime<'l> {
    fn new(logs: &'l [DraftLog]) -> Self {
        let mut rest: Vec<_> = logs.iter().map(in_order).collect();
        let firsts = rest.iter_mut().enumerate();
        let firsts = firsts.filter_map(|(log, rows)| Some((log, rows.next()?)));
        let next = firsts.map(|(log, at)| {
            let key = key(&logs[log], at);
            Reverse(NextRow { key, log, at })
        });
        Self {
            next: next.collect(),
            logs,
            rest,
        }
    }

    /// The next row and its log, if it passes a test.
    fn next_if(&mut self, test: impl Fn(TimeKey, usize) -> bool) -> Option<(usize, LogRow)> {
        let mut first = self.next.peek_mut()?;
        let Reverse(NextRow { key: at, log, .. }) = *first;
        if !test(at, log) {
            return None;
        }
        let taken = first.0.at;
        match self.rest[log].next() {
            Some(at) => {
                first.0.at = at;
                first.0.key = key(&self.logs[log], at);
            }
            None => {
                PeekMut::pop(first);
            }
        }
        Some((log, taken))
    }
}

/// The rows of a log by time.
fn in_order(log: &DraftLog) -> Box<dyn Iterator<Item = LogRow> + '_> {
    if is_in_order(log) {
        return Box::new(rows(log));
    }
    let mut sorted: Vec<LogRow> = rows(log).collect();
    sorted.sort_by_key(|&at| key(log, at));
    Box::new(sorted.into_iter())
}

/// Whether the rows are in the order of time already, as in most logs.
fn is_in_order(log: &DraftLog) -> bool {
    let keys = log.parts.iter().flat_map(|part| {
        let bounds = part.when.bounds();
        (0..part.len()).map(|row| bounds.place_in_time(row))
    });
    keys.is_sorted()
}

fn rows(log: &DraftLog) -> impl Iterator<Item = LogRow> {
    (0u32..).zip(&log.parts).flat_map(|(part, of)| {
        let rows = 0..number(of.len());
        rows.zip(iter::repeat(part))
            .map(|(row, part)| LogRow { part, row })
    })
}

fn key(log: &DraftLog, at: LogRow) -> TimeKey {
    let part = &log.parts[at.part as usize];
    part.when.bounds().place_in_time(at.row as usize)
}

fn number(rows: usize) -> u32 {
    u32::try_from(rows).expect("a file has fewer than 2^32 rows")
}

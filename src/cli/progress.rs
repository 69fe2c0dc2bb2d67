//! The progress of commands that take longer than a second, as a line on standard error.

use std::io::{self, IsTerminal};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::capabilities::only_prints;
use crate::formats::progress::{Progress, ReadingFigures};
use crate::terminal::ProgressLine;

/// Whether this process shows progress.
static IS_SHOWN: AtomicBool = AtomicBool::new(false);

/// Shows progress if standard error is a terminal that can rewrite a line.
pub(super) fn show_on_terminal() {
    IS_SHOWN.store(io::stderr().is_terminal() && !only_prints(), Relaxed);
}

/// Shows no progress, since the user types at the same place.
pub(super) fn hide() {
    IS_SHOWN.store(false, Relaxed);
}

/// A reading whose progress is shown until this is dropped.
pub(super) struct ShownReading {
    progress: Arc<Progress>,
    _line: Option<ProgressLine>,
}

impl Deref for ShownReading {
    type Target = Progress;

    fn deref(&self) -> &Progress {
        &self.progress
    }
}

/// Begins to read files.
pub(super) fn reading() -> ShownReading {
    let progress = Arc::<Progress>::default();
    let watched = Arc::clone(&progress);
    let line = begin(move |passed, columns| reading_line(&watched.figures(), passed, columns));
    ShownReading {
        progress,
        _line: line,
    }
}

/// Begins work whose end is unknown, such as `writing`, until the line is dropped.
pub(super) fn working(what: &'static str) -> Option<ProgressLine> {
    begin(move |passed, columns| widest(&[vec![what.to_owned(), time(passed)]], columns))
}

fn begin(text: impl Fn(u64, usize) -> String + Send + 'static) -> Option<ProgressLine> {
    IS_SHOWN.load(Relaxed).then(|| ProgressLine::begin(text))
}

/// The progress of a reading after a number of milliseconds, in at most `columns` columns.
fn reading_line(figures: &ReadingFigures, passed: u64, columns: usize) -> String {
    let bytes = bytes(figures);
    let events = (figures.events > 0).then(|| format!("{} events", grouped(figures.events)));
    let time = time(passed);
    if figures.is_read {
        let what = "building the timeline".to_owned();
        let with_events = std::iter::once(what.clone())
            .chain(events)
            .chain([time.clone()]);
        return widest(&[with_events.collect(), vec![what, time]], columns);
    }
    let read = format!("reading {bytes}");
    let rate = rate(figures.read, passed);
    let parts = |parts: &[Option<&String>]| {
        let parts = parts.iter().flatten().map(|&part| part.clone());
        parts.collect::<Vec<_>>()
    };
    let (read, time) = (Some(&read), Some(&time));
    widest(
        &[
            parts(&[read, events.as_ref(), rate.as_ref(), time]),
            parts(&[read, events.as_ref(), time]),
            parts(&[read, time]),
            parts(&[read]),
            parts(&[Some(&share(figures).unwrap_or(bytes))]),
        ],
        columns,
    )
}

/// The first of some lines that fits, empty if none does.
fn widest(lines: &[Vec<String>], columns: usize) -> String {
    let mut lines = lines.iter().map(|parts| parts.join(", "));
    // Every character takes one column.
    lines
        .find(|line| line.chars().count() <= columns)
        .unwrap_or_default()
}

/// The bytes read, of how many if that is known.
fn bytes(figures: &ReadingFigures) -> String {
    let Some(share) = share(figures) else {
        let (size, unit) = size(figures.read, figures.read);
        return format!("{size} {unit}");
    };
    let (read, unit) = size(figures.read, figures.expected);
    let (all, _) = size(figures.expected, figures.expected);
    format!("{read} of {all} {unit} ({share})")
}

/// The share of the bytes that was read, if their number is known. It never says 100 before everything is done.
fn share(figures: &ReadingFigures) -> Option<String> {
    let of_hundred = u128::from(figures.read) * 100;
    let share = of_hundred.checked_div(u128::from(figures.expected))?;
    Some(format!("{} %", share.min(99)))
}

/// Bytes as a decimal in the unit that suits `of`.
fn size(bytes: u64, of: u64) -> (String, &'static str) {
    const UNITS: [(&str, u32); 4] = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)];
    let suits = UNITS.iter().rev().find(|(_, bits)| of >> bits > 0);
    let (unit, bits) = suits.unwrap_or(&UNITS[0]);
    let tenths = (u128::from(bytes) * 10) >> bits;
    (format!("{}.{}", tenths / 10, tenths % 10), unit)
}

/// The average number of bytes per second.
fn rate(bytes: u64, passed: u64) -> Option<String> {
    let rate = (u128::from(bytes) * 1000).checked_div(u128::from(passed))?;
    let rate = u64::try_from(rate).ok().filter(|&rate| rate > 0)?;
    let (size, unit) = size(rate, rate);
    Some(format!("{size} {unit}/s"))
}

fn time(passed: u64) -> String {
    let seconds = passed / 1000;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF: ReadingFigures = ReadingFigures {
        read: 1_200_000_000,
        expected: 3_600_000_000,
        events: 3_412_345,
        is_read: false,
    };

    #[test]
    fn a_line_has_what_fits_into_its_columns() {
        let whole = "reading 1.1 of 3.3 GiB (33 %), 3,412,345 events, 381.4 MiB/s, 3 s";
        for (columns, line) in [
            (200, whole),
            (whole.len(), whole),
            (
                whole.len() - 1,
                "reading 1.1 of 3.3 GiB (33 %), 3,412,345 events, 3 s",
            ),
            (51, "reading 1.1 of 3.3 GiB (33 %), 3 s"),
            (33, "reading 1.1 of 3.3 GiB (33 %)"),
            (28, "33 %"),
            (4, "33 %"),
            (3, ""),
            (0, ""),
        ] {
            assert_eq!(reading_line(&HALF, 3000, columns), line, "{columns}");
        }
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let line = |read, passed| {
            let figures = ReadingFigures {
                read,
                ..ReadingFigures::default()
            };
            reading_line(&figures, passed, 80)
        };
        assert_eq!(line(0, 1000), "reading 0.0 KiB, 1 s");
        assert_eq!(line(1536, 1500), "reading 1.5 KiB, 1.0 KiB/s, 1 s");
        assert_eq!(
            line(5 << 20, 61_000),
            "reading 5.0 MiB, 83.9 KiB/s, 1 min 1 s"
        );
        assert_eq!(line(1, 0), "reading 0.0 KiB, 0 s");
    }

    #[test]
    fn the_end_is_never_reached_before_everything_is_done() {
        let figures = ReadingFigures {
            read: HALF.expected,
            ..HALF
        };
        assert!(reading_line(&figures, 3000, 80).contains("(99 %)"));
        let built = ReadingFigures {
            is_read: true,
            ..figures
        };
        let line = |columns| reading_line(&built, 9000, columns);
        assert_eq!(line(80), "building the timeline, 3,412,345 events, 9 s");
        assert_eq!(line(30), "building the timeline, 9 s");
        assert_eq!(line(10), "");
    }

    #[test]
    fn sizes_have_a_unit_that_suits_them_and_numbers_have_groups() {
        assert_eq!(size(1023, 1023).0, "0.9");
        assert_eq!(size(1024, 1 << 20), ("0.0".to_owned(), "MiB"));
        assert_eq!(size(u64::MAX, u64::MAX), ("16777215.9".to_owned(), "TiB"));
        let numbers = [0, 12, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(numbers, ["0", "12", "999", "1,000", "1,234,567"]);
    }
}

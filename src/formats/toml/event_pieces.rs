//! Cuts a text into pieces that begin with an event, and judges by its lines whether a text is a timeline.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

use super::characters::has_long_quotes;
use super::fail_closed::is_near_table;
use super::statements::{TextStatements, TextTrust, heading, is_assignment};

/// The key of the headings of events.
const EVENTS: &str = "events";

/// Cuts a text before its events. Every piece but the first begins with `[[events]]`. A piece has at most this number of
/// events, and the tables behind an event go with it.
pub(super) fn pieces(text: &str, trust: TextTrust, events_at_once: usize) -> Vec<Range<usize>> {
    let is_event = |&start: &usize| {
        may_name_events(text.as_bytes(), start)
            && heading(text.get(start..).unwrap_or_default()) == [EVENTS]
    };
    let statements = TextStatements::new(text, trust).map(|range| range.start);
    // Without texts of several lines, every line that looks like a heading is one.
    let lines = || {
        [0].into_iter()
            .chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1))
    };
    let starts: Box<dyn Iterator<Item = usize>> = if has_long_quotes(text) {
        Box::new(statements)
    } else {
        Box::new(lines())
    };
    // In most texts, only the first event is looked for: it begins the second and last piece.
    let named = memmem::find_iter(text.as_bytes(), EVENTS);
    let maybe = named.filter(|at| text.as_bytes().get(at + EVENTS.len()) != Some(&b'.'));
    let is_one = maybe.take(events_at_once + 1).count() <= events_at_once;
    let cuts = if is_one { 1 } else { usize::MAX };
    let mut starts: Vec<usize> = starts
        .filter(is_event)
        .step_by(events_at_once)
        .take(cuts)
        .collect();
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts
        .iter()
        .copied()
        .zip(ends)
        .map(|(start, end)| start..end)
        .collect()
}

/// Whether a line of a text looks like the heading of a table of a timeline, even with a slip in its name.
pub(in crate::formats) fn has_heading(text: &str) -> bool {
    text.lines().any(is_near_heading)
}

/// Whether such a heading comes first, or behind nothing but comments and keys with values. No table and no list of objects
/// begins so.
pub(in crate::formats) fn begins_with_heading(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let is_before = |line: &str| line.is_empty() || line.starts_with('#') || is_assignment(line);
    let first = lines.find(|line| !is_before(line));
    first.is_some_and(is_near_heading)
}

/// A text with no more lines than this is taken for TOML. A longer one is if it has a key with a value in one of this
/// number of lines.
const FEW_LINES: usize = 10;

/// Whether a text is meant to be TOML: it is short, or has a heading of a timeline, or keys with values.
pub(in crate::formats) fn is_likely(text: &str) -> bool {
    let (mut lines, mut assignments) = (0, 0);
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if is_near_heading(line) {
            return true;
        }
        lines += 1;
        assignments += usize::from(is_assignment(line));
    }
    lines <= FEW_LINES || assignments * FEW_LINES >= lines
}

fn is_near_heading(line: &str) -> bool {
    // Lines of many logs begin with a stamp in brackets; no name of a table is that long.
    let is_short = |first: &str| (4..=12).contains(&first.len()) && first.is_ascii();
    line.trim_start().starts_with('[')
        && heading(line)
            .first()
            .is_some_and(|first| is_short(first) && is_near_table(first))
}

/// The first byte of the last `[[events]]`, if a text has at least two.
pub(in crate::formats) fn last_event(text: &str) -> Option<usize> {
    let last = pieces(text, TextTrust::Full, 1).last()?.start;
    (last > 0).then_some(last)
}

/// Whether a line has the key of events behind brackets, spaces and tabs, or another character that may be white space.
fn may_name_events(text: &[u8], line: usize) -> bool {
    let mut line = text.get(line..).unwrap_or_default();
    while let [b'[' | b' ' | b'\t', rest @ ..] = line {
        line = rest;
    }
    let first = line.first();
    line.starts_with(EVENTS.as_bytes())
        || first.is_some_and(|first| !(first.is_ascii_graphic() || *first == b'\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeline_begins_with_a_heading_and_no_table_or_list_does() {
        let timelines = [
            "[timeline]\n",
            "# a\n\n  [[events]]\n",
            "format = 1\n[entities.a]\n",
        ];
        for text in timelines {
            assert!(begins_with_heading(text), "{text}");
        }
        let tables = [
            "message,datetime\n[timeline],2021\n",
            "[{\"events\": 1}]\n",
            "[\n[timeline]\n",
            "[2021-08-14] a,b\n",
            "",
        ];
        for text in tables {
            assert!(!begins_with_heading(text), "{text}");
        }
    }

    /// Cuts a text before each event, by its lines if that is quicker, and by its statements.
    #[track_caller]
    fn check(text: &str, expected: usize) {
        for trust in [TextTrust::Full, TextTrust::Careful] {
            let statements = TextStatements::new(text, trust).map(|range| range.start);
            let is_event = |at: &usize| heading(text.get(*at..).unwrap_or_default()) == ["events"];
            let mut starts: Vec<usize> = statements.filter(is_event).collect();
            assert_eq!(starts.len(), expected, "{text}");
            if starts.first() != Some(&0) {
                starts.insert(0, 0);
            }
            let pieces = pieces(text, trust, 1);
            let found: Vec<usize> = pieces.iter().map(|piece| piece.start).collect();
            assert_eq!(found, starts, "{text}");
        }
    }

    #[test]
    fn a_piece_has_at_most_the_given_number_of_events() {
        let event = "[[events]]\na = \"events\"\n[[events.claims]]\n";
        let text = format!("a = \"\"\"\n[[events]]\n\"\"\"\n{}", event.repeat(5));
        for (at_once, expected) in [(1, 6), (2, 4), (4, 3), (5, 2), (100, 2)] {
            let pieces = pieces(&text, TextTrust::Full, at_once);
            assert_eq!(pieces.len(), expected, "{at_once}");
            let joined: Vec<&str> = pieces.into_iter().filter_map(|it| text.get(it)).collect();
            assert_eq!(joined.concat(), text);
        }
    }

    #[test]
    fn a_text_is_cut_where_its_events_begin_however_it_is_written() {
        check("", 0);
        check("[[events]]\na = 1\n[[events]] # two\n", 2);
        check(
            "format = 1\n\n \t[[ events ]]\r\n[events]\n[[events.claims]]\n",
            2,
        );
        check("\u{a0}[[events]]\n# [[events]]\na = \"[[events]]\"\n", 1);
        check("a = [\n[[events]]\nb = { x = 1,\n[[events]]\n", 2);
        check("a = 'it\n[[events]]\nb = \"x\\\n[[events]]\n", 2);
    }
}

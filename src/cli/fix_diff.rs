//! The lines that a fix removes and adds, with their numbers.

use std::fmt::Write as _;

use super::report::clean;
use crate::diagnostic::{SourceText, TextEdit, with_edits};

/// The most lines of each sign that are shown of a long change.
const MOST_LINES: usize = 20;

/// Some lines of a text that an edit changes.
struct ChangedLines {
    /// The number of the first, from 1.
    first: usize,
    removed: Vec<String>,
    added: Vec<String>,
}

/// The lines that edits change, as a diff.
pub(super) fn diff(text: &SourceText, edits: &[TextEdit]) -> String {
    let mut shown = String::new();
    let mut moved = 0_isize;
    for group in groups(text, edits) {
        let lines = changed(text, group);
        let before = lines.first;
        let after = before.saturating_add_signed(moved);
        push(&mut shown, '-', before, &lines.removed);
        push(&mut shown, '+', after, &lines.added);
        let (removed, added) = (lines.removed.len(), lines.added.len());
        moved += isize::try_from(added).unwrap_or(0) - isize::try_from(removed).unwrap_or(0);
    }
    shown
}

fn push(shown: &mut String, sign: char, first: usize, lines: &[String]) {
    for (number, line) in (first..).zip(lines.iter().take(MOST_LINES)) {
        writeln!(shown, "{sign} {number:>4} | {}", clean(line)).expect("a string takes everything");
    }
    if let Some(more) = lines.len().checked_sub(MOST_LINES).filter(|more| *more > 0) {
        writeln!(shown, "{sign}      | … and {more} more lines")
            .expect("a string takes everything");
    }
}

/// Groups edits whose lines meet.
fn groups<'e>(text: &SourceText, edits: &'e [TextEdit]) -> Vec<&'e [TextEdit]> {
    edits
        .chunk_by(|a, b| text.line_of(a.place.end()) >= text.line_of(b.place.start()))
        .collect()
}

/// The lines that adjacent edits change, without the lines at both ends that stay.
fn changed(text: &SourceText, edits: &[TextEdit]) -> ChangedLines {
    let start = edits.first().map_or(0, |edit| edit.place.start());
    let end = edits.last().map_or(0, |edit| edit.place.end());
    let first = text.line_of(start);
    let range = text.line_range(first).start..text.line_range(text.line_of(end)).end;
    let edited = with_edits(text.text(), edits);
    let tail = text.len() - range.end;
    let before = text.slice(range.clone());
    let after = edited
        .get(range.start..edited.len() - tail)
        .unwrap_or_default();
    let lines = |text: &str| text.split('\n').map(str::to_owned).collect::<Vec<_>>();
    let (mut removed, mut added) = (lines(before), lines(after));
    while removed.len() + added.len() > 1 && removed.last() == added.last() {
        removed.pop();
        added.pop();
    }
    let same = removed
        .iter()
        .zip(&added)
        .take_while(|(a, b)| a == b)
        .count();
    removed.drain(..same);
    added.drain(..same);
    ChangedLines {
        first: first + same,
        removed,
        added,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, TextPlace};

    #[track_caller]
    fn check(text: &str, edits: &[(std::ops::Range<usize>, &str)], expected: &str) {
        let edits = edits
            .iter()
            .map(|(range, text)| TextEdit::new(TextPlace::new(FileId(0), range.clone()), *text));
        let edits: Vec<_> = edits.collect();
        assert_eq!(diff(&SourceText::new("a", text), &edits), expected);
    }

    #[test]
    fn a_diff_has_the_lines_that_change_and_no_others() {
        check(
            "a\nb = 1\nc\n",
            &[(6..7, "2")],
            "-    2 | b = 1\n+    2 | b = 2\n",
        );
        check("a\nb\nc\n", &[(2..4, "")], "-    2 | b\n");
        check("a\nb", &[(3..3, "\nc\n")], "+    3 | c\n+    4 | \n");
        check(
            "a\nb\nc\n",
            &[(0..2, ""), (6..6, "a\n")],
            "-    1 | a\n+    3 | a\n",
        );
    }

    #[test]
    fn a_diff_shows_what_a_terminal_would_obey() {
        check(
            "a\u{1b}[2J\n",
            &[(1..2, "")],
            "-    1 | a␛[2J\n+    1 | a[2J\n",
        );
    }
}

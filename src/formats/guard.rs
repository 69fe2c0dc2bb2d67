//! Keeps spreadsheets from computing texts of a timeline, and takes that back on reading.
//!
//! A spreadsheet computes a cell that begins like a formula. Which cells there are depends on the separator that its
//! user has set: with `;`, as in most of Europe, a cell begins in the middle of a text. Quotation marks do not prevent
//! that, as they only count at the beginning of a cell. So a `'` is put wherever a cell of any usual separator would
//! begin like a formula, and where a line does.

use std::borrow::Cow;

/// What ends a cell in some spreadsheets, with any list separator. A comma inside a text is quoted in our rows.
const SEPARATORS: [char; 5] = [';', '\t', '|', '\n', '\r'];
/// The sign before a text that is not to be computed.
const GUARD: char = '\'';

/// A text, with a guard wherever a cell would be computed. Two texts never become one: [`unguarded`] has each back.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    edited(text, |cell| {
        is_computed(cell).then_some((Some(GUARD), cell))
    })
}

/// The text that [`guarded`] was given.
pub(super) fn unguarded(text: &str) -> Cow<'_, str> {
    edited(text, |cell| {
        let rest = cell.strip_prefix(GUARD)?;
        is_computed(rest).then_some((None, rest))
    })
}

/// The text with what `edit` makes of the part behind each separator: another first character, and the rest.
fn edited(text: &str, edit: impl Fn(&str) -> Option<(Option<char>, &str)>) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    let ends = text.match_indices(SEPARATORS);
    let starts = std::iter::once(0).chain(ends.map(|(at, end)| at + end.len()));
    for start in starts {
        let cell = text.get(start..).unwrap_or_default();
        if let Some((first, rest)) = edit(cell) {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.extend(first);
            done = text.len() - rest.len();
        }
    }
    if done == 0 && out.is_empty() {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Whether a spreadsheet computes a cell. Quotation marks and spaces before a formula may not be part of the cell.
fn is_computed(cell: &str) -> bool {
    let is_skipped =
        |it: char| matches!(it, '\'' | '"') || it.is_whitespace() && !SEPARATORS.contains(&it);
    // Excel takes the full-width forms for formulas in Japanese, Chinese and Korean.
    let formula = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    cell.trim_start_matches(is_skipped).starts_with(formula)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(guarded(text), expected);
        assert_eq!(unguarded(expected), text);
    }

    #[test]
    fn a_guard_is_put_where_a_cell_of_any_separator_begins_like_a_formula() {
        check("=1+1", "'=1+1");
        check("x;=cmd|' /C calc'!A0", "x;'=cmd|' /C calc'!A0");
        check("a\n-b;\" @c|+d", "a\n'-b;'\" @c|'+d");
        check("＝1", "'＝1");
        check("a-b, c = d; e", "a-b, c = d; e");
    }

    #[test]
    fn a_sign_that_a_text_has_is_not_taken_for_a_guard() {
        check("'=1", "''=1");
        check("'tis", "'tis");
        check("it's;'x", "it's;'x");
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "[-='\"; a|\n@,]{0,12}") {
            let written = guarded(&text);
            prop_assert_eq!(unguarded(&written), &*text);
        }
    }
}

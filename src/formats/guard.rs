//! Keeps spreadsheets from computing texts of a timeline as formulas, and removes the protection on reading.
//!
//! A spreadsheet computes a cell that begins like a formula. The cells depend on the list separator of its user: with `;`,
//! as in most of Europe, a cell may begin in the middle of a text. Quotation marks do not prevent that, since they count
//! only at the beginning of a cell. So a `'` is put wherever a cell of any usual separator would begin like a formula, and
//! wherever a line would.

use std::borrow::Cow;

/// Whether a character ends a cell with some list separator. A comma does not: rows quote texts with commas.
const fn is_separator(character: char) -> bool {
    matches!(character, ';' | '\t' | '|' | '\n' | '\r')
}

/// A spreadsheet shows a text behind this character and does not compute it.
const GUARD: char = '\'';

/// A text with a guard wherever a cell would be computed. [`unguarded`] restores every text exactly.
pub(super) fn guarded(text: &str) -> Cow<'_, str> {
    edited(text, |cell| {
        is_computed(cell).then_some((Some(GUARD), cell))
    })
}

/// Removes the guards that [`guarded`] has added.
pub(super) fn unguarded(text: &str) -> Cow<'_, str> {
    edited(text, |cell| {
        let rest = cell.strip_prefix(GUARD)?;
        is_computed(rest).then_some((None, rest))
    })
}

/// Applies `edit` behind each separator. It returns a new first character, if any, and the rest.
fn edited(text: &str, edit: impl Fn(&str) -> Option<(Option<char>, &str)>) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for start in std::iter::once(0).chain(starts_behind_separators(text)) {
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

fn starts_behind_separators(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            at += 1;
            // No byte of a character beyond ASCII is one of ASCII.
            if is_separator(char::from(bytes[at - 1])) {
                return Some(at);
            }
        }
        None
    })
}

/// Whether a spreadsheet computes a cell. Quotation marks and spaces before a formula may not be part of the cell.
fn is_computed(cell: &str) -> bool {
    if (cell.as_bytes().first()).is_some_and(u8::is_ascii_alphanumeric) {
        return false;
    }
    let is_skipped = |it: char| matches!(it, '\'' | '"') || it.is_whitespace() && !is_separator(it);
    // Excel also computes the full-width forms, in Japanese, Chinese and Korean.
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
    fn an_apostrophe_of_the_text_is_not_taken_for_a_guard() {
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

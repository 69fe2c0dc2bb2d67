//! The error with which `ClickHouse` ends rows that it cannot send to the end, whatever their format.
//!
//! It has sent rows by then, so the error is the last text of the answer: in a frame of its own from version 24.11 on, as an
//! object of `JSONEachRow` before, or as a bare line: <https://clickhouse.com/docs/interfaces/http>.

use std::ops::Range;

use super::reported_error::reported_error;

/// The line that begins a frame, and the line that ends it.
const FRAME: &str = "__exception__";
/// How each error begins.
const CODE: &str = "Code: ";
/// The longest frame, in bytes.
pub(in crate::formats::log) const LONGEST_ERROR: usize = 1 << 14;

/// An error behind the last row of a text.
pub(in crate::formats::log) struct AnswerStop {
    /// Where the rows end.
    pub at: usize,
    /// The bytes of the error.
    pub place: Range<usize>,
    /// What the engine says.
    pub said: String,
}

impl AnswerStop {
    /// Finds an error at the end of a text. A row that quotes such an error is not taken for one.
    pub fn find(text: &str) -> Option<Self> {
        let from = text.floor_char_boundary(text.len().saturating_sub(LONGEST_ERROR));
        let tail = text.get(from..)?.trim_end();
        if !tail.contains(". DB::") {
            return None;
        }
        let mut at = from;
        for line in tail.split_inclusive('\n') {
            let behind = text.get(at + line.len()..).unwrap_or_default();
            let said = if line.trim() == FRAME {
                reported_error(behind)
            } else if behind.trim().is_empty() && is_bare(line.trim()) {
                reported_error(line)
            } else {
                None
            };
            if let Some(said) = said.filter(|said| said.starts_with(CODE)) {
                let place = at..from + tail.len();
                return Some(Self { at, place, said });
            }
            at += line.len();
        }
        None
    }
}

/// Whether a line may be an error without a frame, and not a row of a table: such a row has another value behind its
/// message, or quotation marks around it.
fn is_bare(line: &str) -> bool {
    let is_object = line.starts_with('{');
    is_object || line.starts_with(CODE) && line.ends_with(')') && !line.contains('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERROR: &str = "Code: 241. DB::Exception: Memory limit exceeded. (MEMORY_LIMIT_EXCEEDED)";

    #[track_caller]
    fn check(rows: &str, behind: &str, is_error: bool) {
        let text = format!("{rows}{behind}");
        let found = AnswerStop::find(&text).map(|stop| (stop.at, stop.said));
        let expected = (rows.len(), ERROR.to_owned());
        assert_eq!(found, is_error.then_some(expected), "{text}");
    }

    #[test]
    fn an_error_behind_rows_is_found() {
        let (table, lines) = ("a,b\n1,\"\u{e9}\"\n", "{\"a\":1}\n");
        let frame = format!(
            "__exception__\r\n0123456789abcdef\r\n{ERROR}\n71 0123456789abcdef\r\n__exception__\r\n"
        );
        let object = format!("{{\"exception\":\"{ERROR}\"}}\n");
        for rows in [table, lines, ""] {
            check(rows, &frame, true);
            check(rows, &format!("__exception__\n{ERROR}\n"), true);
        }
        check(lines, &object, true);
        for rows in [table, lines] {
            check(rows, &format!("{ERROR}\n"), true);
        }
        let long = lines.repeat(LONGEST_ERROR);
        check(&long, &frame, true);
    }

    #[test]
    fn rows_that_name_an_error_are_rows() {
        let lines = "{\"a\":1}\n";
        check("a,b\n", &format!("{ERROR},2021\n"), false);
        check("a\n", &format!("\"{ERROR}\"\n"), false);
        check("a\tb\n", &format!("2021\t{ERROR}\n"), false);
        check(lines, &format!("{{\"message\":\"{ERROR}\"}}\n"), false);
        check(
            lines,
            &format!("{{\"exception\":\"{ERROR}\"}}\n{lines}"),
            false,
        );
        check(lines, "{\"exception\":\"Code: 241\"}\n", false);
        check(lines, "__exception__\nand nothing else. DB::\n", false);
    }
}

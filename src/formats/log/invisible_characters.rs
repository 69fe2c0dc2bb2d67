//! Reports invisible characters in a log, once a row: a log is evidence and is not changed.

use std::ops::Range;

use super::row_builder::RowBuilder;
use super::row_fields::FieldValue;
use crate::diagnostic::UNSEEN_IN_LOG;
use crate::formats::unseen::{escape_of, unseen_but_layout, unseen_finding};
use crate::text::is_plain;

/// Whether a text has an invisible character.
fn hides(text: &str) -> bool {
    !is_plain(text) && unseen_but_layout(text).next().is_some()
}

impl RowBuilder<'_> {
    /// Reports an invisible character in a value, or in the name of a column if the row has it.
    pub(super) fn report_hidden(&mut self, row: &Range<usize>, value: FieldValue<'_>) -> bool {
        if hides(value.text) {
            let written = self.bytes_of(row, value);
            return self.report_invisible(&written, value.text);
        }
        let name = self.rows.words.word(value.column.name);
        if self.has_header || !hides(name) {
            return false;
        }
        let name = name.to_owned();
        let written = self.bytes_of_name(row, value);
        self.report_invisible(&written, &name)
    }

    /// Reports the first invisible character of a text at its place in the file. Returns whether there is one.
    pub(super) fn report_invisible(&mut self, written: &Range<usize>, text: &str) -> bool {
        if is_plain(text) {
            return false;
        }
        let Some((at, character, unseen)) = unseen_but_layout(text).next() else {
            return false;
        };
        let (raw, whole) = self.written(written);
        let behind = text.get(at..).unwrap_or_default();
        let found = raw.find(behind).or_else(|| raw.find(character));
        let place = match found {
            Some(at) => Some(at..at + character.len_utf8()),
            None => escape_of(character, raw),
        };
        let place = place.map_or(whole, |place| whole.part(place));
        self.report(unseen_finding(&UNSEEN_IN_LOG, unseen, character, place));
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;

    /// The places of invisible characters in a log, by line and column, each with its message.
    #[track_caller]
    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let text = SourceText::new("a.log", text);
        let (_, findings) = crate::formats::open(std::slice::from_ref(&text));
        let found: Vec<_> = findings
            .iter()
            .filter(|it| it.kind.name == "unseen-in-log")
            .collect();
        assert_eq!(found.len(), findings.len(), "{findings:?}");
        let shown: Vec<_> = (found.iter())
            .map(|it| {
                let at = text.position(it.place.start());
                (
                    at.line,
                    at.column,
                    it.message.rsplit(' ').next().unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_row_has_one_finding_at_its_place() {
        check(
            "datetime,message,user\n2021,a\u{1b}b\u{1b},\u{202e}\n2022,\"a\nb\tc\r\nd\",é日👍🏽\n2023,a,b\u{9b}\n",
            &[(2, 7, "U+001B"), (6, 9, "U+009B")],
        );
    }

    #[test]
    fn escapes_and_names_are_searched_too() {
        let rows = [
            r#"{"datetime":"2021","message":"a\u001Bb \\ \n"}"#,
            r#"{"datetime":"2021","message":"C:\\a\\b"}"#,
            "{\"datetime\":\"2021\",\"message\":\"a\",\"n\u{200b}\":\"1\"}",
        ];
        check(&rows.join("\n"), &[(1, 32, "U+001B"), (3, 36, "U+200B")]);
    }

    #[test]
    fn a_name_in_a_header_is_reported_once_there() {
        check(
            "datetime,message,us\u{ad}er\n2021,é,b\n2022,é,b\n",
            &[(1, 20, "U+00AD")],
        );
    }
}

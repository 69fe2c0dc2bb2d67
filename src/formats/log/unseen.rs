//! What nobody can see in the rows of a log: told once a row, for a log is evidence and is left as it is.

use std::ops::Range;

use memchr::memchr;

use super::rows::Filler;
use super::said::Value;
use crate::diagnostic::UNSEEN_IN_LOG;
use crate::formats::unseen::{escape_of, is_plain, told, unseen_beside_layout};

/// Whether a row may hide something, as it is written: in letters beside those of ASCII, or behind an escape.
pub(super) fn may_hide(raw: &str) -> bool {
    !is_plain(raw) || memchr(b'\\', raw.as_bytes()).is_some()
}

/// Whether a text has a character that is not visible.
fn hides(text: &str) -> bool {
    !is_plain(text) && unseen_beside_layout(text).next().is_some()
}

impl Filler<'_> {
    /// Reports an invisible character in a value, or in the name of a column if the row has it.
    pub(super) fn tell_of_hidden(&mut self, row: &Range<usize>, value: Value<'_>) -> bool {
        if hides(value.text) {
            let written = self.bytes_of(row, value);
            return self.tell_of_unseen(&written, value.text);
        }
        let name = self.rows.words.word(value.column.name);
        if self.has_header || !hides(name) {
            return false;
        }
        let name = name.to_owned();
        let written = self.bytes_of_name(row, value);
        self.tell_of_unseen(&written, &name)
    }

    /// Reports the first invisible character of a text, at its place in what is written there. Returns whether there is
    /// one.
    pub(super) fn tell_of_unseen(&mut self, written: &Range<usize>, text: &str) -> bool {
        if is_plain(text) {
            return false;
        }
        let Some((at, character, unseen)) = unseen_beside_layout(text).next() else {
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
        self.tell(told(&UNSEEN_IN_LOG, unseen, character, place));
        true
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;

    /// The places, by line and column, of what nobody can see in a log, each with its message.
    #[track_caller]
    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let text = SourceText::new("a.log", text);
        let (_, findings) = crate::formats::open(std::slice::from_ref(&text));
        let told: Vec<_> = findings
            .iter()
            .filter(|it| it.kind.name == "unseen-in-log")
            .collect();
        assert_eq!(told.len(), findings.len(), "{findings:?}");
        let told: Vec<_> = (told.iter())
            .map(|it| {
                let at = text.position(it.place.start());
                (
                    at.line,
                    at.column,
                    it.message.rsplit(' ').next().unwrap_or_default(),
                )
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn it_is_told_once_a_row_where_it_stands() {
        check(
            "datetime,message,user\n2021,a\u{1b}b\u{1b},\u{202e}\n2022,\"a\nb\tc\r\nd\",é日👍🏽\n2023,a,b\u{9b}\n",
            &[(2, 7, "U+001B"), (6, 9, "U+009B")],
        );
    }

    #[test]
    fn it_is_told_of_what_an_escape_hides_and_of_names() {
        let rows = [
            r#"{"datetime":"2021","message":"a\u001Bb \\ \n"}"#,
            r#"{"datetime":"2021","message":"C:\\a\\b"}"#,
            "{\"datetime\":\"2021\",\"message\":\"a\",\"n\u{200b}\":\"1\"}",
        ];
        check(&rows.join("\n"), &[(1, 32, "U+001B"), (3, 36, "U+200B")]);
    }

    #[test]
    fn of_a_name_in_a_header_it_is_told_once_there() {
        check(
            "datetime,message,us\u{ad}er\n2021,é,b\n2022,é,b\n",
            &[(1, 20, "U+00AD")],
        );
    }
}

//! Tables with tabs in which a database writes line breaks, tabs and backslashes of values as escapes:
//! <https://clickhouse.com/docs/interfaces/formats/TabSeparated>.

use std::borrow::Cow;

use memchr::memchr_iter;

/// The characters behind a backslash, and what both stand for. `\N` is a value that is missing.
const ESCAPES: [(u8, char); 8] = [
    (b'b', '\u{8}'),
    (b'f', '\u{c}'),
    (b'n', '\n'),
    (b'r', '\r'),
    (b't', '\t'),
    (b'0', '\0'),
    (b'\'', '\''),
    (b'\\', '\\'),
];

/// Whether the rows at the beginning of a table are certainly written so. A path such as `C:\Windows` shows that they are
/// not, since its backslash would be double.
pub(super) fn are_escaped(rows: &str) -> bool {
    let bytes = rows.as_bytes();
    let mut is_shown = false;
    let mut paired = None;
    for at in memchr_iter(b'\\', bytes) {
        if paired == Some(at) {
            continue;
        }
        paired = Some(at + 1);
        match bytes.get(at + 1) {
            Some(b'\\' | b'\'' | b'N') => is_shown = true,
            Some(next) if escaped(*next).is_some() => {}
            // The head of a longer file may end here.
            None => {}
            Some(_) => return false,
        }
    }
    is_shown
}

/// The value that is written so. An unknown escape is kept as it is.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    if value == "\\N" || !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('\\') {
        text.push_str(before);
        let stands_for = behind.bytes().next().and_then(escaped);
        text.push(stands_for.unwrap_or('\\'));
        rest = behind
            .get(usize::from(stands_for.is_some())..)
            .unwrap_or_default();
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn escaped(letter: u8) -> Option<char> {
    let mut all = ESCAPES.into_iter();
    all.find(|(known, _)| *known == letter).map(|(_, it)| it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_read_where_every_backslash_is_one() {
        for rows in ["C:\\\\new\\nline\n", "it\\'s\n", "a\t\\N\n", "a\\\\"] {
            assert!(are_escaped(rows), "{rows}");
        }
        for rows in [
            "C:\\Windows\n",
            "\\\\server\\share\n",
            "a\\tb\n",
            "a\tb\n",
            "",
        ] {
            assert!(!are_escaped(rows), "{rows}");
        }
    }

    #[test]
    fn a_value_is_what_it_was_before_it_was_escaped() {
        let cases = [
            ("a\\tb\\nc\\\\d\\'e", "a\tb\nc\\d'e"),
            ("C:\\\\new", "C:\\new"),
            ("\\\\N", "\\N"),
            ("\\N", "\\N"),
            ("\\ä\\", "\\ä\\"),
        ];
        for (written, expected) in cases {
            assert_eq!(unescaped(written), expected, "{written}");
        }
    }
}

//! Explains the errors of the TOML parser to the author of a timeline.

use ::toml::de::Error;

use super::date_errors;
use super::reader::TomlReader;
use super::statements::{heading, heading_or_ruin};
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, Fix, TOML_SYNTAX, TextPlace, UNQUOTED_DATE, UNQUOTED_TEXT};

/// Whether a statement can be read in spite of its mistakes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum BrokenStatement {
    Read,
    Leave,
}

/// A statement and the parser's error in it.
struct ParserError<'s> {
    statement: &'s str,
    /// The text at the error.
    written: &'s str,
    message: &'s str,
}

/// A mistake that people make, and its finding. `KEY` in the texts is replaced by the key of the statement.
struct CommonMistake {
    applies: fn(&ParserError<'_>) -> bool,
    message: &'static str,
    label: &'static str,
    help: &'static str,
    then: BrokenStatement,
    /// Given the first byte of the statement in its piece, and of the mistake in the statement.
    fixes: fn(&TomlReader<'_>, &ParserError<'_>, usize, usize) -> Vec<Fix>,
}

/// The first that applies is reported.
const COMMON_MISTAKES: &[CommonMistake] = &[
    CommonMistake {
        applies: |it| it.message.starts_with("missing escaped value"),
        message: "this is not an escape sequence",
        label: "expected `n`, `t`, `\\`, `\"` or `u` with four digits after `\\`",
        help: "write `\\\\` for a backslash, or use single quotation marks, in which it means itself",
        then: BrokenStatement::Read,
        fixes: |reader, it, base, at| reader.unescaped(it.statement, base, at),
    },
    CommonMistake {
        applies: |it| !it.is_heading() && !heading_or_ruin(it.statement).is_empty(),
        message: "this heading is never opened",
        label: "expected `[` before it",
        help: "write `[[events]]` or `[sources.ID]`",
        then: BrokenStatement::Leave,
        fixes: |reader, it, base, _| reader.opened(it.statement, base).into_iter().collect(),
    },
    CommonMistake {
        applies: |it| it.message.starts_with("string values must be quoted"),
        message: "`KEY` has no value",
        label: "expected a value",
        help: "give it a value, or delete the line",
        then: BrokenStatement::Leave,
        fixes: |_, _, _, _| Vec::new(),
    },
    CommonMistake {
        applies: |it| it.message.starts_with("unexpected key or value") && it.is_heading(),
        message: "unexpected text behind the heading",
        label: "expected the end of the line",
        help: "write `[[events]]` with two brackets on each side, `[sources.ID]` with one",
        then: BrokenStatement::Leave,
        fixes: |reader, it, base, _| reader.opened(it.statement, base).into_iter().collect(),
    },
    CommonMistake {
        applies: |it| it.message.starts_with("unexpected key or value"),
        message: "unexpected text behind the value",
        label: "expected the end of the line",
        help: "write `\\\"` for a quotation mark inside a text; begin a new line for a new key",
        then: BrokenStatement::Leave,
        fixes: |_, _, _, _| Vec::new(),
    },
    CommonMistake {
        applies: |it| it.statement.trim_start().starts_with("//"),
        message: "`//` does not begin a comment",
        label: "expected `#`",
        help: "begin comments with `#`",
        then: BrokenStatement::Leave,
        fixes: |reader, it, base, at| {
            let whole = (it.statement, base);
            let fix = reader.tried("write `#`", whole, at..at + 2, "#");
            fix.map(Fix::sure).into_iter().collect()
        },
    },
    CommonMistake {
        applies: |it| it.message.starts_with("invalid unquoted key") && it.written == ":",
        message: "`:` where `=` belongs",
        label: "expected `=`",
        help: "write `KEY = \"value\"`",
        then: BrokenStatement::Leave,
        fixes: |reader, it, base, at| {
            let whole = (it.statement, base);
            let fix = reader.tried("write `=`", whole, at..at + 1, " =");
            fix.map(Fix::sure).into_iter().collect()
        },
    },
    CommonMistake {
        applies: |it| it.message.starts_with("key with no value"),
        message: "`KEY` has no `=` after it",
        label: "expected `=` and a value",
        help: "write `KEY = \"value\"`; a comment begins with `#`",
        then: BrokenStatement::Leave,
        fixes: |_, _, _, _| Vec::new(),
    },
];

impl ParserError<'_> {
    fn is_heading(&self) -> bool {
        !heading(self.statement).is_empty()
    }

    fn key(&self) -> &str {
        let ends_key = |it: char| it.is_whitespace() || matches!(it, '=' | ':');
        let mut words = self.statement.trim_start().split(ends_key);
        words.next().unwrap_or_default()
    }
}

impl TomlReader<'_> {
    /// The finding about an error in a statement that begins at `base`.
    pub(super) fn syntax(
        &self,
        statement: &str,
        base: usize,
        error: &Error,
    ) -> (Diagnostic, BrokenStatement) {
        let span = error.span().unwrap_or_default();
        let broken = ParserError {
            statement,
            written: statement.get(span.clone()).unwrap_or_default(),
            message: error.message(),
        };
        let place = self.place(span.start + base..span.end + base);
        if let Some(mut finding) = self.without_quotation_marks(&broken, place) {
            let whole = (statement, base);
            finding.fixes.retain(|fix| {
                let edits = fix.edits().iter();
                let mut tried =
                    edits.map(|edit| self.tried("", whole, span.clone(), &edit.text).is_some());
                tried.next() != Some(false)
            });
            return (finding, BrokenStatement::Read);
        }
        let Some(mistake) = COMMON_MISTAKES
            .iter()
            .find(|mistake| (mistake.applies)(&broken))
        else {
            let finding = as_parser_says(error, place);
            let fix = self.comma(&broken, base, span.start);
            let finding = fix.into_iter().fold(finding, Diagnostic::fix);
            return (finding, BrokenStatement::Leave);
        };
        let key = broken.key();
        let finding = Diagnostic::new(&TOML_SYNTAX, place, mistake.message.replace("KEY", key))
            .label(mistake.label)
            .help(mistake.help.replace("KEY", key));
        let fixes = (mistake.fixes)(self, &broken, base, span.start);
        let finding = fixes.into_iter().fold(finding, Diagnostic::fix);
        (finding, mistake.then)
    }

    /// A comma between two items of a list.
    fn comma(&self, broken: &ParserError<'_>, base: usize, at: usize) -> Option<Fix> {
        let is_missing = broken.message.starts_with("missing comma");
        let before = broken.statement.get(..at).filter(|_| is_missing)?;
        let end = before.trim_end().len();
        let whole = (broken.statement, base);
        self.tried("write a comma between them", whole, end..end, ",")
            .map(Fix::sure)
    }

    /// A bare word or date in place of a text: its meaning is clear.
    fn without_quotation_marks(
        &self,
        broken: &ParserError<'_>,
        place: TextPlace,
    ) -> Option<Diagnostic> {
        let written = broken.written;
        if broken.message.starts_with("string values must be quoted") && !written.is_empty() {
            return Some(self.bare_text(written, place));
        }
        let digits = written.starts_with(|first: char| first.is_ascii_digit());
        let is_date =
            digits && written.contains(['-', ':']) && broken.message.starts_with("invalid");
        is_date.then(|| self.bare_date(written, place))
    }

    fn bare_text(&self, written: &str, place: TextPlace) -> Diagnostic {
        let curly = |it: char| matches!(it, '“' | '”' | '„' | '‘' | '’' | '«' | '»');
        let inner = written.trim_matches(curly);
        let message = if inner.len() < written.len() {
            "these quotation marks are not straight".to_owned()
        } else if EventDate::parse(inner).is_ok() {
            return self.bare_date(inner, place);
        } else {
            format!("`{inner}` needs quotation marks")
        };
        let finding = Diagnostic::new(&UNQUOTED_TEXT, place, message)
            .label("expected text in straight quotation marks");
        match inner {
            "True" | "False" | "TRUE" | "FALSE" => finding.help("write `true` or `false`"),
            _ => {
                let quoted = format!("\"{}\"", inner.replace('"', "\\\""));
                finding.help_and_fix(Fix::written(place, quoted).sure())
            }
        }
    }

    fn bare_date(&self, written: &str, place: TextPlace) -> Diagnostic {
        match EventDate::parse(written) {
            Ok(_) => {
                let message = format!("`{written}` needs quotation marks");
                Diagnostic::new(&UNQUOTED_DATE, place, message)
                    .label("expected a date in quotation marks")
                    .help_and_fix(Fix::written(place, format!("\"{written}\"")).sure())
            }
            Err(error) => date_errors::finding(error, written, self.raw(place), place),
        }
    }
}

/// The parser's own words, split into the mistake and what it expected.
pub(super) fn as_parser_says(error: &Error, place: TextPlace) -> Diagnostic {
    match error.message().split_once(", expected ") {
        Some((wrong, expected)) => {
            Diagnostic::new(&TOML_SYNTAX, place, wrong).label(format!("expected {expected}"))
        }
        None => Diagnostic::new(&TOML_SYNTAX, place, error.message()),
    }
}

//! What a parser's error means to the author of a timeline.

use ::toml::de::Error;

use super::Reader;
use super::date;
use super::statement::{heading, heading_or_ruin};
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, Place, TOML_SYNTAX, UNQUOTED_DATE, UNQUOTED_TEXT};

/// Whether a statement can be read in spite of what is wrong with it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Read,
    Leave,
}

/// A statement and what the parser says of it.
struct Broken<'s> {
    statement: &'s str,
    /// The text at the error.
    written: &'s str,
    said: &'s str,
}

/// A mistake that people make, and what to tell them.
struct Mistake {
    is_it: fn(&Broken<'_>) -> bool,
    /// `KEY` stands for the key of the statement.
    message: &'static str,
    label: &'static str,
    help: &'static str,
    then: Use,
}

/// The first that applies is told.
const MISTAKES: &[Mistake] = &[
    Mistake {
        is_it: |it| it.said.starts_with("missing escaped value"),
        message: "this is no escape sequence",
        label: "expected `n`, `t`, `\\`, `\"` or `u` with four digits after `\\`",
        help: "write `\\\\` for a backslash, or use single quotation marks, in which it means itself",
        then: Use::Read,
    },
    Mistake {
        is_it: |it| !it.is_heading() && !heading_or_ruin(it.statement).is_empty(),
        message: "this heading is never opened",
        label: "expected `[` before it",
        help: "write `[[events]]` or `[sources.ID]`",
        then: Use::Leave,
    },
    Mistake {
        is_it: |it| it.said.starts_with("string values must be quoted"),
        message: "`KEY` has no value",
        label: "expected a value",
        help: "give it a value, or delete the line",
        then: Use::Leave,
    },
    Mistake {
        is_it: |it| it.said.starts_with("unexpected key or value") && it.is_heading(),
        message: "something stands behind the heading",
        label: "expected the end of the line",
        help: "write `[[events]]` with two brackets on each side, `[sources.ID]` with one",
        then: Use::Leave,
    },
    Mistake {
        is_it: |it| it.said.starts_with("unexpected key or value"),
        message: "something stands behind the value",
        label: "expected the end of the line",
        help: "write `\\\"` for a quotation mark inside a text; begin a new line for a new key",
        then: Use::Leave,
    },
    Mistake {
        is_it: |it| it.statement.trim_start().starts_with("//"),
        message: "`//` begins no comment",
        label: "expected `#`",
        help: "begin comments with `#`",
        then: Use::Leave,
    },
    Mistake {
        is_it: |it| it.said.starts_with("invalid unquoted key") && it.written == ":",
        message: "`:` stands where `=` belongs",
        label: "expected `=`",
        help: "write `KEY = \"value\"`",
        then: Use::Leave,
    },
    Mistake {
        is_it: |it| it.said.starts_with("key with no value"),
        message: "`KEY` is followed by no `=`",
        label: "expected `=` and a value",
        help: "write `KEY = \"value\"`; a comment begins with `#`",
        then: Use::Leave,
    },
];

impl Broken<'_> {
    fn is_heading(&self) -> bool {
        !heading(self.statement).is_empty()
    }

    fn key(&self) -> &str {
        let ends_key = |it: char| it.is_whitespace() || matches!(it, '=' | ':');
        let mut words = self.statement.trim_start().split(ends_key);
        words.next().unwrap_or_default()
    }
}

impl Reader<'_> {
    /// What is wrong at an error in a statement that begins at `base`.
    pub(super) fn syntax(&self, statement: &str, base: usize, error: &Error) -> (Diagnostic, Use) {
        let span = error.span().unwrap_or_default();
        let broken = Broken {
            statement,
            written: statement.get(span.clone()).unwrap_or_default(),
            said: error.message(),
        };
        let place = self.place(span.start + base..span.end + base);
        if let Some(finding) = self.without_quotation_marks(&broken, place) {
            return (finding, Use::Read);
        }
        let Some(mistake) = MISTAKES.iter().find(|mistake| (mistake.is_it)(&broken)) else {
            return (as_said(error, place), Use::Leave);
        };
        let key = broken.key();
        let finding = Diagnostic::new(&TOML_SYNTAX, place, mistake.message.replace("KEY", key))
            .label(mistake.label)
            .help(mistake.help.replace("KEY", key));
        (finding, mistake.then)
    }

    /// A bare word or date where text was wanted: what is meant is clear.
    fn without_quotation_marks(&self, broken: &Broken<'_>, place: Place) -> Option<Diagnostic> {
        let written = broken.written;
        if broken.said.starts_with("string values must be quoted") && !written.is_empty() {
            return Some(self.bare_text(written, place));
        }
        let digits = written.starts_with(|first: char| first.is_ascii_digit());
        let is_date = digits && written.contains(['-', ':']) && broken.said.starts_with("invalid");
        is_date.then(|| self.bare_date(written, place))
    }

    fn bare_text(&self, written: &str, place: Place) -> Diagnostic {
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
            _ => finding.help(format!("write `\"{}\"`", inner.replace('"', "\\\""))),
        }
    }

    fn bare_date(&self, written: &str, place: Place) -> Diagnostic {
        match EventDate::parse(written) {
            Ok(_) => {
                let message = format!("`{written}` needs quotation marks");
                Diagnostic::new(&UNQUOTED_DATE, place, message)
                    .label("expected a date in quotation marks")
                    .help(format!("write `\"{written}\"`"))
            }
            Err(error) => date::finding(error, written, self.raw(place), place),
        }
    }
}

/// The parser's own words, parted into what is wrong and what it expected.
pub(super) fn as_said(error: &Error, place: Place) -> Diagnostic {
    match error.message().split_once(", expected ") {
        Some((wrong, expected)) => {
            Diagnostic::new(&TOML_SYNTAX, place, wrong).label(format!("expected {expected}"))
        }
        None => Diagnostic::new(&TOML_SYNTAX, place, error.message()),
    }
}

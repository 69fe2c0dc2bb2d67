//! Explains the errors of the date parser to the author of a timeline.

use crate::date::{DateError, DateErrorKind};
use crate::diagnostic::{
    DATE_AMBIGUOUS, DATE_NOT_EDTF, Diagnostic, EMPTY_VALUE, ENDS_BEFORE_IT_STARTS, NO_SUCH_DATE,
    TextPlace,
};

/// The finding about the date `text` at a place where the file has `written`.
pub(in crate::formats) fn finding(
    error: DateError,
    text: &str,
    written: &str,
    place: TextPlace,
) -> Diagnostic {
    let kind = match error.kind {
        DateErrorKind::Empty => &EMPTY_VALUE,
        DateErrorKind::EndsBeforeItStarts => &ENDS_BEFORE_IT_STARTS,
        DateErrorKind::Ambiguous => &DATE_AMBIGUOUS,
        DateErrorKind::OutOfCalendar => &NO_SUCH_DATE,
        DateErrorKind::NotEdtf => &DATE_NOT_EDTF,
    };
    // With an escape sequence, ranges in the text are not ranges in the file.
    let exact = text == written && !error.range.is_empty();
    let place = if exact {
        place.part(error.range)
    } else {
        place
    };
    let finding =
        Diagnostic::new(kind, place, error.message).label(format!("expected {}", error.expected));
    match error.help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

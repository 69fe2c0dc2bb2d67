//! Explains the errors of the date parser to the author of a timeline.

use crate::date::{DateError, DateErrorKind, EventDate};
use crate::diagnostic::{
    DATE_AMBIGUOUS, DATE_NOT_EDTF, Diagnostic, EMPTY_VALUE, ENDS_BEFORE_IT_STARTS, Fix, FixChange,
    NO_SUCH_DATE, TextPlace,
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
    let fixes = readings(&error, text, place, exact);
    let place = if exact {
        place.part(error.range)
    } else {
        place
    };
    let finding =
        Diagnostic::new(kind, place, error.message).label(format!("expected {}", error.expected));
    let finding = fixes.into_iter().fold(finding, Diagnostic::fix);
    match error.help {
        Some(help) => finding.help(help),
        None => finding,
    }
}

/// What the author may have meant, where the whole text then is a date.
fn readings(error: &DateError, text: &str, place: TextPlace, is_exact: bool) -> Vec<Fix> {
    let real = error.readings.iter();
    let real = real.filter(|it| EventDate::is_date_with(text, it));
    let fixes = real.filter_map(|reading| {
        let whole = reading.applied(text)?;
        let change = if is_exact {
            FixChange::value(place.part(reading.range.clone()), reading.text.clone())
        } else {
            FixChange::value(place, whole)
        };
        Some(Fix::new(reading.instruction(), change))
    });
    let mut fixes: Vec<Fix> = fixes.collect();
    // The same date in another notation, and nothing else to advise.
    if let ([only], DateErrorKind::NotEdtf) = (&mut fixes[..], error.kind) {
        only.is_sure = error.help.as_ref() == Some(&only.label);
    }
    fixes
}

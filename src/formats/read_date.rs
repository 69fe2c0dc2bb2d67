//! Reads a date of another format, and reports a text that is none.

use super::toml::date_errors;
use crate::date::EventDate;
use crate::diagnostic::{Diagnostic, TextPlace};
use crate::timeline::draft::Located;

pub(super) fn read_date(
    findings: &mut Vec<Diagnostic>,
    written: &str,
    place: TextPlace,
) -> Option<Located<EventDate>> {
    match EventDate::parse(written) {
        Ok(date) => Some(Located::new(date, place)),
        Err(error) => {
            findings.push(date_errors::finding(error, written, "", place));
            None
        }
    }
}

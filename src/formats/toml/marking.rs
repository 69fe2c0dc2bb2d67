//! Markings of the Traffic Light Protocol: with or without `TLP:` before them, by their present name or their old one.

use super::closed_words::{ClosedWord as _, listed, meant};
use crate::diagnostic::{Diagnostic, Fix, MARKING_RENAMED, TextPlace, UNKNOWN_MARKING};
use crate::timeline::term::Tlp;

/// What becomes of a marking that cannot be read.
pub(super) const COUNTS_AS_RED: &str = "counts as `RED` until it is fixed";

/// Reads a marking at a place: what it says, if it can be read, and what is to be reported about it.
pub(in crate::formats) fn read_marking(
    written: &str,
    place: TextPlace,
) -> (Option<Tlp>, Option<Diagnostic>) {
    let name = without_prefix(written);
    if name.eq_ignore_ascii_case("WHITE") {
        let message = "`WHITE` is called `CLEAR` since TLP 2.0";
        let finding = Diagnostic::new(&MARKING_RENAMED, place, message)
            .label("read as `CLEAR`")
            .help_and_fix(Fix::value(place, "CLEAR").sure());
        return (Some(Tlp::Clear), Some(finding));
    }
    if let Some(tlp) = parse_marking(written) {
        return (Some(tlp), None);
    }
    let message = format!("`{written}` is not a TLP marking");
    let finding = Diagnostic::new(&UNKNOWN_MARKING, place, message)
        .label(expected_marking())
        .did_you_mean_value(meant(name, &Tlp::LIST.words()));
    (None, Some(finding))
}

/// The marking that a text is, if it is one.
pub(super) fn parse_marking(written: &str) -> Option<Tlp> {
    match without_prefix(written.trim()) {
        old if old.eq_ignore_ascii_case("WHITE") => Some(Tlp::Clear),
        name => Tlp::parse(name),
    }
}

/// Whether a text begins as a marking does.
pub(super) fn has_prefix(text: &str) -> bool {
    let prefix = text.trim_start().split_at_checked(4);
    prefix.is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("TLP:"))
}

fn without_prefix(written: &str) -> &str {
    let prefixed = written.split_at_checked(4);
    let prefixed = prefixed.filter(|(prefix, _)| prefix.eq_ignore_ascii_case("TLP:"));
    prefixed.map_or(written, |(_, name)| name.trim())
}

/// The label of a finding about a marking that cannot be read.
pub(super) fn expected_marking() -> String {
    format!("expected {}; {COUNTS_AS_RED}", listed(&Tlp::LIST.words()))
}

//! Sources that derive from each other in a circle.

use hashbrown::HashMap;

use super::super::draft::{DraftTimeline, LocatedText};
use super::circle::circles;
use crate::diagnostic::{DERIVES_FROM_ITSELF, Diagnostic, Fix, FixChange};

/// Reports every circle once, at the reference that closes it.
pub(super) fn check<'d>(draft: &'d DraftTimeline, findings: &mut Vec<Diagnostic>) {
    let rows: HashMap<&str, usize> = (draft.sources.iter().map(|it| it.id.value.as_str()))
        .enumerate()
        .map(|(row, id)| (id, row))
        .collect();
    let row_of = |name: &'d LocatedText| Some((*rows.get(name.value.as_str())?, name));
    let earlier: Vec<Vec<(usize, &LocatedText)>> = (draft.sources.iter())
        .map(|source| source.derives_from.iter().filter_map(row_of).collect())
        .collect();
    for circle in circles(&earlier) {
        let names = circle.names(|row| &draft.sources[row].id.value);
        let message = match circle.len() {
            1 => format!("{names} derives from itself"),
            2 => format!("{names} derive from each other"),
            _ => format!("{names} derive from each other in a circle"),
        };
        let finding = Diagnostic::new(&DERIVES_FROM_ITSELF, circle.closed_by.place, message)
            .label("expected an earlier document")
            .help("keep only the direction in which the text was copied");
        let itself = Fix::new("delete it", FixChange::Without(circle.closed_by.place));
        let finding = match circle.len() {
            1 => finding.fix(itself.sure()),
            _ => finding,
        };
        findings.push(finding);
    }
}

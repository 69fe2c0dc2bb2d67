//! Counts the objects of a file that are not part of its timeline, type by type.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, OBJECTS_NOT_READ, TextPlace};

/// The finding about the objects that are not read: such as `not read: 14 indicator, 3 malware; 2 revoked or deprecated`.
pub(super) fn unread_objects(
    kinds: &BTreeMap<String, usize>,
    revoked: usize,
    whole: TextPlace,
) -> Option<Diagnostic> {
    let mut sorted: Vec<_> = kinds.iter().collect();
    sorted.sort_by_key(|(kind, count)| (Reverse(**count), kind.as_str()));
    let counted = sorted.iter().map(|(kind, count)| format!("{count} {kind}"));
    let counted = counted.collect::<Vec<_>>().join(", ");
    let revoked = (revoked > 0).then(|| format!("{revoked} revoked or deprecated"));
    let parts = [counted].into_iter().chain(revoked);
    let words: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    let message = format!("not read: {}", words.join("; "));
    let finding = Diagnostic::new(&OBJECTS_NOT_READ, whole, message)
        .label("a timeline has no place for them");
    (!words.is_empty()).then_some(finding)
}

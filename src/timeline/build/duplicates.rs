//! Duplicate declarations. The first is shown. Which marking and publication date is right is unknown, so those that
//! hide more count.

use super::super::draft::{DraftEntity, DraftSource};
use super::super::entity::Entity;
use super::super::source::Source;
use super::super::term::Tlp;
use super::values::value;

/// Merges a duplicate declaration of an entity; `file` is the marking of the file.
pub(super) fn entity(known: &mut Entity, again: &DraftEntity, file: Option<Tlp>) {
    known.tlp = stricter(known.tlp, value(again.tlp.as_ref()), file);
}

/// Merges a duplicate declaration of a source; `file` is the marking of the file.
pub(super) fn source(known: &mut Source, again: &DraftSource, file: Option<Tlp>) {
    known.tlp = stricter(known.tlp, value(again.tlp.as_ref()), file);
    known.day_unread |= again.day_unread || known.published != value(again.published.as_ref());
}

/// The stricter of two markings; unmarked items have the file's.
fn stricter(first: Option<Tlp>, again: Option<Tlp>, file: Option<Tlp>) -> Option<Tlp> {
    if again.or(file) > first.or(file) {
        again
    } else {
        first
    }
}

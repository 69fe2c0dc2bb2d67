//! What is declared a second time under one id. The first is shown; but how it is marked and when it was published
//! nobody can tell, so that of both counts what keeps more from a reader.

use super::super::draft::{DraftEntity, DraftSource};
use super::super::entity::Entity;
use super::super::source::Source;
use super::super::term::Tlp;
use super::values::value;

/// Declares an entity again, in a file that is marked so.
pub(super) fn entity(known: &mut Entity, again: &DraftEntity, file: Option<Tlp>) {
    known.tlp = stricter(known.tlp, value(again.tlp.as_ref()), file);
}

/// Declares a source again, in a file that is marked so.
pub(super) fn source(known: &mut Source, again: &DraftSource, file: Option<Tlp>) {
    known.tlp = stricter(known.tlp, value(again.tlp.as_ref()), file);
    known.day_unread |= again.day_unread || known.published != value(again.published.as_ref());
}

/// The stricter of two markings; what has none of its own has that of the file.
fn stricter(first: Option<Tlp>, again: Option<Tlp>, file: Option<Tlp>) -> Option<Tlp> {
    if again.or(file) > first.or(file) {
        again
    } else {
        first
    }
}

//! What is reported about a bundle: each kind of thing once, with a count.

use std::collections::BTreeMap;

use super::index::BundleIndex;
use crate::diagnostic::{
    Diagnostic, OBJECT_REPEATED, REFERENCE_NOT_IN_BUNDLE, TextPlace, UNKNOWN_MARKING,
};
use crate::document::count;
use crate::formats::unread_objects::unread_objects;

/// What was found so far.
#[derive(Debug, Default)]
pub(super) struct BundleNotices {
    pub findings: Vec<Diagnostic>,
    /// References to objects that the bundle lacks, each with its place.
    missing: BTreeMap<String, TextPlace>,
    /// Markings that cannot be read: the message, the first place, and how often.
    markings: BTreeMap<String, (TextPlace, usize)>,
}

impl BundleNotices {
    /// A reference to an object that the bundle lacks.
    pub fn missing(&mut self, id: &str, place: TextPlace) {
        let first = self.missing.entry(id.to_owned()).or_insert(place);
        *first = place.min(*first);
    }

    /// A marking that cannot be read: what bears it counts as RED.
    pub fn marking(&mut self, what: String, place: TextPlace) {
        let (first, count) = self.markings.entry(what).or_insert((place, 0));
        *first = place.min(*first);
        *count += 1;
    }

    /// All findings. `whole` is the place of the document as a whole.
    pub fn end(mut self, index: &BundleIndex<'_>, whole: TextPlace) -> Vec<Diagnostic> {
        self.findings.extend(missing(&self.missing));
        for (what, (place, number)) in self.markings {
            let objects = count(number, "object");
            let finding = Diagnostic::new(&UNKNOWN_MARKING, place, what)
                .label(format!("{objects} with it: RED until it is fixed"))
                .help("mark with a definition of TLP 2.0 that the bundle has");
            self.findings.push(finding);
        }
        self.findings.extend(repeated(&index.repeated));
        self.findings
            .extend(unread_objects(&index.unread(), index.revoked, whole));
        self.findings
    }
}

fn missing(missing: &BTreeMap<String, TextPlace>) -> Option<Diagnostic> {
    let (id, place) = missing.iter().min_by_key(|(_, place)| **place)?;
    let message = match missing.len() {
        1 => format!("`{id}` is not in the bundle"),
        count => format!(
            "`{id}` is not in the bundle, nor are {} others that it names",
            count - 1
        ),
    };
    let finding = Diagnostic::new(&REFERENCE_NOT_IN_BUNDLE, *place, message)
        .label("expected the id of an object of the bundle")
        .help("export the bundle with the objects that it names");
    Some(finding)
}

fn repeated(repeated: &[(TextPlace, TextPlace)]) -> Option<Diagnostic> {
    let (older, newer) = repeated
        .iter()
        .min_by_key(|(older, newer)| older.min(newer))?;
    let message = match repeated.len() {
        1 => "this object is in the bundle twice".to_owned(),
        count => format!(
            "this object is in the bundle twice, as are {} others",
            count - 1
        ),
    };
    let finding = Diagnostic::new(&OBJECT_REPEATED, *older, message)
        .label("not read: the version with the newest `modified` counts")
        .related(*newer, "read");
    Some(finding)
}

//! What a file of settings says, entry by entry, and what has become of it so far.

use ::toml::de::{DeTable, DeValue, Error};

use super::kinds::SETTINGS_SYNTAX;
use crate::diagnostic::{Diagnostic, FileId, Place, SourceText};

/// A name and what is written for it, with the place of each.
pub(super) struct Entry<'i> {
    pub name: String,
    pub key: Place,
    pub value: DeValue<'i>,
    pub place: Place,
}

/// Names of settings that were taken from a file, each with its line.
pub type Taken = Vec<(&'static str, usize)>;

/// What a table says, in the order of the text.
pub(super) fn entries(table: DeTable<'_>) -> Vec<Entry<'_>> {
    let place = |range| Place::new(FileId(0), range);
    let mut entries = Vec::new();
    for (key, value) in table {
        entries.push(Entry {
            key: place(key.span()),
            name: key.into_inner().into_owned(),
            place: place(value.span()),
            value: value.into_inner(),
        });
    }
    entries.sort_by_key(|entry| entry.key.start());
    entries
}

/// What has become of the file so far.
pub(super) struct Reading<'t> {
    text: &'t SourceText,
    pub taken: Taken,
    pub findings: Vec<Diagnostic>,
    /// Lines that are no TOML: nothing else is said of them.
    broken: Vec<usize>,
}

impl<'t> Reading<'t> {
    pub fn new(text: &'t SourceText) -> Self {
        Self {
            text,
            taken: Vec::new(),
            findings: Vec::new(),
            broken: Vec::new(),
        }
    }

    pub fn tell_of_bytes(&mut self) {
        if let Some(range) = self.text.damage().first() {
            let place = Place::new(FileId(0), range.clone());
            let finding = Diagnostic::new(&SETTINGS_SYNTAX, place, "this is not UTF-8");
            self.findings.push(finding.help("save the file as UTF-8"));
            self.broken.push(self.text.line_of(range.start));
        }
    }

    pub fn tell_of_syntax(&mut self, error: &Error) {
        let range = error.span().unwrap_or_default();
        let start = self.text.boundary(range.start);
        let end = self.text.boundary(range.end).max(start);
        let line = self.text.line_of(start);
        if self.broken.contains(&line) {
            return;
        }
        self.broken.push(line);
        let said = error.message().lines().next().unwrap_or_default();
        let finding = Diagnostic::new(
            &SETTINGS_SYNTAX,
            Place::new(FileId(0), start..end),
            format!("this is not TOML: {said}"),
        )
        .help("write a setting as `name = value`, and text between quotation marks");
        self.findings.push(finding);
    }

    /// Whether a place is on a line that is not TOML.
    pub fn is_broken(&self, place: Place) -> bool {
        self.broken.contains(&self.text.line_of(place.start()))
    }

    /// Remembers that a setting was taken from a place.
    pub fn take(&mut self, name: &'static str, place: Place) {
        self.taken.push((name, self.text.line_of(place.start())));
    }
}

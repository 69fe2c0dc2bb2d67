//! The entries of a settings file, and what has been read of them so far.

use ::toml::de::{DeTable, DeValue, Error};

use super::kinds::SETTINGS_SYNTAX;
use crate::diagnostic::{Diagnostic, FileId, SourceText, TextPlace};

/// A key and its value, with the place of each.
pub(super) struct SettingEntry<'i> {
    pub name: String,
    pub key: TextPlace,
    pub value: DeValue<'i>,
    pub place: TextPlace,
}

/// The settings that a file sets, by name, each with its line.
pub type AcceptedSettings = Vec<(&'static str, usize)>;

/// The entries of a table, in the order of the text.
pub(super) fn entries(table: DeTable<'_>) -> Vec<SettingEntry<'_>> {
    let place = |range| TextPlace::new(FileId(0), range);
    let mut entries = Vec::new();
    for (key, value) in table {
        entries.push(SettingEntry {
            key: place(key.span()),
            name: key.into_inner().into_owned(),
            place: place(value.span()),
            value: value.into_inner(),
        });
    }
    entries.sort_by_key(|entry| entry.key.start());
    entries
}

/// Collects the settings and the findings while a file is read.
pub(super) struct SettingsReader<'t> {
    text: &'t SourceText,
    pub accepted: AcceptedSettings,
    pub findings: Vec<Diagnostic>,
    /// The lines that are not TOML. Nothing else is reported about them.
    broken_lines: Vec<usize>,
}

impl<'t> SettingsReader<'t> {
    pub fn new(text: &'t SourceText) -> Self {
        Self {
            text,
            accepted: Vec::new(),
            findings: Vec::new(),
            broken_lines: Vec::new(),
        }
    }

    pub fn report_damaged_bytes(&mut self) {
        if let Some(range) = self.text.damage().first() {
            let place = TextPlace::new(FileId(0), range.clone());
            let finding = Diagnostic::new(&SETTINGS_SYNTAX, place, "this is not UTF-8");
            self.findings.push(finding.help("save the file as UTF-8"));
            self.broken_lines.push(self.text.line_of(range.start));
        }
    }

    pub fn report_syntax(&mut self, error: &Error) {
        let range = error.span().unwrap_or_default();
        let start = self.text.boundary(range.start);
        let end = self.text.boundary(range.end).max(start);
        let line = self.text.line_of(start);
        if self.broken_lines.contains(&line) {
            return;
        }
        self.broken_lines.push(line);
        let message = error.message().lines().next().unwrap_or_default();
        let finding = Diagnostic::new(
            &SETTINGS_SYNTAX,
            TextPlace::new(FileId(0), start..end),
            format!("this is not TOML: {message}"),
        )
        .help("write a setting as `name = value`, and text between quotation marks");
        self.findings.push(finding);
    }

    /// Whether a place is on a line that is not TOML.
    pub fn is_broken(&self, place: TextPlace) -> bool {
        self.broken_lines
            .contains(&self.text.line_of(place.start()))
    }

    pub fn accept(&mut self, name: &'static str, place: TextPlace) {
        self.accepted.push((name, self.text.line_of(place.start())));
    }
}

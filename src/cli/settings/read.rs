//! Reading a file of settings: every mistake is told with its place, what was expected there and what
//! to do, and all the rest counts.

use ::toml::de::{DeTable, DeValue, Error};

use super::keys;
use super::kinds::{SETTING_REFUSED, SETTING_UNKNOWN, SETTING_WRONG, SETTINGS_SYNTAX};
use super::table::{REFUSED, SETTINGS, Setting, Values, quoted};
use crate::diagnostic::{Diagnostic, FileId, Place, SourceText, nearest};

/// A name and what is written for it, with the place of each.
pub(super) struct Entry<'i> {
    pub name: String,
    pub key: Place,
    pub value: DeValue<'i>,
    pub place: Place,
}

/// Names of settings that were taken from a file, each with its line.
pub type Taken = Vec<(&'static str, usize)>;

/// Reads a file of settings into values. Says which settings were taken and on which lines they
/// stand, the keys of a command as `keys.NAME`, and what is wrong, in the order of the text.
pub fn read(text: &SourceText, values: &mut Values) -> (Taken, Vec<Diagnostic>) {
    let mut reading = Reading {
        text,
        taken: Vec::new(),
        findings: Vec::new(),
        broken: Vec::new(),
    };
    reading.tell_of_bytes();
    let (tree, errors) = DeTable::parse_recoverable(text.text());
    for error in errors {
        reading.tell_of_syntax(&error);
    }
    for entry in entries(tree.into_inner()) {
        if reading.is_broken(entry.key) || reading.is_broken(entry.place) && !entry.value.is_table()
        {
            continue;
        }
        reading.setting(entry, values);
    }
    reading
        .findings
        .sort_by_key(|finding| finding.place.start());
    (reading.taken, reading.findings)
}

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
    taken: Taken,
    pub findings: Vec<Diagnostic>,
    /// Lines that are no TOML: nothing else is said of them.
    broken: Vec<usize>,
}

impl Reading<'_> {
    fn tell_of_bytes(&mut self) {
        if let Some(range) = self.text.damage().first() {
            let place = Place::new(FileId(0), range.clone());
            let finding = Diagnostic::new(&SETTINGS_SYNTAX, place, "this is not UTF-8");
            self.findings.push(finding.help("save the file as UTF-8"));
            self.broken.push(self.text.line_of(range.start));
        }
    }

    fn tell_of_syntax(&mut self, error: &Error) {
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
            format!("this is no TOML: {said}"),
        )
        .help("write a setting as `name = value`, and text between quotation marks");
        self.findings.push(finding);
    }

    /// Whether something stands on a line that is no TOML.
    pub fn is_broken(&self, place: Place) -> bool {
        self.broken.contains(&self.text.line_of(place.start()))
    }

    /// Remembers that a setting was taken from a place.
    pub fn take(&mut self, name: &'static str, place: Place) {
        self.taken.push((name, self.text.line_of(place.start())));
    }

    fn setting(&mut self, entry: Entry<'_>, values: &mut Values) {
        let name = entry.name.as_str();
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
            if (setting.take)(values, &entry.value) {
                self.take(setting.name, entry.key);
            } else {
                self.findings.push(wrong_value(setting, &entry));
            }
            return;
        }
        if name == "keys" {
            keys::read(self, entry, &mut values.keymap);
            return;
        }
        self.findings.push(unknown(&entry));
    }
}

fn wrong_value(setting: &Setting, entry: &Entry<'_>) -> Diagnostic {
    let name = setting.name;
    let written = match entry.value.as_str() {
        Some(written) => format!("`{written}`"),
        None => "this".to_owned(),
    };
    let words = setting.words();
    let meant = entry.value.as_str();
    let meant = meant.and_then(|written| nearest(written, words.iter().copied()));
    let example = meant.map_or_else(|| (setting.print)(&Values::default()), quoted);
    Diagnostic::new(
        &SETTING_WRONG,
        entry.place,
        format!("{written} is nothing that `{name}` can be"),
    )
    .label(format!("expected {}", setting.expected()))
    .did_you_mean(meant)
    .help(format!("write `{name} = {example}`"))
}

fn unknown(entry: &Entry<'_>) -> Diagnostic {
    let name = entry.name.as_str();
    if let Some((_, why, instead)) = REFUSED.iter().find(|(refused, ..)| *refused == name) {
        let message = format!("`{name}` cannot be a setting");
        return Diagnostic::new(&SETTING_REFUSED, entry.key, message)
            .label(*why)
            .help(*instead);
    }
    let known = SETTINGS.iter().map(|setting| setting.name).chain(["keys"]);
    let finding = Diagnostic::new(
        &SETTING_UNKNOWN,
        entry.key,
        format!("`{name}` is no setting"),
    )
    .label("expected the name of a setting");
    if keys::command(name).is_some() {
        return finding.help(format!("put `{name}` below `[keys]` to give it a key"));
    }
    let meant = nearest(name, known.clone());
    if meant.is_some() {
        return finding.did_you_mean(meant);
    }
    let names: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    finding.help(format!("use one of {}", names.join(", ")))
}

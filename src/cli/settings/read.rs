//! Reads a settings file. Each mistake is reported with its place, what was expected there and what to do; the other
//! settings count.

use ::toml::de::DeTable;

use super::entry::{AcceptedSettings, SettingEntry, SettingsReader, entries};
use super::keys;
use super::kinds::{SETTING_REFUSED, SETTING_UNKNOWN, SETTING_WRONG};
use super::table::{REFUSED, SETTINGS, SettingRow, SettingValues, quoted};
use crate::diagnostic::{Diagnostic, SourceText, nearest};

/// Reads a settings file into `values`. Returns the settings that the file sets, and the findings in the order of the
/// text. The keys of a command are the setting `keys.NAME`.
pub fn read(text: &SourceText, values: &mut SettingValues) -> (AcceptedSettings, Vec<Diagnostic>) {
    let mut reader = SettingsReader::new(text);
    reader.report_damaged_bytes();
    let (tree, errors) = DeTable::parse_recoverable(text.text());
    for error in errors {
        reader.report_syntax(&error);
    }
    for entry in entries(tree.into_inner()) {
        if reader.is_broken(entry.key) || reader.is_broken(entry.place) && !entry.value.is_table() {
            continue;
        }
        reader.setting(entry, values);
    }
    reader.findings.sort_by_key(|finding| finding.place.start());
    (reader.accepted, reader.findings)
}

impl SettingsReader<'_> {
    fn setting(&mut self, entry: SettingEntry<'_>, values: &mut SettingValues) {
        let name = entry.name.as_str();
        if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
            if (setting.take)(values, &entry.value) {
                self.accept(setting.name, entry.key);
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

fn wrong_value(setting: &SettingRow, entry: &SettingEntry<'_>) -> Diagnostic {
    let name = setting.name;
    let written = match entry.value.as_str() {
        Some(written) => format!("`{written}`"),
        None => "this".to_owned(),
    };
    let words = setting.words();
    let meant = entry.value.as_str();
    let meant = meant.and_then(|written| nearest(written, words.iter().copied()));
    let example = meant.map_or_else(|| (setting.print)(&SettingValues::default()), quoted);
    Diagnostic::new(
        &SETTING_WRONG,
        entry.place,
        format!("{written} is not a value of `{name}`"),
    )
    .label(format!("expected {}", setting.expected()))
    .did_you_mean(meant)
    .help(format!("write `{name} = {example}`"))
}

fn unknown(entry: &SettingEntry<'_>) -> Diagnostic {
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
        format!("`{name}` is not a setting"),
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

//! Settings files: valid settings apply, everything else is reported with its place, and no key has two meanings.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{LazyLock, Mutex, PoisonError};

use dateline::app::commands::COMMANDS;
use dateline::cli::settings::{SETTINGS, SettingValues, read};
use dateline::diagnostic::SourceText;

use super::random::Random;

const VALUES: &[&str] = &[
    "true",
    "false",
    "\"auto\"",
    "\"light\"",
    "\"mono\"",
    "40",
    "-1",
    "0x20",
    "99999999999999999999",
    "1.5",
    "[]",
    "[\"a\", \"gg\"]",
    "\"<ctrl-x>\"",
    "\"<click-1-1>\"",
    "\"g\"",
    "\"\"",
    "{ a = 1 }",
    "2021-08-14",
    "\"strip\"",
    "\"disclosed\"",
];

fn file(random: &mut Random) -> String {
    let mut out = String::new();
    for _ in 0..random.below(6) {
        let setting = SETTINGS.get(random.below(SETTINGS.len() + 2));
        let name = setting.map_or("yardstick", |setting| setting.name);
        writeln!(out, "{name} = {}", random.pick(VALUES)).expect("a string takes everything");
    }
    out.push_str(random.pick(&["", "[keys]\n", "[keys]\n", "keys = 3\n"]));
    for _ in 0..random.below(6) {
        let command = &COMMANDS[random.below(COMMANDS.len())];
        writeln!(out, "{} = {}", command.name, random.pick(VALUES))
            .expect("a string takes everything");
    }
    random.spoiled(&out, 3)
}

/// The settings without a file. To make them takes as long as to read ten files.
static STANDARD: LazyLock<SettingValues> = LazyLock::new(SettingValues::default);

pub fn round(random: &mut Random) {
    let file = file(random);
    let text = SourceText::new("config.toml", file.as_str());
    let mut values = STANDARD.clone();
    let (taken, findings) = read(&text, &mut values);
    assert!(values.keymap.conflict().is_none(), "{file:?}");
    let lines = file.lines().count();
    for (name, line) in taken {
        assert!((1..=lines).contains(&line), "{file:?}: {name} at {line}");
    }
    for finding in findings {
        let marked = text.text().get(finding.place.range());
        assert!(marked.is_some(), "{file:?}: {finding:?}");
    }
    for setting in SETTINGS {
        read_back(setting.name, setting.print, &values);
    }
}

/// A printed setting must read back as the same value.
fn read_back(name: &str, print: fn(&SettingValues) -> String, values: &SettingValues) {
    static KNOWN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let line = format!("{name} = {}\n", print(values));
    // Most rounds leave most settings as they are.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if known.contains(&line) {
        return;
    }
    let mut again = STANDARD.clone();
    let (taken, findings) = read(&SourceText::new("config.toml", line.as_str()), &mut again);
    assert!(
        taken.len() == 1 && findings.is_empty(),
        "{line}: {findings:?}"
    );
    assert_eq!(print(&again), print(values), "{line}");
    known.insert(line);
}

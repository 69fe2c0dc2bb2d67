//! The table `[keys]`: other keys for commands. A command whose entry cannot be used keeps its default keys.

use ::toml::de::DeValue;

use super::entry::{SettingEntry, SettingsReader, entries};
use super::kinds::{
    COMMAND_UNKNOWN, KEY_HIDES_ANOTHER, KEY_IS_TYPED, KEY_TAKEN, KEY_WRONG, KEYS_FIXED,
    SETTING_WRONG,
};
use crate::app::commands::{COMMANDS, CommandRow};
use crate::app::input::command::Command;
use crate::app::input::keymap::{KeyConflict, KeySequence, Keymap};
use crate::app::input::mode::Mode;
use crate::diagnostic::{Diagnostic, TextPlace, nearest};

/// Commands whose keys are digits, which choose a view or a scene.
const BY_DIGIT: &[&str] = &["view", "scene"];

/// Commands that need a key: without them the user could not get out.
const NEEDED: &[&str] = &["close", "close-help", "leave", "cancel", "interrupt"];

/// The other keys that the file gives a command.
struct KeyRequest {
    command: Command,
    keys: Vec<KeySequence>,
    name: TextPlace,
    place: TextPlace,
}

pub(in crate::cli) fn command(name: &str) -> Option<Command> {
    let row = COMMANDS.iter().find(|row| row.name == name)?;
    Some(row.command())
}

/// Whether a command always keeps its default keys.
pub(in crate::cli) fn is_fixed(command: Command) -> bool {
    BY_DIGIT.contains(&command.name)
}

/// Reads the table into a keymap.
pub(super) fn read(reader: &mut SettingsReader<'_>, entry: SettingEntry<'_>, keymap: &mut Keymap) {
    let DeValue::Table(table) = entry.value else {
        let finding = Diagnostic::new(&SETTING_WRONG, entry.place, "`keys` is a table")
            .label("expected lines such as `quit = \"Z\"` below `[keys]`")
            .help("write `[keys]` on a line of its own, and below it a line for each command");
        reader.findings.push(finding);
        return;
    };
    let mut requests = Vec::new();
    for entry in entries(table) {
        if reader.is_broken(entry.key) || reader.is_broken(entry.place) {
            continue;
        }
        match request(&entry) {
            Ok(request) => requests.push(request),
            Err(finding) => reader.findings.push(*finding),
        }
    }
    for request in &requests {
        keymap.set(request.command, request.keys.clone());
    }
    // Each turn drops one request, and without any there is no conflict.
    while let Some(conflict) = keymap.conflict() {
        let is_of = |request: &KeyRequest| {
            let mut commands = conflict.commands.iter();
            commands.any(|(command, _)| command.name == request.command.name)
        };
        let Some(at) = requests.iter().rposition(is_of) else {
            break;
        };
        let lost = requests.remove(at);
        keymap.reset(lost.command);
        let other = requests.iter().find(|request| is_of(request));
        let finding = conflict_finding(&conflict, &lost);
        reader.findings.push(match other {
            Some(other) => finding.related(other.place, "and is given here"),
            None => finding,
        });
    }
    for request in requests {
        let name = origin_name(request.command);
        reader.accept(name, request.name);
    }
}

/// The name under which [`super::EffectiveSettings`] keeps the origin of a command's keys.
pub(in crate::cli) fn origin_name(command: Command) -> &'static str {
    // `clock` is both a command and a setting: the prefix separates the two.
    static NAMES: std::sync::LazyLock<Vec<String>> = std::sync::LazyLock::new(|| {
        let name = |row: &CommandRow| format!("keys.{}", row.name);
        COMMANDS.iter().map(name).collect()
    });
    let at = COMMANDS.iter().position(|it| it.name == command.name);
    at.and_then(|at| NAMES.get(at)).map_or("", String::as_str)
}

fn request(entry: &SettingEntry<'_>) -> Result<KeyRequest, Box<Diagnostic>> {
    let Some(command) = command(&entry.name) else {
        return Err(Box::new(unknown(entry)));
    };
    if is_fixed(command) {
        return Err(Box::new(fixed(command, entry)));
    }
    let keys = sequences(command, entry)?;
    let typed = command.modes.iter().find(|mode| mode.is_typed_in());
    // `?` closes the help by default, where it is of no use in a filter.
    let is_default = |keys: &KeySequence| command.keys.contains(&keys.to_string().as_str());
    if let Some(mode) = typed
        && let Some(keys) = keys
            .iter()
            .find(|keys| keys.is_typed() && !is_default(keys))
    {
        return Err(Box::new(is_typed(command, (keys, *mode), entry.place)));
    }
    if keys.is_empty() && NEEDED.contains(&command.name) {
        let message = format!("without a key for `{}` there is no way out", command.name);
        let finding = Diagnostic::new(&SETTING_WRONG, entry.place, message)
            .label("expected at least one key")
            .help("write a key, or delete the line");
        return Err(Box::new(finding));
    }
    Ok(KeyRequest {
        command,
        keys,
        name: entry.key,
        place: entry.place,
    })
}

fn sequences(
    command: Command,
    entry: &SettingEntry<'_>,
) -> Result<Vec<KeySequence>, Box<Diagnostic>> {
    let of_type = |place| {
        let example = command.keys.first().copied().unwrap_or_default();
        let message = format!("the keys of `{}` are text", command.name);
        Diagnostic::new(&SETTING_WRONG, place, message)
            .label("expected a key, or a list of keys")
            .help(format!(
                "write `{} = {}`",
                command.name,
                super::table::quoted(example)
            ))
    };
    let read = |written: &str, place| {
        KeySequence::parse(written).map_err(|why| Box::new(not_a_key(written, &why, place)))
    };
    match &entry.value {
        DeValue::String(written) => Ok(vec![read(written, entry.place)?]),
        DeValue::Array(list) => {
            let one = |item: &::toml::Spanned<DeValue<'_>>| {
                let place = TextPlace::new(entry.place.file, item.span());
                match item.get_ref().as_str() {
                    Some(written) => Ok(read(written, place)?),
                    None => Err(Box::new(of_type(place))),
                }
            };
            list.iter().map(one).collect()
        }
        _ => Err(Box::new(of_type(entry.place))),
    }
}

fn not_a_key(written: &str, why: &str, place: TextPlace) -> Diagnostic {
    Diagnostic::new(&KEY_WRONG, place, format!("`{written}` is not a key"))
        .label("expected keys as they are typed, others by name: `gg`, `<enter>`, `<ctrl-d>`")
        .help(why)
}

fn unknown(entry: &SettingEntry<'_>) -> Diagnostic {
    let name = entry.name.as_str();
    let names = COMMANDS.iter().map(|command| command.name);
    let finding = Diagnostic::new(
        &COMMAND_UNKNOWN,
        entry.key,
        format!("no command is called `{name}`"),
    )
    .label("expected the name of a command");
    match nearest(name, names) {
        Some(meant) => finding.did_you_mean(Some(meant)),
        None => finding.help("use a name that `dateline config` prints below `[keys]`"),
    }
}

fn fixed(command: Command, entry: &SettingEntry<'_>) -> Diagnostic {
    let name = command.name;
    let message =
        format!("`{name}` is always given by digits, since each digit chooses another one");
    Diagnostic::new(&KEYS_FIXED, entry.key, message)
        .label("expected a command that one key gives")
        .help("delete the line")
}

fn is_typed(command: Command, (keys, mode): (&KeySequence, Mode), place: TextPlace) -> Diagnostic {
    let (name, mode) = (command.name, mode.as_str());
    let message = format!("`{keys}` cannot give `{name}`: it is typed into a line there ({mode})");
    Diagnostic::new(&KEY_IS_TYPED, place, message)
        .label("expected a key that is not a character of a text, such as `<ctrl-o>`")
        .help("choose a key by name, or one with Ctrl")
}

fn conflict_finding(conflict: &KeyConflict, lost: &KeyRequest) -> Diagnostic {
    let [(one, shorter), (other, longer)] = &conflict.commands;
    let mode = conflict.mode.as_str();
    let others = if one.name == lost.command.name {
        other
    } else {
        one
    };
    if one.name == other.name {
        let message = format!(
            "`{shorter}` and `{longer}` both give `{}`, and the longer could never be typed",
            one.name
        );
        return Diagnostic::new(&KEY_HIDES_ANOTHER, lost.place, message)
            .label("expected keys that do not begin with one another")
            .help("leave one of them out");
    }
    let help = if is_fixed(*others) {
        format!("choose another key for `{}`", lost.command.name)
    } else {
        format!(
            "choose another key for `{}`, or give `{}` one too",
            lost.command.name, others.name
        )
    };
    if shorter == longer {
        let message = format!(
            "`{shorter}` would give both `{}` and `{}` ({mode})",
            one.name, other.name
        );
        return Diagnostic::new(&KEY_TAKEN, lost.place, message)
            .label("expected a key that no other command has there")
            .help(help);
    }
    let message = format!(
        "`{shorter}` would give `{}` before `{longer}` could give `{}` ({mode})",
        one.name, other.name
    );
    Diagnostic::new(&KEY_HIDES_ANOTHER, lost.place, message)
        .label("expected a key that no other key begins with there, and that begins with no other")
        .help(help)
}

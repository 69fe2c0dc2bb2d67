//! From keys to commands: a sequence is complete, may become one, or leads nowhere.

use super::command::{COMMANDS, Command};
use super::key::{self, Input, Key};
use super::model::Mode;

/// What a sequence of keys means in a mode.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    /// A command.
    Command(&'static Command),
    /// The beginning of a command.
    Prefix,
    /// Nothing.
    Nothing,
}

/// What a sequence of keys means in a mode.
pub fn meaning(mode: Mode, keys: &[Key]) -> Meaning {
    let mut is_prefix = false;
    for command in COMMANDS
        .iter()
        .filter(|command| command.modes.contains(&mode))
    {
        for written in command.keys {
            let bound = sequence(written);
            if bound == keys {
                return Meaning::Command(command);
            }
            is_prefix |= bound.starts_with(keys);
        }
    }
    if is_prefix {
        Meaning::Prefix
    } else {
        Meaning::Nothing
    }
}

fn sequence(written: &str) -> Vec<Key> {
    let inputs = key::parse(written).expect("a test reads every key of the table");
    let keys = inputs.into_iter().filter_map(|input| match input {
        Input::Key(key) => Some(key),
        Input::Mouse(_) => None,
    });
    keys.collect()
}

/// The first key of a command, as hints show it.
pub fn hint(name: &str) -> &'static str {
    let command = COMMANDS.iter().find(|command| command.name == name);
    command
        .and_then(|command| command.keys.first())
        .map_or("", |key| pretty(key))
}

/// A key as a reader knows it from the keyboard.
pub fn pretty(key: &'static str) -> &'static str {
    match key {
        "<enter>" => "enter",
        "<esc>" => "esc",
        "<tab>" => "tab",
        "<backtab>" => "shift-tab",
        "<space>" => "space",
        "<backspace>" => "backspace",
        "<pgdn>" => "pgdn",
        "<pgup>" => "pgup",
        "<home>" => "home",
        "<end>" => "end",
        "<up>" => "↑",
        "<down>" => "↓",
        "<left>" => "←",
        "<right>" => "→",
        "<lt>" => "<",
        "<ctrl-b>" => "ctrl-b",
        "<ctrl-c>" => "ctrl-c",
        "<ctrl-f>" => "ctrl-f",
        "<ctrl-n>" => "ctrl-n",
        "<ctrl-p>" => "ctrl-p",
        "<ctrl-r>" => "ctrl-r",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_may_be_a_command_or_its_beginning() {
        let g = Key::char('g');
        assert!(matches!(meaning(Mode::List, &[g]), Meaning::Prefix));
        assert!(
            matches!(meaning(Mode::List, &[g, g]), Meaning::Command(command) if command.name == "first")
        );
        assert!(matches!(meaning(Mode::Search, &[g]), Meaning::Nothing));
    }

    #[test]
    fn no_key_is_shown_in_brackets_to_a_reader() {
        for key in COMMANDS.iter().flat_map(|command| command.keys) {
            assert!(!pretty(key).starts_with('<') || *key == "<lt>", "{key}");
        }
    }
}

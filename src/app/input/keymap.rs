//! From keys to commands: a sequence is a command, the beginning of one, or neither.
//!
//! The keys of a command come from the command table, or from the user's settings, which this module does not know.

use std::borrow::Cow;
use std::fmt;

use super::command::Command;
use super::key::{self, Code, Key, UserInput};
use super::mode::Mode;
use crate::text;

/// The meaning of a sequence of keys in a mode.
#[derive(Clone, Copy, Debug)]
pub enum KeyMeaning {
    Command(Command),
    /// The beginning of a command.
    Prefix,
    Nothing,
}

/// Keys that, pressed one after the other, give a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySequence {
    keys: Vec<Key>,
    pretty: String,
}

impl KeySequence {
    /// Parses a sequence in the notation of [`crate::app::input::key`].
    ///
    /// # Errors
    /// Says why it is not a key, or why terminals do not send it.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut keys = Vec::new();
        for input in key::parse(written)? {
            match input {
                UserInput::Key(key) => keys.push(key),
                UserInput::Mouse(_) => {
                    return Err(format!("`{written}` is a mouse act, not a key"));
                }
                UserInput::Resize(_) => {
                    return Err(format!("`{written}` is a size of the terminal, not a key"));
                }
            }
        }
        if keys.is_empty() {
            return Err("the key is empty".to_owned());
        }
        if let Some((_, unseen, _)) = text::unprintable_in(written).next() {
            let code = u32::from(unseen);
            return Err(format!(
                "the character U+{code:04X} is invisible, so it cannot be a key"
            ));
        }
        if let Some((key, sent)) = keys.iter().find_map(|&key| Some((key, sent_for(key)?))) {
            return Err(format!(
                "terminals send the same for `{key}` as for `{sent}`; write `{sent}`, or choose another key"
            ));
        }
        let pretty = pretty_keys(&keys);
        Ok(Self { keys, pretty })
    }

    /// The sequence as hints show it, such as `ctrl-d` or `↑`.
    pub fn pretty(&self) -> &str {
        &self.pretty
    }

    pub fn inputs(&self) -> Vec<UserInput> {
        self.keys.iter().copied().map(UserInput::Key).collect()
    }

    /// Whether it begins with a character, which a line of text would insert.
    pub fn is_typed(&self) -> bool {
        let first = self.keys.first();
        first.is_some_and(|key| !key.ctrl && matches!(key.code, Code::Char(_)))
    }
}

/// The other key for which terminals send the same bytes. Ctrl with a letter or with one of a few symbols sends a
/// control character (ECMA-48, 5.2), which a named key may send too; `terminal::event_translation` uses the same names.
/// With any other key, Ctrl makes no difference.
fn sent_for(key: Key) -> Option<Key> {
    let ctrl = |character| Key {
        code: Code::Char(character),
        ctrl: true,
    };
    let Key { code, ctrl: true } = key else {
        return None;
    };
    match code {
        Code::Char(character) => match character.to_ascii_lowercase() {
            'i' => Some(Key::plain(Code::Tab)),
            'm' => Some(Key::plain(Code::Enter)),
            '[' | '3' => Some(Key::plain(Code::Esc)),
            '?' | '8' => Some(Key::plain(Code::Backspace)),
            '@' | '2' => Some(ctrl(' ')),
            '\\' => Some(ctrl('4')),
            ']' => Some(ctrl('5')),
            '^' => Some(ctrl('6')),
            '_' | '/' => Some(ctrl('7')),
            'a'..='z' | '4'..='7' | ' ' => None,
            _ => Some(Key::plain(code)),
        },
        Code::Enter | Code::Esc | Code::Tab | Code::BackTab | Code::Backspace => {
            Some(Key::plain(code))
        }
        _ => None,
    }
}

impl fmt::Display for KeySequence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.keys.iter().try_for_each(|key| key.fmt(formatter))
    }
}

/// Two commands whose keys collide in a mode.
#[derive(Clone, Debug)]
pub struct KeyConflict {
    /// If one sequence begins the other, the shorter comes first.
    pub commands: [(Command, KeySequence); 2],
    pub mode: Mode,
}

#[derive(Clone, Debug)]
pub struct Keymap {
    rows: Vec<KeymapRow>,
}

#[derive(Clone, Debug)]
struct KeymapRow {
    command: Command,
    keys: Vec<KeySequence>,
}

fn standard(command: Command) -> Vec<KeySequence> {
    let read = |written: &&str| KeySequence::parse(written).expect("a test reads the whole table");
    command.keys.iter().map(read).collect()
}

impl Keymap {
    pub fn new(commands: impl IntoIterator<Item = Command>) -> Self {
        let rows = commands.into_iter().map(|command| KeymapRow {
            command,
            keys: standard(command),
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// The commands, in the order of the table.
    pub fn commands(&self) -> impl Iterator<Item = Command> {
        self.rows.iter().map(|row| row.command)
    }

    /// Replaces the keys of a command.
    pub fn set(&mut self, command: Command, keys: Vec<KeySequence>) {
        if let Some(row) = self.row_mut(command) {
            row.keys = keys;
        }
    }

    /// Restores the keys of the table.
    pub fn reset(&mut self, command: Command) {
        self.set(command, standard(command));
    }

    fn row_mut(&mut self, command: Command) -> Option<&mut KeymapRow> {
        let mut rows = self.rows.iter_mut();
        rows.find(|row| row.command.name == command.name)
    }

    /// The commands and their keys, in the order of the table.
    pub fn rows(&self) -> impl Iterator<Item = (Command, &[KeySequence])> {
        self.rows.iter().map(|row| (row.command, &*row.keys))
    }

    pub fn keys(&self, command: Command) -> &[KeySequence] {
        self.keys_of(command.name)
    }

    pub fn keys_of(&self, name: &str) -> &[KeySequence] {
        let row = self.rows.iter().find(|row| row.command.name == name);
        row.map_or(&[], |row| &row.keys)
    }

    pub fn meaning(&self, mode: Mode, keys: &[Key]) -> KeyMeaning {
        let mut is_prefix = false;
        for row in self.rows_in(mode) {
            for bound in &row.keys {
                if bound.keys == keys {
                    return KeyMeaning::Command(row.command);
                }
                is_prefix |= bound.keys.starts_with(keys);
            }
        }
        if is_prefix {
            KeyMeaning::Prefix
        } else {
            KeyMeaning::Nothing
        }
    }

    /// The commands whose keys begin with some keys, each with the keys that are left to press.
    pub fn following(&self, mode: Mode, begun: &[Key]) -> Vec<(String, Command)> {
        let rows = self.rows_in(mode);
        let sequences = rows.flat_map(|row| row.keys.iter().map(|keys| (keys, row.command)));
        let longer = sequences.filter(|(keys, _)| keys.keys.len() > begun.len());
        let left = longer.filter_map(|(keys, command)| {
            let left = keys.keys.strip_prefix(begun)?;
            Some((pretty_keys(left), command))
        });
        left.collect()
    }

    fn rows_in(&self, mode: Mode) -> impl Iterator<Item = &KeymapRow> {
        let in_mode = move |row: &&KeymapRow| row.command.modes.contains(&mode);
        self.rows.iter().filter(in_mode)
    }

    /// The first key of a command, as hints show it; empty if it has none.
    pub fn hint(&self, name: &str) -> &str {
        self.keys_of(name).first().map_or("", KeySequence::pretty)
    }

    /// Whether a key is the first of a command: hints show that one.
    pub fn is_first_of(&self, name: &str, key: Key) -> bool {
        let first = self.keys_of(name).first();
        first.is_some_and(|first| first.keys == [key])
    }

    /// Replaces each `{name}` by the first key of that command, or, if it has none, by the way to it through the
    /// palette.
    pub fn says<'w>(&self, words: &'w str) -> Cow<'w, str> {
        let Some((before, rest)) = words.split_once('{') else {
            return Cow::Borrowed(words);
        };
        let mut filled = before.to_owned();
        for part in rest.split('{') {
            let named = part.split_once('}').and_then(|(name, rest)| {
                let row = self.rows.iter().find(|row| row.command.name == name)?;
                Some((row, rest))
            });
            let Some((row, rest)) = named else {
                filled.push('{');
                filled.push_str(part);
                continue;
            };
            if let Some(first) = row.keys.first() {
                filled.push_str(first.pretty());
            } else {
                let palette = self.hint("palette");
                filled.push_str(palette);
                filled.push_str(if palette.is_empty() { "" } else { " " });
                filled.push_str(row.command.name);
            }
            filled.push_str(rest);
        }
        Cow::Owned(filled)
    }

    /// The first two commands of the table whose keys collide.
    pub fn conflict(&self) -> Option<KeyConflict> {
        Mode::ALL.iter().find_map(|&mode| self.conflict_in(mode))
    }

    fn conflict_in(&self, mode: Mode) -> Option<KeyConflict> {
        let bound: Vec<(Command, &KeySequence)> = self
            .rows_in(mode)
            .flat_map(|row| row.keys.iter().map(|keys| (row.command, keys)))
            .collect();
        // In order, a sequence comes right before those that begin with it.
        let mut in_order: Vec<&[Key]> = bound.iter().map(|(_, keys)| &*keys.keys).collect();
        in_order.sort_unstable();
        let mut pairs = in_order.windows(2);
        if !pairs.any(|pair| pair[1].starts_with(pair[0])) {
            return None;
        }
        bound.iter().enumerate().find_map(|(at, one)| {
            let mut others = bound.iter().skip(at + 1);
            let other = others.find(|other| {
                one.1.keys.starts_with(&other.1.keys) || other.1.keys.starts_with(&one.1.keys)
            })?;
            let (shorter, longer) = if one.1.keys.len() <= other.1.keys.len() {
                (one, other)
            } else {
                (other, one)
            };
            let commands = [shorter, longer].map(|&(command, keys)| (command, keys.clone()));
            Some(KeyConflict { commands, mode })
        })
    }
}

/// A key as hints show it, from its notation.
pub fn pretty(written: &str) -> String {
    KeySequence::parse(written).map_or_else(|_| written.to_owned(), |keys| keys.pretty)
}

/// Keys as hints show them, with spaces between them if one is not a character.
pub fn pretty_keys(keys: &[Key]) -> String {
    let words: Vec<String> = keys.iter().copied().map(pretty_key).collect();
    let has_names = words.iter().any(|word| word.chars().nth(1).is_some());
    words.join(if has_names { " " } else { "" })
}

fn pretty_key(key: Key) -> String {
    let name = match key.code {
        Code::Char(' ') => "space",
        Code::Char(character) if key.ctrl => return format!("ctrl-{character}"),
        Code::Char(character) => return character.to_string(),
        Code::Enter => "enter",
        Code::Esc => "esc",
        Code::Tab => "tab",
        Code::BackTab => "shift-tab",
        Code::Backspace => "backspace",
        Code::Delete => "delete",
        Code::Up => "↑",
        Code::Down => "↓",
        Code::Left => "←",
        Code::Right => "→",
        Code::PageUp => "pgup",
        Code::PageDown => "pgdn",
        Code::Home => "home",
        Code::End => "end",
        Code::F1 => "F1",
    };
    let ctrl = if key.ctrl { "ctrl-" } else { "" };
    format!("{ctrl}{name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::commands::{COMMANDS, keymap};

    fn keys(written: &str) -> Vec<KeySequence> {
        vec![KeySequence::parse(written).expect("it is a key")]
    }

    fn command(name: &str) -> Command {
        let mut rows = COMMANDS.iter();
        let row = rows.find(|it| it.name == name).expect("it is in the table");
        row.command()
    }

    #[test]
    fn keys_are_a_command_or_its_beginning() {
        let g = Key::char('g');
        let keymap = keymap();
        assert!(matches!(
            keymap.meaning(Mode::List, &[g]),
            KeyMeaning::Prefix
        ));
        assert!(
            matches!(keymap.meaning(Mode::List, &[g, g]), KeyMeaning::Command(command) if command.name == "first")
        );
        assert!(matches!(
            keymap.meaning(Mode::Search, &[g]),
            KeyMeaning::Nothing
        ));
    }

    /// `cat -v` and ctrl-v show what a terminal sends for each.
    #[test]
    fn a_key_that_terminals_send_as_another_is_refused_with_the_other() {
        for (written, sent) in [
            ("<ctrl-i>", "<tab>"),
            ("<ctrl-m>", "<enter>"),
            ("<ctrl-[>", "<esc>"),
            ("<ctrl-?>", "<backspace>"),
            ("<ctrl-@>", "<ctrl-space>"),
            ("<ctrl-_>", "<ctrl-7>"),
            ("<ctrl-enter>", "<enter>"),
            ("g<ctrl-;>", ";"),
        ] {
            let why = KeySequence::parse(written).expect_err("it is refused");
            assert!(
                why.contains(&format!("as for `{sent}`")),
                "{written}: {why}"
            );
        }
        for written in [
            "<ctrl-h>",
            "<ctrl-j>",
            "<ctrl-space>",
            "<ctrl-up>",
            "<ctrl-delete>",
        ] {
            assert!(KeySequence::parse(written).is_ok(), "{written}");
        }
    }

    #[test]
    fn keys_of_the_settings_replace_those_of_the_table() {
        let mut keymap = keymap();
        keymap.set(command("quit"), keys("ZZ"));
        let z = Key::char('Z');
        assert!(
            matches!(keymap.meaning(Mode::List, &[z, z]), KeyMeaning::Command(it) if it.name == "quit")
        );
        assert!(matches!(
            keymap.meaning(Mode::List, &[Key::char('q')]),
            KeyMeaning::Nothing
        ));
        assert_eq!(keymap.hint("quit"), "ZZ");
        keymap.reset(command("quit"));
        assert_eq!(keymap.hint("quit"), "q");
    }

    #[test]
    fn texts_name_the_current_keys() {
        let mut keymap = keymap();
        assert_eq!(keymap.says("{problems} shows it"), "p shows it");
        keymap.set(command("problems"), keys("<ctrl-e>"));
        assert_eq!(keymap.says("{problems} shows it"), "ctrl-e shows it");
        keymap.set(command("problems"), Vec::new());
        assert_eq!(keymap.says("{problems} shows it"), ": problems shows it");
        for unfilled in ["{nothing} is left", "a {", "{{", "{problems", "} {}"] {
            assert_eq!(keymap.says(unfilled), unfilled);
        }
        assert_eq!(keymap.says("{ {quit}{quit}"), "{ qq");
    }

    #[test]
    fn the_table_has_no_conflict_and_a_shared_or_longer_key_is_one() {
        let mut keymap = keymap();
        assert!(keymap.conflict().is_none(), "{:?}", keymap.conflict());
        keymap.set(command("quit"), keys("x"));
        let names = |conflict: KeyConflict| conflict.commands.map(|(command, _)| command.name);
        assert_eq!(keymap.conflict().map(names), Some(["clear", "quit"]));
        keymap.set(command("quit"), keys("g"));
        let [shorter, _] = keymap.conflict().map(names).expect("g begins gg");
        assert_eq!(shorter, "quit");
    }

    #[test]
    fn hints_show_keys_without_brackets() {
        for key in COMMANDS.iter().flat_map(|command| command.keys) {
            assert!(!pretty(key).starts_with('<') || *key == "<lt>", "{key}");
        }
        assert_eq!(pretty("g<enter>"), "g enter");
        assert_eq!(pretty("<ctrl-d>"), "ctrl-d");
    }

    #[test]
    fn clicks_empty_texts_and_invisible_characters_are_refused() {
        for wrong in ["", "<click-1-2>", "<nokey>", "\u{202e}", "a\u{7}"] {
            assert!(KeySequence::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}

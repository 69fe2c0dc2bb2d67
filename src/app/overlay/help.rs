//! The help: keys and summaries from the command table. Commands of the screen below come first; typed words filter the
//! list.

use ratatui::layout::Rect;
use tui_input::Input;

use crate::app::input::command::{Command, CommandGroup};
use crate::app::input::keymap::{KeySequence, Keymap};
use crate::app::input::mode::Mode;
use crate::app::input::movement::MovementStep;
use crate::text;

#[derive(Clone, Debug, Default)]
pub struct HelpPane {
    /// The words to filter by.
    pub input: Input,
    /// The first visible line.
    pub scroll: usize,
}

impl HelpPane {
    pub fn edit(&mut self, edit: impl FnOnce(&mut Input)) {
        edit(&mut self.input);
        self.scroll = 0;
    }

    /// Scrolls; stops when the last line is visible. `body` is the area that the box may fill.
    pub(in crate::app) fn step(
        &mut self,
        step: MovementStep,
        keymap: &Keymap,
        mode: Mode,
        body: Rect,
    ) {
        let layout = HelpLayout::of(self, keymap, mode, body);
        let seen = layout.seen();
        let last = layout.lines.len().saturating_sub(seen);
        self.scroll = step.among(self.scroll.min(last), seen, last + 1);
    }
}

#[derive(Clone, Debug)]
pub enum HelpLine {
    Gap,
    Heading(String),
    /// The first line of a command, with its summary or the beginning of it.
    Command(Command, String),
    /// The rest of a summary.
    More(String),
    /// Nothing matches what is typed.
    Nothing(String),
}

/// The lines of the help in columns, read from top to bottom and then from left to right.
#[derive(Clone, Debug)]
pub struct HelpLayout {
    pub lines: Vec<HelpLine>,
    pub columns: u16,
    /// The width of a column, and of the keys in it, in cells.
    pub width: u16,
    pub keys: u16,
    /// The number of lines in a column.
    pub height: u16,
}

/// The narrowest column where there are several, in cells.
const COLUMN: u16 = 56;

/// The cells between two columns.
pub const GUTTER: u16 = 2;

/// The box of a single column, in cells.
const SINGLE: u16 = 78;

impl HelpLayout {
    pub fn of(help: &HelpPane, keymap: &Keymap, mode: Mode, body: Rect) -> Self {
        // A border and a space on both sides; a border and the typed line above, a border below.
        let inside = body.width.saturating_sub(4);
        let most = body.height.saturating_sub(3);
        let columns = ((inside + GUTTER) / (COLUMN + GUTTER)).clamp(1, 3);
        let width = if columns == 1 {
            inside.min(SINGLE - 4)
        } else {
            (inside + GUTTER) / columns - GUTTER
        };
        // In a narrow column the first key or two are enough.
        let keys = if width > COLUMN + 14 { 22 } else { 12 }.min(width);
        let typed = help.input.value().trim();
        let lines = lines(keymap, mode, typed, width.saturating_sub(keys));
        // The box keeps its height while the filter is typed.
        let all = if typed.is_empty() {
            lines.len()
        } else {
            self::lines(keymap, mode, "", width.saturating_sub(keys)).len()
        };
        let needed = all.div_ceil(usize::from(columns));
        let height = u16::try_from(needed).unwrap_or(u16::MAX).min(most);
        Self {
            lines,
            columns,
            width,
            keys,
            height,
        }
    }

    /// The number of lines that are visible at once.
    pub fn seen(&self) -> usize {
        usize::from(self.height) * usize::from(self.columns)
    }

    /// The cells of all columns.
    pub const fn total_width(&self) -> u16 {
        self.columns * (self.width + GUTTER) - GUTTER
    }
}

/// The lines of the commands that match, with summaries of at most `room` cells a line.
fn lines(keymap: &Keymap, mode: Mode, typed: &str, room: u16) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    let words = typed.to_lowercase();
    let mut section = |heading: String, commands: Vec<Command>| {
        if commands.is_empty() {
            return;
        }
        if !lines.is_empty() {
            lines.push(HelpLine::Gap);
        }
        lines.push(HelpLine::Heading(heading));
        for command in commands {
            let summary = keymap.says(command.summary);
            let mut rest = text::wrap(&summary, usize::from(room).max(1)).into_iter();
            lines.push(HelpLine::Command(command, rest.next().unwrap_or_default()));
            lines.extend(rest.map(HelpLine::More));
        }
    };
    let is_here = |command: &Command| command.modes.contains(&mode);
    let with_key = keymap.rows().filter(|(_, keys)| has_key(keys, typed));
    let with_key = with_key.map(|(command, _)| command).filter(is_here);
    let with_key: Vec<Command> = with_key.collect();
    let shown: Vec<&str> = with_key.iter().map(|command| command.name).collect();
    section(format!("Key {typed}"), with_key);
    let matching = keymap.rows().filter(|row| matches(keymap, *row, &words));
    let (here, elsewhere): (Vec<Command>, Vec<Command>) =
        matching.map(|(command, _)| command).partition(is_here);
    for group in CommandGroup::ALL {
        let commands = here.iter().copied();
        let commands = commands.filter(|it| it.group == *group && !shown.contains(&it.name));
        section(group.as_str().to_owned(), commands.collect());
    }
    for other in Mode::ALL.iter().filter(|other| **other != mode) {
        let commands = elsewhere.iter().copied();
        let commands = commands.filter(|it| it.modes.first() == Some(other));
        section(format!("Elsewhere: {}", other.as_str()), commands.collect());
    }
    if lines.is_empty() {
        lines.push(HelpLine::Nothing(format!("No key matches “{typed}”")));
    }
    lines
}

fn has_key(keys: &[KeySequence], typed: &str) -> bool {
    !typed.is_empty() && keys.iter().any(|keys| keys.pretty() == typed)
}

/// Whether a command has all the words, which are in lower case: in its name, its summary or its keys.
fn matches(keymap: &Keymap, (command, keys): (Command, &[KeySequence]), words: &str) -> bool {
    if words.is_empty() {
        return true;
    }
    let keys = keys.iter().map(KeySequence::pretty);
    let keys: Vec<String> = keys.map(str::to_lowercase).collect();
    let summary = keymap.says(command.summary).to_lowercase();
    let has = |word: &str| {
        command.name.contains(word) || summary.contains(word) || keys.iter().any(|key| key == word)
    };
    words.split_whitespace().all(has)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::commands::keymap;

    fn shown(typed: &str, mode: Mode) -> Vec<String> {
        let lines = lines(&keymap(), mode, typed, 60).into_iter();
        let words = lines.filter_map(|line| match line {
            HelpLine::Heading(words) => Some(format!("# {words}")),
            HelpLine::Command(command, _) => Some(command.name.to_owned()),
            HelpLine::Nothing(words) => Some(words),
            HelpLine::Gap | HelpLine::More(_) => None,
        });
        words.collect()
    }

    #[test]
    fn every_command_is_there_once_and_those_of_the_screen_come_first() {
        for &mode in Mode::ALL {
            let all = shown("", mode);
            let commands: Vec<&String> = all.iter().filter(|it| !it.starts_with('#')).collect();
            assert_eq!(commands.len(), keymap().commands().count(), "{mode:?}");
            let elsewhere = all.iter().position(|it| it.starts_with("# Elsewhere"));
            let here = all.iter().take(elsewhere.unwrap_or(all.len()));
            let here: Vec<&String> = here.filter(|it| !it.starts_with('#')).collect();
            let of_mode = keymap();
            let of_mode = of_mode.commands().filter(|it| it.modes.contains(&mode));
            assert_eq!(here.len(), of_mode.count(), "{mode:?}");
        }
    }

    #[test]
    fn what_is_typed_finds_names_summaries_and_keys() {
        assert_eq!(
            shown("to PASTE", Mode::List),
            ["# Filter", "stub", "# Briefing", "scene-stub"]
        );
        assert_eq!(
            shown("gF", Mode::List),
            ["# Key gF", "copy-filter", "# Filter", "fields"]
        );
        let keys = shown("G", Mode::List);
        assert_eq!(
            keys.get(..2),
            Some(&["# Key G".to_owned(), "last".to_owned()][..])
        );
        assert_eq!(shown("xyzzy", Mode::List), ["No key matches “xyzzy”"]);
    }
}

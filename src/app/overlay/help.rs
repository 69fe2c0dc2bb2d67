//! The help: the commands of one mode, group by group, made from the command table.

use crate::app::input::command::{Command, CommandGroup};
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;

/// A line of the help.
#[derive(Clone, Copy, Debug)]
pub enum HelpRow {
    /// The name of a group.
    Group(CommandGroup),
    /// A command with its keys.
    Command(Command),
    /// An empty line.
    Gap,
}

/// The lines of the help for a mode.
pub fn rows(keymap: &Keymap, mode: Mode) -> Vec<HelpRow> {
    let mut rows = Vec::new();
    for &group in CommandGroup::ALL {
        let commands: Vec<HelpRow> = keymap
            .commands()
            .filter(|command| command.group == group && command.modes.contains(&mode))
            .map(HelpRow::Command)
            .collect();
        if commands.is_empty() {
            continue;
        }
        if !rows.is_empty() {
            rows.push(HelpRow::Gap);
        }
        rows.push(HelpRow::Group(group));
        rows.extend(commands);
    }
    rows
}

//! The help: the commands of one mode, group by group, from the command table.

use crate::app::input::command::{Command, CommandGroup};
use crate::app::input::keymap::Keymap;
use crate::app::input::mode::Mode;

#[derive(Clone, Copy, Debug)]
pub enum HelpRow {
    Group(CommandGroup),
    Command(Command),
    Gap,
}

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

//! The help: the commands of one mode, group by group, made from the command table.

use crate::app::commands::table::{COMMANDS, Command, Group};
use crate::app::model::Mode;

/// A line of the help.
#[derive(Clone, Copy, Debug)]
pub enum Row {
    /// The name of a group.
    Group(Group),
    /// A command with its keys.
    Command(&'static Command),
    /// An empty line.
    Gap,
}

/// The lines of the help for a mode.
pub fn rows(mode: Mode) -> Vec<Row> {
    let mut rows = Vec::new();
    for &group in Group::ALL {
        let commands: Vec<Row> = COMMANDS
            .iter()
            .filter(|command| command.group == group && command.modes.contains(&mode))
            .map(Row::Command)
            .collect();
        if commands.is_empty() {
            continue;
        }
        if !rows.is_empty() {
            rows.push(Row::Gap);
        }
        rows.push(Row::Group(group));
        rows.extend(commands);
    }
    rows
}

//! A command: its name, its summary, its modes and its keys. The command table above adds the function that runs it.

use super::mode::Mode;

/// The heading of a command in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandGroup {
    Move,
    /// Opening and going back.
    Go,
    Overview,
    /// Searching.
    Find,
    /// Hiding events.
    Filter,
    /// Stars, notes and tags.
    Mark,
    Brief,
    Program,
}

impl CommandGroup {
    /// In the order of the help.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Go,
        Self::Find,
        Self::Filter,
        Self::Mark,
        Self::Overview,
        Self::Brief,
        Self::Program,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Overview => "Overview",
            Self::Find => "Find",
            Self::Filter => "Filter",
            Self::Mark => "Mark",
            Self::Brief => "Briefing",
            Self::Program => "Program",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// For the palette and the settings.
    pub name: &'static str,
    /// What it does, in a few words; `{name}` stands for the key of another command.
    pub summary: &'static str,
    pub group: CommandGroup,
    pub modes: &'static [Mode],
    /// In the notation of [`crate::app::input::key`]; hints show the first.
    pub keys: &'static [&'static str],
}

//! A command: what the user can do, where, and with which keys. What runs it is known above.

use super::mode::Mode;

/// Commands that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommandGroup {
    /// Moving about.
    Move,
    /// Going into things and back.
    Go,
    /// The overview.
    Overview,
    /// Finding things.
    Find,
    /// Leaving out what is not asked for.
    Filter,
    /// The briefing.
    Brief,
    /// The program itself.
    Program,
}

impl CommandGroup {
    /// Every group, in the order of the help.
    pub const ALL: &'static [Self] = &[
        Self::Move,
        Self::Go,
        Self::Find,
        Self::Filter,
        Self::Overview,
        Self::Brief,
        Self::Program,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Move => "Move",
            Self::Go => "Go",
            Self::Overview => "Overview",
            Self::Find => "Find",
            Self::Filter => "Filter",
            Self::Brief => "Briefing",
            Self::Program => "Program",
        }
    }
}

/// One thing that the user can do.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// Its name, in the palette.
    pub name: &'static str,
    /// What it does, in a few words; `{name}` is the key of another command.
    pub summary: &'static str,
    /// What it belongs to.
    pub group: CommandGroup,
    /// Where it can be given.
    pub modes: &'static [Mode],
    /// The keys that give it, in the notation of [`crate::app::input::key`]; the first is shown in hints.
    pub keys: &'static [&'static str],
}

//! What an export is asked for.

use crate::date::Truth;
use crate::query::Matches;
use crate::timeline::EventId;
use crate::timeline::term::Grouping;

/// Which events an export has, and what it says of them.
#[derive(Clone, Copy, Debug)]
pub struct ExportOptions<'a> {
    /// What the filter leaves.
    pub matches: &'a Matches,
    /// The filter, as it was written; empty without one.
    pub filter: &'a str,
    /// Whether only events that surely match are in it.
    pub surely: bool,
    /// The grouping of the overview's lanes.
    pub grouping: Grouping,
    /// For whom the scenes are; `None` for everyone.
    pub audience: Option<&'a str>,
    /// Whether the briefer's notes are in it.
    pub notes: bool,
}

impl<'a> ExportOptions<'a> {
    /// Every event that matches, and everything else by default.
    pub fn new(matches: &'a Matches) -> Self {
        Self {
            matches,
            filter: "",
            surely: false,
            grouping: Grouping::default(),
            audience: None,
            notes: false,
        }
    }

    /// The events that are in it, each with whether it surely matches.
    pub fn events(&self) -> Vec<(EventId, Truth)> {
        let is_in = |truth| truth == Truth::Yes || !self.surely;
        let events = self.matches.events().filter(|(_, truth)| is_in(*truth));
        events.collect()
    }
}

//! The options of an export.

use super::picture::PictureOptions;
use super::stix::StixOptions;
use crate::change::TimelineComparison;
use crate::date::Truth;
use crate::query::Matches;
use crate::timeline::EventId;
use crate::timeline::term::Grouping;

/// The events of an export, and their presentation.
#[derive(Clone, Copy, Debug)]
pub struct ExportOptions<'a> {
    /// The answers of the filter.
    pub matches: &'a Matches,
    /// The filter as the user wrote it; empty without one.
    pub filter: &'a str,
    /// Whether to leave out possible matches.
    pub surely: bool,
    /// The grouping of the overview's lanes.
    pub grouping: Grouping,
    /// `None` includes all scenes.
    pub audience: Option<&'a str>,
    /// Whether to include the briefer's notes.
    pub notes: bool,
    /// What changed, for the beginning of a handout.
    pub changes: Option<ExportedChanges<'a>>,
    /// How much a handout has.
    pub extent: HandoutExtent,
    /// How large a picture is.
    pub picture: PictureOptions,
    pub stix: StixOptions,
}

/// What changed in the timeline, and since when.
#[derive(Clone, Copy, Debug)]
pub struct ExportedChanges<'a> {
    pub comparison: &'a TimelineComparison<'a>,
    /// The older side, as the user calls it.
    pub since: &'a str,
}

/// How much a handout has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandoutExtent {
    /// Every event with everything about it.
    #[default]
    Full,
    /// What people keep of a briefing: its scenes, what is open, and the sources.
    Brief,
    /// The same, then every event with everything about it.
    BriefWithAnnex,
}

impl<'a> ExportOptions<'a> {
    /// Every match, and the defaults.
    pub fn new(matches: &'a Matches) -> Self {
        Self {
            matches,
            filter: "",
            surely: false,
            grouping: Grouping::default(),
            audience: None,
            notes: false,
            changes: None,
            extent: HandoutExtent::default(),
            picture: PictureOptions::default(),
            stix: StixOptions::default(),
        }
    }

    /// The included events, each with the answer of the filter.
    pub fn events(&self) -> Vec<(EventId, Truth)> {
        let is_in = |truth| truth == Truth::Yes || !self.surely;
        let events = self.matches.events().filter(|(_, truth)| is_in(*truth));
        events.collect()
    }
}

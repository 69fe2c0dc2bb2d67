//! The options of an export to STIX: how much of the standard it uses, and the time of its objects.

use crate::date::Instant;
use crate::formats::stix::stamps::has_stamp;
use crate::timeline::Timeline;

/// How much of STIX a bundle uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StixProfile {
    /// The core, for platforms that drop what they do not know.
    #[default]
    Plain,
    /// Events with imprecise dates, which are an extension of STIX 2.1.
    Incident,
}

/// The version of the standard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StixVersion {
    #[default]
    V21,
    /// The draft, which has the objects of the incident extension in its core.
    V22,
}

/// The options of an export to STIX.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StixOptions {
    pub profile: StixProfile,
    pub version: StixVersion,
    /// When the objects count as created, also those of MISP; an instant that [`super::has_stamp`]. There is no clock: otherwise it is the
    /// latest day on which something was said or published.
    pub created: Option<Instant>,
}

impl StixProfile {
    pub const ALL: [Self; 2] = [Self::Plain, Self::Incident];

    /// The name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Incident => "incident",
        }
    }

    pub const fn summary(self) -> &'static str {
        match self {
            Self::Plain => "the core of STIX 2.1, for OpenCTI and other platforms",
            Self::Incident => "events with imprecise dates, for programs that know them",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

impl StixVersion {
    pub const ALL: [Self; 2] = [Self::V21, Self::V22];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V21 => "2.1",
            Self::V22 => "2.2",
        }
    }

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == name)
    }
}

/// The latest day on which something of a timeline was said or published: its beginning, since no hour is known.
pub fn latest_day(timeline: &Timeline) -> Option<Instant> {
    let said = timeline.claims().filter_map(|(_, it)| it.said.as_ref());
    let published = timeline
        .sources()
        .filter_map(|(_, it)| it.published.as_ref());
    let days = said.chain(published).map(|day| day.whole().latest);
    let days = days.filter(|day| has_stamp(*day));
    let latest = days.max()?.civil().date();
    Some(latest.and_time(chrono::NaiveTime::MIN).into())
}

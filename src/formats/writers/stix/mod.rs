//! STIX: a bundle with a report of a timeline, for platforms of threat intelligence.
//!
//! STIX has no imprecise dates but those of `event`, no rival claims and no scenes. So what it has no place for
//! is in words, and `losses` says what. The same timeline gives the same bytes: ids are made of names, and there is no
//! clock.

mod bundle;
mod claim;
mod entity;
mod event;
mod losses;
mod options;
mod relation;
mod report;
mod source;
mod subject;
mod times;

pub use crate::formats::stix::stamps::has_stamp;
pub(super) use losses::PLAIN as LOSSES;
pub use options::{StixOptions, StixProfile, StixVersion, latest_day};

use self::bundle::BundleWriter;
use super::profile::FormatProfile;
use crate::timeline::{EventId, Timeline};

/// The profiles, each with what it keeps.
pub(super) const PROFILES: &[FormatProfile] = &[
    FormatProfile {
        name: StixProfile::Plain.as_str(),
        losses: losses::PLAIN,
    },
    FormatProfile {
        name: StixProfile::Incident.as_str(),
        losses: losses::INCIDENT,
    },
];

/// The timeline with some of its events.
pub(super) fn write(timeline: &Timeline, options: StixOptions, events: &[EventId]) -> String {
    let mut writer = BundleWriter::new(timeline, options, events);
    for &id in events {
        event::add_event(&mut writer, id);
    }
    entity::add_named(&mut writer);
    claim::add_claims(&mut writer);
    report::add_questions(&mut writer);
    report::add_report(&mut writer);
    let has_dates = events
        .iter()
        .any(|&id| timeline.event(id).written().is_some());
    if options.profile == StixProfile::Incident && has_dates {
        writer.end(&report::definitions(options.version.as_str()))
    } else {
        writer.end(&[])
    }
}

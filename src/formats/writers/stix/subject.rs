//! The ids of the objects that an event becomes.

use super::bundle::BundleWriter;
use super::options::StixProfile;
use crate::timeline::{Event, Timeline};

pub(super) const INCIDENT: &str = "incident";
pub(super) const EVENT: &str = "event";

pub(super) fn incident_id(writer: &BundleWriter<'_>, event: Event<'_>) -> String {
    writer.id(INCIDENT, &[&event.key()])
}

pub(super) fn event_id(writer: &BundleWriter<'_>, event: Event<'_>) -> String {
    writer.id(EVENT, &[&event.key()])
}

/// What is said of an event: its incident, and in the profile with events the event.
pub(super) fn subjects(writer: &BundleWriter<'_>, event: Event<'_>) -> Vec<String> {
    let is_plain = writer.options.profile == StixProfile::Plain;
    let second = (!is_plain).then(|| event_id(writer, event));
    [incident_id(writer, event)]
        .into_iter()
        .chain(second)
        .collect()
}

/// Whether the event before it may name an event that follows: not if that is marked more strictly.
pub(super) fn follows_by_reference(
    timeline: &Timeline,
    event: Event<'_>,
    earlier: Event<'_>,
) -> bool {
    let level = |event: Event<'_>| event.tlp().or(timeline.head().tlp);
    level(event) <= level(earlier)
}

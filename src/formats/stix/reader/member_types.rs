//! The types that properties of STIX have wherever they are, for those that become part of a timeline.

use crate::formats::wrong_types::JsonType;

const LISTS: [&str; 18] = [
    "aliases",
    "authors",
    "effect_refs",
    "event_refs",
    "event_types",
    "external_references",
    "granular_markings",
    "incident_types",
    "labels",
    "next_event_refs",
    "next_events_refs",
    "object_marking_refs",
    "object_refs",
    "on_false_refs",
    "on_true_refs",
    "where_sighted_refs",
    "x_mitre_aliases",
    "x_opencti_aliases",
];

const TEXTS: [&str; 26] = [
    "content",
    "created_by_ref",
    "description",
    "end_time",
    "end_time_fidelity",
    "execution_end",
    "execution_start",
    "explanation",
    "first_observed",
    "first_seen",
    "goal",
    "identity_class",
    "last_observed",
    "last_seen",
    "modified",
    "name",
    "objective",
    "opinion",
    "relationship_type",
    "sighting_of_ref",
    "source_ref",
    "start_time",
    "start_time_fidelity",
    "stop_time",
    "target_ref",
    "technique_id",
];

const NUMBERS: [&str; 3] = ["confidence", "count", "number_observed"];

/// The type of a property; `None` if it is not read, or has several.
pub(super) fn expected(name: &str) -> Option<JsonType> {
    match name {
        "extensions" => Some(JsonType::Object),
        _ if LISTS.contains(&name) => Some(JsonType::List),
        _ if TEXTS.contains(&name) => Some(JsonType::Text),
        _ if NUMBERS.contains(&name) => Some(JsonType::Number),
        _ => None,
    }
}

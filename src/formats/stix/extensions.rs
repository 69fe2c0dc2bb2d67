//! The ids of extensions of STIX 2.1. STIX 2.2 has the objects of the incident extension in its core, with the same words.

use crate::formats::name_uuid::name_uuid;

/// A level of the Traffic Light Protocol 2.0 on a marking definition.
pub const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// The object `event`, the only one of STIX with imprecise times.
pub const EVENT: &str = "extension-definition--4ca6de00-5b0d-45ef-a1dc-ea7279ea910e";

/// The properties of the object `incident`, which is a stub in the core of 2.1.
pub const INCIDENT: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// dateline's own property of an event: its date as the timeline has it.
pub const DATE_AS_WRITTEN: &str = "extension-definition--14eee460-4b83-4ae7-b7ed-db31450aace1";

/// The key in [`DATE_AS_WRITTEN`]: EDTF, or the words that dateline reads.
pub const WHEN: &str = "when";

/// The id of dateline as the author of [`DATE_AS_WRITTEN`].
pub fn author() -> String {
    format!("identity--{}", name_uuid(&["identity", "", "dateline"]))
}

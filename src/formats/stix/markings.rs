//! The marking definitions of the Traffic Light Protocol: fixed objects with fixed ids, which every file of STIX names.

use crate::timeline::term::Tlp;

/// The prefix of the id of every marking.
pub const PREFIX: &str = "marking-definition--";

/// The ids of TLP 2.0, without their prefix.
const TLP_2: [(&str, Tlp); 5] = [
    ("94868c89-83c2-464b-929b-a1a8aa3c8487", Tlp::Clear),
    ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", Tlp::Green),
    ("55d920b0-5e8b-4f79-9ee9-91f868d9b421", Tlp::Amber),
    ("939a9414-2ddd-4d32-a0cd-375ea402b003", Tlp::AmberStrict),
    ("e828b379-4e03-4974-9ac4-e53a884c97c1", Tlp::Red),
];

/// The ids of TLP 1.0 (STIX 2.1, 7.2.1.4), without their prefix. White became clear, and the others kept their names.
const TLP_1: [(&str, Tlp); 4] = [
    ("613f2e26-407d-48c7-9eca-b8e91df99dc9", Tlp::Clear),
    ("34098fce-860f-48ae-8e50-ebd3cc5e41da", Tlp::Green),
    ("f88d31f6-486f-44da-b317-01333bde0b82", Tlp::Amber),
    ("5e57c739-391a-4eb3-b6be-7d15ca92d5ed", Tlp::Red),
];

/// The day of the marking definitions of TLP 2.0.
pub const TLP_2_CREATED: &str = "2022-10-01T00:00:00.000Z";

/// The id of the marking definition of a level of TLP 2.0.
pub fn id(tlp: Tlp) -> String {
    let row = TLP_2.into_iter().find(|(_, level)| *level == tlp);
    let (uuid, _) = row.expect("every level has a row");
    format!("{PREFIX}{uuid}")
}

/// The level of a marking definition of TLP 1.0 or 2.0, by its id; `None` for another marking.
pub fn level(id: &str) -> Option<Tlp> {
    let uuid = id.strip_prefix(PREFIX)?;
    let mut rows = TLP_2.into_iter().chain(TLP_1);
    let row = rows.find(|(known, _)| known.eq_ignore_ascii_case(uuid));
    row.map(|(_, tlp)| tlp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_found_by_its_id() {
        for tlp in Tlp::ALL {
            assert_eq!(level(&id(*tlp)), Some(*tlp));
        }
    }

    #[test]
    fn white_of_the_first_version_is_clear_and_other_markings_are_unknown() {
        let white = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9";
        assert_eq!(level(white), Some(Tlp::Clear));
        assert_eq!(
            level("marking-definition--00000000-0000-4000-8000-000000000000"),
            None
        );
        assert_eq!(level("94868c89-83c2-464b-929b-a1a8aa3c8487"), None);
    }
}

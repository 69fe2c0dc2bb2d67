//! Name-based UUIDs (version 5, RFC 9562, 5.5): the same thing has the same id in every export, so that a second export of a
//! changed file updates what the first one brought, and doubles nothing.

use serde_json::json;
use uuid::Uuid;

/// The namespace of dateline, drawn at random once. Another one would change every id.
const NAMESPACE: Uuid = Uuid::from_u128(0xfa10_62c1_1498_48c3_bbe4_e267_07aa_c259);

/// The UUID of a thing in the namespace of dateline, by the parts of its name: its type, the title of the timeline, its
/// key there. The name is the JSON array of the parts, so that no two lists of parts have one name.
pub fn name_uuid(parts: &[&str]) -> String {
    let name = json!(parts).to_string();
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_never_changes() {
        assert_eq!(
            name_uuid(&["incident", "Harbour", "alarm"]),
            "c39de799-aac7-58b8-a5fe-92b5af3d26fd"
        );
    }

    #[test]
    fn other_parts_are_another_name() {
        assert_ne!(name_uuid(&["ab", "c"]), name_uuid(&["a", "bc"]));
        assert_ne!(name_uuid(&["a\",\"b"]), name_uuid(&["a", "b"]));
    }
}

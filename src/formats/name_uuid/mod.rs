//! Name-based UUIDs (version 5, RFC 9562, 5.5): the same thing has the same id in every export, so that a second export of a
//! changed file updates what the first one brought, and doubles nothing.

mod sha1;

use self::sha1::sha1;
use super::writers::json_text;

/// The namespace of dateline, drawn at random once. Another one would change every id.
const NAMESPACE: [u8; 16] = 0xfa10_62c1_1498_48c3_bbe4_e267_07aa_c259_u128.to_be_bytes();

/// The UUID of a thing in the namespace of dateline, by the parts of its name: its type, the title of the timeline, its
/// key there. The name is the JSON array of the parts, so that no two lists of parts have one name.
pub fn name_uuid(parts: &[&str]) -> String {
    uuid(&NAMESPACE, json_text::array(parts).as_bytes())
}

fn uuid(namespace: &[u8; 16], name: &[u8]) -> String {
    let hash = sha1(&[namespace.as_slice(), name].concat());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    // The version, and the variant of the RFC.
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let number = u128::from_be_bytes(bytes);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        number >> 96,
        (number >> 80) & 0xffff,
        (number >> 64) & 0xffff,
        (number >> 48) & 0xffff,
        number & 0xffff_ffff_ffff,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9562, appendix A.4.
    #[test]
    fn the_example_of_the_standard() {
        let of_domains = 0x6ba7_b810_9dad_11d1_80b4_00c0_4fd4_30c8_u128.to_be_bytes();
        assert_eq!(
            uuid(&of_domains, b"www.example.com"),
            "2ed6657d-e927-568b-95e1-2665a8aea6a2"
        );
    }

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

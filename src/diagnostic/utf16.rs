//! UTF-16, as some editors and shells write it.

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// The lower one.
    Little,
    /// The higher one.
    Big,
}

impl ByteOrder {
    /// How many bytes the mark has that tells the order.
    pub const MARK: usize = 2;

    /// The order that a byte order mark at the head of a text tells; none if there is no mark.
    pub const fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xFE, ..] => Some(Self::Little),
            [0xFE, 0xFF, ..] => Some(Self::Big),
            _ => None,
        }
    }

    /// The units of some bytes, and the first half of one more if there is any.
    pub fn units(self, bytes: &[u8]) -> (impl Iterator<Item = u16>, &[u8]) {
        let pairs = bytes.chunks_exact(2);
        let half = pairs.remainder();
        let unit = move |pair: &[u8]| match self {
            Self::Little => u16::from_le_bytes([pair[0], pair[1]]),
            Self::Big => u16::from_be_bytes([pair[0], pair[1]]),
        };
        (pairs.map(unit), half)
    }

    /// The bytes of a unit.
    pub const fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }
}

/// The text of some units. What is no character becomes `�`.
pub fn text_of_utf16(units: impl IntoIterator<Item = u16>) -> String {
    char::decode_utf16(units)
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

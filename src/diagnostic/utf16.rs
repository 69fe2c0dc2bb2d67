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
    /// How many bytes a byte order mark has.
    const MARK: usize = 2;

    /// The order of a text that begins with these bytes; none if it is not UTF-16.
    ///
    /// Without a byte order mark, ASCII shows the order: one byte of each character is zero.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xFF, 0xFE, ..] => Some(Self::Little),
            [0xFE, 0xFF, ..] => Some(Self::Big),
            _ => [Self::Little, Self::Big]
                .into_iter()
                .find(|order| order.is_likely(head)),
        }
    }

    /// The bytes of a text without its byte order mark, if it has one.
    pub fn without_mark(bytes: &[u8]) -> &[u8] {
        match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => bytes.get(Self::MARK..).unwrap_or_default(),
            _ => bytes,
        }
    }

    /// Whether the first units of some bytes are text, most of it ASCII, with nothing else among it.
    fn is_likely(self, head: &[u8]) -> bool {
        let head = head.get(..LOOKED_AT).unwrap_or(head);
        // A unit of ASCII has a byte that is zero.
        if !head.contains(&0) {
            return false;
        }
        let (units, _) = self.units(head);
        let (mut all, mut ascii) = (0, 0);
        for unit in units {
            let is_ascii = matches!(unit, 0x20..=0x7E | 0x09 | 0x0A | 0x0D);
            if !is_ascii && unit < 0xA0 {
                return false;
            }
            all += 1;
            ascii += usize::from(is_ascii);
        }
        all >= FEWEST && ascii * 4 >= all * 3
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

    pub const fn bytes(self, unit: u16) -> [u8; 2] {
        match self {
            Self::Little => unit.to_le_bytes(),
            Self::Big => unit.to_be_bytes(),
        }
    }
}

/// How many bytes show the order of a text without a mark, and how many units are too few to show it.
const LOOKED_AT: usize = 1 << 10;
const FEWEST: usize = 4;

/// The text of some units. Anything but a character becomes `�`.
pub fn text_of_utf16(units: impl IntoIterator<Item = u16>) -> String {
    char::decode_utf16(units)
        .map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_shows_without_a_mark_too() {
        for order in [ByteOrder::Little, ByteOrder::Big] {
            let bytes = |text: &str| -> Vec<u8> {
                text.encode_utf16()
                    .flat_map(|unit| order.bytes(unit))
                    .collect()
            };
            assert_eq!(
                ByteOrder::of(&bytes("datetime,message\r\n2021,später\n")),
                Some(order)
            );
            assert_eq!(ByteOrder::of(&bytes("\u{feff}日本")), Some(order));
            assert_eq!(ByteOrder::of(&bytes("a\0b\0c\0d")), None, "text has no NUL");
            assert_eq!(ByteOrder::of(&bytes("a,b")), None, "too little to know");
        }
        assert_eq!(ByteOrder::of("datetime,message\n".as_bytes()), None);
        assert_eq!(ByteOrder::of("日本日本日本日本".as_bytes()), None);
        assert_eq!(
            ByteOrder::of(b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"),
            None
        );
        assert_eq!(ByteOrder::of(b""), None);
    }
}

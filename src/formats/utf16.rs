//! Converts UTF-16 to UTF-8 while it is read.

use std::io::{self, Cursor, Read};

use crate::diagnostic::{ByteOrder, text_of_utf16};

/// How many bytes are read at once.
const AT_ONCE: u64 = 1 << 16;

/// Reads UTF-16 and gives UTF-8. An invalid unit becomes `�`.
pub(super) struct Utf16Reader<R> {
    source: R,
    order: ByteOrder,
    /// The first bytes of an incomplete character: half a unit, or the first unit of a surrogate pair.
    rest: Vec<u8>,
    ready: Cursor<Vec<u8>>,
    stage: Utf16Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Utf16Stage {
    /// Before the byte order mark.
    Marked,
    Within,
    Over,
}

impl<R: Read> Utf16Reader<R> {
    /// `source` begins with a byte order mark.
    pub fn new(source: R, order: ByteOrder) -> Self {
        Self {
            source,
            order,
            rest: Vec::new(),
            ready: Cursor::default(),
            stage: Utf16Stage::Marked,
        }
    }

    /// Converts the next characters into `ready`, which is empty at the end.
    fn refill(&mut self) -> io::Result<()> {
        let mut bytes = std::mem::take(&mut self.rest);
        let read = self.source.by_ref().take(AT_ONCE).read_to_end(&mut bytes)?;
        let is_marked = self.stage == Utf16Stage::Marked;
        let is_last = read == 0;
        self.stage = if is_last {
            Utf16Stage::Over
        } else {
            Utf16Stage::Within
        };
        let text = if is_marked {
            ByteOrder::without_mark(&bytes)
        } else {
            &bytes
        };
        let (units, half) = self.order.units(text);
        let mut units: Vec<u16> = units.collect();
        let begins_pair = |unit: &mut u16| !is_last && (0xD800..0xDC00).contains(unit);
        let kept = units.pop_if(begins_pair).map(|unit| self.order.bytes(unit));
        self.rest = kept.into_iter().flatten().collect();
        self.rest.extend(half);
        let text = text_of_utf16(units);
        self.ready = Cursor::new(text.into_bytes());
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.ready.position() == self.ready.get_ref().len() as u64
    }
}

impl<R: Read> Read for Utf16Reader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.is_empty() && self.stage != Utf16Stage::Over {
            self.refill()?;
        }
        self.ready.read(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives at most this many bytes at a time.
    struct SlowReader<'t>(&'t [u8], usize);

    impl Read for SlowReader<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(into.len());
            self.0.take(most as u64).read(into).inspect(|&read| {
                self.0 = self.0.get(read..).unwrap_or_default();
            })
        }
    }

    #[test]
    fn a_text_is_the_same_in_either_byte_order_and_in_any_pieces() {
        let text = "späte 日本 🏽\r\n".repeat(9000);
        for order in [ByteOrder::Little, ByteOrder::Big] {
            let unit = |unit: u16| order.bytes(unit);
            let marked = format!("\u{feff}{text}");
            let bytes: Vec<u8> = marked.encode_utf16().flat_map(unit).collect();
            assert_eq!(ByteOrder::of(&bytes), Some(order));
            for at_once in [1, 7, bytes.len()] {
                let mut read = String::new();
                let source = SlowReader(&bytes, at_once);
                let mut source = Utf16Reader::new(source, order);
                source.read_to_string(&mut read).expect("bytes in memory");
                assert!(read == text, "{order:?}, {at_once} at once");
            }
        }
    }

    #[test]
    fn only_an_incomplete_character_at_the_end_is_lost() {
        let read = |bytes: &[u8]| {
            let mut read = String::new();
            let read_all = Utf16Reader::new(bytes, ByteOrder::Little).read_to_string(&mut read);
            read_all.expect("bytes in memory");
            read
        };
        assert_eq!(read(b"\xFF\xFEa\0b"), "a");
        assert_eq!(read(b"\xFF\xFEa\0\x3D\xD8"), "a\u{fffd}");
        assert_eq!(read(b"\xFF\xFE"), "");
    }
}

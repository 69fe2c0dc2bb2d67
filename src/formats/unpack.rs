//! Files packed with gzip or zstd, known by their first bytes and not by their names.
//!
//! A small file can unpack to more than any memory holds, by mistake or by malice: there is a limit, and it is told.

use std::fmt;
use std::io::{self, Read};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

/// The most bytes that a text may have: a place in it is kept in 32 bits.
pub const LARGEST: u64 = u32::MAX as u64;

/// What any packed file may unpack to, however small it is, in bytes.
const ALWAYS: u64 = 256 << 20;

/// How many times its size a packed file may unpack to. Logs are packed to a tenth or a thirtieth.
const TIMES: u64 = 250;

/// Why a file was not unpacked.
#[derive(Debug)]
pub enum Refusal {
    /// It is not what its first bytes say, or breaks off.
    Broken(io::Error),
    /// It would unpack to more bytes than this.
    TooLarge(u64),
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(error) => write!(formatter, "{error}"),
            Self::TooLarge(limit) => write!(
                formatter,
                "it would take more than {} MiB; if that is right, unpack it first, or only a part of it",
                limit >> 20
            ),
        }
    }
}

/// How a file can be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl Packing {
    /// How bytes are packed, by the first four of them.
    pub const fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The program that unpacks it.
    pub const fn unpacker(self) -> &'static str {
        match self {
            Self::Gzip => "gunzip",
            Self::Zstd => "unzstd",
        }
    }
}

/// The bytes of a file, unpacked if they are packed.
pub fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let limit = limit(bytes.len() as u64);
    let text = match Packing::of(&bytes) {
        Some(Packing::Gzip) => all(MultiGzDecoder::new(bytes.as_slice()), limit)?,
        Some(Packing::Zstd) => zstd(&bytes, limit)?,
        None => bytes,
    };
    if text.len() as u64 > LARGEST {
        return Err(Refusal::TooLarge(LARGEST));
    }
    Ok(text)
}

fn limit(packed: u64) -> u64 {
    ALWAYS.max(packed.saturating_mul(TIMES)).min(LARGEST)
}

fn all(reader: impl Read, limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut text = Vec::new();
    let mut reader = reader.take(limit + 1);
    reader.read_to_end(&mut text).map_err(Refusal::Broken)?;
    if text.len() as u64 > limit {
        return Err(Refusal::TooLarge(limit));
    }
    Ok(text)
}

/// A file of zstd may be several frames, one behind the other.
fn zstd(packed: &[u8], limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut text = Vec::new();
    let mut rest = packed;
    while !rest.is_empty() {
        let frame = StreamingDecoder::new(&mut rest);
        let frame = frame.map_err(|error| Refusal::Broken(io::Error::other(error.to_string())))?;
        let room = limit.saturating_sub(text.len() as u64);
        let more = all(frame, room).map_err(|refusal| match refusal {
            Refusal::TooLarge(_) => Refusal::TooLarge(limit),
            broken @ Refusal::Broken(_) => broken,
        })?;
        text.extend(more);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};
    use std::io::Write;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).expect("a vector takes everything");
        encoder.finish().expect("a vector takes everything")
    }

    #[test]
    fn a_packed_text_is_read_as_the_text_itself() {
        let text = b"datetime,message\n".repeat(1000);
        assert_eq!(unpacked(text.clone()).expect("plain"), text);
        assert_eq!(unpacked(gzip(&text)).expect("gzip"), text);
        let twice = [gzip(&text), gzip(&text)].concat();
        assert_eq!(unpacked(twice).expect("two members").len(), 2 * text.len());
        let packed = compress_to_vec(text.as_slice(), CompressionLevel::Fastest);
        assert_eq!(unpacked(packed.clone()).expect("zstd"), text);
        let twice = [packed.clone(), packed].concat();
        assert_eq!(unpacked(twice).expect("two frames").len(), 2 * text.len());
    }

    #[test]
    fn what_breaks_off_is_refused() {
        let whole = gzip(&b"datetime,message\n".repeat(1000));
        let half = whole[..whole.len() / 2].to_vec();
        assert!(matches!(unpacked(half), Err(Refusal::Broken(_))));
        let no_frame = vec![0x28, 0xb5, 0x2f, 0xfd];
        assert!(matches!(unpacked(no_frame), Err(Refusal::Broken(_))));
    }

    #[test]
    fn a_small_file_may_not_unpack_to_anything() {
        let zeros = io::repeat(0).take(1 << 20);
        assert!(matches!(all(zeros, 1 << 10), Err(Refusal::TooLarge(1024))));
        let exact = io::repeat(0).take(1 << 10);
        assert_eq!(all(exact, 1 << 10).expect("it fits").len(), 1 << 10);
        assert_eq!(limit(1 << 10), ALWAYS);
        assert_eq!(limit(2 << 20), 500 << 20);
        assert_eq!(limit(1 << 40), LARGEST);
    }
}

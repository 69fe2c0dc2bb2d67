//! Files packed with gzip or zstd, known by their first bytes and not by their names, and unpacked as they are read.
//!
//! A small file can unpack to more than any memory holds, by mistake or by malice: there is a limit, and it is told.

use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::progress::Progress;

/// The most bytes that a text may have: a place in it is kept in 32 bits.
pub const LARGEST: u64 = u32::MAX as u64;

/// What any packed file may unpack to, however small it is, in bytes.
const ALWAYS: u64 = 256 << 20;

/// How many times its size a packed file may unpack to. Logs are packed to a tenth or a thirtieth.
const TIMES: u64 = 250;

/// How many bytes are asked of a file at once.
const AT_ONCE: usize = 1 << 18;

/// A text has more bytes than this.
#[derive(Debug)]
pub(super) struct TooLarge(pub u64);

impl fmt::Display for TooLarge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "it would take more than {} MiB; if that is right, unpack it first, or only a part of it",
            self.0 >> 20
        )
    }
}

impl std::error::Error for TooLarge {}

/// Where bytes come from.
pub type Source<'r> = Box<dyn Read + Send + 'r>;

/// The bytes of a file, unpacked if they are packed.
pub(super) struct Unpacked<'r> {
    form: Form<'r>,
    /// How many bytes the file has, if that is known.
    size: u64,
    /// How many of them were read.
    taken: Arc<AtomicU64>,
    /// How many bytes were given out.
    given: u64,
    /// How many there may be in any case.
    always: u64,
}

enum Form<'r> {
    Plain(Packed<'r>),
    Gzip(MultiGzDecoder<Packed<'r>>),
    Zstd(Frames<'r>),
}

/// The bytes as they are in the file.
type Packed<'r> = BufReader<io::Chain<Cursor<Vec<u8>>, Counted<'r>>>;

impl<'r> Unpacked<'r> {
    /// Looks at the first bytes. What is not known of the size is learnt on the way.
    pub fn new(source: Source<'r>, size: Option<u64>) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let mut source = Counted {
            source,
            taken: Arc::clone(&taken),
        };
        let mut first = Vec::new();
        source.by_ref().take(4).read_to_end(&mut first)?;
        let packing = Packing::of(&first);
        let packed = BufReader::with_capacity(AT_ONCE, Cursor::new(first).chain(source));
        let form = match packing {
            Some(Packing::Gzip) => Form::Gzip(MultiGzDecoder::new(packed)),
            Some(Packing::Zstd) => Form::Zstd(Frames::Between(Some(packed))),
            None => Form::Plain(packed),
        };
        Ok(Self {
            form,
            size: size.unwrap_or(0),
            taken,
            given: 0,
            always: ALWAYS,
        })
    }

    /// Whether it is packed.
    pub fn is_packed(&self) -> bool {
        !matches!(self.form, Form::Plain(_))
    }

    /// The same, while somebody watches how much of the file is read.
    pub fn watched<'p>(&'p mut self, progress: &'p Progress) -> impl Read + Send + 'p {
        Watched {
            source: self,
            progress,
            told: 0,
        }
    }

    fn limit(&self) -> u64 {
        if self.is_packed() {
            limit(self.always, self.size.max(self.taken.load(Relaxed)))
        } else {
            LARGEST
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

impl Read for Unpacked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.form {
            Form::Plain(plain) => plain.read(into),
            Form::Gzip(gzip) => gzip.read(into),
            Form::Zstd(frames) => frames.read(into),
        }?;
        self.given += read as u64;
        let limit = self.limit();
        if self.given > limit {
            return Err(io::Error::other(TooLarge(limit)));
        }
        Ok(read)
    }
}

fn limit(always: u64, packed: u64) -> u64 {
    always.max(packed.saturating_mul(TIMES)).min(LARGEST)
}

struct Watched<'p, 'r> {
    source: &'p mut Unpacked<'r>,
    progress: &'p Progress,
    told: u64,
}

impl Read for Watched<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        let taken = self.source.taken.load(Relaxed);
        self.progress.advance(taken - self.told);
        self.told = taken;
        Ok(read)
    }
}

struct Counted<'r> {
    source: Source<'r>,
    taken: Arc<AtomicU64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.taken.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// A file of zstd may be several frames, one behind the other.
enum Frames<'r> {
    /// Before a frame, or behind the last; nothing once reading failed.
    Between(Option<Packed<'r>>),
    In(Box<StreamingDecoder<Packed<'r>, FrameDecoder>>),
}

impl Read for Frames<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match self {
                Self::Between(rest) => {
                    let Some(mut packed) = rest.take() else {
                        return Ok(0);
                    };
                    if packed.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    let frame = StreamingDecoder::new(packed);
                    let frame = frame.map_err(|error| io::Error::other(error.to_string()))?;
                    *self = Self::In(Box::new(frame));
                }
                Self::In(frame) => {
                    let read = frame.read(into)?;
                    if read > 0 || into.is_empty() {
                        return Ok(read);
                    }
                    let Self::In(frame) = std::mem::replace(self, Self::Between(None)) else {
                        return Ok(0);
                    };
                    *self = Self::Between(Some(frame.into_inner()));
                }
            }
        }
    }
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

    fn unpacked(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        Unpacked::new(Box::new(Cursor::new(bytes)), None)?.read_to_end(&mut text)?;
        Ok(text)
    }

    #[test]
    fn a_packed_text_is_read_as_the_text_itself() {
        let text = b"datetime,message\n".repeat(1000);
        assert_eq!(unpacked(text.clone()).expect("plain"), text);
        assert_eq!(unpacked(b"a".to_vec()).expect("plain"), b"a");
        assert_eq!(unpacked(Vec::new()).expect("plain"), b"");
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
        assert!(unpacked(half).is_err());
        let no_frame = vec![0x28, 0xb5, 0x2f, 0xfd];
        assert!(unpacked(no_frame).is_err());
        let packed = compress_to_vec(
            b"datetime,message\n".repeat(1000).as_slice(),
            CompressionLevel::Fastest,
        );
        let and_more = [packed.as_slice(), b"more"].concat();
        assert!(unpacked(and_more).is_err());
    }

    #[test]
    fn a_small_file_may_not_unpack_to_anything() {
        let read = |always: u64, size: Option<u64>| {
            let bomb = Cursor::new(gzip(&vec![0; 1 << 20]));
            let mut source = Unpacked::new(Box::new(bomb), size).expect("bytes");
            source.always = always;
            source.read_to_end(&mut Vec::new())
        };
        // Packed it has about a thousandth of that, and 250 times a thousandth is allowed.
        let error = read(1 << 10, None).expect_err("it is a bomb");
        assert!(error.to_string().contains("more than"), "{error}");
        assert_eq!(read(1 << 20, None).expect("it fits"), 1 << 20);
        assert!(read((1 << 20) - 1, None).is_err());
        assert_eq!(read(0, Some(1 << 13)).expect("it fits"), 1 << 20);
        assert_eq!(limit(ALWAYS, 2 << 20), 500 << 20);
        assert_eq!(limit(ALWAYS, 1 << 40), LARGEST);
    }
}

//! Files packed with gzip or zstd, known by their first bytes and not by their names, and unpacked as they are read.
//!
//! A small file can unpack to more than any memory holds, by mistake or by malice. So unpacking stops where the text has
//! grown beyond what the bytes read so far can honestly hold.

use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read};
use std::mem;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::FrameDecoderError;
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use super::progress::Progress;
use super::source::ByteSource;

/// The most bytes that a text may have: a place in it is kept in 32 bits.
pub const LARGEST: u64 = u32::MAX as u64;

/// What any packed file may unpack to, however small it is, in bytes.
const ALWAYS: u64 = 256 << 20;

/// How many times its size a packed file may unpack to. Logs are packed to a tenth or a fiftieth; a bomb of gzip to a
/// thousandth, one of zstd to less.
const TIMES: u64 = 100;

/// How many bytes are asked of a file at once.
const AT_ONCE: usize = 1 << 18;

/// A text has more bytes than are read.
#[derive(Debug)]
pub(super) enum TooLarge {
    /// A packed file unpacks to more than this.
    Unpacked(u64),
    /// A file has this size, or at least this.
    File(u64),
}

impl fmt::Display for TooLarge {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unpacked(limit) => write!(
                formatter,
                "it would take more than {} MiB; if that is right, unpack it first, or only a part of it",
                limit >> 20
            ),
            Self::File(size) => write!(
                formatter,
                "it has {} MiB, and dateline reads at most {} MiB; cut it, for example by day, and open a part",
                size >> 20,
                LARGEST >> 20
            ),
        }
    }
}

impl Error for TooLarge {}

/// A packed file cannot be unpacked to its end.
#[derive(Debug)]
struct UnpackError {
    packing: PackingFormat,
    fault: PackingFault,
}

/// The fault of a packed file.
#[derive(Clone, Copy, Debug)]
enum PackingFault {
    /// It ends too early.
    BreaksOff,
    /// Something in it is not as it was written.
    Damaged,
    /// None, but it needs a program with more memory, or another file as well.
    Unusual,
}

impl fmt::Display for UnpackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = self.packing.program();
        let fault = match self.fault {
            PackingFault::BreaksOff => "breaks off",
            PackingFault::Damaged => "is damaged",
            PackingFault::Unusual => {
                let unpacker = self.packing.unpacker();
                return write!(
                    formatter,
                    "it is packed in a way that only {program} itself reads; unpack it with `{unpacker}` first"
                );
            }
        };
        write!(
            formatter,
            "it is packed with {program} and {fault}; fetch it again, and `{program} -t` shows more"
        )
    }
}

impl Error for UnpackError {}

/// The file itself cannot be read.
#[derive(Debug)]
struct ReadError(io::Error);

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Error for ReadError {}

/// The bytes of a file, unpacked if they are packed.
pub(super) struct UnpackedReader<'r> {
    form: SourceForm<'r>,
    /// How many of them were read.
    taken: Arc<AtomicU64>,
    /// How many bytes were given out.
    given: u64,
    /// How many there may be in any case.
    always: u64,
    /// The most that there may be.
    most: u64,
}

enum SourceForm<'r> {
    Plain(PackedReader<'r>),
    Packed(MemberReader<'r>),
}

/// The bytes as they are in the file.
type PackedReader<'r> = BufReader<io::Chain<Cursor<Vec<u8>>, CountingReader<'r>>>;

impl<'r> UnpackedReader<'r> {
    /// Looks at the first bytes of a file, whose size may be known, and whose text has up to `most` bytes.
    ///
    /// # Errors
    /// Those of the source, and a file that is not packed and larger.
    pub fn with_most(source: ByteSource<'r>, size: Option<u64>, most: u64) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let mut source = CountingReader {
            source,
            taken: Arc::clone(&taken),
        };
        let mut first = Vec::new();
        source.by_ref().take(4).read_to_end(&mut first)?;
        let packing = PackingFormat::of(&first);
        if let Some(size) = size.filter(|&size| packing.is_none() && size > most) {
            return Err(io::Error::other(TooLarge::File(size)));
        }
        let packed = BufReader::with_capacity(AT_ONCE, Cursor::new(first).chain(source));
        let form = match packing {
            Some(packing) => SourceForm::Packed(MemberReader {
                packing,
                state: MemberState::Between(Some(packed)),
            }),
            None => SourceForm::Plain(packed),
        };
        Ok(Self {
            form,
            taken,
            given: 0,
            always: ALWAYS,
            most,
        })
    }

    pub fn is_packed(&self) -> bool {
        !matches!(self.form, SourceForm::Plain(_))
    }

    /// Refuses more bytes than a place in a text can number. `size` is that of the text, or 0 if it is not known.
    ///
    /// # Errors
    /// There are more.
    pub fn limit_to_places(&mut self, size: u64) -> io::Result<()> {
        if size > LARGEST {
            return Err(io::Error::other(TooLarge::File(size)));
        }
        self.most = LARGEST;
        self.check()
    }

    /// The same, with a progress that counts the bytes of the file.
    pub fn watched<'p>(&'p mut self, progress: &'p Progress) -> impl Read + Send + 'p {
        ProgressReader {
            source: self,
            progress,
            reported: 0,
        }
    }

    /// Refuses more bytes than the text may have.
    fn check(&self) -> io::Result<()> {
        let limit = if self.is_packed() {
            limit(self.always, self.taken.load(Relaxed)).min(self.most)
        } else {
            self.most
        };
        if self.given <= limit {
            return Ok(());
        }
        Err(io::Error::other(if self.is_packed() {
            TooLarge::Unpacked(limit)
        } else {
            TooLarge::File(self.given)
        }))
    }
}

/// How a file can be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackingFormat {
    /// RFC 1952.
    Gzip,
    /// RFC 8878.
    Zstd,
}

impl PackingFormat {
    /// How bytes are packed, by the first four of them, or by fewer if there are no more.
    pub const fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f] | [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The program that packs so.
    const fn program(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
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

impl Read for UnpackedReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.form {
            SourceForm::Plain(plain) => plain.read(into),
            SourceForm::Packed(members) => members.read(into),
        }?;
        self.given += read as u64;
        self.check()?;
        Ok(read)
    }
}

/// What packed parts in memory may unpack to, in bytes.
pub(super) fn limit_of(packed: u64) -> u64 {
    limit(ALWAYS, packed).min(LARGEST)
}

/// How many bytes may have been unpacked from a number of packed bytes. It counts those that were read so far, and not
/// all that the file has: a bomb is refused before it has grown to the share of its whole size.
fn limit(always: u64, taken: u64) -> u64 {
    always.max(taken.saturating_mul(TIMES))
}

struct ProgressReader<'p, 'r> {
    source: &'p mut UnpackedReader<'r>,
    progress: &'p Progress,
    reported: u64,
}

impl Read for ProgressReader<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        let taken = self.source.taken.load(Relaxed);
        self.progress.advance(taken - self.reported);
        self.reported = taken;
        Ok(read)
    }
}

struct CountingReader<'r> {
    source: ByteSource<'r>,
    taken: Arc<AtomicU64>,
}

impl Read for CountingReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = (self.source.read(into))
            .map_err(|error| io::Error::new(error.kind(), ReadError(error)))?;
        self.taken.fetch_add(read as u64, Relaxed);
        Ok(read)
    }
}

/// A packed file may be several of its sort, one behind the other.
struct MemberReader<'r> {
    packing: PackingFormat,
    state: MemberState<'r>,
}

enum MemberState<'r> {
    /// Before a member, or behind the last; nothing once reading failed.
    Between(Option<PackedReader<'r>>),
    Gzip(Box<GzDecoder<PackedReader<'r>>>),
    Zstd(Box<StreamingDecoder<PackedReader<'r>, FrameDecoder>>),
}

impl<'r> MemberReader<'r> {
    fn begin(&self, packed: PackedReader<'r>) -> io::Result<MemberState<'r>> {
        Ok(match self.packing {
            PackingFormat::Gzip => MemberState::Gzip(Box::new(GzDecoder::new(packed))),
            PackingFormat::Zstd => {
                let frame = StreamingDecoder::new(packed);
                MemberState::Zstd(Box::new(frame.map_err(io::Error::other)?))
            }
        })
    }

    fn read_some(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match &mut self.state {
                MemberState::Between(rest) => {
                    let Some(mut packed) = rest.take() else {
                        return Ok(0);
                    };
                    if self.packing == PackingFormat::Gzip {
                        skip_zeros(&mut packed)?;
                    }
                    if packed.fill_buf()?.is_empty() {
                        return Ok(0);
                    }
                    self.state = self.begin(packed)?;
                    continue;
                }
                MemberState::Gzip(member) => member.read(into)?,
                MemberState::Zstd(frame) => frame.read(into)?,
            };
            if read > 0 || into.is_empty() {
                return Ok(read);
            }
            self.state = match mem::replace(&mut self.state, MemberState::Between(None)) {
                MemberState::Gzip(member) => MemberState::Between(Some(member.into_inner())),
                MemberState::Zstd(frame) => MemberState::Between(Some(frame.into_inner())),
                between @ MemberState::Between(_) => between,
            };
        }
    }
}

impl Read for MemberReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.read_some(into);
        read.map_err(|error| in_words(self.packing, &error))
    }
}

/// Tapes and disks fill their last block with zeros, and `gzip -d` takes them for nothing too.
fn skip_zeros(packed: &mut impl BufRead) -> io::Result<()> {
    loop {
        let bytes = packed.fill_buf()?;
        let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
        let is_all = zeros == bytes.len();
        packed.consume(zeros);
        if zeros == 0 || !is_all {
            return Ok(());
        }
    }
}

/// An error of an unpacker for people: that of the file itself if it could not be read, or else its fault.
fn in_words(packing: PackingFormat, error: &io::Error) -> io::Error {
    let mut fault = PackingFault::Damaged;
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(it) = cause {
        if let Some(ReadError(error)) = it.downcast_ref() {
            return io::Error::new(error.kind(), error.to_string());
        }
        let unusual = it
            .downcast_ref::<FrameDecoderError>()
            .is_some_and(is_unusual);
        let read = it.downcast_ref::<io::Error>();
        if unusual {
            fault = PackingFault::Unusual;
        } else if read.is_some_and(|it| it.kind() == ErrorKind::UnexpectedEof) {
            fault = PackingFault::BreaksOff;
        }
        // The source of an error that wraps another is the source of that one.
        cause = match read.and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => it.source(),
        };
    }
    io::Error::new(ErrorKind::InvalidData, UnpackError { packing, fault })
}

/// Whether a file is whole for all that is known, and asks for more memory or for another file.
const fn is_unusual(error: &FrameDecoderError) -> bool {
    matches!(
        error,
        FrameDecoderError::WindowSizeTooBig { .. } | FrameDecoderError::DictNotProvided { .. }
    )
}

#[cfg(test)]
mod tests;

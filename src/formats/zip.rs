//! ZIP archives (PKWARE APPNOTE 6.3): the parts of a workbook, read with a limit on what they unpack to.
//!
//! Written here, since the crate zip brings sixteen others and another inflater for the whole program.

use std::io::{self, BufReader, Read};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::unpack;

/// Why an archive or a part of it cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZipFault {
    /// It breaks off, or is not as it was written.
    Damaged,
    /// It is encrypted, or compressed in a way that office programs do not use.
    Locked,
    /// There is no part of this name.
    Missing,
}

/// The parts of an archive in memory.
pub(super) struct ZipArchive<'b> {
    bytes: &'b [u8],
    entries: Vec<ZipEntry>,
    /// How many bytes the parts may still unpack to.
    left: AtomicU64,
}

struct ZipEntry {
    name: String,
    flags: u16,
    method: u16,
    crc: u32,
    packed: u64,
    /// Where its local header begins.
    header: u64,
}

const END: &[u8] = b"PK\x05\x06";
const END_64: &[u8] = b"PK\x06\x06";
const END_64_LOCATOR: &[u8] = b"PK\x06\x07";
const CENTRAL: &[u8] = b"PK\x01\x02";
const LOCAL: &[u8] = b"PK\x03\x04";

/// How far the end record may be from the end of the file, in bytes: it has a comment of up to 64 KiB behind it.
const LONGEST_END: usize = 22 + 0xFFFF;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;
const IS_ENCRYPTED: u16 = 1;

impl<'b> ZipArchive<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, ZipFault> {
        let directory = directory(bytes).ok_or(ZipFault::Damaged)?;
        let mut entries = Vec::new();
        let mut at = directory.start;
        while at < directory.end {
            let (entry, next) = ZipEntry::read(bytes, at).ok_or(ZipFault::Damaged)?;
            entries.push(entry);
            at = next;
        }
        Ok(Self {
            bytes,
            entries,
            left: AtomicU64::new(unpack::limit_of(bytes.len() as u64)),
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Names of parts are compared as office programs do, without case.
    fn find(&self, name: &str) -> Option<&ZipEntry> {
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a part as they are unpacked.
    pub fn part(&self, name: &str) -> Result<BufReader<ZipPart<'_>>, ZipFault> {
        let entry = self.find(name).ok_or(ZipFault::Missing)?;
        if entry.flags & IS_ENCRYPTED != 0 {
            return Err(ZipFault::Locked);
        }
        let packed = entry.packed_bytes(self.bytes).ok_or(ZipFault::Damaged)?;
        let content = match entry.method {
            STORED => PartContent::Stored(packed),
            DEFLATED => PartContent::Deflated(Box::new(DeflateDecoder::new(packed))),
            _ => return Err(ZipFault::Locked),
        };
        Ok(BufReader::new(ZipPart {
            content,
            left: &self.left,
            crc: Crc::new(),
            expected: entry.crc,
        }))
    }
}

/// Where the central directory is.
fn directory(bytes: &[u8]) -> Option<Range<usize>> {
    let from = bytes.len().saturating_sub(LONGEST_END);
    let end = from + memchr::memmem::rfind(bytes.get(from..)?, END)?;
    let (mut size, mut start) = (
        u64::from(u32_at(bytes, end + 12)?),
        u64::from(u32_at(bytes, end + 16)?),
    );
    let locator = end.checked_sub(20);
    let locator = locator.filter(|&at| bytes.get(at..at + 4) == Some(END_64_LOCATOR));
    if let Some(locator) = locator {
        let record = usize::try_from(u64_at(bytes, locator + 8)?).ok()?;
        if bytes.get(record..record.checked_add(4)?)? == END_64 {
            (size, start) = (u64_at(bytes, record + 40)?, u64_at(bytes, record + 48)?);
        }
    }
    let start = usize::try_from(start).ok()?;
    let stop = start.checked_add(usize::try_from(size).ok()?)?;
    (stop <= end).then_some(start..stop)
}

impl ZipEntry {
    /// The entry of the central directory at a byte, and the first byte behind it.
    fn read(bytes: &[u8], at: usize) -> Option<(Self, usize)> {
        if bytes.get(at..at.checked_add(4)?)? != CENTRAL {
            return None;
        }
        let length = |offset| u16_at(bytes, at + offset).map(usize::from);
        let (name_len, extra_len, comment_len) = (length(28)?, length(30)?, length(32)?);
        let name = bytes.get(at + 46..at + 46 + name_len)?;
        let extra = bytes.get(at + 46 + name_len..at + 46 + name_len + extra_len)?;
        let mut entry = Self {
            // Some old programs write backslashes.
            name: String::from_utf8_lossy(name).replace('\\', "/"),
            flags: u16_at(bytes, at + 8)?,
            method: u16_at(bytes, at + 10)?,
            crc: u32_at(bytes, at + 16)?,
            packed: u64::from(u32_at(bytes, at + 20)?),
            header: u64::from(u32_at(bytes, at + 42)?),
        };
        let unpacked = u32_at(bytes, at + 24)?;
        entry.take_zip64(extra, unpacked);
        Some((entry, at + 46 + name_len + extra_len + comment_len))
    }

    /// Sizes of more than 32 bits are in an extra field, in a fixed order, each only if it does not fit.
    fn take_zip64(&mut self, mut extra: &[u8], unpacked: u32) {
        const ZIP64: u16 = 1;
        while let (Some(id), Some(len)) = (u16_at(extra, 0), u16_at(extra, 2)) {
            let end = 4 + usize::from(len);
            let Some(field) = extra.get(4..end) else {
                return;
            };
            if id == ZIP64 {
                let mut at = if unpacked == u32::MAX { 8 } else { 0 };
                for value in [&mut self.packed, &mut self.header] {
                    if *value == u64::from(u32::MAX)
                        && let Some(long) = u64_at(field, at)
                    {
                        *value = long;
                        at += 8;
                    }
                }
                return;
            }
            extra = extra.get(end..).unwrap_or_default();
        }
    }

    fn packed_bytes<'b>(&self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let at = usize::try_from(self.header).ok()?;
        if bytes.get(at..at.checked_add(4)?)? != LOCAL {
            return None;
        }
        let length = |offset| u16_at(bytes, at + offset).map(usize::from);
        let start = at + 30 + length(26)? + length(28)?;
        bytes.get(start..start.checked_add(usize::try_from(self.packed).ok()?)?)
    }
}

/// A part while it is read. It fails if the parts unpack to more than they honestly can, and at its end if its checksum
/// is another.
pub(super) struct ZipPart<'a> {
    content: PartContent<'a>,
    left: &'a AtomicU64,
    crc: Crc,
    expected: u32,
}

enum PartContent<'a> {
    Stored(&'a [u8]),
    Deflated(Box<DeflateDecoder<&'a [u8]>>),
}

impl Read for ZipPart<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &mut self.content {
            PartContent::Stored(bytes) => bytes.read(into),
            PartContent::Deflated(bytes) => bytes.read(into),
        }?;
        let left = self.left.load(Relaxed);
        let Some(still) = left.checked_sub(read as u64) else {
            return Err(io::Error::other(PartsTooLarge));
        };
        self.left.store(still, Relaxed);
        self.crc.update(into.get(..read).unwrap_or_default());
        if read == 0 && !into.is_empty() && self.crc.sum() != self.expected {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the checksum of a part is wrong",
            ));
        }
        Ok(read)
    }
}

/// The parts of an archive unpack to more than is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartsTooLarge;

impl std::fmt::Display for PartsTooLarge {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("its parts unpack to more than dateline reads")
    }
}

impl std::error::Error for PartsTooLarge {}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(found.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(found.try_into().ok()?))
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    let found = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(found.try_into().ok()?))
}

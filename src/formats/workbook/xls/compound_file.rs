//! The container of office files of before 2007, and of encrypted ones since: [MS-CFB].

use crate::formats::zip::{u16_at, u32_at, u64_at};

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Sector numbers from here on have other meanings, such as the end of a chain.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;

const ENTRY_LEN: usize = 128;
const IS_STREAM: u8 = 2;
const IS_ROOT: u8 = 5;

/// A container in memory.
pub(in crate::formats::workbook) struct CompoundFile<'b> {
    bytes: &'b [u8],
    sector_len: usize,
    mini_sector_len: usize,
    /// Streams shorter than this are in the mini stream.
    cutoff: u64,
    /// The sector behind each.
    next: Vec<u32>,
    next_mini: Vec<u32>,
    mini_stream: Vec<u8>,
    entries: Vec<StreamEntry>,
}

struct StreamEntry {
    name: String,
    kind: u8,
    first: u32,
    len: u64,
}

impl<'b> CompoundFile<'b> {
    /// `None` if the container is damaged.
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        if !bytes.starts_with(MAGIC) {
            return None;
        }
        let len = |at| Some(1_usize << u16_at(bytes, at).filter(|&it| (4..=12).contains(&it))?);
        let mut file = Self {
            bytes,
            sector_len: len(30)?,
            mini_sector_len: len(32)?,
            cutoff: u64::from(u32_at(bytes, 56)?),
            next: Vec::new(),
            next_mini: Vec::new(),
            mini_stream: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.allocation()?;
        let entries = file.chain(u32_at(bytes, 48)?)?;
        file.entries = entries
            .chunks_exact(ENTRY_LEN)
            .filter_map(StreamEntry::read)
            .collect();
        file.next_mini = numbers(&file.chain(u32_at(bytes, 60)?)?);
        let root = file.entries.iter().find(|it| it.kind == IS_ROOT)?;
        file.mini_stream = file.chain(root.first)?;
        Some(file)
    }

    /// The sector behind each: their table is itself in sectors, whose list begins in the header.
    fn allocation(&self) -> Option<Vec<u32>> {
        let mut list: Vec<u32> = numbers(self.bytes.get(76..512)?);
        let mut more = u32_at(self.bytes, 68)?;
        let per_sector = self.sector_len / 4 - 1;
        for _ in 0..self.most_sectors() {
            let Some(sector) = self.sector(more) else {
                break;
            };
            let sectors = numbers(sector);
            list.extend(sectors.iter().take(per_sector));
            more = *sectors.get(per_sector)?;
        }
        let mut next = Vec::new();
        for sector in list.into_iter().filter(|&it| it < LAST_SECTOR) {
            next.extend(numbers(self.sector(sector)?));
            if next.len() > self.most_sectors() + self.sector_len {
                break;
            }
        }
        Some(next)
    }

    fn most_sectors(&self) -> usize {
        self.bytes.len() / self.sector_len + 1
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        if number >= LAST_SECTOR {
            return None;
        }
        let start = (number as usize + 1).checked_mul(self.sector_len)?;
        let end = (start + self.sector_len).min(self.bytes.len());
        self.bytes
            .get(start..end)
            .filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain of sectors. `None` if it leads out of the file or in a circle.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut at = first;
        for _ in 0..=self.most_sectors() {
            if at >= LAST_SECTOR {
                return Some(bytes);
            }
            bytes.extend_from_slice(self.sector(at)?);
            at = *self.next.get(at as usize)?;
        }
        None
    }

    fn mini_chain(&self, first: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut at = first;
        for _ in 0..=self.next_mini.len() {
            if at >= LAST_SECTOR {
                return Some(bytes);
            }
            let start = (at as usize).checked_mul(self.mini_sector_len)?;
            let end = (start + self.mini_sector_len).min(self.mini_stream.len());
            bytes.extend_from_slice(self.mini_stream.get(start..end)?);
            at = *self.next_mini.get(at as usize)?;
        }
        None
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|it| it.name == name)
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let of_name = |it: &&StreamEntry| it.kind == IS_STREAM && it.name == name;
        let entry = self.entries.iter().find(of_name)?;
        let mut bytes = if entry.len < self.cutoff {
            self.mini_chain(entry.first)?
        } else {
            self.chain(entry.first)?
        };
        bytes.truncate(usize::try_from(entry.len).ok()?);
        Some(bytes)
    }
}

impl StreamEntry {
    fn read(bytes: &[u8]) -> Option<Self> {
        // In bytes, with the NUL at the end of the name.
        let len = usize::from(u16_at(bytes, 64)?).min(64);
        let units = bytes.get(..len.saturating_sub(2))?;
        let units = units.chunks_exact(2).filter_map(|unit| u16_at(unit, 0));
        Some(Self {
            name: char::decode_utf16(units).filter_map(Result::ok).collect(),
            kind: *bytes.get(66)?,
            first: u32_at(bytes, 116)?,
            // In files with short sectors the upper half is anything.
            len: u64_at(bytes, 120)? & u64::from(u32::MAX),
        })
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let numbers = bytes.chunks_exact(4).filter_map(|it| u32_at(it, 0));
    numbers.collect()
}

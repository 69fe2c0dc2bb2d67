//! The records of an XLS workbook ([MS-XLS], BIFF8), and the texts in them.

use crate::formats::zip::{u16_at, u32_at};

pub(super) const BOF: u16 = 0x0809;
pub(super) const EOF: u16 = 0x000A;
pub(super) const CONTINUE: u16 = 0x003C;
pub(super) const FILE_PASS: u16 = 0x002F;
pub(super) const DATE_1904: u16 = 0x0022;
pub(super) const FORMAT: u16 = 0x041E;
pub(super) const XF: u16 = 0x00E0;
pub(super) const BOUND_SHEET: u16 = 0x0085;
pub(super) const SST: u16 = 0x00FC;
pub(super) const ROW: u16 = 0x0208;
pub(super) const FILTER_MODE: u16 = 0x009B;
pub(super) const MERGE_CELLS: u16 = 0x00E5;
pub(super) const NUMBER: u16 = 0x0203;
pub(super) const RK: u16 = 0x027E;
pub(super) const MUL_RK: u16 = 0x00BD;
pub(super) const LABEL_SST: u16 = 0x00FD;
pub(super) const LABEL: u16 = 0x0204;
pub(super) const BOOL_ERR: u16 = 0x0205;
pub(super) const FORMULA: u16 = 0x0006;
pub(super) const STRING: u16 = 0x0207;

/// A record and the records that continue it.
pub(super) struct Record<'b> {
    pub kind: u16,
    /// Its bytes, and those of each continuation.
    pub parts: Vec<&'b [u8]>,
}

impl Record<'_> {
    pub fn bytes(&self) -> &[u8] {
        self.parts.first().copied().unwrap_or_default()
    }
}

/// The records from a byte on, up to the end of the stream or the first that breaks off.
pub(super) struct Records<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Records<'b> {
    pub const fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    fn one(&mut self) -> Option<(u16, &'b [u8])> {
        let kind = u16_at(self.bytes, self.at)?;
        let len = usize::from(u16_at(self.bytes, self.at + 2)?);
        let data = self.bytes.get(self.at + 4..self.at + 4 + len)?;
        self.at += 4 + len;
        Some((kind, data))
    }
}

impl<'b> Iterator for Records<'b> {
    type Item = Record<'b>;

    fn next(&mut self) -> Option<Record<'b>> {
        let (kind, data) = self.one()?;
        let mut record = Record {
            kind,
            parts: vec![data],
        };
        while u16_at(self.bytes, self.at) == Some(CONTINUE) {
            let Some((_, data)) = self.one() else {
                break;
            };
            record.parts.push(data);
        }
        Some(record)
    }
}

/// Reads numbers and texts across the parts of a record.
pub(super) struct PartsReader<'r, 'b> {
    parts: &'r [&'b [u8]],
    part: usize,
    at: usize,
}

const IS_WIDE: u8 = 1;
const HAS_PHONETIC: u8 = 4;
const HAS_RUNS: u8 = 8;

impl<'r, 'b> PartsReader<'r, 'b> {
    pub const fn new(parts: &'r [&'b [u8]], at: usize) -> Self {
        Self { parts, part: 0, at }
    }

    /// Moves to the next part if this one is at its end. `None` at the end of all.
    fn rest(&mut self) -> Option<&'b [u8]> {
        loop {
            let rest = self.parts.get(self.part)?.get(self.at..)?;
            if !rest.is_empty() {
                return Some(rest);
            }
            (self.part, self.at) = (self.part + 1, 0);
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn number(&mut self, len: usize) -> Option<u32> {
        let mut number = 0;
        for shift in 0..len {
            number |= u32::from(self.byte()?) << (8 * shift);
        }
        Some(number)
    }

    fn skip(&mut self, mut len: usize) -> Option<()> {
        while len > 0 {
            let step = self.rest()?.len().min(len);
            self.at += step;
            len -= step;
        }
        Some(())
    }

    /// A text whose length, in characters, is written in `len_bytes` bytes.
    pub fn text(&mut self, len_bytes: usize) -> Option<String> {
        let mut left = self.number(len_bytes)? as usize;
        let flags = self.byte()?;
        let runs = if flags & HAS_RUNS == 0 {
            0
        } else {
            self.number(2)?
        };
        let phonetic = if flags & HAS_PHONETIC == 0 {
            0
        } else {
            self.number(4)?
        };
        let mut units: Vec<u16> = Vec::new();
        let mut is_wide = flags & IS_WIDE != 0;
        let mut part = self.part;
        while left > 0 {
            self.rest()?;
            // A continuation says again how wide its characters are.
            if self.part != part {
                is_wide = self.byte()? & IS_WIDE != 0;
                self.rest()?;
                part = self.part;
            }
            let width = if is_wide { 2 } else { 1 };
            let rest = self.rest()?;
            let count = (rest.len() / width).min(left);
            if count == 0 {
                return None;
            }
            let taken = rest.get(..count * width)?;
            if is_wide {
                units.extend(taken.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)));
            } else {
                units.extend(taken.iter().map(|&byte| u16::from(byte)));
            }
            self.at += count * width;
            left -= count;
        }
        self.skip(runs as usize * 4)?;
        self.skip(phonetic as usize)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// The number in four bytes: an integer or the upper half of a float, and perhaps a hundred times it.
pub(super) fn number_of_rk(rk: u32) -> f64 {
    const IS_HUNDREDFOLD: u32 = 1;
    const IS_INTEGER: u32 = 2;
    let number = if rk & IS_INTEGER == 0 {
        f64::from_bits(u64::from(rk & !3) << 32)
    } else {
        f64::from(rk.cast_signed() >> 2)
    };
    if rk & IS_HUNDREDFOLD == 0 {
        number
    } else {
        number / 100.0
    }
}

/// The number in eight bytes.
pub(super) fn float_at(bytes: &[u8], at: usize) -> Option<f64> {
    let (low, high) = (u32_at(bytes, at)?, u32_at(bytes, at + 4)?);
    Some(f64::from_bits(u64::from(high) << 32 | u64::from(low)))
}

/// The error of a cell, as it shows it.
pub(super) const fn error_of(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_part_with_another_width() {
        let parts: [&[u8]; 3] = [
            &[5, 0, 0, b'a', b'b'],
            &[1, b'c', 0, 0x3C, 0x04],
            &[0, b'e', 9],
        ];
        let mut reader = PartsReader::new(&parts, 0);
        assert_eq!(reader.text(2).as_deref(), Some("abcмe"));
        assert_eq!(reader.byte(), Some(9));
        assert_eq!(reader.text(2), None);
    }

    #[test]
    fn a_short_number_is_an_integer_or_a_float() {
        assert_eq!(number_of_rk(44409 << 2 | 2).to_string(), "44409");
        assert_eq!(number_of_rk(12345 << 2 | 3).to_string(), "123.45");
        let high = u32::try_from(1.5_f64.to_bits() >> 32).expect("it has 32 bits");
        assert_eq!(number_of_rk(high).to_string(), "1.5");
    }
}

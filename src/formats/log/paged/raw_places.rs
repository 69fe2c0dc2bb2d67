//! Where a text lies in the bytes of its file, if some of them are not UTF-8.

/// The bytes of the file for each place of a text.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct RawPlaces {
    start: u64,
    /// Places in the text behind repaired bytes, each with its byte of the file.
    repairs: Vec<(usize, u64)>,
}

/// The places in the repaired text behind each repair, with those in these bytes.
pub(in super::super) fn repairs(bytes: &[u8]) -> Vec<(usize, u64)> {
    let (mut text, mut raw, mut repairs) = (0, 0, Vec::new());
    for chunk in bytes.utf8_chunks() {
        text += chunk.valid().len();
        raw += chunk.valid().len() + chunk.invalid().len();
        if !chunk.invalid().is_empty() {
            text += char::REPLACEMENT_CHARACTER.len_utf8();
            repairs.push((text, raw as u64));
        }
    }
    repairs
}

impl RawPlaces {
    /// The places of a text that begins at a byte of the file. `repairs` count from there.
    pub fn new(start: u64, repairs: &[(usize, u64)]) -> Self {
        let repairs = repairs.iter().map(|&(text, raw)| (text, start + raw));
        Self {
            start,
            repairs: repairs.collect(),
        }
    }

    /// The byte of the file at a place in the text.
    pub fn of(&self, text: usize) -> u64 {
        let before = self.repairs.partition_point(|&(at, _)| at <= text);
        let before = before.checked_sub(1).and_then(|at| self.repairs.get(at));
        let (at, raw) = before.copied().unwrap_or((0, self.start));
        raw + (text - at) as u64
    }

    /// The places of the rest of the text.
    pub fn behind(&self, text: usize) -> Self {
        let later = self.repairs.iter().filter(|&&(at, _)| at > text);
        Self {
            start: self.of(text),
            repairs: later.map(|&(at, raw)| (at - text, raw)).collect(),
        }
    }

    /// Adds a text behind one of `len` bytes.
    pub fn append(&mut self, len: usize, other: &Self) {
        self.repairs.push((len, other.start));
        let others = other.repairs.iter().map(|&(at, raw)| (len + at, raw));
        self.repairs.extend(others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_of_a_repaired_text_has_its_byte() {
        let bytes = b"a\xFFb\xC3\n\xE2\x82c";
        let repaired = String::from_utf8_lossy(bytes);
        let places = RawPlaces::new(100, &repairs(bytes));
        for (sign, raw) in [('a', 0), ('b', 2), ('\n', 4), ('c', 7)] {
            let at = repaired.find(sign).expect("it is there");
            assert_eq!(places.of(at), 100 + raw, "{sign:?}");
            assert_eq!(places.behind(at).of(0), 100 + raw, "{sign:?}");
        }
        let line = repaired.find('\n').expect("a line break") + 1;
        let mut joined = places.behind(line);
        joined.append(repaired.len() - line, &RawPlaces::new(300, &[(3, 1)]));
        assert_eq!(joined.of(repaired.len() - line - 1), 107);
        assert_eq!(joined.of(repaired.len() - line), 300);
        assert_eq!(joined.of(repaired.len() - line + 3), 301);
    }
}

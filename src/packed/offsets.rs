//! Offsets that never decrease, such as where each line of a text begins.

use super::numbers::NarrowNumbers;

/// How many offsets have one of them stored whole.
const BLOCK: usize = 64;

/// Offsets that never decrease. The distance of each to the one before takes as many bytes as the largest distance needs,
/// and none while all distances are alike. The first distance is that to 0.
#[derive(Clone, Debug, Default)]
pub struct Offsets {
    /// How many there are.
    len: usize,
    last: usize,
    distances: Distances,
}

#[derive(Clone, Debug)]
enum Distances {
    Alike(usize),
    Each {
        distances: NarrowNumbers,
        /// The offset before each block.
        before: Vec<usize>,
    },
}

impl Default for Distances {
    fn default() -> Self {
        Self::Alike(0)
    }
}

impl PartialEq for Offsets {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.last == other.last && self.iter().eq(other.iter())
    }
}

impl Eq for Offsets {}

impl Extend<usize> for Offsets {
    fn extend<I: IntoIterator<Item = usize>>(&mut self, offsets: I) {
        offsets.into_iter().for_each(|offset| self.push(offset));
    }
}

impl FromIterator<usize> for Offsets {
    fn from_iter<I: IntoIterator<Item = usize>>(offsets: I) -> Self {
        let mut all = Self::default();
        all.extend(offsets);
        all
    }
}

impl Offsets {
    /// Adds an offset that is not less than the last.
    #[inline]
    pub fn push(&mut self, offset: usize) {
        debug_assert!(self.last <= offset, "offsets never decrease");
        let distance = offset - self.last;
        if let Distances::Each { distances, before } = &mut self.distances {
            if distances.len().is_multiple_of(BLOCK) {
                before.push(self.last);
            }
            distances.push(distance);
        } else {
            self.push_alike(distance);
        }
        self.len += 1;
        self.last = offset;
    }

    fn push_alike(&mut self, distance: usize) {
        match self.distances {
            Distances::Alike(known) if known == distance => {}
            Distances::Alike(_) if self.len == 0 => self.distances = Distances::Alike(distance),
            Distances::Alike(known) => {
                let mut distances = NarrowNumbers::default();
                distances.repeat(known, self.len);
                distances.push(distance);
                let blocks = distances.len().div_ceil(BLOCK);
                let before = (0..blocks).map(|block| block * BLOCK * known).collect();
                self.distances = Distances::Each { distances, before };
            }
            Distances::Each { .. } => {}
        }
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The last one; 0 if there are none.
    pub const fn last(&self) -> usize {
        self.last
    }

    /// An offset; `None` if it does not exist.
    #[inline]
    pub fn get(&self, at: usize) -> Option<usize> {
        if at >= self.len {
            return None;
        }
        Some(match &self.distances {
            Distances::Alike(distance) => distance * (at + 1),
            Distances::Each { distances, before } => {
                let block = at / BLOCK;
                before[block] + distances.slice(block * BLOCK..at + 1).sum()
            }
        })
    }

    /// How many of them are not greater than a limit.
    pub fn count_up_to(&self, limit: usize) -> usize {
        match &self.distances {
            _ if self.last <= limit => self.len,
            Distances::Alike(distance) => limit / distance,
            Distances::Each { distances, before } => {
                let blocks = before.partition_point(|&before| before <= limit);
                let block = blocks.saturating_sub(1);
                let from = block * BLOCK;
                let mut offset = before[block];
                let of_block = distances.slice(from..self.len.min(from + BLOCK));
                let counted = of_block.iter().take_while(|distance| {
                    offset += distance;
                    offset <= limit
                });
                from + counted.count()
            }
        }
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = usize> + '_ {
        self.iter_from(0)
    }

    /// Those from a number on, in order.
    pub fn iter_from(&self, at: usize) -> impl ExactSizeIterator<Item = usize> + '_ {
        let at = at.min(self.len);
        let mut offset = at.checked_sub(1).and_then(|at| self.get(at)).unwrap_or(0);
        (at..self.len).map(move |at| {
            offset += match &self.distances {
                Distances::Alike(distance) => *distance,
                Distances::Each { distances, .. } => distances.get(at).unwrap_or_default(),
            };
            offset
        })
    }

    /// Releases unused capacity.
    pub fn shrink(&mut self) {
        if let Distances::Each { distances, before } = &mut self.distances {
            distances.shrink();
            before.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(all: &[usize]) {
        let offsets: Offsets = all.iter().copied().collect();
        assert_eq!(offsets.iter().collect::<Vec<_>>(), all);
        assert_eq!(offsets.len(), all.len());
        assert_eq!(offsets.last(), all.last().copied().unwrap_or(0));
        for (at, &offset) in all.iter().enumerate() {
            assert_eq!(offsets.get(at), Some(offset), "{at}");
            let rest: Vec<usize> = offsets.iter_from(at).collect();
            assert_eq!(rest, all[at..], "{at}");
            for limit in [offset.saturating_sub(1), offset, offset + 1] {
                let expected = all.partition_point(|&it| it <= limit);
                assert_eq!(offsets.count_up_to(limit), expected, "{limit}");
            }
        }
        assert_eq!(offsets.get(all.len()), None);
        assert_eq!(offsets.iter_from(all.len() + 1).len(), 0);
        assert_eq!(
            offsets.count_up_to(0),
            all.iter().filter(|&&it| it == 0).count()
        );
    }

    #[test]
    fn offsets_are_what_was_added() {
        check(&[]);
        check(&[0, 0, 0]);
        check(&[7, 14, 21]);
        check(&[0, 0, 3, 3, 10]);
        for distance in [0, 1, 250] {
            let alike: Vec<usize> = (1..300).map(|at| at * distance).collect();
            check(&alike);
            let mut uneven = alike.clone();
            let last = 300 * distance;
            uneven.extend((0..300).map(|at| last + at * at));
            check(&uneven);
            uneven.extend([1 << 33, (1 << 33) + 1, (1 << 40) + 5]);
            check(&uneven);
        }
    }

    #[test]
    fn alike_distances_take_no_memory() {
        let offsets: Offsets = (1..1000).map(|at| at * 3).collect();
        assert!(matches!(offsets.distances, Distances::Alike(3)));
    }

    #[test]
    fn offsets_are_equal_however_they_are_stored() {
        let even: Offsets = [2, 4, 6].into_iter().collect();
        let mut other: Offsets = [2, 4].into_iter().collect();
        assert_ne!(even, other);
        other.push(6);
        assert_eq!(even, other);
    }
}

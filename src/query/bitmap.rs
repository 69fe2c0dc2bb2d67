//! A set of rows: one bit each, 64 rows at a time.

/// How many rows one word holds.
pub(super) const WORD: usize = 64;

/// A set of the rows of one timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bitmap {
    words: Vec<u64>,
    rows: usize,
}

impl Bitmap {
    /// The empty set of `rows` rows.
    pub fn none(rows: usize) -> Self {
        Self {
            words: vec![0; rows.div_ceil(WORD)],
            rows,
        }
    }

    /// The full set of `rows` rows.
    pub fn all(rows: usize) -> Self {
        let words = vec![u64::MAX; rows.div_ceil(WORD)];
        Self { words, rows }.trimmed()
    }

    /// The rows that pass a test.
    pub fn of(rows: usize, mut test: impl FnMut(usize) -> bool) -> Self {
        Self::of_words(rows, |first, count| {
            (0..count).fold(0, |word, bit| word | u64::from(test(first + bit)) << bit)
        })
    }

    /// Rows given as words: the function gets the first row of a word and its number of rows.
    pub(super) fn of_words(rows: usize, mut word: impl FnMut(usize, usize) -> u64) -> Self {
        let firsts = (0..rows).step_by(WORD);
        let words = firsts.map(|first| word(first, WORD.min(rows - first)));
        Self {
            words: words.collect(),
            rows,
        }
    }

    /// How many rows the timeline has.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows are in the set.
    pub fn count(&self) -> usize {
        let ones = self.words.iter().map(|word| word.count_ones() as usize);
        ones.sum()
    }

    /// Whether no row is in the set.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Whether a row is in the set; a row that does not exist is not.
    pub fn contains(&self, row: usize) -> bool {
        let word = self.words.get(row / WORD).copied().unwrap_or_default();
        word >> (row % WORD) & 1 == 1
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If the row does not exist.
    pub fn insert(&mut self, row: usize) {
        assert!(row < self.rows, "row {row} of {}", self.rows);
        self.words[row / WORD] |= 1 << (row % WORD);
    }

    /// Adds or removes a row.
    ///
    /// # Panics
    /// If the row does not exist.
    pub(super) fn set(&mut self, row: usize, is_in: bool) {
        if is_in {
            self.insert(row);
        } else {
            assert!(row < self.rows, "row {row} of {}", self.rows);
            self.words[row / WORD] &= !(1 << (row % WORD));
        }
    }

    /// The rows of the set, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        let words = self.words.iter().enumerate();
        words.flat_map(|(index, &word)| SetBits(word).map(move |bit| index * WORD + bit))
    }

    /// Keeps the rows in both sets.
    pub fn intersect(&mut self, other: &Self) {
        self.combine(other, |own, theirs| own & theirs);
    }

    /// Adds the rows of the other set.
    pub fn unite(&mut self, other: &Self) {
        self.combine(other, |own, theirs| own | theirs);
    }

    /// Removes the rows of the other set.
    pub fn subtract(&mut self, other: &Self) {
        self.combine(other, |own, theirs| own & !theirs);
    }

    /// The rows that are not in the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        let words = self.words.iter().map(|word| !word).collect();
        Self {
            words,
            rows: self.rows,
        }
        .trimmed()
    }

    /// Whether every row of this set is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        let pairs = self.words.iter().zip(&other.words);
        self.rows == other.rows && pairs.into_iter().all(|(own, theirs)| own & !theirs == 0)
    }

    /// The words of the set: bit `n` of word `m` is row `64 m + n`.
    pub(super) fn words(&self) -> &[u64] {
        &self.words
    }

    fn combine(&mut self, other: &Self, join: impl Fn(u64, u64) -> u64) {
        debug_assert_eq!(self.rows, other.rows, "sets of one timeline");
        for (own, theirs) in self.words.iter_mut().zip(&other.words) {
            *own = join(*own, *theirs);
        }
    }

    /// Clears the bits beyond the last row: counts depend on it.
    fn trimmed(mut self) -> Self {
        let used = self.rows % WORD;
        if let Some(last) = self.words.last_mut().filter(|_| used > 0) {
            *last &= (1 << used) - 1;
        }
        self
    }
}

/// The bits of a word that are set, from the lowest.
pub(super) fn ones(word: u64) -> impl Iterator<Item = usize> {
    SetBits(word)
}

struct SetBits(u64);

impl Iterator for SetBits {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bit = (self.0 != 0).then(|| self.0.trailing_zeros() as usize)?;
        self.0 &= self.0 - 1;
        Some(bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_in_order_across_words() {
        let set = Bitmap::of(200, |row| row % 63 == 0);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 126, 189]);
        assert_eq!(set.count(), 4);
        assert!(set.contains(126) && !set.contains(127) && !set.contains(1000));
    }

    #[test]
    fn the_last_word_counts_only_rows_that_exist() {
        for rows in [0, 1, 63, 64, 65, 130] {
            assert_eq!(Bitmap::all(rows).count(), rows);
            assert_eq!(Bitmap::none(rows).complement(), Bitmap::all(rows));
            assert!(Bitmap::all(rows).complement().is_empty());
        }
    }

    #[test]
    fn sets_combine_as_sets_do() {
        let even = Bitmap::of(100, |row| row % 2 == 0);
        let third = Bitmap::of(100, |row| row % 3 == 0);
        let mut both = even.clone();
        both.intersect(&third);
        assert_eq!(both, Bitmap::of(100, |row| row % 6 == 0));
        assert!(both.is_subset(&even) && !even.is_subset(&both));
        let mut rest = even.clone();
        rest.subtract(&both);
        rest.unite(&both);
        assert_eq!(rest, even);
    }
}

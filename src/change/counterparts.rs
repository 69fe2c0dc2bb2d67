//! Which item of one timeline is which item of the other.

use std::collections::BTreeMap;

/// Items of two lists, by their index: the pairs that were found, and those without a counterpart.
#[derive(Debug)]
pub(super) struct Counterparts {
    /// The older and the newer item.
    pub pairs: Vec<(usize, usize)>,
    /// Only in the older timeline.
    pub withdrawn: Vec<usize>,
    /// Only in the newer timeline.
    pub new: Vec<usize>,
}

impl Counterparts {
    /// None is paired.
    pub fn none(old: usize, new: usize) -> Self {
        Self {
            pairs: Vec::new(),
            withdrawn: (0..old).collect(),
            new: (0..new).collect(),
        }
    }

    /// Pairs the remaining items whose key is unique on both sides. Items without a key stay.
    #[must_use]
    pub fn by<K: Ord>(
        mut self,
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
    ) -> Self {
        let mut keys: BTreeMap<K, [Unique; 2]> = BTreeMap::new();
        for &item in &self.withdrawn {
            if let Some(key) = old_key(item) {
                keys.entry(key).or_default()[0].add(item);
            }
        }
        for &item in &self.new {
            if let Some(key) = new_key(item) {
                keys.entry(key).or_default()[1].add(item);
            }
        }
        let pairs = keys
            .into_values()
            .filter_map(|[old, new]| match (old, new) {
                (Unique::One(old), Unique::One(new)) => Some((old, new)),
                _ => None,
            });
        self.take(pairs.collect());
        self
    }

    /// Pairs the remaining items with equal keys in the order of the lists: for keys that leave no difference to see.
    #[must_use]
    pub fn in_order<K: Ord>(
        mut self,
        old_key: impl Fn(usize) -> K,
        new_key: impl Fn(usize) -> K,
    ) -> Self {
        let mut keys: BTreeMap<K, [Vec<usize>; 2]> = BTreeMap::new();
        for &item in &self.withdrawn {
            keys.entry(old_key(item)).or_default()[0].push(item);
        }
        for &item in &self.new {
            keys.entry(new_key(item)).or_default()[1].push(item);
        }
        let pairs = keys
            .into_values()
            .flat_map(|[old, new]| old.into_iter().zip(new));
        self.take(pairs.collect());
        self
    }

    /// Moves pairs out of the items without a counterpart.
    pub fn take(&mut self, pairs: Vec<(usize, usize)>) {
        let old: std::collections::BTreeSet<_> = pairs.iter().map(|pair| pair.0).collect();
        let new: std::collections::BTreeSet<_> = pairs.iter().map(|pair| pair.1).collect();
        self.withdrawn.retain(|item| !old.contains(item));
        self.new.retain(|item| !new.contains(item));
        self.pairs.extend(pairs);
    }

    /// The newer counterpart of each older item.
    pub fn of_old(&self, count: usize) -> Vec<Option<usize>> {
        let mut all = vec![None; count];
        for &(old, new) in &self.pairs {
            if let Some(slot) = all.get_mut(old) {
                *slot = Some(new);
            }
        }
        all
    }
}

/// The only item of a key.
#[derive(Clone, Copy, Debug, Default)]
enum Unique {
    #[default]
    None,
    One(usize),
    Several,
}

impl Unique {
    fn add(&mut self, item: usize) {
        *self = match self {
            Self::None => Self::One(item),
            Self::One(_) | Self::Several => Self::Several,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_that_are_unique_on_both_sides_make_pairs() {
        let old = ["a", "b", "b", "c", ""];
        let new = ["b", "a", "c", "c", ""];
        let key = |word: &'static str| Some(word).filter(|word| !word.is_empty());
        let found = Counterparts::none(5, 5).by(|at| key(old[at]), |at| key(new[at]));
        assert_eq!(found.pairs, [(0, 1)]);
        assert_eq!(found.withdrawn, [1, 2, 3, 4]);
        assert_eq!(found.new, [0, 2, 3, 4]);
        assert_eq!(found.of_old(2), [Some(1), None]);
        let found = found.in_order(|at| old[at], |at| new[at]);
        assert_eq!(found.pairs, [(0, 1), (4, 4), (1, 0), (3, 2)]);
        assert_eq!((found.withdrawn, found.new), (vec![2], vec![3]));
    }
}

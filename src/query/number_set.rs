//! A set of entities, sources or words, by number.

/// A set of entities, sources or words, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberSet(Vec<bool>);

impl NumberSet {
    /// The items that pass a test, in the order of their numbers.
    pub fn of<T>(all: impl Iterator<Item = T>, test: impl FnMut(T) -> bool) -> Self {
        Self(all.map(test).collect())
    }

    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize).copied().unwrap_or_default()
    }

    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// The union of both sets.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), false);
        for (own, theirs) in self.0.iter_mut().zip(&other.0) {
            *own |= theirs;
        }
        self
    }
}

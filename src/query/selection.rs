//! Which entities, sources or words are wanted, by their numbers.

/// Which numbers of entities, sources or words are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection(Vec<bool>);

impl Selection {
    /// Those that pass a test, in the order of their numbers.
    pub fn of<T>(all: impl Iterator<Item = T>, test: impl FnMut(T) -> bool) -> Self {
        Self(all.map(test).collect())
    }

    /// Whether a number is wanted.
    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize).copied().unwrap_or_default()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// Those of either.
    #[must_use]
    pub fn or(mut self, other: &Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), false);
        for (own, theirs) in self.0.iter_mut().zip(&other.0) {
            *own |= theirs;
        }
        self
    }
}

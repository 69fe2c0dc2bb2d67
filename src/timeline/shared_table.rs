//! A table that timelines share until one of them changes it: a timeline with other marks is not another copy of a million
//! events.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SharedTable<T>(Arc<T>);

impl<T> Deref for SharedTable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Copies the table first, if another timeline has it too.
impl<T: Clone> DerefMut for SharedTable<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::make_mut(&mut self.0)
    }
}

impl<T> SharedTable<T> {
    /// The table, unless another timeline has it too.
    pub fn unshared(&mut self) -> Option<&mut T> {
        Arc::get_mut(&mut self.0)
    }

    /// Whether both have one table.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> From<T> for SharedTable<T> {
    fn from(table: T) -> Self {
        Self(Arc::new(table))
    }
}

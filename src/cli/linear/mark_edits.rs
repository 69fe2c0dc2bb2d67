//! The edits of marks in a conversation, and what undoes them.

use crate::timeline::{EventId, ItemEdit, MarkEdit};

/// The edits of marks in a conversation.
#[derive(Debug)]
pub(super) struct MarkEdits {
    pub is_possible: bool,
    /// Edits that are still to be taken and written.
    pub unsaved: Vec<ItemEdit>,
    /// What undoes each edit, the last one at the end.
    pub undoing: Vec<(EventId, MarkEdit)>,
}

impl MarkEdits {
    pub fn new(is_possible: bool) -> Self {
        Self {
            is_possible,
            unsaved: Vec::new(),
            undoing: Vec::new(),
        }
    }
}

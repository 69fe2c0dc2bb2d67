//! Events by their numbers, and the ties between them.

use super::term::LinkKind;

/// An event of one timeline: its row in the order of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// A tie between two events, as one of the two sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other event.
    pub to: EventId,
    /// What ties them.
    pub kind: LinkKind,
    /// Whether the other event carries the link.
    pub reversed: bool,
}

impl Link {
    /// The tie as it reads from this event to the other.
    pub const fn reads(self) -> &'static str {
        if self.reversed {
            self.kind.backward()
        } else {
            self.kind.forward()
        }
    }
}

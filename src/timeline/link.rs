//! Ids of events, and links between events.

use super::term::LinkKind;

/// An event of one timeline: its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// A link between two events, as seen from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventLink {
    /// The other event.
    pub to: EventId,
    pub kind: LinkKind,
    /// Whether the other event carries the link.
    pub reversed: bool,
}

impl EventLink {
    /// The link as it reads from this event.
    pub const fn reads(self) -> &'static str {
        if self.reversed {
            self.kind.backward()
        } else {
            self.kind.forward()
        }
    }
}

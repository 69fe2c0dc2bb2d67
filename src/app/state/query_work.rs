//! Work on another thread that takes longer than a moment.

/// The work of another thread, and its progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryWork {
    pub kind: QueryKind,
    /// From 0 to 99; `None` if the progress is unknown.
    pub percent: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryKind {
    Filter,
    /// A filter, and the events of each value of each field.
    Facets,
    Search,
    Completion,
    /// The screens of another timeline: another day, another baseline, or other files.
    Swap,
}

impl QueryKind {
    /// In words, for the header.
    pub const fn doing(self) -> &'static str {
        match self {
            Self::Filter => "filtering",
            Self::Facets => "counting",
            Self::Search => "searching",
            Self::Completion => "completing",
            Self::Swap => "preparing",
        }
    }
}

//! Modes: the parts of the program that take the keys.

/// The part of the program that takes the keys. A command names the modes in which it can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    List,
    Detail,
    Page,
    Help,
    Palette,
    Search,
    /// The findings about the files and the settings.
    Problems,
    Filter,
    Facets,
    /// The line that finds a value of the facets.
    Find,
    Matrix,
    /// Choosing a range of time.
    Range,
    /// Lines to copy into the file.
    Stub,
    /// The lines that a promotion adds to a file.
    Promotion,
    /// A query for an engine of another program.
    Query,
    /// The line in which a note or a tag is typed.
    Mark,
    /// The slider of days.
    AsOf,
    /// The line in which a day is typed.
    Day,
    /// The line in which a version to compare with is typed.
    Baseline,
    Scene,
    Follower,
}

impl Mode {
    pub const ALL: &'static [Self] = &[
        Self::List,
        Self::Detail,
        Self::Page,
        Self::Scene,
        Self::Follower,
        Self::Help,
        Self::Palette,
        Self::Search,
        Self::Problems,
        Self::Filter,
        Self::Facets,
        Self::Find,
        Self::Matrix,
        Self::Range,
        Self::AsOf,
        Self::Day,
        Self::Baseline,
        Self::Stub,
        Self::Promotion,
        Self::Query,
        Self::Mark,
    ];

    /// Whether characters are inserted into a line.
    pub const fn is_typed_in(self) -> bool {
        matches!(
            self,
            Self::Help
                | Self::Palette
                | Self::Search
                | Self::Filter
                | Self::Find
                | Self::Day
                | Self::Baseline
                | Self::Mark
        )
    }

    /// The name in the title of the help.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Detail => "detail",
            Self::Page => "page",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Search => "search",
            Self::Problems => "findings",
            Self::Filter => "filter",
            Self::Facets => "facets",
            Self::Find => "find a value",
            Self::Matrix => "matrix",
            Self::Range => "range",
            Self::Stub => "lines to paste",
            Self::Promotion => "promotion",
            Self::Query => "query",
            Self::Mark => "mark",
            Self::AsOf => "as of",
            Self::Day => "day",
            Self::Baseline => "baseline",
            Self::Scene => "scene",
            Self::Follower => "follower",
        }
    }
}

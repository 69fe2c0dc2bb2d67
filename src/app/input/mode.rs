//! Where the keys go.

/// Where the keys go: a command names the modes in which it can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// The list of the timeline screen.
    List,
    /// The detail beside or below the list.
    Detail,
    /// A document on a screen of its own.
    Page,
    /// The help overlay.
    Help,
    /// The palette overlay.
    Palette,
    /// The search prompt.
    Search,
    /// The overlay that lists what is wrong with the file.
    Problems,
    /// The filter prompt.
    Filter,
    /// The facets pane.
    Facets,
    /// The matrix of confidence.
    Matrix,
    /// Choosing a stretch of time.
    Range,
    /// Lines to copy.
    Stub,
    /// Choosing the day as of which all is shown.
    AsOf,
    /// The line into which such a day is typed.
    Day,
    /// A scene of the briefing.
    Scene,
    /// The screen of a follower of the briefing.
    Follower,
}

impl Mode {
    /// Every mode.
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
        Self::Matrix,
        Self::Range,
        Self::AsOf,
        Self::Day,
        Self::Stub,
    ];

    /// Whether characters are typed into a line there.
    pub const fn is_typed_in(self) -> bool {
        matches!(
            self,
            Self::Palette | Self::Search | Self::Filter | Self::Day
        )
    }

    /// Its name, as the help heads its keys.
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
            Self::Matrix => "matrix",
            Self::Range => "range",
            Self::Stub => "lines to paste",
            Self::AsOf => "as of",
            Self::Day => "day",
            Self::Scene => "scene",
            Self::Follower => "follower",
        }
    }
}

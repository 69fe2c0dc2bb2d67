//! The themes by name. How each of them looks is known in `ui`.

/// The colours and shapes of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// For a dark background.
    #[default]
    Dark,
    /// For a light background.
    Light,
    /// Strong colours on the terminal's own background.
    Contrast,
    /// Without colour: bold, italic, underlined and reversed.
    Mono,
    /// For tests: the colour of a cell is the number of its role.
    Roles,
}

impl Theme {
    /// Every theme that a person may want.
    pub const ALL: &'static [Self] = &[Self::Dark, Self::Light, Self::Contrast, Self::Mono];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Contrast => "contrast",
            Self::Mono => "mono",
            Self::Roles => "roles",
        }
    }

    /// What it is made for.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Dark => "for a dark background",
            Self::Light => "for a light background",
            Self::Contrast => "strong colours, for a projector",
            Self::Mono => "without colour",
            Self::Roles => "for tests",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|theme| theme.as_str() == name)
    }

    /// The next one in the order of [`Self::ALL`]; after the last comes the first.
    #[must_use]
    pub fn next(self) -> Self {
        let mut later = Self::ALL.iter().copied().skip_while(|it| *it != self);
        later.nth(1).unwrap_or_default()
    }
}

//! Notices: one line to the user at the bottom of the screen.

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line; control characters are made visible when it is drawn.
    pub text: String,
    /// Whether something went wrong.
    pub is_error: bool,
}

impl Notice {
    /// About something that went as it should.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_error: false,
        }
    }

    /// About something that went wrong.
    pub fn error(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_error: true,
        }
    }

    /// Both notices on one line.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self {
            text: format!("{}. {}", self.text, other.text),
            is_error: self.is_error || other.is_error,
        }
    }
}

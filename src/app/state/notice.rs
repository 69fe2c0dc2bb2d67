//! Notices: one line for the user at the bottom of the screen.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// One line. Control characters are made visible when it is drawn.
    pub text: String,
    pub is_error: bool,
}

impl Notice {
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            is_error: false,
        }
    }

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

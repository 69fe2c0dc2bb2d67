//! The values of a term and how they are compared.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ComparisonOperator {
    /// `:` or `=`
    Is,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl ComparisonOperator {
    /// Every operator; longer ones come before their prefixes.
    pub const ALL: &'static [(&'static str, Self)] = &[
        (":", Self::Is),
        ("=", Self::Is),
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
    ];

    /// The spelling in a filter.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether the comparison holds between two values.
    pub(super) fn compares<T: PartialOrd>(self, own: &T, wanted: &T) -> bool {
        match self {
            Self::Is => own == wanted,
            Self::Less => own < wanted,
            Self::AtMost => own <= wanted,
            Self::More => own > wanted,
            Self::AtLeast => own >= wanted,
        }
    }
}

/// A value of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterValue {
    /// The text, without its quotation marks.
    pub text: String,
    pub form: ValueForm,
    /// The byte range.
    pub range: Range<usize>,
    /// Whether the value is one piece, all or none of it in quotation marks: only then are the places of its parts
    /// known.
    pub is_one_piece: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueForm {
    /// Words; a star matches anything.
    Plain,
    /// Words in quotation marks: a star is a star.
    Quoted,
    /// A single `*`: any value at all.
    Any,
    /// `event(id)`: the date of another event.
    Event,
}

impl FilterValue {
    /// The byte range of a part of the text; that of the whole value if escapes hide it.
    pub(super) fn part(&self, inner: &Range<usize>) -> Range<usize> {
        let mark = match self.range.len().checked_sub(self.text.len()) {
            Some(0) => 0,
            Some(2) if self.form == ValueForm::Quoted && self.is_one_piece => 1,
            _ => return self.range.clone(),
        };
        let start = self.range.start + mark;
        start + inner.start..start + inner.end
    }
}

/// A value, quoted if needed, so that a filter takes it literally. Every writer of filters uses it.
pub fn quoted(value: &str) -> String {
    let is_plain = |character: char| {
        let is_sign = matches!(
            character,
            '(' | ')' | ',' | '"' | '*' | '\\' | '[' | ']' | '{' | '}'
        );
        !is_sign && !character.is_whitespace()
    };
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}

//! The values of a term and how they are compared.

use std::ops::Range;

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
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

impl Operator {
    /// Every operator; a longer one stands before the one it begins with.
    pub const ALL: &'static [(&'static str, Self)] = &[
        (":", Self::Is),
        ("=", Self::Is),
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
    ];

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }

    /// Whether a value compares so with another.
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

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The text, without its quotation marks.
    pub text: String,
    /// What kind of value it is by its looks.
    pub form: Form,
    /// The bytes it was read from.
    pub range: Range<usize>,
    /// Whether it is one piece, all in quotation marks or all without: only then is it known where in the filter
    /// a part of it stands.
    pub is_one_piece: bool,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Words; a star stands for anything.
    Plain,
    /// Words in quotation marks: a star is a star.
    Quoted,
    /// A single `*`: any value at all.
    Any,
    /// `event(id)`: when another event took place.
    Event,
}

impl Value {
    /// The bytes of a part of the text in the filter; all of the value where escapes make that unknowable.
    pub(super) fn part(&self, inner: &Range<usize>) -> Range<usize> {
        let mark = match self.range.len().checked_sub(self.text.len()) {
            Some(0) => 0,
            Some(2) if self.form == Form::Quoted && self.is_one_piece => 1,
            _ => return self.range.clone(),
        };
        let start = self.range.start + mark;
        start + inner.start..start + inner.end
    }
}

/// A value as it must be written in a filter to mean itself. Everything that writes a filter for the user asks here.
pub fn quoted(value: &str) -> String {
    let is_plain =
        |character: char| !character.is_whitespace() && !r#"(),"*\[]{}"#.contains(character);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}

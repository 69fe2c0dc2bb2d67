//! Corrections that dateline can make: a fix of a finding is data, which a command applies and an editor offers.
//!
//! A check knows the meaning of a correction, and only a format knows its notation. So a fix is made as a
//! [`FixChange`], and the reader of the format turns it into [`TextEdit`]s.

use super::place::TextPlace;

/// A correction of a finding. Applied, it removes the finding and causes no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// An instruction in the form of a help text, such as "write `CLEAR`".
    pub label: String,
    pub change: FixChange,
    /// Whether the author can only have meant this. Otherwise the author has to agree.
    pub is_sure: bool,
}

/// What a fix changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FixChange {
    /// Text for text, in order and without overlaps.
    Edits(Vec<TextEdit>),
    /// Replaces values, or parts of values, by texts.
    Values(Vec<TextEdit>),
    /// Gives a key of a table or of a heading another name.
    Rename(TextPlace, String),
    /// Replaces a value, and moves it to another key of its table.
    Key(TextPlace, &'static str, String),
    /// Adds a key with a text to the table that has a value.
    FurtherKey(TextPlace, &'static str, String),
    /// Moves a key with its value below a heading.
    Below(TextPlace, &'static str),
    /// Leaves out an item of a list, or a key by its value.
    Without(TextPlace),
    /// Leaves out the whole table that has a value, or whose heading has an id.
    WithoutTable(TextPlace),
    /// Declares an id, in the file of the place.
    Declaration(TextPlace, IdTable, String),
}

/// A kind of table whose headings have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdTable {
    Source,
    Entity,
}

/// Replaces the text at a place by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextEdit {
    pub place: TextPlace,
    pub text: String,
}

impl FixChange {
    /// Replaces a value, or a part of one, by a text.
    pub fn value(place: TextPlace, text: impl Into<String>) -> Self {
        Self::Values(vec![TextEdit::new(place, text)])
    }

    /// What it starts from. None of no edits.
    pub fn place(&self) -> Option<TextPlace> {
        match self {
            Self::Edits(edits) | Self::Values(edits) => edits.first().map(|edit| edit.place),
            Self::Rename(place, _)
            | Self::Key(place, ..)
            | Self::FurtherKey(place, ..)
            | Self::Below(place, _)
            | Self::Without(place)
            | Self::WithoutTable(place)
            | Self::Declaration(place, ..) => Some(*place),
        }
    }
}

impl TextEdit {
    pub fn new(place: TextPlace, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { place, text }
    }
}

impl Fix {
    /// A fix that the author has to agree to.
    pub fn new(label: impl Into<String>, change: FixChange) -> Self {
        Self {
            label: label.into(),
            change,
            is_sure: false,
        }
    }

    /// A fix that replaces a value by a text.
    pub fn value(place: TextPlace, text: impl Into<String>) -> Self {
        let text = text.into();
        Self::new(format!("write `{text}`"), FixChange::value(place, text))
    }

    /// A fix that replaces the text at a place, in the notation of the file.
    pub fn written(place: TextPlace, text: impl Into<String>) -> Self {
        let edit = TextEdit::new(place, text);
        Self::new(
            format!("write `{}`", edit.text),
            FixChange::Edits(vec![edit]),
        )
    }

    /// Says that the author can only have meant this.
    #[must_use]
    pub const fn sure(mut self) -> Self {
        self.is_sure = true;
        self
    }

    /// Its edits. None before the format has written them, as `formats::write_fixes` does.
    pub fn edits(&self) -> &[TextEdit] {
        match &self.change {
            FixChange::Edits(edits) => edits,
            _ => &[],
        }
    }
}

/// A text after some edits of one fix. Edits beyond the text, or inside a character, are left out.
pub fn with_edits(text: &str, edits: &[TextEdit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.place.range();
        if range.start < at || text.get(range.clone()).is_none() {
            continue;
        }
        edited.push_str(text.get(at..range.start).unwrap_or_default());
        edited.push_str(&edit.text);
        at = range.end;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

#[cfg(test)]
mod tests {
    use super::super::place::FileId;
    use super::*;

    #[test]
    fn edits_change_nothing_outside_their_places() {
        let edit = |range, text: &str| TextEdit::new(TextPlace::new(FileId(0), range), text);
        let edits = [
            edit(0..1, "ä"),
            edit(2..2, "-"),
            edit(1..3, "!"),
            edit(4..9, "?"),
        ];
        assert_eq!(with_edits("späte", &edits), "äp-äte");
    }
}

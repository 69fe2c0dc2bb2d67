//! One mark: a star, tags and a note, and how they change.

use super::super::term::Tlp;

/// What a person marked an event with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventMark {
    pub is_starred: bool,
    /// In the order in which they were added, each once.
    pub tags: Vec<String>,
    /// Empty without a note.
    pub note: String,
    /// The marking of this mark. `RED` if it cannot be read.
    pub tlp: Option<Tlp>,
}

impl EventMark {
    /// Whether nothing is left of it.
    pub fn is_empty(&self) -> bool {
        !self.is_starred && self.tags.is_empty() && self.note.is_empty()
    }

    #[must_use]
    pub fn edited(&self, edit: &MarkEdit) -> Self {
        let mut mark = self.clone();
        match edit {
            MarkEdit::Star(is_starred) => mark.is_starred = *is_starred,
            MarkEdit::Tag(tag) if !mark.tags.contains(tag) => mark.tags.push(tag.clone()),
            MarkEdit::Tag(_) => {}
            MarkEdit::Untag(tag) => mark.tags.retain(|it| it != tag),
            MarkEdit::Note(note) => mark.note.clone_from(note),
        }
        mark
    }

    /// Adds what another mark of the same event has.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        let mut mark = self.clone();
        mark.is_starred |= other.is_starred;
        mark.tlp = mark.tlp.max(other.tlp);
        for tag in &other.tags {
            mark = mark.edited(&MarkEdit::Tag(tag.clone()));
        }
        let is_known = |note: &str| note == other.note || other.note.is_empty();
        if mark.note.is_empty() {
            mark.note.clone_from(&other.note);
        } else if !is_known(&mark.note) {
            mark.note.push('\n');
            mark.note.push_str(&other.note);
        }
        mark
    }
}

/// A change of one part of a mark. It says nothing of the other parts, so that the edits of two people are both kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkEdit {
    Star(bool),
    Tag(String),
    Untag(String),
    /// The new note; an empty one removes it.
    Note(String),
}

impl MarkEdit {
    /// The edit that undoes this one, of a mark that was `before`.
    #[must_use]
    pub fn undoing(&self, before: &EventMark) -> Self {
        match self {
            Self::Star(_) => Self::Star(before.is_starred),
            Self::Tag(tag) | Self::Untag(tag) if before.tags.contains(tag) => {
                Self::Tag(tag.clone())
            }
            Self::Tag(tag) | Self::Untag(tag) => Self::Untag(tag.clone()),
            Self::Note(_) => Self::Note(before.note.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_changes_one_part_and_can_be_undone() {
        let mark = EventMark {
            tags: vec!["ioc".to_owned()],
            note: "first use".to_owned(),
            ..EventMark::default()
        };
        let tag = || "ioc".to_owned();
        for edit in [
            MarkEdit::Star(true),
            MarkEdit::Star(false),
            MarkEdit::Tag(tag()),
            MarkEdit::Tag("other".to_owned()),
            MarkEdit::Untag(tag()),
            MarkEdit::Untag("other".to_owned()),
            MarkEdit::Note("second".to_owned()),
            MarkEdit::Note(String::new()),
        ] {
            let edited = mark.edited(&edit);
            assert_eq!(edited.edited(&edit), edited, "{edit:?}");
            assert_eq!(edited.edited(&edit.undoing(&mark)), mark, "{edit:?}");
        }
        let bare = mark.edited(&MarkEdit::Untag(tag()));
        assert!(!bare.is_empty() && bare.edited(&MarkEdit::Note(String::new())).is_empty());
    }

    #[test]
    fn joined_marks_have_the_parts_of_both_once() {
        let mark = |tags: &[&str], note: &str, tlp| EventMark {
            is_starred: false,
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            note: note.to_owned(),
            tlp,
        };
        let one = mark(&["a", "b"], "seen", Some(Tlp::Green));
        let other = mark(&["b", "c"], "asked", None);
        let both = one.joined(&other);
        assert_eq!(
            both,
            mark(&["a", "b", "c"], "seen\nasked", Some(Tlp::Green))
        );
        assert_eq!(one.joined(&one), one);
        assert_eq!(EventMark::default().joined(&one), one);
    }
}

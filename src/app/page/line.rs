//! The parts of a page: its lines, their pieces and its links.

use crate::document::{Role, Subject, TextRun};
use crate::text::{self, visible};

/// Words of one meaning on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, made visible: what is seen is what was measured.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// Which link of the page they belong to.
    pub link: Option<usize>,
}

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// From left to right, without gaps.
    pub pieces: Vec<Piece>,
}

impl Line {
    /// The characters of the line.
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

/// A link and the lines on which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub to: Subject,
    /// Its words.
    pub text: String,
    /// What they mean.
    pub role: Role,
    /// The first and the last line, the last included.
    pub lines: (usize, usize),
}

impl Link {
    /// The run of the document that it is.
    pub fn run(&self) -> TextRun {
        TextRun {
            text: self.text.clone(),
            role: self.role,
            link: Some(self.to),
        }
    }
}

/// A document set in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// From top to bottom.
    pub lines: Vec<Line>,
    /// In reading order. Where the page is not whole, the last of them may be on lines that are not set yet.
    pub links: Vec<Link>,
    /// Whether these are all lines of the document.
    pub is_whole: bool,
}

/// How wide a day with its month and year is: shorter dates are set right to it, so that years stand
/// under years.
pub(super) const DAY: usize = "25 Mar 2024".len();

pub(super) fn width_of(runs: &[TextRun]) -> usize {
    let shown = runs.iter().map(|run| visible(&run.text));
    shown.map(|shown| text::width(&shown)).sum()
}

pub(super) fn is_date(mark: &[TextRun]) -> bool {
    mark.iter()
        .all(|run| matches!(run.role, Role::Date | Role::Imprecise))
}

pub(super) fn piece(run: &TextRun, link: Option<usize>) -> Piece {
    Piece {
        text: visible(&run.text).into_owned(),
        role: run.role,
        link,
    }
}

pub(super) fn space(width: usize) -> Piece {
    Piece {
        text: " ".repeat(width),
        role: Role::Text,
        link: None,
    }
}

//! A page: its lines, their pieces, and its links.

use crate::document::{PageSubject, Role, TextRun};
use crate::text::{self, visible};

/// Text of one role on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePiece {
    /// With control characters made visible, as it was measured.
    pub text: String,
    pub role: Role,
    /// The number of its link on the page.
    pub link: Option<usize>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageLine {
    pub pieces: Vec<PagePiece>,
}

impl PageLine {
    pub fn text(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect()
    }
}

/// A link and its place on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    pub to: PageSubject,
    pub text: String,
    pub role: Role,
    /// The first and the last line, both included.
    pub lines: (usize, usize),
}

impl PageLink {
    /// The link as a run of a document.
    pub fn run(&self) -> TextRun {
        TextRun {
            text: self.text.clone(),
            role: self.role,
            link: Some(self.to),
        }
    }
}

/// A document, laid out in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub lines: Vec<PageLine>,
    /// In reading order. On a page that is not whole, the last links may be on lines that are not laid out yet.
    pub links: Vec<PageLink>,
    /// Whether the whole document is laid out.
    pub is_whole: bool,
}

/// The width of a day with month and year, in cells. Shorter dates are aligned right to it, to align the years.
pub(super) const DAY: usize = "25 Mar 2024".len();

pub(super) fn width_of(runs: &[TextRun]) -> usize {
    let mut width = 0;
    for run in runs {
        width += text::width(&visible(&run.text));
    }
    width
}

pub(super) fn is_date(mark: &[TextRun]) -> bool {
    mark.iter()
        .all(|run| matches!(run.role, Role::Date | Role::Imprecise))
}

pub(super) fn piece(run: &TextRun, link: Option<usize>) -> PagePiece {
    PagePiece {
        text: visible(&run.text).into_owned(),
        role: run.role,
        link,
    }
}

pub(super) fn space(width: usize) -> PagePiece {
    PagePiece {
        text: " ".repeat(width),
        role: Role::Text,
        link: None,
    }
}

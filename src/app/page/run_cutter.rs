//! Which piece of which run stands on a line.

use std::borrow::Cow;
use std::ops::Range;

use super::line::Piece;
use crate::document::TextRun;

/// Cuts runs into the pieces of one line after the other; it passes each run once, however many there are.
pub(super) struct RunCutter<'r> {
    runs: &'r [TextRun],
    /// What is shown of each run.
    shown: &'r [Cow<'r, str>],
    links: &'r [Option<usize>],
    /// The first run that may reach into the next line, and where it begins, in bytes of all that is shown.
    next: usize,
    begin: usize,
}

impl<'r> RunCutter<'r> {
    pub(super) const fn new(
        runs: &'r [TextRun],
        shown: &'r [Cow<'r, str>],
        links: &'r [Option<usize>],
    ) -> Self {
        Self {
            runs,
            shown,
            links,
            next: 0,
            begin: 0,
        }
    }

    /// The pieces in a byte range of all that is shown, which lies behind the one before.
    pub(super) fn cut(&mut self, range: Range<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(shown) = self.shown.get(self.next) {
            let here = self.begin..self.begin + shown.len();
            let from = range.start.max(here.start);
            let to = range.end.min(here.end);
            let text = shown.get(from.saturating_sub(here.start)..to.saturating_sub(here.start));
            if let Some(text) = text.filter(|text| from < to && !text.is_empty()) {
                pieces.push(Piece {
                    text: text.to_owned(),
                    role: self.runs[self.next].role,
                    link: self.links[self.next],
                });
            }
            if here.end > range.end {
                break;
            }
            self.next += 1;
            self.begin = here.end;
        }
        pieces
    }
}

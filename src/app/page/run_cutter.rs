//! Cuts the runs of a text into the pieces of its lines.

use std::borrow::Cow;
use std::ops::Range;

use super::page_parts::PagePiece;
use crate::document::TextRun;

/// The space at which no line is broken. A screen shows it as any other space.
const UNBROKEN: char = '\u{a0}';

/// Cuts one line after the other, in one pass over the runs.
pub(super) struct RunCutter<'r> {
    runs: &'r [TextRun],
    /// The visible text of each run.
    shown: &'r [Cow<'r, str>],
    links: &'r [Option<usize>],
    /// The first run that may reach into the next line, and its beginning, in bytes of the whole visible text.
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

    /// The pieces in a byte range of the visible text. Ranges must come in order.
    pub(super) fn cut(&mut self, range: Range<usize>) -> Vec<PagePiece> {
        let mut pieces = Vec::new();
        while let Some(shown) = self.shown.get(self.next) {
            let here = self.begin..self.begin + shown.len();
            let from = range.start.max(here.start);
            let to = range.end.min(here.end);
            let text = shown.get(from.saturating_sub(here.start)..to.saturating_sub(here.start));
            if let Some(text) = text.filter(|text| from < to && !text.is_empty()) {
                pieces.push(PagePiece {
                    text: if text.is_ascii() {
                        text.to_owned()
                    } else {
                        text.replace(UNBROKEN, " ")
                    },
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

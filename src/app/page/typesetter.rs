//! Lays out runs of a document in lines of a page.

use std::borrow::Cow;

use super::page_parts::{
    DAY, Page, PageLine, PageLink, PagePiece, is_date, piece, space, width_of,
};
use super::run_cutter::RunCutter;
use crate::document::{Role, TextRun};
use crate::text::{self, visible};

/// The longest remark that is not broken, in bytes.
const LONGEST_REMARK: usize = 24;

/// The hanging indent, in cells.
const HANG: usize = 2;

pub(super) struct PageTypesetter {
    pub page: Page,
    /// The width of text, in cells.
    pub width: usize,
    /// The width of verdict lines, in cells.
    pub wide: usize,
    /// The width to which rules extend headings, in cells.
    pub rule: usize,
    /// The wanted number of lines. Lines beyond it may lack a part; they are dropped in the end.
    pub most: usize,
}

impl PageTypesetter {
    pub fn is_full(&self) -> bool {
        self.page.lines.len() >= self.most
    }

    /// Lays out `mark` in a column, and the rest to the right of it. If that leaves too little room, the mark gets a
    /// line of its own.
    pub fn beside(
        &mut self,
        mark: &[TextRun],
        mark_width: usize,
        rest: impl FnOnce(&mut Self, usize),
    ) {
        let long = width_of(mark);
        if self.width < 2 * mark_width || long > mark_width {
            self.runs(mark, 0);
            rest(self, 2.min(self.width / 4));
            return;
        }
        let first = self.page.lines.len();
        let indent = mark_width + 2;
        let links = self.number_links(mark, first);
        rest(self, indent);
        if self.page.lines.len() == first {
            self.page.lines.push(PageLine::default());
        }
        let before = if is_date(mark) {
            mark_width.min(DAY).saturating_sub(long)
        } else {
            0
        };
        let mut pieces = vec![space(before)];
        pieces.extend(mark.iter().zip(links).map(|(run, link)| piece(run, link)));
        pieces.push(space(indent - long - before));
        pieces.retain(|piece| !piece.text.is_empty());
        let line = &mut self.page.lines[first];
        if line
            .pieces
            .first()
            .is_some_and(|piece| piece.text.trim().is_empty())
        {
            line.pieces.remove(0);
        }
        line.pieces.splice(0..0, pieces);
    }

    /// Lays out runs from `indent` to the right edge.
    pub fn runs(&mut self, runs: &[TextRun], indent: usize) {
        let first = self.page.lines.len();
        let width = self.width.saturating_sub(indent).max(1);
        for mut pieces in self.wrapped(runs, width, first) {
            if indent > 0 {
                pieces.insert(0, space(indent));
            }
            self.page.lines.push(PageLine { pieces });
        }
    }

    /// Like [`Self::runs`], with a hanging indent.
    pub fn hanging(&mut self, runs: &[TextRun], indent: usize) {
        let first = self.page.lines.len();
        let room = self.width.saturating_sub(indent);
        let deeper = if width_of(runs) > room {
            HANG.min(self.width / 8)
        } else {
            0
        };
        let width = room.saturating_sub(deeper).max(1);
        for (at, mut pieces) in self.wrapped(runs, width, first).into_iter().enumerate() {
            let indent = if at == 0 { indent } else { indent + deeper };
            pieces.insert(0, space(indent));
            pieces.retain(|piece| !piece.text.is_empty());
            self.page.lines.push(PageLine { pieces });
        }
    }

    /// Wraps runs to a width. `first` is the number of the first line on the page.
    pub fn wrapped(&mut self, runs: &[TextRun], width: usize, first: usize) -> Vec<Vec<PagePiece>> {
        let links = self.number_links(runs, first);
        let shown: Vec<Cow<'_, str>> = runs.iter().map(unbroken).collect();
        let mut set = Vec::new();
        let mut cutter = RunCutter::new(runs, &shown, &links);
        let most = self.most.saturating_sub(self.page.lines.len()).max(1);
        for (number, range) in (first..).zip(text::first_lines(&shown, width, most)) {
            let pieces = cutter.cut(range);
            for link in pieces.iter().filter_map(|piece| piece.link) {
                self.page.links[link].lines.1 = number;
            }
            set.push(pieces);
        }
        set
    }

    /// Numbers the links of runs.
    pub fn number_links(&mut self, runs: &[TextRun], first: usize) -> Vec<Option<usize>> {
        let mut links = Vec::with_capacity(runs.len());
        for run in runs {
            links.push(run.link.map(|to| {
                self.page.links.push(PageLink {
                    to,
                    text: run.text.clone(),
                    role: run.role,
                    lines: (first, first),
                });
                self.page.links.len() - 1
            }));
        }
        links
    }
}

/// The text of a run. A short remark on what is contested is not broken: `⚑` stays on the line of its words.
fn unbroken(run: &TextRun) -> Cow<'_, str> {
    let shown = visible(&run.text);
    if run.role != Role::Contested || shown.len() > LONGEST_REMARK {
        return shown;
    }
    let words = shown.trim_start().replace(' ', "\u{a0}");
    let lead = shown.len() - shown.trim_start().len();
    Cow::Owned(" ".repeat(lead) + &words)
}

//! A query for an engine of another program, to copy.

use ratatui::layout::Rect;

use crate::app::input::movement::MovementStep;
use crate::app::state::engine_query::EngineQuery;
use crate::text;

/// The widest box, in cells.
const WIDEST: u16 = 110;

#[derive(Clone, Debug)]
pub struct EngineQueryPane {
    pub query: EngineQuery,
    /// The first visible line below the line of the languages.
    pub scroll: usize,
}

/// A line of the box, below the line of the languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineQueryLine {
    Gap,
    Query(String),
    Note(String),
}

impl EngineQueryPane {
    pub const fn new(query: EngineQuery) -> Self {
        Self { query, scroll: 0 }
    }

    /// The size of the box in an area, with its border and the line of the languages.
    pub fn size(&self, body: Rect) -> (u16, u16) {
        let width = body.width.min(WIDEST);
        let lines = self.lines(width).len();
        (width, u16::try_from(lines + 3).unwrap_or(u16::MAX))
    }

    /// The lines in a box `width` cells wide: the notes, then the query. Long lines are broken, so nothing that is
    /// copied is hidden.
    pub fn lines(&self, width: u16) -> Vec<EngineQueryLine> {
        // Two cells at the right are for the arrows.
        let room = usize::from(width.saturating_sub(6)).max(1);
        let notes = self.query.notes.iter();
        let notes = notes.flat_map(|note| text::wrap(note, room));
        let query = self.query.text.lines();
        let query = query.flat_map(|line| text::wrap(line, room));
        notes
            .map(EngineQueryLine::Note)
            .chain([EngineQueryLine::Gap])
            .chain(query.map(EngineQueryLine::Query))
            .collect()
    }

    /// The first line that is drawn in a box that shows `seen` lines.
    pub fn first(&self, lines: usize, seen: usize) -> usize {
        self.scroll.min(lines.saturating_sub(seen))
    }

    /// Scrolls, until the last line is visible.
    pub(in crate::app) fn step(&mut self, step: MovementStep, body: Rect) {
        let (width, height) = self.size(body);
        let lines = self.lines(width).len();
        let seen = usize::from(height.min(body.height).saturating_sub(3)).max(1);
        let last = lines.saturating_sub(seen);
        self.scroll = step.among(self.scroll.min(last), seen, last + 1);
    }
}

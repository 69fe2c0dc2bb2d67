//! Writes cells to the terminal as bytes.
//!
//! Terminals disagree on the width of a cluster of several code points, such as a flag or a syllable of Devanagari. A
//! row with such a cluster is written whole, cell by cell: otherwise remains of old text could stay behind the cluster.
//!
//! At the end of a frame a hidden cursor is on the selection, since screen readers and braille displays show the text
//! around the cursor.
//!
//! Colours are written by `ui::rendition`: ratatui asks even for the sixteen basic colours by their number among 256,
//! which a terminal with only sixteen misreads.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::Print;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth as _};
use ratatui::layout::{Position, Size};

use crate::ui::rendition::{CellStyle, sgr, style};

/// A cluster at the end of a row that a terminal draws wider than expected would go on in the next row (DECAWM of the
/// VT100).
const NO_WRAP: &str = "\x1b[?7l";
const WRAP: &str = "\x1b[?7h";

/// What a frame needs when it is written, in addition to the cells that differ. Clones share it.
#[derive(Clone, Default)]
pub(super) struct FrameDetails(Rc<RefCell<WrittenFrame>>);

#[derive(Default)]
struct WrittenFrame {
    /// The rows that are written whole if any of their cells differs.
    whole: BTreeMap<u16, UncertainRow>,
    /// The place of the cursor while it is hidden.
    hidden_cursor: Position,
}

struct UncertainRow {
    cells: Vec<Cell>,
    /// Whether the next frame has to write it whole too.
    is_uncertain: bool,
}

impl FrameDetails {
    /// Sets the place of the cursor, and finds the rows with cells of uncertain width, and those that had some in the
    /// previous frame.
    pub fn set(&self, buffer: &Buffer, hidden_cursor: Position) {
        let mut frame = self.0.borrow_mut();
        frame.hidden_cursor = hidden_cursor;
        let rows = &mut frame.whole;
        rows.retain(|_, row| row.is_uncertain);
        let width = usize::from(buffer.area.width).max(1);
        for (y, cells) in (buffer.area.y..).zip(buffer.content.chunks(width)) {
            let is_uncertain = cells.iter().any(is_uncertain);
            if is_uncertain || rows.contains_key(&y) {
                let cells = cells.to_vec();
                rows.insert(
                    y,
                    UncertainRow {
                        cells,
                        is_uncertain,
                    },
                );
            }
        }
    }
}

/// Whether terminals may disagree on the width of a cell: clusters of several code points, and pictograms, since each
/// version of Unicode adds some.
fn is_uncertain(cell: &Cell) -> bool {
    let symbol = cell.symbol();
    // Most cells are one byte; the cells of links are ASCII between sequences.
    if symbol.len() == 1 || matches!(cell.diff_option, CellDiffOption::ForcedWidth(_)) {
        return false;
    }
    let mut characters = symbol.chars();
    let first = characters.next();
    characters.next().is_some() || first.is_some_and(|first| first >= '\u{1f000}')
}

/// Writes cells to a terminal.
pub(super) struct CellWriter<W: Write> {
    /// Writes everything except cells.
    library: CrosstermBackend<W>,
    details: FrameDetails,
}

impl<W: Write> CellWriter<W> {
    pub const fn new(out: W, details: FrameDetails) -> Self {
        Self {
            library: CrosstermBackend::new(out),
            details,
        }
    }
}

/// The state of the terminal while cells are written.
struct CellPen {
    style: CellStyle,
    /// Where the terminal would write the next cell, if that is known.
    at: Option<(u16, u16)>,
}

impl CellPen {
    fn move_to(&mut self, out: &mut impl Write, x: u16, y: u16) -> io::Result<()> {
        if self.at.replace((x, y)) == Some((x, y)) {
            return Ok(());
        }
        queue!(out, MoveTo(x, y))
    }

    /// Each style is set after a reset: terminals disagree on which code ends which style.
    fn set_style(&mut self, out: &mut impl Write, wanted: CellStyle) -> io::Result<()> {
        if self.style == wanted {
            return Ok(());
        }
        self.style = wanted;
        match sgr(wanted).as_str() {
            "" => queue!(out, Print("\x1b[0m")),
            codes => queue!(out, Print(format_args!("\x1b[0;{codes}m"))),
        }
    }

    fn write(&mut self, out: &mut impl Write, (x, y): (u16, u16), cell: &Cell) -> io::Result<()> {
        self.move_to(out, x, y)?;
        self.set_style(out, style(cell))?;
        queue!(out, Print(cell.symbol()))?;
        self.at = (cell.cell_width() == 1).then(|| (x.saturating_add(1), y));
        Ok(())
    }

    /// Writes a row from its beginning to its end.
    ///
    /// A cluster is written over blanks, and so are the blank cells behind it. If the terminal draws it narrower than
    /// expected, nothing old stays; if wider, it has room as far as the next text.
    fn write_row(&mut self, out: &mut impl Write, y: u16, cells: &[Cell]) -> io::Result<()> {
        queue!(out, Print(NO_WRAP))?;
        let mut x = 0_u16;
        while let Some(cell) = cells.get(usize::from(x)) {
            let after = x.saturating_add(cell.cell_width().max(1));
            if !is_uncertain(cell) {
                self.write(out, (x, y), cell)?;
                x = after;
                continue;
            }
            let mut under = cell.clone();
            under.set_symbol(" ");
            for part in x..after {
                self.write(out, (part, y), &under)?;
            }
            let mut next = after;
            while let Some(blank) = cells.get(usize::from(next)).filter(|it| it.symbol() == " ") {
                self.write(out, (next, y), blank)?;
                next = next.saturating_add(1);
            }
            self.write(out, (x, y), cell)?;
            // Where it ended is not known.
            self.at = None;
            x = next;
        }
        queue!(out, Print(WRAP))
    }
}

impl<W: Write> Write for CellWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.library.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.library)
    }
}

impl<W: Write> Backend for CellWriter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let plain = style(&Cell::EMPTY);
        let mut pen = CellPen {
            style: plain,
            at: None,
        };
        let frame = self.details.0.borrow();
        let mut written = None;
        for (x, y, cell) in content {
            match frame.whole.get(&y) {
                None => pen.write(&mut self.library, (x, y), cell)?,
                Some(_) if written == Some(y) => {}
                Some(row) => {
                    pen.write_row(&mut self.library, y, &row.cells)?;
                    written = Some(y);
                }
            }
        }
        pen.set_style(&mut self.library, plain)
    }

    // The library would end the frame after each of these.

    fn hide_cursor(&mut self) -> io::Result<()> {
        let Position { x, y } = self.details.0.borrow().hidden_cursor;
        queue!(self.library, Hide, MoveTo(x, y))
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        queue!(self.library, Show)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.library.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        queue!(self.library, MoveTo(x, y))
    }

    fn clear(&mut self) -> io::Result<()> {
        self.library.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.library.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.library.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.library.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.library)
    }
}

#[cfg(test)]
mod tests;

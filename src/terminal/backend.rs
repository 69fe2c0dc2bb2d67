//! Where cells become bytes.
//!
//! The library would ask even for the sixteen colours that every terminal of colour has by their number among 256,
//! which a terminal with no more than sixteen misreads: see `ui::rendition`.

use std::io::{self, Write};

use crossterm::cursor::MoveTo;
use crossterm::queue;
use crossterm::style::Print;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use crate::ui::rendition::{sgr, style};

/// Writes cells to a terminal.
pub(super) struct Cells<W: Write> {
    /// For all but cells.
    library: CrosstermBackend<W>,
}

impl<W: Write> Cells<W> {
    pub const fn new(out: W) -> Self {
        Self {
            library: CrosstermBackend::new(out),
        }
    }
}

impl<W: Write> Write for Cells<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.library.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.library)
    }
}

impl<W: Write> Backend for Cells<W> {
    type Error = io::Error;

    /// Each style is set from none, so that it does not matter what a terminal takes for the end of another.
    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let plain = style(&Cell::EMPTY);
        let mut now = plain;
        let mut after = None;
        for (x, y, cell) in content {
            if after != Some((x, y)) {
                queue!(self.library, MoveTo(x, y))?;
            }
            after = Some((x.saturating_add(1), y));
            let wanted = style(cell);
            if wanted != now {
                now = wanted;
                match sgr(wanted).as_str() {
                    "" => queue!(self.library, Print("\x1b[0m"))?,
                    codes => queue!(self.library, Print(format_args!("\x1b[0;{codes}m")))?,
                }
            }
            queue!(self.library, Print(cell.symbol()))?;
        }
        if now != plain {
            queue!(self.library, Print("\x1b[0m"))?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.library.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.library.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.library.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.library.set_cursor_position(position)
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
mod tests {
    use super::*;
    use ratatui::style::{Color, Style};

    #[test]
    fn cells_are_written_where_they_stand_and_as_they_look_and_nothing_is_left_behind() {
        let red = |symbol| {
            let mut cell = Cell::new(symbol);
            cell.set_style(Style::new().fg(Color::Red).bg(Color::Indexed(240)));
            cell
        };
        let cells = [(3, 0, red("a")), (4, 0, red("b")), (5, 0, Cell::new("c"))];
        let cells = [&cells[..], &[(0, 1, red("漢")), (2, 1, red("d"))]].concat();
        let mut out = Vec::new();
        let drawn = cells.iter().map(|(x, y, cell)| (*x, *y, cell));
        Cells::new(&mut out).draw(drawn).expect("memory takes all");
        let written = String::from_utf8(out).expect("it is UTF-8");
        let expected =
            "\x1b[1;4H\x1b[0;31;48;5;240mab\x1b[0mc\x1b[2;1H\x1b[0;31;48;5;240m漢\x1b[2;3Hd\x1b[0m";
        assert_eq!(written, expected);
    }
}

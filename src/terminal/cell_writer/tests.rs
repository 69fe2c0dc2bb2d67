//! What a terminal shows of the written cells, whatever width it gives a cluster.

use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use unicode_width::UnicodeWidthChar as _;

use super::*;

#[test]
fn cells_are_written_at_their_place_in_their_style_and_nothing_is_left_behind() {
    let red = |symbol| {
        let mut cell = Cell::new(symbol);
        cell.set_style(Style::new().fg(Color::Red).bg(Color::Indexed(240)));
        cell
    };
    let cells = [(3, 0, red("a")), (4, 0, red("b")), (5, 0, Cell::new("c"))];
    let cells = [&cells[..], &[(0, 1, red("漢")), (2, 1, red("d"))]].concat();
    let mut out = Vec::new();
    let drawn = cells.iter().map(|(x, y, cell)| (*x, *y, cell));
    let mut backend = CellWriter::new(&mut out, FrameDetails::default());
    backend.draw(drawn).expect("memory takes all");
    let written = String::from_utf8(out).expect("it is UTF-8");
    let expected =
        "\x1b[1;4H\x1b[0;31;48;5;240mab\x1b[0mc\x1b[2;1H\x1b[0;31;48;5;240m漢\x1b[2;3Hd\x1b[0m";
    assert_eq!(written, expected);
}

/// How many cells a terminal gives a character, also within a cluster; 0 is drawn over the character before.
type WidthRule = fn(char) -> usize;

const EACH: WidthRule = |it| it.width().unwrap_or(0);
const NARROW: WidthRule = |it| EACH(it).min(if is_han(it) { 2 } else { 1 });
const WIDE: WidthRule = |it| {
    if is_han(it) || it.is_ascii() {
        EACH(it)
    } else {
        2
    }
};
const MARKS: WidthRule = |it| EACH(it).max(1);

/// Characters that take two cells on every terminal.
fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}')
}

/// A terminal that knows where to write, and whether to go on in the next row.
struct FakeTerminal {
    widths: WidthRule,
    rows: Vec<Vec<char>>,
    x: usize,
    y: usize,
    wraps: bool,
}

const SIDE: usize = 20;

impl FakeTerminal {
    fn new(widths: WidthRule) -> Self {
        Self {
            widths,
            rows: vec![vec![' '; SIDE]; 3],
            x: 0,
            y: 0,
            wraps: true,
        }
    }

    fn take(&mut self, written: &str) {
        let mut rest = written;
        while let Some(first) = rest.chars().next() {
            if let Some(sequence) = rest.strip_prefix("\x1b[") {
                let end = sequence.find(|it: char| it.is_ascii_alphabetic());
                let (parameters, after) = sequence.split_at(end.expect("it ends"));
                let mut numbers = parameters.split(';').map(|it| it.parse().unwrap_or(1));
                match after.get(..1) {
                    Some("H") => {
                        self.y = numbers.next().expect("a row") - 1;
                        self.x = numbers.next().expect("a column") - 1;
                    }
                    Some("h") => self.wraps = true,
                    Some("l") => self.wraps = false,
                    _ => {}
                }
                rest = after.get(1..).expect("it has a final byte");
            } else {
                self.put(first);
                rest = rest.get(first.len_utf8()..).expect("it begins so");
            }
        }
    }

    /// Writes a character. The second half of a wide one is `_`; a half that is left alone is blank.
    fn put(&mut self, character: char) {
        let width = (self.widths)(character);
        if width == 0 {
            return;
        }
        if self.x + width > SIDE {
            if self.wraps {
                (self.x, self.y) = (0, self.y + 1);
            } else {
                self.x = SIDE - width;
            }
        }
        for part in 0..width {
            let (x, row) = (self.x + part, &mut self.rows[self.y]);
            if row[x] == '_' && part == 0 {
                row[x - 1] = ' ';
            }
            if row.get(x + 1) == Some(&'_') {
                row[x + 1] = ' ';
            }
            row[x] = if part == 0 { character } else { '_' };
        }
        self.x += width;
    }
}

fn frame(lines: [&str; 3]) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 3));
    for (y, line) in (0..).zip(lines) {
        buffer.set_string(0, y, line, Style::new());
    }
    buffer
}

/// Draws frames one after the other on a terminal, and returns what it shows then.
fn shown(widths: WidthRule, frames: &[Buffer]) -> Vec<String> {
    let mut model = FakeTerminal::new(widths);
    let details = FrameDetails::default();
    let mut before = frame([""; 3]);
    for next in frames {
        let mut out = Vec::new();
        details.set(next, Position::ORIGIN);
        let updates = before.diff(next);
        let mut backend = CellWriter::new(&mut out, details.clone());
        backend.draw(updates.into_iter()).expect("memory takes all");
        model.take(&String::from_utf8(out).expect("it is UTF-8"));
        before = next.clone();
    }
    assert!(model.wraps, "it is left as it was");
    let rows = model.rows.into_iter();
    rows.map(|row| row.into_iter().collect()).collect()
}

const CLUSTERS: &[&str] = &[
    "🇬🇧🇨🇳",
    "हिन्दी",
    "নমস্তে",
    "நமஸ்தே",
    "กำ",
    "❤️",
    "👨‍👩‍👧",
    "🫠",
    "e\u{301}",
    "漢字",
];

#[test]
fn nothing_stays_of_a_cluster_wherever_it_was_and_however_wide_it_was_drawn() {
    for widths in [NARROW, WIDE, EACH, MARKS] {
        for cluster in CLUSTERS {
            let first = format!("ab {cluster} cd");
            let last = format!("0123456789abcdef{cluster}");
            let plain = ["abcdefgh", "x", "y"];
            let frames = [
                frame(["abc", "de", ""]),
                frame([&first, &last, "z"]),
                frame(["abcde", &first, "z"]),
                frame(plain),
            ];
            let expected = plain.map(|line| format!("{line:20}"));
            assert_eq!(shown(widths, &frames), expected, "{cluster}");
        }
    }
}

#[test]
fn text_around_a_cluster_is_where_it_is_drawn() {
    for widths in [NARROW, WIDE, EACH, MARKS] {
        for cluster in CLUSTERS {
            let line = format!("ab {cluster} cd");
            let next = frame([&line, "z", ""]);
            let place = (0..20).find(|&x| next[(x, 0)].symbol() == "c");
            let place = usize::from(place.expect("it is there"));
            let frames = [frame(["0123456789abcdefghij", "", ""]), next];
            let rows = shown(widths, &frames);
            let row: Vec<char> = rows[0].chars().collect();
            assert_eq!(row[..3], ['a', 'b', ' '], "{cluster}");
            assert_eq!(row[place..place + 3], ['c', 'd', ' '], "{cluster}: {row:?}");
            assert_eq!(rows[1].trim_end(), "z", "{cluster}");
        }
    }
}

#[test]
fn a_row_without_a_cluster_is_not_written_whole() {
    let details = FrameDetails::default();
    let whole = |lines| {
        details.set(&frame(lines), Position::ORIGIN);
        details.0.borrow().whole.keys().copied().collect::<Vec<_>>()
    };
    assert_eq!(whole(["│ ◆ ░ 漢字 \u{e9}", "🇬🇧", ""]), [1]);
    assert_eq!(whole(["", "", ""]), [1]);
    assert!(whole(["", "", ""]).is_empty());
}

#[test]
fn a_hidden_cursor_ends_a_frame_where_it_was_set_and_a_visible_one_where_it_is_put() {
    let details = FrameDetails::default();
    details.set(&frame(["", "", ""]), Position::new(4, 2));
    let mut out = Vec::new();
    let mut backend = CellWriter::new(&mut out, details);
    backend.hide_cursor().expect("memory takes all");
    backend.show_cursor().expect("memory takes all");
    backend
        .set_cursor_position((7, 0))
        .expect("memory takes all");
    assert_eq!(out, b"\x1b[?25l\x1b[3;5H\x1b[?25h\x1b[1;8H");
}

//! The list below a picture: events by number, and those without a date, in columns.

use super::family_shapes::point;
use super::label::flag;
use super::lanes::{class, int};
use super::measure::{WrappedLine, bold_width, width, wrapped};
use super::subject::PicturedEvent;
use super::writing::{TextAnchor, TextLines, line};

/// An entry of the list.
#[derive(Clone)]
pub(super) struct ListEntry<'a> {
    /// Above the entry, if it is the first of its kind.
    pub heading: Option<String>,
    /// The number of the event in the picture; `None` for an event that is not drawn.
    pub number: Option<usize>,
    pub event: &'a PicturedEvent,
}

/// Entries in columns.
#[derive(Default)]
pub(super) struct EventList<'a> {
    columns: Vec<Vec<LaidEntry<'a>>>,
    column_width: i32,
    indent: i32,
    font: i32,
    height: i32,
}

struct LaidEntry<'a> {
    entry: ListEntry<'a>,
    lines: Vec<WrappedLine>,
}

/// The least width of a column, in sizes of the font.
const NARROWEST: i32 = 22;
/// Between columns, in sizes of the font.
const COLUMN_GAP: i32 = 2;

impl<'a> EventList<'a> {
    /// The entries in as many columns as make the list lowest.
    pub fn new(entries: &[ListEntry<'a>], font: i32, width: i32) -> Self {
        let most = (width / (NARROWEST * font)).max(1);
        let lists = (1..=most).map(|count| Self::in_columns(entries, font, width, count));
        // The first of equals has the fewest columns.
        lists.min_by_key(|list| list.height).unwrap_or_default()
    }

    fn in_columns(entries: &[ListEntry<'a>], font: i32, room: i32, count: i32) -> Self {
        let column_width = (room + COLUMN_GAP * font) / count - COLUMN_GAP * font;
        let numbers = entries.iter().filter_map(|entry| entry.number);
        let widest = numbers
            .max()
            .map_or(0, |number| bold_width(&number.to_string(), font));
        let indent = widest.max(font) + font / 2;
        let laid: Vec<LaidEntry<'a>> = (entries.iter())
            .map(|entry| LaidEntry {
                lines: entry.lines(font, column_width - indent),
                entry: entry.clone(),
            })
            .collect();
        let rows = lowest(&laid, count);
        let mut columns: Vec<Vec<LaidEntry<'a>>> = Vec::new();
        let mut used = rows;
        for entry in laid {
            if used + entry.rows() > rows || columns.is_empty() {
                columns.push(Vec::new());
                used = 0;
            }
            used += entry.rows();
            columns.last_mut().expect("there is a column").push(entry);
        }
        Self {
            columns,
            column_width,
            indent,
            font,
            height: rows * pitch(font),
        }
    }

    pub const fn height(&self) -> i32 {
        self.height
    }

    /// The list with its upper left corner at a place.
    pub fn draw(&self, (left, top): (i32, i32)) -> String {
        let (font, pitch) = (self.font, pitch(self.font));
        let mut out = String::new();
        let mut x = left;
        for column in &self.columns {
            let mut y = top + font;
            for laid in column {
                if let Some(heading) = &laid.entry.heading {
                    out.push_str(&line("name", heading, (x, y), TextAnchor::Start));
                    y += pitch;
                }
                out.push_str(&self.lead(&laid.entry, (x, y)));
                let event = laid.entry.event;
                let room = if event.is_contested { font } else { 0 };
                if event.is_contested {
                    out.push_str(&flag((x + self.indent, y), font));
                }
                let lines = TextLines {
                    class: if event.is_selected {
                        "label strong"
                    } else {
                        "label"
                    },
                    lead: &event.date,
                    lines: &laid.lines,
                    font,
                    pitch,
                };
                let at = (x + self.indent + room, y);
                out.push_str(&lines.draw(at, TextAnchor::Start));
                y += int(laid.lines.len()) * pitch;
            }
            x += self.column_width + COLUMN_GAP * font;
        }
        out
    }

    /// The number of an event, or the sign of its family.
    fn lead(&self, entry: &ListEntry<'_>, (x, y): (i32, i32)) -> String {
        let font = self.font;
        if let Some(number) = entry.number {
            let end = (x + self.indent - font / 2, y);
            return line("number", &number.to_string(), end, TextAnchor::End);
        }
        let (family, half) = (entry.event.family, font * 2 / 5);
        let at = (x + half + 1, y - font * 36 / 100);
        format!(
            "<g class=\"{}\">{}</g>\n",
            class(family),
            point(family, at, half, false)
        )
    }
}

impl ListEntry<'_> {
    /// The title in lines, after the date and a flag in the first.
    fn lines(&self, font: i32, room: i32) -> Vec<WrappedLine> {
        let flag = if self.event.is_contested { font } else { 0 };
        let indent = match self.event.date.as_str() {
            "" => 0,
            date => width(date, font) + width(" ", font),
        };
        // Bold writing is wider than the lines are broken for.
        let room = if self.event.is_selected {
            room * 4 / 5
        } else {
            room
        };
        wrapped(&self.event.words(), font, (room - flag).max(font), indent)
    }
}

impl LaidEntry<'_> {
    fn rows(&self) -> i32 {
        int(self.lines.len()) + i32::from(self.entry.heading.is_some())
    }
}

/// From one line to the next.
const fn pitch(font: i32) -> i32 {
    font * 13 / 10
}

/// The fewest rows in which entries have room in some columns, without breaking one.
fn lowest(entries: &[LaidEntry<'_>], columns: i32) -> i32 {
    let all: i32 = entries.iter().map(LaidEntry::rows).sum();
    let highest = entries.iter().map(LaidEntry::rows).max().unwrap_or(0);
    let fits = |rows: &i32| {
        let (mut used, mut count) = (0, 1);
        for entry in entries {
            if used + entry.rows() > *rows {
                count += 1;
                used = 0;
            }
            used += entry.rows();
        }
        count <= columns
    };
    let least = highest.max((all + columns - 1) / columns.max(1));
    (least..=all).find(fits).unwrap_or(all)
}

//! What is written next to the mark of an event: its title, or the number that it has in the list below.

use super::measure::{WrappedLine, bold_width, width, wrapped};
use super::rows::{LabelPlace, LabelSide, LabelSize};
use super::subject::PicturedEvent;
use super::writing::{TextAnchor, TextLines};

/// What is written next to a mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum LabelKind {
    Title,
    /// A number, from 1.
    Number(usize),
    #[default]
    None,
}

/// The writing of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LabelStyle {
    pub font: i32,
    /// Whether dates are written before titles.
    pub has_dates: bool,
}

/// A label in lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Label {
    lines: Vec<WrappedLine>,
    date: String,
    class: &'static str,
    /// Whether a flag says that claims differ.
    pub has_flag: bool,
    width: i32,
}

impl LabelStyle {
    /// The room of a flag and the gap next to it.
    const fn flag(self) -> i32 {
        self.font
    }

    /// The label of an event in lines of some room; `None` if there is none.
    pub fn label(self, event: &PicturedEvent, kind: LabelKind, room: i32) -> Option<Label> {
        match kind {
            LabelKind::None => None,
            LabelKind::Number(number) => {
                let number = number.to_string();
                Some(Label {
                    width: bold_width(&number, self.font) + self.flag_of(event),
                    lines: vec![WrappedLine {
                        text: number,
                        is_rest: false,
                    }],
                    class: "number",
                    has_flag: event.is_contested,
                    ..Label::default()
                })
            }
            LabelKind::Title => Some(self.title(event, room)),
        }
    }

    fn title(self, event: &PicturedEvent, room: i32) -> Label {
        let date = if self.has_dates { &event.date } else { "" };
        let indent = match date {
            "" => 0,
            date => width(date, self.font) + width(" ", self.font),
        };
        let flag = self.flag_of(event);
        let measure = if event.is_selected { bold_width } else { width };
        // Bold writing is wider than the lines are broken for.
        let room = if event.is_selected {
            room * 4 / 5
        } else {
            room
        };
        let title = event.words();
        let lines = wrapped(&title, self.font, (room - flag).max(self.font), indent);
        let widest = (lines
            .iter()
            .zip([indent].into_iter().chain(std::iter::repeat(0))))
        .map(|(line, indent)| measure(&line.text, self.font) + indent);
        Label {
            width: widest.max().unwrap_or(0) + flag,
            lines,
            date: date.to_owned(),
            class: if event.is_selected { BOLD } else { "label" },
            has_flag: event.is_contested,
        }
    }

    fn flag_of(self, event: &PicturedEvent) -> i32 {
        if event.is_contested { self.flag() } else { 0 }
    }
}

/// The class of a bold title.
const BOLD: &str = "label strong";

impl Label {
    pub fn is_bold(&self) -> bool {
        self.class == BOLD
    }

    pub fn size(&self) -> LabelSize {
        LabelSize {
            width: self.width,
            lines: self.lines.len(),
        }
    }

    /// The label at its place, whose first line is on the line at `y`. The flag is next to the mark.
    pub fn draw(&self, style: LabelStyle, place: LabelPlace, y: i32, pitch: i32) -> String {
        let (from, to) = place.span;
        let room = if self.has_flag { style.flag() } else { 0 };
        let (x, flag_x, anchor) = match place.side {
            LabelSide::Left => (to - room, to - style.font / 2, TextAnchor::End),
            LabelSide::Right | LabelSide::Above => (from + room, from, TextAnchor::Start),
        };
        let mut out = String::new();
        if self.has_flag {
            out.push_str(&flag((flag_x, y), style.font));
        }
        let lines = TextLines {
            class: self.class,
            lead: &self.date,
            lines: &self.lines,
            font: style.font,
            pitch,
        };
        out.push_str(&lines.draw((x, y), anchor));
        out
    }
}

/// The flag of a contested event, on the line of writing at `y`.
pub(super) fn flag((x, y): (i32, i32), font: i32) -> String {
    let (height, width) = (font * 3 / 4, font / 2);
    let top = y - height;
    let cloth = height * 3 / 5;
    format!(
        "<path class=\"flag\" d=\"M{x} {y}V{top}h{width}l-{notch} {half}l{notch} {half}H{x}\"/>",
        notch = (width / 3).max(1),
        half = (cloth / 2).max(2),
    )
}

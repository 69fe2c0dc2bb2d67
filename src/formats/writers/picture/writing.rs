//! Writing in a picture: elements of text, in which nothing is markup.

use std::fmt::Write as _;

use super::measure::{WrappedLine, is_known, width};
use crate::formats::writers::html::escape::escaped;

/// Where a line of text begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextAnchor {
    Start,
    Middle,
    End,
}

impl TextAnchor {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }
}

/// One line of text; nothing if it is empty.
pub(super) fn line(class: &str, text: &str, (x, y): (i32, i32), anchor: TextAnchor) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    format!(
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\"{}>{}</text>\n",
        anchor.attribute(),
        escaped(text)
    )
}

/// Lines of one text, which is also one text to a program that searches or copies it. `lead` is written before them in
/// another look.
pub(super) struct TextLines<'a> {
    pub class: &'a str,
    pub lead: &'a str,
    pub lines: &'a [WrappedLine],
    pub font: i32,
    /// From one line to the next.
    pub pitch: i32,
}

impl TextLines<'_> {
    /// The lines, the first at a place.
    pub fn draw(&self, (x, y): (i32, i32), anchor: TextAnchor) -> String {
        let mut out = format!("<text class=\"{}\"{}>", self.class, anchor.attribute());
        let mut y = y;
        for (index, WrappedLine { text, is_rest }) in self.lines.iter().enumerate() {
            // A word that is broken inside goes on without a space. A space takes room, so it is at the far end of a line.
            let space = if index == 0 || *is_rest { "" } else { " " };
            let (before, within) = match anchor {
                TextAnchor::End => ("", space),
                TextAnchor::Start | TextAnchor::Middle => (space, ""),
            };
            out.push_str(before);
            let (fitted, shown) = (fitted(text, self.font), escaped(text));
            if index == 0 && !self.lead.is_empty() {
                let lead = escaped(self.lead);
                write!(
                    out,
                    "<tspan class=\"date\" x=\"{x}\" y=\"{y}\">{lead}</tspan> <tspan{fitted}>{shown}</tspan>"
                )
            } else {
                write!(out, "<tspan x=\"{x}\" y=\"{y}\"{fitted}>{within}{shown}</tspan>")
            }
            .expect("a string takes all");
            y += self.pitch;
        }
        out.push_str("</text>\n");
        out
    }
}

/// The width of a text whose font is not known to fit its room.
fn fitted(line: &str, font: i32) -> String {
    if line.is_empty() || is_known(line) {
        return String::new();
    }
    let width = width(line, font);
    format!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"")
}

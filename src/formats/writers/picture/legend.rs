//! The legend of a picture: the signs that are in it, and no others.

use std::collections::BTreeSet;

use super::family_shapes::point;
use super::label::flag;
use super::lanes::{class, int};
use super::mark::{has_hollow_sign, outline, segment};
use super::measure::width;
use super::writing::{TextAnchor, line};
use crate::chart::{BandSegment, Chart, ColumnFill, EventMark, MarkShape};
use crate::document::PhaseFamily;

/// A sign that needs words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LegendSign {
    Family(PhaseFamily),
    Fill(ColumnFill),
    /// A mark whose day is not certain.
    Hollow,
    /// Several days of one event.
    Days,
    /// An event on several lanes.
    Lanes,
    Flag,
    Break,
    /// Bold writing.
    Bold,
    /// A number of the list.
    Number,
}

/// What a picture has that its chart does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LegendFacts {
    /// The signs of events that are in the list only.
    pub listed: BTreeSet<PhaseFamily>,
    /// Whether a flag is in it.
    pub has_flags: bool,
    /// Whether titles are bold.
    pub has_bold: bool,
    /// Whether numbers refer to a list.
    pub has_numbers: bool,
}

/// The legend in lines.
pub(super) struct Legend {
    lines: Vec<Vec<LegendSign>>,
    font: i32,
}

impl Legend {
    /// The signs of a picture, with a chart if anything is dated, in lines of some room.
    pub fn new(chart: Option<&Chart>, facts: &LegendFacts, font: i32, room: i32) -> Self {
        let mut lines: Vec<Vec<LegendSign>> = Vec::new();
        let mut free = 0;
        for sign in signs(chart, facts) {
            let needed = sign.width(font);
            if needed > free || lines.is_empty() {
                lines.push(Vec::new());
                free = room;
            }
            free -= needed;
            lines.last_mut().expect("there is a line").push(sign);
        }
        Self { lines, font }
    }

    pub fn height(&self) -> i32 {
        int(self.lines.len()) * self.pitch()
    }

    const fn pitch(&self) -> i32 {
        self.font * 16 / 10
    }

    /// The legend with its upper left corner at a place.
    pub fn draw(&self, (left, top): (i32, i32)) -> String {
        let mut out = String::new();
        let mut y = top + self.font;
        for signs in &self.lines {
            let mut x = left;
            for sign in signs {
                out.push_str(&sign.draw((x, y), self.font));
                let at = (x + sign.sign_width(self.font) + self.font / 2, y);
                out.push_str(&line("key", sign.words(), at, TextAnchor::Start));
                x += sign.width(self.font);
            }
            y += self.pitch();
        }
        out
    }
}

/// The signs that are in a picture, in the order of a legend.
fn signs(chart: Option<&Chart>, facts: &LegendFacts) -> Vec<LegendSign> {
    let lanes = || chart.into_iter().flat_map(|chart| &chart.lanes);
    let marks = || lanes().flat_map(|lane| &lane.marks);
    let has_breaks = chart.is_some_and(|chart| chart.axis.breaks().next().is_some());
    let segments = || marks().flat_map(segments_of);
    let has_fill = |fill: ColumnFill| segments().any(|(_, segment)| segment.fill == fill);
    let has_gap = |mark: &EventMark| {
        let segments: Vec<&BandSegment> = segments_of(mark).map(|(_, it)| it).collect();
        (segments.windows(2)).any(|pair| pair[0].last + 1 < pair[1].first)
    };
    let mut ids: Vec<_> = marks().map(|mark| mark.event).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    let families = PhaseFamily::ALL.into_iter();
    let families = families.filter(|family| {
        facts.listed.contains(family) || marks().any(|mark| mark.family == *family)
    });
    let fills = [
        ColumnFill::Certain,
        ColumnFill::Core,
        ColumnFill::Possible,
        ColumnFill::Open,
    ];
    let fills = fills.into_iter().filter(|fill| has_fill(*fill));
    let others = [
        (marks().any(has_hollow_sign), LegendSign::Hollow),
        (marks().any(has_gap), LegendSign::Days),
        (ids.len() < all, LegendSign::Lanes),
        (facts.has_flags, LegendSign::Flag),
        (has_breaks, LegendSign::Break),
        (facts.has_bold, LegendSign::Bold),
        (facts.has_numbers, LegendSign::Number),
    ];
    let others = others.into_iter().filter(|(is_in, _)| *is_in);
    (families.map(LegendSign::Family))
        .chain(fills.map(LegendSign::Fill))
        .chain(others.map(|(_, sign)| sign))
        .collect()
}

/// The segments of a band, each with its mark.
fn segments_of(mark: &EventMark) -> impl Iterator<Item = (&EventMark, &BandSegment)> {
    let segments = match &mark.shape {
        MarkShape::Point { .. } => &[][..],
        MarkShape::Band(segments) => segments,
    };
    segments.iter().map(move |segment| (mark, segment))
}

impl LegendSign {
    const fn words(self) -> &'static str {
        match self {
            Self::Family(family) => family.words(),
            Self::Fill(ColumnFill::Certain) => "certain",
            Self::Fill(ColumnFill::Core) => "likeliest by the words of the date",
            Self::Fill(ColumnFill::Possible) => "possible",
            Self::Fill(ColumnFill::Open) => "start or end unknown",
            Self::Hollow => "day not certain",
            Self::Days => "days of one event",
            Self::Lanes => "one event on several lanes",
            Self::Flag => "claims differ",
            Self::Break => "compressed: nothing begins or ends in it",
            Self::Bold => "in a scene of the briefing",
            Self::Number => "number in the list",
        }
    }

    /// The width of the sign alone.
    const fn sign_width(self, font: i32) -> i32 {
        match self {
            Self::Fill(_) | Self::Days | Self::Break | Self::Bold => 3 * font,
            Self::Family(_) | Self::Hollow | Self::Number => font,
            Self::Lanes | Self::Flag => font / 2,
        }
    }

    /// The width of the sign, its words and the gap behind them.
    fn width(self, font: i32) -> i32 {
        self.sign_width(font) + font / 2 + width(self.words(), font) + 3 * font / 2
    }

    fn draw(self, (x, y): (i32, i32), font: i32) -> String {
        let (half, middle, wide) = (font * 2 / 5, y - font * 36 / 100, 3 * font);
        let center = (x + font / 2, middle);
        let neutral = |drawn: String| format!("<g class=\"sample\">{drawn}</g>\n");
        match self {
            Self::Family(family) => {
                let sign = point(family, center, half, false);
                format!("<g class=\"{}\">{sign}</g>\n", class(family))
            }
            Self::Fill(ColumnFill::Open) => {
                neutral(segment(ColumnFill::Open, (x, middle), wide, half))
            }
            Self::Fill(fill) => {
                let band = segment(fill, (x, middle), wide, half);
                neutral(band + &outline((x, middle), wide, half))
            }
            Self::Hollow => neutral(point(PhaseFamily::Knowledge, center, half, true)),
            Self::Days => {
                let day = |x| point(PhaseFamily::Knowledge, (x, middle), half, true);
                let between = format!(
                    "<path class=\"one\" d=\"M{} {middle}h{}\"/>",
                    x + 2 * half,
                    wide - 4 * half
                );
                neutral(day(x + half) + &between + &day(x + wide - half))
            }
            Self::Lanes => {
                let (x, top) = (x + font / 4, y - font);
                neutral(format!(
                    "<path class=\"across\" d=\"M{x} {top}v{}\"/>",
                    font * 5 / 4
                ))
            }
            Self::Flag => flag((x, y), font),
            Self::Break => {
                let (top, to, height) = (y - font, x + wide, font * 5 / 4);
                let sides = format!(
                    "<path class=\"break\" d=\"M{x} {top}v{height}M{to} {top}v{height}\"/>\n"
                );
                sides + &line("gap", "≈", (x + wide / 2, y), TextAnchor::Middle)
            }
            Self::Bold => line("strong", "bold", (x, y), TextAnchor::Start),
            Self::Number => line("number", "1", (x + font / 4, y), TextAnchor::Start),
        }
    }
}

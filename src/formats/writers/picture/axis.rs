//! The axis of a picture: ticks and breaks, with labels that do not touch.

use std::fmt::Write as _;

use super::measure::width;
use super::scale::{COLUMN, PictureScale};
use super::writing::{TextAnchor, line};
use crate::chart::{Chart, TickLabels};

/// How many characters labels have that are longer than most, with the gap behind them.
const LONG: i32 = 12;

/// From where to where the axis is drawn, and its writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AxisPlace {
    /// The line of writing of its labels.
    pub labels: i32,
    pub top: i32,
    pub bottom: i32,
    pub font: i32,
}

/// The ticks and breaks of a chart.
pub(super) fn draw(chart: &Chart, scale: PictureScale, place: AxisPlace) -> String {
    let AxisPlace { top, bottom, .. } = place;
    let letter = width("0", place.font);
    let mut out = format!(
        "<path class=\"edge\" d=\"M{} {top}H{}\"/>\n",
        scale.left,
        scale.right()
    );
    for gap in chart.axis.breaks() {
        let (from, to) = (scale.x_of(gap.first), scale.x_of(gap.last + 1));
        let room = usize::try_from((to - from) / letter).unwrap_or(0);
        writeln!(
            out,
            "<path class=\"break\" d=\"M{from} {top}V{bottom}M{to} {top}V{bottom}\"/>"
        )
        .expect("a string takes all");
        let at = (i32::midpoint(from, to), place.labels);
        out.push_str(&line("gap", &gap.label(room), at, TextAnchor::Middle));
    }
    for tick in chart.axis.ticks(labels(chart, letter)) {
        let x = scale.x_of(tick.column);
        writeln!(out, "<path class=\"tick\" d=\"M{x} {top}V{bottom}\"/>")
            .expect("a string takes all");
        out.push_str(&line(
            "year",
            &tick.label,
            (x, place.labels),
            TextAnchor::Start,
        ));
    }
    out
}

/// As many labels as have room.
fn labels(chart: &Chart, letter: i32) -> TickLabels {
    let most = i32::from(chart.axis.width) * COLUMN / (LONG * letter);
    TickLabels::Full {
        most: u16::try_from(most).unwrap_or(u16::MAX).max(2),
        letter: u16::try_from((letter + COLUMN - 1) / COLUMN).unwrap_or(1),
    }
}

//! The overview as a picture inside the page: one mark an event, none upon another.

use std::fmt::Write as _;

use super::escape::escaped;
use crate::chart::{
    BandSegment, Chart, ChartEvents, ColumnFill, EventMark, MOST_ROWS, MarkShape, TickLabels, stack,
};
use crate::document::{PhaseFamily, count};

/// How many columns the axis has, and how wide one is.
const COLUMNS: u16 = 390;
const CELL: usize = 2;
/// Where the axis begins: the names of the lanes are to its left.
const LEFT: usize = 190;
/// How wide it all is.
const WIDTH: usize = x_of(COLUMNS) + 10;
/// The height of the labels of the axis, of a row of marks, and of a mark.
const HEAD: usize = 26;
const ROW: usize = 15;
const MARK: usize = 10;
/// How wide a character of a label is at most.
const LETTER: usize = 7;
/// The room above and below the rows of a lane.
const MARGIN: usize = 4;
/// How many labels the axis has at most: the longest have twelve characters.
const LABELS: TickLabels = TickLabels::Full { most: 9, letter: 4 };
/// The longest name of a lane, in characters.
const LONGEST: usize = 24;

/// The overview as a figure with a caption that explains its signs; nothing if nothing is dated.
pub(super) fn figure(events: &ChartEvents<'_>) -> String {
    let Some(chart) = events.draw(COLUMNS) else {
        return String::new();
    };
    let marks: usize = chart.lanes.iter().map(|lane| lane.marks.len()).sum();
    let (drawn, height) = lanes(&chart);
    let mut out = String::from(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Overview\">\n",
    );
    let label = format!(
        "{} on {} over one time axis; the same events follow as text",
        count(marks, "mark"),
        count(chart.lanes.len(), "lane")
    );
    writeln!(
        out,
        "<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {WIDTH} {height}\" xmlns=\"http://www.w3.org/2000/svg\">"
    )
    .expect("a string takes all");
    out.push_str(&axis(&chart, height));
    out.push_str(&drawn);
    out.push_str("</svg>\n</div>\n<figcaption>");
    out.push_str(
        "A full band is certain, a lighter one possible, darker for the core of an imprecise date; the start or end of a \
         dashed line is unknown. \u{25c6} is too short for a band, the day of \u{25c7} is unknown; a dotted line joins \
         the days of one event. An arrow at the edge: it goes on outside the axis. ",
    );
    write!(
        out,
        "{} {}<br>",
        chart.words_of_breaks(),
        escaped(&chart.off_axis.words())
    )
    .expect("a string takes all");
    for family in PhaseFamily::ALL {
        write!(
            out,
            "<span class=\"key {}\">{}</span> ",
            class(family),
            family.words()
        )
        .expect("a string takes all");
    }
    out.push_str("</figcaption>\n</figure>\n");
    out
}

const fn class(family: PhaseFamily) -> &'static str {
    match family {
        PhaseFamily::Hostile => "hostile",
        PhaseFamily::Knowledge => "knowledge",
        PhaseFamily::Consequence => "consequence",
        PhaseFamily::Denial => "denial",
        PhaseFamily::Context => "context",
    }
}

/// Ticks and breaks, with labels that do not touch.
fn axis(chart: &Chart, height: usize) -> String {
    let mut out = String::new();
    for gap in chart.axis.breaks() {
        let (from, to) = (x_of(gap.first), x_of(gap.last + 1));
        let middle = usize::midpoint(from, to);
        let label = gap.label((to - from) / LETTER);
        writeln!(
            out,
            "<path class=\"break\" d=\"M{from} {HEAD}V{height}M{to} {HEAD}V{height}\"/><text class=\"gap\" x=\"{middle}\" y=\"16\">{label}</text>"
        )
        .expect("a string takes all");
    }
    for tick in chart.axis.ticks(LABELS) {
        let (x, label) = (x_of(tick.column), tick.label);
        writeln!(
            out,
            "<path class=\"tick\" d=\"M{x} {HEAD}V{height}\"/><text class=\"year\" x=\"{x}\" y=\"16\">{}</text>",
            escaped(&label)
        )
        .expect("a string takes all");
    }
    out
}

/// The lanes from top to bottom, and how high it all is.
fn lanes(chart: &Chart) -> (String, usize) {
    let mut out = String::new();
    let mut top = HEAD;
    for lane in &chart.lanes {
        let (rows, used) = stack(lane.marks.iter().map(extent), MOST_ROWS);
        writeln!(
            out,
            "<path class=\"lane\" d=\"M0 {top}H{WIDTH}\"/>\n<text class=\"name\" x=\"0\" y=\"{}\"><title>{}</title>{}</text>",
            top + MARGIN + ROW - 3,
            escaped(&lane.name),
            escaped(&shortened(&lane.name))
        )
        .expect("a string takes all");
        for (mark, row) in lane.marks.iter().zip(rows) {
            out.push_str(&drawn(mark, top + MARGIN + row * ROW));
        }
        top += used * ROW + 2 * MARGIN;
    }
    writeln!(out, "<path class=\"lane\" d=\"M0 {top}H{WIDTH}\"/>").expect("a string takes all");
    (out, top + 1)
}

/// From where to where a mark reaches, in units of the picture, with a little air.
fn extent(mark: &EventMark) -> (usize, usize) {
    match &mark.shape {
        MarkShape::Point { column, .. } => {
            let x = x_of(*column);
            (x.saturating_sub(MARK / 2), x + MARK / 2 + 2)
        }
        MarkShape::Band(stretches) => {
            let first = stretches.first().map_or(0, |stretch| stretch.first);
            let last = stretches.last().map_or(0, |stretch| stretch.last);
            (x_of(first), x_of(last + 1) + 3)
        }
    }
}

/// Where a column begins.
const fn x_of(column: u16) -> usize {
    LEFT + column as usize * CELL
}

fn drawn(mark: &EventMark, top: usize) -> String {
    let mut out = format!(
        "<g class=\"{}\"><title>{}</title>",
        class(mark.family),
        escaped(&mark.name)
    );
    let middle = top + ROW / 2;
    match &mark.shape {
        MarkShape::Point { column, is_hollow } => {
            out.push_str(&diamond(x_of(*column), middle, *is_hollow));
        }
        MarkShape::Band(stretches) => {
            out.push_str(&arrows(mark, middle));
            let mut before = None;
            for run in stretches.chunk_by(|one, next| one.last + 1 == next.first) {
                // Days that lie apart are one event all the same.
                if let (Some(end), Some(next)) = (before, run.first()) {
                    let (x, width) = (x_of(end), x_of(next.first) - x_of(end));
                    write!(out, "<path class=\"one\" d=\"M{x} {middle}h{width}\"/>")
                        .expect("a string takes all");
                }
                out.push_str(&joined(run, middle, mark));
                before = run.last().map(|stretch| stretch.last + 1);
            }
        }
    }
    out.push_str("</g>\n");
    out
}

/// Arrows at the edges of the axis that a mark goes on beyond.
fn arrows(mark: &EventMark, middle: usize) -> String {
    let half = MARK / 2;
    let top = middle - half;
    let mut out = String::new();
    if mark.cut.before {
        let x = x_of(0);
        write!(
            out,
            "<path d=\"M{x} {top}l-{half} {half}l{half} {half}z\"/>"
        )
        .expect("a string takes all");
    }
    if mark.cut.after {
        let x = x_of(COLUMNS);
        write!(
            out,
            "<path d=\"M{x} {top}l{half} {half}l-{half} {half}z\"/>"
        )
        .expect("a string takes all");
    }
    out
}

/// Stretches without gaps: a band, or a sign where they are too short for one.
fn joined(run: &[BandSegment], middle: usize, mark: &EventMark) -> String {
    match run {
        &[stretch] if stretch.last - stretch.first < 2 && stretch.fill != ColumnFill::Open => {
            let x = usize::midpoint(x_of(stretch.first), x_of(stretch.last + 1));
            diamond(x, middle, mark.is_hollow_at(stretch))
        }
        _ => {
            let bands = run.iter().map(|&stretch| stretched(stretch, middle));
            bands.chain([outline(run, middle)]).collect()
        }
    }
}

fn diamond(x: usize, middle: usize, hollow: bool) -> String {
    let half = MARK / 2;
    let class = if hollow { "hollow" } else { "certain" };
    format!(
        "<path class=\"{class}\" d=\"M{x} {}L{} {middle}L{x} {}L{} {middle}Z\"/>",
        middle - half,
        x + half,
        middle + half,
        x - half
    )
}

fn stretched(stretch: BandSegment, middle: usize) -> String {
    let (x, width) = place(stretch, stretch);
    let class = match stretch.fill {
        ColumnFill::Open => return format!("<path class=\"open\" d=\"M{x} {middle}h{width}\"/>"),
        ColumnFill::Possible => "possible",
        ColumnFill::Core => "core",
        ColumnFill::Certain => "certain",
    };
    let y = middle - MARK / 2;
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{MARK}\"/>")
}

/// Where a stretch begins, and how wide it is up to the end of another.
const fn place(first: BandSegment, last: BandSegment) -> (usize, usize) {
    let x = x_of(first.first);
    (x, x_of(last.last + 1) - x)
}

/// A line around what is bounded, so that a light band is seen on poor paper.
fn outline(stretches: &[BandSegment], middle: usize) -> String {
    let mut bounded =
        (stretches.iter().copied()).filter(|stretch| stretch.fill != ColumnFill::Open);
    let Some(first) = bounded.next() else {
        return String::new();
    };
    let (x, width) = place(first, bounded.next_back().unwrap_or(first));
    let y = middle - MARK / 2;
    format!("<rect class=\"outline\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{MARK}\"/>")
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let kept: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

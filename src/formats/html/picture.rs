//! The overview as a picture inside the page: one mark an event, none upon another.

use std::fmt::Write as _;

use super::escaped;
use crate::document::{Family, count};
use crate::formats::handout::overview::{Chart, Fill, Form, Lane, Mark, Overview};

/// How many columns the axis has, and how wide one is.
const COLUMNS: usize = 390;
const CELL: usize = 2;
/// Where the axis begins: the names of the lanes stand before it.
const LEFT: usize = 190;
/// How wide it all is.
const WIDTH: usize = LEFT + COLUMNS * CELL + 10;
/// The height of the labels of the axis, of a row of marks, and of a mark.
const HEAD: usize = 26;
const ROW: usize = 15;
const MARK: usize = 10;
/// The room above and below the rows of a lane.
const MARGIN: usize = 4;
/// More rows than these a lane does not get: marks lie upon another then.
const MOST_ROWS: usize = 16;
/// How many labels the axis has at most: the longest have twelve characters.
const LABELS: usize = 9;
/// The longest name of a lane, in characters.
const LONGEST: usize = 24;

/// The overview as a figure with a caption that explains its signs; nothing if nothing is dated.
pub(super) fn figure(events: &Overview<'_>) -> String {
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
        "A full band is certain, a lighter one only possible, darker where the words point most; a dashed line has \
         no known beginning or end. \u{25c6} is too short for a band, \u{25c7} is on a day that is not known; a dotted line joins the days of one event. ",
    );
    write!(out, "{}<br>", escaped(&chart.beyond())).expect("a string takes all");
    for (family, words) in FAMILIES {
        write!(
            out,
            "<span class=\"key {}\">{words}</span> ",
            class(*family)
        )
        .expect("a string takes all");
    }
    out.push_str("</figcaption>\n</figure>\n");
    out
}

const FAMILIES: &[(Family, &str)] = &[
    (Family::Hostile, "hostile acts"),
    (Family::Knowledge, "how it became known"),
    (Family::Consequence, "what was done about it"),
    (Family::Denial, "denials"),
    (Family::Context, "context"),
];

const fn class(family: Family) -> &'static str {
    match family {
        Family::Hostile => "hostile",
        Family::Knowledge => "knowledge",
        Family::Consequence => "consequence",
        Family::Denial => "denial",
        Family::Context => "context",
    }
}

fn axis(chart: &Chart, height: usize) -> String {
    let mut out = String::new();
    for tick in chart.axis.ticks(LABELS) {
        let x = LEFT + tick.column * CELL;
        let label = if x + 7 * tick.label.len() < WIDTH {
            tick.label.as_str()
        } else {
            ""
        };
        writeln!(
            out,
            "<path class=\"tick\" d=\"M{x} {HEAD}V{height}\"/><text class=\"year\" x=\"{x}\" y=\"16\">{}</text>",
            escaped(label)
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
        let (rows, used) = rows(lane);
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

/// The row of each mark, and how many rows there are: each is put where there is room first.
fn rows(lane: &Lane) -> (Vec<usize>, usize) {
    let mut ends: Vec<usize> = Vec::new();
    let mut rows = Vec::new();
    for mark in &lane.marks {
        let (from, to) = extent(mark);
        let free = ends.iter().position(|end| *end < from);
        let row = free.unwrap_or_else(|| {
            if ends.len() < MOST_ROWS {
                ends.push(0);
                return ends.len() - 1;
            }
            let nearest = ends.iter().enumerate().min_by_key(|(_, end)| **end);
            nearest.map_or(0, |(row, _)| row)
        });
        ends[row] = ends[row].max(to);
        rows.push(row);
    }
    (rows, ends.len().max(1))
}

/// From where to where a mark reaches, in units of the picture, with a little air.
fn extent(mark: &Mark) -> (usize, usize) {
    match &mark.form {
        Form::Point { column, .. } => {
            let x = LEFT + column * CELL;
            (x.saturating_sub(MARK / 2), x + MARK / 2 + 2)
        }
        Form::Band(stretches) => {
            let first = stretches.first().map_or(0, |stretch| stretch.0);
            let last = stretches.last().map_or(0, |stretch| stretch.1);
            (LEFT + first * CELL, LEFT + (last + 1) * CELL + 3)
        }
    }
}

fn drawn(mark: &Mark, top: usize) -> String {
    let mut out = format!(
        "<g class=\"{}\"><title>{}</title>",
        class(mark.family),
        escaped(&mark.name)
    );
    let middle = top + ROW / 2;
    match &mark.form {
        Form::Point { column, hollow } => {
            out.push_str(&diamond(LEFT + column * CELL, middle, *hollow));
        }
        Form::Band(stretches) => {
            let mut before = None;
            for run in stretches.chunk_by(|one, next| one.1 + 1 == next.0) {
                // Days that lie apart are one event all the same.
                if let Some(end) = before {
                    let next = run.first().map_or(end, |stretch| stretch.0);
                    let (x, width) = (LEFT + end * CELL, (next - end) * CELL);
                    write!(out, "<path class=\"one\" d=\"M{x} {middle}h{width}\"/>")
                        .expect("a string takes all");
                }
                out.push_str(&joined(run, middle, mark.is_exact));
                before = run.last().map(|stretch| stretch.1 + 1);
            }
        }
    }
    out.push_str("</g>\n");
    out
}

/// Stretches without gaps: a band, or a mark where they are too short for one.
fn joined(run: &[(usize, usize, Fill)], middle: usize, is_exact: bool) -> String {
    match run {
        [(first, last, fill)] if last - first < 2 && *fill != Fill::Open => {
            let x = LEFT + (first + last + 1) * CELL / 2;
            diamond(x, middle, !is_exact || *fill != Fill::Certain)
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

fn stretched((first, last, fill): (usize, usize, Fill), middle: usize) -> String {
    let (x, width) = (LEFT + first * CELL, (last + 1 - first) * CELL);
    let class = match fill {
        Fill::Open => return format!("<path class=\"open\" d=\"M{x} {middle}h{width}\"/>"),
        Fill::Possible => "possible",
        Fill::Core => "core",
        Fill::Certain => "certain",
    };
    let y = middle - MARK / 2;
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{MARK}\"/>")
}

/// A line around what is bounded, so that a light band is seen on poor paper.
fn outline(stretches: &[(usize, usize, Fill)], middle: usize) -> String {
    let mut bounded = stretches.iter().filter(|stretch| stretch.2 != Fill::Open);
    let Some(first) = bounded.next() else {
        return String::new();
    };
    let last = bounded.next_back().unwrap_or(first);
    let (x, width) = (LEFT + first.0 * CELL, (last.1 + 1 - first.0) * CELL);
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

//! The overview as a picture inside the page: one mark an event, none upon another.

use std::fmt::Write as _;

use super::escape::escaped;
use super::family_shapes::{point, within_band};
use super::mark_titles::{MarkTitles, title};
use super::picture_scale::{MARK, x_of};
use crate::chart::{
    BandSegment, Chart, ChartEvents, ColumnFill, EventMark, MarkPlace, MarkShape, TickLabels,
};
use crate::document::{PhaseFamily, count};

/// How many columns the axis has: that of a scene has more, and so its picture is smaller on the same page.
const COLUMNS: u16 = 390;
const SCENE_COLUMNS: u16 = 460;
/// The height of the labels of the axis, and of a row of marks.
const HEAD: usize = 26;
const ROW: usize = 15;
/// How wide a character of a label is at most.
const LETTER: usize = 7;
/// The room above and below the rows of a lane: less in a scene.
const MARGIN: usize = 4;
const SCENE_MARGIN: usize = 2;
/// How many labels the axis has at most: the longest have twelve characters.
const LABELS: TickLabels = TickLabels::Full { most: 9, letter: 4 };
/// The longest name of a lane, in characters.
const LONGEST: usize = 24;

/// The overview as a figure with a caption that explains its signs, and breaks if there are any; nothing if nothing is
/// dated. `has_events`: whether the page has the same events as text.
pub(super) fn overview(
    events: &ChartEvents<'_>,
    words_of_breaks: &str,
    has_events: bool,
) -> String {
    let Some(chart) = events.draw(COLUMNS) else {
        return String::new();
    };
    let mut caption = String::from(
        "A full band is certain, a lighter one possible, darker for the core of an imprecise date; the start or end of a \
         dashed line is unknown. An event too short for a band is its shape alone, dashed if the day is unknown; the small \
         shape in a band shows only the kind. A dotted line joins the days of one event. An arrow at the edge: it goes on \
         outside the axis. ",
    );
    let not_drawn = chart.off_axis.words();
    write!(caption, "{words_of_breaks} {}<br>", escaped(&not_drawn)).expect("a string takes all");
    for family in PhaseFamily::ALL {
        let (class, sign, words) = (class(family), family.sign(), family.words());
        write!(
            caption,
            "<span class=\"key {class}\">{sign}\u{a0}{words}</span> "
        )
        .expect("a string takes all");
    }
    let elsewhere = if has_events {
        "; the same events follow as text"
    } else {
        ""
    };
    figure(&chart, MarkTitles::None, "Overview", elsewhere, &caption)
}

/// The events of a scene as a figure without a legend; nothing if nothing is dated.
pub(super) fn of_scene(events: &ChartEvents<'_>) -> String {
    let Some(chart) = events.draw(SCENE_COLUMNS) else {
        return String::new();
    };
    let caption = [events.words_of_clock(), chart.off_axis.words()];
    let titles = MarkTitles::of_scene(number_of_marks(&chart));
    let caption = escaped(caption.join(" ").trim());
    figure(&chart, titles, "Events of the scene", "", &caption)
}

fn number_of_marks(chart: &Chart) -> usize {
    chart.lanes.iter().map(|lane| lane.marks.len()).sum()
}

/// How wide a picture is.
const fn width(chart: &Chart) -> usize {
    x_of(chart.axis.width) + 10
}

fn figure(chart: &Chart, titles: MarkTitles, name: &str, elsewhere: &str, caption: &str) -> String {
    let marks = number_of_marks(chart);
    let (drawn, height) = lanes(chart, titles);
    let width = width(chart);
    let label = format!(
        "{} on {} over one time axis{elsewhere}",
        count(marks, "mark"),
        count(chart.lanes.len(), "lane")
    );
    let mut out = format!(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">\n\
         <svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {width} {height}\" xmlns=\"http://www.w3.org/2000/svg\">\n"
    );
    out.push_str(&axis(chart, height));
    out.push_str(&drawn);
    out.push_str("</svg>\n</div>\n");
    if !caption.is_empty() {
        writeln!(out, "<figcaption>{caption}</figcaption>").expect("a string takes all");
    }
    out.push_str("</figure>\n");
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
fn lanes(chart: &Chart, titles: MarkTitles) -> (String, usize) {
    let mut out = String::new();
    let width = width(chart);
    let margin = if titles == MarkTitles::None {
        MARGIN
    } else {
        SCENE_MARGIN
    };
    let mut top = HEAD;
    for lane in &chart.lanes {
        let (places, used) = titles.places(&lane.marks, width);
        writeln!(
            out,
            "<path class=\"lane\" d=\"M0 {top}H{width}\"/>\n<text class=\"name\" x=\"0\" y=\"{}\"><title>{}</title>{}</text>",
            top + margin + ROW - 3,
            escaped(&lane.name),
            escaped(&shortened(&lane.name))
        )
        .expect("a string takes all");
        for (mark, place) in lane.marks.iter().zip(places) {
            out.push_str(&drawn(mark, place, top + margin + place.row * ROW));
        }
        top += used * ROW + 2 * margin;
    }
    writeln!(out, "<path class=\"lane\" d=\"M0 {top}H{width}\"/>").expect("a string takes all");
    (out, top + 1)
}

fn drawn(mark: &EventMark, place: MarkPlace, top: usize) -> String {
    let mut out = format!(
        "<g class=\"{}{}\"><title>{}</title>",
        class(mark.family),
        if mark.is_selected { " selected" } else { "" },
        escaped(&mark.name)
    );
    let middle = top + ROW / 2;
    match &mark.shape {
        MarkShape::Point { column, is_hollow } => {
            out.push_str(&point(mark.family, x_of(*column), middle, *is_hollow));
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
    // Upon the mark: a title may be within its own band.
    out.push_str(&title(mark, place, top + ROW - 2));
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
            point(mark.family, x, middle, mark.is_hollow_at(stretch))
        }
        _ => {
            let bands = run.iter().map(|&stretch| stretched(stretch, middle));
            let inner = family_within(run, middle, mark.family);
            bands.chain([outline(run, middle), inner]).collect()
        }
    }
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

/// The shape of the family in the first stretch that has room for it; empty if none has.
fn family_within(stretches: &[BandSegment], middle: usize, family: PhaseFamily) -> String {
    let has_room =
        |it: &&BandSegment| it.fill != ColumnFill::Open && place(**it, **it).1 >= 2 * MARK;
    let Some(&stretch) = stretches.iter().find(has_room) else {
        return String::new();
    };
    let x = x_of(stretch.first) + MARK;
    within_band(family, x, middle, stretch.fill == ColumnFill::Certain)
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let kept: String = name.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

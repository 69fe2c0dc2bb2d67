//! The overview: axis, lanes and density strip.

use std::ops::RangeInclusive;

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::overlay::{Overlay, TimeRange};
use crate::app::overview::{Overview, OverviewCell, OverviewLane};
use crate::app::screen::layout;
use crate::chart::{Axis, AxisTick, ColumnFill, Lanes, TickLabels};
use crate::date::Instant;
use crate::document::{Role, count_sign};
use crate::timeline::Clock;
use crate::ui::paint::{Painter, cells, row, skip};

/// What is marked on the axis, apart from the selected event.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui) struct OverviewMarks {
    /// The range of time that is being chosen.
    pub range: Option<TimeRange>,
    /// The end of the `as of` day.
    pub as_of: Option<Instant>,
}

impl OverviewMarks {
    /// What is marked on the axes of a model.
    pub fn of(model: &Model) -> Self {
        let as_of = model.timeline().redactions().as_of.as_ref();
        Self {
            range: match model.overlay() {
                Some(Overlay::Range(range)) => Some(*range),
                _ => None,
            },
            as_of: as_of.map(|day| day.end().latest),
        }
    }
}

/// Draws an overview in its area: the axis, then its lanes, or the strip if it has none.
pub(in crate::ui) fn draw(
    painter: &mut Painter<'_>,
    overview: &Overview,
    lanes: &Lanes,
    marks: OverviewMarks,
    area: Rect,
) {
    let columns = layout::axis_area(area, lanes);
    let names = Rect {
        x: area.x,
        width: columns.x - area.x,
        ..area
    };
    if overview.axis.is_none() {
        painter.text(row(columns, 0), "nothing is dated", Role::Quiet);
        return;
    }
    axis(painter, overview, row(columns, 0));
    stretch(painter, marks.range, row(columns, 0));
    known(painter, overview, row(columns, 0));
    day(painter, overview, marks.as_of, row(columns, 0));
    if overview.off_axis.undated > 0 {
        whole(
            painter,
            inset(row(names, 0)),
            &format!("{} {}", overview.off_axis.undated, without(overview.clock)),
        );
    }
    if overview.lanes.is_empty() {
        strip(painter, overview, row(columns, 1));
        whole(painter, inset(row(names, 1)), "density");
        return;
    }
    let rules = rules(overview);
    for (index, lane) in (1u16..).zip(&overview.lanes) {
        let number = usize::from(index) - 1;
        if let Some(name) = &lane.name {
            let mut here = overview.cursor_lanes.iter();
            let is_here = here.any(|&row| overview.rows.is_one_lane(number, row));
            let role = if is_here { Role::Text } else { Role::Quiet };
            painter.clipped(inset(row(names, index)), name, role);
        }
        lane_cells(
            painter,
            overview,
            (number, lane),
            &rules,
            row(columns, index),
        );
    }
    titles(painter, overview, columns);
    // Hidden events are shown below the lanes: an empty place must not be taken for a quiet time.
    if overview.hidden.iter().any(|&hidden| hidden) {
        let below = u16::try_from(overview.lanes.len() + 1).unwrap_or(u16::MAX);
        strip(painter, overview, row(columns, below));
        whole(painter, inset(row(names, below)), "density");
    }
}

/// Titles next to marks.
fn titles(painter: &mut Painter<'_>, overview: &Overview, columns: Rect) {
    for title in &overview.titles {
        let index = u16::try_from(title.row + 1).unwrap_or(u16::MAX);
        let line = row(columns, index);
        let place = Rect {
            x: line.x + title.place.first,
            width: title.place.columns,
            ..line
        };
        let role = if overview.selected == Some(title.event) {
            Role::Span
        } else {
            Role::Text
        };
        painter.clipped(place, &title.text, role);
    }
}

/// The words for an event without a date on a clock.
const fn without(clock: Clock) -> &'static str {
    match clock {
        Clock::Happened => "undated",
        _ => "not stated",
    }
}

/// Draws the range of time that is being chosen, on the axis.
fn stretch(painter: &mut Painter<'_>, range: Option<TimeRange>, line: Rect) {
    if let Some((from, to)) = range.map(TimeRange::columns) {
        painter.tint(columns(line, from, to), Role::Selected);
    }
}

/// When the selected event was disclosed and attributed, on the axis.
fn known(painter: &mut Painter<'_>, overview: &Overview, line: Rect) {
    for &(column, clock) in &overview.known {
        let place = Rect {
            x: line.x + column.min(line.width.saturating_sub(1)),
            width: 1,
            ..line
        };
        painter.text(place, &known_sign(clock).to_string(), Role::Knowledge);
    }
}

const fn known_sign(clock: Clock) -> char {
    match clock {
        Clock::Attributed => '◈',
        _ => '◇',
    }
}

/// Draws the `as of` day: anything to the right of it was still expected then.
fn day(painter: &mut Painter<'_>, overview: &Overview, as_of: Option<Instant>, line: Rect) {
    let (Some(instant), Some(axis)) = (as_of, overview.axis) else {
        return;
    };
    if axis.span.contains(instant) {
        let x = line.x + axis.column(instant).min(line.width.saturating_sub(1));
        painter.text(
            Rect {
                x,
                width: 1,
                ..line
            },
            "▼",
            Role::AsOf,
        );
    }
}

/// Draws a remark as a whole or not at all.
fn whole(painter: &mut Painter<'_>, line: Rect, text: &str) {
    if cells(text) <= line.width {
        painter.text(line, text, Role::Quiet);
    }
}

/// Names are one cell from the left edge and two from the axis.
fn inset(line: Rect) -> Rect {
    Rect {
        x: line.x + 1,
        width: line.width.saturating_sub(3),
        ..line
    }
}

fn ticks(overview: &Overview) -> Vec<AxisTick> {
    let axis = overview.axis;
    axis.map(|axis| axis.ticks(TickLabels::Short))
        .unwrap_or_default()
}

/// A column, and its sign in a lane that has no event there.
type Rule = (u16, &'static str);

/// The ticks and the edges of breaks, down through the lanes.
fn rules(overview: &Overview) -> Vec<Rule> {
    let ticks = ticks(overview).into_iter().map(|tick| (tick.column, "·"));
    let breaks = overview.axis.iter().flat_map(Axis::breaks);
    let edges = breaks.flat_map(|gap| [(gap.first, "╎"), (gap.last, "╎")]);
    ticks.chain(edges).collect()
}

/// A line with the labels on it; the span of the selected event is drawn heavier.
fn axis(painter: &mut Painter<'_>, overview: &Overview, line: Rect) {
    painter.text(line, &"─".repeat(usize::from(line.width)), Role::Faint);
    if let Some(cursor) = &overview.cursor {
        let span = columns(line, *cursor.start(), *cursor.end());
        painter.text(span, &"━".repeat(usize::from(span.width)), Role::Span);
    }
    breaks(painter, overview, line);
    let ticks = ticks(overview);
    let (left, right) = edges(overview);
    let mut free = cells(&left);
    let end = line.width.saturating_sub(cells(&right));
    for tick in ticks {
        let collides = tick.column < free || tick.column + cells(&tick.label) > end;
        if collides {
            continue;
        }
        let text = if tick.label.is_empty() {
            "┬"
        } else {
            &tick.label
        };
        free = tick.column + cells(text);
        let touches =
            |cursor: &RangeInclusive<u16>| *cursor.start() < free && *cursor.end() >= tick.column;
        let role = if overview.cursor.as_ref().is_some_and(touches) {
            Role::Span
        } else {
            Role::Label
        };
        let x = line.x + tick.column;
        painter.text(
            Rect {
                x,
                width: line.right().saturating_sub(x),
                ..line
            },
            text,
            role,
        );
    }
    painter.text(line, &left, Role::Quiet);
    painter.right(line, &right, Role::Quiet);
}

/// The length of each break on the axis, in its middle.
fn breaks(painter: &mut Painter<'_>, overview: &Overview, line: Rect) {
    for gap in overview.axis.iter().flat_map(Axis::breaks) {
        let place = columns(line, gap.first, gap.last);
        let label = gap.label(place.width.into());
        let is_covered = (overview.cursor.as_ref())
            .is_some_and(|cursor| *cursor.start() < gap.first && gap.last < *cursor.end());
        let role = if is_covered { Role::Span } else { Role::Quiet };
        let air = (place.width - cells(&label)) / 2;
        painter.text(place, &" ".repeat(place.width.into()), role);
        painter.text(skip(place, air), &label, role);
    }
}

/// The columns of a line from `first` to `last`, both included.
fn columns(line: Rect, first: u16, last: u16) -> Rect {
    let x = line.x + first.min(line.width.saturating_sub(1));
    let width = (last - first + 1).min(line.right().saturating_sub(x));
    Rect { x, width, ..line }
}

/// How many events lie beyond either end of the axis, so that a zoom never leaves them out silently.
fn edges(overview: &Overview) -> (String, String) {
    let counted = |count: usize, text: String| if count > 0 { text } else { String::new() };
    let left = counted(
        overview.off_axis.earlier,
        format!("◂{} ", overview.off_axis.earlier),
    );
    let right = counted(
        overview.off_axis.later,
        format!(" {}▸", overview.off_axis.later),
    );
    (left, right)
}

fn lane_cells(
    painter: &mut Painter<'_>,
    overview: &Overview,
    (number, lane): (usize, &OverviewLane),
    rules: &[Rule],
    place: Rect,
) {
    let titles = overview.titles.iter().filter(|title| title.row == number);
    let titles: Vec<_> = titles.map(|title| title.place.with_air()).collect();
    let (mut left, mut buffer) = (' ', [0; 4]);
    for (column, cell) in (0u16..).zip(&lane.cells) {
        let here = Rect {
            x: place.x + column,
            width: 1,
            ..place
        };
        if titles.iter().any(|title| title.contains(&column)) {
            left = ' ';
            continue;
        }
        if !cell.has_events() && !cell.lag {
            if let Some((_, sign)) = rules.iter().find(|(rule, _)| *rule == column) {
                painter.text(here, sign, Role::Faint);
            }
            left = ' ';
            continue;
        }
        let role = if !cell.has_events() {
            if cell.known.is_some() {
                Role::Knowledge
            } else {
                Role::Faint
            }
        } else if overview.is_selected(number, column, *cell) {
            Role::Span
        } else {
            cell.family.into()
        };
        left = glyph(*cell, left, column == 0);
        let sign = left.encode_utf8(&mut buffer);
        if cell.count() > 1 {
            painter.bold(here, sign, role);
        } else {
            painter.text(here, sign, role);
        }
    }
}

/// The sign of a cell, given the sign to its left: an event is a diamond, and a band is fuller the more certain it is.
fn glyph(cell: OverviewCell, left: char, is_first: bool) -> char {
    match (cell.points, cell.fill) {
        (0, Some(_)) if cell.begun > 1 => count_sign(cell.begun.into(), left),
        (0, Some(_)) if cell.goes_on => {
            if is_first {
                '◂'
            } else {
                '▸'
            }
        }
        (0, None) if cell.lag => cell.known.map_or('┈', known_sign),
        (0, None) => ' ',
        (0, Some(ColumnFill::Open)) => '╌',
        (0, Some(ColumnFill::Possible)) => '░',
        (0, Some(ColumnFill::Core)) => '▒',
        (0, Some(ColumnFill::Certain)) => '█',
        (1, _) => cell.family.sign(),
        (points, _) => count_sign(points.into(), left),
    }
}

/// Draws all lanes in one line, which is higher where more events are expected. The line is broken where the filter
/// hides every event, since a low line would mean few events, and a blank would mean none.
fn strip(painter: &mut Painter<'_>, overview: &Overview, line: Rect) {
    const BLOCKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
    let most = overview.density.iter().copied().fold(0.0_f32, f32::max);
    for (column, &density) in (0u16..).zip(&overview.density) {
        let hidden = overview
            .hidden
            .get(usize::from(column))
            .is_some_and(|&hidden| hidden);
        if density <= 0.0 {
            if hidden {
                let place = Rect {
                    x: line.x + column,
                    width: 1,
                    ..line
                };
                painter.text(place, "┈", Role::Faint);
            }
            continue;
        }
        let place = Rect {
            x: line.x + column,
            width: 1,
            ..line
        };
        // The root keeps a single event visible next to many.
        let height = (density / most).sqrt() * 7.0;
        // Below lanes, which show the selected event, a colour would seem to select all of them.
        let cursor = overview.cursor.as_ref();
        let selected = overview.lanes.is_empty() && cursor.is_some_and(|it| it.contains(&column));
        let role = if selected { Role::Span } else { Role::Context };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the height is from 0 to 7"
        )]
        painter.text(place, BLOCKS[(height.round() as usize).min(7)], role);
    }
}

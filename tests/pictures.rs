//! The viewer, the handouts and the pictures draw each event as the chart says; none of them decides how certain a column is.

use std::sync::LazyLock;

use dateline::app::overview::lane_rows::OverviewRows;
use dateline::app::overview::{self, OverviewInputs};
use dateline::app::screen::layout;
use dateline::app::state::active_filter::ActiveFilter;
use dateline::chart::{
    Axis, AxisPlace, BandSegment, Chart, ChartEvents, ColumnFill, EventMark, Lanes, MarkShape,
    OffAxis, TimeExtent, fills,
};
use dateline::document::PhaseFamily;
use dateline::text;
use dateline::timeline::term::Grouping;
use dateline::timeline::{Clock, Event, EventId, Timeline};
use dateline::ui::theme::Theme;
use regex::Regex;

use crate::support::program::{self, Stage, TIMELINES, opened, ready};

/// The number of points in a column, and how certain it is that something was going on.
type ColumnCell = (u16, Option<ColumnFill>);

const WIDTHS: [u16; 5] = [1, 7, 40, 97, 390];
/// The columns of the overview in Markdown.
const MARKDOWN: u16 = 64;

fn events(timeline: &Timeline) -> Vec<EventId> {
    timeline.events().map(Event::id).collect()
}

fn chart(timeline: &Timeline, grouping: Grouping, width: u16) -> Option<Chart> {
    ChartEvents::new(timeline, events(timeline), grouping).draw(width)
}

/// The cells that the rules give, lane by lane.
fn by_the_rules(timeline: &Timeline, lanes: &Lanes, axis: &Axis) -> Vec<Vec<ColumnCell>> {
    let mut cells = vec![vec![(0, None); usize::from(axis.width)]; lanes.names.len()];
    for event in timeline.events() {
        let Some(columns) = AxisPlace::of(event, Clock::Happened, axis).columns() else {
            continue;
        };
        let when = event.when().expect("an event on the axis has a date");
        lanes.each_row(event, |row| {
            let row = &mut cells[row];
            if columns.is_point {
                row[usize::from(columns.first)].0 += 1;
                return;
            }
            for (column, fill) in fills(&when, columns, axis) {
                let cell = &mut row[usize::from(column)];
                cell.1 = cell.1.max(Some(fill));
            }
        });
    }
    cells
}

fn of_marks(chart: &Chart) -> Vec<Vec<ColumnCell>> {
    let lane = |marks: &[EventMark]| {
        let mut cells = vec![(0, None); usize::from(chart.axis.width)];
        for mark in marks {
            match &mark.shape {
                MarkShape::Point { column, .. } => cells[usize::from(*column)].0 += 1,
                MarkShape::Band(stretches) => {
                    for stretch in stretches {
                        for column in stretch.first..=stretch.last {
                            let cell = &mut cells[usize::from(column)];
                            cell.1 = cell.1.max(Some(stretch.fill));
                        }
                    }
                }
            }
        }
        cells
    };
    chart.lanes.iter().map(|it| lane(&it.marks)).collect()
}

fn of_cells(timeline: &Timeline, lanes: &Lanes, axis: Axis) -> Vec<Vec<ColumnCell>> {
    let active_filter = ActiveFilter::open(timeline);
    let subject = OverviewInputs {
        timeline,
        active_filter: &active_filter,
        lanes,
        clock: Clock::Happened,
        lag: false,
    };
    let drawn = overview::draw(
        subject,
        Some(axis),
        OverviewRows::plain(lanes, lanes.names.len()),
    );
    let cells = |lane: &overview::OverviewLane| {
        let cells = lane.cells.iter();
        cells.map(|cell| (cell.points, cell.fill)).collect()
    };
    drawn.lanes.iter().map(cells).collect()
}

/// Compares the drawings of a timeline with the rules. Returns the number of compared lanes.
#[track_caller]
fn compare_drawings(name: &str, timeline: &Timeline, grouping: Grouping) -> usize {
    let mut compared = 0;
    for width in WIDTHS {
        let Some(chart) = chart(timeline, grouping, width) else {
            continue;
        };
        let lanes = Lanes::of(timeline, grouping, &events(timeline));
        let expected = by_the_rules(timeline, &lanes, &chart.axis);
        let place = format!("{name} by {grouping} in {width} columns");
        assert_eq!(of_cells(timeline, &lanes, chart.axis), expected, "{place}");
        // A handout omits lanes without an event on the axis.
        let drawn = |lane: &Vec<ColumnCell>| lane.iter().any(|cell| *cell != (0, None));
        let expected: Vec<Vec<ColumnCell>> = expected.into_iter().filter(drawn).collect();
        assert_eq!(of_marks(&chart), expected, "{place}");
        compared += expected.len();
    }
    compared
}

#[test]
fn the_viewer_and_the_handouts_draw_every_timeline_alike() {
    for grouping in Grouping::ALL {
        let compared = TIMELINES.iter().map(|name| {
            let (timeline, _) = ready(name);
            compare_drawings(name, timeline, *grouping)
        });
        assert!(compared.sum::<usize>() > 30, "{grouping}");
    }
}

fn of_dates(dates: &[&str]) -> Timeline {
    let event = |when: &&str| format!("[[events]]\ntitle = \"T\"\nwhen = '{when}'\n");
    opened("t.toml", &dates.iter().map(event).collect::<String>()).timeline
}

#[test]
fn the_viewer_and_the_handouts_draw_every_event_alike() {
    let mut compared = 0;
    for name in TIMELINES {
        let (timeline, _) = ready(name);
        for when in timeline.events().filter_map(Event::written) {
            compared += compare_drawings(when, &of_dates(&[when]), Grouping::Lane);
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn a_year_is_never_drawn_as_a_day() {
    let dates = ["1893", "1900", "1950-05-05", "1950-06", "late 1960", "2023"];
    let timeline = of_dates(&dates);
    let chart = chart(&timeline, Grouping::Lane, 64).expect("the timeline is dated");
    let lanes = Lanes::of(&timeline, Grouping::Lane, &events(&timeline));
    let cells = of_cells(&timeline, &lanes, chart.axis);
    let points: u16 = cells.iter().flatten().map(|cell| cell.0).sum();
    assert_eq!(points, 1, "only the day is a point");
}

/// An event draws nothing between its days, so a cell there has the colour of the other events.
#[test]
fn a_cell_between_the_days_of_an_event_has_the_colour_of_the_others() {
    let event = |when: &str, phase: &str| {
        format!("[[events]]\ntitle = \"T\"\nwhen = \"{when}\"\nphase = \"{phase}\"\n")
    };
    let text = event("2021-01/2021-06", "denial") + &event("{2021-02,2021-12}", "compromise");
    let timeline = opened("t.toml", &text).timeline;
    let active_filter = ActiveFilter::open(&timeline);
    let lanes = Lanes::of(&timeline, Grouping::Lane, active_filter.rows());
    let subject = OverviewInputs {
        timeline: &timeline,
        active_filter: &active_filter,
        lanes: &lanes,
        clock: Clock::Happened,
        lag: false,
    };
    let extent = TimeExtent::of(timeline.events(), Clock::Happened).expect("the events are dated");
    let drawn = overview::draw(
        subject,
        Some(Axis::new(extent.all, 12)),
        OverviewRows::plain(&lanes, 1),
    );
    let families = drawn.lanes[0].cells.iter().map(|cell| cell.family);
    let families: Vec<PhaseFamily> = families.collect();
    assert_eq!(families[1], PhaseFamily::Hostile, "February");
    assert_eq!(families[3], PhaseFamily::Denial, "April");
}

/// The lanes of the overview on the screen, without those that have no event on the axis, and whether they are all
/// lanes.
fn on_the_screen(name: &str) -> (Vec<String>, bool) {
    // The axis is as wide as in Markdown if the names of the lanes leave enough room.
    let stages = (65..120).map(|width| Stage::open(name, program::size(&format!("{width}x60"))));
    let stage = stages
        .into_iter()
        .find(|stage| axis_width(stage) == Some(MARKDOWN));
    let stage = stage.expect("some width gives this axis");
    let screen = stage
        .model
        .last_timeline_screen()
        .expect("the first screen is a timeline");
    let overview = screen
        .overview
        .as_ref()
        .expect("the overview is on the screen");
    let area = layout::axis_area(stage.model.regions().overview, &screen.lanes);
    let buffer = stage.buffer(Theme::default());
    let is_whole = overview.lanes.len() == screen.lanes.names.len();
    let shown = overview.lanes.len() - usize::from(!is_whole);
    let row = |row: u16| -> String {
        let cell = |column| buffer[(area.x + column, area.y + 1 + row)].symbol();
        let signs = (0..MARKDOWN).map(cell);
        // A dot is a tick of the axis, a dashed line the edge of a break.
        signs
            .map(|sign| {
                if matches!(sign, "·" | "╎") {
                    " "
                } else {
                    sign
                }
            })
            .collect()
    };
    let rows = (0..u16::try_from(shown).expect("few")).map(row);
    let rows = rows.map(|row| row.trim_end().to_owned());
    (rows.filter(|row| !row.is_empty()).collect(), is_whole)
}

fn axis_width(stage: &Stage) -> Option<u16> {
    let screen = stage.model.last_timeline_screen()?;
    Some(screen.overview.as_ref()?.axis?.width)
}

/// The lanes of the overview in a Markdown handout.
fn in_markdown(name: &str, chart: &Chart) -> Vec<String> {
    let out = program::exported(&program::open(name), "markdown");
    let (_, rest) = out
        .split_once("## Overview\n\n")
        .expect("the handout has an overview");
    let names = || chart.lanes.iter().map(|lane| lane.name.as_str());
    let widest = names().map(text::width).max().unwrap_or(0);
    let row = |(line, name): (&str, &str)| {
        let rest = line.strip_prefix(&format!("    {name}")).expect(line);
        let gap = " ".repeat(widest - text::width(name) + 2);
        rest.strip_prefix(&gap).unwrap_or_default().to_owned()
    };
    rest.lines().skip(1).zip(names()).map(row).collect()
}

#[test]
fn the_screen_and_markdown_print_the_same_signs() {
    let mut compared = 0;
    for name in TIMELINES {
        let (timeline, _) = ready(name);
        let Some(chart) = chart(timeline, Grouping::Lane, MARKDOWN) else {
            continue;
        };
        // The screen and the handout cut longer names differently.
        if chart.lanes.iter().any(|lane| text::width(&lane.name) > 24) {
            continue;
        }
        let printed = in_markdown(name, &chart);
        let (shown, is_whole) = on_the_screen(name);
        if is_whole {
            assert_eq!(shown.len(), printed.len(), "{name}");
        }
        for (shown, printed) in shown.iter().zip(&printed) {
            // Only the handout marks points on unknown days: the screen has the sign of their family there.
            let is_same = |(shown, printed): (char, char)| {
                shown == printed || printed == '◇' && "◆●■▲○".contains(shown)
            };
            let signs = shown.chars().zip(printed.chars());
            assert!(signs.clone().all(is_same), "{name}: {shown}, {printed}");
            assert_eq!(shown.chars().count(), printed.chars().count(), "{name}");
        }
        compared += shown.len();
    }
    assert!(compared > 15, "{compared}");
}

/// A piece of a mark: its class, and its first and last columns.
type MarkPiece<'a> = (&'a str, u16, u16);

/// The columns of a drawn axis: where the first begins, and how many there are.
fn axis_of(drawn: &str) -> Option<(u16, u16)> {
    static EDGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<path class="edge" d="M(\d+) \d+H(\d+)"/>"#).expect("well formed")
    });
    let (_, ends) = EDGE.captures(drawn)?.extract();
    let [from, to] = ends.map(|end| end.parse::<u16>().expect("a number"));
    Some((from, (to - from) / 2))
}

/// The groups of the marks of a picture, in the order of the chart.
fn groups(drawn: &str) -> Vec<&str> {
    let groups = drawn.split("<g class=\"").skip(1);
    let groups = groups.filter_map(|rest| {
        let (class, rest) = rest.split_once("\">")?;
        let is_event = class.split(' ').any(|class| class == "event");
        Some(rest.split_once("</g>")?.0).filter(|_| is_event)
    });
    groups.collect()
}

fn pieces(mark: &str, left: u16) -> Vec<MarkPiece<'_>> {
    static PIECE: LazyLock<Regex> = LazyLock::new(|| {
        let band = r#"<rect class="(\w+)" x="(\d+)" y="\d+" width="(\d+)""#;
        let line = r#"<path class="(open)" d="M(\d+) \d+h(\d+)""#;
        Regex::new(&format!("{band}|{line}")).expect("the expression is well formed")
    });
    let number = |text: &str| text.parse::<u16>().expect("a number");
    let found = PIECE.captures_iter(mark).map(|it| {
        let (_, [class, x, width]) = it.extract();
        let first = (number(x) - left) / 2;
        (class, first, first + number(width) / 2 - 1)
    });
    found.filter(|piece| piece.0 != "outline").collect()
}

/// The points of a mark: the class, and the sign of the family whose shape it has.
fn points(mark: &str) -> Vec<(&str, char)> {
    static POINT: LazyLock<Regex> = LazyLock::new(|| {
        let start = r#"<(?:path|circle) class="(certain|hollow)(?<ring> ring)?" "#;
        let diamond = r#"d="M\d+ \d+(?:L\d+ \d+){3}Z""#;
        let triangle = r#"d="M\d+ \d+(?:L\d+ \d+){2}Z""#;
        let square = r#"d="M\d+ \d+h\d+v\d+h-\d+Z""#;
        let shapes = format!("(?<d>{diamond})|(?<t>{triangle})|(?<s>{square})|cx=");
        Regex::new(&format!("{start}(?:{shapes})")).expect("well formed")
    });
    let found = POINT.captures_iter(mark).map(|it| {
        let signs = [("ring", '○'), ("d", '◆'), ("t", '▲'), ("s", '■')];
        let sign = signs.iter().find(|(name, _)| it.name(name).is_some());
        let class = it.get(1).expect("every point has a class").as_str();
        (class, sign.map_or('●', |(_, sign)| *sign))
    });
    found.collect()
}

#[track_caller]
fn assert_is_drawn(drawn: &str, mark: &EventMark, left: u16) {
    let point = |is_hollow: bool| {
        let class = if is_hollow { "hollow" } else { "certain" };
        (class, mark.family.sign())
    };
    let (stretches, alone): (&[BandSegment], Vec<(&str, char)>) = match &mark.shape {
        MarkShape::Point { is_hollow, .. } => (&[], vec![point(*is_hollow)]),
        MarkShape::Band(stretches) => (stretches, Vec::new()),
    };
    let arrows = drawn.matches("<path d=\"M").count();
    let cut = usize::from(mark.cut.before) + usize::from(mark.cut.after);
    assert_eq!(arrows, cut, "{drawn}");
    let pieces = pieces(drawn, left);
    let class = |fill: ColumnFill| match fill {
        ColumnFill::Open => "open",
        ColumnFill::Possible => "possible",
        ColumnFill::Core => "core",
        ColumnFill::Certain => "certain",
    };
    let piece = |it: &BandSegment| (class(it.fill), it.first, it.last);
    // A stretch is a piece, or a point if it is too short for a piece.
    let (wide, narrow): (Vec<&BandSegment>, Vec<&BandSegment>) = stretches
        .iter()
        .partition(|stretch| pieces.contains(&piece(stretch)));
    assert_eq!(pieces, wide.into_iter().map(piece).collect::<Vec<_>>());
    assert!(narrow.iter().all(|it| it.last - it.first < 2), "{drawn}");
    let narrow = narrow.iter().map(|it| point(mark.is_hollow_at(**it)));
    let expected: Vec<(&str, char)> = alone.into_iter().chain(narrow).collect();
    assert_eq!(points(drawn), expected, "{drawn}");
}

#[test]
fn pictures_draw_the_certainty_of_each_mark() {
    for format in ["html", "svg"] {
        let mut compared = 0;
        for name in TIMELINES {
            let (timeline, _) = ready(name);
            let out = program::exported(&program::open(name), format);
            // The pictures of scenes follow that of all events.
            let first = out.split("</svg>").next().unwrap_or_default();
            let Some((left, columns)) = axis_of(first) else {
                continue;
            };
            let events = ChartEvents::new(timeline, events(timeline), Grouping::Lane);
            let chart = events.on_whole_axis().draw(columns);
            let chart = chart.expect("the picture has an axis");
            assert_eq!(
                chart.off_axis,
                OffAxis {
                    undated: chart.off_axis.undated,
                    ..OffAxis::default()
                }
            );
            let groups = groups(first);
            let marks: Vec<&EventMark> = chart.lanes.iter().flat_map(|it| &it.marks).collect();
            assert_eq!(groups.len(), marks.len(), "{name}");
            for (drawn, mark) in groups.into_iter().zip(marks) {
                assert_is_drawn(drawn, mark, left);
                compared += 1;
            }
        }
        assert!(compared > 100, "{format}: {compared}");
    }
}

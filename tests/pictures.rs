//! The viewer and the handouts draw one event alike: points where the viewer has points, and as sure of the rest.

use dateline::app::axis::Axis;
use dateline::app::grouping::{Grouping, Lanes};
use dateline::app::overview::{self, Fill, Subject};
use dateline::app::sieve::Sieve;
use dateline::formats::handout::overview::{self as handout, Form};
use dateline::timeline::{Clock, Event, EventId, Timeline};

use crate::support::program::{TIMELINES, opened, ready};

/// How many points a column has, and how sure it is that something was going on.
type Cell = (u16, u8);

const COLUMNS: usize = 64;

fn of_handout(chart: &handout::Chart) -> Vec<Vec<Cell>> {
    let lane = |lane: &handout::Lane| {
        let mut cells = vec![(0, 0); COLUMNS];
        for mark in &lane.marks {
            match &mark.form {
                Form::Point { column, .. } => cells[*column].0 += 1,
                Form::Band(stretches) => {
                    for (first, last, fill) in stretches {
                        let fill = match fill {
                            handout::Fill::Open => 1,
                            handout::Fill::Possible => 2,
                            handout::Fill::Core => 3,
                            handout::Fill::Certain => 4,
                        };
                        for cell in &mut cells[*first..=*last] {
                            cell.1 = cell.1.max(fill);
                        }
                    }
                }
            }
        }
        cells
    };
    chart.lanes.iter().map(lane).collect()
}

fn of_viewer(timeline: &Timeline, chart: &handout::Chart) -> Vec<Vec<Cell>> {
    let sieve = Sieve::open(timeline);
    let lanes = Lanes::of(timeline, Grouping::Lane, sieve.rows());
    let subject = Subject {
        timeline,
        sieve: &sieve,
        lanes: &lanes,
        clock: Clock::Happened,
        lag: false,
    };
    let width = u16::try_from(COLUMNS).expect("it is small");
    let axis = Axis::new(chart.axis.span(), width);
    let drawn = overview::draw(subject, Some(axis), usize::from(u16::MAX));
    let cell = |cell: &overview::Cell| {
        let fill = match cell.fill {
            Fill::Empty | Fill::Lag => 0,
            Fill::Open => 1,
            Fill::Possible => 2,
            Fill::Core => 3,
            Fill::Certain => 4,
        };
        (cell.points, fill)
    };
    let lanes = drawn
        .lanes
        .iter()
        .map(|lane| lane.cells.iter().map(cell).collect());
    let lanes: Vec<Vec<Cell>> = lanes.collect();
    // The handout has no lane without an event on the axis.
    lanes
        .into_iter()
        .filter(|lane| lane.iter().any(|cell| *cell != (0, 0)))
        .collect()
}

#[track_caller]
fn are_alike(name: &str, timeline: &Timeline) -> usize {
    let events: Vec<EventId> = timeline.events().map(Event::id).collect();
    let Some(chart) = handout::Overview::new(timeline, events, None).draw(COLUMNS) else {
        return 0;
    };
    assert_eq!(of_viewer(timeline, &chart), of_handout(&chart), "{name}");
    chart.lanes.len()
}

#[test]
fn the_viewer_and_the_handouts_draw_every_timeline_alike() {
    let lanes = TIMELINES.iter().map(|name| are_alike(name, &ready(name).0));
    assert!(lanes.sum::<usize>() > 10);
}

#[test]
fn a_year_is_never_drawn_as_a_day() {
    let event = |when: &str| format!("[[events]]\ntitle = \"T\"\nwhen = \"{when}\"\n");
    let text: String = ["1893", "1900", "1950-05-05", "1950-06", "late 1960", "2023"]
        .map(event)
        .concat();
    let timeline = opened("t.toml", &text).timeline;
    are_alike("years", &timeline);
    let events: Vec<EventId> = timeline.events().map(Event::id).collect();
    let chart = handout::Overview::new(&timeline, events, None).draw(COLUMNS);
    let cells = of_viewer(&timeline, &chart.expect("it is dated"));
    let points: u16 = cells.iter().flatten().map(|cell| cell.0).sum();
    assert_eq!(points, 1, "only the day is a point");
}

//! Rows of lanes: laws for any dates. No event is lost, marks are apart where there are rows for it, and no title lies on
//! a mark or on another title.

use std::sync::Arc;

use dateline::app::overview::{Overview, OverviewCell, OverviewTitle};
use dateline::app::screen::TimelineScreen;
use dateline::chart::{AxisPlace, fills};
use dateline::ui::screenshot::ScreenshotFormat;
use proptest::prelude::*;

use crate::breaks::{dates, of_dates};
use crate::properties::cases;
use crate::support::program::{self, Stage, TIMELINES, opened};

fn screen(stage: &Stage) -> &TimelineScreen {
    stage.model.last_timeline_screen().expect("a timeline")
}

/// The number of events in rows, after a check that each is drawn in a row of each of its lanes.
#[track_caller]
fn count_drawn(stage: &Stage, overview: &Overview) -> usize {
    let (timeline, screen) = (stage.model.timeline(), screen(stage));
    let Some(axis) = overview.axis else { return 0 };
    let mut points = vec![vec![0; axis.width.into()]; overview.lanes.len()];
    let mut drawn = 0;
    for &id in screen.active_filter.rows() {
        let event = timeline.event(id);
        let columns = AxisPlace::of(event, screen.clock, &axis).columns();
        let Some(columns) = columns else { continue };
        let mut rows = Vec::new();
        overview
            .rows
            .each(&screen.lanes, event, |row, _| rows.push(row));
        assert!(!rows.is_empty(), "{} has no row", event.title());
        for row in rows {
            drawn += 1;
            if columns.is_point {
                points[row][usize::from(columns.first)] += 1;
                continue;
            }
            let when = event.on(screen.clock).expect("it is on the axis");
            for (column, _) in fills(&when, columns, &axis) {
                let cell = overview.lanes[row].cells[usize::from(column)];
                assert!(cell.fill.is_some(), "{} is not in row {row}", event.title());
            }
        }
    }
    for (lane, points) in overview.lanes.iter().zip(points) {
        let found: Vec<u16> = lane.cells.iter().map(|cell| cell.points).collect();
        assert_eq!(found, points);
    }
    drawn
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn no_event_is_lost(dates in dates(), height in 30..50_u16) {
        let size = program::size(&format!("120x{height}"));
        let stage = Stage::on(Arc::new(of_dates(&dates)), size);
        if let Some(overview) = &screen(&stage).overview {
            let outside = overview.off_axis.earlier + overview.off_axis.later;
            prop_assert_eq!(count_drawn(&stage, overview) + outside, dates.len());
        }
    }

    #[test]
    fn marks_are_apart_and_titles_lie_on_nothing(dates in dates()) {
        let events = dates.iter().take(12).enumerate();
        let events = events.map(|(number, when)| {
            let title = "A title of some length ".repeat(number % 3 + 1);
            format!("[[events]]\ntitle = \"{title}{number}\"\nwhen = '{when}'\ntags = [\"t\"]\n")
        });
        let scene = "[views.all]\nfilter = \"tag:t\"\n[[scenes]]\ntitle = \"T\"\nview = \"all\"\n";
        let file = events.collect::<String>() + scene;
        let mut stage = Stage::on(Arc::new(opened("t.toml", &file).timeline), program::size("120x50"));
        stage.press("b");
        let Some(overview) = &screen(&stage).overview else { return Ok(()) };
        for lane in &overview.lanes {
            prop_assert!(lane.cells.iter().all(|cell| cell.points <= 1 && cell.begun <= 1 && (cell.points == 0 || cell.fill.is_none())));
        }
        let cells = |title: &OverviewTitle| {
            let columns = title.place.first..title.place.first + title.place.columns;
            let row = &overview.lanes[title.row].cells;
            columns.map(|column| row[usize::from(column)]).collect::<Vec<OverviewCell>>()
        };
        let mut seen: Vec<(usize, u16, u16)> = Vec::new();
        for title in &overview.titles {
            let is_own = |cell: OverviewCell| cell.fill.is_some() && cell.begun == 0;
            let is_within = cells(title).into_iter().all(is_own);
            prop_assert!(is_within || cells(title).iter().all(|cell| !cell.has_events()), "{title:?}");
            let (first, end) = (title.place.first, title.place.first + title.place.columns);
            let meets = |other: &(usize, u16, u16)| other.0 == title.row && first < other.2 && other.1 < end;
            prop_assert!(!seen.iter().any(meets), "{title:?}");
            seen.push((title.row, first, end));
        }
    }
}

#[test]
fn the_timelines_lose_no_event_at_any_height() {
    for name in TIMELINES {
        for height in [29, 30, 36, 50] {
            let stage = Stage::open(name, program::size(&format!("120x{height}")));
            if let Some(overview) = &screen(&stage).overview
                && overview.rows.names.len() >= screen(&stage).lanes.names.len()
            {
                count_drawn(&stage, overview);
            }
        }
    }
}

#[test]
fn lanes_have_several_rows_from_a_height_of_thirty_rows_on() {
    let lanes = |size: &str| {
        let stage = Stage::open("shipped", program::size(size));
        let overview = screen(&stage).overview.as_ref().expect("an overview");
        let named = overview.rows.names.iter().flatten().count();
        (overview.rows.names.len(), named)
    };
    let (rows, named) = lanes("120x30");
    assert!(rows > named);
    let (rows, named) = lanes("120x29");
    assert_eq!(rows, named);
    // The detail takes half of a narrow screen: the list keeps the rest.
    let (rows, named) = lanes("80x40");
    assert_eq!(rows, named);
}

#[test]
fn the_scene_of_25_march_2024_shows_its_ten_events_apart_with_titles_and_hours() {
    for size in ["120x36", "200x50"] {
        let mut stage = Stage::open("shipped", program::size(size));
        stage.press("b0");
        let overview = screen(&stage).overview.as_ref().expect("an overview");
        assert_eq!(overview.lanes.len(), 10, "{size}: a row for each event");
        assert_eq!(overview.titles.len(), 10, "{size}: each has its title");
        let frame = stage.frame(ScreenshotFormat::Text);
        let axis = frame
            .lines()
            .find(|line| line.contains("25 Mar 2024─") || line.contains("25 Mar 2024━"));
        let axis = axis.expect("the axis says the day");
        assert!(axis.contains("12:00") && axis.contains("18:00"), "{axis}");
    }
}

#[test]
fn selecting_an_event_changes_no_other_row() {
    let mut stage = Stage::open("shipped", program::size("120x36"));
    let rows = |stage: &Stage| screen(stage).overview.clone().expect("an overview").lanes;
    let before = rows(&stage);
    stage.press("jjjjj");
    assert_eq!(rows(&stage), before);
}

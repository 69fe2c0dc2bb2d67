//! An axis that fits the question: a scene, or a filter on request. It shows every event asked for, and it stays where it
//! was if there is none, and while the day of an "as of" view is being chosen.

use std::sync::Arc;

use dateline::app::overview::OverviewCell;
use dateline::app::screen::TimelineScreen;
use dateline::chart::{Axis, AxisPlace, TickLabels, fitted_span};
use dateline::date::Instant;
use dateline::timeline::Clock;
use dateline::ui::screenshot::ScreenshotFormat;
use proptest::prelude::*;

use crate::breaks::{dates, of_dates};
use crate::properties::cases;
use crate::support::program::{self, Stage, opened};

const FILE: &str = r#"
    [[events]]
    title = "Long before"
    when = "2019-03"
    lane = "A"
    [[events]]
    title = "At ten"
    when = "2024-03-25T10:00Z"
    disclosed = "2024-03-25"
    phase = "attribution"
    lane = "B"
    [[events]]
    title = "At noon"
    when = "2024-03-25T12:00Z"
    disclosed = "2024-04-25"
    phase = "attribution"
    lane = "B"
    [[events]]
    title = "Long after"
    when = "2026"
    lane = "A"
    [views.day]
    filter = "phase:attribution"
    [views.nothing]
    filter = "phase:denial"
    group = "phase"
    [[scenes]]
    title = "The day"
    view = "day"
    [[scenes]]
    title = "The day in its time"
    view = "day"
    axis = "whole"
    [[scenes]]
    title = "Nothing"
    view = "nothing"
"#;

fn stage(keys: &str) -> Stage {
    let timeline = Arc::new(opened("t.toml", FILE).timeline);
    let mut stage = Stage::on(timeline, program::size("100x30"));
    stage.press(keys);
    stage
}

fn screen(stage: &Stage) -> &TimelineScreen {
    stage.model.last_timeline_screen().expect("a timeline")
}

fn axis(stage: &Stage) -> Axis {
    let overview = screen(stage).overview.as_ref();
    overview.and_then(|it| it.axis).expect("an axis")
}

/// The length of the axis, in whole days.
fn days(stage: &Stage) -> i64 {
    axis(stage).span.length() / 86_400_000_000
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn every_event_asked_for_is_on_the_axis(dates in dates(), width in 1..300_u16) {
        let timeline = of_dates(&dates);
        let Some(span) = fitted_span(timeline.events(), Clock::Happened) else { return Ok(()) };
        let axis = Axis::new(span, width);
        for event in timeline.events() {
            let whole = event.bounds().expect("every event has a date").whole();
            for end in [whole.earliest, whole.latest] {
                prop_assert!(!end.is_bounded() || span.contains(end), "{:?}", event.written());
            }
            let columns = AxisPlace::of(event, Clock::Happened, &axis).columns();
            let columns = columns.expect("it is on the axis");
            // What is drawn is never narrower than the date.
            if !columns.is_point {
                let first = axis.cell(columns.first).earliest;
                let last = axis.cell(columns.last).latest;
                prop_assert!(first <= whole.earliest.max(span.earliest));
                prop_assert!(whole.latest.min(span.latest) <= last);
            }
        }
    }
}

#[test]
fn every_scene_of_the_shipped_case_shows_all_its_events() {
    let mut stage = Stage::open("shipped", program::size("120x36"));
    stage.press("b");
    let scenes = stage.model.timeline().scenes().len();
    assert!(scenes > 10);
    let mut seen = 0;
    while seen < scenes {
        let (scene, _) = stage.model.scene().expect("a scene");
        if scene.at == seen && scene.step == 0 {
            let overview = scene.timeline.overview.as_ref().expect("an overview");
            let outside = (overview.off_axis.earlier, overview.off_axis.later);
            assert_eq!(outside, (0, 0), "scene {}", scene.at);
            let axis = overview.axis.expect("an axis");
            let rows = scene.timeline.active_filter.rows().iter();
            let dates =
                rows.filter_map(|&id| Some(stage.model.timeline().event(id).bounds()?.whole()));
            let mut ends = dates.flat_map(|whole| [whole.earliest, whole.latest]);
            let is_outside = |end: Instant| end.is_bounded() && !axis.span.contains(end);
            assert!(!ends.any(is_outside), "scene {}", scene.at);
            seen += 1;
        }
        stage.press("<space>");
    }
}

#[test]
fn a_band_that_goes_on_outside_the_axis_says_so_at_its_edge() {
    let dates = ["2010/2012", "2011-05-01", "2011-05-02", "{2005,2020}"];
    let timeline = of_dates(&dates.map(str::to_owned));
    let mut stage = Stage::on(Arc::new(timeline), program::size("100x30"));
    stage.press("fwhen:2011-05-01<enter>Z");
    let overview = screen(&stage).overview.as_ref().expect("an overview");
    assert!(
        !overview
            .lanes
            .iter()
            .flat_map(|lane| &lane.cells)
            .any(|cell| cell.goes_on)
    );
    stage.press("xGz");
    let overview = screen(&stage).overview.as_ref().expect("an overview");
    let ends = overview.lanes.iter().map(|lane| {
        let goes_on = |cell: Option<&OverviewCell>| cell.is_some_and(|cell| cell.goes_on);
        (goes_on(lane.cells.first()), goes_on(lane.cells.last()))
    });
    assert!(ends.clone().any(|ends| ends == (true, true)), "the years");
    let frame = stage.frame(ScreenshotFormat::Text);
    assert!(frame.contains('◂') && frame.contains('▸'), "{frame}");
}

#[test]
fn the_axis_of_a_day_has_ticks_of_hours() {
    let axis = axis(&stage("b"));
    let labels = axis.ticks(TickLabels::Short);
    let labels: Vec<&str> = labels.iter().map(|tick| tick.label.as_str()).collect();
    assert!(
        labels.contains(&"25 Mar 2024 10:00") && labels.contains(&"11:00"),
        "{labels:?}"
    );
}

#[test]
fn a_scene_fits_its_events_unless_it_shows_the_whole_time() {
    assert_eq!(days(&stage("b")), 0);
    assert!(days(&stage("b2")) > 2000);
    assert_eq!(days(&stage("b<tab>")), 0, "exploring keeps the axis");
}

#[test]
fn a_key_fits_the_axis_to_any_filter() {
    let whole = days(&stage(""));
    assert_eq!(
        days(&stage("fphase:attribution<enter>")),
        whole,
        "only on request"
    );
    assert_eq!(days(&stage("fphase:attribution<enter>Z")), 0);
    assert_eq!(
        days(&stage("Zfphase:attribution<enter>")),
        0,
        "it follows the filter"
    );
    assert_eq!(days(&stage("fphase:attribution<enter>ZZ")), whole);
    assert_eq!(
        days(&stage("fphase:attribution<enter>Z<esc>")),
        whole,
        "without a filter"
    );
}

#[test]
fn an_empty_result_keeps_the_axis_and_the_lanes() {
    for (before, after) in [
        ("fphase:attribution<enter>Z", "fphase:denial<enter>"),
        ("fphase:attribution<enter>", "fphase:denial<enter>"),
    ] {
        let full = stage(before);
        let empty = stage(&format!("{before}{after}"));
        assert_eq!(screen(&empty).active_filter.rows().len(), 0);
        assert_eq!(axis(&empty).span, axis(&full).span, "{before}");
        assert_eq!(
            screen(&empty).lanes.names,
            screen(&full).lanes.names,
            "{before}"
        );
        let frame = empty.frame(ScreenshotFormat::Text);
        assert!(frame.contains("no event matches: "), "{frame}");
    }
    for keys in ["b3", "OOfphase:denial<enter>"] {
        assert!(!screen(&stage(keys)).lanes.names.is_empty(), "{keys}");
    }
}

#[test]
fn the_axis_stays_while_a_day_is_being_chosen() {
    for keys in ["", "fphase:attribution<enter>Z", "b"] {
        let mut stage = stage(&format!("{keys}@"));
        let before = axis(&stage);
        let mut counts = Vec::new();
        for _ in 0..3 {
            counts.push(screen(&stage).active_filter.rows().len());
            assert_eq!(axis(&stage), before, "{keys}");
            stage.press("<left>");
        }
        assert!(
            counts.iter().any(|count| *count != counts[0]),
            "{keys}: {counts:?}"
        );
    }
}

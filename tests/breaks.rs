//! Axis breaks: laws for any dates, lengths of time and widths, and that the viewer and the handouts break alike.

use dateline::chart::{
    Axis, AxisEvents, AxisPlace, AxisPlan, ChartEvents, ColumnFill, TickLabels, TimeExtent, fills,
};
use dateline::date::{EventDate, Instant, Span};
use dateline::timeline::term::Grouping;
use dateline::timeline::{Clock, Event, EventId, Timeline};
use proptest::prelude::*;

use crate::properties::cases;
use crate::support::program::{self, Stage, TIMELINES, opened, ready};
use dateline::ui::screenshot::ScreenshotFormat;

const DAY: i64 = 86_400_000_000;

/// Dates in a few clusters that lie years apart, and some that cover the time between.
pub fn dates() -> impl Strategy<Value = Vec<String>> {
    let year = prop_oneof![3 => Just(2010), 3 => Just(2024), 1 => 2000..2030_i32];
    let month = 1..=2_u32;
    let date = (year, month, 1..28_u32, 0..24_u32, 0..12_u8);
    let date = date.prop_map(|(year, month, day, hour, form)| match form {
        0 => format!("{year}"),
        1 => format!("{year}-{month:02}"),
        2 => format!("late {year}"),
        3 => format!("{year}-{month:02}-{day:02}T{hour:02}:30Z"),
        4 => format!("{year}-{month:02}-{day:02}/.."),
        5 => format!("by {year}-{month:02}-{day:02}"),
        6 => format!("{year}-{month:02}/{}-{month:02}", year + 9),
        7 => format!("{{{year}-{month:02}, {}-{month:02}}}", year + 9),
        8 => format!("about {year}-{month:02}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    });
    proptest::collection::vec(date, 1..20)
}

pub fn of_dates(dates: &[String]) -> Timeline {
    let event = |when: &String| format!("[[events]]\ntitle = \"T\"\nwhen = '{when}'\n");
    opened("t.toml", &dates.iter().map(event).collect::<String>()).timeline
}

fn ids(timeline: &Timeline) -> Vec<EventId> {
    timeline.events().map(Event::id).collect()
}

/// The axis over all events, with breaks or without.
fn axis(timeline: &Timeline, width: u16, has_breaks: bool) -> Option<Axis> {
    let events = ids(timeline);
    let events = AxisEvents {
        timeline,
        events: &events,
        clock: Clock::Happened,
        lag: false,
    };
    let extent = TimeExtent::of(timeline.events(), Clock::Happened)?;
    Some(AxisPlan::new(&events, extent.all, has_breaks).axis(width))
}

/// The spans of its breaks.
fn broken(axis: &Axis) -> Vec<Span> {
    axis.breaks().map(|gap| gap.span).collect()
}

/// How sure each column of an event is on an axis, as often as it has columns.
fn drawn(event: Event<'_>, when: &EventDate, axis: &Axis) -> Vec<(u16, ColumnFill)> {
    let columns = AxisPlace::of(event, Clock::Happened, axis).columns();
    columns.map_or(Vec::new(), |columns| fills(when, columns, axis).collect())
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn columns_cover_all_time_in_its_order(dates in dates(), width in 1..400_u16) {
        let timeline = of_dates(&dates);
        let Some(axis) = axis(&timeline, width, true) else { return Ok(()) };
        prop_assert_eq!(axis.width, width);
        prop_assert_eq!(axis.cell(0).earliest, axis.span.earliest);
        prop_assert_eq!(axis.cell(width - 1).latest, axis.span.latest);
        for column in 0..width {
            let cell = axis.cell(column);
            prop_assert!(cell.earliest <= cell.latest);
            prop_assert_eq!(axis.column(cell.earliest), column);
            prop_assert_eq!(axis.column(cell.latest), column);
            if column > 0 {
                prop_assert_eq!(axis.cell(column - 1).latest.micros() + 1, cell.earliest.micros());
            }
        }
    }

    #[test]
    fn nothing_begins_or_ends_in_a_break(dates in dates(), width in 20..400_u16) {
        let timeline = of_dates(&dates);
        let Some(axis) = axis(&timeline, width, true) else { return Ok(()) };
        for gap in broken(&axis) {
            for event in timeline.events() {
                let bounds = event.bounds().expect("every event has a date");
                for end in [bounds.start.earliest, bounds.start.latest, bounds.end.earliest, bounds.end.latest] {
                    prop_assert!(!gap.contains(end), "{:?}", event.written());
                }
                let whole = bounds.whole();
                let is_inside = whole.overlaps(gap);
                prop_assert!(!is_inside || whole.length() > axis.span.length() / 2);
            }
        }
    }

    #[test]
    fn ticks_and_their_labels_are_never_in_a_break(dates in dates(), width in 1..400_u16) {
        let timeline = of_dates(&dates);
        let Some(axis) = axis(&timeline, width, true) else { return Ok(()) };
        for (labels, letter) in [
            (TickLabels::Short, 1),
            (TickLabels::Full { most: 7, letter: 1 }, 1),
            (TickLabels::Full { most: 9, letter: 4 }, 4),
        ] {
            let mut free = 0;
            for tick in axis.ticks(labels) {
                let length = u16::try_from(tick.label.len()).expect("short") * letter;
                let end = tick.column + length.saturating_sub(1);
                prop_assert!(end < width, "{tick:?}");
                for gap in axis.breaks() {
                    prop_assert!(end < gap.first || gap.last < tick.column, "{tick:?} {gap:?}");
                }
                if length > 0 {
                    prop_assert!(tick.column >= free, "{tick:?} touches the label before it");
                    free = end + 2;
                }
            }
        }
    }

    /// Each column is as sure as its time, and no break hides a change.
    #[test]
    fn breaks_change_no_certainty(dates in dates(), width in 20..400_u16) {
        let timeline = of_dates(&dates);
        let Some(broken) = axis(&timeline, width, true) else { return Ok(()) };
        let Some(plain) = axis(&timeline, 400, false) else { return Ok(()) };
        let columns: Vec<Axis> = (0..width).map(|column| Axis::new(broken.cell(column), 1)).collect();
        let on_plain_axis: Vec<Span> = (0..400).map(|column| plain.cell(column)).collect();
        for event in timeline.events() {
            let when = event.when().expect("every event has a date");
            let (on_plain, on_broken) = (drawn(event, &when, &plain), drawn(event, &when, &broken));
            if AxisPlace::of(event, Clock::Happened, &broken).columns().is_some_and(|it| it.is_point) {
                continue;
            }
            for (column, alone) in (0..).zip(&columns) {
                let expected = drawn(event, &when, alone).first().map(|(_, fill)| *fill);
                let found = on_broken.iter().find(|(it, _)| *it == column).map(|(_, fill)| *fill);
                prop_assert_eq!(found, expected, "{} in column {}", when.written(), column);
            }
            for gap in broken.breaks() {
                let within = |column: &u16| gap.first <= *column && *column <= gap.last;
                let in_break: Vec<ColumnFill> = on_broken.iter().filter(|(it, _)| within(it)).map(|(_, fill)| *fill).collect();
                prop_assert!(in_break.is_empty() || in_break.len() == usize::from(gap.last - gap.first) + 1);
                let same_time = (0..).zip(&on_plain_axis).filter(|(_, cell)| {
                    gap.span.contains(cell.earliest) && gap.span.contains(cell.latest)
                });
                for (column, _) in same_time {
                    let fill = on_plain.iter().find(|(it, _)| *it == column).map(|(_, fill)| *fill);
                    prop_assert_eq!(in_break.first().copied(), fill, "{}", when.written());
                }
            }
        }
    }

    #[test]
    fn the_viewer_and_the_handouts_break_alike_however_wide_they_are(dates in dates(), width in 60..200_u16) {
        let timeline = std::sync::Arc::new(of_dates(&dates));
        let stage = Stage::on(timeline.clone(), program::size(&format!("{width}x30")));
        let screen = stage.model.last_timeline_screen().expect("the first screen is a timeline");
        let seen = screen.overview.as_ref().and_then(|overview| overview.axis);
        let chart = ChartEvents::new(&timeline, ids(&timeline), Grouping::Lane).draw(390);
        prop_assert_eq!(seen.as_ref().map(broken), chart.as_ref().map(|chart| broken(&chart.axis)));
    }
}

#[test]
fn the_viewer_and_the_handouts_break_every_timeline_alike() {
    for name in TIMELINES {
        let (timeline, _) = ready(name);
        let stage = Stage::open(name, program::size("120x36"));
        let screen = stage.model.last_timeline_screen();
        let seen = screen.and_then(|screen| screen.overview.as_ref()?.axis);
        let chart = ChartEvents::new(timeline, ids(timeline), Grouping::Lane).draw(390);
        let printed = chart.as_ref().map(|chart| broken(&chart.axis));
        assert_eq!(seen.as_ref().map(broken), printed, "{name}");
    }
}

#[track_caller]
fn check(dates: &[&str], labels: &[&str]) {
    let dates: Vec<String> = dates.iter().map(|&date| date.to_owned()).collect();
    let axis = axis(&of_dates(&dates), 100, true).expect("the events are dated");
    let found: Vec<String> = axis.breaks().map(|gap| gap.label(40)).collect();
    assert_eq!(found, labels, "{dates:?}");
}

#[test]
fn a_long_stretch_between_crowded_times_is_a_break() {
    let crowds = [
        "2021-03-01",
        "2021-03-05",
        "2021-03-09",
        "2024-03-25",
        "2024-03-26",
    ];
    check(&crowds, &["≈ 36 months ≈"]);
    // What goes on does not keep the axis whole, what lasts a part of the time does.
    let with = |more: &'static str| crowds.iter().copied().chain([more]).collect::<Vec<_>>();
    check(&with("2021-03-01/.."), &["≈ 36 months ≈"]);
    check(&with("2022-01/2022-12"), &["≈ 9 months ≈", "≈ 14 months ≈"]);
    check(
        &[
            "2021-03-01T10:00Z",
            "2021-03-01T10:01Z",
            "2021-03-01T18:00Z",
            "2021-03-01T18:01Z",
        ],
        &["≈ 8 hours ≈"],
    );
}

#[test]
fn breaks_that_would_distinguish_no_dates_are_not_made() {
    check(&["2021-03-01", "2024-03-25"], &[]);
    check(
        &[
            "2020-01-01",
            "2021-01-01",
            "2022-01-01",
            "2023-01-01",
            "2024-01-01",
        ],
        &[],
    );
    // No stretch is long.
    let weeks: Vec<String> = (0..40)
        .map(|week| {
            let day = Instant::of_day(2021, 1, 1).expect("a day").micros() + week * 7 * DAY;
            Instant::from_micros(day)
                .civil()
                .format("%Y-%m-%d")
                .to_string()
        })
        .collect();
    check(&weeks.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
}

#[test]
fn an_axis_that_is_too_narrow_is_whole() {
    let span = Span::new(Instant::from_micros(0), Instant::from_micros(100 * DAY - 1));
    for width in 1..40 {
        let axis = Axis::broken(span, width, &[]);
        assert_eq!(axis, Axis::new(span, width));
    }
}

#[test]
fn a_key_turns_breaks_off_and_on() {
    let dates = [
        "2021-03-01",
        "2021-03-05",
        "2021-03-09",
        "2024-03-25",
        "2024-03-26",
    ];
    let timeline = of_dates(&dates.map(str::to_owned));
    let mut stage = Stage::on(std::sync::Arc::new(timeline), program::size("80x24"));
    let axis_line = |stage: &Stage| {
        stage
            .frame(ScreenshotFormat::Text)
            .lines()
            .nth(1)
            .unwrap_or_default()
            .to_owned()
    };
    assert!(
        axis_line(&stage).contains("≈36mo≈"),
        "{}",
        axis_line(&stage)
    );
    stage.press("gb");
    assert!(!axis_line(&stage).contains('≈'));
    stage.press("gb");
    assert!(axis_line(&stage).contains('≈'));
}

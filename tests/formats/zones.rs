//! Times without a known zone, and the ways to state one.

use dateline::date::{Truth, Zone};
use dateline::diagnostic::SourceText;
use dateline::formats::{self, TableOptions};
use dateline::query::Filter;
use dateline::timeline::{Event, Timeline};

use crate::support::program;

const LOCAL: &str = "datetime,message\n\
                     2024-03-05 23:30:00,a\n\
                     2024-03-05 23:30:05,b\n\
                     2024-03-06 01:00:00Z,z\n";

fn open(name: &str, text: &str, zone: Option<&str>) -> (Timeline, Vec<String>) {
    let zone = zone.map(|zone| zone.parse::<Zone>().expect("a zone"));
    let (timeline, findings) =
        formats::open_in(&[SourceText::new(name, text)], &TableOptions::in_zone(zone));
    let findings = findings.iter();
    let findings = findings.map(|it| format!("{}: {}", it.kind.name, it.message));
    (timeline, findings.collect())
}

/// The answer of a filter for each event, with the first character of its title.
fn answers(timeline: &Timeline, filter: &str) -> String {
    let filter = Filter::parse(timeline, filter).expect("a filter without mistakes");
    let matches = filter.matches(timeline);
    let mut all: Vec<String> = timeline
        .events()
        .map(|event| match matches.truth(event.id()) {
            Truth::Yes => format!("{}!", event.title()),
            Truth::Possibly => format!("{}?", event.title()),
            Truth::No => String::new(),
        })
        .collect();
    all.sort_unstable();
    all.concat()
}

fn written(timeline: &Timeline) -> Vec<String> {
    let events = timeline.events().filter_map(Event::written);
    events.map(str::to_owned).collect()
}

#[test]
fn a_time_without_a_zone_possibly_matches_if_some_zone_would() {
    let (timeline, findings) = open("a.csv", LOCAL, None);
    assert_eq!(
        findings,
        ["time-zone-unknown: a time names no time zone, and so on in 1 more row"]
    );
    assert_eq!(answers(&timeline, "when:2024-03-05"), "a?b?");
    assert_eq!(answers(&timeline, "when:2024-03-06"), "a?b?z!");
    assert_eq!(answers(&timeline, "when:2024-03-07"), "");
    assert_eq!(answers(&timeline, "before:2024-03-06"), "a?b?");
    assert_eq!(answers(&timeline, "when:2024-03-05..2024-03-06"), "a!b!z!");
}

#[test]
fn the_rows_of_a_log_share_a_clock() {
    let (timeline, _) = open("a.csv", LOCAL, None);
    let [a, b, z] = ["a-csv-2", "a-csv-3", "a-csv-4"].map(|key| {
        let event = timeline.find_event(key);
        event.expect("each key ends with its line")
    });
    assert!(a.surely_began_before(b) && !b.surely_began_before(a));
    assert!(!a.surely_began_before(z) && !z.surely_began_before(a));
    assert_eq!(answers(&timeline, "after:event(a-csv-2)"), "b!z?");
    assert_eq!(answers(&timeline, "before:event(a-csv-3)"), "a!z?");
    assert_eq!(answers(&timeline, "before:event(a-csv-4)"), "a?b?");
}

#[test]
fn two_logs_need_not_share_a_clock() {
    let texts = ["a", "b"].map(|name| {
        let text = format!(
            "datetime,message\n2024-03-05 23:30:0{},{name}\n",
            name.len()
        );
        SourceText::new(format!("{name}.csv"), text)
    });
    let (timeline, findings) = formats::open(&texts);
    assert_eq!(findings.len(), 2, "a finding for each log");
    let mut events = timeline.events();
    let (first, second) = (events.next().expect("a"), events.next().expect("b"));
    assert!(!first.is_of_one_clock_with(second));
}

#[test]
fn a_stated_zone_applies_to_each_time_without_one() {
    let (timeline, findings) = open("a.csv", LOCAL, Some("-05:00"));
    assert!(findings.is_empty(), "{findings:?}");
    let expected = [
        "2024-03-06T01:00:00Z",
        "2024-03-05T23:30:00-05:00",
        "2024-03-05T23:30:05-05:00",
    ];
    assert_eq!(written(&timeline), expected);
    assert_eq!(answers(&timeline, "when:2024-03-06"), "a!b!z!");
    // The times of a filter are in that zone too.
    assert_eq!(answers(&timeline, "when:2024-03-05T23:30:05"), "b!");
}

#[test]
fn a_time_of_a_filter_is_utc_if_no_zone_is_stated() {
    let (timeline, _) = open("a.csv", LOCAL, None);
    assert_eq!(answers(&timeline, "when:2024-03-06T01:00:00"), "a?b?z!");
    assert_eq!(answers(&timeline, "when:2024-03-06T23:30:00"), "");
}

#[test]
fn a_place_has_summer_time_and_an_hour_that_never_occurs() {
    let text =
        "datetime,message\n2024-01-22 08:52:33,a\n2024-07-22 08:52:33,b\n2024-10-27 02:30:00,c\n";
    let (timeline, findings) = open("a.csv", text, Some("Europe/Berlin"));
    let expected = [
        "2024-01-22T08:52:33+01:00",
        "2024-07-22T08:52:33+02:00",
        "2024-10-27T02:30:00",
    ];
    assert_eq!(written(&timeline), expected);
    let said =
        "time-zone-unknown: clocks of `Europe/Berlin` never showed this time, or showed it twice";
    assert_eq!(findings, [said]);
}

#[test]
fn the_zones_of_l2tcsv_are_offsets_places_or_unknown() {
    let rows = |zone: &str| format!("date,time,timezone,desc\n01/22/2012,08:52:33,{zone},a\n");
    let read = |zone: &str, stated: Option<&str>| {
        let (timeline, findings) = open("a.csv", &rows(zone), stated);
        (written(&timeline).concat(), findings.concat())
    };
    for zone in ["+01:00", "UTC+1", "Europe/Berlin"] {
        let date = ("2012-01-22T08:52:33+01:00".to_owned(), String::new());
        assert_eq!(read(zone, None), date, "{zone}");
        assert_eq!(read(zone, Some("-05:00")), date, "the zone of the row wins");
    }
    let (timeline, findings) = open("a.csv", &rows("CET"), None);
    let said = "time-zone-unknown: `CET` may be several offsets from UTC";
    assert_eq!(findings, [said]);
    assert_eq!(answers(&timeline, "when:2012-01-22T08:52Z"), "a?");
    assert_eq!(answers(&timeline, "when:2012-01-22T07:52Z"), "a?");
    assert_eq!(answers(&timeline, "attribute:timezone=CET"), "a!");
    let (date, _) = read("CET", Some("Europe/Berlin"));
    assert_eq!(date, "2012-01-22T08:52:33+01:00");
}

#[test]
fn the_zone_name_decides_in_the_hour_that_autumn_repeats() {
    let text = "date,time,timezone,desc\n10/27/2024,02:30:00,CEST,a\n10/27/2024,02:30:00,CET,b\n";
    let (timeline, findings) = open("a.csv", text, Some("Europe/Berlin"));
    assert!(findings.is_empty(), "{findings:?}");
    let expected = ["2024-10-27T02:30:00+02:00", "2024-10-27T02:30:00+01:00"];
    assert_eq!(written(&timeline), expected);
}

#[test]
fn the_number_next_to_a_stamp_gives_its_zone() {
    let row = |stamp: &str| {
        let text = format!("message,timestamp,datetime\na,{stamp},2024-01-03T10:00:00.5\n");
        let (timeline, findings) = open("a.csv", &text, None);
        let first = timeline.events().next().expect("there is an event");
        let is_kept = first.attributes().any(|(name, _)| name == "timestamp");
        let is_reported = findings.iter().any(|it| it.starts_with("stamps-disagree"));
        assert_eq!(
            is_kept, is_reported,
            "a number that says something else is kept"
        );
        written(&timeline).concat()
    };
    assert_eq!(row("1704276000500000"), "2024-01-03T10:00:00.5Z");
    assert_eq!(row("1704272400"), "2024-01-03T10:00:00.5+01:00");
    assert_eq!(
        row("1704276060"),
        "2024-01-03T10:00:00.5",
        "no zone is a minute off"
    );
}

#[test]
fn a_number_may_be_rounded_as_far_as_its_stamp() {
    let zoned = |stamp: &str, number: &str| {
        let text = format!("message,timestamp,datetime\na,{number},{stamp}\n");
        let (timeline, findings) = open("a.csv", &text, None);
        assert!(findings.is_empty(), "{stamp} {number}: {findings:?}");
        written(&timeline).concat()
    };
    let minute = "2024-03-05T10:22";
    assert_eq!(zoned(minute, "1709634153"), format!("{minute}Z"));
    let second = "2024-03-05T10:22:34";
    assert_eq!(zoned(second, "1709634153.9"), format!("{second}Z"));
    assert_eq!(zoned(second, "1709630553900"), format!("{second}+01:00"));
}

#[test]
fn a_time_without_a_zone_is_exported_and_read_back_without_one() {
    let case =
        "[timeline]\ntlp = \"CLEAR\"\n[[events]]\nwhen = \"2024-03-05T10:22:31\"\ntitle = \"a\"\n";
    let (timeline, _) = open("case.toml", case, None);
    for form in ["timesketch-csv", "jsonl", "csv"] {
        let (back, findings) = open("back", &program::written(&timeline, form), None);
        assert_eq!(written(&back), ["2024-03-05T10:22:31"], "{form}");
        let expected = ["time-zone-unknown: a time names no time zone"];
        assert_eq!(findings, expected, "{form}");
    }
}

#[test]
fn a_timeline_states_the_zone_of_its_own_times() {
    let event = "[[events]]\nwhen = \"2024-03-05T23:30:00\"\ntitle = \"a\"\n";
    let text = format!(
        "{event}  [[events.claims]]\n  about = \"date\"\n  value = \"2024-03-05T23:31\"\n\
         [timeline]\nzone = \"America/New_York\"\n"
    );
    // The zone in the file wins over the zone that the user states for files without one.
    let (timeline, _) = open("a.toml", &text, Some("+01:00"));
    assert_eq!(written(&timeline), ["2024-03-05T23:30:00-05:00"]);
    let (_, claim) = timeline.claims().next().expect("there is a claim");
    let value = format!("{:?}", claim.value);
    assert!(value.contains("2024-03-05T23:31-05:00"), "{value}");
    assert!(!value.is_empty());
    let (timeline, _) = open("a.toml", event, Some("+01:00"));
    assert_eq!(written(&timeline), ["2024-03-05T23:30:00+01:00"]);
}

#[test]
fn the_zone_of_a_file_does_not_apply_to_another() {
    let event =
        |title: &str| format!("[[events]]\nwhen = \"2024-03-05T23:30\"\ntitle = \"{title}\"\n");
    let texts = [
        SourceText::new(
            "a.toml",
            format!("[timeline]\nzone = \"Z\"\n{}", event("a")),
        ),
        SourceText::new("b.toml", event("b")),
    ];
    let (timeline, findings) = formats::open(&texts);
    assert_eq!(
        written(&timeline),
        ["2024-03-05T23:30", "2024-03-05T23:30Z"]
    );
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].place.file.0, 1);
}

#[test]
fn an_as_of_view_never_shows_a_time_without_a_zone_too_early() {
    let text = "[[events]]\nwhen = \"2024-03\"\ntitle = \"a\"\n  [[events.claims]]\n  said = \"2024-03-05T23:30\"\n";
    let (timeline, _) = open("a.toml", text, None);
    let known = |day: &str| {
        let day = dateline::date::EventDate::parse(day).expect("a day");
        timeline.as_of(&day).expect("the date has an end").len()
    };
    assert_eq!([known("2024-03-05"), known("2024-03-06")], [0, 1]);
    assert_eq!(
        [known("2024-03-06T11:29"), known("2024-03-06T11:30")],
        [0, 1]
    );
}

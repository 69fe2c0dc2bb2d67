//! Laws of comparison, on every timeline of the tests and on the shipped case.

use std::collections::BTreeSet;

use dateline::change::{Difference, ItemPresence, TimelineComparison, TrueDifferences};
use dateline::date::EventDate;
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;
use dateline::timeline::term::Tlp;

use super::{lines, mutated, mutations, timeline};
use crate::support::program;

const SHIPPED: &str = "timelines/uk-democratic-institutions.toml";

#[test]
fn a_timeline_does_not_differ_from_itself() {
    let paths = program::files("tests", ".toml");
    for path in paths.iter().map(String::as_str).chain([SHIPPED]) {
        // Some are not text.
        let Ok(text) = std::fs::read_to_string(program::root().join(path)) else {
            continue;
        };
        let (one, other) = (timeline(&text), timeline(&text));
        let found = lines(&TimelineComparison::between(&one, &other));
        assert_eq!(found, [""; 0], "{path}");
    }
}

#[test]
fn the_order_of_tables_and_the_form_of_the_text_change_nothing() {
    let text = program::read(SHIPPED);
    let root: toml::Table = text.parse().expect("the case is TOML");
    let mut shuffled = root.clone();
    let events = shuffled["events"].as_array_mut().expect("it has events");
    events.reverse();
    for event in events {
        if let Some(claims) = event.get_mut("claims") {
            claims.as_array_mut().expect("claims are a list").reverse();
        }
    }
    let shuffled = toml::to_string(&shuffled).expect("a table can be written");
    let windows = text.replace('\n', "\r\n");
    let old = timeline(&text);
    for new in [shuffled, windows] {
        let new = timeline(&new);
        let found = lines(&TimelineComparison::between(&old, &new));
        assert_eq!(found, [""; 0]);
    }
}

/// The kinds of all differences, with the mirror image of each if asked.
fn kinds(comparison: &TimelineComparison<'_>, is_mirrored: bool) -> Vec<String> {
    let presence = |presence: ItemPresence| match (presence, is_mirrored) {
        (ItemPresence::New, true) => ItemPresence::Withdrawn,
        (ItemPresence::Withdrawn, true) => ItemPresence::New,
        (presence, _) => presence,
    };
    let kind = |it: &Difference| {
        let kind = if is_mirrored {
            it.kind.mirror()
        } else {
            it.kind
        };
        let (old, new) = if is_mirrored {
            (&it.new, &it.old)
        } else {
            (&it.old, &it.new)
        };
        format!("{} {}: {old} > {new}", it.key, kind.name())
    };
    let mut all = Vec::new();
    for item in &comparison.items {
        let mut parts: Vec<String> = item.differences.iter().map(kind).collect();
        for claim in &item.claims {
            let mut of_claim: Vec<_> = claim.differences.iter().map(kind).collect();
            of_claim.sort();
            parts.push(format!("{} {of_claim:?}", presence(claim.presence).mark()));
        }
        parts.sort();
        all.push(format!(
            "{:?} {} {parts:?}",
            item.kind,
            presence(item.presence).mark()
        ));
    }
    all.sort();
    all
}

#[track_caller]
fn assert_mirrors(old: &Timeline, new: &Timeline) {
    let there = kinds(&TimelineComparison::between(old, new), false);
    let back = kinds(&TimelineComparison::between(new, old), true);
    assert_eq!(there, back);
}

#[test]
fn the_other_way_round_each_difference_is_its_mirror_image() {
    let base = program::read("tests/changes/base.toml");
    let old = timeline(&base);
    for mutation in mutations() {
        assert_mirrors(&old, &timeline(&mutated(&base, &mutation)));
    }
    let shipped = timeline(&program::read(SHIPPED));
    let day = EventDate::parse("2023-08-08").expect("it is a day");
    let known = shipped.as_of(&day).expect("a day has an end");
    assert_mirrors(&known, &shipped);
    assert_mirrors(&old, &shipped);
}

#[test]
fn what_is_known_on_two_days_differs_as_two_truncated_files_do() {
    let shipped = timeline(&program::read(SHIPPED));
    let known = |day: &str| {
        let day = EventDate::parse(day).expect("it is a day");
        shipped.as_of(&day).expect("a day has an end")
    };
    let days = [
        "2021-12-31",
        "2023-08-07",
        "2023-08-08",
        "2024-03-24",
        "2024-03-25",
        "2026-11-22",
    ];
    for pair in days.windows(2) {
        let (old, new) = (known(pair[0]), known(pair[1]));
        let comparison = TimelineComparison::between(&old, &new);
        let keys = |timeline: &Timeline| -> BTreeSet<String> {
            timeline.events().map(|it| it.key().into_owned()).collect()
        };
        // Nothing that was public is withdrawn later, and each newly public event is new.
        assert_eq!(comparison.events(ItemPresence::Withdrawn), 0, "{pair:?}");
        let new_keys = keys(&new);
        let expected: BTreeSet<_> = new_keys.difference(&keys(&old)).cloned().collect();
        let events = comparison
            .items
            .iter()
            .filter(|it| it.old.is_none() && it.new.is_some());
        let found: BTreeSet<_> = events.map(|it| it.key.clone()).collect();
        assert_eq!(found, expected, "{pair:?}");
    }
}

#[test]
fn what_is_withheld_on_one_side_is_neither_new_nor_withdrawn() {
    let base = program::read("tests/changes/base.toml");
    let wider = base.replacen("tlp         = \"AMBER\"", "tlp         = \"GREEN\"", 1);
    let (old, new) = (timeline(&base), timeline(&wider));
    let shown = |timeline: &Timeline| timeline.up_to(Tlp::Green).expect("all is marked");
    let (old_shown, new_shown) = (shown(&old), shown(&new));
    assert!(old_shown.find_event("entry").is_none() && new_shown.find_event("entry").is_some());
    let whole = TimelineComparison::between(&old, &new);
    let comparison = TimelineComparison::between(&old_shown, &new_shown)
        .only_if_in(&TrueDifferences::of(&whole));
    assert_eq!(comparison.events(ItemPresence::New), 0);
    assert!(comparison.withheld > 0);
    let text: Vec<String> = lines(&comparison);
    assert!(text.iter().all(|line| !line.contains("entry")), "{text:?}");
}

#[test]
fn an_event_under_another_id_is_renamed_only_if_nothing_else_is_like_it() {
    let event = |id: &str, when: &str, title: &str| {
        format!(
            "[[events]]\nid = \"{id}\"\nwhen = \"{when}\"\ntitle = \"{title}\"\nactors = [\"mudlark\"]\n\
             phase = \"compromise\"\n\n"
        )
    };
    let old = timeline(&event("entry", "2021-08-14", "Mail server entered"));
    let renamed = timeline(&event(
        "intrusion",
        "2021-08-14",
        "The mail server was entered",
    ));
    let found = lines(&TimelineComparison::between(&old, &renamed));
    assert_eq!(
        found,
        [
            "event intrusion: id renamed",
            "event intrusion: title reworded"
        ]
    );
    let twins = event("first", "2021-08-14", "The mail server was entered")
        + &event("second", "2021-08-14", "The mail server was entered again");
    let twins = timeline(&twins);
    let comparison = TimelineComparison::between(&old, &twins);
    assert_eq!(
        lines(&comparison),
        ["- event entry", "+ event first", "+ event second"]
    );
    let perhaps = comparison
        .items
        .iter()
        .filter_map(|it| it.perhaps.as_deref());
    assert_eq!(perhaps.collect::<Vec<_>>(), ["entry", "entry"]);
}

#[test]
fn an_id_that_means_another_event_now_does_not_pair_the_two() {
    let event = |title: &str, when: &str| {
        timeline(&format!(
            "[[events]]\nid = \"e1\"\nwhen = \"{when}\"\ntitle = \"{title}\"\n"
        ))
    };
    let (old, new) = (
        event("Mail server entered", "2021"),
        event("Law passed", "2024"),
    );
    let found = lines(&TimelineComparison::between(&old, &new));
    assert_eq!(found, ["- event e1", "+ event e1"]);
}

/// A log of a number of rows, one second apart.
fn log(rows: std::ops::Range<usize>) -> Timeline {
    let mut text = "datetime,message,timestamp_desc,host\n".to_owned();
    for row in rows {
        let (minute, second) = (row / 60 % 60, row % 60);
        let hour = row / 3600;
        let row = format!(
            "2024-01-02T{hour:02}:{minute:02}:{second:02}Z,row {row},x,host {}\n",
            row % 7
        );
        text += &row;
    }
    formats::open(&[SourceText::new("a.csv", text)]).0
}

#[test]
fn a_log_that_has_grown_differs_in_its_new_rows_only() {
    let old = log(0..2000);
    for (new, added) in [(log(0..2003), 3), (log(0..2000), 0)] {
        let comparison = TimelineComparison::between(&old, &new);
        assert_eq!(comparison.events(ItemPresence::New), added);
        assert_eq!(comparison.same_events, 2000);
        assert_eq!(comparison.items.len(), added);
        let back = TimelineComparison::between(&new, &old);
        assert_eq!(back.events(ItemPresence::Withdrawn), added);
    }
    // Rows that are gone at the beginning rename all others by their lines.
    let without = log(3..2000);
    let later = TimelineComparison::between(&old, &without);
    assert_eq!(later.events(ItemPresence::Withdrawn), 3);
    assert_eq!((later.same_events, later.items.len()), (1997, 3));
}

#[test]
fn a_row_that_is_added_to_a_log_is_the_only_difference() {
    let log = |rows: &[&str]| {
        let text = format!(
            "datetime,message,timestamp_desc,host\n{}\n",
            rows.join("\n")
        );
        formats::open(&[SourceText::new("a.csv", text)]).0
    };
    let (first, second) = (
        "2024-01-02T03:04:05Z,logged in,x,a",
        "2024-01-02T03:04:06Z,logged out,x,a",
    );
    let old = log(&[first, second, second]);
    let added = log(&["2024-01-01T00:00:00Z,scan,x,b", first, second, second]);
    assert_eq!(
        lines(&TimelineComparison::between(&old, &added)),
        ["+ event a-csv-2"]
    );
    let dropped = log(&[second, first]);
    assert_eq!(
        lines(&TimelineComparison::between(&old, &dropped)),
        ["- event a-csv-4"]
    );
}

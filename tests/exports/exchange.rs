//! Formats of other programs: their shape, and that no date in them is narrower than its source says.

use chrono::{Datelike as _, NaiveDate};
use dateline::date::{EventDate, Instant, Span};
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};
use proptest::prelude::*;
use serde_json::Value;

use super::losses::timelines;
use crate::support::program::{self, written};

fn layer(timeline: &Timeline, format: &str) -> Value {
    serde_json::from_str(&written(timeline, format)).expect("it is JSON")
}

/// The first and the last microsecond of a date of `TimelineJS`.
fn reach(date: &Value) -> (Instant, Instant) {
    let names = ["year", "month", "day", "hour", "minute", "second"];
    let numbers = names.map(|name| date.get(name).and_then(Value::as_i64));
    let known = numbers.iter().take_while(|it| it.is_some()).count();
    assert!(
        known > 0 && numbers.iter().flatten().count() == known,
        "{date}"
    );
    let number = |at: usize, lowest: i64| numbers[at].unwrap_or(lowest);
    let first = |shift: [i64; 3]| {
        let months = number(0, 0) * 12 + number(1, 1) - 1 + shift[0];
        let year = i32::try_from(months.div_euclid(12)).expect("a year");
        let month = u32::try_from(months.rem_euclid(12) + 1).expect("a month");
        let day = NaiveDate::from_ymd_opt(year, month, 1).expect("a day");
        let midnight = Instant::from(day.and_hms_opt(0, 0, 0).expect("midnight"));
        let days = number(2, 1) - 1 + shift[1];
        let seconds =
            days * 86_400 + number(3, 0) * 3600 + number(4, 0) * 60 + number(5, 0) + shift[2];
        Instant::from_micros(midnight.micros() + seconds * 1_000_000)
    };
    let step = match known {
        1 => [12, 0, 0],
        2 => [1, 0, 0],
        3 => [0, 1, 0],
        4 => [0, 0, 3600],
        5 => [0, 0, 60],
        _ => [0, 0, 1],
    };
    let behind = first(step).micros() - 1;
    (first([0; 3]), Instant::from_micros(behind))
}

pub fn dated(when: &str) -> Timeline {
    let text = format!("[[events]]\nid = \"a\"\ntitle = \"A\"\nwhen = \"{when}\"\n");
    program::opened("x.toml", &text).timeline
}

/// Checks that a date of `TimelineJS` holds everything that the date allows.
fn assert_holds(when: &EventDate) {
    let slides = layer(&dated(when.written()), "timelinejs");
    let Some(slide) = slides["events"].get(0) else {
        assert!(!when.start().earliest.is_bounded(), "{}", when.written());
        return;
    };
    let (first, last_of_start) = reach(&slide["start_date"]);
    let last = slide
        .get("end_date")
        .map_or(last_of_start, |end| reach(end).1);
    assert!(
        first <= when.whole().earliest,
        "{}: {slide}",
        when.written()
    );
    let is_open = !when.whole().latest.is_bounded();
    assert!(
        is_open || when.whole().latest <= last,
        "{}: {slide}",
        when.written()
    );
    let words = slide["display_date"].as_str();
    assert!(words.is_some_and(|it| !it.is_empty()), "{slide}");
}

/// Checks that the stamps of an event of MISP, with their fidelities alone, allow everything that the date allows.
fn assert_stamps_hold(when: &EventDate) {
    let mut whole = layer(&dated(when.written()), "misp");
    let object = &mut whole["Event"]["Object"][0];
    let comment = object["comment"].as_str().expect("it has a comment");
    assert_eq!(
        comment,
        format!("dateline event\nid: a\nwhen: {}", when.written())
    );
    object["comment"] = Value::from("");
    let (read, _) = formats::open(&[SourceText::new("x.json", whole.to_string())]);
    let stamped = read.events().next().and_then(Event::when);
    let Some(stamped) = stamped else {
        let fits = |span: Span| {
            span.earliest.is_bounded() && span.earliest.civil().year() == span.latest.civil().year()
        };
        assert!(
            !fits(when.start()) && !fits(when.end()),
            "{}",
            when.written()
        );
        return;
    };
    let (outer, inner) = (stamped.bounds(), when.bounds());
    let is_held = outer.start.earliest <= inner.start.earliest
        && inner.start.latest <= outer.start.latest
        && outer.end.earliest <= inner.end.earliest
        && inner.end.latest <= outer.end.latest;
    assert!(is_held, "{} for {}", stamped.written(), when.written());
}

#[test]
fn a_date_is_a_unit_of_the_calendar_or_the_unit_around_it() {
    for (when, start, end) in [
        ("2021", r#"{"year":2021}"#, None),
        ("2021-08", r#"{"month":8,"year":2021}"#, None),
        ("late 2021", r#"{"year":2021}"#, None),
        (
            "2021-08-14T10:22Z",
            r#"{"day":14,"hour":10,"minute":22,"month":8,"year":2021}"#,
            None,
        ),
        (
            "2021-08/2022-10-03",
            r#"{"month":8,"year":2021}"#,
            Some(r#"{"day":3,"month":10,"year":2022}"#),
        ),
        ("2020s", r#"{"year":2020}"#, Some(r#"{"year":2029}"#)),
        ("2021-08/..", r#"{"month":8,"year":2021}"#, None),
    ] {
        let slide = &layer(&dated(when), "timelinejs")["events"][0];
        assert_eq!(slide["start_date"].to_string(), start, "{when}");
        assert_eq!(
            slide.get("end_date").map(ToString::to_string).as_deref(),
            end,
            "{when}"
        );
    }
}

/// A date as EDTF or in words.
pub fn dates() -> impl Strategy<Value = String> {
    let day = (1950..2049i32, 1..13u32, 1..29u32);
    let single = (day, 0..9usize).prop_map(|((year, month, day), form)| match form {
        0 => format!("{year}"),
        1 => format!("{year}-{month:02}"),
        2 => format!("{year}-{month:02}-{day:02}"),
        3 => format!("late {year}"),
        4 => format!("{year}-{month:02}~"),
        5 => format!("{}s", year / 10 * 10),
        6 => format!("{year}-{month:02}-{day:02}T10:{month:02}Z"),
        7 => format!("Q{} {year}", month.div_ceil(3)),
        _ => format!("{year}-{month:02}-{day:02}T10:{month:02}:07.5"),
    });
    let single = single.boxed();
    prop_oneof![
        4 => single.clone(),
        2 => (single.clone(), single.clone()).prop_map(|(from, to)| format!("{from}/{to}")),
        1 => single.clone().prop_map(|from| format!("{from}/..")),
        1 => single.clone().prop_map(|limit| format!("by {limit}")),
        1 => (single.clone(), single).prop_map(|(one, other)| format!("[{one},{other}]")),
    ]
}

proptest! {
    #![proptest_config(crate::properties::cases(128))]

    #[test]
    fn no_date_is_narrower_than_its_source_says(text in dates()) {
        if let Ok(when) = EventDate::parse(&text) {
            assert_holds(&when);
        }
    }

    #[test]
    fn no_stamp_of_misp_is_narrower_than_its_source_says(text in dates()) {
        if let Ok(when) = EventDate::parse(&text) {
            assert_stamps_hold(&when);
        }
    }

    #[test]
    fn no_text_becomes_markup_on_a_slide(text in super::text()) {
        let opened = super::of_one_text(&text);
        let slides = layer(&opened.timeline, "timelinejs");
        let mut texts = vec![&slides["title"]["text"]];
        texts.extend(slides["events"].as_array().into_iter().flatten().flat_map(|slide| [&slide["text"], &slide["display_date"], &slide["group"]]));
        for text in texts {
            let shown = text.to_string().replace("<p>", "").replace("</p>", "").replace("<br>", "");
            prop_assert!(!shown.contains(['<', '>']), "{shown}");
        }
    }
}

#[test]
fn the_paragraphs_of_a_text_stay_apart_on_a_slide() {
    let text = "[timeline]\ntitle = \"T\"\ntlp = \"CLEAR\"\nsummary = \"One.\\n\\nTwo\\nlines.\"\n\
                [[events]]\ntitle = \"A\"\nwhen = \"2021\"\nsummary = \"Three.\\n \\n\\nFour.\"\n";
    let slides = layer(&program::opened("x.toml", text).timeline, "timelinejs");
    let of = |slide: &Value| slide["text"]["text"].as_str().map(str::to_owned);
    assert_eq!(
        of(&slides["title"]).as_deref(),
        Some("<p>TLP:CLEAR</p><p>One.</p><p>Two\nlines.</p>")
    );
    let event = of(&slides["events"][0]);
    assert_eq!(event.as_deref(), Some("<p>Three.</p><p>Four.</p>"));
}

#[test]
fn a_layer_has_each_technique_with_its_events() {
    let text = "[timeline]\ntitle = \"T\"\ntlp = \"AMBER\"\n\
                [[events]]\nid = \"a\"\ntitle = \"A\"\nwhen = \"late 2021\"\ntechniques = [\"T1190\", \"T1059.001\"]\n\
                [[events]]\nid = \"b\"\ntitle = \"B\\nb\"\ntechniques = [\"T1190\"]\n\
                [[events.claims]]\nabout = \"method\"\nvalue = \"x\"\n[[events.claims]]\nabout = \"method\"\nvalue = \"x\"\nstance = \"denies\"\n\
                [[events]]\nid = \"c\"\ntitle = \"C\"\n";
    let layer = layer(&program::opened("x.toml", text).timeline, "navigator");
    assert_eq!(
        (&layer["name"], &layer["domain"]),
        (&"T".into(), &"enterprise-attack".into())
    );
    assert_eq!(layer["versions"]["layer"], "4.5");
    assert_eq!(layer["description"], "TLP:AMBER");
    let techniques = layer["techniques"].as_array().expect("it has techniques");
    let ids: Vec<_> = techniques.iter().map(|it| &it["techniqueID"]).collect();
    assert_eq!(ids, ["T1059.001", "T1190"]);
    assert_eq!(techniques[1]["score"], 2);
    assert_eq!(
        techniques[1]["comment"],
        "late 2021: A\nundated: B b (method contested)"
    );
    assert_eq!(
        techniques[0]["metadata"],
        serde_json::json!([{ "name": "event", "value": "a" }])
    );
}

#[test]
fn the_same_timeline_gives_the_same_bytes_and_the_strictest_marking() {
    for (name, timeline) in timelines() {
        for format in program::exchanges() {
            let out = written(timeline, format.name);
            assert_eq!(out, written(timeline, format.name), "{name}");
            // A marking that cannot be read stays so in the timeline that dateline reads back.
            let is_unread = timeline.head().tlp_unread && matches!(format.name, "json" | "toml");
            let marking = timeline
                .effective_marking()
                .filter(|_| !is_unread)
                .map(Tlp::as_str);
            assert!(
                marking.is_none_or(|tlp| out.contains(tlp)),
                "{name}, {}",
                format.name
            );
        }
    }
}

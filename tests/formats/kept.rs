//! A row loses nothing: values that cannot become the title or the date are kept as attributes.

use dateline::diagnostic::{Diagnostic, SourceText};
use dateline::formats::{self, import::TimelineImport};
use dateline::timeline::{Event, EventId, Timeline};

use super::open;

/// The title, the date and the attributes of each event.
fn events(timeline: &Timeline) -> Vec<(String, String, Vec<String>)> {
    let of = |event: Event<'_>| {
        let when = event.when().map(|when| when.written().to_owned());
        let kept = event.attributes();
        (
            event.title().to_owned(),
            when.unwrap_or_default(),
            kept.map(|(name, value)| format!("{name}={value}"))
                .collect(),
        )
    };
    timeline.events().map(of).collect()
}

fn event(title: &str, when: &str, kept: &[&str]) -> (String, String, Vec<String>) {
    let kept = kept.iter().map(|&it| it.to_owned());
    (title.to_owned(), when.to_owned(), kept.collect())
}

/// The kinds of the findings, and the text that each marks.
fn marked(text: &str) -> Vec<(&'static str, String)> {
    let text = SourceText::new("a.log", text);
    let (_, findings) = formats::open(std::slice::from_ref(&text));
    let of = |it: &Diagnostic| (it.kind.name, text.slice(it.place.range()).to_owned());
    findings.iter().map(of).collect()
}

fn imported(timeline: &Timeline) -> String {
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    let text = TimelineImport::new(timeline, &all).write(None);
    let (_, findings) = open("case.toml", &text);
    assert!(findings.is_empty(), "{findings:?}\n{text}");
    text
}

#[test]
fn the_right_one_of_two_duplicate_columns_wins_and_the_other_is_kept() {
    let text = "datetime,timestamp_desc,message,Message,Tag,tag,DateTime\n\
        2021-08-01T12:00:00Z,d,lower,UPPER,T1,t2,2019-01-01T00:00:00Z\n\
        2021-08-02T12:00:00Z,d,lower,,,,\n\
        ,d,,UPPER,,,2019-01-01T00:00:00Z\n";
    let (timeline, _) = open("a.csv", text);
    let expected = [
        event("UPPER", "2019-01-01T00:00:00Z", &["timestamp_desc=d"]),
        event(
            "lower",
            "2021-08-01T12:00:00Z",
            &[
                "timestamp_desc=d",
                "Message=UPPER",
                "DateTime=2019-01-01T00:00:00Z",
            ],
        ),
        event("lower", "2021-08-02T12:00:00Z", &["timestamp_desc=d"]),
    ];
    assert_eq!(events(&timeline), expected);
    let tags: Vec<_> = timeline.events().nth(1).expect("a row").tags().collect();
    assert_eq!(tags, ["T1", "t2"], "tags of both columns");
    let kind = "duplicate-column";
    let expected = [(kind, "Message".to_owned()), (kind, "DateTime".to_owned())];
    assert_eq!(marked(text), expected, "once, in the header");
    assert!(imported(&timeline).contains("# Message: UPPER\n"));
}

#[test]
fn a_repeated_column_is_kept() {
    let text = "Message;datetime;message;host;message;host;\"a;b\"\n\
        0;2021-08-01T12:00:00Z;one;x;two;y;z\n";
    let (timeline, _) = open("a.csv", text);
    let kept = ["Message=0", "host=x", "message=two", "host=y", "a;b=z"];
    let expected = [event("one", "2021-08-01T12:00:00Z", &kept)];
    assert_eq!(events(&timeline), expected);
    let header = text.lines().next().expect("a header").to_owned();
    let kind = "duplicate-column";
    assert_eq!(marked(text), [(kind, header.clone()), (kind, header)]);
}

#[test]
fn the_right_one_of_two_duplicate_keys_wins_and_is_reported_once() {
    let row = "{\"DateTime\":\"2018\",\"datetime\":\"2021-08-01T12:00:00Z\",\"message\":\"a\",\"datetime\":\"2019\",\"note\":\"datetime\"}\n";
    let null = "{\"datetime\":null,\"DateTime\":\"2017\",\"message\":\"b\"}\n";
    // Enough rows for several chunks, which are read separately.
    let filler = "x".repeat(4_000);
    let other = format!("{{\"datetime\":\"2022\",\"message\":\"c\",\"note\":\"{filler}\"}}\n");
    let text = format!("{null}{row}{row}{}{row}", other.repeat(3_000));
    let (timeline, _) = open("a.jsonl", &text);
    let events = events(&timeline);
    assert_eq!(events[0], event("b", "2017", &[]));
    let kept = ["DateTime=2018", "datetime=2019", "note=datetime"];
    let expected = event("a", "2021-08-01T12:00:00Z", &kept);
    assert_eq!(events[1..4], [expected.clone(), expected.clone(), expected]);
    let kind = "duplicate-column";
    let expected = [
        (kind, "\"DateTime\"".to_owned()),
        (kind, "\"datetime\"".to_owned()),
    ];
    assert_eq!(marked(&text), expected);
    let (_, findings) = open("a.jsonl", &text);
    let said = [
        "duplicate-column: `datetime` and `DateTime` both give the date of an event",
        "duplicate-column: `datetime` is there twice, but an event has one date",
    ];
    assert_eq!(findings, said);
}

#[test]
fn an_unreadable_stamp_is_kept_and_imported() {
    let feed = "Sun, 1 Aug 21 12:00:00 +09:00";
    let text = format!("message,datetime,timestamp\na,\"{feed}\",\nb,soon,never\nc,,later\nd,,\n");
    let (timeline, findings) = open("a.csv", &text);
    let feed_kept = format!("datetime={feed}");
    let expected = [
        event("a", "", &[&feed_kept]),
        event("b", "", &["datetime=soon", "timestamp=never"]),
        event("c", "", &["timestamp=later"]),
        event("d", "", &[]),
    ];
    assert_eq!(events(&timeline), expected);
    let said = [
        format!("date-not-edtf: `{feed}` has no exact meaning"),
        "date-not-edtf: `soon` is not a date".to_owned(),
        "date-not-edtf: `later` is not a date".to_owned(),
    ];
    assert_eq!(findings, said);
    assert!(imported(&timeline).contains(&format!("# datetime: {feed}\n")));
}

#[test]
fn the_number_next_to_an_unreadable_stamp_becomes_the_date() {
    let text = "message,datetime,timestamp\na,soon,1628936553000000\nb,soon,0\nc,2021-08-14T10:22:33Z,n. k.\nd,2021-08-14T10:22:33Z,1628936553000000\n";
    let (timeline, findings) = open("a.csv", text);
    let expected = [
        event("a", "2021-08-14T10:22:33.000000Z", &["datetime=soon"]),
        event("c", "2021-08-14T10:22:33Z", &["timestamp=n. k."]),
        event("d", "2021-08-14T10:22:33Z", &[]),
        event("b", "", &["datetime=soon", "timestamp=0"]),
    ];
    assert_eq!(events(&timeline), expected);
    assert_eq!(findings.len(), 2, "{findings:?}");
    let plaso = "{\"data_type\":\"x\",\"message\":\"a\",\"datetime\":\"soon\",\"timestamp\":1628936553000000}\n";
    let (timeline, _) = open("a.jsonl", plaso);
    let kept = ["data_type=x", "datetime=soon"];
    let expected = [event("a", "2021-08-14T10:22:33.000000Z", &kept)];
    assert_eq!(events(&timeline), expected);
}

#[test]
fn an_unreadable_imprecise_date_does_not_become_exact() {
    let text = "message,datetime,when_edtf\na,2021-07-01T00:00:00Z,late-ish 2021\n";
    let (timeline, _) = open("a.csv", text);
    let kept = ["when_edtf=late-ish 2021", "datetime=2021-07-01T00:00:00Z"];
    assert_eq!(events(&timeline), [event("a", "", &kept)]);
}

#[test]
fn a_day_a_time_and_a_zone_that_make_no_date_are_kept() {
    let rows = [
        "08/14/2021,10:22:33,Europe/London,a",
        "08/14/2021,10:22:33,UTC,b",
        "14 Aug 2021,10:22:33,UTC,c",
        "02/30/2021,10:22:33,CET,d",
        "08/14/2021,25:61:61,UTC,e",
        "00/00/0000,--:--:--,UTC,f",
    ];
    let text = format!("date,time,timezone,desc\n{}\n", rows.join("\n"));
    let (timeline, findings) = open("a.csv", &text);
    let undated = |title: &str, day: &str, time: &str, zone: &str| {
        let kept = [
            format!("date={day}"),
            format!("time={time}"),
            format!("timezone={zone}"),
        ];
        event(title, "", &kept.each_ref().map(String::as_str))
    };
    let expected = [
        event(
            "a",
            "2021-08-14T10:22:33+01:00",
            &["timezone=Europe/London"],
        ),
        event("b", "2021-08-14T10:22:33Z", &[]),
        undated("c", "14 Aug 2021", "10:22:33", "UTC"),
        undated("d", "02/30/2021", "10:22:33", "CET"),
        undated("e", "08/14/2021", "25:61:61", "UTC"),
        undated("f", "00/00/0000", "--:--:--", "UTC"),
    ];
    assert_eq!(events(&timeline), expected);
    let dates = findings.iter();
    let said = [
        "date-not-edtf: `14 Aug 2021` is not a month, day and year",
        "no-such-date: there is no day `02/30/2021`",
        "no-such-date: there is no time of day `25:61:61`",
    ];
    let mut dates: Vec<_> = dates.collect();
    dates.sort_unstable();
    assert_eq!(dates, said);
    let places = marked(&text).into_iter();
    let places: Vec<_> = places.map(|(_, text)| text).collect();
    let in_order = ["14 Aug 2021", "02/30/2021", "25:61:61"];
    assert!(
        in_order
            .iter()
            .all(|it| places.iter().any(|place| place == it))
    );
    assert!(imported(&timeline).contains("# timezone: Europe/London\n"));
}

#[test]
fn a_placeholder_for_a_missing_time_gives_no_date_and_is_reported_once() {
    let rows = [
        r#"{"message":"a","timestamp":0}"#,
        r#"{"message":"a","timestamp":0,"data_type":"x","__container_type__":"event"}"#,
        r#"{"message":"a","timestamp":0,"datetime":"1970-01-01T00:00:00Z"}"#,
    ];
    for row in rows {
        let log = format!("{row}\n").repeat(30);
        let (timeline, findings) = open("a.jsonl", &log);
        let [finding] = findings.as_slice() else {
            panic!("{row}: {findings:?}")
        };
        assert!(
            finding.ends_with("is a placeholder for a missing time, and so on in 29 more rows"),
            "{finding}"
        );
        let (_, when, kept) = events(&timeline).swap_remove(0);
        assert_eq!(when, "", "{row}");
        assert!(kept.contains(&"timestamp=0".to_owned()), "{row}: {kept:?}");
        assert!(imported(&timeline).contains("# timestamp: 0\n"), "{row}");
    }
}

#[test]
fn the_number_next_to_a_placeholder_becomes_the_date() {
    let row = r#"{"message":"a","datetime":"1601-01-01T00:00:00Z","timestamp":1628936553}"#;
    let (timeline, findings) = open("a.jsonl", row);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let expected = event(
        "a",
        "2021-08-14T10:22:33Z",
        &["datetime=1601-01-01T00:00:00Z"],
    );
    assert_eq!(events(&timeline), [expected]);
}

#[test]
fn a_number_that_becomes_the_date_has_the_precision_of_its_clock() {
    let row = r#"{"message":"a","datetime":"Invalid","timestamp":1327218753000000,"data_type":"x","__container_type__":"event","date_time":{"__class_name__":"PosixTime"}}"#;
    let (timeline, _) = open("a.jsonl", row);
    let (_, when, _) = events(&timeline).swap_remove(0);
    assert_eq!(when, "2012-01-22T07:52:33Z");
}

#[test]
fn two_instants_within_a_microsecond_compare_as_possibly() {
    let stamps = ["0000009", "0000001", "000002", "000000"];
    let rows = stamps.map(|it| format!("2024-01-02T00:00:00.{it}Z,{it}\n"));
    let (timeline, findings) = open("a.csv", &format!("datetime,message\n{}", rows.concat()));
    assert_eq!(findings, [""; 0]);
    let counts = |filter: &str| {
        let text = format!("{filter}:2024-01-02T00:00:00.0000005Z");
        let filter =
            dateline::query::Filter::parse(&timeline, &text).expect("a filter without mistakes");
        let counts = filter.matches(&timeline).counts();
        (counts.surely, counts.possibly)
    };
    assert_eq!(counts("before"), (0, 3));
    assert_eq!(counts("after"), (1, 2));
    assert_eq!(counts("when"), (0, 3));
}

#[test]
fn a_timeline_may_date_an_event_in_1970() {
    let toml = "[[events]]\nwhen = \"1970-01-01T00:00:00Z\"\ntitle = \"a\"\n";
    let (timeline, findings) = open("a.toml", toml);
    assert_eq!(findings, [""; 0]);
    assert_eq!(events(&timeline)[0].1, "1970-01-01T00:00:00Z");
    let ours = "message,when_edtf\na,1970-01-01T00:00:00Z\n";
    let (timeline, findings) = open("a.csv", ours);
    assert_eq!(findings, [""; 0]);
    assert_eq!(events(&timeline)[0].1, "1970-01-01T00:00:00Z");
}

#[test]
fn the_short_description_becomes_a_missing_title() {
    let (timeline, findings) = open(
        "a.csv",
        "date,time,timezone,short\n08/14/2021,10:00:00,UTC,hello\n",
    );
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(
        events(&timeline),
        [event("hello", "2021-08-14T10:00:00Z", &[])]
    );
    let both = "date,time,timezone,short,desc\n\
        08/14/2021,10:00:00,UTC,few,more\n\
        08/14/2021,11:00:00,UTC,only,\n";
    let (timeline, findings) = open("a.csv", both);
    assert!(findings.is_empty(), "{findings:?}");
    let expected = [
        event("more", "2021-08-14T10:00:00Z", &["short=few"]),
        event("only", "2021-08-14T11:00:00Z", &[]),
    ];
    assert_eq!(events(&timeline), expected);
}

#[test]
fn a_day_written_as_the_finding_expects_is_read() {
    let log = |day: &str| format!("date,time,timezone,desc\n{day},10:00:00,UTC,a\n");
    let finding = |text: &str| {
        let text = SourceText::new("a.csv", text);
        let (_, findings) = formats::open(&[text]);
        findings.into_iter().next()
    };
    for day in ["13/14/2021", "02/30/2021", "2021-08-14", "00/10/2021"] {
        let finding = finding(&log(day)).expect("there is a finding");
        let expected = "expected a day such as `08/14/2021`";
        assert_eq!(finding.label, expected, "{day}");
        assert!(finding.message.contains(day), "{}", finding.message);
        assert!(finding.help.is_empty(), "{:?}", finding.help);
    }
    assert!(finding(&log("08/14/2021")).is_none());
    let time = finding("date,time,timezone,desc\n08/14/2021,25:00:00,UTC,a\n");
    let label = time.expect("there is a finding").label;
    assert_eq!(label, "expected a time such as `10:22:33`");
}

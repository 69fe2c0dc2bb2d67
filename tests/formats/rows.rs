//! No row of a log disappears: the changes that programs and spreadsheets make to rows, and the events that result.

use dateline::query::Filter;
use dateline::timeline::{Event, Timeline};

use super::open;
use crate::support::program;

/// The title, date, tags, techniques and attributes of each event.
fn shown(timeline: &Timeline) -> Vec<String> {
    let of = |event: Event<'_>| {
        let when = event.when();
        let when = when.as_ref().map_or("undated", |when| when.written());
        let kept = event.attributes();
        let kept: Vec<_> = kept
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        format!("{} @ {when} {kept:?}", event.title())
    };
    timeline.events().map(of).collect()
}

fn kinds(findings: &[String]) -> Vec<String> {
    let kind = |it: &'_ String| it.split(':').next().unwrap_or_default().to_owned();
    findings.iter().map(kind).collect()
}

/// The tags and the techniques of the only event of a log.
fn lists(name: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let (timeline, findings) = open(name, text);
    assert_eq!(findings, [""; 0], "{text}");
    let event = timeline.events().next().expect("a row");
    let tags = event.tags().map(str::to_owned).collect();
    (tags, event.techniques().map(str::to_owned).collect())
}

#[test]
fn values_that_a_spreadsheet_left_out_are_empty() {
    let text = "datetime,message,timestamp_desc,\n2024-01-02T03:04:05Z,first,x,\n2024-01-02T03:04:06Z,second,x\n";
    let (timeline, findings) = open("a.csv", text);
    assert_eq!(findings, [""; 0], "the column has no name");
    let expected = [
        "first @ 2024-01-02T03:04:05Z [\"timestamp_desc=x\"]",
        "second @ 2024-01-02T03:04:06Z [\"timestamp_desc=x\"]",
    ];
    assert_eq!(shown(&timeline), expected);

    let rows = "2024-01-02T03:04:05Z,first,x\n".repeat(2000);
    let (timeline, findings) = open("a.csv", &format!("datetime,message,a,b\n{rows}"));
    assert_eq!(timeline.len(), 2000);
    let message = "the row has 3 values, and there are 4 columns";
    let expected = format!("uneven-row: {message}, and so on in 1999 more rows");
    assert_eq!(findings, [expected]);

    let text = "message,timestamp_desc,datetime\nno date,x\n";
    let (timeline, findings) = open("a.csv", text);
    assert_eq!(
        shown(&timeline),
        ["no date @ undated [\"timestamp_desc=x\"]"]
    );
    assert_eq!(kinds(&findings), ["uneven-row"]);
}

#[test]
fn values_without_a_column_are_kept_if_the_row_has_a_title_and_a_date() {
    let text = "datetime,message,a\n\
        2024-01-02T03:04:05Z,empty,1,,\n\
        2024-01-02T03:04:06Z,more,1,2,,3\n\
        soon,left,out,1\n\
        2024-01-02T03:04:07Z,,left,out\n\
        2024-01-02T03:04:08Z,\"open,x\n\
        2024-01-02T03:04:09Z,last,x\n";
    let (timeline, findings) = open("a.csv", text);
    let expected = [
        "empty @ 2024-01-02T03:04:05Z [\"a=1\"]",
        "more @ 2024-01-02T03:04:06Z [\"a=1\", \"column 4=2\", \"column 6=3\"]",
        "\"open @ 2024-01-02T03:04:08Z [\"a=x\"]",
        "last @ 2024-01-02T03:04:09Z [\"a=x\"]",
    ];
    assert_eq!(shown(&timeline), expected);
    assert_eq!(kinds(&findings), ["row-unreadable"; 4]);
}

#[test]
fn quotation_marks_in_plaso_rows_are_plain_characters() {
    let header = "datetime,timestamp_desc,source,message,parser,tag";
    let row =
        |message: &str| format!("2024-01-02T03:04:05+00:00,Creation Time,REG,{message},p,-\n");
    let titles = |messages: &[&str]| {
        let rows: String = messages.iter().map(|it| row(it)).collect();
        let (timeline, findings) = open("a.csv", &format!("{header}\n{rows}"));
        assert_eq!(findings, [""; 0]);
        let titles = timeline.events().map(|it| it.title().to_owned());
        titles.collect::<Vec<_>>()
    };
    let as_written = [
        r#""C:\Program Files\a b.exe" /x"#,
        "\"unbalanced text",
        "mid \"quoted\" words",
        "\"all of it\"",
        "plain",
    ];
    assert_eq!(titles(&as_written), as_written);
    let saved_again = ["\"a, b\"", "\"\"\"C:\\a.exe\"\" /x\"", "\"a \"\"b\"\"\""];
    assert_eq!(
        titles(&saved_again),
        ["a, b", "\"C:\\a.exe\" /x", "a \"b\""]
    );

    let quoted = header.split(',').map(|it| format!("\"{it}\""));
    let quoted = quoted.collect::<Vec<_>>().join(",");
    let text = format!("{quoted}\n\"2024-01-02T03:04:05Z\",\"x\",\"REG\",\"a b\",\"p\",\"-\"\n");
    let (timeline, _) = open("a.csv", &text);
    assert_eq!(timeline.events().next().map(Event::title), Some("a b"));

    let l2t = "date,time,timezone,MACB,type,desc,notes\n\
        08/14/2021,10:22:33,UTC,M...,Start Time,\"open,-\n\
        08/14/2021,10:22:34,UTC,M...,Start Time,next,-\n";
    let (timeline, findings) = open("a.csv", l2t);
    assert_eq!(findings, [""; 0]);
    let titles: Vec<_> = timeline.events().map(Event::title).collect();
    assert_eq!(titles, ["\"open", "next"]);
}

#[test]
fn the_timesketch_profile_of_hayabusa_gives_the_same_facts() {
    let text = "\"datetime\",\"timestamp_desc\",\"message\",\"Level\",\"Computer\",\"MitreTactics\",\"MitreTags\",\"Details\",\"RuleFile\",\"EvtxFile\"\n\
        \"2024-03-04T22:08:09.123456Z\",\"hayabusa\",\"Svc Installed\",\"high\",\"HOST-A\",\"Persis\",\"T1543.003 ¦ G0032 ¦ S0154 ¦ T1569.002\",\"Svc: x ¦ Path: C:\\a.exe\",\"a.yml\",\"b.evtx\"\n";
    let (timeline, findings) = open("a.csv", text);
    assert_eq!(findings, [""; 0]);
    let event = timeline.events().next().expect("a row");
    assert_eq!(event.summary(), "Svc: x ¦ Path: C:\\a.exe");
    let techniques: Vec<_> = event.techniques().collect();
    assert_eq!(techniques, ["T1543.003", "T1569.002"]);
    let tags: Vec<_> = event.tags().collect();
    assert_eq!(tags, ["high", "G0032", "S0154"]);
    for filter in [
        "tag:high",
        "technique:T1543*",
        "attribute:MitreTactics=Persis",
    ] {
        let filter = Filter::parse(&timeline, filter).expect("a filter without mistakes");
        assert_eq!(filter.matches(&timeline).counts().surely, 1, "{filter:?}");
    }
}

#[test]
fn techniques_are_split_at_any_separator() {
    for between in [" ¦ ", " : ", " | ", "|", ";", "; ", ", ", "\r\n", "\n", " "] {
        let text = format!(
            "Timestamp,RuleTitle,MitreTags\n2024-03-05 07:08:09 +00:00,a,\"T1543.003{between}T1569.002\"\n"
        );
        let (tags, techniques) = lists("a.csv", &text);
        assert_eq!(techniques, ["T1543.003", "T1569.002"], "{between:?}");
        assert_eq!(tags, [""; 0], "{between:?}");
    }
    let named = "message,datetime,techniques\na,2024,T1543.003: Windows Service\n";
    let (timeline, _) = open("a.csv", named);
    let event = timeline.events().next().expect("a row");
    assert_eq!(event.techniques().collect::<Vec<_>>(), ["T1543.003"]);
    let kept: Vec<_> = event.attributes().collect();
    assert_eq!(kept, [("techniques", "T1543.003: Windows Service")]);
}

#[test]
fn tags_are_split_at_the_separator_of_their_program() {
    let timesketch = |tag: &str| {
        lists(
            "a.csv",
            &format!("message,datetime,timestamp_desc,tag\na,2024,x,{tag}\n"),
        )
        .0
    };
    assert_eq!(timesketch("rdp logon"), ["rdp logon"]);
    assert_eq!(timesketch("\"rdp logon, b\""), ["rdp logon", "b"]);
    assert_eq!(
        timesketch("\"['browser-search', 'rdp logon']\""),
        ["browser-search", "rdp logon"]
    );
    let plaso = "datetime,message,parser,tag\n2024,a,p,browser_search rdp\n";
    assert_eq!(lists("a.csv", plaso).0, ["browser_search", "rdp"]);
    let object = r#"{"__container_type__":"event","data_type":"x","message":"a","timestamp":1,"tag":{"__container_type__":"event_tag","labels":["rdp","b c"]}}"#;
    assert_eq!(lists("a.jsonl", object).0, ["rdp", "b c"]);
    let mixed =
        r#"{"message":"m","datetime":"2024-01-01T00:00:00Z","tag":["ioc",2,null,["a"],{"k":1}]}"#;
    assert_eq!(lists("a.jsonl", mixed).0, ["ioc", "2", "a", "{\"k\":1}"]);
}

#[test]
fn an_unreadable_list_is_kept_unchanged_and_reported() {
    let text = "message,datetime,timestamp_desc,tag\na,2024,x,\"[ioc, 2\"\n";
    let (timeline, findings) = open("a.csv", text);
    let expected = "a @ 2024 [\"timestamp_desc=x\", \"tag=[ioc, 2\"]";
    assert_eq!(shown(&timeline), [expected]);
    let said = "list-unreadable: the list in `tag` cannot be read";
    assert_eq!(findings, [said]);
}

#[test]
fn a_number_that_contradicts_its_stamp_is_kept_and_reported_once() {
    let row = |number: &str, stamp: &str| format!("m,{number},{stamp},x\n");
    let text = |rows: &str| format!("message,timestamp,datetime,timestamp_desc\n{rows}");
    let agree = [
        ("1628936553000000", "2021-08-14T10:22:33Z"),
        ("1628936553", "2021-08-14T10:22:33.999999Z"),
        ("1628936553999999", "2021-08-14T10:22:33Z"),
        ("1628936554000000", "2021-08-14T10:22:33Z"),
        ("1628936553123", "2021-08-14T10:22:33.123456Z"),
        ("1628936553000000", "2021-08-14"),
        ("1628936553000000", "2021-08-14T12:22:33+02:00"),
        ("0", "2021-08-14T10:22:33Z"),
        ("", "2021-08-14T10:22:33Z"),
    ];
    for (number, stamp) in agree {
        let (timeline, findings) = open("a.csv", &text(&row(number, stamp)));
        assert_eq!(findings, [""; 0], "{number} {stamp}");
        let expected = format!("m @ {stamp} [\"timestamp_desc=x\"]");
        assert_eq!(shown(&timeline), [expected]);
    }
    let differ = [
        ("1723474994349345", "2024-01-03T00:00:00Z"),
        ("1628936555000000", "2021-08-14T10:22:33Z"),
        ("1628936553125", "2021-08-14T10:22:33.123456Z"),
        ("1628936553000000", "2021-08-14T10:22:33+02:00"),
    ];
    for (number, stamp) in differ {
        let (timeline, findings) = open("a.csv", &text(&row(number, stamp)));
        assert_eq!(kinds(&findings), ["stamps-disagree"], "{number} {stamp}");
        let expected = format!("m @ {stamp} [\"timestamp_desc=x\", \"timestamp={number}\"]");
        assert_eq!(shown(&timeline), [expected]);
    }
    let rows = row("1723474994349345", "2024-01-03T00:00:00Z").repeat(3);
    let (timeline, findings) = open("a.csv", &text(&rows));
    let said = "stamps-disagree: `datetime` says 2024-01-03T00:00:00Z, and `timestamp` says 2024-08-12T15:03:14.349345Z, and so on in 2 more rows";
    assert_eq!(findings, [said]);
    let all: Vec<_> = timeline.events().map(Event::id).collect();
    let imported = dateline::formats::import::TimelineImport::new(&timeline, &all).write(None);
    assert_eq!(
        imported.matches("# timestamp: 1723474994349345\n").count(),
        3
    );
    let exported = program::written(&timeline, "jsonl");
    let carried = "\"timestamp_of_log\":\"1723474994349345\"";
    assert_eq!(exported.matches(carried).count(), 3, "{exported}");
}

#[test]
fn a_stamp_that_an_imprecise_date_excludes_is_kept_and_reported() {
    let row = |number: &str| format!("message,when_edtf,timestamp\na,2021-08,{number}\n");
    let (timeline, findings) = open("a.csv", &row("1627776000000000"));
    assert_eq!(
        (findings.len(), shown(&timeline)),
        (0, vec!["a @ 2021-08 []".to_owned()])
    );
    let (timeline, findings) = open("a.csv", &row("1723474994349345"));
    assert_eq!(kinds(&findings), ["stamps-disagree"]);
    assert_eq!(
        shown(&timeline),
        ["a @ 2021-08 [\"timestamp=1723474994349345\"]"]
    );
}

#[test]
fn a_row_without_a_message_is_shown_with_a_warning() {
    let text = "datetime,message,host\n2024-01-02T03:04:05Z,,web-1\n";
    let (timeline, findings) = open("a.csv", text);
    let expected = "(untitled) @ 2024-01-02T03:04:05Z [\"host=web-1\"]";
    assert_eq!(shown(&timeline), [expected]);
    assert_eq!(findings, ["untitled-row: a row has no `message`"]);
}

#[test]
fn a_log_is_recognised_by_its_first_object_of_any_length() {
    let long = "x".repeat(300_000);
    let object = |message: &str, block: &str| {
        format!(
            "{{\"datetime\":\"2024-01-02T03:04:05Z\",\"block\":\"{block}\",\"message\":\"{message}\"}}"
        )
    };
    let lines = format!("{}\n{}\n", object("first", &long), object("second", ""));
    let list = format!(
        "[\n  {},\n  {}\n]\n",
        object("first", &long),
        object("second", "")
    );
    let names: Vec<_> = (0..40_000).map(|number| format!("c{number},")).collect();
    let names = names.concat();
    let table = format!("{names}message,datetime\n{}a,2024\n", ",".repeat(40_000));
    for (text, rows) in [(lines, 2), (list, 2), (table, 1)] {
        let (timeline, findings) = open("a.log", &text);
        assert_eq!(findings, [""; 0]);
        assert_eq!(timeline.len(), rows);
        let reading = super::streams::read("a.log", text.as_bytes());
        assert_eq!((reading.timeline.len(), reading.findings.len()), (rows, 0));
    }
    let endless = format!("{{\"datetime\":\"{}", "x".repeat(200_000));
    let (timeline, findings) = open("a.log", &endless);
    assert_eq!((timeline.len(), findings.len()), (0, 1), "{findings:?}");
}

#[test]
fn objects_on_separate_lines_are_read_with_any_separator() {
    let row = |message: &str| format!("{{\"message\":\"{message}\",\"datetime\":\"2024\"}}");
    let (a, b, c) = (row("a"), row("b"), row("c"));
    for text in [
        format!("[\n{a},\n{b},\n{c}\n]\n"),
        format!("{a},\n{b},\n{c}\n"),
        format!("{a}\n{b}\n{c}\n"),
        format!("[{a}\n,{b}\n,{c}]"),
    ] {
        let (timeline, findings) = open("a.json", &text);
        assert_eq!(findings, [""; 0], "{text}");
        let titles: Vec<_> = timeline.events().map(Event::title).collect();
        assert_eq!(titles, ["a", "b", "c"], "{text}");
    }
}

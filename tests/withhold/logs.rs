//! Rows of logs with a marking.

use std::sync::Arc;

use dateline::diagnostic::SourceText;
use dateline::document::PageSubject;
use dateline::formats::{self, copy};
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};
use dateline::ui::window_title;
use ratatui::layout::Size;

use crate::support::program::{self, exported, opened};

fn log(rows: &[(&str, &str)]) -> String {
    let head = "message,datetime,timestamp_desc,tlp".to_owned();
    let rows = rows.iter();
    rows.fold(head, |out, (title, tlp)| {
        out + &format!("\n{title},2021-08-14T10:00:00Z,x,{tlp}")
    })
}

fn titles(timeline: &Timeline) -> Vec<&str> {
    timeline.events().map(Event::title).collect()
}

#[test]
fn an_unreadable_marking_of_a_row_counts_as_the_strictest() {
    let text = log(&[
        ("a", "CLEAR"),
        ("b", "tlp:amber"),
        ("c", "WHITE"),
        ("d", "secret"),
        ("e", ""),
        ("f", "-"),
        ("g", "AMBER\u{200b}"),
    ]);
    let (timeline, findings) = formats::open(&[SourceText::new("a.csv", text)]);
    let kinds: Vec<_> = findings.iter().map(|it| it.kind.name).collect();
    let expected = [
        "marking-renamed",
        "unknown-marking",
        "unseen-in-log",
        "unknown-marking",
    ];
    let mut sorted = kinds.clone();
    sorted.sort_unstable();
    let mut wanted = expected.to_vec();
    wanted.sort_unstable();
    assert_eq!(sorted, wanted);
    let tlp: Vec<_> = timeline.events().map(Event::tlp).collect();
    let (clear, amber, red) = (Some(Tlp::Clear), Some(Tlp::Amber), Some(Tlp::Red));
    assert_eq!(tlp, [clear, amber, clear, red, None, None, red]);
    let kept = timeline.events().nth(3).expect("the log has the row");
    assert!(kept.attributes().any(|it| it == ("tlp", "secret")));
}

#[test]
fn every_dialect_may_have_markings_and_the_stricter_of_two_counts() {
    for text in [
        "{\"message\":\"a\",\"datetime\":\"2021\",\"tlp\":\"GREEN\",\"TLP\":\"RED\"}\n",
        "{\"message\":\"a\",\"datetime\":\"2021\",\"tlp\":[\"GREEN\"]}\n",
        "{\"message\":\"a\",\"datetime\":\"2021\",\"tlp\":5}\n",
        "{\"data_type\":\"x\",\"message\":\"a\",\"timestamp\":1,\"Tlp\":\"RED\"}\n",
        "Timestamp,RuleTitle,tlp\n2021-08-14,a,RED\n",
        "date,time,timezone,desc,tlp\n08/14/2021,10:00:00,UTC,a,RED\n",
        "message,when_edtf,tlp\na,2021,RED\n",
    ] {
        let timeline = opened("a.log", text).timeline;
        let tlp: Vec<_> = timeline.events().map(Event::tlp).collect();
        assert_eq!(tlp, [Some(Tlp::Red)], "{text}");
    }
}

#[test]
fn every_output_shows_the_markings_of_rows() {
    let opened = opened("a.csv", &log(&[("a", "GREEN"), ("b", "AMBER"), ("c", "")]));
    let timeline = &opened.timeline;
    assert_eq!(timeline.effective_marking(), Some(Tlp::Amber));
    let model = dateline::app::open(Arc::new(timeline.clone()), Vec::new(), Size::new(80, 24));
    assert_eq!(window_title(&model), "TLP:AMBER · dateline");
    assert!(formats::linear::head(timeline).contains("Marking: TLP:AMBER."));
    for form in ["html", "markdown"] {
        assert!(exported(&opened, form).contains("TLP:AMBER"), "{form}");
    }
    let of = |at: usize| {
        let event = timeline.events().nth(at).expect("the log has the row");
        copy::about(timeline, PageSubject::Event(event.id()))
    };
    assert!(of(1).contains("Marking: TLP:AMBER"), "{}", of(1));
    assert!(!of(2).contains("Marking"), "{}", of(2));
    for form in program::records() {
        let out = program::written(timeline, form.name);
        assert_eq!(out.matches("AMBER").count(), 1, "{out}");
    }
}

#[test]
fn a_withheld_row_takes_the_names_that_only_it_has() {
    let text = "\
        message,when_edtf,actors,sources,tlp\n\
        a,2021,\"[\"\"Seen\"\"]\",\"[\"\"Report\"\"]\",CLEAR\n\
        b,2022,\"[\"\"Seen\"\",\"\"SECRET\"\"]\",\"[\"\"SECRET report\"\"]\",RED\n";
    let whole = opened("a.csv", text).timeline;
    assert!(super::contents(&whole).contains("SECRET"));
    let left = whole.up_to(Tlp::Green).expect("each row is marked");
    assert_eq!(titles(&left), ["a"]);
    assert!(!super::contents(&left).contains("SECRET"));
    let names: Vec<_> = left.entities().map(|(_, it)| it.name.as_str()).collect();
    assert_eq!(names, ["Seen"]);
    assert_eq!(left.effective_marking(), Some(Tlp::Clear));
    let withheld = left.redactions().marked;
    assert_eq!(
        (withheld.events, withheld.entities, withheld.sources),
        (1, 1, 1)
    );
}

#[test]
fn a_log_with_an_unmarked_row_is_refused() {
    let whole = opened("a.csv", &log(&[("a", "GREEN"), ("b", "")])).timeline;
    let unmarked = whole.up_to(Tlp::Red).expect_err("a row is not marked").0;
    assert_eq!((unmarked.events, unmarked.sources), (1, 1));
    let marked = log(&[("a", "GREEN"), ("b", "RED")]);
    let whole = opened("a.csv", &marked).timeline;
    assert_eq!(titles(&whole.up_to(Tlp::Green).expect("all are")), ["a"]);
}

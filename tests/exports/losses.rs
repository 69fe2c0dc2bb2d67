//! What formats lose: each writer says it of every kind of content, and the counts are those of the timeline.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dateline::formats::writers::loss::{Content, LossOutcome, LossReport};
use dateline::formats::{ExportOptions, FormatWriter, WRITERS};
use dateline::query::Filter;
use dateline::timeline::{Event, Timeline, build};

use crate::properties::seeds;
use crate::support::program::{self, TIMELINES};
use crate::support::synthetic::{self, Size};

const SHIPPED: &str = "timelines/uk-democratic-institutions.toml";
const EVERYTHING: &str = "tests/exports/everything.toml";

fn report(timeline: &Timeline, writer: &FormatWriter, filter: &str) -> LossReport {
    let filter = Filter::parse(timeline, filter).expect("a filter without mistakes");
    let matches = filter.matches(timeline);
    writer.report(timeline, &ExportOptions::new(&matches))
}

/// The timelines of the tests, and some that an author might have written.
pub fn timelines() -> &'static [(String, Timeline)] {
    static ALL: LazyLock<Vec<(String, Timeline)>> = LazyLock::new(opened_timelines);
    &ALL
}

fn opened_timelines() -> Vec<(String, Timeline)> {
    let known = TIMELINES
        .iter()
        .map(|name| ((*name).to_owned(), program::open(name).timeline));
    let everything = program::opened(EVERYTHING, &program::read(EVERYTHING)).timeline;
    let of_files = known.chain([(EVERYTHING.to_owned(), everything)]);
    // The tests keep all that is written of them.
    let of_seeds = seeds(3).take(30).map(|seed| {
        let draft = synthetic::draft(Size::of(60), seed);
        (format!("seed {seed}"), build(draft))
    });
    of_files.chain(of_seeds).collect()
}

#[test]
fn each_writer_says_what_becomes_of_each_kind_of_content() {
    for (name, losses) in WRITERS.iter().flat_map(FormatWriter::forms) {
        for content in Content::ALL {
            let rows: Vec<_> = losses.iter().filter(|row| row.content == content).collect();
            assert!(!rows.is_empty(), "{name} says nothing of {content:?}");
        }
        for row in losses {
            assert!(
                !row.how.ends_with('.') && row.how.trim() == row.how,
                "{name}: {row:?}"
            );
        }
    }
}

#[test]
fn the_rows_of_a_content_divide_its_items_among_them() {
    for (name, timeline) in timelines() {
        let events: Vec<_> = timeline.events().map(Event::id).collect();
        for (form, losses) in WRITERS.iter().flat_map(FormatWriter::forms) {
            let report = LossReport::new("form", losses, timeline, events.clone());
            let mut counted: BTreeMap<Content, (usize, usize)> = BTreeMap::new();
            for row in &report.rows {
                let (count, of) = counted.entry(row.content).or_default();
                *count += row.count;
                *of = row.of;
                assert!(row.count > 0, "{name}, {form}: {row:?}");
                assert!(
                    row.outcome.is_loss() || row.events.is_empty(),
                    "{name}: {row:?}"
                );
                assert!(row.events.len() <= row.count, "{name}: {row:?}");
            }
            for (content, (count, of)) in counted {
                assert_eq!(count, of, "{name}, {form}, {content:?}");
            }
        }
    }
}

#[test]
fn the_counts_are_those_of_the_timeline() {
    let opened = program::opened(SHIPPED, &program::read(SHIPPED));
    let timeline = &opened.timeline;
    let csv = FormatWriter::find("csv").expect("the format exists");
    let report = report(timeline, csv, "");
    let count = |content: Content| {
        let rows = report.rows.iter().filter(|row| row.content == content);
        rows.map(|row| row.count).sum::<usize>()
    };
    assert_eq!(count(Content::Event), timeline.len());
    assert_eq!(count(Content::Claim), timeline.claims().count());
    assert_eq!(count(Content::Scene), timeline.scenes().len());
    assert_eq!(count(Content::View), timeline.views().len());
    let dated = timeline.events().filter(|event| event.when().is_some());
    assert_eq!(count(Content::Date), dated.count());
    assert_eq!(count(Content::OutsideReference), 0);
    assert!(report.is_lossy());
    let claims = report.with(LossOutcome::LeftOut);
    let claims = claims.filter(|row| row.content == Content::Claim);
    let events: Vec<_> = claims.flat_map(|row| &row.events).copied().collect();
    let with_claims = timeline.events().filter(|event| event.claims().len() > 0);
    let with_claims: Vec<_> = with_claims.map(Event::id).collect();
    assert_eq!(events, with_claims);
}

#[test]
fn a_reference_to_an_event_that_a_filter_hides_is_a_loss_of_its_own() {
    let text = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\nlinks = [{ to = \"b\", as = \"part-of\" }, { to = \"c\", as = \"same-as\" }]\n\
                [[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\n[[events]]\nid = \"c\"\nwhen = \"2022\"\ntitle = \"C\"\nafter = [\"b\"]\n";
    let opened = program::opened("x.toml", text);
    let csv = FormatWriter::find("csv").expect("the format exists");
    let counts = |filter: &str| {
        let report = report(&opened.timeline, csv, filter);
        [Content::Link, Content::Sequence, Content::OutsideReference].map(|content| {
            let rows = report.rows.iter().filter(|row| row.content == content);
            rows.map(|row| row.count).sum::<usize>()
        })
    };
    assert_eq!(counts(""), [2, 1, 0]);
    assert_eq!(counts("id:a,b"), [1, 0, 1]);
    assert_eq!(counts("id:c"), [0, 0, 1]);
}

/// The message of `report` about a timeline of one event.
#[track_caller]
fn check_line(event: &str, format: &str, expected: Option<&str>) {
    let text = format!("[[events]]\nid = \"a\"\ntitle = \"A\"\n{event}");
    let opened = program::opened("x.toml", &text);
    let writer = FormatWriter::find(format).expect("the format exists");
    let report = report(&opened.timeline, writer, "");
    assert_eq!(report.line().as_deref(), expected, "{event}");
    assert_eq!(report.is_lossy(), expected.is_some(), "{event}");
}

#[test]
fn one_line_says_what_is_lost() {
    check_line("when = \"2021\"\n", "csv", None);
    check_line("", "csv", None);
    check_line("", "timesketch-csv", Some("1 event is left out"));
    let claim = "when = \"2021\"\n[[events.claims]]\ntext = \"x\"\nstance = \"denies\"\nlikelihood = \"likely\"\n";
    check_line(
        claim,
        "csv",
        Some("1 claim, 1 denial or doubt and 1 likelihood are left out"),
    );
    let much = format!(
        "{claim}confidence = \"low\"\n[[scenes]]\ntitle = \"S\"\nnotes = \"n\"\n[[questions]]\ntext = \"q\"\n"
    );
    check_line(
        &much,
        "csv",
        Some(
            "1 claim, 1 denial or doubt, 1 likelihood, 1 confidence and 3 other kinds of content are left out",
        ),
    );
    check_line(&much, "markdown", None);
}

#[test]
fn an_explanation_lists_each_row_and_its_events() {
    let opened = program::opened(
        "x.toml",
        "[[events]]\nid = \"a\"\ntitle = \"A\"\n[[events]]\nid = \"b\"\nwhen = \"2021\"\ntitle = \"B\"\n",
    );
    let writer = FormatWriter::find("timesketch-csv").expect("the format exists");
    let report = report(&opened.timeline, writer, "");
    assert_eq!(
        report.explanation(&opened.timeline),
        "kept      1 of 2 events\n\
         kept      1 date: in `when_edtf`, with its bounds; `datetime` is the first instant\n\
         left out  1 of 2 events: they have no stamp: undated, or beyond years of four digits\n          a\n"
    );
    let json: serde_json::Value =
        serde_json::from_str(&report.json(&opened.timeline)).expect("it is JSON");
    assert_eq!(json["format"], "timesketch-csv");
    let rows = json["rows"].as_array().expect("it has rows");
    let lost = rows.iter().find(|row| row["outcome"] == "left out");
    let lost = lost.expect("an event is left out");
    assert_eq!(lost["events"], serde_json::json!(["a"]));
    assert_eq!((&lost["count"], &lost["of"]), (&1.into(), &2.into()));
}

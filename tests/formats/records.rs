//! Events as rows and objects, and what is read back of them.

use dateline::formats::records::{self, FORMS};
use dateline::timeline::{Event, EventId, Timeline};

use super::{open, sample};

const IMPRECISE: &str = "[timeline]\ntlp = \"GREEN\"\n\n[[events]]\nwhen = \"late 2021\"\ntitle = \"=cmd, \\\"x\\\"\"\ntags = [\"a b\", \"c\"]\n\n[[events]]\nwhen = \"2021-08-14T10:22:33Z\"\ntitle = \"B\"\n\n[[events]]\nwhen = \"by 2022-03\"\ntitle = \"C\"\n\n[[events]]\ntitle = \"D\"\n";

fn exported(timeline: &Timeline, form: &str) -> String {
    let events: Vec<EventId> = timeline.events().map(Event::id).collect();
    (records::find(form).expect("it is a form").write)(timeline, &events)
}

#[test]
fn an_imprecise_date_is_never_narrower_than_it_is() {
    let (timeline, _) = open("case.toml", IMPRECISE);
    let text = exported(&timeline, "jsonl");
    let vague = text
        .lines()
        .find(|line| line.contains("=cmd"))
        .expect("it is there");
    for said in [
        r#""datetime":"2021-07-01T00:00:00.000000+00:00""#,
        r#""earliest":"2021-07-01T00:00:00.000000+00:00""#,
        r#""latest":"2021-12-31T23:59:59.999999+00:00""#,
        r#""when_edtf":"late 2021""#,
        r#""precision":"half""#,
        r#""timestamp_desc":"Earliest possible; the source says late 2021""#,
        r#""tlp":"GREEN""#,
    ] {
        assert!(vague.contains(said), "{said} is not in {vague}");
    }
    let by = text
        .lines()
        .find(|line| line.contains("by 2022-03"))
        .expect("it is there");
    assert!(
        by.contains("Latest possible; the source says by 2022-03"),
        "{by}"
    );
    assert!(!by.contains("earliest"), "{by}");
}

#[test]
fn several_lines_stay_several_lines() {
    let file =
        "[[events]]\nwhen = \"2021-08-14\"\ntitle = \"A\"\nsummary = \"one\\n\\n\\u0007two\"\n";
    let (timeline, _) = open("case.toml", file);
    let log = "{\"datetime\":\"2021-08-14T00:00:00Z\",\"message\":\"first\\nsecond\",\"summary\":\"of it\",\"timestamp_desc\":\"x\"}\n";
    let (rows, _) = open("log.jsonl", log);
    for form in FORMS {
        let (again, findings) = open("again", &exported(&timeline, form.name));
        if form.name != "csv" {
            assert!(findings.is_empty(), "{findings:?}");
            let event = again.events().next().expect("it is there");
            assert_eq!(event.summary(), "one\n\n␇two", "{}", form.name);
        }
        let (again, _) = open("again", &exported(&rows, form.name));
        if let Some(event) = again.events().next() {
            let said = event.attributes().find(|(name, _)| *name == "message");
            assert_eq!(said, Some(("message", "first\nsecond")), "{}", form.name);
            assert_eq!(event.summary(), "of it");
        }
    }
}

#[test]
fn what_dateline_writes_for_timesketch_it_reads_back_as_imprecise_as_it_was() {
    let whens = |timeline: &Timeline| -> Vec<(String, Option<String>, Vec<String>)> {
        let of = |event: Event<'_>| {
            let when = event.when().map(|when| when.written().to_owned());
            (
                event.title().to_owned(),
                when,
                event.tags().map(str::to_owned).collect(),
            )
        };
        timeline.events().map(of).collect()
    };
    let (timeline, _) = open("case.toml", IMPRECISE);
    let (again, findings) = open("a.jsonl", &exported(&timeline, "jsonl"));
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(whens(&again), whens(&timeline));
    let (again, findings) = open("a.csv", &exported(&timeline, "timesketch-csv"));
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(whens(&again), whens(&timeline)[..3]);
    for name in ["hayabusa.csv", "plaso-l2t.csv", "timesketch.jsonl"] {
        let (timeline, _) = open(name, &sample(name));
        let (again, findings) = open(name, &exported(&timeline, "jsonl"));
        assert!(findings.is_empty(), "{name}: {findings:?}");
        assert_eq!(whens(&again), whens(&timeline), "{name}");
    }
}

#[test]
fn objects_of_which_the_first_is_undated_are_read_back_too() {
    let undated = "[[events]]\ntitle = \"C\"\n\n[[events]]\ntitle = \"D\"\n";
    let (timeline, _) = open("case.toml", undated);
    let (again, findings) = open("a.jsonl", &exported(&timeline, "jsonl"));
    assert!(findings.is_empty(), "{findings:?}");
    assert!(again.events().map(Event::title).eq(["C", "D"]));
}

#[test]
fn a_spreadsheet_computes_nothing_that_a_file_says() {
    let (timeline, _) = open("case.toml", IMPRECISE);
    let text = exported(&timeline, "csv");
    assert!(text.contains("\"'=cmd, \"\"x\"\"\""), "{text}");
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(!text.contains("datetime"), "{text}");
}

#[test]
fn no_form_passes_on_what_a_terminal_would_obey() {
    let text = "datetime,message,no\u{1b}te\n2021-08-14T10:00:00Z,a\u{1b}[31m,\u{202e}b\n";
    let (timeline, _) = open("a.csv", text);
    for form in FORMS {
        let out = (form.write)(&timeline, &[EventId(0)]);
        assert!(
            dateline::text::unseen_in(&out).all(|(_, it, _)| it == '\n'),
            "{out:?}"
        );
        assert!(out.contains("no␛te") && !out.contains("\\u001b"), "{out:?}");
    }
}

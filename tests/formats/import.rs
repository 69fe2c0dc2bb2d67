//! Importing logs into a timeline to work on.

use dateline::diagnostic::SourceText;
use dateline::formats::import::{MidnightPrecision, TimelineImport};
use dateline::formats::{self};
use dateline::query::Filter;
use dateline::timeline::{Event, EventId, Timeline};

use super::{open, sample};

fn imported(timeline: &Timeline, filter: &str, coarse: Option<MidnightPrecision>) -> String {
    let filter = Filter::parse(timeline, filter).expect("a filter without mistakes");
    let events: Vec<EventId> = filter
        .matches(timeline)
        .events()
        .map(|(id, _)| id)
        .collect();
    TimelineImport::new(timeline, &events).write(coarse)
}

/// Everything that an import keeps of an event, apart from the attributes of the log.
fn kept(timeline: &Timeline) -> Vec<String> {
    let facts = |event: Event<'_>| {
        let sources = event.sources().iter();
        let sources: Vec<_> = sources
            .map(|&it| timeline.source(it).title.as_str())
            .collect();
        let lanes = event.lanes().iter();
        let lanes: Vec<_> = lanes.map(|&it| timeline.lanes().word(it)).collect();
        let tags: Vec<_> = event.tags().collect();
        let techniques: Vec<_> = event.techniques().collect();
        let when = event.when().map(|when| when.written().to_owned());
        let texts = (event.key(), event.title(), event.summary());
        format!("{texts:?} {when:?} {tags:?} {techniques:?} {sources:?} {lanes:?}")
    };
    timeline.events().map(facts).collect()
}

#[test]
fn an_import_has_every_party_of_a_row() {
    let log = "message,when_edtf,actors,accused,addressees\nNamed,2024-03-25,Ministry,\"[\"\"ALDER\"\",\"\"Ash\"\"]\",Embassy\nUnattributed,2024-03-26,,,\n";
    let (timeline, findings) = open("a.csv", log);
    assert!(findings.is_empty(), "{findings:?}");
    let text = imported(&timeline, "", None);
    assert!(
        text.contains("accused = [\"ALDER\", \"Ash\"]\naddressees = [\"Embassy\"]\n"),
        "{text}"
    );
    let (again, findings) = open("case.toml", &text);
    assert!(findings.is_empty(), "{findings:?}\n{text}");
    let parties = |timeline: &Timeline| -> Vec<Vec<String>> {
        let of = |event: Event<'_>| {
            event
                .all_parties()
                .map(|(part, id)| format!("{part} {}", timeline.entity(id).name))
                .collect()
        };
        timeline.events().map(of).collect()
    };
    assert_eq!(parties(&again), parties(&timeline));
    assert_eq!(parties(&again)[0].len(), 4);
}

#[test]
fn an_import_is_a_clean_timeline_with_the_same_events() {
    let logs = [
        "timesketch.csv",
        "timesketch.jsonl",
        "plaso-dynamic.csv",
        "plaso-l2t.csv",
        "plaso.jsonl",
        "hayabusa.csv",
    ];
    let texts = logs.map(|name| SourceText::new(name, sample(name)));
    let (timeline, _) = formats::open(&texts);
    let text = imported(&timeline, "", None);
    let (again, findings) = open("case.toml", &text);
    assert!(findings.is_empty(), "{findings:?}\n{text}");
    assert_eq!(kept(&again), kept(&timeline));
    assert_eq!(again.sources().count(), logs.len());
    let few = imported(&timeline, "tag:high", None);
    let (few, findings) = open("case.toml", &few);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!((few.len(), few.sources().count()), (1, 1));
}

#[test]
fn an_import_replaces_control_characters_by_their_pictures() {
    let text = "datetime,message,note\n2021-08-14T10:00:00Z,\"a \u{1b}[31m \u{202e}b \"\"c\"\" \\d\",\"x\ny\u{7}\"\n";
    let (timeline, _) = open("a.csv", text);
    let text = imported(&timeline, "", None);
    assert!(text.contains("# note: x\n#     y␇\n"), "{text}");
    let (again, findings) = open("case.toml", &text);
    assert!(findings.is_empty(), "{findings:?}\n{text}");
    let title = again.events().next().map(|it| it.title().to_owned());
    assert_eq!(title.as_deref(), Some("a ␛[31m ⟨U+202E⟩b \"c\" \\d"));
}

const MIDNIGHTS: &str = "datetime,message\n2015-12-01T00:00:00.000000+00:00,a\n2016-02-01T00:00:00.000000+00:00,b\n2016-03-01T00:00:00.000000+00:00,c\n2016-03-17T11:20:05.500000+00:00,d\n";

fn whens(text: &str) -> Vec<String> {
    let (timeline, findings) = open("case.toml", text);
    assert!(findings.is_empty(), "{findings:?}");
    let whens = timeline.events().filter_map(Event::when);
    whens.map(|when| when.written().to_owned()).collect()
}

#[test]
fn a_coarser_precision_is_proposed_and_applied_only_on_request() {
    let (timeline, _) = open("attack.csv", MIDNIGHTS);
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    let import = TimelineImport::new(&timeline, &all);
    let words: Vec<_> = import
        .proposals()
        .iter()
        .map(|it| format!("{}\n{}", it.message(&timeline), it.hint()))
        .collect();
    assert_eq!(
        words,
        [
            "3 of 4 stamps of `attack.csv` are at midnight on the first of a month: perhaps only the month is known (2015-12-01T00:00:00.000000+00:00 → 2015-12)\n`--precision months` writes only the month"
        ]
    );
    let unasked = import.write(None);
    assert_eq!(whens(&unasked)[0], "2015-12-01T00:00:00.000000+00:00");
    assert!(unasked.contains("# precision: perhaps only 2015-12\n"));
    let asked = import.write(Some(MidnightPrecision::Months));
    let expected = [
        "2015-12",
        "2016-02",
        "2016-03",
        "2016-03-17T11:20:05.500000+00:00",
    ];
    assert_eq!(whens(&asked), expected);
    assert!(asked.contains("# precision: the file has 2016-02-01T00:00:00.000000+00:00\n"));
}

#[test]
fn one_or_two_midnights_propose_no_coarser_precision() {
    let few = MIDNIGHTS.replace("2016-03-01T00", "2016-03-01T01");
    let (timeline, _) = open("attack.csv", &few);
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    assert!(TimelineImport::new(&timeline, &all).proposals().is_empty());
    let days = MIDNIGHTS.replace("2016-02-01", "2016-02-02");
    let (timeline, _) = open("attack.csv", &days);
    let import = TimelineImport::new(&timeline, &all);
    assert_eq!(import.proposals()[0].precision, MidnightPrecision::Days);
}

/// Months as ATT&CK writes them: the first midnight in America, and of two stamps in Central Europe.
const AMERICAN_MIDNIGHTS: &str = "datetime,message\n2019-08-01T05:00:00.000Z,a\n2021-01-01T05:00:00.000Z,b\n\
                                  2017-06-01T04:00:00.000Z,c\n2023-01-31T23:00:00.000Z,d\n2024-03-05T04:11:09Z,e\n";

#[test]
fn midnights_of_another_zone_are_found_if_three_agree_on_its_offsets() {
    let (timeline, _) = open("attack.csv", AMERICAN_MIDNIGHTS);
    let all: Vec<EventId> = timeline.events().map(Event::id).collect();
    let import = TimelineImport::new(&timeline, &all);
    assert_eq!(
        import.proposals()[0].message(&timeline),
        "4 of 5 stamps of `attack.csv` are at midnight on the first of a month, in the zone of their author: perhaps only \
         the month is known (2017-06-01T04:00:00.000Z → 2017-06)"
    );
    let unasked = import.write(None);
    assert_eq!(whens(&unasked)[0], "2017-06-01T04:00:00.000Z");
    assert!(unasked.contains("# precision: perhaps only 2023-02\n"));
    let asked = import.write(Some(MidnightPrecision::Months));
    let expected = [
        "2017-06",
        "2019-08",
        "2021-01",
        "2023-02",
        "2024-03-05T04:11:09Z",
    ];
    assert_eq!(whens(&asked), expected);
}

#[test]
fn full_hours_without_such_an_agreement_stay_as_they_are() {
    let scattered = AMERICAN_MIDNIGHTS.replace("2019-08-01T05", "2019-08-01T03");
    let hourly = "2021-08-02T05:00:00Z,x\n2021-08-03T05:00:00Z,x\n".repeat(30);
    for log in [scattered, format!("{AMERICAN_MIDNIGHTS}{hourly}")] {
        let (timeline, _) = open("attack.csv", &log);
        let all: Vec<EventId> = timeline.events().map(Event::id).collect();
        let import = TimelineImport::new(&timeline, &all);
        assert_eq!(import.proposals(), []);
        let asked = import.write(Some(MidnightPrecision::Months));
        assert_eq!(whens(&asked)[0], "2017-06-01T04:00:00.000Z");
    }
}

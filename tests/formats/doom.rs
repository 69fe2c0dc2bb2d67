//! Spreadsheets of doom: the whole case, not only its rows.

use dateline::cli::check::print_findings;
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::formats::OpenedTimeline;
use dateline::formats::import::TimelineImport;
use dateline::timeline::Event;

use super::streams::read;
use crate::support::workbooks::{sheets, xlsx};

fn case() -> Vec<u8> {
    xlsx(&sheets(include_str!("doom/case.txt")), "")
}

fn report(opened: &OpenedTimeline) -> String {
    let mut out = Vec::new();
    print_findings(&opened.texts, &opened.findings, &mut out, false)
        .expect("a vector takes everything");
    String::from_utf8(out).expect("findings are UTF-8")
}

#[test]
fn every_sheet_of_a_case_has_its_place_in_the_timeline() {
    let opened = read("sod.xlsx", &case());
    let timeline = &opened.timeline;
    assert_eq!(timeline.head().title, "Harbour");
    assert_eq!(timeline.head().summary, "TargetCountry: UK");
    assert_eq!(
        timeline
            .effective_marking()
            .map(|tlp| tlp.to_string())
            .as_deref(),
        Some("AMBER")
    );
    let events: Vec<_> = (timeline.events())
        .map(|event| {
            let when = event.when().map(|when| when.written().to_owned());
            format!("{}: {}", when.unwrap_or_default(), event.title())
        })
        .collect();
    let expected = [
        "2023-12-30: First known compromised use of the account svc-backup",
        "2024-01: First mail",
        "2024-01-02T03:04:05Z: Logged on by RDP",
        "2024-01-03T10:00:00.123456Z: Ran a script",
        "2024-01-03T12:00:00Z: web-1: taken off the network",
        ": Unclear",
    ];
    let mut found = events.clone();
    found.sort();
    let mut sorted = expected.map(str::to_owned);
    sorted.sort();
    assert_eq!(found, sorted, "{}", report(&opened));
}

#[test]
fn a_row_of_a_case_names_systems_accounts_and_evidence() {
    let opened = read("sod.xlsx", &case());
    let timeline = &opened.timeline;
    let logon = timeline
        .events()
        .find(|event| event.title() == "Logged on by RDP")
        .expect("it is there");
    let names: Vec<_> = logon
        .all_parties()
        .map(|(_, id)| timeline.entity(id).name.as_str())
        .collect();
    assert_eq!(names, ["svc-backup", "WEB-1", "dc-1"]);
    assert_eq!(logon.techniques().collect::<Vec<_>>(), ["T1021.001"]);
    assert_eq!(
        logon.tags().collect::<Vec<_>>(),
        ["Lateral Movement", "visualize"]
    );
    assert_eq!(
        logon.summary(),
        "web-1 -> dc-1\nEvidenceType: EventLog\nNotes: as EV-2 shows"
    );
    let sources: Vec<_> = logon
        .sources()
        .iter()
        .map(|&id| timeline.source(id).title.as_str())
        .collect();
    assert_eq!(sources, ["sod.xlsx", "EV-2: Logs of dc-1"]);
    let host = timeline
        .entities()
        .find(|(_, entity)| entity.name == "WEB-1")
        .expect("it is there")
        .1;
    assert_eq!(
        (host.aliases.join(" "), host.note.as_deref()),
        ("10.0.0.5".to_owned(), Some("SystemType: Server\nOS: Linux"))
    );
    let question = &timeline.questions()[0];
    assert_eq!(
        (question.text.lines().next(), question.status.as_str()),
        (Some("What does it do?"), "partly")
    );
}

#[test]
fn what_cannot_be_read_of_a_case_is_reported_at_its_row() {
    let opened = read("sod.xlsx", &case());
    let report = report(&opened);
    assert!(
        report.contains("--> sod.xlsx, sheet Timeline, row 5\n"),
        "{report}"
    );
    assert!(
        report.contains("note[sheet-not-read]: the sheet `VERIS` is not read"),
        "{report}"
    );
    assert!(
        report.contains("nothing refers to the entity `print-1`"),
        "{report}"
    );
}

#[test]
fn an_imported_case_has_no_findings_and_all_of_its_facts() {
    let opened = read("sod.xlsx", &case());
    let all: Vec<_> = opened.timeline.events().map(Event::id).collect();
    let written = TimelineImport::new(&opened.timeline, &all).write(None);
    let (again, findings) = formats::open(&[SourceText::new("case.toml", written.as_str())]);
    let messages: Vec<_> = findings.iter().map(|it| it.message.as_str()).collect();
    assert!(messages.is_empty(), "{messages:?}\n{written}");
    let facts = |event: Event<'_>| {
        format!(
            "{:?} {} {} {:?}",
            event.when().map(|it| it.written().to_owned()),
            event.title(),
            event.summary(),
            event.tags().collect::<Vec<_>>()
        )
    };
    let of =
        |timeline: &dateline::timeline::Timeline| timeline.events().map(facts).collect::<Vec<_>>();
    assert_eq!(of(&again), of(&opened.timeline));
    assert_eq!(again.questions(), opened.timeline.questions());
    assert!(
        written.contains("# [entities.print-1]\n# name = \"print-1\""),
        "{written}"
    );
    assert!(
        written.contains("# [sources.ev-1]\n# title = \"EV-1: Disk of web-1\""),
        "{written}"
    );
}

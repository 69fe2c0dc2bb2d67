//! Workbooks that dateline writes come back with everything that they carry.

use dateline::cli::check::print_findings;
use dateline::date::EventDate;
use dateline::diagnostic::Diagnostic;
use dateline::formats::import::TimelineImport;
use dateline::formats::writers::loss::Content;
use dateline::formats::{FormatWriter, OpenedTimeline};
use dateline::timeline::{Claim, ClaimValue, EntityId, Event, SourceId, Timeline};

use super::streams::read;
use crate::exports::losses::timelines;
use crate::support::program::{self, written_file};

/// A timeline with everything that a workbook could confuse.
const EVERYTHING: &str = include_str!("own-workbook.toml");

fn names(timeline: &Timeline, ids: &[EntityId]) -> Vec<String> {
    let keys = ids.iter().map(|&id| timeline.entity(id).key.clone());
    keys.collect()
}

fn titles(timeline: &Timeline, ids: &[SourceId]) -> Vec<String> {
    let keys = ids.iter().map(|&id| timeline.source(id).key.clone());
    keys.collect()
}

/// What an event states of a kind of content.
fn of_event(timeline: &Timeline, event: Event<'_>, content: Content) -> String {
    match content {
        Content::Event => event.title().to_owned(),
        Content::Date => format!("{:?} {:?}", event.when(), event.whole()),
        Content::LaterDate => {
            let days = (event.discovered(), event.disclosed());
            format!("{days:?} {}", event.day_unread())
        }
        Content::Technique => format!("{:?}", event.techniques().collect::<Vec<_>>()),
        Content::Phase => event.phase().to_owned(),
        Content::Tag => format!("{:?}", event.tags().collect::<Vec<_>>()),
        Content::Summary => event.summary().to_owned(),
        Content::Marking => format!("{:?}", event.tlp().or(timeline.head().tlp)),
        Content::Attribute => {
            let mut attributes: Vec<_> = event.attributes().collect();
            attributes.sort_unstable();
            format!("{attributes:?}")
        }
        _ => reference(timeline, event, content),
    }
}

/// What an event refers to.
fn reference(timeline: &Timeline, event: Event<'_>, content: Content) -> String {
    let parties = |lists: [&[EntityId]; 2]| format!("{:?}", lists.map(|it| names(timeline, it)));
    match content {
        Content::Party => parties([event.actors(), event.targets()]),
        Content::Addressee => parties([event.accused(), event.addressees()]),
        Content::Lane => {
            let lanes = event.lanes().iter();
            let lanes = lanes.map(|&it| timeline.lanes().word(it));
            format!("{:?}", lanes.collect::<Vec<_>>())
        }
        Content::Link => {
            let links = event.links().iter();
            let links = links.map(|link| (link.reads(), timeline.event(link.to).key()));
            let mut links: Vec<_> = links.collect();
            links.sort();
            format!("{links:?}")
        }
        Content::Sequence => {
            let earlier = event.after().iter();
            let mut keys: Vec<_> = earlier.map(|&id| timeline.event(id).key()).collect();
            keys.sort();
            format!("{keys:?}")
        }
        Content::Source => format!("{:?}", titles(timeline, event.sources())),
        _ => {
            let claims = event
                .claims()
                .map(|(_, claim)| of_claim(timeline, claim, content));
            claims.collect::<Vec<_>>().join("\n  ")
        }
    }
}

fn of_claim(timeline: &Timeline, claim: &Claim, content: Content) -> String {
    match content {
        Content::Claim => {
            let by = claim.by.map(|id| timeline.entity(id).key.as_str());
            let source = claim.source.map(|id| timeline.source(id).key.as_str());
            let answers = claim.answers.iter();
            let answers: Vec<_> = answers.map(|&id| timeline.claim(id).key.as_ref()).collect();
            let said = claim.said.as_ref().map(EventDate::written);
            let said = (said, claim.is_dated_by_source, claim.day_unread);
            let value = match &claim.value {
                Some(ClaimValue::Entity(id)) => timeline.entity(*id).key.clone(),
                Some(ClaimValue::Date(date)) => date.written().to_owned(),
                other => format!("{other:?}"),
            };
            let texts = (&claim.key, &claim.at, &claim.text);
            let tlp = claim.tlp.or(timeline.head().tlp);
            format!(
                "{by:?} {source:?} {answers:?} {said:?} {:?} {value} {texts:?} {tlp:?}",
                claim.about
            )
        }
        Content::Objection => claim.stance.as_str().to_owned(),
        Content::Likelihood => {
            format!(
                "{:?} {:?} {:?}",
                claim.words, claim.likelihood, claim.yardstick
            )
        }
        Content::Confidence => format!("{:?}", claim.confidence),
        _ => String::new(),
    }
}

/// What a timeline has of a kind of content outside of its events.
fn of_timeline(timeline: &Timeline, content: Content) -> Vec<String> {
    let head = timeline.head();
    let sources = || timeline.sources().map(|(_, source)| source);
    match content {
        Content::Title => vec![head.title.clone()],
        Content::Preface => vec![head.summary.clone(), format!("{:?}", head.banner)],
        Content::Setting => {
            let start = head.start.map(|id| timeline.event(id).key());
            vec![format!("{:?} {:?} {start:?}", head.yardstick, head.zone)]
        }
        Content::Marking => vec![format!("{:?} {}", head.tlp, head.tlp_unread)],
        Content::UncitedSource => sources()
            .map(|it| format!("{} {}", it.key, it.title))
            .collect(),
        Content::SourceDetail => {
            let details = sources().map(|it| {
                let days = (&it.published, it.day_unread, &it.retrieved);
                let grades = (it.reliability, it.standing, it.tlp.or(head.tlp));
                format!(
                    "{:?} {days:?} {:?} {grades:?} {:?}",
                    it.publisher, it.url, it.note
                )
            });
            details.collect()
        }
        Content::Derivation => {
            let origins = sources().map(|it| format!("{:?}", titles(timeline, &it.derives_from)));
            origins.collect()
        }
        Content::PartyDetail => {
            let entities = timeline.entities().map(|(_, it)| {
                let details = (it.kind, &it.aliases, &it.attack, &it.note);
                format!(
                    "{} {} {details:?} {:?}",
                    it.key,
                    it.name,
                    it.tlp.or(head.tlp)
                )
            });
            let mut entities: Vec<String> = entities.collect();
            entities.sort();
            entities
        }
        Content::Question => {
            let questions = timeline.questions().iter().map(|it| {
                let about = it.events.iter().map(|&id| timeline.event(id).key());
                let about: Vec<_> = about.collect();
                let tlp = it.tlp.or(head.tlp);
                format!(
                    "{} {:?} {about:?} {:?} {tlp:?}",
                    it.text, it.status, it.settles
                )
            });
            questions.collect()
        }
        _ => Vec::new(),
    }
}

fn items(timeline: &Timeline, content: Content) -> Vec<String> {
    let of_events = timeline
        .events()
        .map(|event| format!("{}: {}", event.key(), of_event(timeline, event, content)));
    of_timeline(timeline, content)
        .into_iter()
        .chain(of_events)
        .collect()
}

/// The documents of each event, apart from those of its claims.
fn listed(timeline: &Timeline) -> Vec<serde_json::Value> {
    let json = program::written(timeline, "json");
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let events = json["events"].as_array().cloned().unwrap_or_default();
    let sources = |event: &serde_json::Value| serde_json::json!([event["id"], event["sources"]]);
    let mut listed: Vec<_> = events.iter().map(sources).collect();
    listed.sort_by_key(ToString::to_string);
    listed
}

#[track_caller]
fn assert_kept(timeline: &Timeline, again: &OpenedTimeline, name: &str) {
    let writer = FormatWriter::find("xlsx").expect("the format exists");
    for content in Content::ALL {
        let mut rows = writer.losses.iter().filter(|row| row.content == content);
        if rows.any(|row| row.outcome.is_loss()) {
            continue;
        }
        let messages: Vec<&str> = again
            .findings
            .iter()
            .map(|it| it.message.as_str())
            .collect();
        let (was, is) = (items(timeline, content), items(&again.timeline, content));
        for (was, is) in was.iter().zip(&is) {
            assert_eq!(was, is, "{name}, {content:?}: {messages:?}");
        }
        assert_eq!(was.len(), is.len(), "{name}, {content:?}: {messages:?}");
    }
    assert_eq!(listed(timeline), listed(&again.timeline), "{name}");
}

#[test]
fn a_workbook_comes_back_with_everything_that_its_rows_of_losses_keep() {
    let everything = program::opened("everything.toml", EVERYTHING).timeline;
    let all = [("everything".to_owned(), everything)];
    // A workbook has pictures of characters that a reader cannot see.
    let is_tried = |name: &str| name != "hostile" && !name.starts_with("seed");
    let others = timelines().iter().filter(|(name, _)| is_tried(name));
    for (name, timeline) in all.iter().chain(others) {
        let again = read("case.xlsx", &written_file(timeline, "xlsx"));
        assert_kept(timeline, &again, name);
    }
}

#[test]
fn what_is_read_back_has_the_findings_of_the_timeline() {
    let messages = |findings: &[Diagnostic]| {
        let messages = findings
            .iter()
            .map(|it| format!("{}: {}", it.kind.name, it.message));
        let mut messages: Vec<String> = messages.collect();
        messages.sort();
        messages
    };
    let opened = program::open("shipped");
    let again = read("case.xlsx", &written_file(&opened.timeline, "xlsx"));
    assert_eq!(
        messages(&again.findings),
        messages(opened.findings.as_slice())
    );
}

#[test]
fn an_import_has_the_claims_links_and_documents_of_the_workbook() {
    let everything = program::opened("everything.toml", EVERYTHING).timeline;
    for timeline in [everything, program::open("shipped").timeline] {
        let opened = read("case.xlsx", &written_file(&timeline, "xlsx"));
        let all: Vec<_> = opened.timeline.events().map(Event::id).collect();
        let written = TimelineImport::new(&opened.timeline, &all).write(None);
        let again = program::opened("case.toml", &written).timeline;
        // What nothing refers to becomes a comment.
        let others = [
            Content::UncitedSource,
            Content::SourceDetail,
            Content::Derivation,
        ];
        for content in Content::ALL.into_iter().filter(|it| !others.contains(it)) {
            let (was, is) = (items(&opened.timeline, content), items(&again, content));
            for (was, is) in was.iter().zip(&is) {
                assert_eq!(was, is, "{content:?}: {written}");
            }
            assert_eq!(was.len(), is.len(), "{content:?}: {written}");
        }
    }
}

/// The messages of the findings, and the timeline, of a workbook whose parts were edited.
fn edited(text: &str, edits: &[(&str, &str)]) -> (OpenedTimeline, Vec<String>) {
    let timeline = program::opened("case.toml", text).timeline;
    let mut parts = program::written(&timeline, "xlsx");
    for (from, to) in edits {
        assert!(parts.contains(from), "{from}: {parts}");
        parts = parts.replacen(from, to, 1);
    }
    let writer = FormatWriter::find("xlsx").expect("the format exists");
    let opened = read("case.xlsx", &writer.bytes(parts));
    let mut report = Vec::new();
    print_findings(&opened.texts, &opened.findings, &mut report, false)
        .expect("a vector takes everything");
    let report = String::from_utf8(report).expect("findings are UTF-8");
    let lines = report
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty());
    let lines = lines.map(str::to_owned).collect();
    (opened, lines)
}

const SMALL: &str = "[timeline]\ntlp = \"GREEN\"\n[entities.a]\nname = \"Named\"\ntlp = \"AMBER\"\n\
                     [sources.s]\ntitle = \"Document\"\n\
                     [[events]]\nid = \"x\"\nwhen = \"2021\"\ntitle = \"X\"\nactors = [\"a\"]\n\
                     [[events.claims]]\nsource = \"s\"\ntext = \"So it was\"\n";

#[test]
fn what_people_add_to_a_workbook_is_read_or_reported() {
    let cell = |text: &str| format!("<t xml:space=\"preserve\">{text}</t>");
    let named = (cell("[&quot;Named&quot;]"), cell("Named, Someone new"));
    let (opened, report) = edited(SMALL, &[(&named.0, &named.1)]);
    let event = opened.timeline.events().next().expect("there is an event");
    assert_eq!(
        names(&opened.timeline, event.actors()),
        ["a", "someone-new"],
        "{report:?}"
    );
    let claim = (cell("So it was"), cell("So it was not"));
    let (opened, _) = edited(SMALL, &[(&claim.0, &claim.1)]);
    let claims = opened
        .timeline
        .claims()
        .map(|(_, claim)| claim.text.clone());
    assert_eq!(
        claims.collect::<Vec<_>>(),
        [Some("So it was not".to_owned())]
    );
    let moved = "<c r=\"A2\" s=\"0\" t=\"inlineStr\"><is><t xml:space=\"preserve\">x</t>";
    let (_, report) = edited(SMALL, &[(moved, &moved.replace(">x<", ">y<"))]);
    let report = report.join("\n");
    assert!(
        report.contains("error[unknown-event]: no event has the id `y`"),
        "{report}"
    );
    assert!(
        report.contains("case.xlsx, sheet Claims, row 2"),
        "{report}"
    );
}

#[test]
fn a_marking_that_a_person_raises_counts() {
    let amber = "<t xml:space=\"preserve\">AMBER</t>";
    let red = &amber.replace("AMBER", "RED");
    let marking = |edits: &[(&str, &str)]| {
        let (opened, report) = edited(SMALL, edits);
        let event = opened.timeline.events().next().expect("there is an event");
        (event.tlp().map(|tlp| tlp.to_string()), report)
    };
    assert_eq!(marking(&[]).0, None, "it has that of the file");
    assert_eq!(marking(&[(amber, red)]).0.as_deref(), Some("RED"));
    let purple = amber.replace("AMBER", "PURPLE");
    let (tlp, report) = marking(&[(amber, &purple)]);
    assert_eq!(tlp.as_deref(), Some("RED"), "{report:?}");
    assert!(
        report
            .iter()
            .any(|line| line.contains("`PURPLE` is not a TLP marking")),
        "{report:?}"
    );
}

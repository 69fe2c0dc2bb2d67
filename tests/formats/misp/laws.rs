//! Reading what was written equals the report of losses, content by content.

use std::collections::BTreeSet;

use dateline::date::EventDate;
use dateline::diagnostic::SourceText;
use dateline::formats::writers::loss::{Content, LossOutcome, LossReport};
use dateline::formats::{self, ExportOptions, FormatWriter};
use dateline::query::Matches;
use dateline::timeline::facts::{FactId, FactValue};
use dateline::timeline::term::Aspect;
use dateline::timeline::{Claim, ClaimValue, Event, EventId, Timeline};
use serde_json::Value;

use crate::support::program::{self, written};

/// The items of a content that an event has, as a text each.
fn of_event(content: Content, timeline: &Timeline, event: Event<'_>) -> Vec<String> {
    let key_of = |id: EventId| timeline.event(id).key().into_owned();
    let claims = || event.claims().map(|(_, claim)| claim);
    let parties = |parts: [Aspect; 2]| {
        let all = event
            .all_parties()
            .filter(move |(part, _)| parts.contains(part));
        all.map(|(part, id)| format!("{part} {}", timeline.entity(id).key))
            .collect()
    };
    let words = |fact: FactId| match fact.row().value(event) {
        FactValue::Words(words, terms) => {
            terms.iter().map(|&it| words.word(it).to_owned()).collect()
        }
        _ => Vec::new(),
    };
    let date = |date: Option<&EventDate>| date.map(|it| it.written().to_owned());
    let text = |text: &str| Some(text.to_owned()).filter(|it| !it.is_empty());
    let links = event.links().iter().filter(|link| !link.reversed);
    match content {
        Content::Event => vec![event.title().to_owned()],
        Content::Date => date(event.when().as_ref()).into_iter().collect(),
        Content::LaterDate => [event.discovered(), event.disclosed()]
            .into_iter()
            .filter_map(date)
            .collect(),
        Content::Party => parties([Aspect::Actor, Aspect::Target]),
        Content::Addressee => parties([Aspect::Accused, Aspect::Addressee]),
        Content::Technique => words(FactId::TECHNIQUES),
        Content::Phase => text(event.phase()).into_iter().collect(),
        Content::Lane => words(FactId::LANES),
        Content::Tag => words(FactId::TAGS),
        Content::Summary => text(event.summary()).into_iter().collect(),
        Content::Marking => event.tlp().map(|it| it.to_string()).into_iter().collect(),
        Content::Claim => claims().map(|claim| whole_claim(timeline, claim)).collect(),
        Content::Objection => claims()
            .filter(|claim| claim.stance.objects())
            .map(|claim| claim.stance.to_string())
            .collect(),
        Content::Likelihood => claims()
            .flat_map(|claim| [claim.words.clone(), claim.likelihood.clone()])
            .flatten()
            .collect(),
        Content::Confidence => claims()
            .filter_map(|claim| claim.confidence)
            .map(|it| it.to_string())
            .collect(),
        Content::Link => links
            .map(|link| format!("{} {}", link.kind, key_of(link.to)))
            .collect(),
        Content::Sequence => event.after().iter().map(|&id| key_of(id)).collect(),
        Content::Attribute => event
            .attributes()
            .map(|(_, value)| value.to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

fn whole_claim(timeline: &Timeline, claim: &Claim) -> String {
    let entity = |id| timeline.entity(id).key.clone();
    let source = claim.source.map(|id| &timeline.source(id).key);
    let answers = claim.answers.iter().map(|&id| &timeline.claim(id).key);
    let answers: Vec<_> = answers.collect();
    let value = claim.value.as_ref().map(|value| match value {
        ClaimValue::Entity(id) => entity(*id),
        ClaimValue::Date(when) => when.written().to_owned(),
        ClaimValue::Text(text) => text.clone(),
    });
    format!(
        "{:?}",
        (
            (
                claim.by.map(entity),
                source,
                claim.about,
                claim.stance,
                value
            ),
            (
                &claim.text,
                &claim.words,
                &claim.likelihood,
                claim.yardstick,
                claim.confidence
            ),
            (
                &claim.at,
                claim.said.as_ref().map(EventDate::written),
                claim.tlp,
                &claim.key,
                answers
            ),
        )
    )
}

/// The items of a content outside of events, in an order of their own: objects are in that of their ids.
fn of_timeline(content: Content, timeline: &Timeline) -> Vec<String> {
    let mut items = unsorted(content, timeline);
    items.sort();
    items
}

fn unsorted(content: Content, timeline: &Timeline) -> Vec<String> {
    let entities = timeline.entities().map(|(_, it)| it);
    let scenes = timeline.scenes().iter();
    match content {
        Content::PartyDetail => entities
            .map(|it| {
                (
                    &it.key,
                    &it.name,
                    it.kind,
                    &it.aliases,
                    &it.attack,
                    &it.note,
                    it.tlp,
                )
            })
            .map(|all| format!("{all:?}"))
            .collect(),
        Content::Question => (timeline.questions().iter())
            .map(|it| it.text.clone())
            .collect(),
        Content::Scene => scenes.map(|it| it.title.clone()).collect(),
        Content::Note => scenes.filter_map(|it| it.notes.clone()).collect(),
        Content::View => (timeline.views().iter())
            .map(|it| it.title.clone())
            .collect(),
        Content::Title | Content::Preface | Content::Setting => of_head(content, timeline),
        _ => of_sources(content, timeline),
    }
}

fn of_head(content: Content, timeline: &Timeline) -> Vec<String> {
    let head = timeline.head();
    let texts = match content {
        Content::Title => [Some(head.title.clone()), None],
        Content::Preface => [Some(head.summary.clone()), head.banner.clone()],
        _ => {
            let start = head.start.map(|id| timeline.event(id).key().into_owned());
            [start, head.zone.as_ref().map(ToString::to_string)]
        }
    };
    let texts = texts.into_iter().flatten();
    texts.filter(|it| !it.is_empty()).collect()
}

fn of_sources(content: Content, timeline: &Timeline) -> Vec<String> {
    let sources = timeline.sources().map(|(_, source)| source);
    match content {
        Content::Source | Content::UncitedSource => sources
            .map(|it| format!("{} {}", it.key, it.title))
            .collect(),
        Content::Derivation => sources
            .flat_map(|it| it.derives_from.iter().map(move |&id| (&it.key, id)))
            .map(|(key, id)| format!("{key} {}", timeline.source(id).key))
            .collect(),
        Content::SourceDetail => sources
            .map(|it| {
                let days = [&it.published, &it.retrieved];
                let days = days.map(|day| day.as_ref().map(EventDate::written));
                let grades = (it.reliability, it.standing, it.tlp);
                (&it.key, &it.publisher, days, &it.url, grades, &it.note)
            })
            .map(|all| format!("{all:?}"))
            .collect(),
        _ => Vec::new(),
    }
}

/// Only letters and digits: a text in Markdown has marks between them.
fn bare(text: &str) -> String {
    text.chars().filter(|it| it.is_alphanumeric()).collect()
}

fn report(timeline: &Timeline) -> LossReport {
    let writer = FormatWriter::find("misp").expect("the format exists");
    let matches = Matches::everything(timeline.len());
    writer.report(timeline, &ExportOptions::new(&matches))
}

fn read(json: &str) -> Timeline {
    formats::open(&[SourceText::new("event.json", json)]).0
}

/// Every text in a value, without the escapes of JSON.
fn texts(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => {
            out.push_str(&bare(text));
            out.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Object(members) => members.values().for_each(|item| texts(item, out)),
        _ => {}
    }
}

/// The same event of MISP without dateline's words for its dates.
fn without_words(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_words),
        Value::Object(members) => {
            if let Some(Value::String(comment)) = members.get_mut("comment") {
                let lines = comment.lines().filter(|line| !line.starts_with("when: "));
                *comment = lines.collect::<Vec<_>>().join("\n");
            }
            members.values_mut().for_each(without_words);
        }
        _ => {}
    }
}

/// Checks that reading what was written equals the report of losses.
fn assert_equals_report(name: &str, timeline: &Timeline) {
    let json = written(timeline, "misp");
    let mut value: Value = serde_json::from_str(&json).expect("it is JSON");
    let mut all = String::new();
    texts(&value, &mut all);
    let again = read(&json);
    assert_eq!(again.len(), timeline.len(), "{name}");
    without_words(&mut value);
    let stamped = read(&value.to_string());
    let report = report(timeline);
    for row in &report.rows {
        let lost: BTreeSet<_> = row.events.iter().copied().collect();
        let events = timeline.events().filter(|event| lost.contains(&event.id()));
        match row.outcome {
            LossOutcome::Kept => {}
            LossOutcome::Widened => {
                for event in events {
                    let (was, is) = (event.when(), stamped_date(&stamped, event));
                    let (was, is) = (was.expect("it has a date"), is.expect("it has a date"));
                    assert!(
                        holds(&is, &was),
                        "{name}: {} for {}",
                        is.written(),
                        was.written()
                    );
                }
            }
            LossOutcome::InWords => {
                let items = if row.content.is_of_events() {
                    events
                        .flat_map(|event| in_words(row.content, timeline, event))
                        .collect()
                } else {
                    of_timeline(row.content, timeline)
                };
                for item in items {
                    assert!(
                        all.contains(&bare(&item)),
                        "{name}: {:?} {item}",
                        row.content
                    );
                }
            }
            LossOutcome::LeftOut => {
                let left = again
                    .events()
                    .flat_map(|event| of_event(row.content, &again, event));
                let left: Vec<_> = left.chain(of_timeline(row.content, &again)).collect();
                assert_eq!(left, Vec::<String>::new(), "{name}: {:?}", row.content);
            }
        }
        if row.outcome == LossOutcome::Kept {
            assert_kept(name, row.content, &report, timeline, [&again, &stamped]);
        }
    }
}

/// The items that are in words, without ids that the words do not have.
fn in_words(content: Content, timeline: &Timeline, event: Event<'_>) -> Vec<String> {
    if content != Content::Claim {
        return of_event(content, timeline, event);
    }
    event
        .claims()
        .filter_map(|(_, claim)| claim.text.clone())
        .collect()
}

fn stamped_date(stamped: &Timeline, event: Event<'_>) -> Option<EventDate> {
    stamped.find_event(&event.key())?.when()
}

/// Whether a date allows everything that another does.
fn holds(outer: &EventDate, inner: &EventDate) -> bool {
    let (outer, inner) = (outer.bounds(), inner.bounds());
    outer.start.earliest <= inner.start.earliest
        && inner.start.latest <= outer.start.latest
        && outer.end.earliest <= inner.end.earliest
        && inner.end.latest <= outer.end.latest
}

fn assert_kept(
    name: &str,
    content: Content,
    report: &LossReport,
    timeline: &Timeline,
    [again, stamped]: [&Timeline; 2],
) {
    if !content.is_of_events() {
        assert_eq!(
            of_timeline(content, again),
            of_timeline(content, timeline),
            "{name}"
        );
        return;
    }
    let lossy: BTreeSet<_> = (report.rows.iter())
        .filter(|row| row.content == content)
        .flat_map(|row| row.events.clone())
        .collect();
    for event in timeline
        .events()
        .filter(|event| !lossy.contains(&event.id()))
    {
        let other = again
            .find_event(&event.key())
            .expect("the event comes back");
        assert_eq!(
            of_event(content, again, other),
            of_event(content, timeline, event),
            "{name}: {}",
            event.key()
        );
        if content == Content::Date {
            let stamps = stamped_date(stamped, event).map(|date| date.bounds());
            assert_eq!(stamps, event.when().map(|date| date.bounds()), "{name}");
        }
    }
}

fn fixture() -> Timeline {
    let path = "tests/formats/misp/all.toml";
    program::opened(path, &program::read(path)).timeline
}

#[test]
fn what_comes_back_is_what_the_report_says() {
    assert_equals_report("all", &fixture());
    assert_equals_report("shipped", &program::ready("shipped").0);
    // The fixture has everything that a format can lose.
    let report = report(&fixture());
    let of_logs = [Content::OutsideReference, Content::Attribute];
    for content in Content::ALL.iter().filter(|it| !of_logs.contains(it)) {
        let mut rows = report.rows.iter();
        assert!(rows.any(|row| row.content == *content), "{content:?}");
    }
}

/// dateline reads its own notes again, with their speakers, stances and days: a denial never becomes an assertion.
#[test]
fn claims_and_questions_of_dateline_come_back_whole() {
    for timeline in [&fixture(), &program::ready("shipped").0] {
        let again = read(&written(timeline, "misp"));
        for event in timeline.events() {
            let other = again
                .find_event(&event.key())
                .expect("the event comes back");
            for content in [Content::Claim, Content::LaterDate, Content::Date] {
                assert_eq!(
                    of_event(content, &again, other),
                    of_event(content, timeline, event),
                    "{}",
                    event.key()
                );
            }
        }
        assert_eq!(again.questions(), timeline.questions());
        assert_eq!(again.head().tlp, timeline.effective_marking());
    }
}

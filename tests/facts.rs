//! Every output has the same facts of an event: the screen, linear text, handouts and records.

use std::collections::BTreeSet;

use dateline::app::page::{Page, PageLine};
use dateline::date::Truth;
use dateline::document::{Document, DocumentBlock, PageSubject, Role, TextRun};
use dateline::formats::import::TimelineImport;
use dateline::formats::progress::Progress;
use dateline::formats::{self, HandoutExtent, InputFile, linear};
use dateline::text::visible;
use dateline::timeline::facts::{FactGroup, FactId, FactValue};
use dateline::timeline::{Event, EventId, Timeline};
use memchr::memmem;

use crate::support::program::{self, TIMELINES, open, ready};

/// The words of a text in lower case, without markup, line breaks and punctuation.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            words.push(character.to_ascii_lowercase());
        } else if character.is_alphanumeric() {
            words.extend(character.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// The text of a handout without its markup.
fn unmarked(form: &str, text: &str) -> String {
    if form == "markdown" {
        // `\\&` is a literal ampersand, whatever follows.
        let escaped = text.replace("\\&", "\u{1}");
        let read = escaped.replace("&lt;", "<").replace("&gt;", ">");
        return read.replace('\u{1}', "&").replace('\\', "");
    }
    let mut plain = String::new();
    for part in text.split('<') {
        plain.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    plain
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// A text of the file as one line on the screen.
fn shown(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    words(&visible(&line.join(" ")))
}

fn of_runs(runs: &[TextRun]) -> String {
    let runs = runs.iter().filter(|run| run.role != Role::Contested);
    words(&runs.map(|run| run.text.as_str()).collect::<String>())
}

/// Every fact in the document of an event, as words: its label, its value, and its place in the file.
fn facts(timeline: &Timeline, event: EventId) -> Vec<(String, String)> {
    let mut facts = vec![
        ("title".to_owned(), shown(timeline.event(event).title())),
        ("summary".to_owned(), shown(timeline.event(event).summary())),
    ];
    for block in Document::facts(timeline, event).blocks {
        match block {
            DocumentBlock::Fact { label, value } => facts.push((label.to_owned(), of_runs(&value))),
            DocumentBlock::Item { mark, body, notes } => {
                let name = of_runs(&mark);
                facts.push((name.clone(), format!("{name} {}", of_runs(&body))));
                facts.extend(notes.iter().map(|line| (name.clone(), of_runs(line))));
            }
            _ => {}
        }
    }
    facts.extend(layers(timeline, event));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// The content of claims, links and sources, in the words that all outputs share.
fn layers(timeline: &Timeline, id: EventId) -> Vec<(String, String)> {
    let event = timeline.event(id);
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: &str| facts.push((label.to_owned(), shown(value)));
    for (_, claim) in event.claims() {
        fact(
            "speaker",
            claim.by.map_or("", |by| &timeline.entity(by).name),
        );
        fact("exact words", claim.words.as_deref().unwrap_or_default());
        fact("author's words", claim.text.as_deref().unwrap_or_default());
        fact(
            "likelihood",
            claim.likelihood.as_deref().unwrap_or_default(),
        );
        fact("place", claim.at.as_deref().unwrap_or_default());
        fact(
            "confidence",
            claim.confidence.map_or("", |level| level.as_str()),
        );
        for (label, others) in [
            ("answers", &claim.answers),
            ("answered by", &claim.answered_by),
        ] {
            if !others.is_empty() {
                fact(label, label);
            }
            for by in others.iter().filter_map(|&id| timeline.claim(id).by) {
                fact(label, &timeline.entity(by).name);
            }
        }
    }
    for link in event.links() {
        fact("link", link.reads());
        fact("linked event", timeline.event(link.to).title());
    }
    for &source in event.sources() {
        fact("source", &timeline.source(source).title);
    }
    facts
}

/// Fails on the first fact that an output does not have.
#[track_caller]
fn assert_has_all(name: &str, form: &str, output: &str, facts: &[(String, String)]) {
    let output = words(output);
    for (label, value) in facts {
        // `str::contains` is not optimised here, and takes most of the time of these tests.
        assert!(
            memmem::find(output.as_bytes(), value.as_bytes()).is_some(),
            "{name}: {form} does not have `{label}`: {value}"
        );
    }
}

fn all_facts(timeline: &Timeline) -> Vec<(String, String)> {
    let events = timeline.events();
    events
        .flat_map(|event| facts(timeline, event.id()))
        .collect()
}

#[test]
fn linear_text_has_every_fact_of_the_screen() {
    for name in TIMELINES {
        let timeline = &ready(name).0;
        for event in timeline.events() {
            let id = event.id();
            let text = linear::timeline(timeline, &[(id, Truth::Yes)]);
            assert_has_all(name, "linear", &text, &facts(timeline, id));
        }
    }
}

#[test]
fn the_event_page_has_every_fact() {
    for name in TIMELINES {
        let timeline = &ready(name).0;
        for event in timeline.events() {
            let document = Document::about(timeline, PageSubject::Event(event.id()));
            let page = Page::set(&document, u16::MAX);
            let lines: Vec<String> = page.lines.iter().map(PageLine::text).collect();
            // A page breaks long words, and a cell continues below others, so the test looks for single words.
            let text = words(&lines.concat()).replace(' ', "");
            for (label, value) in facts(timeline, event.id()) {
                let is_shown = value.split(' ').all(|word| text.contains(word));
                assert!(
                    is_shown,
                    "{name}: the page does not have `{label}`: {value}"
                );
            }
        }
    }
}

#[test]
fn handouts_have_every_fact() {
    for name in TIMELINES {
        let opened = open(name);
        let facts = all_facts(&opened.timeline);
        for form in ["html", "markdown"] {
            for extent in [HandoutExtent::Full, HandoutExtent::BriefWithAnnex] {
                let out = program::exported_as(&opened, form, extent);
                assert_has_all(name, form, &unmarked(form, &out), &facts);
            }
        }
    }
}

/// The values of a fact of an event, as words: entities by their names and documents by their titles.
fn fact_words(timeline: &Timeline, event: Event<'_>, fact: FactId) -> BTreeSet<String> {
    let values: Vec<String> = match fact.row().value(event) {
        FactValue::Text(text) => vec![text.to_owned()],
        FactValue::Date(_, when) => when.iter().map(|when| when.written().to_owned()).collect(),
        FactValue::Word(word) => word.map(str::to_owned).into_iter().collect(),
        FactValue::Words(words, terms) => {
            let words = terms.iter().map(|&term| words.word(term).to_owned());
            words.collect()
        }
        FactValue::Parties(_, ids) => {
            let names = ids.iter().map(|&id| timeline.entity(id).name.clone());
            names.collect()
        }
        FactValue::Events(ids) => {
            let titles = ids.iter().map(|&id| timeline.event(id).title().to_owned());
            titles.collect()
        }
        FactValue::Sources(ids) => {
            let titles = ids.iter().map(|&id| timeline.source(id).title.clone());
            titles.collect()
        }
        FactValue::Marking(tlp) => tlp.iter().map(ToString::to_string).collect(),
    };
    let values = values.iter().map(|value| words(&visible(value)));
    values.filter(|value| !value.is_empty()).collect()
}

fn all_events(timeline: &Timeline) -> Vec<EventId> {
    timeline.events().map(Event::id).collect()
}

/// Records have no columns for claims and links, and say so; they have every other fact of an event.
#[test]
fn records_have_every_fact_with_a_column() {
    for name in TIMELINES {
        let timeline = &ready(name).0;
        for form in ["jsonl", "csv"] {
            let text = words(&program::written(timeline, form).replace("\\n", " "));
            for event in timeline.events() {
                // Records name other events by their ids, and have the strictest marking of everything that they name.
                let is_carried = |fact: &FactId| {
                    fact.row().record.is_some()
                        && fact.row().key != Some("after")
                        && fact.row().group != FactGroup::Handling
                };
                let facts = FactId::all().filter(is_carried);
                let facts = facts.flat_map(|fact| fact_words(timeline, event, fact));
                let log = event.attributes().map(|(_, value)| words(&visible(value)));
                let title = words(&visible(event.title()));
                for value in facts.chain(log).chain([title]) {
                    assert!(
                        memmem::find(text.as_bytes(), value.as_bytes()).is_some(),
                        "{name}: {form} does not have {value}"
                    );
                }
            }
        }
    }
}

fn read_again(name: &str, bytes: &[u8]) -> Timeline {
    let file = InputFile::new(name, Box::new(bytes), None);
    let again = formats::open_files(vec![file], &Progress::default());
    again.expect("bytes can be read").timeline
}

/// A record has the strictest marking of everything that it names, and its file is one of its sources. Only an export
/// has the events that it came after, as attributes of the log.
#[test]
fn records_are_read_back_with_all_facts() {
    for name in TIMELINES {
        let timeline = &ready(name).0;
        for form in ["jsonl", "csv", "xlsx"] {
            let again = read_again("back", &program::written_file(timeline, form));
            assert_eq!(again.len(), timeline.len(), "{name}: {form}");
            for (event, read) in timeline.events().zip(again.events()) {
                let carried =
                    |fact: &FactId| fact.row().record.is_some() && fact.row().key != Some("after");
                for fact in FactId::all().filter(carried) {
                    let (was, is) = (
                        fact_words(timeline, event, fact),
                        fact_words(&again, read, fact),
                    );
                    let row = fact.row();
                    let is_kept = match row.group {
                        FactGroup::Sources => is.is_superset(&was),
                        FactGroup::Handling => read.tlp() >= event.tlp(),
                        _ => is == was,
                    };
                    let key = event.key();
                    assert!(
                        is_kept,
                        "{name}: {form}: {key}: {}: {was:?} {is:?}",
                        row.name
                    );
                }
            }
        }
    }
}

/// An import keeps a phase or technique that `check` does not know as a tag.
#[test]
fn an_import_keeps_every_fact() {
    for name in TIMELINES {
        let timeline = &ready(name).0;
        let events = all_events(timeline);
        let again = read_again(
            "back.toml",
            TimelineImport::new(timeline, &events)
                .write(None)
                .as_bytes(),
        );
        assert_eq!(again.len(), timeline.len(), "{name}");
        for (event, read) in timeline.events().zip(again.events()) {
            for fact in FactId::all().filter(|fact| fact.row().key.is_some()) {
                let (was, is) = (
                    fact_words(timeline, event, fact),
                    fact_words(&again, read, fact),
                );
                let tags = fact_words(&again, read, FactId::TAGS);
                let is_kept = match fact {
                    FactId::TAGS => is.is_superset(&was),
                    FactId::PHASE | FactId::TECHNIQUES => is
                        .union(&tags)
                        .cloned()
                        .collect::<BTreeSet<_>>()
                        .is_superset(&was),
                    _ => is == was,
                };
                let (key, of) = (event.key(), fact.row().name);
                assert!(is_kept, "{name}: {key}: {of}: {was:?} {is:?}");
            }
        }
    }
}

/// The tests above prove nothing about a fact that no timeline has, so each is in one of them.
#[test]
fn the_test_timelines_have_every_fact() {
    let mut labels: Vec<String> = Vec::new();
    for name in TIMELINES {
        labels.extend(
            all_facts(&ready(name).0)
                .into_iter()
                .map(|(label, _)| label),
        );
    }
    for fact in FactId::all() {
        let is_stated = |timeline: &Timeline| {
            let mut values = timeline.events().map(|event| fact.row().value(event));
            values.any(|value| !value.is_empty())
        };
        let is_in = TIMELINES.iter().any(|name| is_stated(&ready(name).0));
        assert!(is_in, "no timeline has `{}`", fact.row().name);
    }
    let wanted = [
        "answers",
        "answered by",
        "timestamp desc",
        "exact words",
        "likelihood",
        "confidence",
        "link",
        "source",
    ];
    for label in wanted {
        assert!(
            labels.iter().any(|known| known == label),
            "no timeline has `{label}`"
        );
    }
}

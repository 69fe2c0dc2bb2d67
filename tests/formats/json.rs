//! JSON and TOML that dateline writes, and reads back without a difference.

use dateline::change::{ComparedItem, ItemKind, ItemPresence, TimelineComparison};
use dateline::diagnostic::SourceText;
use dateline::formats::import::TimelineImport;
use dateline::formats::{self, FormatWriter};
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};
use proptest::prelude::*;

use crate::exports::losses::timelines;
use crate::safety::hostile::forbidden;
use crate::support::program::{self, written};
use crate::withhold::contents;

/// The formats that keep everything.
const WHOLE: [&str; 2] = ["json", "toml"];

fn read(text: &str) -> (Timeline, Vec<String>) {
    let texts = [SourceText::new("case", text)];
    let (timeline, findings) = formats::open(&texts);
    let errors = findings.iter().filter(|it| it.is_error());
    (timeline, errors.map(|it| it.message.clone()).collect())
}

#[track_caller]
fn assert_kept(timeline: &Timeline, name: &str) {
    for format in WHOLE {
        let file = assert_kept_in(timeline, format, name);
        if format == "json" {
            serde_json::from_str::<serde_json::Value>(&file)
                .unwrap_or_else(|error| panic!("{name}: {error}\n{file}"));
        }
    }
}

/// Returns the written file.
#[track_caller]
fn assert_kept_in(timeline: &Timeline, format: &str, name: &str) -> String {
    let file = written(timeline, format);
    assert_eq!(forbidden(&file), None, "{name}");
    let (again, _) = read(&file);
    for (was, is) in contents(timeline).lines().zip(contents(&again).lines()) {
        assert_eq!(was, is, "{name}: {file}");
    }
    for event in timeline.events() {
        let other = again.find_event(&event.key());
        let same = other.is_some_and(|other| event.says_the_same(other));
        assert!(
            same || event.attributes().len() > 0,
            "{name}: {}",
            event.key()
        );
    }
    assert_eq!(written(&again, format), file, "{name}");
    file
}

#[test]
fn every_timeline_is_read_back_without_a_difference() {
    for (name, timeline) in timelines() {
        // A log becomes a timeline: its source is declared, and its further columns are lost.
        if name == "times" {
            continue;
        }
        // A synthetic event has no place, so that lanes are first named in another order.
        if name.starts_with("seed") {
            let (first, _) = read(&written(timeline, "json"));
            assert!(
                timeline
                    .events()
                    .zip(first.events())
                    .all(|(was, is)| was.says_the_same(is)),
                "{name}"
            );
            assert_kept(&first, name);
        } else {
            assert_kept(timeline, name);
        }
    }
}

#[test]
fn what_is_written_without_errors_is_read_without_errors() {
    for name in ["shipped", "harbour", "marked", "yardsticks"] {
        for format in WHOLE {
            let file = written(&program::ready(name).0, format);
            assert_eq!(read(&file).1, Vec::<String>::new(), "{name}");
        }
    }
}

#[test]
fn a_value_that_cannot_be_read_stays_one() {
    let text = "[timeline]\ntlp = \"PURPLE\"\n[sources.a]\npublished = \"xx\"\n[[events]]\nid = \"e\"\ntitle = \"E\"\n\
                disclosed = \"yy\"\n[[events.claims]]\nsource = \"a\"\nsaid = \"zz\"\ntext = \"t\"\n";
    let timeline = program::opened("x.toml", text).timeline;
    let (again, errors) = read(&written(&timeline, "json"));
    assert_eq!(errors.len(), 4, "{errors:?}");
    assert!(again.head().tlp_unread && again.head().tlp == Some(Tlp::Red));
    assert!(again.events().all(dateline::timeline::Event::day_unread));
    assert!(again.sources().all(|(_, source)| source.day_unread));
    assert!(again.claims().all(|(_, claim)| claim.day_unread));
}

#[test]
fn a_filter_leaves_out_references_to_other_events() {
    let opened = program::open("shipped");
    let filter =
        dateline::query::Filter::parse(&opened.timeline, "phase:sanction").expect("a filter");
    let matches = filter.matches(&opened.timeline);
    let writer = FormatWriter::find("json").expect("the format exists");
    let options = formats::ExportOptions::new(&matches);
    let (again, errors) = read(&(writer.write)(&opened.timeline, &options));
    // Views may filter by tags that no exported event has.
    let others = errors
        .iter()
        .filter(|it| !it.starts_with("this timeline has no tag"));
    assert_eq!(others.count(), 0, "{errors:?}");
    assert_eq!(again.len(), options.events().len());
}

#[test]
fn a_timeline_in_json_is_imported_whole() {
    for name in ["shipped", "harbour", "marked", "yardsticks"] {
        let timeline = &program::ready(name).0;
        let (again, _) = read(&written(timeline, "json"));
        let all: Vec<_> = again.events().map(Event::id).collect();
        let text = TimelineImport::new(&again, &all).write(None);
        let (imported, errors) = read(&text);
        assert_eq!(errors, Vec::<String>::new(), "{name}");
        let compared = TimelineComparison::between(timeline, &imported);
        // A comment in the file, since nothing refers to it.
        let is_unused = |it: &&ComparedItem| {
            it.presence == ItemPresence::Withdrawn
                && matches!(it.kind, ItemKind::Entity | ItemKind::Source)
                && text.contains(&it.key)
        };
        let differing: Vec<_> = compared.items.iter().filter(|it| !is_unused(it)).collect();
        assert!(differing.is_empty(), "{name}: {differing:?}\n{text}");
    }
}

/// Reads a text whose first event is whole and in which a mistake follows.
#[track_caller]
fn check_cut(text: &str, tlp: Option<Tlp>) {
    let (timeline, errors) = read(text);
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert_eq!(
        timeline.len(),
        usize::from(text.contains("\"A\"")),
        "{text}"
    );
    assert_eq!(timeline.head().tlp, tlp, "{text}");
}

#[test]
fn what_may_follow_a_mistake_counts_as_red() {
    let event = "\"events\": [{\"title\": \"A\"}, {\"title\" \"B\"}]";
    let head = "\"timeline\": {\"tlp\": \"GREEN\"}";
    check_cut(
        &format!("{{\"format\": 1, {head}, {event}}}"),
        Some(Tlp::Green),
    );
    check_cut(
        &format!("{{\"format\": 1, {event}, {head}}}"),
        Some(Tlp::Red),
    );
    check_cut(&format!("{{\"format\": 1, {event}}}"), Some(Tlp::Red));
    check_cut(
        "{\"format\": 1, \"timeline\": {\"tlp\": \"CLEAR\"",
        Some(Tlp::Red),
    );
}

#[test]
fn an_object_of_a_log_is_not_a_timeline() {
    for text in [
        "{\"message\": \"x\", \"datetime\": \"2021-01-01T00:00:00Z\", \"events\": []}",
        "{\"events\": \"x\", \"message\": \"x\", \"datetime\": \"2021-01-01T00:00:00Z\"}",
        "{\"format\": \"x\", \"message\": \"x\", \"datetime\": \"2021-01-01T00:00:00Z\"}",
    ] {
        let (timeline, _) = read(text);
        assert_eq!(
            timeline
                .events()
                .next()
                .map(dateline::timeline::Event::title),
            Some("x"),
            "{text}"
        );
    }
    let (timeline, _) = read("\n {\"$schema\": \"x\", \"events\": [{\"title\": \"y\"}]}");
    assert_eq!(timeline.len(), 1);
}

#[test]
fn an_id_with_white_space_takes_the_place_of_a_name_that_is_not_stated() {
    let text = "[entities.\"\\t a\"]\n[sources.\"\\t b\"]\n[views.\"\\t c\"]\nfilter = \"\"\n\
                [[events]]\ntitle = \"T\"\nwhen = \"2021\"\nactors = [\"\\t a\"]\nsources = [\"\\t b\"]\n";
    let opened = program::opened("x.toml", text);
    let (_, entity) = opened.timeline.entities().next().expect("an entity");
    assert_eq!(entity.name, "\t a");
    assert_kept(&opened.timeline, text);
}

proptest! {
    #![proptest_config(crate::properties::cases(24))]

    #[test]
    fn any_text_of_a_file_is_kept(texts in prop::collection::vec("[ -~\\p{L}\\p{M}\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}\u{202e}\"\\\\]{1,12}", 1..5)) {
        let file = crate::safety::hostile::timeline(&texts);
        assert_kept(&program::opened("x.toml", &file).timeline, &file);
    }
}

//! No output or link gives any trace of withheld content.

use std::sync::Arc;

use dateline::document::Document;
use dateline::formats::writers::stix::{StixOptions, StixProfile};
use dateline::timeline::draft::DraftTimeline;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline, build};
use dateline::ui::screenshot::ScreenshotFormat;
use regex::Regex;

use super::day;
use crate::properties::seeds;
use crate::support::marked::marked;
use crate::support::program;
use crate::support::program::{
    EXTENTS, Stage, copied, exported_as, listed, opened, size, subjects,
};

/// Keys to every screen and overlay that shows words of the file.
const KEYS: &[&str] = &[
    "",
    "<tab>",
    "v",
    "jjv",
    "i",
    "E",
    "E<tab><enter>",
    "S",
    "S<tab><enter>",
    "Q",
    "F",
    "p",
    ":",
    "?",
    "1",
    "2",
    "1Y",
    "cc",
    "factor:",
    "fevent(",
    "flink:",
    "ftag:",
    "fby:",
    "fsource:",
    "flane:",
    "fphase:",
    "ftechnique:",
    "/entity",
    "T",
    "TT",
    "TTT",
    "gl",
    "M",
    "w",
    "gs",
    "b",
    "gg<enter>",
];

/// All output about a timeline, with its origin.
fn seen(timeline: &Timeline) -> Vec<(String, String)> {
    let mut seen = vec![("list".to_owned(), listed(timeline))];
    for subject in subjects(timeline) {
        let document = Document::about(timeline, subject);
        seen.push((format!("{subject:?}"), format!("{document:?}")));
    }
    seen.extend(copied(timeline));
    let shared = Arc::new(timeline.clone());
    for keys in KEYS {
        let mut stage = Stage::on(Arc::clone(&shared), size("160x50"));
        stage.press(keys);
        seen.push(((*keys).to_owned(), stage.frame(ScreenshotFormat::Text)));
        // Every format of a frame prints the same cells.
        if keys.is_empty() {
            seen.push(("roles".to_owned(), stage.frame(ScreenshotFormat::Roles)));
            seen.push(("svg".to_owned(), stage.frame(ScreenshotFormat::Svg)));
        }
    }
    let mut handed = opened("x.toml", "");
    handed.timeline = timeline.clone();
    for format in program::handouts() {
        for extent in EXTENTS {
            let out = exported_as(&handed, format.name, extent);
            seen.push((format!("{} {extent:?}", format.name), out));
        }
    }
    for format in program::workbooks() {
        let out = program::exported(&handed, format.name);
        seen.push((format.name.to_owned(), out));
    }
    // Those of STIX follow.
    for format in program::exchanges().filter(|format| format.name != "stix") {
        seen.push((
            format.name.to_owned(),
            program::written(timeline, format.name),
        ));
    }
    for profile in StixProfile::ALL {
        let stix = StixOptions {
            profile,
            ..StixOptions::default()
        };
        let name = format!("stix {}", profile.as_str());
        seen.push((name, program::written_as(timeline, "stix", stix)));
    }
    // Other frames may show the model's content in future.
    seen.push(("all".to_owned(), format!("{timeline:?}")));
    seen
}

/// The characters that identify each withheld item.
fn marks_of_withheld(draft: &DraftTimeline, ceiling: Tlp) -> Vec<String> {
    let default = draft.head.tlp.as_ref().map_or(Tlp::Red, |it| it.value);
    let above = |tlp: Option<Tlp>| tlp.unwrap_or(default) > ceiling;
    let mut marks = Vec::new();
    for (number, entity) in draft.entities.iter().enumerate() {
        if above(entity.tlp.as_ref().map(|it| it.value)) {
            let known = ["entity-", "Entity ", "Alias ", "G100"];
            marks.extend(known.map(|it| format!("{it}{number}q")));
        }
    }
    for (number, source) in draft.sources.iter().enumerate() {
        if above(source.tlp.as_ref().map(|it| it.value)) {
            marks.extend(["source-", "Report "].map(|it| format!("{it}{number}q")));
        }
    }
    for (number, event) in draft.events.iter().enumerate() {
        let is_above = above(event.tlp.as_ref().map(|it| it.value));
        if is_above {
            marks.extend(["event-", "case "].map(|it| format!("{it}{number}q")));
        }
        for (nth, claim) in event.claims.iter().enumerate() {
            if is_above || above(claim.tlp.as_ref().map(|it| it.value)) {
                marks.push(format!("claim-{nth}-event-{number}q"));
            }
        }
    }
    for (number, scene) in draft.scenes.iter().enumerate() {
        if above(scene.tlp.as_ref().map(|it| it.value)) {
            marks.push(format!("scene-{number}q"));
        }
    }
    for (number, question) in draft.questions.iter().enumerate() {
        if above(question.tlp.as_ref().map(|it| it.value)) {
            marks.push(format!("question-{number}q"));
        }
    }
    marks
}

#[track_caller]
fn assert_no_trace(timeline: &Timeline, marks: &[String], what: &str) {
    assert!(!marks.is_empty(), "{what}: nothing is withheld");
    let marks: Vec<String> = marks.iter().map(|mark| regex::escape(mark)).collect();
    let any_mark = Regex::new(&marks.join("|")).expect("marks are short");
    for (place, seen) in seen(timeline) {
        let found = any_mark.find(&seen).map(|found| found.as_str());
        assert_eq!(found, None, "{what}: a mark is in {place}:\n{seen}");
    }
}

#[test]
fn no_output_has_anything_above_the_ceiling() {
    let mut withheld = 0;
    for seed in seeds(5) {
        for default in [Tlp::Clear, Tlp::Amber] {
            let draft = marked(seed, Some(default));
            let whole = build(draft.clone());
            let ceiling = Tlp::ALL[usize::try_from(seed % 4).expect("small")];
            let marks = marks_of_withheld(&draft, ceiling);
            withheld += marks.len();
            let left = whole.up_to(ceiling).expect("the file is marked");
            assert_no_trace(&left, &marks, &format!("seed {seed}, {default}, {ceiling}"));
        }
    }
    assert!(withheld > 150, "only {withheld} items were withheld");
}

#[test]
fn no_output_has_anything_later() {
    for seed in 0..4 {
        let whole = build(marked(seed, Some(Tlp::Clear)));
        let left = whole.as_of(&day("2021-12-31")).expect("it ends");
        let shown: Vec<_> = left.events().map(Event::key).collect();
        let mut marks: Vec<String> = whole
            .events()
            .map(Event::key)
            .filter(|key| !shown.contains(key))
            .flat_map(|key| [key.to_string(), key.replace("event-", "case ")])
            .collect();
        let stay: Vec<&str> = left
            .sources()
            .map(|(_, source)| source.key.as_str())
            .collect();
        let gone = whole
            .sources()
            .map(|(_, source)| source)
            .filter(|it| !stay.contains(&it.key.as_str()));
        marks.extend(gone.flat_map(|it| [it.key.clone(), it.title.clone()]));
        let stay: Vec<&str> = left
            .entities()
            .map(|(_, entity)| entity.key.as_str())
            .collect();
        let gone = whole
            .entities()
            .map(|(_, entity)| entity)
            .filter(|it| !stay.contains(&it.key.as_str()));
        marks.extend(gone.flat_map(|it| [it.key.clone(), it.name.clone()]));
        assert!(!marks.is_empty(), "seed {seed}");
        assert_no_trace(&left, &marks, &format!("seed {seed}"));
    }
}

//! Timelines: any file can be opened, checked and written without harm.

use dateline::cli::check::print_findings;
use dateline::date::Truth;
use dateline::diagnostic::SourceText;
use dateline::formats::{self, linear, text};
use dateline::timeline::Timeline;

use super::random::Random;
use crate::exports::{html, markdown};
use crate::safety::hostile::{self, forbidden};
use crate::support::program;

/// A slightly mutated file of the right shape, or a mixture of two.
pub fn file(random: &mut Random) -> String {
    const WORDS: &[&str] = &[
        "one",
        "two",
        "2021",
        "late 2021/2022-10",
        "compromise",
        "likely",
        "phia",
        "claims",
        "A",
        "RED",
    ];
    let plain: Vec<String> = (0..6).map(|_| random.words(WORDS, 2, " ")).collect();
    let small = ["hostile", "broken", "yardsticks", "marked", "three-lines"];
    let shape = match random.below(4) {
        0 => hostile::timeline(&plain),
        1 => {
            let hostile = hostile::HOSTILE.iter().map(|(text, _)| (*text).to_owned());
            hostile::timeline(&hostile.collect::<Vec<_>>())
        }
        _ => {
            let name = random.pick(&small);
            program::read(&format!("tests/frames/timelines/{name}.toml"))
        }
    };
    random.spoiled(&shape, 12)
}

/// Opens a file, and reports every finding.
pub fn round(random: &mut Random) {
    let file = file(random);
    open_and_report("fuzz.toml", &file);
}

/// The same with a slightly mutated file of JSON.
pub fn round_json(random: &mut Random) {
    let whole = program::opened("fuzz.toml", &file(random));
    let json = program::written(&whole.timeline, "json");
    open_and_report("fuzz.toml", &random.spoiled(&json, 12));
}

/// Opens a text, and reports every finding.
pub fn open_and_report(name: &str, file: &str) -> Timeline {
    let texts = [SourceText::new(name, file)];
    let (timeline, findings) = formats::open(&texts);
    for finding in &findings {
        let marked = texts[0]
            .text()
            .get(finding.place.start()..finding.place.end());
        assert!(marked.is_some(), "{file:?}: {finding:?}");
    }
    let mut report = Vec::new();
    print_findings(&texts, &findings, &mut report, false).expect("a vector takes everything");
    let report = String::from_utf8(report).expect("a report is UTF-8");
    assert_eq!(forbidden(&report), None, "{file:?}");
    timeline
}

/// Writes a file in every format.
pub fn write(random: &mut Random) {
    let file = file(random);
    let opened = program::opened("fuzz.toml", &file);
    for format in program::exchanges() {
        let written = program::written(&opened.timeline, format.name);
        assert_eq!(forbidden(&written), None, "{}: {file:?}", format.name);
    }
    for format in program::handouts() {
        for extent in program::EXTENTS {
            let written = program::exported_as(&opened, format.name, extent);
            assert_eq!(forbidden(&written), None, "{}: {file:?}", format.name);
            match format.name {
                "markdown" => _ = markdown::read(&written),
                "html" => _ = html::read(&written),
                _ => {}
            }
        }
    }
    let timeline = &opened.timeline;
    let all: Vec<_> = (timeline.events())
        .map(|event| (event.id(), Truth::Yes))
        .collect();
    for written in [
        text::list(timeline, &all, None),
        linear::timeline(timeline, &all),
    ] {
        assert_eq!(forbidden(&written), None, "{file:?}");
    }
}

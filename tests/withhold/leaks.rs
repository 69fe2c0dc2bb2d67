//! No output or link gives any trace of withheld content.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline::document::Document;
use dateline::formats::writers::WRITERS;
use dateline::formats::writers::stix::{StixOptions, StixProfile};
use dateline::timeline::term::Tlp;
use dateline::timeline::{Timeline, build};
use dateline::ui::screenshot::ScreenshotFormat;
use regex::Regex;

use super::{assert_same, day, naive, withheld};
use crate::properties::seeds;
use crate::support::marked::{marked, written};
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
    seen
}

/// What of a timeline is looked at.
#[derive(Clone, Copy)]
enum Extent {
    /// All that it holds, from which every output is made.
    Content,
    Outputs,
}

/// The marks that the content of a whole timeline has: others prove nothing, nor does a timeline without any.
fn in_content(mut marks: Vec<String>, whole: &Timeline) -> Vec<String> {
    let content = format!("{whole:?}");
    marks.retain(|mark| content.contains(mark));
    marks
}

#[track_caller]
fn assert_no_trace(timeline: &Timeline, extent: Extent, marks: &[String], what: &str) {
    let marks: Vec<String> = marks.iter().map(|mark| regex::escape(mark)).collect();
    let any_mark = Regex::new(&marks.join("|")).expect("marks are short");
    let seen = match extent {
        Extent::Content => vec![("its content".to_owned(), format!("{timeline:?}"))],
        Extent::Outputs => seen(timeline),
    };
    for (place, seen) in seen {
        let found = any_mark.find(&seen).map(|found| found.as_str());
        assert_eq!(found, None, "{what}: a mark is in {place}:\n{seen}");
    }
}

/// Fails if timelines have anything that is marked above a ceiling. Returns how many texts were withheld.
#[track_caller]
fn withheld_by_marking(seeds: impl Iterator<Item = u64>, extent: Extent) -> usize {
    let mut withheld = 0;
    for seed in seeds {
        for default in [Tlp::Clear, Tlp::Amber] {
            let draft = marked(seed, Some(default));
            let ceiling = Tlp::ALL[usize::try_from(seed % 4).expect("small")];
            let marks = withheld::marks(&draft, ceiling);
            let whole = build(draft);
            let marks = in_content(marks, &whole);
            if marks.is_empty() {
                continue;
            }
            withheld += marks.len();
            let left = whole.up_to(ceiling).expect("the file is marked");
            let what = format!("seed {seed}, {default}, {ceiling}");
            assert_no_trace(&left, extent, &marks, &what);
        }
    }
    withheld
}

#[test]
fn no_output_has_anything_above_the_ceiling() {
    let withheld = withheld_by_marking(seeds(5), Extent::Outputs);
    assert!(withheld > 250, "only {withheld} texts were withheld");
}

#[test]
fn no_timeline_holds_anything_above_the_ceiling() {
    let withheld = withheld_by_marking(seeds(60), Extent::Content);
    assert!(withheld > 3000, "only {withheld} texts were withheld");
}

/// The texts of a timeline that the oracle cuts, of those that no other place has.
fn cut(whole: &toml::Table, left: &toml::Table) -> Vec<String> {
    let texts = |root: &toml::Table| {
        let mut texts = BTreeSet::new();
        collect(&root.clone().into(), &mut texts);
        texts
    };
    let (whole, left) = (texts(whole), texts(left));
    let left: Vec<String> = left.into_iter().collect();
    let left = left.join("\n");
    // The summary of the whole is one, too.
    let of_one_item = Regex::new("[0-9]q|whole").expect("it is short");
    let gone = whole.into_iter().filter(|text| !left.contains(text));
    gone.filter(|text| of_one_item.is_match(text)).collect()
}

fn collect(value: &toml::Value, texts: &mut BTreeSet<String>) {
    match value {
        toml::Value::String(text) => _ = texts.insert(text.clone()),
        toml::Value::Array(items) => items.iter().for_each(|it| collect(it, texts)),
        toml::Value::Table(keys) => {
            for (key, value) in keys {
                texts.insert(key.clone());
                collect(value, texts);
            }
        }
        _ => {}
    }
}

/// Fails if timelines have anything that was not yet public on a day. Returns how many texts were withheld.
#[track_caller]
fn withheld_by_day(seeds: impl Iterator<Item = u64>, extent: Extent) -> usize {
    let mut withheld = 0;
    for seed in seeds {
        let draft = marked(seed, Some(Tlp::Clear));
        let (text, whole) = ("2021-12-31", written(&draft));
        let marks = cut(&whole, &naive::as_of(&whole, text));
        let whole = build(draft);
        let marks = in_content(marks, &whole);
        if marks.is_empty() {
            continue;
        }
        withheld += marks.len();
        let left = whole.as_of(&day(text)).expect("it ends");
        assert_no_trace(&left, extent, &marks, &format!("seed {seed}"));
    }
    withheld
}

#[test]
fn no_output_has_anything_later() {
    let withheld = withheld_by_day(seeds(4), Extent::Outputs);
    assert!(withheld > 250, "only {withheld} texts were withheld");
}

#[test]
fn no_timeline_holds_anything_later() {
    let withheld = withheld_by_day(seeds(30), Extent::Content);
    assert!(withheld > 1500, "only {withheld} texts were withheld");
}

/// A file in which these texts are others.
fn with_other_words(file: &str, marks: &[String]) -> String {
    marks.iter().fold(file.to_owned(), |file, mark| {
        let other = mark.strip_suffix('q').unwrap_or(mark);
        file.replace(mark, &format!("{other}z"))
    })
}

/// Fails if what is withheld of a file has a part in any file that is written of the rest: an id made from it, or an
/// order.
#[track_caller]
fn assert_same_without(
    file: &str,
    marks: &[String],
    left: impl Fn(&Timeline) -> Timeline,
    what: &str,
) {
    let other = with_other_words(file, marks);
    assert_ne!(file, other, "{what}: nothing is withheld");
    let [one, other] = [file, &other].map(|file| {
        let mut opened = opened("/home/someone/x.toml", file);
        opened.timeline = left(&opened.timeline);
        opened
    });
    for writer in WRITERS {
        for extent in EXTENTS {
            let written = |opened| exported_as(opened, writer.name, extent);
            let written = [&one, &other].map(written);
            let what = format!("{what}: {} {extent:?}", writer.name);
            assert_same(&written[0], &written[1], &what);
            assert!(!written[0].contains("someone"), "{what} names a folder");
            if !writer.is_handout() {
                break;
            }
        }
    }
}

#[test]
fn no_written_file_depends_on_what_is_withheld() {
    for seed in seeds(3) {
        let draft = marked(seed, Some(Tlp::Clear));
        let whole = written(&draft);
        let file = toml::to_string(&whole).expect("a table can be written");
        let file = format!("# A comment of event-0q\n{file}");
        let marks = withheld::marks(&draft, Tlp::Green);
        let up_to = |timeline: &Timeline| timeline.up_to(Tlp::Green).expect("it is marked");
        assert_same_without(&file, &marks, up_to, &format!("seed {seed}, GREEN"));
        let marks = cut(&whole, &naive::as_of(&whole, "2021-12-31"));
        let as_of = |timeline: &Timeline| timeline.as_of(&day("2021-12-31")).expect("it ends");
        assert_same_without(&file, &marks, as_of, &format!("seed {seed}, 2021"));
    }
}

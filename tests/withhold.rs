//! Withholding as of a day and above a marking leaves no trace of the withheld content.

mod case;
mod leaks;
mod logs;
mod naive;
mod rules;
mod unread;
mod withheld;

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use dateline::date::EventDate;
use dateline::diagnostic::{SourceText, TextPlace};
use dateline::formats;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Claim, ClaimValue, Timeline, build};
use dateline::ui::screenshot::ScreenshotFormat;

use crate::properties;
use crate::support::marked::{marked, written};
use crate::support::program::{Stage, listed, opened, read, size};

const SHIPPED: &str = "timelines/uk-democratic-institutions.toml";

/// The days on which the story of the shipped case developed.
const DAYS: &[&str] = &[
    "2018-01-01",
    "2020-09-10",
    "2021-08-01",
    "2021-12-31",
    "2023-08-07",
    "2023-08-08",
    "2023-09-30",
    "2024-03-24",
    "2024-03-25",
    "2024-07-30",
    "2026-11-22",
    "2099-12-31",
];

fn day(text: &str) -> EventDate {
    EventDate::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn timeline(root: &toml::Table) -> Timeline {
    let text = toml::to_string(root).expect("a table can be written");
    let (timeline, _) = formats::open(&[SourceText::new("whole.toml", text)]);
    timeline
}

/// The whole content of a timeline, except its places in the file and the counts of withheld items.
pub fn contents(timeline: &Timeline) -> String {
    let mut out = format!("{:?}\n", timeline.head());
    for event in timeline.events() {
        let lanes: Vec<&str> = event
            .lanes()
            .iter()
            .map(|&it| timeline.lanes().word(it))
            .collect();
        let (techniques, tags): (Vec<_>, Vec<_>) =
            (event.techniques().collect(), event.tags().collect());
        let claims: Vec<_> = event.claims().map(|(id, _)| id).collect();
        let texts = (event.key(), event.title(), event.summary(), event.phase());
        let dates = (
            event.when(),
            event.whole(),
            event.discovered(),
            event.disclosed(),
        );
        let names = (
            event.all_parties().collect::<Vec<_>>(),
            event.sources(),
            event.links(),
            event.after(),
            event.before(),
        );
        writeln!(out, "{texts:?}\n {dates:?}\n {names:?}\n {lanes:?} {techniques:?} {tags:?} {claims:?} {:?} {:?}", event.contested(), event.tlp())
            .expect("a string takes everything");
    }
    for word in [
        timeline.phases(),
        timeline.lanes(),
        timeline.techniques(),
        timeline.tags(),
    ] {
        writeln!(out, "{:?}", word.iter().collect::<Vec<_>>()).expect("a string takes everything");
    }
    // Places depend on the text, and the projected file is another text.
    let claims = timeline.claims().map(|(id, claim)| {
        let place = TextPlace::default();
        (
            id,
            Claim {
                place,
                ..claim.clone()
            },
        )
    });
    let others = [
        printed(timeline.entities()),
        printed(timeline.sources()),
        printed(claims),
        printed(timeline.views()),
        printed(timeline.scenes()),
        printed(timeline.questions()),
    ];
    out + &others.join("\n")
}

/// A line for each item. `{:#?}`, a line for each field, takes several times as long.
fn printed<T: std::fmt::Debug>(items: impl IntoIterator<Item = T>) -> String {
    let lines = items.into_iter().map(|item| format!("{item:?}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Compares line by line, and prints only lines that differ.
#[track_caller]
fn assert_same(left: &str, right: &str, what: &str) {
    let differs = left
        .lines()
        .zip(right.lines())
        .find(|(left, right)| left != right);
    assert_eq!(differs, None, "{what}");
    assert_eq!(left.lines().count(), right.lines().count(), "{what}");
}

/// Compares a file as of some days with the file cut by the oracle.
#[track_caller]
fn assert_equals_cut(whole: &toml::Table, days: impl IntoIterator<Item = String>, what: &str) {
    let all = timeline(whole);
    let mut before = (toml::Table::new(), String::new());
    for text in days {
        let cut = naive::as_of(whole, &text);
        // Between two days without news, the file is cut alike.
        if cut != before.0 || before.1.is_empty() {
            before.1 = contents(&timeline(&cut));
            before.0 = cut;
        }
        let projected = all.as_of(&day(&text)).expect("a day has an end");
        let what = format!("{what}, {text}");
        assert_same(&contents(&projected), &before.1, &what);
    }
}

#[test]
fn the_case_as_of_a_day_equals_the_file_cut_by_the_oracle() {
    let whole: toml::Table = read(SHIPPED).parse().expect("the case is TOML");
    let days = DAYS.iter().map(|&text| text.to_owned());
    assert_equals_cut(&whole, days, "the case");
}

#[test]
fn any_timeline_as_of_a_day_equals_the_file_cut_by_the_oracle() {
    for seed in properties::seeds(60) {
        let whole = written(&marked(seed, Some(Tlp::Red)));
        let days = (2018..=2027).map(|year| format!("{year}-0{}-15", 1 + seed % 9));
        assert_equals_cut(&whole, days, &format!("seed {seed}"));
    }
}

/// What is between the list and the detail, whose scrollbar it is too.
const DIVIDERS: [char; 6] = ['│', '┃', '┤', '┫', '╡', '╣'];

/// The rows of a frame without those that report withheld items, such as the top row, and without the detail and its
/// columns, which such rows may widen.
fn without_counts(frame: &str) -> String {
    let lists = frame.lines().filter_map(|row| row.split(DIVIDERS).next());
    let reports = ["withheld", "not yet public", "as of"];
    let lists = lists.filter(|row| reports.iter().all(|words| !row.contains(words)));
    let words = lists.map(|row| {
        // A date counts as said later, or perhaps later, if the claim that gave it is withheld.
        let (before, note) = row.split_once("[date ").unwrap_or((row, ""));
        let words = before.split_whitespace().chain(
            note.split_once(']')
                .map_or("", |it| it.1)
                .split_whitespace(),
        );
        words
            .map(|word| word.trim_start_matches('*').replace("┊*", "┊"))
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    });
    let words: Vec<String> = words.filter(|row| !row.is_empty()).collect();
    words.join("\n")
}

#[test]
fn frames_and_lists_equal_those_of_the_cut_file() {
    let whole: toml::Table = read(SHIPPED).parse().expect("the case is TOML");
    let all = timeline(&whole);
    for text in ["2021-08-01", "2023-08-08", "2024-03-25"] {
        let left = toml::to_string(&naive::as_of(&whole, text)).expect("a table can be written");
        let naive = opened("whole.toml", &left);
        let projected = all.as_of(&day(text)).expect("a day has an end");
        assert_same(
            &without_counts(&listed(&projected)),
            &without_counts(&listed(&naive.timeline)),
            text,
        );
        // Both have the day on the axis and in the top row.
        let naive = naive.timeline.as_of(&day(text)).expect("a day has an end");
        let (projected, naive) = (Arc::new(projected), Arc::new(naive));
        for keys in ["", "jjjj<tab>", "E", "S", "Q", "F", "jjjv"] {
            let frame = |timeline: &Arc<Timeline>| {
                let mut stage = Stage::on(Arc::clone(timeline), size("200x60"));
                stage.press(keys);
                without_counts(&stage.frame(ScreenshotFormat::Text))
            };
            let what = format!("{text} {keys}");
            assert_same(&frame(&projected), &frame(&naive), &what);
        }
    }
}

/// Pairs of a seed and its timeline.
fn seeds() -> &'static [(u64, Timeline)] {
    static ALL: LazyLock<Vec<(u64, Timeline)>> = LazyLock::new(|| {
        let built = |seed| (seed, build(marked(seed, Some(Tlp::Green))));
        properties::seeds(40).map(built).collect()
    });
    &ALL
}

fn keys(timeline: &Timeline) -> Vec<String> {
    timeline
        .events()
        .map(|event| event.key().into_owned())
        .collect()
}

#[test]
fn a_ceiling_above_every_marking_withholds_nothing() {
    for (seed, whole) in seeds() {
        let left = whole.up_to(Tlp::Red).expect("the file is marked");
        assert_same(&contents(&left), &contents(whole), &format!("seed {seed}"));
        assert!(left.redactions().marked.is_nothing(), "seed {seed}");
        assert!(!left.redactions().is_whole() && whole.redactions().is_whole());
    }
}

#[test]
fn withheld_and_remaining_items_add_up() {
    for (seed, whole) in seeds() {
        for ceiling in Tlp::ALL {
            let left = whole.up_to(*ceiling).expect("the file is marked");
            let counts = left.redactions().marked;
            assert_eq!(left.len() + counts.events, whole.len(), "seed {seed}");
            assert_eq!(
                left.claims().count() + counts.claims,
                whole.claims().count()
            );
            let placeholders = left.sources().filter(|(_, it)| it.is_placeholder).count();
            assert_eq!(
                left.sources().count() - placeholders + counts.sources,
                whole.sources().count()
            );
            let placeholders = left.entities().filter(|(_, it)| it.is_placeholder).count();
            assert_eq!(
                left.entities().count() - placeholders + counts.entities,
                whole.entities().count()
            );
        }
        let left = whole.as_of(&day("2022-06-30")).expect("a day has an end");
        let counts = left.redactions().later;
        assert_eq!(left.len() + counts.events, whole.len(), "seed {seed}");
        assert_eq!(
            left.claims().count() + counts.claims,
            whole.claims().count()
        );
        assert_eq!(
            left.sources().count() + counts.sources,
            whole.sources().count()
        );
    }
}

/// Whether the author or a claim dates an event behind a day. Where dates differ, an event has that of the last public claim:
/// one day may hide it and show it another.
fn may_begin_behind(timeline: &Timeline, key: &str, day: &EventDate) -> bool {
    let event = timeline.find_event(key).expect("it has the event");
    let claimed = event.claims().filter_map(|(_, claim)| match &claim.value {
        Some(ClaimValue::Date(date)) => Some(date.clone()),
        _ => None,
    });
    let mut dates = claimed.chain(event.when());
    dates.any(|date| date.start().earliest > day.end().latest)
}

#[test]
fn withholding_is_idempotent_and_a_later_day_shows_no_less() {
    for (seed, whole) in seeds() {
        let (early, late) = (day("2021-06-30"), day("2024"));
        let (first, last) = (
            whole.as_of(&early).expect("ends"),
            whole.as_of(&late).expect("ends"),
        );
        let shown = keys(&last);
        assert!(
            keys(&first)
                .iter()
                .all(|key| shown.contains(key) || may_begin_behind(whole, key, &late)),
            "seed {seed}"
        );
        let green = whole.up_to(Tlp::Green).expect("the file is marked");
        let again = green.up_to(Tlp::Green).expect("the file is marked");
        assert_eq!(contents(&again), contents(&green), "seed {seed}");
        assert_eq!(again.redactions(), green.redactions(), "seed {seed}");
        // What the later day hides is not in the earlier one any more.
        if keys(&first).iter().all(|key| shown.contains(key)) {
            let again = last.as_of(&early).expect("ends");
            assert_same(
                &contents(&again),
                &contents(&first),
                &format!("seed {seed}"),
            );
            assert_eq!(again.redactions().as_of.as_ref(), Some(&early));
        }
    }
}

#[test]
fn withholding_by_day_and_marking_leaves_less_than_either() {
    for (seed, whole) in seeds() {
        let day = day("2023");
        let marked = whole.up_to(Tlp::Green).expect("the file is marked");
        let both = marked.as_of(&day).expect("ends");
        let by_day = keys(&whole.as_of(&day).expect("ends"));
        let by_marking = keys(&marked);
        for key in keys(&both) {
            let by_day = by_day.contains(&key) || may_begin_behind(whole, &key, &day);
            assert!(by_marking.contains(&key) && by_day, "seed {seed} {key}");
        }
        assert_eq!(both.redactions().ceiling, Some(Tlp::Green));
        assert_eq!(both.redactions().marked, marked.redactions().marked);
    }
}

#[test]
fn a_file_without_a_marking_is_refused_if_anything_lacks_one() {
    let whole = build(marked(1, None));
    let refused = whole.up_to(Tlp::Red).expect_err("most is not marked");
    assert!(
        refused.0.events > 0 && refused.0.entities > 0 && refused.0.prose == 2,
        "{refused:?}"
    );
    let text =
        "[[events]]\ntitle = \"x\"\ntlp = \"RED\"\n[[events]]\ntitle = \"y\"\ntlp = \"CLEAR\"\n";
    let left = opened("x.toml", text)
        .timeline
        .up_to(Tlp::Green)
        .expect("everything is marked");
    assert_eq!(keys(&left), ["y"]);
}

#[test]
fn a_date_without_an_end_is_refused() {
    let whole = opened("x.toml", "").timeline;
    for text in ["2021/..", "since 2021", "2021/"] {
        assert!(whole.as_of(&day(text)).is_err(), "{text}");
    }
    assert!(whole.as_of(&day("2021")).is_ok());
}

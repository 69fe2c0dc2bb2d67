//! Orders and "as of" views of small timelines in `order/*.toml`. Each line that begins with `#>` has the arguments of
//! a call, in which FILE is the timeline; the snapshot has the output of the calls.

use std::fmt::Write as _;
use std::fs;

use dateline::diagnostic::AFTER_AGAINST_DATES;
use dateline::timeline::check::check;
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, build};

use crate::properties::seeds;
use crate::support::marked::marked;
use crate::support::program::{opened, run};

#[test]
fn each_timeline_has_the_expected_order() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "order/snapshots" }, {
        insta::glob!("order/*.toml", |path| {
            let text = fs::read_to_string(path).expect("the file can be read");
            let file = path.to_str().expect("a path in UTF-8");
            let mut printed = String::new();
            for call in text.lines().filter_map(|line| line.strip_prefix("#> ")) {
                let arguments: Vec<&str> = call
                    .split(' ')
                    .map(|argument| if argument == "FILE" { file } else { argument })
                    .collect();
                let output = run(&arguments);
                writeln!(printed, "$ dateline {call}").expect("a string takes everything");
                for stream in [output.stdout, output.stderr] {
                    let words = String::from_utf8(stream).expect("the output is UTF-8");
                    printed.push_str(&words.replace(file, "FILE"));
                }
                printed.push('\n');
            }
            insta::assert_snapshot!("order", printed.trim_end());
        });
    });
}

#[test]
fn surely_earlier_events_are_above_and_later_ones_below() {
    let (mut settled, mut moved) = (0, 0);
    for seed in seeds(200) {
        let draft = marked(seed, Some(Tlp::Clear));
        let findings = check(&draft);
        let is_sound = findings.iter().all(|it| *it.kind != AFTER_AGAINST_DATES);
        let timeline = build(draft);
        let events: Vec<Event<'_>> = timeline.events().collect();
        for (row, event) in events.iter().enumerate() {
            let is_above_earlier = |above: &Event<'_>| event.surely_began_before(*above);
            assert!(
                !events[..row].iter().any(is_above_earlier),
                "seed {seed}: {event:?}"
            );
            for other in events[..row].iter().rev().take(3) {
                let dates = other.when().zip(event.when());
                let surely = dates.is_some_and(|(one, other)| one.starts_before(&other).is_sure());
                assert_eq!(other.surely_began_before(*event), surely, "seed {seed}");
            }
            // Undated events come last, whatever their `after` says.
            let after = event.after().iter().map(|&id| timeline.event(id));
            let after = after.filter(|it| it.bounds().is_some() || event.bounds().is_none());
            for earlier in after.filter(|_| is_sound) {
                assert!(
                    earlier.id() < event.id(),
                    "seed {seed}: {event:?} {earlier:?}"
                );
                settled += 1;
                moved += usize::from(earlier.place() > event.place());
            }
        }
    }
    assert!(settled > 500 && moved > 50, "{settled} {moved}");
}

/// `a` came before `c`, so its uncertain date is wrong.
#[test]
fn an_uncertain_date_gives_way_to_a_stated_order() {
    let text = "[[events]]\ntitle = \"a\"\nwhen = \"2024-02?\"\n[[events]]\ntitle = \"d\"\nwhen = \"2021\"\n\
        [[events]]\ntitle = \"b\"\nwhen = \"by 2024-04\"\nafter = [\"a\"]\n\
        [[events]]\ntitle = \"c\"\nwhen = \"2019-01-14\"\nafter = [\"b\"]\n";
    let opened = opened("x.toml", text);
    let titles: Vec<&str> = opened.timeline.events().map(Event::title).collect();
    assert_eq!(titles, ["a", "b", "c", "d"]);
}

/// The order of "late 2021" and of 19 July 2021 is only that of the list.
#[test]
fn the_detail_says_that_an_order_is_uncertain_where_the_list_has_the_sign() {
    let frame = |keys: &str| {
        let output = run(&[
            "frame",
            "--size",
            "110x36",
            "--filter",
            "id:commission-compromise,exchange-attribution",
            "--keys",
            keys,
        ]);
        String::from_utf8(output.stdout).expect("a frame is text")
    };
    let (first, second) = (frame("k"), frame("G"));
    assert!(second.contains("▸┊ 19 Jul 2021"), "{second}");
    let words = "uncertain: may precede the";
    assert!(!first.contains(words), "{first}");
    assert!(second.contains(words), "{second}");
}

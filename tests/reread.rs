//! Files that are read again while they are shown: what is told to be different, and what becomes of what is shown.

use dateline::app::reload::Changes;
use dateline::diagnostic::SourceText;
use dateline::formats;
use dateline::timeline::Timeline;

use crate::support::program;

fn timeline(text: &str) -> Timeline {
    formats::open(&[SourceText::new("t.toml", text)]).0
}

/// How many events are different.
fn different(old: &Timeline, new: &Timeline) -> usize {
    let changes = Changes::between(old, new);
    let events = new.events();
    events.filter(|event| changes.of(*event).is_some()).count()
}

/// The first event with every key and its claims, without one line after the other.
#[test]
fn whatever_key_of_an_event_or_a_claim_is_taken_away_the_event_is_different() {
    // What a key says when it is left out is no difference.
    let text = program::read("tests/diagnostics/every-key.toml")
        .replacen("yardstick = \"phia\"", "yardstick = \"none\"", 1)
        .replace("\"asserts\"", "\"denies\"");
    let whole = timeline(&text);
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| *line == "[[events]]");
    let first = first.expect("there are events") + 1;
    let last = lines
        .iter()
        .skip(first)
        .position(|line| *line == "[[events]]");
    let last = first + last.expect("there are two");
    let mut keys = Vec::new();
    for at in first..last {
        let Some((key, _)) = lines[at].split_once('=') else {
            continue;
        };
        // A text of several lines goes with its key.
        let more = lines[at + 1..last].iter();
        let more = more
            .take_while(|line| line.ends_with("\"\"\"") && !line.contains('='))
            .count();
        let left = [&lines[..at], &lines[at + 1 + more..]].concat().join("\n");
        let new = timeline(&left);
        assert!(
            different(&whole, &new) > 0,
            "without line {}: {key}",
            at + 1
        );
        keys.push(key.trim());
    }
    assert!(keys.len() > 25 && keys.contains(&"lane"), "{keys:?}");
}

#[test]
fn what_is_only_moved_says_the_same() {
    let text = program::read("timelines/uk-democratic-institutions.toml");
    let old = timeline(&text);
    let (head, events) = text.split_once("[[events]]").expect("there are some");
    let mut events: Vec<&str> = events.split("\n[[events]]").collect();
    let rest = events.pop().expect("there are some");
    let (last, rest) = rest.split_once("\n[").expect("the views follow");
    events.push(last);
    events.reverse();
    let moved = format!("{head}[[events]]{}\n[{rest}", events.join("\n[[events]]"));
    let new = timeline(&moved);
    assert_eq!((new.len(), different(&old, &new)), (old.len(), 0));
}

//! The transitions of the state machine: `transitions.txt` has a block for each behaviour. An event without a block in
//! a
//! phase changes nothing there.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline::app::model::Model;
use dateline::app::reload::{
    FileFingerprint, FileReading, FileRequest, FileWatching, ReadOutcome, ReadRequest,
    ReadingFingerprints, ReloadAction, ReloadEvent, ReloadMachine, ReloadNotice,
};
use dateline::app::{self, Effect, Message};
use dateline::timeline::Timeline;

use super::{error, model, press, read, saved, saved_after, timeline};
use crate::support::program;

const ONE: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\n";
const TWO: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\n";

/// The events, by their names in the table.
const EVENTS: &[&str] = &[
    "started",
    "started without a watcher",
    "started, watcher failed",
    "saved",
    "saved, watcher failed",
    "asked",
    "recheck",
    "progress",
    "stop asked",
    "read",
    "read with an error",
    "read without events",
    "read in part",
    "unchanged",
    "discarded",
    "failed",
    "swapped",
];

/// The phases in which every event has a defined effect.
const PHASES: &[&str] = &["idle", "beginning", "reading", "swapping"];

fn event(words: &str) -> ReloadEvent {
    let failure = || Some("no watches are left".to_owned());
    let started = |watching, watch_failure| ReloadEvent::Started {
        watching,
        watch_failure,
        time: Some("20:31".to_owned()),
    };
    match words {
        "started" => started(FileWatching::On, None),
        "started without a watcher" => started(FileWatching::Off, None),
        "started without files" => started(FileWatching::NoFiles, None),
        "started, watcher failed" => started(FileWatching::On, failure()),
        "saved" => saved(),
        "saved, watcher failed" => ReloadEvent::Saved {
            watch_failure: failure(),
            is_missing_saves: true,
        },
        "saved, watcher still failing" => ReloadEvent::Saved {
            watch_failure: None,
            is_missing_saves: true,
        },
        "asked" => ReloadEvent::Asked,
        "recheck" => ReloadEvent::Recheck,
        "progress" => ReloadEvent::Progress(50),
        "stop asked" => ReloadEvent::StopAsked,
        "read" => read(reading(&[ONE, TWO].concat())),
        "read with an error" => read(FileReading {
            problems: vec![error("expected `]`")],
            ..reading(ONE)
        }),
        "read without events" => read(reading("")),
        "read in part" => read(FileReading {
            stopped_at: Some(40),
            ..reading(&[ONE, TWO].concat())
        }),
        "unchanged" => ReloadEvent::Read(ReadOutcome::Unchanged),
        "discarded" => ReloadEvent::Read(ReadOutcome::Discarded),
        "failed" => ReloadEvent::Read(ReadOutcome::Failed("`t` is a pipe now".to_owned())),
        "swapped" => ReloadEvent::Swapped,
        _ => panic!("unknown event `{words}`"),
    }
}

fn reading(text: &str) -> FileReading {
    FileReading {
        timeline: saved_after(&shown(), text).into(),
        problems: Vec::new(),
        fingerprints: prints(2),
        read_at: None,
        stopped_at: None,
    }
}

fn prints(hash: u64) -> ReadingFingerprints {
    ReadingFingerprints(vec![Some(FileFingerprint { len: 1, hash })])
}

fn shown() -> Arc<Timeline> {
    timeline(ONE).into()
}

/// The states of the table, with the events that lead to them.
const STATES: &[(&str, &str)] = &[
    ("opened", ""),
    ("opened, long", ""),
    ("idle", "started | unchanged"),
    ("idle, not watched", "started without a watcher"),
    ("idle, no files", "started without files"),
    ("idle, failed before", "started | failed"),
    ("idle, a part", "started | read in part | swapped"),
    ("beginning", "started"),
    ("beginning, stopping", "started | stop asked"),
    ("beginning, then reading", "started | saved"),
    ("reading", "started"),
    ("reading, errors from the start", "started"),
    ("reading, asked", "started | asked"),
    (
        "reading, asked and answered",
        "started | asked | unchanged | saved",
    ),
    ("reading, not watched", "started without a watcher | asked"),
    ("reading, watcher failed", "started, watcher failed"),
    (
        "reading, watched again",
        "started, watcher failed | unchanged | saved",
    ),
    (
        "reading, watcher still failing",
        "started, watcher failed | unchanged | saved, watcher still failing",
    ),
    (
        "reading, asked, watcher failed",
        "started | asked | saved, watcher failed | discarded",
    ),
    ("reading, failed before", "started | failed | saved"),
    ("reading, then reading", "started | saved"),
    (
        "reading, restarted",
        "started | saved | discarded | saved | discarded | saved | discarded",
    ),
    ("swapping", "started | read"),
    ("swapping, then reading", "started | read | saved"),
    ("swapping, the rest", "started | read"),
    ("swapping, the rest, a key pressed", "started | read"),
    ("swapping, the rest, then reading", "started | saved | read"),
    ("swapping, a part", "started | read in part"),
    (
        "swapping, the whole of a part",
        "started | read in part | swapped | saved | read",
    ),
];

fn given(state: &str) -> ReloadMachine {
    let has_errors = state.ends_with("errors from the start");
    let problems = has_errors.then(|| error("x"));
    let mut machine = ReloadMachine::new(problems.as_slice());
    let is_long = ["beginning", "the rest", "part", "long"];
    if is_long.iter().any(|word| state.contains(word)) {
        machine.begin();
    } else {
        machine.read_from(prints(1));
    }
    let known = STATES.iter().find(|(name, _)| *name == state);
    let (_, events) = known.unwrap_or_else(|| panic!("unknown state `{state}`"));
    for words in events.split(" | ").filter(|it| !it.is_empty()) {
        machine.on(event(words), &shown());
    }
    if state.ends_with("a key pressed") {
        machine.note_input();
    }
    machine
}

/// An action in the notation of the table.
fn words(action: &ReloadAction) -> String {
    match action {
        ReloadAction::Request(FileRequest::Read(ReadRequest::Rest)) => "read the rest".to_owned(),
        ReloadAction::Request(FileRequest::Read(ReadRequest::Again { known: None, .. })) => {
            "read".to_owned()
        }
        ReloadAction::Request(FileRequest::Read(ReadRequest::Again { .. })) => {
            "read if changed".to_owned()
        }
        ReloadAction::Request(FileRequest::Stop) => "stop".to_owned(),
        ReloadAction::Request(FileRequest::Rewatch) => "rewatch".to_owned(),
        ReloadAction::ShowProblems(problems) => format!("show {} problems", problems.len()),
        ReloadAction::PrepareSwap => "prepare".to_owned(),
        ReloadAction::SelectFirstEvent => "select the first event".to_owned(),
        ReloadAction::Notify(ReloadNotice::Opened) => "notify as when files are opened".to_owned(),
        ReloadAction::Notify(notice) => format!("notify: {}", notice.text(&str::to_owned)),
        ReloadAction::Fail(why) => format!("fail: {why}"),
    }
}

/// The behaviour, the state and the event, and the expected phase and actions.
fn rows(table: &str) -> Vec<(&str, [&str; 2], Vec<String>)> {
    let blocks = table.split("\n\n").skip(1);
    let rows = blocks.map(|block| {
        let mut lines = block.trim_start_matches('\n').lines();
        let behaviour = lines.next().expect("a behaviour");
        let row = lines.next().expect("a transition");
        let (given, rest) = row.split_once(" -- ").expect("a state");
        let (event, phase) = rest.split_once(" --> ").expect("an event");
        let expected = std::iter::once(phase).chain(lines).map(str::to_owned);
        (behaviour, [given, event], expected.collect())
    });
    rows.collect()
}

#[test]
fn every_event_follows_the_table_in_every_phase() {
    let table = program::read("tests/reload/transitions.txt");
    let mut tried = BTreeSet::new();
    for (behaviour, [state, words_of_event], expected) in rows(&table) {
        let mut machine = given(state);
        let actions = machine.on(event(words_of_event), &shown());
        let actions = actions.iter().map(words);
        let came: Vec<String> = std::iter::once(machine.to_string())
            .chain(actions)
            .collect();
        assert_eq!(came, expected, "{behaviour}: {state} -- {words_of_event}");
        tried.insert((state.to_owned(), words_of_event.to_owned()));
    }
    let mut missing = Vec::new();
    for phase in PHASES {
        for words in EVENTS.iter().filter(|words| !words.starts_with("started")) {
            let pair = ((*phase).to_owned(), (*words).to_owned());
            let (before, mut machine) = (given(phase), given(phase));
            let actions = machine.on(event(words), &shown());
            let is_as_before = format!("{before:?}") == format!("{machine:?}");
            if !tried.contains(&pair) && (!actions.is_empty() || !is_as_before) {
                missing.push(format!("{phase} -- {words} --> {machine}: {actions:?}"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "the table lacks:\n{}",
        missing.join("\n")
    );
}

/// The user does not have to wait.
#[test]
fn quitting_during_a_reload_asks_for_nothing_else() {
    for state in ["idle", "beginning", "reading", "swapping"] {
        let mut model = model(ONE);
        model.set_reload(given(state));
        let before = model.reload().to_string();
        let effects = press(&mut model, "q");
        assert!(
            matches!(effects[..], [Effect::Quit]),
            "{state}: {effects:?}"
        );
        assert_eq!(model.reload().to_string(), before);
    }
}

/// The effects of the program are the actions of the machine.
#[test]
fn the_program_returns_the_effects_of_the_machine() {
    let mut model: Model = model(ONE);
    model.set_reload(given("idle"));
    let effects = app::update(&mut model, Message::Files(saved()));
    assert!(matches!(
        effects[..],
        [Effect::Files(FileRequest::Read(ReadRequest::Again { .. }))]
    ));
    let effects = app::update(&mut model, Message::Files(event("read")));
    assert!(matches!(effects[..], [Effect::Swap(_)]));
    let broken = app::update(&mut model, Message::Files(event("swapped")));
    assert!(broken.is_empty(), "{broken:?}");
    model.set_reload(given("beginning"));
    let effects = app::update(&mut model, Message::Files(event("failed")));
    assert!(matches!(&effects[..], [Effect::Fail(why)] if why.contains("pipe")));
}

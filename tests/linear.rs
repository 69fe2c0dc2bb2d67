//! Linear text: the output of `--linear` makes sense when read aloud, and has no control characters.

mod transcripts;

use std::fmt::Write as _;

use dateline::date::Truth;
use dateline::formats::linear;
use dateline::timeline::EventId;

use ratatui::layout::Size;

use crate::support::program::{self, Stage, TIMELINES, fed, ready, run};

/// Two scenes, with control characters in a spoken text, and layers with and without content.
const BRIEFING: &str = r#"
[timeline]
title = "The mail \u001B[31mserver"
tlp   = "GREEN"

[sources.report]
title     = "Report on the incident"
publisher = "The response team"
published = "2023-08-08"
standing  = "copy"

[entities.team]
name = "The response team"

[entities.intruder]
name = "an intruder who is not named"

[[events]]
id      = "entry"
when    = "late 2021/2022-10"
title   = "Mail server entered"
phase   = "compromise"
actors  = ["intruder"]
summary = "What was taken is not known"

  [[events.claims]]
  by         = "team"
  source     = "report"
  at         = "page 3"
  about      = "actor"
  value      = "intruder"
  text       = "One intruder, who came back."
  words      = "highly likely"
  likelihood = "highly likely"
  yardstick  = "phia"
  confidence = "moderate"

  [[events.claims]]
  said   = "2024"
  about  = "actor"
  value  = "intruder"
  stance = "denies"

[[events]]
title = "A letter \u202Ethat bears no date"

[[scenes]]
title   = "How it began"
select  = "entry"
say     = "The server was\u0007 entered."
minutes = 2
reveal  = ["claims", "sources", "links"]

[[scenes]]
title    = "What is not known"
audience = ["board"]
"#;

#[track_caller]
fn assert_is_plain(what: &str, text: &str) {
    let control = text.chars().find(|it| it.is_control() && *it != '\n');
    assert_eq!(control, None, "{what}");
    for line in text.lines().filter(|line| !line.is_empty()) {
        assert!(
            line.ends_with(['.', '!', '?', '…', ':', '"', '”', '’', '\'', ')']),
            "{what}: {line}"
        );
        assert!(
            !line.contains(['│', '─', '█', '▸', '⚑', '→', '·']),
            "{what}: {line}"
        );
    }
}

fn all(name: &str) -> String {
    let timeline = &ready(name).0;
    let events = timeline.events().map(|event| (event.id(), Truth::Yes));
    linear::timeline(timeline, &events.collect::<Vec<(EventId, Truth)>>())
}

/// The output of the briefing for some lines of input.
#[track_caller]
fn walked(arguments: &[&str], input: &str) -> String {
    // Tests run in parallel: each replaces the file with the same text.
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("linear.toml");
    let new = file.with_extension(format!("{:?}", std::thread::current().id()));
    std::fs::write(&new, BRIEFING).expect("the file can be written");
    std::fs::rename(&new, &file).expect("the file can be renamed");
    let file = file.display().to_string();
    let output = fed(&[&["brief", &file], arguments].concat(), input.as_bytes());
    // The control characters are errors in the file, which standard error reports.
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(
        output
            .stderr
            .starts_with(b"error: 2 errors in the timeline\nhint: "),
        "{output:?}"
    );
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

#[test]
fn every_timeline_is_whole_sentences_without_control_characters() {
    for name in TIMELINES {
        let text = all(name);
        assert_is_plain(name, &text);
        let events = ready(name).0.len();
        let paragraphs = text.split("\n\n").count() - 1;
        assert_eq!(paragraphs, events, "{name}: one paragraph for each event");
    }
}

#[test]
fn the_sentences_are_as_reviewed() {
    let mut text = String::new();
    for name in ["three-lines", "undated", "hostile", "empty"] {
        writeln!(text, "=== {name}\n{}", all(name)).expect("a string takes everything");
    }
    let input = "n\n\n\n\nb\nw\n2\n7\nx\u{1b}[2J\n\nq\nn\n";
    writeln!(text, "=== a briefing with the input {input:?}").expect("a string takes everything");
    text.push_str(&walked(&["--linear"], input));
    insta::with_settings!({ snapshot_path => "linear", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("sentences", text);
    });
}

#[test]
fn a_claim_is_shown_with_all_its_parts() {
    let timeline = program::opened("briefing.toml", BRIEFING).timeline;
    let entry = timeline.find_event("entry").expect("the event exists").id();
    assert_eq!(
        linear::claims(&timeline, entry),
        "Who did it: an intruder who is not named. The response team said “highly likely” with moderate \
         confidence. An unnamed speaker denied it.\n\
         No claim on: when, what for, effect.\n\
         2 claims.\n\
         On 8 August 2023 The response team said, on who did it: an intruder who is not named, in the words \
         “highly likely”, 80 to 90 per cent on the PHIA yardstick. One intruder, who came back. Confidence: \
         moderate. Source: Report on the incident, a copy, page 3.\n\
         In 2024 (month not stated) an unnamed speaker denied, on who did it: an intruder who is not \
         named. No source is given.\n"
    );
}

#[test]
fn a_filter_counts_hidden_events_and_marks_possible_matches() {
    let printed = |arguments: &[&str]| {
        let file = "tests/frames/timelines/harbour.toml";
        let output = run(&[&[file, "--linear"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stdout).expect("the output is UTF-8")
    };
    let text = printed(&["--filter", "when:2021-08"]);
    assert_is_plain("filtered", &text);
    let shown = text.split("\n\n").count() - 1;
    assert!(
        text.contains(&format!(
            "{shown} events. {} hidden by the filter.\n",
            ready("harbour").0.len() - shown
        )),
        "{text}"
    );
    assert!(text.contains("\n\nPossibly matches the filter.\n"));
    let surely = printed(&["--filter", "when:2021-08", "--surely"]);
    assert!(!surely.contains("Possibly") && surely.len() < text.len());
    assert!(printed(&["--as-of", "2022-03-14"]).contains("\nas of 14 Mar 2022, not yet public:"));
}

#[test]
fn the_briefing_goes_forward_back_and_to_a_scene_until_the_input_ends() {
    let text = walked(&["--linear"], "");
    assert!(
        text.contains("2 scenes, 2 minutes planned.")
            && text.contains("Scene 1 of 2. How it began.\n")
    );
    assert!(!text.contains("2 claims."), "nothing is revealed yet");
    assert_is_plain("the briefing", &text);
    let parts = walked(&["--linear"], "\n\n\n\n\nb\n1\nb\n");
    let parts: Vec<&str> = parts.split("\n\n").skip(2).collect();
    assert!(
        parts[0].starts_with("Who did it: an intruder")
            && parts[0].contains("\n2 claims.\n")
            && parts[1].starts_with("1 source."),
        "{parts:?}"
    );
    assert_eq!(parts[2], "The event has no links.");
    assert!(parts[3].starts_with("Scene 2 of 2. What is not known."));
    assert_eq!(parts[4], "End of the briefing.");
    assert!(
        parts[5].starts_with("Scene 1 of 2.") && parts[5].contains("2 claims."),
        "back with its layers"
    );
    assert!(parts[6].starts_with("Scene 1 of 2.") && !parts[6].contains("2 claims."));
    assert_eq!(parts[7], "Already at the first scene.\n");
}

#[test]
fn without_a_terminal_the_briefing_is_linear_and_keeps_its_audience() {
    assert_eq!(walked(&[], "w\nq\n"), walked(&["--linear"], "W\nq\nn\n"));
    assert!(walked(&["--audience", "board"], "").contains("2 scenes"));
    let bytes = fed(&["brief", "--linear"], b"\xff\x1b[2J\n");
    let text = String::from_utf8(bytes.stdout).expect("the output is UTF-8");
    assert!(text.contains("is not a command. Help lists the commands."));
    assert_is_plain("any bytes", &text);
}

#[test]
fn following_needs_a_terminal() {
    let output = run(&["brief", "--follow"]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    for other in [
        ["--linear", "--follow"],
        ["--linear", "--check"],
        ["--check", "--follow"],
    ] {
        let output = run(&[&["brief"], &other[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{other:?}");
    }
}

/// Two events that were disclosed in the reverse of their order.
const KNOWN: &str = r#"
[[events]]
id        = "first"
when      = "2020"
disclosed = "2024"
title     = "The first that happened"
[[events]]
id        = "second"
when      = "2021"
disclosed = "2023"
title     = "The first that was known"
phase     = "legal"
[views.disclosed]
sort = "disclosed"
[views.wrong]
filter = "phase:"
[[scenes]]
title = "By disclosure"
view  = "disclosed"
[[scenes]]
title = "Of a view with a mistake"
view  = "wrong"
"#;

#[test]
fn linear_text_has_the_order_of_the_view() {
    let order = |arguments: &[&str]| {
        let output = fed(
            &[&["--linear"], arguments, &["-"]].concat(),
            KNOWN.as_bytes(),
        );
        let said = String::from_utf8(output.stdout).expect("the output is UTF-8");
        let place = |title: &str| said.find(title).expect("the output has both events");
        place("The first that was known") < place("The first that happened")
    };
    assert!(!order(&[]));
    assert!(order(&["--view", "disclosed"]));
}

#[test]
fn a_linear_scene_is_about_the_event_that_the_viewer_shows() {
    let output = fed(&["brief", "--linear", "-"], KNOWN.as_bytes());
    let said = String::from_utf8(output.stdout).expect("the output is UTF-8");
    assert!(
        said.contains("The first that was known") && !said.contains("that happened"),
        "{said}"
    );
    let timeline = program::opened("known.toml", KNOWN);
    let titles: Vec<String> = ["b1", "b2"]
        .into_iter()
        .map(|keys| {
            let opened = program::opened("known.toml", KNOWN);
            let mut stage = Stage::show(opened, Size::new(80, 24));
            stage.press(keys);
            let event = stage.model.scene().and_then(|(scene, _)| scene.event());
            let event = event.expect("the scene shows an event");
            timeline.timeline.event(event).title().to_owned()
        })
        .collect();
    assert_eq!(
        titles,
        ["The first that was known", "The first that happened"]
    );
    let mut text = KNOWN.to_owned();
    for title in titles {
        let output = fed(&["brief", "--linear", "-"], text.as_bytes());
        let said = String::from_utf8(output.stdout).expect("the output is UTF-8");
        assert!(said.contains(&title), "{title}: {said}");
        // Removing the first scene makes the second the first.
        text = text.replace(
            "title = \"By disclosure\"\nview  = \"disclosed\"",
            "view = \"wrong\"",
        );
    }
}

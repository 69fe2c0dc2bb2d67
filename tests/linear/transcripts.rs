//! Conversations in linear mode. Each `linear/*.txt` is a test: the lines that begin with `>` are typed, and the others
//! are what the program prints. `UPDATE_PAGES=1 cargo test linear` writes the answers anew.
//!
//! Its head ends with an empty line:
//!
//! | line             | meaning |
//! |------------------|---------|
//! | `# …`            | a comment: what the conversation shows |
//! | `timeline: NAME` | a file of `frames/timelines` (`harbour` by default), or `shipped` |
//! | `filter: TEXT`   | the filter at the beginning |
//! | `as of: DAY`     | the day at the beginning |
//! | `clock: CLOCK`   | the clock that orders the events |
//! | `briefing`       | begins with the briefing, as `dateline brief --linear` does |

use std::fmt::Write as _;
use std::fs;

use dateline::cli::linear::{COMMANDS, LinearOptions, LinearSession};
use dateline::date::EventDate;
use dateline::timeline::Clock;
use proptest::prelude::*;

use super::assert_is_plain;
use crate::support::program;

/// A conversation: its head, the text before the first command, and each typed line with its answer.
struct Transcript {
    head: String,
    opening: String,
    answers: Vec<(String, String)>,
}

impl Transcript {
    /// Types the lines of a transcript again.
    fn replay(text: &str) -> Self {
        let (head, body) = text.split_once("\n\n").expect("the head ends");
        let (mut session, opening) = begin(head);
        let typed = body.lines().filter_map(|line| line.strip_prefix('>'));
        let answers = typed.map(|line| {
            let answer = session.answer(line).unwrap_or_default();
            (line.to_owned(), answer)
        });
        Self {
            head: head.to_owned(),
            opening,
            answers: answers.collect(),
        }
    }

    fn text(&self) -> String {
        let mut out = format!("{}\n\n{}", self.head, self.opening);
        for (typed, answer) in &self.answers {
            write!(out, "\n>{typed}\n{answer}").expect("a string takes everything");
        }
        out
    }
}

/// The conversation that a head begins, with the text before the first command.
fn begin(head: &str) -> (LinearSession, String) {
    let value = |key: &str| head.lines().find_map(|line| line.strip_prefix(key));
    let mut opened = program::open(value("timeline: ").unwrap_or("harbour"));
    if let Some(day) = value("as of: ") {
        let day = EventDate::parse(day).expect("the day is a date");
        let known = opened.timeline.as_of(&day).expect("the day has an end");
        opened.whole = Some(std::mem::replace(&mut opened.timeline, known));
    }
    let options = LinearOptions {
        filter: value("filter: ").unwrap_or_default(),
        clock: value("clock: ")
            .and_then(Clock::parse)
            .unwrap_or(Clock::Happened),
        ..LinearOptions::default()
    };
    let mut session = LinearSession::new(opened, options);
    let opening = if head.lines().any(|line| line == "briefing") {
        session.opening_of_briefing()
    } else {
        session.opening()
    };
    (session, opening)
}

#[test]
fn each_transcript_is_what_the_program_answers() {
    for path in program::files("tests/linear", ".txt") {
        let text = program::read(&path);
        let transcript = Transcript::replay(&text);
        let fresh = transcript.text();
        if text != fresh && std::env::var_os("UPDATE_PAGES").is_some() {
            fs::write(program::root().join(&path), &fresh).expect("it can be written");
        } else {
            let pairs = text.lines().zip(fresh.lines());
            let at = pairs.take_while(|(old, new)| old == new).count();
            let rest: Vec<&str> = fresh.lines().skip(at).take(8).collect();
            let rest = rest.join("\n");
            assert!(text == fresh, "{path}, line {}: is now\n{rest}\n…", at + 1);
        }
        assert_is_plain(&path, &transcript.opening);
        for (typed, answer) in &transcript.answers {
            assert_is_plain(&format!("{path}: {typed}"), answer);
        }
    }
}

#[test]
fn every_command_is_in_a_transcript() {
    let files = program::files("tests/linear", ".txt").into_iter();
    let all: String = files.map(|path| program::read(&path)).collect();
    for command in COMMANDS {
        let typed = format!("\n> {}", command.name);
        assert!(all.contains(&typed), "`{}` is not typed", command.name);
    }
}

/// Commands with any argument, and any text at all.
fn typed() -> impl Strategy<Value = String> {
    let command = (0..COMMANDS.len()).prop_map(|at| COMMANDS[at].name.to_owned());
    let argument = prop_oneof![
        "[a-z0-9:. -]{0,12}",
        any::<String>(),
        (0_usize..20).prop_map(|number| number.to_string()),
        proptest::sample::select(vec![
            "phase:compromise",
            "when:2021",
            "2022-03-14",
            "mail",
            "tern"
        ])
        .prop_map(str::to_owned),
    ];
    prop_oneof![
        3 => (command, argument).prop_map(|(command, argument)| format!("{command} {argument}")),
        1 => any::<String>(),
        1 => Just(String::new()),
    ]
}

proptest! {
    #![proptest_config(crate::properties::cases(32))]

    #[test]
    fn whatever_is_typed_has_an_answer_without_control_characters(
        name in proptest::sample::select(vec!["harbour", "hostile", "empty", "ten-scenes", "roles"]),
        lines in prop::collection::vec(typed(), 0..24),
    ) {
        let (mut session, _) = begin(&format!("timeline: {name}"));
        for line in lines {
            let Some(answer) = session.answer(&line) else { break };
            prop_assert!(answer.ends_with('\n'), "{:?}: {:?}", line, answer);
            let control = answer.chars().find(|it| it.is_control() && *it != '\n');
            prop_assert_eq!(control, None, "{:?}: {:?}", line, answer);
        }
    }
}

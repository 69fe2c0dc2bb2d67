//! The commands of linear mode, and what a line of input means.

use super::session::LinearSession;
use super::words::line;
use crate::diagnostic::nearest;
use crate::document::PageSubject;

/// A command that the user types in words.
pub struct LinearCommand {
    /// Its words, in lower case.
    pub name: &'static str,
    /// What can follow them, in capitals; in brackets if it may be left out.
    pub argument: &'static str,
    /// A word that means the same, although other commands begin with it; may be empty.
    pub alias: &'static str,
    /// An instruction, without a full stop.
    pub summary: &'static str,
    /// Returns the answer, or `None` to quit.
    run: fn(&mut LinearSession, &str) -> Option<String>,
}

/// Every command, in the order of the help.
pub static COMMANDS: &[LinearCommand] = &[
    LinearCommand {
        name: "list",
        argument: "[N]",
        alias: "",
        summary: "List the events of the filter, ten at a time, from number N on",
        run: |session, from| Some(session.list(from)),
    },
    LinearCommand {
        name: "more",
        argument: "",
        alias: "",
        summary: "Go on with a list or any other long answer",
        run: |session, _| Some(session.more()),
    },
    LinearCommand {
        name: "go",
        argument: "N",
        alias: "",
        summary: "Go to the event with this number; in a briefing, to the scene",
        run: |session, to| {
            Some(if session.is_briefing {
                session.go_to_scene(to)
            } else {
                session.go_to_event(to)
            })
        },
    },
    LinearCommand {
        name: "next",
        argument: "",
        alias: "n",
        summary: "Go to the next event; in a briefing, reveal the next layer or go to the next scene",
        run: |session, _| {
            Some(if session.is_briefing {
                session.next_step()
            } else {
                session.next_event()
            })
        },
    },
    LinearCommand {
        name: "back",
        argument: "",
        alias: "b",
        summary: "Go back to the event, layer or scene before",
        run: |session, _| {
            Some(if session.is_briefing {
                session.previous_step()
            } else {
                session.previous_event()
            })
        },
    },
    LinearCommand {
        name: "who",
        argument: "",
        alias: "",
        summary: "Say who says so: what the claims about the event answer, then each of them",
        run: |session, _| Some(session.who()),
    },
    LinearCommand {
        name: "compare",
        argument: "A B",
        alias: "",
        summary: "Compare two events by their numbers, field by field",
        run: |session, numbers| Some(session.compare(numbers)),
    },
    LinearCommand {
        name: "filter",
        argument: "[TEXT]",
        alias: "f",
        summary: "Leave only the events that match; without a text, report the filter. Help filters describes the language",
        run: |session, text| Some(session.filter(text)),
    },
    LinearCommand {
        name: "clear",
        argument: "",
        alias: "c",
        summary: "Clear the filter",
        run: |session, _| Some(session.clear()),
    },
    LinearCommand {
        name: "find",
        argument: "TEXT",
        alias: "/",
        summary: "List the events that contain some words",
        run: |session, words| Some(session.find(words)),
    },
    LinearCommand {
        name: "about",
        argument: "[NAME]",
        alias: "",
        summary: "Read what the timeline is about, or all about an entity, source or technique",
        run: |session, name| Some(session.about(name)),
    },
    LinearCommand {
        name: "entities",
        argument: "",
        alias: "",
        summary: "List the people, organisations, groups and systems",
        run: |session, _| Some(session.document(PageSubject::Entities, "line")),
    },
    LinearCommand {
        name: "sources",
        argument: "",
        alias: "s",
        summary: "List the sources",
        run: |session, _| Some(session.document(PageSubject::Sources, "line")),
    },
    LinearCommand {
        name: "questions",
        argument: "",
        alias: "",
        summary: "Read the open questions and those that are answered",
        run: |session, _| Some(session.document(PageSubject::Questions, "line")),
    },
    LinearCommand {
        name: "briefing",
        argument: "",
        alias: "",
        summary: "Present the scenes, from where the briefing was left; list leaves it",
        run: |session, _| Some(session.brief()),
    },
    LinearCommand {
        name: "star",
        argument: "",
        alias: "!",
        summary: "Star the event, or remove its star; help marks says where marks are kept",
        run: |session, _| Some(session.star()),
    },
    LinearCommand {
        name: "tag",
        argument: "TEXT",
        alias: "",
        summary: "Tag the event; the same tag again removes it",
        run: |session, tag| Some(session.tag(tag)),
    },
    LinearCommand {
        name: "note",
        argument: "[TEXT]",
        alias: "",
        summary: "Write a note on the event, in place of its present one; without a text, remove it",
        run: |session, text| Some(session.note(text)),
    },
    LinearCommand {
        name: "undo",
        argument: "",
        alias: "",
        summary: "Take back the last star, tag or note",
        run: |session, _| Some(session.undo()),
    },
    LinearCommand {
        name: "as of",
        argument: "[DAY]",
        alias: "@",
        summary: "Hide what was not surely public by the end of a day; as of today shows everything again",
        run: |session, day| Some(session.as_of(day)),
    },
    LinearCommand {
        name: "help",
        argument: "[TOPIC]",
        alias: "?",
        summary: "List these commands, or read a topic of the guide",
        run: |session, topic| {
            Some(match topic {
                "" => help(),
                topic => session.topic(topic),
            })
        },
    },
    LinearCommand {
        name: "quit",
        argument: "",
        alias: "q",
        summary: "Quit; ctrl-d does the same",
        run: |_, _| None,
    },
];

impl LinearCommand {
    /// The first word of the name, by which the command is found.
    fn word(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or_default()
    }

    /// The name, and what can follow it.
    pub fn usage(&self) -> String {
        format!("{} {}", self.name, self.argument)
            .trim_end()
            .to_owned()
    }

    /// The shortest word that means the command.
    pub fn short(&self) -> &'static str {
        if !self.alias.is_empty() {
            return self.alias;
        }
        let word = self.word();
        let mut prefixes = (1..word.len()).filter_map(|end| word.get(..end));
        let is_own = |prefix: &&str| matches!(find(prefix), Ok(found) if found.name == self.name);
        prefixes.find(is_own).unwrap_or(word)
    }
}

impl LinearSession {
    /// What is printed for a line of input; `None` if the user quits.
    pub fn answer(&mut self, input: &str) -> Option<String> {
        let input = input.trim();
        let (word, argument) = match input {
            "" if self.has_more() => ("more", ""),
            "" => ("next", ""),
            number if number.bytes().all(|it| it.is_ascii_digit()) => ("go", number),
            // The sign may be written without a space behind it.
            signed if signed.starts_with(['?', '@', '/']) => signed.split_at(1),
            words => words.split_once(char::is_whitespace).unwrap_or((words, "")),
        };
        let command = match find(&word.to_lowercase()) {
            Ok(command) => command,
            Err(candidates) => return Some(unknown(word, &candidates)),
        };
        let mut argument = argument.trim();
        // The name may have a second word.
        if let Some((_, second)) = command.name.split_once(' ') {
            let (first, rest) = argument.split_once(' ').unwrap_or((argument, ""));
            if first.eq_ignore_ascii_case(second) {
                argument = rest.trim();
            }
        }
        (command.run)(self, argument)
    }
}

/// The command of a word or of its beginning.
///
/// # Errors
/// The commands that begin so, if they are several; none if no command does.
fn find(word: &str) -> Result<&'static LinearCommand, Vec<&'static LinearCommand>> {
    let is_exact = |command: &&LinearCommand| command.word() == word || command.alias == word;
    let exact = COMMANDS.iter().find(is_exact);
    if let Some(exact) = exact.filter(|_| !word.is_empty()) {
        return Ok(exact);
    }
    let begin = COMMANDS
        .iter()
        .filter(|command| command.word().starts_with(word));
    match begin.collect::<Vec<_>>()[..] {
        [only] => Ok(only),
        ref several => Err(several.to_vec()),
    }
}

/// A word that is not a command, with the command that may have been meant.
fn unknown(word: &str, candidates: &[&LinearCommand]) -> String {
    let names: Vec<&str> = candidates.iter().map(|command| command.name).collect();
    if !names.is_empty() {
        return line(&format!("“{word}” may be {}", names.join(" or ")));
    }
    let known = COMMANDS.iter().map(LinearCommand::word);
    let hint = match nearest(word, known) {
        Some(meant) => format!("Did you mean {meant}? Help lists the commands"),
        None => "Help lists the commands".to_owned(),
    };
    line(&format!("“{word}” is not a command. {hint}"))
}

/// The commands, each in a sentence.
fn help() -> String {
    let commands = COMMANDS.iter().map(|command| {
        let (usage, short) = (command.usage(), command.short());
        line(&format!("{usage}, or {short}: {}", command.summary))
    });
    commands.collect::<String>() + &line(ALONE)
}

/// What a line without a command means.
pub const ALONE: &str =
    "A number alone means go. Enter alone means more while an answer goes on, and otherwise next";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_and_short_word_means_its_command_alone() {
        for command in COMMANDS {
            for word in [command.word(), command.short()] {
                let found = find(word).map(|found| found.name);
                assert_eq!(found.ok(), Some(command.name), "{word}");
            }
        }
        let names = |word| match find(word) {
            Ok(found) => vec![found.name],
            Err(several) => several.iter().map(|command| command.name).collect(),
        };
        assert_eq!(names("fi"), ["filter", "find"]);
        assert_eq!(names("qu"), ["questions", "quit"]);
        assert_eq!(names("zoom"), [""; 0]);
    }
}

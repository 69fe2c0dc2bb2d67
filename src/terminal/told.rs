//! What a presenter says, as a few lines of text: written by one terminal and read by another.
//!
//! The first line names the version. Whatever is not exactly as it should be is refused whole: the reader
//! says so and shows the last that it understood.

use std::fmt::Write as _;

use crate::app::briefing::{Stopwatch, Told};

/// The first line.
const HEAD: &str = "dateline-briefing ";
const VERSION: &str = "2";

/// The most that is read, in bytes: a state is far shorter.
pub(super) const MOST: u64 = 4096;

/// What a presenter says, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub told: Told,
    /// In milliseconds since 1970.
    pub at: u64,
    /// Whether it is the last word.
    pub is_last: bool,
    /// Tells the words of one presenter from those of another.
    pub process: u32,
}

/// Why a text says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    OtherVersion,
    Broken,
}

/// The text of what is said.
pub(super) fn write(said: &Said) -> String {
    let Told {
        audience,
        at,
        scene,
        step,
        exploring,
        blank,
        scenes,
        withheld,
        stopwatch,
        entered,
    } = &said.told;
    let mut out = format!("{HEAD}{VERSION}\n");
    let mut line = |name: &str, value: &dyn std::fmt::Display| {
        writeln!(out, "{name} {value}").expect("a string takes all that is written");
    };
    line("process", &said.process);
    line("said", &said.at);
    line("last", &word(said.is_last));
    if let Some(audience) = audience {
        line("audience", &escaped(audience));
    }
    line("at", at);
    if let Some(scene) = scene {
        line("scene", scene);
    }
    line("step", step);
    line("scenes", scenes);
    line("withheld", withheld);
    line("exploring", &word(*exploring));
    line("blank", &word(*blank));
    line("before", &stopwatch.before);
    if let Some(since) = &stopwatch.since {
        line("since", since);
    }
    line("entered", entered);
    line("end", &"");
    out
}

/// What a text says.
pub(super) fn read(text: &str) -> Result<Said, Unread> {
    let version = text.strip_prefix(HEAD).ok_or(Unread::Broken)?;
    let (version, body) = version.split_once('\n').ok_or(Unread::Broken)?;
    if version != VERSION {
        return Err(Unread::OtherVersion);
    }
    said(body).ok_or(Unread::Broken)
}

fn said(body: &str) -> Option<Said> {
    let mut lines = Lines(body.lines().peekable());
    let said = Said {
        process: lines.take("process")?.parse().ok()?,
        at: lines.take("said")?.parse().ok()?,
        is_last: truth(lines.take("last")?)?,
        told: Told {
            audience: match lines.take("audience") {
                Some(audience) => Some(unescaped(audience)?),
                None => None,
            },
            at: lines.take("at")?.parse().ok()?,
            scene: match lines.take("scene") {
                Some(scene) => Some(scene.parse().ok()?),
                None => None,
            },
            step: lines.take("step")?.parse().ok()?,
            scenes: lines.take("scenes")?.parse().ok()?,
            withheld: lines.take("withheld")?.parse().ok()?,
            exploring: truth(lines.take("exploring")?)?,
            blank: truth(lines.take("blank")?)?,
            stopwatch: Stopwatch {
                before: lines.take("before")?.parse().ok()?,
                since: match lines.take("since") {
                    Some(since) => Some(since.parse().ok()?),
                    None => None,
                },
            },
            entered: lines.take("entered")?.parse().ok()?,
        },
    };
    // Without its last line it was cut.
    lines.take("end").map(|_| said)
}

struct Lines<'t>(std::iter::Peekable<std::str::Lines<'t>>);

impl<'t> Lines<'t> {
    /// The value of the next line, if that has this name.
    fn take(&mut self, name: &str) -> Option<&'t str> {
        let line = self.0.peek()?;
        let value = line.strip_prefix(name)?.strip_prefix(' ')?;
        self.0.next();
        Some(value)
    }
}

const fn word(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}

fn truth(word: &str) -> Option<bool> {
    match word {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// On one line, whatever is in it.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, character| {
        if character.is_control() || character == '\\' {
            write!(out, "\\{:x};", u32::from(character)).expect("a string takes everything");
        } else {
            out.push(character);
        }
        out
    })
}

fn unescaped(text: &str) -> Option<String> {
    let mut parts = text.split('\\');
    let mut out = parts.next()?.to_owned();
    for part in parts {
        let (code, rest) = part.split_once(';')?;
        out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
        out.push_str(rest);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_said() -> impl Strategy<Value = Said> {
        let told = (
            any::<Option<String>>(),
            any::<(usize, Option<u64>, usize, usize, usize)>(),
            any::<(bool, bool)>(),
            any::<(u64, Option<u64>, u64)>(),
        );
        let told = told.prop_map(
            |(audience, (at, scene, step, scenes, withheld), (exploring, blank), time)| Told {
                audience,
                at,
                scene,
                step,
                exploring,
                blank,
                scenes,
                withheld,
                stopwatch: Stopwatch {
                    before: time.0,
                    since: time.1,
                },
                entered: time.2,
            },
        );
        (told, any::<(u64, bool, u32)>()).prop_map(|(told, (at, is_last, process))| Said {
            told,
            at,
            is_last,
            process,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_stands_on_lines_of_its_own(said in any_said()) {
            let text = write(&said);
            prop_assert!(!text.chars().any(|it| it.is_control() && it != '\n'));
            prop_assert_eq!(read(&text), Ok(said));
        }

        #[test]
        fn what_was_cut_is_broken(said in any_said(), part in 0.0..1.0) {
            let text = write(&said);
            let lines: Vec<&str> = text.lines().collect();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a part of few lines")]
            let kept = (lines.len() as f64 * part) as usize;
            prop_assert_eq!(read(&lines[..kept].join("\n")), Err(Unread::Broken));
        }

        #[test]
        fn what_was_spoiled_is_broken_or_says_something_else_whole(
            said in any_said(), at in any::<prop::sample::Index>(), put in any::<char>(),
        ) {
            let mut characters: Vec<char> = write(&said).chars().collect();
            *at.get_mut(&mut characters) = put;
            let spoiled: String = characters.into_iter().collect();
            if let Ok(other) = read(&spoiled) {
                prop_assert_eq!(read(&write(&other)), Ok(other));
            }
        }

        #[test]
        fn any_text_is_answered(text in any::<String>(), body in any::<String>()) {
            _ = read(&text);
            _ = read(&format!("dateline-briefing 2\n{body}"));
        }
    }

    #[test]
    fn another_version_is_told_apart_from_rubbish() {
        assert_eq!(read("dateline-briefing 1\nx\n"), Err(Unread::OtherVersion));
        assert_eq!(read("dateline-briefing"), Err(Unread::Broken));
        assert_eq!(read(""), Err(Unread::Broken));
        assert_eq!(
            read("dateline-briefing 2\nprocess 1\nsaid -1\n"),
            Err(Unread::Broken)
        );
    }
}

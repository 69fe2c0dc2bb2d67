//! The status of a presenter as a few lines of text: one terminal writes them and others read them.
//!
//! The first line names the version. A text that is not exactly as it should be is refused whole: the reader
//! says so and shows the last status that it understood.

use std::fmt::Write as _;

use crate::app::briefing::{Stopwatch, Told};

/// The first line.
const HEAD: &str = "dateline-briefing ";
const VERSION: &str = "3";

/// The most that is read, in bytes: a status is far shorter.
pub(super) const MOST: u64 = 4096;

/// The status of a presenter, and when it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub told: Told,
    /// In milliseconds since the machine was started.
    pub at: u64,
    /// Which start that was, if the system names it.
    pub boot: Option<String>,
    /// Whether the presenter has ended.
    pub is_last: bool,
    /// Which presenter of this timeline it is.
    pub presenter: u64,
}

/// Why a text is not a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    OtherVersion,
    Broken,
}

/// The text of a status.
pub(super) fn write(published: &Published) -> String {
    let Told {
        audience,
        at,
        scene,
        step,
        exploring,
        blank,
        scenes,
        script,
        withheld,
        stopwatch,
        entered,
    } = &published.told;
    let mut out = format!("{HEAD}{VERSION}\n");
    let mut line = |name: &str, value: &dyn std::fmt::Display| {
        writeln!(out, "{name} {value}").expect("a string takes all that is written");
    };
    line("presenter", &published.presenter);
    line("at", &published.at);
    if let Some(boot) = &published.boot {
        line("boot", &escaped(boot));
    }
    line("last", &word(published.is_last));
    if let Some(audience) = audience {
        line("audience", &escaped(audience));
    }
    line("place", at);
    if let Some(scene) = scene {
        line("scene", scene);
    }
    line("step", step);
    line("scenes", scenes);
    line("script", script);
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

/// The status in a text.
pub(super) fn read(text: &str) -> Result<Published, Unread> {
    let version = text.strip_prefix(HEAD).ok_or(Unread::Broken)?;
    let (version, body) = version.split_once('\n').ok_or(Unread::Broken)?;
    if version != VERSION {
        return Err(Unread::OtherVersion);
    }
    published(body).ok_or(Unread::Broken)
}

fn published(body: &str) -> Option<Published> {
    let mut lines = Lines(body.lines().peekable());
    let published = Published {
        presenter: lines.take("presenter")?.parse().ok()?,
        at: lines.take("at")?.parse().ok()?,
        boot: match lines.take("boot") {
            Some(boot) => Some(unescaped(boot)?),
            None => None,
        },
        is_last: truth(lines.take("last")?)?,
        told: Told {
            audience: match lines.take("audience") {
                Some(audience) => Some(unescaped(audience)?),
                None => None,
            },
            at: lines.take("place")?.parse().ok()?,
            scene: match lines.take("scene") {
                Some(scene) => Some(scene.parse().ok()?),
                None => None,
            },
            step: lines.take("step")?.parse().ok()?,
            scenes: lines.take("scenes")?.parse().ok()?,
            script: lines.take("script")?.parse().ok()?,
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
    lines.take("end").map(|_| published)
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

    fn any_published() -> impl Strategy<Value = Published> {
        let told = (
            any::<Option<String>>(),
            any::<(usize, Option<u64>, usize, usize, usize)>(),
            any::<(bool, bool)>(),
            any::<(u64, Option<u64>, u64, u64)>(),
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
                script: time.3,
            },
        );
        let rest = any::<(u64, Option<String>, bool, u64)>();
        (told, rest).prop_map(|(told, (at, boot, is_last, presenter))| Published {
            told,
            at,
            boot,
            is_last,
            presenter,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_is_on_lines_of_its_own(published in any_published()) {
            let text = write(&published);
            prop_assert!(!text.chars().any(|it| it.is_control() && it != '\n'));
            prop_assert_eq!(read(&text), Ok(published));
        }

        #[test]
        fn what_was_cut_is_broken(published in any_published(), part in 0.0..1.0) {
            let text = write(&published);
            let lines: Vec<&str> = text.lines().collect();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a part of few lines")]
            let kept = (lines.len() as f64 * part) as usize;
            prop_assert_eq!(read(&lines[..kept].join("\n")), Err(Unread::Broken));
        }

        #[test]
        fn what_was_damaged_is_broken_or_another_whole_status(
            published in any_published(), at in any::<prop::sample::Index>(), put in any::<char>(),
        ) {
            let mut characters: Vec<char> = write(&published).chars().collect();
            *at.get_mut(&mut characters) = put;
            let spoiled: String = characters.into_iter().collect();
            if let Ok(other) = read(&spoiled) {
                prop_assert_eq!(read(&write(&other)), Ok(other));
            }
        }

        #[test]
        fn any_text_is_answered(text in any::<String>(), body in any::<String>()) {
            _ = read(&text);
            _ = read(&format!("dateline-briefing 3\n{body}"));
        }
    }

    #[test]
    fn another_version_is_told_apart_from_rubbish() {
        assert_eq!(read("dateline-briefing 1\nx\n"), Err(Unread::OtherVersion));
        assert_eq!(read("dateline-briefing"), Err(Unread::Broken));
        assert_eq!(read(""), Err(Unread::Broken));
        assert_eq!(
            read("dateline-briefing 3\npresenter 1\nat -1\n"),
            Err(Unread::Broken)
        );
    }
}

//! Runs the user's editor: which one it is, how it takes a line, and how it ended.
//!
//! It is started directly, never through a shell. Of a timeline, its arguments have only the name of a file and two
//! numbers.

#![allow(
    clippy::disallowed_methods,
    reason = "the environment names the editor, and the terminal is lent to it"
)]

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::owned_terminal::OwnedTerminal;
use super::{EditorTarget, TimelineFiles};
use crate::app::effect::SourceSpot;
use crate::app::model::Model;
use crate::app::state::notice::Notice;
use crate::text::visible;

/// The variables that name the user's editor; the first that is set and not empty counts (POSIX.1-2024, `more`,
/// `mailx`).
const VARIABLES: &[&str] = &["VISUAL", "EDITOR"];

/// An editor that every system has.
const FALLBACK: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// The arguments of editors, by their names, with placeholders for the file, the line and the column. Each follows the
/// editor's own manual.
const LINE_ARGUMENTS: &[(&[&str], &[&str])] = &[
    // vi(1p): `+command` of its older form; vim(1), nvim(1): `+[num]`; less(1): `+number`.
    (
        &[
            "vi",
            "vim",
            "vim.basic",
            "vim.tiny",
            "vim.nox",
            "vim.gtk3",
            "nvim",
            "gvim",
            "view",
            "ex",
            "less",
        ],
        &["+{line}", "{file}"],
    ),
    // nano(1): `+line[,column] file`.
    (&["nano", "rnano"], &["+{line},{column}", "{file}"]),
    // GNU Emacs manual, "Action Arguments" and "emacsclient Options": `+line:column file`; kak(1): the same.
    (
        &["emacs", "emacsclient", "kak"],
        &["+{line}:{column}", "{file}"],
    ),
    // micro(1): `file +line:col`; with the line in the file's name only if an option is set.
    (&["micro"], &["{file}", "+{line}:{column}"]),
    // helix(1): `file[:row[:col]]`; zed.dev, "CLI Reference"; Sublime Text, "Command Line Interface"; edit(1) of
    // Microsoft: `file[:line[:column]]`.
    (
        &[
            "hx",
            "helix",
            "zed",
            "zeditor",
            "subl",
            "sublime_text",
            "msedit",
        ],
        &["{file}:{line}:{column}"],
    ),
    // code.visualstudio.com, "Command Line Interface (CLI)": `-g`, `--goto`: `file:line[:column]`.
    (
        &["code", "code-insiders", "codium", "vscodium"],
        &["--goto", "{file}:{line}:{column}"],
    ),
    // kate(1): `-l, --line line`, `-c, --column column`.
    (
        &["kate"],
        &["--line", "{line}", "--column", "{column}", "{file}"],
    ),
];

/// Opens the editor at a place in the files, and reports what the user should know about it. Returns whether another
/// program had the terminal.
pub(super) fn edit(
    console: &mut OwnedTerminal,
    files: &dyn TimelineFiles,
    model: &mut Model,
    spot: &SourceSpot,
) -> Result<bool> {
    let wanted = files.locate(spot).and_then(|target| {
        let editor = ExternalEditor::of_environment()?;
        Ok((editor, target))
    });
    let was_lent = wanted.is_ok();
    let notice = match wanted {
        Ok((editor, target)) => {
            let mut command = editor.command(&target);
            let exit = console.lend_to(|| run(&mut command))?;
            editor.notice(exit, &target)
        }
        Err(why) => Some(Notice {
            text: format!("{why:#}"),
            is_error: true,
        }),
    };
    if let Some(notice) = notice {
        model.show_notice(Notice {
            text: visible(&notice.text).into_owned(),
            ..notice
        });
    }
    Ok(was_lent)
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EditorExit {
    Status(i32),
    Signal(i32),
}

/// An editor, with the arguments that the user gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ExternalEditor {
    program: String,
    arguments: Vec<String>,
}

impl ExternalEditor {
    fn of_environment() -> Result<Self> {
        Self::of(|name| std::env::var_os(name))
    }

    /// The editor that the environment names, split into words as by a shell.
    fn of(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self> {
        let named = VARIABLES.iter().find_map(|&name| {
            let value = variable(name).filter(|value| !value.is_empty())?;
            Some((name, value))
        });
        let Some((name, value)) = named else {
            return Self::of_words(vec![FALLBACK.to_owned()]);
        };
        let Some(value) = value.to_str() else {
            bail!("the editor in `{name}` is not written in UTF-8");
        };
        let words = shell_words::split(value);
        let words = words.with_context(|| format!("the editor in `{name}` cannot be read"))?;
        Self::of_words(words).with_context(|| format!("`{name}` names no editor"))
    }

    fn of_words(words: Vec<String>) -> Result<Self> {
        let mut words = words.into_iter();
        let Some(program) = words.next().filter(|word| !word.is_empty()) else {
            bail!("expected the name of a program");
        };
        Ok(Self {
            program,
            arguments: words.collect(),
        })
    }

    /// Its name without the directories.
    fn name(&self) -> &str {
        let path = Path::new(&self.program);
        let stem = if cfg!(windows) {
            path.file_stem()
        } else {
            path.file_name()
        };
        stem.and_then(|name| name.to_str()).unwrap_or(&self.program)
    }

    /// The arguments for a line, if they are known.
    fn line_arguments(&self) -> Option<&'static [&'static str]> {
        let mut rows = LINE_ARGUMENTS.iter();
        let known = rows.find(|(names, _)| names.contains(&self.name()))?;
        Some(known.1)
    }

    fn command(&self, target: &EditorTarget) -> Command {
        let patterns = self.line_arguments().unwrap_or(&["{file}"]);
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command.args(patterns.iter().map(|pattern| filled(pattern, target)));
        command
    }

    /// What the user should know when the editor has returned. It may still be open: some editors return at once.
    fn notice(&self, exit: io::Result<EditorExit>, target: &EditorTarget) -> Option<Notice> {
        let name = self.name();
        let failed = match exit {
            Err(error) => {
                let [first, second] = VARIABLES else {
                    unreachable!("there are two")
                };
                format!(
                    "`{name}` cannot be started: {error}; set {first} or {second} to your editor"
                )
            }
            Ok(EditorExit::Status(0)) if self.line_arguments().is_some() => return None,
            Ok(EditorExit::Status(0)) => {
                let file = target.path.file_name().unwrap_or_default().display();
                let line = target.line;
                return Some(Notice {
                    text: format!(
                        "Cannot open `{name}` at a line: this is line {line} of `{file}`"
                    ),
                    is_error: false,
                });
            }
            Ok(EditorExit::Status(status)) => format!("`{name}` ended with status {status}"),
            Ok(EditorExit::Signal(signal)) => {
                format!("`{name}` was ended by {}", signal_name(signal))
            }
        };
        Some(Notice {
            text: failed,
            is_error: true,
        })
    }
}

/// An argument with its placeholders filled in.
fn filled(pattern: &str, target: &EditorTarget) -> OsString {
    let numbered = pattern
        .replace("{line}", &target.line.to_string())
        .replace("{column}", &target.column.to_string());
    match numbered.split_once("{file}") {
        None => numbered.into(),
        Some((before, after)) => {
            let mut whole = OsString::from(before);
            whole.push(argument(&target.path));
            whole.push(after);
            whole
        }
    }
}

/// The name of a file as an argument that cannot be taken for an option or a command.
fn argument(path: &Path) -> PathBuf {
    match path.components().next() {
        Some(Component::Normal(_)) => Path::new(".").join(path),
        _ => path.to_owned(),
    }
}

#[cfg(unix)]
mod unix {
    use super::{Command, EditorExit, io};
    use crate::terminal::signals::{self, StopTarget};
    use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, waitpid};
    use std::io::IsTerminal;

    /// Runs a program on the terminal until it has ended. If it stops, we stop too: the shell that started us knows
    /// only us. Without such a shell, it continues at once.
    pub(super) fn run(command: &mut Command) -> io::Result<EditorExit> {
        if !io::stdin().is_terminal() {
            command.stdin(std::fs::File::open("/dev/tty")?);
        }
        let child = command.spawn()?;
        let child = Pid::from_child(&child);
        loop {
            let status = match waitpid(Some(child), WaitOptions::UNTRACED) {
                Ok(Some((_, status))) => status,
                Ok(None) | Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            };
            match exit(status) {
                Some(exit) => return Ok(exit),
                None if signals::can_stop() => {
                    signals::stop(StopTarget::Job).map_err(io::Error::other)?;
                }
                None => kill_process(child, Signal::CONT)?,
            }
        }
    }

    fn exit(status: WaitStatus) -> Option<EditorExit> {
        let code = status.exit_status().map(EditorExit::Status);
        code.or_else(|| status.terminating_signal().map(EditorExit::Signal))
    }

    pub(super) fn signal_name(signal: i32) -> String {
        let name = signal_hook::low_level::signal_name(signal);
        name.map_or_else(|| format!("signal {signal}"), str::to_owned)
    }
}

#[cfg(unix)]
use unix::{run, signal_name};

#[cfg(not(unix))]
fn run(command: &mut Command) -> io::Result<EditorExit> {
    let status = command.status()?;
    Ok(EditorExit::Status(status.code().unwrap_or(1)))
}

#[cfg(not(unix))]
fn signal_name(signal: i32) -> String {
    format!("signal {signal}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(visual: Option<&str>, editor: Option<&str>) -> Result<ExternalEditor> {
        ExternalEditor::of(|name| match name {
            "VISUAL" => visual.map(OsString::from),
            "EDITOR" => editor.map(OsString::from),
            _ => None,
        })
    }

    fn words(editor: &ExternalEditor, path: &str) -> Vec<String> {
        let target = EditorTarget {
            path: path.into(),
            line: 12,
            column: 3,
        };
        let command = editor.command(&target);
        let program = std::iter::once(command.get_program());
        let words = program.chain(command.get_args());
        words.map(|word| word.display().to_string()).collect()
    }

    fn opened(named: &str, path: &str) -> Vec<String> {
        words(&editor(Some(named), None).expect("it is an editor"), path)
    }

    #[test]
    fn visual_counts_before_editor_and_empty_is_not_set() {
        let program = |visual, other| editor(visual, other).expect("an editor").program;
        assert_eq!(program(Some("kak"), Some("ed")), "kak");
        assert_eq!(program(Some(""), Some("ed")), "ed");
        assert_eq!(program(None, None), FALLBACK);
    }

    #[test]
    fn arguments_are_words_as_a_shell_reads_them_and_no_shell_sees_them() {
        let path = "/x/t.toml";
        assert_eq!(
            opened("'/opt/My ExternalEditor/ed' --wait \"a b\" $HOME", path),
            ["/opt/My ExternalEditor/ed", "--wait", "a b", "$HOME", path]
        );
        for broken in ["'vim", " ", "''"] {
            let error = editor(Some(broken), None).expect_err("it names no editor");
            assert!(format!("{error:#}").contains("`VISUAL`"), "{error:#}");
        }
    }

    #[test]
    fn each_editor_gets_the_line_in_its_own_way() {
        for (named, expected) in [
            ("vi", &["vi", "+12", "/x/t"][..]),
            ("/usr/bin/nvim -R", &["/usr/bin/nvim", "-R", "+12", "/x/t"]),
            ("nano", &["nano", "+12,3", "/x/t"]),
            ("emacsclient -t", &["emacsclient", "-t", "+12:3", "/x/t"]),
            ("kak", &["kak", "+12:3", "/x/t"]),
            ("micro", &["micro", "/x/t", "+12:3"]),
            ("hx", &["hx", "/x/t:12:3"]),
            ("subl -w", &["subl", "-w", "/x/t:12:3"]),
            ("code --wait", &["code", "--wait", "--goto", "/x/t:12:3"]),
            ("kate", &["kate", "--line", "12", "--column", "3", "/x/t"]),
            ("less", &["less", "+12", "/x/t"]),
            ("ed", &["ed", "/x/t"]),
        ] {
            assert_eq!(opened(named, "/x/t"), expected);
        }
    }

    #[test]
    fn no_name_of_a_file_is_taken_for_an_option_or_a_command() {
        for (path, expected) in [
            ("-rf.toml", "./-rf.toml"),
            ("+q.toml", "./+q.toml"),
            ("t.toml", "./t.toml"),
            ("../t.toml", "../t.toml"),
            ("./t.toml", "./t.toml"),
        ] {
            assert_eq!(opened("ed", path), ["ed", expected]);
        }
        assert_eq!(opened("hx", "-x"), ["hx", "./-x:12:3"]);
    }

    #[test]
    fn no_editor_is_twice_in_the_table() {
        let names: Vec<&str> = LINE_ARGUMENTS
            .iter()
            .flat_map(|(names, _)| *names)
            .copied()
            .collect();
        let unique: std::collections::BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(unique.len(), names.len());
    }

    #[test]
    fn the_user_hears_how_an_editor_ended_if_that_matters() {
        let target = EditorTarget {
            path: "/x/t.toml".into(),
            line: 12,
            column: 1,
        };
        let notice = |named, exit| {
            let editor = editor(Some(named), None).expect("an editor");
            let notice = editor.notice(exit, &target);
            notice.map(|notice| (notice.text, notice.is_error))
        };
        assert_eq!(notice("vi", Ok(EditorExit::Status(0))), None);
        let line = "Cannot open `ed` at a line: this is line 12 of `t.toml`";
        assert_eq!(
            notice("ed", Ok(EditorExit::Status(0))),
            Some((line.to_owned(), false))
        );
        let status = "`vi` ended with status 3";
        assert_eq!(
            notice("vi", Ok(EditorExit::Status(3))),
            Some((status.to_owned(), true))
        );
    }
}

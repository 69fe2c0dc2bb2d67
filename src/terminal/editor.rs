//! The user's editor: which one it is, how it is told a line, and how it ended.
//!
//! It is run by its own name and arguments, never through a shell, and nothing of a timeline is among them but
//! the name of a file and two numbers.

#![allow(
    clippy::disallowed_methods,
    reason = "the environment names the editor, and the terminal is lent to it"
)]

use std::ffi::OsString;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::console::Console;
use super::{EditorTarget, TimelineFiles};
use crate::app::commands::edit::SourceSpot;
use crate::app::model::{Model, Notice};
use crate::text::visible;

/// Where a user says which editor it is; the first that is set and not empty counts (POSIX.1-2024, `more`, `mailx`).
const VARIABLES: &[&str] = &["VISUAL", "EDITOR"];

/// What every system has.
const FALLBACK: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// How editors take a line: their names, and the arguments in which `{file}`, `{line}` and `{column}` stand for what
/// they say. Each is as the editor's own manual has it.
const FORMS: &[(&[&str], &[&str])] = &[
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

/// Opens the editor where something is written, and tells what a user should know of how that went. Says whether
/// another program had the terminal.
pub(super) fn edit(
    console: &mut Console,
    files: &dyn TimelineFiles,
    model: &mut Model,
    spot: &SourceSpot,
) -> Result<bool> {
    let wanted = files.locate(spot).and_then(|target| {
        let editor = Editor::of_environment()?;
        Ok((editor, target))
    });
    let was_lent = wanted.is_ok();
    let told = match wanted {
        Ok((editor, target)) => {
            let mut command = editor.command(&target);
            let ended = console.lend_to(|| run(&mut command))?;
            editor.tell(ended, &target)
        }
        Err(why) => Some(Notice {
            text: format!("{why:#}"),
            is_error: true,
        }),
    };
    if let Some(told) = told {
        model.notice = Some(Notice {
            text: visible(&told.text).into_owned(),
            ..told
        });
    }
    Ok(was_lent)
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// With a status.
    Status(i32),
    /// By a signal.
    Signal(i32),
}

/// An editor, with the arguments that the user gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Editor {
    program: String,
    arguments: Vec<String>,
}

impl Editor {
    fn of_environment() -> Result<Self> {
        Self::of(|name| std::env::var_os(name))
    }

    /// The editor that the environment names, in words as a shell would read them.
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
        Self::of_words(words).with_context(|| format!("there is no editor in `{name}`"))
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

    /// The name by which it is known, wherever it is installed.
    fn name(&self) -> &str {
        let path = Path::new(&self.program);
        let stem = if cfg!(windows) {
            path.file_stem()
        } else {
            path.file_name()
        };
        stem.and_then(|name| name.to_str()).unwrap_or(&self.program)
    }

    /// How it takes a line, if that is known.
    fn form(&self) -> Option<&'static [&'static str]> {
        let mut forms = FORMS.iter();
        let known = forms.find(|(names, _)| names.contains(&self.name()))?;
        Some(known.1)
    }

    fn command(&self, target: &EditorTarget) -> Command {
        let form = self.form().unwrap_or(&["{file}"]);
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        command.args(form.iter().map(|pattern| filled(pattern, target)));
        command
    }

    /// What a user should know when it has ended, or has only begun: some return at once.
    fn tell(&self, ended: io::Result<Ended>, target: &EditorTarget) -> Option<Notice> {
        let name = self.name();
        let failed = match ended {
            Err(error) => {
                let [first, second] = VARIABLES else {
                    unreachable!("there are two")
                };
                format!(
                    "`{name}` cannot be started: {error}; set {first} or {second} to your editor"
                )
            }
            Ok(Ended::Status(0)) if self.form().is_some() => return None,
            Ok(Ended::Status(0)) => {
                let file = target.path.file_name().unwrap_or_default().display();
                let line = target.line;
                return Some(Notice {
                    text: format!(
                        "how `{name}` takes a line is not known: this is line {line} of `{file}`"
                    ),
                    is_error: false,
                });
            }
            Ok(Ended::Status(status)) => format!("`{name}` ended with status {status}"),
            Ok(Ended::Signal(signal)) => format!("`{name}` was ended by {}", signal_name(signal)),
        };
        Some(Notice {
            text: failed,
            is_error: true,
        })
    }
}

/// An argument, with what its words stand for.
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

/// The name of a file as an argument that nobody takes for an option or a command.
fn argument(path: &Path) -> PathBuf {
    match path.components().next() {
        Some(Component::Normal(_)) => Path::new(".").join(path),
        _ => path.to_owned(),
    }
}

#[cfg(unix)]
mod unix {
    use super::{Command, Ended, io};
    use crate::terminal::signals::{self, Whom};
    use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, kill_process, waitpid};
    use std::io::IsTerminal;

    /// Runs a program on the terminal until it has ended. If it is stopped, so are we: the shell that started us
    /// knows only us. Where there is no shell to go back to, it goes on at once.
    pub(super) fn run(command: &mut Command) -> io::Result<Ended> {
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
            match ended(status) {
                Some(ended) => return Ok(ended),
                None if signals::can_stop() => {
                    signals::stop(Whom::Job).map_err(io::Error::other)?;
                }
                None => kill_process(child, Signal::CONT)?,
            }
        }
    }

    fn ended(status: WaitStatus) -> Option<Ended> {
        let by_itself = status.exit_status().map(Ended::Status);
        by_itself.or_else(|| status.terminating_signal().map(Ended::Signal))
    }

    pub(super) fn signal_name(signal: i32) -> String {
        let name = signal_hook::low_level::signal_name(signal);
        name.map_or_else(|| format!("signal {signal}"), str::to_owned)
    }
}

#[cfg(unix)]
use unix::{run, signal_name};

#[cfg(not(unix))]
fn run(command: &mut Command) -> io::Result<Ended> {
    let status = command.status()?;
    Ok(Ended::Status(status.code().unwrap_or(1)))
}

#[cfg(not(unix))]
fn signal_name(signal: i32) -> String {
    format!("signal {signal}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn editor(visual: Option<&str>, editor: Option<&str>) -> Result<Editor> {
        Editor::of(|name| match name {
            "VISUAL" => visual.map(OsString::from),
            "EDITOR" => editor.map(OsString::from),
            _ => None,
        })
    }

    fn words(editor: &Editor, path: &str) -> Vec<String> {
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
            opened("'/opt/My Editor/ed' --wait \"a b\" $HOME", path),
            ["/opt/My Editor/ed", "--wait", "a b", "$HOME", path]
        );
        for broken in ["'vim", " ", "''"] {
            let error = editor(Some(broken), None).expect_err("it is no editor");
            assert!(format!("{error:#}").contains("`VISUAL`"), "{error:#}");
        }
    }

    #[test]
    fn each_editor_is_told_the_line_in_its_own_way() {
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
    fn no_editor_stands_twice_in_the_table() {
        let names: Vec<&str> = FORMS
            .iter()
            .flat_map(|(names, _)| *names)
            .copied()
            .collect();
        let unique: std::collections::BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(unique.len(), names.len());
    }

    #[test]
    fn how_it_ended_is_told_where_there_is_something_to_tell() {
        let target = EditorTarget {
            path: "/x/t.toml".into(),
            line: 12,
            column: 1,
        };
        let told = |named, ended| {
            let editor = editor(Some(named), None).expect("an editor");
            editor
                .tell(ended, &target)
                .map(|told| (told.text, told.is_error))
        };
        assert_eq!(told("vi", Ok(Ended::Status(0))), None);
        let line = "how `ed` takes a line is not known: this is line 12 of `t.toml`";
        assert_eq!(
            told("ed", Ok(Ended::Status(0))),
            Some((line.to_owned(), false))
        );
        let status = "`vi` ended with status 3";
        assert_eq!(
            told("vi", Ok(Ended::Status(3))),
            Some((status.to_owned(), true))
        );
    }
}

//! The command line: arguments in, exit codes out.

#![allow(
    clippy::disallowed_methods,
    reason = "the command line is where the program meets the world"
)]

mod args;
mod audience;
mod brief;
pub mod check;
mod completions;
pub mod config;
mod copy;
mod export;
pub mod fingerprint;
mod frame;
mod import;
pub mod input;
mod list;
mod look;
mod narrowing;
mod new_file;
mod output;
mod rehearsal;
mod report;
pub mod settings;
mod source_files;
pub mod status;
mod view;
mod walk;
pub mod withholding;
mod zone;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use args::{Args, Command};
use list::Wanted;
use look::only_prints;
use status::{Status, Usage};

use crate::terminal;

/// Runs the command line, and says how it ended.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if terminal::is_guardian(&args) {
        return terminal::guard();
    }
    #[cfg(unix)]
    outlive_limit_on_files();
    let done = match Args::try_parse_from(args) {
        Ok(args) => execute(&args),
        Err(error) => told_by_clap(&error),
    };
    match done.map_err(of_output) {
        Ok(status) => ExitCode::from(status.code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let status = if error.is::<Usage>() {
                Status::Usage
            } else {
                Status::System
            };
            let _ = writeln!(
                output::errors(),
                "dateline: {}",
                crate::text::visible(&format!("{error:#}"))
            );
            ExitCode::from(status.code())
        }
    }
}

/// Has a write beyond the limit on the size of files fail as one to a full disk does, instead of ending the program in the
/// middle of a file. A system without the signal needs nothing.
#[cfg(unix)]
fn outlive_limit_on_files() {
    let noticed = std::sync::Arc::default();
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noticed);
}

fn execute(args: &Args) -> Result<Status> {
    let out = &mut output::output();
    match &args.command {
        Some(Command::List(list)) => {
            let wishes = list::Wishes {
                files: &list.files,
                narrowing: &list.narrowing,
                withholding: &list.withholding,
                wanted: list.wanted(),
            };
            list::run(&wishes, out)
        }
        Some(Command::Check(check)) => {
            let colour = check.color.wanted(io::stdout().is_terminal());
            match &check.explain {
                Some(kind) => check::explain(kind, out),
                None => check::run(&check.files, check.zone.zone.as_ref(), out, colour),
            }
        }
        Some(Command::Frame(frame)) => frame::run(frame, out),
        Some(Command::Brief(brief)) => brief::run(brief, out),
        Some(Command::Export(export)) => export::run(export, out),
        Some(Command::Import(import)) => import::run(import, out),
        Some(Command::Config(config)) => config::run(config, out),
        Some(Command::Completions { shell }) => completions::completions(*shell, out),
        Some(Command::Man { dir }) => completions::man(dir.as_deref(), out),
        None if !args.linear && io::stdout().is_terminal() && !only_prints() => {
            let wishes = view::Wishes {
                files: &args.files,
                settings: &args.settings,
                narrowing: &args.narrowing,
                withholding: &args.withholding,
                print_view: args.print_view,
                fault: args.fault(),
            };
            view::run(&wishes, out)
        }
        None => {
            let in_sentences = args.linear || io::stdout().is_terminal();
            let wishes = list::Wishes {
                files: &args.files,
                narrowing: &args.narrowing,
                withholding: &args.withholding,
                wanted: if in_sentences {
                    Wanted::Sentences
                } else {
                    Wanted::Events(None)
                },
            };
            list::run(&wishes, out)
        }
    }
}

/// Help and versions are what was asked for; all else that clap says is about wrong usage.
fn told_by_clap(error: &clap::Error) -> Result<Status> {
    if !error.use_stderr() {
        error.print()?;
        io::stdout().flush()?;
        return Ok(Status::Fine);
    }
    // What was typed is repeated, and it may be the name of a file that somebody else has chosen.
    let plain = error.render().to_string();
    let is_safe = plain.is_ascii()
        && plain
            .split('\n')
            .all(|line| crate::text::unprintable_in(line).next().is_none());
    if is_safe {
        let _ = error.print();
    } else {
        for line in plain.lines() {
            let _ = writeln!(output::errors(), "{}", crate::text::visible(line));
        }
    }
    Ok(Status::Usage)
}

/// Whatever else fails says what it was about; what does not is the output that takes no more.
fn of_output(error: anyhow::Error) -> anyhow::Error {
    if error.is::<io::Error>() && error.chain().count() == 1 {
        error.context("cannot write to standard output")
    } else {
        error
    }
}

/// Whoever reads our output may stop at any time: that is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io_error = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<io::Error>());
    io_error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

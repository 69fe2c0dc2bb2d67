//! The command line: arguments in, exit codes out.

#![allow(
    clippy::disallowed_methods,
    reason = "the command line is where the program meets the world"
)]

mod args;
mod argument_values;
mod audience;
mod baseline;
mod baseline_name;
mod brief;
mod capabilities;
pub mod check;
mod check_args;
mod completions;
pub mod config;
mod copy;
mod diff;
mod diff_args;
mod earlier_version;
pub mod engine_query;
mod export;
mod export_args;
mod file_replacement;
mod filter_args;
pub mod fingerprint;
pub mod fix;
mod fix_diff;
mod fixed_file;
mod frame;
mod guide;
mod help_names;
mod import;
mod import_args;
mod incoming;
pub mod input;
pub mod linear;
mod linear_viewer;
mod list;
mod loaded_marks;
mod loss_args;
mod lsp;
mod manual;
pub mod marks_args;
pub mod marks_store;
mod narrowed;
mod new;
mod new_args;
mod output;
mod output_file;
mod picture_args;
mod pressed;
mod progress;
mod promotion;
mod query;
mod query_args;
pub mod redaction_args;
mod rehearsal;
mod rehearsed_markings;
mod report;
mod revision;
mod schema;
pub mod settings;
mod source_files;
pub mod status;
mod stix_args;
mod subcommand_hint;
mod table_args;
mod take_marks;
mod unfinished_file;
mod view;

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use clap::error::ErrorKind;

use args::{CliArgs, CliCommand};
use capabilities::only_prints;
use check_args::{CheckArgs, CheckFormat};
use fix::FixOutput;
use list::ListContent;
use status::{ExitStatus, report_error};
use subcommand_hint::missing_file;

use crate::formats::findings::FindingsFormat;
use crate::terminal;

/// Runs the command line.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if terminal::is_guardian(&args) {
        return terminal::guard();
    }
    #[cfg(unix)]
    outlive_limit_on_files();
    let first = args.get(1).cloned();
    let done = match CliArgs::try_parse_from(args) {
        Ok(args) => execute(&args.with_marks_files()),
        Err(error) => report_clap(&error, first.as_deref()),
    };
    match done.map_err(of_output) {
        Ok(status) => ExitCode::from(status.code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let status = report_error(&error, &mut output::errors());
            ExitCode::from(status.code())
        }
    }
}

/// Makes a write beyond the limit on file sizes fail as on a full disk. By default the signal ends the program, in the
/// middle of a file.
#[cfg(unix)]
fn outlive_limit_on_files() {
    let noticed = std::sync::Arc::default();
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, noticed);
}

fn execute(args: &CliArgs) -> Result<ExitStatus> {
    let out = &mut output::output();
    // A mistyped subcommand is taken for a file.
    if let Some(error) = args.files.first().and_then(|file| missing_file(file)) {
        return Err(error.into());
    }
    // A screen reader would read each version of the line aloud.
    if !args.is_linear() {
        progress::show_on_terminal();
    }
    match &args.command {
        Some(CliCommand::New(new)) => new::run(new, out),
        Some(CliCommand::List(list)) => list::run(&list.options(), out),
        Some(CliCommand::Check(check)) => run_check(check, out),
        Some(CliCommand::Frame(frame)) => frame::run(frame, out),
        Some(CliCommand::Brief(brief)) => brief::run(brief, out),
        Some(CliCommand::Diff(diff)) => diff::run(diff, out),
        Some(CliCommand::Export(export)) => export::run(export, out),
        Some(CliCommand::Import(import)) => import::run(import, out),
        Some(CliCommand::Config(config)) => config::run(config, out),
        Some(CliCommand::Completions { shell }) => completions::completions(*shell, out),
        Some(CliCommand::Query(query)) => query::run(query, out),
        Some(CliCommand::Schema) => schema::run(out),
        Some(CliCommand::Lsp) => lsp::run(),
        Some(CliCommand::Man { dir }) => manual::man(dir.as_deref(), out),
        Some(CliCommand::Help { topic }) => guide::run(topic.as_deref(), out),
        None => show(args, out),
    }
}

/// Shows the timeline: in the viewer if there is a terminal, and otherwise as text.
fn show(args: &CliArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    if !args.linear && io::stdout().is_terminal() && !only_prints() {
        let options = view::ViewOptions {
            files: &args.files,
            settings: &args.settings,
            narrowing: &args.narrowing,
            withholding: &args.withholding,
            baseline: &args.baseline,
            print_view: args.print_view,
            topic: None,
            fault: args.fault(),
        };
        return view::run(&options, out);
    }
    if linear::is_interactive() {
        return linear_viewer::run(args, out);
    }
    let in_sentences = args.linear || io::stdout().is_terminal();
    let options = list::ListOptions {
        files: &args.files,
        narrowing: &args.narrowing,
        withholding: &args.withholding,
        baseline: &args.baseline,
        content: if in_sentences {
            ListContent::Sentences
        } else {
            ListContent::Events(None)
        },
    };
    list::run(&options, out)
}

fn run_check(args: &CheckArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let colour = args.color.applies(io::stdout().is_terminal());
    if let Some(kind) = &args.explain {
        return check::explain(kind, out);
    }
    let options = input::table_options(&args.tables)?;
    if args.fix {
        let author = fix::author(args.yes)?;
        return fix::run(
            &args.files,
            &options,
            author,
            &mut FixOutput { out, colour },
        );
    }
    let format = match args.format {
        CheckFormat::Text => return check::run(&args.files, &options, out, colour),
        CheckFormat::Json => FindingsFormat::Json,
        CheckFormat::Github => FindingsFormat::Github,
        CheckFormat::Sarif => FindingsFormat::Sarif,
    };
    check::run_for_programs(&args.files, &options, format, out)
}

/// Prints the output of clap: help and versions unchanged, errors in the form of all other errors.
fn report_clap(error: &clap::Error, first: Option<&OsStr>) -> Result<ExitStatus> {
    if !error.use_stderr() {
        error.print()?;
        io::stdout().flush()?;
        return Ok(ExitStatus::Fine);
    }
    // The text quotes the arguments, and another person may have chosen the name of a file.
    let mut lines = lines_of_clap(&error.render().to_string());
    // The options of a mistyped subcommand are unknown, since the word is taken for a file.
    if error.kind() == ErrorKind::UnknownArgument
        && let Some(hint) = first.and_then(subcommand_hint::hint)
    {
        lines.insert(1.min(lines.len()), format!("hint: {hint}"));
    }
    for line in lines {
        let _ = writeln!(output::errors(), "{}", crate::text::visible(&line));
    }
    Ok(ExitStatus::Usage)
}

/// An error of clap as `error: …`, with a line `hint: …` for each tip, for the possible values, and for the usage.
fn lines_of_clap(rendered: &str) -> Vec<String> {
    let lines = rendered.lines().filter(|line| !line.trim().is_empty());
    let in_our_form = lines.map(|line| {
        let text = line.trim();
        if let Some(tip) = text.strip_prefix("tip: ") {
            format!("hint: {tip}")
        } else if let Some(values) = text.strip_prefix("[possible values: ") {
            format!("hint: possible values: {}", values.trim_end_matches(']'))
        } else if let Some(usage) = text.strip_prefix("Usage: ") {
            format!("hint: usage: {usage}")
        } else if let Some(help) = text.strip_prefix("For more information, try ") {
            format!(
                "hint: for more information, try {}",
                help.trim_end_matches('.')
            )
        } else {
            line.to_owned()
        }
    });
    in_our_form.collect()
}

/// Adds context to an error of the output: no other error comes without a message.
fn of_output(error: anyhow::Error) -> anyhow::Error {
    if error.is::<io::Error>() && error.chain().count() == 1 {
        error.context("cannot write to standard output")
    } else {
        error
    }
}

/// Whether the reader of the output has stopped, such as `head`: that is not a failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io_error = error
        .chain()
        .find_map(|cause| cause.downcast_ref::<io::Error>());
    io_error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_clap_is_an_error_and_hints() {
        let error = CliArgs::try_parse_from(["dateline", "export", "--to", "htm"])
            .expect_err("there is no such format");
        let lines = lines_of_clap(&error.render().to_string());
        assert_eq!(lines[0], "error: invalid value 'htm' for '--to <FORMAT>'");
        assert!(
            lines[1..].iter().all(|line| line.starts_with("hint: ")),
            "{lines:#?}"
        );
        assert!(
            lines.iter().any(|line| line.contains("'html'")),
            "{lines:#?}"
        );
    }
}

//! `dateline help`: the topics of the guide, one of them, or the help of a subcommand.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use clap::{Command, CommandFactory, Parser};

use super::args::CliArgs;
use super::baseline::BaselineArgs;
use super::capabilities::only_prints;
use super::filter_args::FilterArgs;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use super::settings::SettingsArgs;
use super::status::{CommandError, ExitStatus};
use super::view;
use crate::app::page::Page;
use crate::diagnostic::nearest;
use crate::document::Document;
use crate::guide::Topic;

/// The width of a printed page, in cells.
const WIDTH: u16 = 80;

/// Prints a page, or shows it in the viewer if standard output is a terminal; without a name, the list of topics.
pub(super) fn run(name: Option<&str>, out: &mut dyn Write) -> Result<ExitStatus> {
    let Some(name) = name else {
        return contents(out);
    };
    if let Some(topic) = Topic::parse(name) {
        if io::stdout().is_terminal() && !only_prints() {
            let options = view::ViewOptions {
                files: &[],
                settings: &SettingsArgs::default(),
                narrowing: &FilterArgs::default(),
                baseline: &BaselineArgs::default(),
                withholding: &RedactionArgs::default(),
                print_view: false,
                topic: Some(topic),
                fault: None,
            };
            return view::run(&options, out);
        }
        return print(&Document::topic(topic), out);
    }
    let program = CliArgs::command();
    if program.find_subcommand(name).is_none() {
        return Err(unknown(name, &program).into());
    }
    // `--help` through clap, which decides between the short and the long text.
    if let Err(help) = CliArgs::try_parse_from(["dateline", name, "--help"]) {
        help.print()?;
    }
    Ok(ExitStatus::Fine)
}

fn contents(out: &mut dyn Write) -> Result<ExitStatus> {
    let widest = Topic::ALL.iter().map(|topic| topic.name().len()).max();
    let widest = widest.unwrap_or(0);
    writeln!(out, "Topics:")?;
    for topic in Topic::ALL {
        writeln!(out, "  {:widest$}  {}", topic.name(), topic.summary())?;
    }
    writeln!(
        out,
        "\n`dateline help TOPIC` shows one; `dateline help COMMAND` shows the options of a subcommand."
    )?;
    out.flush()?;
    Ok(ExitStatus::Fine)
}

fn print(document: &Document, out: &mut dyn Write) -> Result<ExitStatus> {
    for line in Page::set(document, WIDTH).lines {
        writeln!(out, "{}", line.text().trim_end())?;
    }
    out.flush()?;
    Ok(ExitStatus::Fine)
}

fn unknown(name: &str, program: &Command) -> CommandError {
    let topics = Topic::ALL.iter().map(|topic| topic.name());
    let commands = program.get_subcommands().map(Command::get_name);
    let hint = match nearest(name, topics.chain(commands)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "`dateline help` lists the topics".to_owned(),
    };
    CommandError::usage(format!("the guide has no topic `{}`", clean(name))).hint(hint)
}

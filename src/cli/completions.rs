//! `dateline completions`: scripts for shells, from the definition of the arguments.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::CliArgs;
use super::status::ExitStatus;

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<ExitStatus> {
    // The library gives up with a panic where nothing can be written any more; a vector takes all.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CliArgs::command(), "dateline", &mut script);
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitStatus::Fine)
}

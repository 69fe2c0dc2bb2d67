//! `dateline completions`: scripts for shells, from the definition of the arguments.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;
use super::status::Status;

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<Status> {
    // The library gives up with a panic where nothing can be written any more; a vector takes all.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dateline", &mut script);
    out.write_all(&script)?;
    out.flush()?;
    Ok(Status::Fine)
}

//! `dateline completions`: prints shell completions, from the definition of the arguments.

use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::CliArgs;
use super::status::ExitStatus;

pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<ExitStatus> {
    // The library panics if it cannot write, such as on a full disk. A vector takes everything.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CliArgs::command(), "dateline", &mut script);
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitStatus::Fine)
}

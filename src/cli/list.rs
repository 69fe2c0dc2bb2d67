//! `dateline list`: the events as plain text.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::input;
use super::status::Status;
use crate::formats::text;

/// Prints the events. What is wrong with the file is told on standard error, not among them.
pub(super) fn run(files: &[PathBuf], out: &mut dyn Write) -> Result<Status> {
    let opened = input::open(files)?;
    let errors = opened
        .problems()
        .iter()
        .filter(|problem| problem.is_error)
        .count();
    if errors > 0 {
        let count = crate::document::count(errors, "error");
        writeln!(
            std::io::stderr(),
            "dateline: {count} in the timeline; `dateline check` tells what is left out"
        )?;
    }
    out.write_all(text::list(&opened.timeline).as_bytes())?;
    out.flush()?;
    Ok(if errors > 0 {
        Status::Errors
    } else {
        Status::Fine
    })
}

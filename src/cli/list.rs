//! `dateline list`: the events as plain text, or how many there are.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;

use super::input;
use super::narrowing::Narrowing;
use super::status::Status;
use crate::date::Truth;
use crate::formats::text;
use crate::query::Counts;

/// Prints the events that are asked for. What is wrong with the file is told on standard error, not
/// among them.
pub(super) fn run(
    files: &[PathBuf],
    narrowing: &Narrowing,
    count: bool,
    out: &mut dyn Write,
) -> Result<Status> {
    let opened = input::open(files)?;
    let timeline = &opened.timeline;
    let Some(filter) = narrowing.filter(timeline, &mut io::stderr())? else {
        return Ok(Status::Usage);
    };
    let errors = opened
        .problems()
        .iter()
        .filter(|problem| problem.is_error)
        .count();
    if errors > 0 {
        let count = crate::document::count(errors, "error");
        writeln!(
            io::stderr(),
            "dateline: {count} in the timeline; `dateline check` tells what is left out"
        )?;
    }
    let matches = filter.matches(timeline);
    if count {
        let Counts {
            surely,
            possibly,
            hidden,
        } = matches.counts();
        writeln!(
            out,
            "{surely} surely, {possibly} possibly, {} in all",
            surely + possibly + hidden
        )?;
    } else {
        let least = if narrowing.surely {
            Truth::Yes
        } else {
            Truth::Maybe
        };
        let shown: Vec<_> = matches
            .events()
            .filter(|(_, truth)| *truth >= least)
            .collect();
        out.write_all(text::list(timeline, &shown).as_bytes())?;
    }
    out.flush()?;
    Ok(if errors > 0 {
        Status::Errors
    } else {
        Status::Fine
    })
}

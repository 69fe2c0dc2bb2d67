//! `dateline --linear` on a terminal: the viewer as a conversation.

use std::io::{self, Write};

use anyhow::Result;

use super::args::CliArgs;
use super::filter_args;
use super::linear::{LinearOptions, LinearSession, converse};
use super::marks_store;
use super::output;
use super::status::ExitStatus;
use crate::timeline::{Clock, ItemEdit};

/// Converses about the timeline. Errors of the file go to standard error.
pub(super) fn run(args: &CliArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let opened = args.baseline.open(&args.files, &args.withholding)?;
    let narrowing = &args.narrowing;
    let is_piped = filter_args::is_piped(&args.files);
    let errors = &mut output::errors();
    let Some(filter) = narrowing.filter(&opened.timeline, is_piped, errors)? else {
        return Ok(ExitStatus::Usage);
    };
    let options = LinearOptions {
        filter: filter.text(),
        surely: narrowing.surely,
        clock: narrowing
            .clock(&opened.timeline)?
            .unwrap_or(Clock::Happened),
        ..LinearOptions::default()
    };
    let status = opened.report_errors(&mut output::errors())?;
    let mut session = LinearSession::new(opened, options);
    let opening = session.opening();
    let save = |edits: &[ItemEdit]| {
        marks_store::save(&args.withholding.marks, &args.files, edits).map(|_| ())
    };
    converse(&mut session, &opening, &save, &mut io::stdin().lock(), out)?;
    Ok(status)
}

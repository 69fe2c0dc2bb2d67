//! `dateline import`: writes events of logs as a timeline in TOML.

use std::io::Write;

use anyhow::Result;

use super::args::ImportArgs;
use super::input;
use super::new_file;
use super::output;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use super::status::{CommandError, ExitStatus, print_hint, print_note};
use crate::formats::import::TimelineImport;

/// Writes a timeline. Errors of the logs, and notes about stamps at midnight, go to standard error.
pub(super) fn run(args: &ImportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let all = RedactionArgs {
        zone: args.zone.clone(),
        ..RedactionArgs::default()
    };
    let opened = input::open(&args.files, &all)?;
    for (text, file) in opened.texts.iter().zip(&opened.files) {
        if let Some(reader) = file.reader.filter(|reader| !reader.is_importable) {
            let name = clean(text.name());
            let error = CommandError::usage(format!("`{name}` is already a {}", reader.name));
            return Err(error.hint("open it as it is: `import` is for logs").into());
        }
    }
    let errors = &mut output::errors();
    if opened.files.iter().all(|file| file.reader.is_none()) {
        return opened.report_errors(errors);
    }
    let timeline = &opened.timeline;
    let Some(filter) = args.narrowing.filter(timeline, errors)? else {
        return Ok(ExitStatus::Usage);
    };
    let matches = filter.matches(timeline);
    let events = args.narrowing.events(&matches);
    let import = TimelineImport::new(timeline, &events);
    let text = import.write(args.precision);
    new_file::deliver(args.output.as_deref(), &text, out)?;
    let count = crate::document::count(events.len(), "event");
    print_note(errors, &format!("imported {count} of {}", timeline.len()))?;
    let proposals = import.proposals().iter();
    for proposal in proposals.filter(|it| Some(it.precision) != args.precision) {
        print_note(errors, &proposal.message(timeline))?;
        print_hint(errors, &proposal.hint())?;
    }
    opened.report_errors(errors)
}

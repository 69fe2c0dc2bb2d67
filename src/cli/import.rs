//! `dateline import`: some events of logs as a timeline in TOML.

use std::io::Write;

use anyhow::Result;

use super::args;
use super::input;
use super::new_file;
use super::output;
use super::report::clean;
use super::status::{Status, Usage};
use super::withholding::Withholding;
use crate::formats::import::Import;

/// Writes a timeline. What is wrong with the logs, and what may be less precise than it is written, is told on
/// standard error.
pub(super) fn run(args: &args::Import, out: &mut dyn Write) -> Result<Status> {
    let all = Withholding {
        zone: args.zone.clone(),
        ..Withholding::default()
    };
    let opened = input::open(&args.files, &all)?;
    for (text, file) in opened.texts.iter().zip(&opened.files) {
        if let Some(reader) = file.reader.filter(|reader| !reader.is_importable) {
            let name = clean(text.name());
            let message = format!(
                "`{name}` is already a {}: it need not be imported",
                reader.name
            );
            return Err(Usage(message).into());
        }
    }
    let errors = &mut output::errors();
    if opened.files.iter().all(|file| file.reader.is_none()) {
        return opened.tell_errors(errors);
    }
    let timeline = &opened.timeline;
    let Some(filter) = args.narrowing.filter(timeline, errors)? else {
        return Ok(Status::Usage);
    };
    let matches = filter.matches(timeline);
    let events = args.narrowing.wanted(&matches);
    let import = Import::new(timeline, &events);
    let text = import.write(args.precision);
    new_file::deliver(args.output.as_deref(), &text, out)?;
    let count = crate::document::count(events.len(), "event");
    writeln!(errors, "dateline: {count} of {} imported", timeline.len())?;
    let proposals = import.proposals().iter();
    for proposal in proposals.filter(|it| Some(it.coarse) != args.precision) {
        writeln!(errors, "dateline: {}", proposal.words(timeline))?;
    }
    opened.tell_errors(errors)
}

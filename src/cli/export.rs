//! `dateline export`: a timeline in another form, for people who do not have dateline.

use std::io::Write;

use anyhow::Result;

use super::args::Export;
use super::audience::check_audience;
use super::input;
use super::new_file;
use super::output;
use super::status::{Status, Usage};
use crate::formats::ExportOptions;

/// Writes the timeline. Errors in the file are reported on standard error, not in what is written.
pub(super) fn run(args: &Export, out: &mut dyn Write) -> Result<Status> {
    let opened = input::open(&args.files, &args.withholding)?;
    let timeline = &opened.timeline;
    let audience = args.audience.as_deref();
    check_audience(timeline, audience)?;
    let Some(filter) = args.narrowing.filter(timeline, &mut output::errors())? else {
        return Ok(Status::Usage);
    };
    let writer = args.to;
    if !writer.has_scenes && (args.notes || audience.is_some()) {
        let message = format!(
            "`{}` has no scenes: `--notes` and `--audience` are for handouts",
            writer.name
        );
        return Err(Usage(message).into());
    }
    let options = ExportOptions {
        matches: &filter.matches(timeline),
        filter: filter.text(),
        surely: args.narrowing.surely,
        grouping: args.narrowing.group(timeline)?.unwrap_or_default(),
        audience,
        notes: args.notes,
    };
    // Otherwise the reader would take what is there for everything.
    let left_out = writer.left_out(timeline, &options);
    if left_out > 0 {
        let count = crate::document::count(left_out, "event");
        writeln!(
            output::errors(),
            "dateline: {count} without a date that it can write left out: `{}` cannot carry them",
            writer.name
        )?;
    }
    let text = (writer.write)(timeline, &options);
    new_file::deliver(args.output.as_deref(), &text, out)?;
    opened.tell_errors(&mut output::errors())
}

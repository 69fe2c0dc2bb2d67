//! `dateline export`: writes a handout, or records for other programs.

use std::io::Write;

use anyhow::Result;

use super::args::ExportArgs;
use super::audience::check_audience;
use super::input;
use super::new_file;
use super::output;
use super::status::{CommandError, ExitStatus, print_note};
use crate::formats::ExportOptions;

/// Writes the timeline. Errors in the file go to standard error, not into the output.
pub(super) fn run(args: &ExportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let opened = input::open(&args.files, &args.withholding)?;
    let timeline = &opened.timeline;
    let audience = args.audience.as_deref();
    check_audience(timeline, audience)?;
    let Some(filter) = args.narrowing.filter(timeline, &mut output::errors())? else {
        return Ok(ExitStatus::Usage);
    };
    let writer = args.to;
    if !writer.has_scenes && (args.notes || audience.is_some()) {
        let error = CommandError::usage(format!("`{}` has no scenes", writer.name));
        return Err(error
            .hint("`--notes` and `--audience` are for handouts")
            .into());
    }
    let options = ExportOptions {
        matches: &filter.matches(timeline),
        filter: filter.text(),
        surely: args.narrowing.surely,
        grouping: args.narrowing.group(timeline)?.unwrap_or_default(),
        audience,
        notes: args.notes,
    };
    // Otherwise readers would take the output for complete.
    let left_out = writer.left_out(timeline, &options);
    if left_out > 0 {
        let count = crate::document::count(left_out, "event");
        let note = format!(
            "left out {count} without a date that `{}` can write",
            writer.name
        );
        print_note(&mut output::errors(), &note)?;
    }
    let text = (writer.write)(timeline, &options);
    new_file::deliver(args.output.as_deref(), &text, out)?;
    opened.report_errors(&mut output::errors())
}

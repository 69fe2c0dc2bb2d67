//! `dateline export`: writes a handout, or records for other programs.

use std::io::Write;

use anyhow::Result;

use super::args::ExportArgs;
use super::audience::check_audience;
use super::diff::ComparedInputs;
use super::input;
use super::new_file;
use super::output;
use super::status::{CommandError, ExitStatus, print_note};
use crate::formats::ExportOptions;
use crate::formats::writers::ExportedChanges;

/// Writes the timeline. Errors in the file go to standard error, not into the output.
pub(super) fn run(args: &ExportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let sides = args.since.as_deref();
    let sides = sides.map(|since| ComparedInputs::since(&args.files, since));
    let sides = sides.transpose()?;
    let (older, opened) = match &sides {
        Some(sides) => {
            let (older, opened) = sides.open(&args.withholding)?;
            (Some(older), opened)
        }
        None => (None, input::open(&args.files, &args.withholding)?),
    };
    let timeline = &opened.timeline;
    let audience = args.audience.as_deref();
    check_audience(timeline, audience)?;
    let Some(filter) = args.narrowing.filter(timeline, &mut output::errors())? else {
        return Ok(ExitStatus::Usage);
    };
    let writer = args.to;
    refuse_what_does_not_fit(args)?;
    let changes = match (&sides, &older) {
        (Some(sides), Some(older)) => {
            let comparison = sides.compare(older, &opened, &args.withholding)?;
            Some((comparison, sides.names()))
        }
        _ => None,
    };
    let options = ExportOptions {
        matches: &filter.matches(timeline),
        filter: filter.text(),
        surely: args.narrowing.surely,
        grouping: args.narrowing.group(timeline)?.unwrap_or_default(),
        audience,
        notes: args.notes,
        changes: changes.as_ref().map(|(comparison, sides)| ExportedChanges {
            comparison,
            since: &sides.old,
        }),
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

/// Refuses options for handouts with a format that is none.
fn refuse_what_does_not_fit(args: &ExportArgs) -> Result<()> {
    let writer = args.to;
    if !writer.has_scenes && args.since.is_some() {
        let error = CommandError::usage(format!("`{}` has no room for what changed", writer.name));
        return Err(error
            .hint("`--since` is for handouts; see also `dateline diff`")
            .into());
    }
    if !writer.has_scenes && (args.notes || args.audience.is_some()) {
        let error = CommandError::usage(format!("`{}` has no scenes", writer.name));
        return Err(error
            .hint("`--notes` and `--audience` are for handouts")
            .into());
    }
    Ok(())
}

//! `dateline export`: writes a handout, or records for other programs.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use super::audience::check_audience;
use super::brief::no_scenes;
use super::diff::{ComparedInputs, narrow};
use super::export_args::ExportArgs;
use super::input;
use super::narrowed::NarrowedTimeline;
use super::output;
use super::output_file;
use super::picture_args;
use super::progress;
use super::status::{CommandError, ExitStatus};
use crate::formats::writers::{ExportedChanges, WriterPurpose};
use crate::formats::{ExportOptions, HandoutExtent};
use crate::timeline::Timeline;

/// Writes the timeline. Errors in the file go to standard error, not into the output.
pub(super) fn run(args: &ExportArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    refuse_on_a_terminal(args)?;
    let sides = args.since.as_deref();
    let sides = sides.map(|since| ComparedInputs::since(&args.files, since));
    let sides = sides.transpose()?;
    let (older, narrowed) = match &sides {
        Some(sides) => {
            let (older, opened) = sides.open(&args.withholding)?;
            (
                Some(older),
                NarrowedTimeline::whole(opened, &args.narrowing, &args.files),
            )
        }
        None => (None, narrowed(args)?),
    };
    let NarrowedTimeline { opened, .. } = &narrowed;
    let timeline = &opened.timeline;
    let audience = args.audience.as_deref();
    check_audience(timeline, audience)?;
    let Some(filter) = narrowed.filter(&mut output::errors())? else {
        return Ok(ExitStatus::Usage);
    };
    refuse_what_does_not_fit(args, timeline)?;
    let is_written = args.losses.explain.is_none();
    let stix = args.stix.options(args.to, timeline, is_written)?;
    let changes = match (&sides, &older) {
        (Some(sides), Some(older)) => {
            let mut comparison = sides.compare(older, opened, &args.withholding)?;
            narrow(&mut comparison, &filter, args.narrowing.surely);
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
        extent: extent(args),
        picture: args.picture.options(),
        stix,
    };
    let writing = progress::working("writing");
    let is_refused = write(args, timeline, &options, out)?;
    drop(writing);
    let status = opened.report_errors(&mut output::errors())?;
    Ok(if is_refused {
        ExitStatus::Lossy
    } else {
        status
    })
}

/// Opens the files. Records need only the rows that they are made of; every other format is about the whole.
fn narrowed(args: &ExportArgs) -> Result<NarrowedTimeline<'_>> {
    if args.to.purpose == WriterPurpose::Records && !args.withholding.is_requested() {
        return NarrowedTimeline::by_row(&args.files, &args.narrowing, &args.withholding);
    }
    let opened = input::open(&args.files, &args.withholding)?;
    Ok(NarrowedTimeline::whole(
        opened,
        &args.narrowing,
        &args.files,
    ))
}

/// A terminal would obey some bytes of a file that is not text.
fn refuse_on_a_terminal(args: &ExportArgs) -> Result<()> {
    let path = args.output.as_deref();
    let is_for_terminal = path.is_none_or(|path| path.as_os_str() == "-");
    let is_text = !args.to.is_binary() || args.losses.explain.is_some();
    if is_text || !is_for_terminal || !io::stdout().is_terminal() {
        return Ok(());
    }
    let name = args.to.name;
    let error = CommandError::usage(format!("`{name}` is not text: a terminal cannot show it"));
    Err(error
        .hint(format!(
            "add `--output case.{name}`, or send the output to a file with `>`"
        ))
        .into())
}

/// Writes the output, or explains what it loses. Returns whether `--strict` refuses it.
fn write(
    args: &ExportArgs,
    timeline: &Timeline,
    options: &ExportOptions<'_>,
    out: &mut dyn Write,
) -> Result<bool> {
    let losses = args.to.report(timeline, options);
    let is_refused = args.losses.refuse(&losses);
    let text = match args.losses.explain {
        Some(form) => Some((form.write)(&losses, timeline).into_bytes()),
        None if is_refused => None,
        None if args.to.purpose == WriterPurpose::Picture => {
            Some(picture_args::draw(timeline, options)?.into_bytes())
        }
        None => Some(args.to.bytes((args.to.write)(timeline, options))),
    };
    if let Some(text) = text {
        output_file::deliver(args.output.as_deref(), &text, out)?;
    }
    // A brief handout leaves out nearly everything on purpose.
    if options.extent != HandoutExtent::Brief {
        args.losses.report(&losses, &mut output::errors())?;
    }
    Ok(is_refused)
}

/// Refuses options for handouts if the format is not a handout, and a brief handout of a timeline without scenes.
fn refuse_what_does_not_fit(args: &ExportArgs, timeline: &Timeline) -> Result<()> {
    let writer = args.to;
    if !writer.is_handout() && args.since.is_some() {
        let error = CommandError::usage(format!("`{}` cannot include what changed", writer.name));
        return Err(error
            .hint("`--since` is for handouts; see also `dateline diff`")
            .into());
    }
    let is_brief = extent(args) != HandoutExtent::Full;
    if !writer.is_handout() && (args.notes || is_brief) {
        let error = CommandError::usage(format!("`{}` has no scenes", writer.name));
        return Err(error
            .hint("`--brief`, `--audience`, `--annex` and `--notes` are for handouts")
            .into());
    }
    args.picture.refuse_for(writer)?;
    if args.losses.strict && extent(args) == HandoutExtent::Brief {
        let error = CommandError::usage("`--strict`: a brief handout leaves things out on purpose");
        return Err(error.hint("`--annex` appends the rest").into());
    }
    let redactions = timeline.redactions();
    let withheld = redactions.later.scenes + redactions.marked.scenes;
    // Without the withheld scenes there is still a cover, which says how many there are.
    if is_brief && timeline.scenes().is_empty() && withheld == 0 {
        return Err(no_scenes(timeline).into());
    }
    Ok(())
}

/// The extent of a handout. With an audience it is brief: the audience keeps what it was shown.
fn extent(args: &ExportArgs) -> HandoutExtent {
    match (args.annex, args.brief || args.audience.is_some()) {
        (true, _) => HandoutExtent::BriefWithAnnex,
        (false, true) => HandoutExtent::Brief,
        (false, false) => HandoutExtent::Full,
    }
}

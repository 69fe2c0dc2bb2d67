//! `dateline export`: a timeline in another form, for people who do not have dateline.

use std::io::Write;

use anyhow::Result;

use super::args::{Export, Form};
use super::audience::check_audience;
use super::input;
use super::new_file;
use super::output;
use super::status::{Status, Usage};
use crate::formats::handout::{Handout, Wishes};
use crate::formats::records;
use crate::timeline::{EventId, Timeline};

/// Writes a handout. What is wrong with the file is told on standard error, not in it.
pub(super) fn run(args: &Export, out: &mut dyn Write) -> Result<Status> {
    let opened = input::open(&args.files, &args.withholding)?;
    let timeline = &opened.timeline;
    let audience = args.audience.as_deref();
    check_audience(timeline, audience)?;
    let Some(filter) = args.narrowing.filter(timeline, &mut output::errors())? else {
        return Ok(Status::Usage);
    };
    let matches = filter.matches(timeline);
    let text = match args.to {
        Form::Handout(form) => {
            let wishes = Wishes {
                matches: &matches,
                filter: filter.text(),
                surely: args.narrowing.surely,
                grouping: args.narrowing.group(timeline)?.unwrap_or_default(),
                audience,
                notes: args.notes,
            };
            (form.write)(&Handout::new(timeline, &wishes))
        }
        Form::Records(form) => {
            if args.notes || audience.is_some() {
                let message = format!(
                    "`{}` has no scenes: `--notes` and `--audience` are for handouts",
                    form.name
                );
                return Err(Usage(message).into());
            }
            let events = args.narrowing.wanted(&matches);
            tell_undated(timeline, &events, form)?;
            (form.write)(timeline, &events)
        }
    };
    new_file::deliver(args.output.as_deref(), &text, out)?;
    opened.tell_errors(&mut output::errors())
}

/// What a form leaves out is told: nobody takes what is there for all there is.
fn tell_undated(timeline: &Timeline, events: &[EventId], form: &records::Form) -> Result<()> {
    let is_undated = |id: EventId| {
        timeline
            .event(id)
            .bounds()
            .and_then(records::stamp)
            .is_none()
    };
    let undated = events.iter().filter(|&&id| is_undated(id)).count();
    if form.needs_date && undated > 0 {
        let count = crate::document::count(undated, "event");
        writeln!(
            output::errors(),
            "dateline: {count} without a date that it can write left out: `{}` cannot carry them",
            form.name
        )?;
    }
    Ok(())
}

//! `dateline export`: a timeline in another form, for people who do not have dateline.

use std::fs::OpenOptions;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::args::Export;
use super::brief::check_audience;
use super::input;
use super::status::Status;
use crate::formats::handout::{Handout, Wishes};

/// Writes a handout. What is wrong with the file is told on standard error, not in it.
pub(super) fn run(args: &Export, out: &mut dyn Write) -> Result<Status> {
    let opened = input::open(&args.files, &args.withholding)?;
    let timeline = &opened.timeline;
    let audience = args.audience.as_deref();
    check_audience(timeline, audience)?;
    let Some(filter) = args.narrowing.filter(timeline, &mut io::stderr())? else {
        return Ok(Status::Usage);
    };
    let handout = Handout::new(
        timeline,
        &Wishes {
            matches: &filter.matches(timeline),
            filter: filter.text(),
            surely: args.narrowing.surely,
            grouping: args.narrowing.group(timeline)?,
            audience,
            notes: args.notes,
        },
    );
    let text = (args.to.write)(&handout);
    if let Some(path) = &args.output {
        write_new(path, &text)?;
    } else {
        out.write_all(text.as_bytes())?;
        out.flush()?;
    }
    opened.tell_errors(&mut io::stderr())
}

/// Writes a file that is not there yet: what somebody has is never lost by a slip of the keys.
pub(super) fn write_new(path: &Path, text: &str) -> Result<()> {
    let name = path.display();
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => file
            .write_all(text.as_bytes())
            .with_context(|| format!("cannot write `{name}`")),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("`{name}` is there already; remove it first, or name another file")
        }
        Err(error) => Err(error).with_context(|| format!("cannot write `{name}`")),
    }
}

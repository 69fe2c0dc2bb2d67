//! `dateline list`: the events as plain text, or how many there are.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::input;
use super::narrowing::Narrowing;
use super::output;
use super::status::Status;
use super::withholding::Withholding;
use crate::date::Truth;
use crate::formats::{linear, text};
use crate::query::MatchCounts;
use crate::timeline::{Clock, Timeline};

/// What is to be printed of the events that are asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// Only how many there are.
    Count,
    /// Each, in order on a clock; on none, as they stand in the timeline.
    Events(Option<Clock>),
    /// Each in sentences, with all that is claimed of it, in the order of the view.
    Sentences,
}

/// What is to be listed, and how.
pub(super) struct Wishes<'a> {
    pub files: &'a [PathBuf],
    pub narrowing: &'a Narrowing,
    pub withholding: &'a Withholding,
    pub wanted: Wanted,
}

impl Wishes<'_> {
    /// The clock that the events are in order on: the one that is asked for, else that of the view.
    fn clock(&self, timeline: &Timeline) -> Result<Option<Clock>> {
        match self.wanted {
            Wanted::Events(clock @ Some(_)) => Ok(clock),
            Wanted::Events(None) | Wanted::Sentences | Wanted::Count => {
                self.narrowing.clock(timeline)
            }
        }
    }
}

/// Prints the events that are asked for. What is wrong with the file is told on standard error, not
/// among them.
pub(super) fn run(wishes: &Wishes<'_>, out: &mut dyn Write) -> Result<Status> {
    let opened = input::open(wishes.files, wishes.withholding)?;
    let timeline = &opened.timeline;
    let Some(filter) = wishes.narrowing.filter(timeline, &mut output::errors())? else {
        return Ok(Status::Usage);
    };
    let status = opened.report_errors(&mut output::errors())?;
    let matches = filter.matches(timeline);
    let least = if wishes.narrowing.surely {
        Truth::Yes
    } else {
        Truth::Possibly
    };
    match wishes.wanted {
        Wanted::Count => {
            let MatchCounts {
                surely,
                possibly,
                hidden,
            } = matches.counts();
            let all = surely + possibly + hidden;
            writeln!(out, "{surely} surely, {possibly} possibly, {all} in all")?;
            for line in crate::document::withheld(timeline) {
                writeln!(out, "{line}")?;
            }
        }
        Wanted::Events(_) | Wanted::Sentences => {
            let clock = wishes.clock(timeline)?;
            let order = timeline.by_clock(clock.unwrap_or(Clock::Happened));
            let answers = order.events().iter().map(|&id| (id, matches.truth(id)));
            let shown: Vec<_> = answers.filter(|(_, truth)| *truth >= least).collect();
            let printed = match wishes.wanted {
                Wanted::Sentences => linear::timeline(timeline, &shown),
                _ => text::list(timeline, &shown, clock),
            };
            out.write_all(printed.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(status)
}

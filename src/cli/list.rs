//! `dateline list`: the events as plain text, or how many there are.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::baseline::BaselineArgs;
use super::filter_args::FilterArgs;
use super::linear::wrapped;
use super::narrowed::NarrowedTimeline;
use super::output;
use super::progress;
use super::redaction_args::RedactionArgs;
use super::status::ExitStatus;
use crate::date::Truth;
use crate::formats::{linear, text};
use crate::query::MatchCounts;
use crate::timeline::{Clock, Timeline};

#[derive(Clone, Copy, Debug)]
pub(super) enum ListContent {
    /// Only the number of events.
    Count,
    /// One line per event, in the order of a clock; `None`: in the order of the timeline.
    Events(Option<Clock>),
    /// Each event in sentences with its claims, in the order of the view.
    Sentences,
}

pub(super) struct ListOptions<'a> {
    pub files: &'a [PathBuf],
    pub narrowing: &'a FilterArgs,
    pub withholding: &'a RedactionArgs,
    pub baseline: &'a BaselineArgs,
    pub content: ListContent,
}

impl ListOptions<'_> {
    fn open(&self) -> Result<NarrowedTimeline<'_>> {
        if self.withholding.is_requested() || self.baseline.since.is_some() {
            let opened = self.baseline.open(self.files, self.withholding)?;
            return Ok(NarrowedTimeline::whole(opened, self.narrowing, self.files));
        }
        NarrowedTimeline::by_row(self.files, self.narrowing, self.withholding)
    }

    /// The clock that orders the events: from the arguments, otherwise from the view.
    fn clock(&self, timeline: &Timeline) -> Result<Option<Clock>> {
        match self.content {
            ListContent::Events(clock @ Some(_)) => Ok(clock),
            ListContent::Events(None) | ListContent::Sentences | ListContent::Count => {
                self.narrowing.clock(timeline)
            }
        }
    }
}

/// Prints the events. Errors of the file go to standard error.
pub(super) fn run(options: &ListOptions<'_>, out: &mut dyn Write) -> Result<ExitStatus> {
    let narrowed = options.open()?;
    let NarrowedTimeline { opened, .. } = &narrowed;
    let timeline = &opened.timeline;
    let Some(filter) = narrowed.filter(&mut output::errors())? else {
        return Ok(ExitStatus::Usage);
    };
    let status = opened.report_errors(&mut output::errors())?;
    // Until the events are printed.
    let _filtering = progress::working("filtering");
    let matches = filter.matches(timeline);
    let least = if options.narrowing.surely {
        Truth::Yes
    } else {
        Truth::Possibly
    };
    match options.content {
        ListContent::Count => {
            let MatchCounts {
                surely,
                possibly,
                hidden,
            } = matches.counts();
            let all = surely + possibly + hidden + narrowed.left_out();
            writeln!(out, "{surely} surely, {possibly} possibly, {all} in all")?;
            for line in crate::document::withheld(timeline) {
                writeln!(out, "{line}")?;
            }
        }
        ListContent::Events(_) | ListContent::Sentences => {
            let clock = options.clock(timeline)?;
            let order = timeline.by_clock(clock.unwrap_or(Clock::Happened));
            let answers = order.events().iter().map(|&id| (id, matches.truth(id)));
            let shown: Vec<_> = answers.filter(|(_, truth)| *truth >= least).collect();
            let printed = match options.content {
                ListContent::Sentences => linear::timeline(timeline, &shown),
                _ => text::list(timeline, &shown, clock),
            };
            let printed = match options.content {
                ListContent::Sentences => wrapped(&printed),
                _ => Cow::Borrowed(printed.as_str()),
            };
            out.write_all(printed.as_bytes())?;
        }
    }
    out.flush()?;
    Ok(status)
}

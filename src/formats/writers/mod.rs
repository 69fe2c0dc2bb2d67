//! The formats that dateline writes, as a table: `dateline export --to`, its help, shell completions and the guide use its
//! rows.
//!
//! A new format is a file in this folder and a row here.

mod export_options;
pub mod handout;
mod html;
pub(super) mod markdown;
pub mod records;

pub use export_options::{ExportOptions, ExportedChanges, HandoutExtent};

use self::handout::Handout;
use crate::timeline::{EventId, Timeline};

/// A format that dateline writes: one row of [`WRITERS`].
#[derive(Clone, Copy, Debug)]
pub struct FormatWriter {
    /// On the command line.
    pub name: &'static str,
    /// What it is for, for the help.
    pub summary: &'static str,
    /// The parts of a timeline that it does not have, and what it changes.
    pub loses: &'static str,
    /// Whether it has scenes, so that `--audience` and `--notes` apply.
    pub has_scenes: bool,
    /// Whether it leaves out events without a stamp.
    pub needs_stamp: bool,
    pub write: fn(&Timeline, &ExportOptions<'_>) -> String,
}

/// Every format. Handouts are for people, and records for other programs.
pub const WRITERS: &[FormatWriter] = &[
    FormatWriter {
        name: "markdown",
        summary: "handout to paste into a wiki, an issue or a mail: CommonMark with pipe tables",
        loses: "links within the page, colours; dateline does not read it back",
        has_scenes: true,
        needs_stamp: false,
        write: |timeline, options| markdown::write(&Handout::new(timeline, options)),
    },
    FormatWriter {
        name: "html",
        summary: "handout to read and to print: one page with a picture of the overview, without scripts or downloads",
        loses: "filtering while reading; dateline does not read it back",
        has_scenes: true,
        needs_stamp: false,
        write: |timeline, options| html::write(&Handout::new(timeline, options)),
    },
    FormatWriter {
        name: "timesketch-csv",
        summary: "rows to upload to Timesketch; dateline reads them back",
        loses: "undated events, claims, links and scenes; of entities and sources all but the name. `datetime` is the first instant of an imprecise date, `when_edtf` the date as written; `contested` and `after` come back as attributes of a log",
        has_scenes: false,
        needs_stamp: true,
        write: |timeline, options| records::timesketch_csv(timeline, &selected(options)),
    },
    FormatWriter {
        name: "jsonl",
        summary: "one object per line, for jq and Timesketch; dateline reads them back",
        loses: "claims, links and scenes; of entities and sources all but the name. `datetime` is the first instant of an imprecise date, `when_edtf` the date as written; `contested` and `after` come back as attributes of a log",
        has_scenes: false,
        needs_stamp: false,
        write: |timeline, options| records::json_lines(timeline, &selected(options)),
    },
    FormatWriter {
        name: "csv",
        summary: "rows for a spreadsheet; dateline reads them back",
        loses: "claims, links and scenes; of entities and sources all but the name. Text that a spreadsheet would compute gets a `'` in front, also after a `;`, a `|` or a line break; `contested` and `after` come back as attributes of a log",
        has_scenes: false,
        needs_stamp: false,
        write: |timeline, options| records::csv(timeline, &selected(options)),
    },
];

/// The events that the options select, in the order of the timeline.
fn selected(options: &ExportOptions<'_>) -> Vec<EventId> {
    options.events().into_iter().map(|(id, _)| id).collect()
}

impl FormatWriter {
    pub fn find(name: &str) -> Option<&'static Self> {
        WRITERS.iter().find(|writer| writer.name == name)
    }

    /// How many of the selected events the format leaves out.
    pub fn left_out(&self, timeline: &Timeline, options: &ExportOptions<'_>) -> usize {
        if !self.needs_stamp {
            return 0;
        }
        let has_stamp = |id| {
            timeline
                .event(id)
                .bounds()
                .and_then(records::stamp)
                .is_some()
        };
        let events = selected(options).into_iter();
        events.filter(|&id| !has_stamp(id)).count()
    }
}

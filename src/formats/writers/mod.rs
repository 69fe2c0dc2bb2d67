//! The formats in which a timeline is written, as a table: `dateline export --to`, its help, the completions of shells
//! and the README use its rows.
//!
//! A new format is a file in this folder and a row here.

mod export_options;
pub mod handout;
mod html;
mod markdown;
pub mod records;

pub use export_options::ExportOptions;

use self::handout::Handout;
use crate::timeline::{EventId, Timeline};

/// A format in which a timeline is written: one row of [`WRITERS`].
#[derive(Clone, Copy, Debug)]
pub struct FormatWriter {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is for.
    pub summary: &'static str,
    /// What of a timeline it cannot carry.
    pub loses: &'static str,
    /// Whether scenes are in it, so that `--audience` and `--notes` mean something.
    pub has_scenes: bool,
    /// Whether an event is in it only if it has a stamp.
    pub needs_stamp: bool,
    /// Writes the events that the options select.
    pub write: fn(&Timeline, &ExportOptions<'_>) -> String,
}

/// Every format. Handouts are for people, and records for other programs.
pub const WRITERS: &[FormatWriter] = &[
    FormatWriter {
        name: "markdown",
        summary: "a handout to paste into a wiki, an issue or a mail: CommonMark with pipe tables",
        loses: "links within the page, colours, more than characters for the overview; a timeline is not read back from it",
        has_scenes: true,
        needs_stamp: false,
        write: |timeline, options| markdown::write(&Handout::new(timeline, options)),
    },
    FormatWriter {
        name: "html",
        summary: "a handout to read and to print: one page with a picture of the overview, no scripts, nothing fetched",
        loses: "a filter to change while reading; a timeline is not read back from it",
        has_scenes: true,
        needs_stamp: false,
        write: |timeline, options| html::write(&Handout::new(timeline, options)),
    },
    FormatWriter {
        name: "timesketch-csv",
        summary: "rows to upload to Timesketch; dateline reads them back",
        loses: "undated events, claims, links and scenes; all of an entity or source but its name; an imprecise date has its first instant for `datetime`, its own words are in `when_edtf`; `contested` and `after` are read back as what a log says",
        has_scenes: false,
        needs_stamp: true,
        write: |timeline, options| records::timesketch_csv(timeline, &selected(options)),
    },
    FormatWriter {
        name: "jsonl",
        summary: "an object a line, for jq and for Timesketch; dateline reads them back",
        loses: "claims, links and scenes; all of an entity or source but its name; an imprecise date has its first instant for `datetime`, its own words are in `when_edtf`; `contested` and `after` are read back as what a log says",
        has_scenes: false,
        needs_stamp: false,
        write: |timeline, options| records::json_lines(timeline, &selected(options)),
    },
    FormatWriter {
        name: "csv",
        summary: "rows for a spreadsheet; dateline reads them back",
        loses: "claims, links and scenes; all of an entity or source but its name; a text that a spreadsheet would compute has `'` before it, and before any cell that a `;`, `|` or line break in it begins; `contested` and `after` are read back as what a log says",
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
    /// The format with a name.
    pub fn find(name: &str) -> Option<&'static Self> {
        WRITERS.iter().find(|writer| writer.name == name)
    }

    /// How many of the selected events the format has no place for: those without a stamp, where it needs one.
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

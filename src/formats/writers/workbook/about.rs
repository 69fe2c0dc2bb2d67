//! The sheet about a workbook: what it is of, how it is marked, and what it lacks.

use super::losses::LOSSES;
use super::sheet::SheetWriter;
use crate::document::withheld;
use crate::formats::writers::ExportOptions;
use crate::formats::writers::loss::LossReport;
use crate::text::visible;
use crate::timeline::{EventId, Timeline};

/// The strictest marking of anything in the timeline, and its banner.
pub(super) fn marking(timeline: &Timeline) -> String {
    let tlp = timeline.effective_marking().map(|tlp| format!("TLP:{tlp}"));
    let banner = timeline
        .head()
        .banner
        .as_deref()
        .map(|banner| visible(banner.trim()).into_owned());
    let parts: Vec<String> = tlp.into_iter().chain(banner).collect();
    parts.join("  ")
}

pub(super) fn sheet(
    timeline: &Timeline,
    options: &ExportOptions<'_>,
    events: &[EventId],
) -> SheetWriter {
    let mut sheet = SheetWriter::new("About", 2);
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            sheet.texts([name, &visible_lines(value)]);
        }
    };
    row("about", "value");
    row("title", &timeline.head().title);
    row("marking", &marking(timeline));
    row("summary", &timeline.head().summary);
    row("filter", options.filter);
    let count = format!("{} of {}", events.len(), timeline.len());
    row("events", &count);
    for words in withheld(timeline) {
        row("withheld", &words);
    }
    let losses = LossReport::new("xlsx", LOSSES, timeline, events.to_vec());
    row("losses", &losses.line().unwrap_or_default());
    sheet
}

/// A text whose lines have no character that a reader cannot see.
pub(super) fn visible_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(visible).collect();
    lines.join("\n")
}

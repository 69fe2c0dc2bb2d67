//! The sheet about a workbook: what it is of, how it is marked, and what it lacks.

use super::losses::LOSSES;
use super::sheet::SheetWriter;
use crate::document::withheld;
use crate::formats::workbook::columns::ABOUT;
use crate::formats::writers::ExportOptions;
use crate::formats::writers::items::UNREAD;
use crate::formats::writers::loss::LossReport;
use crate::formats::writers::records::visible_lines;
use crate::text::visible;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::Tlp;
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

/// The rows of [`ABOUT_KEYS`](crate::formats::workbook::columns::ABOUT_KEYS) are read back; the others are for people.
pub(super) fn sheet(
    timeline: &Timeline,
    options: &ExportOptions<'_>,
    events: &[EventId],
) -> SheetWriter {
    let mut sheet = SheetWriter::new(ABOUT.name, ABOUT.columns.len());
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            sheet.texts([name, &visible_lines(value)]);
        }
    };
    let head = timeline.head();
    let tlp = head.tlp.map(Tlp::as_str);
    let tlp = if head.tlp_unread { Some(UNREAD) } else { tlp };
    let yardstick = Some(head.yardstick).filter(|it| *it != Yardstick::default());
    let zone = head.zone.as_ref().map(ToString::to_string);
    let start = head.start.filter(|id| events.contains(id));
    let start = start.map(|id| timeline.event(id).key());
    row("about", "value");
    row("title", &head.title);
    row("marking", &marking(timeline));
    row("tlp", tlp.unwrap_or_default());
    row("banner", head.banner.as_deref().unwrap_or_default());
    row("summary", &head.summary);
    row("yardstick", yardstick.map_or("", Yardstick::as_str));
    row("zone", zone.as_deref().unwrap_or_default());
    row("start", start.as_deref().unwrap_or_default());
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

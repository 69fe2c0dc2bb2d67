//! Pictures inside the page, as figures with a caption.

use std::fmt::Write as _;

use super::escape::escaped;
use crate::chart::ChartEvents;
use crate::formats::writers::HandoutExtent;
use crate::formats::writers::picture::{InnerPicture, InnerRequest, LanePitch, inner};

/// The overview is at most so high with titles: a page that is read in a browser scrolls, a cover does not.
const HIGHEST: i32 = 1400;
const HIGHEST_COVER: i32 = 620;

/// The overview, which explains its signs; nothing if nothing is dated.
pub(super) fn overview(events: &ChartEvents<'_>, extent: HandoutExtent) -> String {
    let has_events = extent != HandoutExtent::Brief;
    let request = InnerRequest {
        width: 1000,
        most_height: match extent {
            HandoutExtent::Full => HIGHEST,
            HandoutExtent::Brief | HandoutExtent::BriefWithAnnex => HIGHEST_COVER,
        },
        font: 12,
        pitch: LanePitch { row: 14, air: 4 },
        most_titles: usize::MAX,
        has_legend: true,
    };
    let elsewhere = if has_events {
        "; the same events follow as text"
    } else {
        ""
    };
    let events = events.clone().on_whole_axis();
    let picture = inner(&events, request, elsewhere);
    picture.map_or_else(String::new, |picture| {
        let caption = format!(
            "An event too short for a band is its shape alone; the small shape in a band shows only the kind. {}",
            picture.not_drawn
        );
        figure(&picture, "Overview", &caption)
    })
}

/// The events of a scene as a figure without a legend; nothing if nothing is dated.
pub(super) fn of_scene(events: &ChartEvents<'_>) -> String {
    let request = InnerRequest {
        width: 1120,
        most_height: 340,
        font: 14,
        // Paper is scarce: several scenes are on a sheet.
        pitch: LanePitch { row: 15, air: 2 },
        most_titles: 16,
        has_legend: false,
    };
    let picture = inner(events, request, "");
    picture.map_or_else(String::new, |picture| {
        let caption = format!("{} {}", events.words_of_clock(), picture.not_drawn);
        figure(&picture, "Events of the scene", &caption)
    })
}

fn figure(picture: &InnerPicture, name: &str, caption: &str) -> String {
    let svg = &picture.svg;
    let mut out = format!(
        "<figure>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{name}\">\n{svg}</div>\n"
    );
    let caption = escaped(caption.trim());
    if !caption.is_empty() {
        writeln!(out, "<figcaption>{caption}</figcaption>").expect("a string takes all");
    }
    out.push_str("</figure>\n");
    out
}

//! The file of a picture: SVG 1.1 without scripts, links, or anything that is fetched.

use std::fmt::Write as _;

use super::axis::{self, AxisPlace};
use super::measure::WrappedLine;
use super::page::{PageLayout, PagePlaces};
use super::size::PictureSize;
use super::style;
use super::words;
use super::writing::{TextAnchor, TextLines};
use crate::formats::writers::html::escape::escaped;

/// A page as a file.
pub(super) fn svg(page: &PageLayout<'_>, size: PictureSize) -> String {
    let content = page.content;
    let (width, height, font) = (content.width, page.height, page.font);
    let places = page.places();
    let mut out = start(page, size);
    let style = style::on_paper();
    writeln!(
        out,
        "<style>\n{style}</style>\n<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>"
    )
    .expect("a string takes all");
    writeln!(
        out,
        "<g font-family=\"system-ui, sans-serif\" font-size=\"{font}\">"
    )
    .expect("a string takes all");
    out.push_str(&head(page, places));
    out.push_str(&chart(page, places));
    out.push_str(&foot(page, places));
    out.push_str("</g>\n</svg>\n");
    out
}

/// The first elements: what the picture is, for programs and for readers who do not see it.
fn start(page: &PageLayout<'_>, size: PictureSize) -> String {
    let content = page.content;
    let (width, height) = (content.width, page.height);
    let sides = match size.paper {
        Some([width, height]) => format!("width=\"{width}mm\" height=\"{height}mm\""),
        None => format!("width=\"{width}\" height=\"{height}\""),
    };
    let lanes = page.lanes.as_ref();
    let chart = lanes.map(|lanes| &lanes.content.chart);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" {sides} viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-labelledby=\"dateline-title dateline-desc\">\n\
         <title id=\"dateline-title\">{}{}</title>\n<desc id=\"dateline-desc\">{}</desc>\n",
        content.marking.prefix(),
        escaped(&content.title),
        escaped(&words::description(content.subject, chart))
    )
}

/// The marking, the title, and the line below it.
fn head(page: &PageLayout<'_>, places: PagePlaces) -> String {
    let content = page.content;
    let (left, font) = (content.margin, page.font);
    let marking = content.marking.line(font, content.room());
    let mut out = marking.draw(left + content.room(), content.margin);
    let font = page.title_font();
    let title = paragraph("head", &page.title, font, page.title_pitch());
    writeln!(
        out,
        "<g font-size=\"{font}\">\n{}</g>",
        title.draw((left, places.title + font), TextAnchor::Start)
    )
    .expect("a string takes all");
    let subtitle = paragraph("note", &page.subtitle, page.font, page.line_pitch());
    let at = (left, places.subtitle + page.font);
    out.push_str(&subtitle.draw(at, TextAnchor::Start));
    out
}

/// The lanes over their axis.
fn chart(page: &PageLayout<'_>, places: PagePlaces) -> String {
    let Some(lanes) = &page.lanes else {
        return String::new();
    };
    let drawn = lanes.draw(places.lanes, page.pitch, false);
    let content = lanes.content;
    let axis = AxisPlace {
        labels: places.axis + page.font,
        top: places.lanes,
        bottom: drawn.bottom,
        font: page.font,
    };
    drawn.ground + &axis::draw(&content.chart, content.scale, axis) + &drawn.marks
}

/// The list, the legend, what is left out, and the marking.
fn foot(page: &PageLayout<'_>, places: PagePlaces) -> String {
    let content = page.content;
    let (left, font) = (content.margin, page.font);
    let marking = content.marking.line(font, content.room());
    let mut out = page.list.draw((left, places.list));
    out.push_str(&page.legend.draw((left, places.legend)));
    if !page.left_out.is_empty() {
        let lines = paragraph("note", &page.left_out, font, page.line_pitch());
        out.push_str(&lines.draw((left, places.left_out + font), TextAnchor::Start));
    }
    out.push_str(&marking.draw(left + content.room(), places.marking));
    out
}

const fn paragraph<'a>(
    class: &'a str,
    lines: &'a [WrappedLine],
    font: i32,
    pitch: i32,
) -> TextLines<'a> {
    TextLines {
        class,
        lead: "",
        lines,
        font,
        pitch,
    }
}

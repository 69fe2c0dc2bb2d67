//! A picture of a timeline, as SVG: every event on one axis, with its title next to its mark or in a list below.
//!
//! Nothing is cut, and nothing is drawn more narrowly than the chart says. What has no room makes the writing smaller,
//! then becomes a number; a picture that is too small even for that is refused.

mod axis;
mod document;
mod family_shapes;
mod fit;
mod inner;
mod label;
mod lanes;
mod legend;
mod list;
pub(super) mod losses;
mod mark;
mod marking;
mod measure;
mod page;
mod rows;
mod scale;
mod size;
mod style;
mod subject;
mod titles;
mod words;
mod writing;

pub(super) use self::inner::{InnerPicture, InnerRequest, inner};
pub(super) use self::lanes::LanePitch;
pub use self::size::{
    NamedSize, PICTURE_LABELS, PICTURE_SIZES, PictureLabels, PictureOptions, PictureSize,
};
pub(super) use self::style::STYLE;

use self::fit::PageCharts;
use self::page::PageContent;
use self::subject::PictureSubject;
use super::ExportOptions;
use crate::timeline::Timeline;

/// A picture that does not hold its events, not even as numbers with a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureTooSmall {
    pub events: usize,
    pub width: u16,
    pub height: u16,
    /// A height that suffices; `None` if no picture of this width is so high.
    pub needed: Option<u16>,
}

/// No picture holds more events: a reader could not use it.
const MOST_EVENTS: usize = 3000;

/// The picture of the requested size.
///
/// # Errors
/// When the size does not hold the events.
pub fn draw(timeline: &Timeline, options: &ExportOptions<'_>) -> Result<String, PictureTooSmall> {
    let events = options.events();
    let PictureOptions { size, .. } = options.picture;
    let too_small = |needed| PictureTooSmall {
        events: events.len(),
        width: size.width,
        height: size.height,
        needed,
    };
    if events.len() > MOST_EVENTS {
        return Err(too_small(None));
    }
    let subject = PictureSubject::new(timeline, &events, options.grouping);
    let content = PageContent::new(&subject, options, size);
    if let Some(page) = PageCharts::new(&content, options.picture).fitted() {
        return Ok(document::svg(&page, size));
    }
    let charts = PageCharts::new(&content, options.picture.without_purpose());
    Err(too_small(PictureSize::height_of(charts.lowest().height)))
}

/// The picture of the requested size or, if that does not hold the events, as high as it has to be.
pub(super) fn write(timeline: &Timeline, options: &ExportOptions<'_>) -> String {
    draw(timeline, options).unwrap_or_else(|_| {
        let subject = PictureSubject::new(timeline, &options.events(), options.grouping);
        let picture = options.picture.without_purpose();
        let content = PageContent::new(&subject, options, picture.size);
        let charts = PageCharts::new(&content, picture);
        document::svg(&charts.lowest(), picture.size)
    })
}

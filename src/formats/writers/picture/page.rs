//! A picture that is a file of its own: its title, its marking, its chart, and below it everything that is not in the
//! chart.

use std::collections::{BTreeMap, BTreeSet};

use super::label::{LabelKind, LabelStyle};
use super::lanes::{LaidLanes, LaneContent, LanePitch, LaneStyle, int, room_for_names};
use super::legend::{Legend, LegendFacts};
use super::list::{EventList, ListEntry};
use super::marking::PictureMarking;
use super::measure::{WrappedLine, wrapped};
use super::scale::{COLUMN, PictureScale};
use super::size::PictureSize;
use super::subject::PictureSubject;
use super::words;
use crate::formats::writers::ExportOptions;
use crate::timeline::EventId;

/// Everything on the page, whatever its size.
pub(super) struct PageContent<'a> {
    pub subject: &'a PictureSubject<'a>,
    pub marking: PictureMarking,
    pub title: String,
    pub subtitle: String,
    pub left_out: Vec<String>,
    pub width: i32,
    pub margin: i32,
}

/// How a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PageStyle<'a> {
    pub font: i32,
    /// Whether dates are written before titles.
    pub has_dates: bool,
    /// Whether labels also go to the left of their marks where that saves rows.
    pub is_tight: bool,
    /// The events whose titles are next to their marks; the others have numbers.
    pub titled: &'a BTreeSet<EventId>,
}

/// A page whose parts have their measures.
pub(super) struct PageLayout<'a> {
    pub content: &'a PageContent<'a>,
    pub font: i32,
    pub title: Vec<WrappedLine>,
    pub subtitle: Vec<WrappedLine>,
    pub lanes: Option<LaidLanes<'a>>,
    pub pitch: LanePitch,
    pub list: EventList<'a>,
    pub legend: Legend,
    pub left_out: Vec<WrappedLine>,
    pub height: i32,
}

impl<'a> PageContent<'a> {
    pub fn new(
        subject: &'a PictureSubject<'a>,
        options: &ExportOptions<'_>,
        size: PictureSize,
    ) -> Self {
        Self {
            subject,
            marking: PictureMarking::of(subject),
            title: words::title(subject.timeline),
            subtitle: words::subtitle(subject),
            left_out: words::left_out(subject, options),
            width: size.width.into(),
            margin: i32::from(size.width) / 50,
        }
    }

    /// The width between the margins.
    pub const fn room(&self) -> i32 {
        self.width - 2 * self.margin
    }

    pub fn marking_height(&self, font: i32) -> i32 {
        self.marking.line(font, self.room()).height()
    }

    /// With the gap before it; 0 without a marking.
    fn marking_width(&self, font: i32) -> i32 {
        match self.marking.line(font, self.room()).width() {
            0 => 0,
            width => width + 2 * font,
        }
    }

    /// The chart in a font; `None` if nothing is dated.
    pub fn chart(&self, font: i32) -> Option<LaneContent<'a>> {
        chart_in(self.subject, font, [self.margin, self.width - self.margin])
    }

    /// The page in a style, as low as it can be; `None` if it is higher than `most`.
    pub fn laid_out(
        &'a self,
        chart: Option<&'a LaneContent<'a>>,
        style: PageStyle<'_>,
        most: Option<i32>,
    ) -> Option<PageLayout<'a>> {
        let PageStyle { font, .. } = style;
        let least = LanePitch {
            row: row(font),
            air: font / 3,
        };
        let drawn = chart.map_or_else(Vec::new, LaneContent::events);
        let numbers = self.numbers(&drawn, style.titled);
        let room = self.room() - self.marking_width(font);
        let in_lines = |text: &String| wrapped(text, font, room, 0);
        let mut page = PageLayout {
            content: self,
            font,
            title: wrapped(&self.title, title_font(font), room * 100 / 118, 0),
            subtitle: in_lines(&self.subtitle),
            lanes: None,
            pitch: least,
            list: EventList::default(),
            legend: self.legend(chart, font, &drawn, !numbers.is_empty()),
            left_out: self.left_out.iter().flat_map(in_lines).collect(),
            height: 0,
        };
        if let Some(chart) = chart {
            let lanes = int(chart.chart.lanes.len()) * 2 * least.air;
            let rows = most.map(|most| (most - page.height_without_lanes() - lanes) / least.row);
            let rows = rows.map(|rows| usize::try_from(rows).ok());
            let kind = |id: EventId| match numbers.get(&id) {
                Some(number) => LabelKind::Number(*number),
                None => LabelKind::Title,
            };
            page.lanes = Some(chart.laid_out(LaneStyle {
                labels: LabelStyle {
                    font,
                    has_dates: style.has_dates,
                },
                is_tight: style.is_tight,
                kind: &kind,
                most_rows: rows.unwrap_or(Some(usize::MAX))?,
            })?);
        }
        // Last, since it is what costs most.
        page.list = EventList::new(&self.entries(&drawn, &numbers), font, self.room());
        page.height = page.least_height();
        match most {
            Some(most) if page.height > most => None,
            _ => Some(page),
        }
    }

    /// The numbers of the events on the axis that have no title there, from 1 in the order of the timeline.
    fn numbers(&self, drawn: &[EventId], titled: &BTreeSet<EventId>) -> BTreeMap<EventId, usize> {
        let drawn: BTreeSet<EventId> = drawn.iter().copied().collect();
        let order = self.subject.order.iter().copied();
        let untitled = order.filter(|id| drawn.contains(id) && !titled.contains(id));
        untitled.zip(1..).collect()
    }

    /// The list: events by number, then those that are not on the axis.
    fn entries(&self, drawn: &[EventId], numbers: &BTreeMap<EventId, usize>) -> Vec<ListEntry<'a>> {
        let drawn: BTreeSet<EventId> = drawn.iter().copied().collect();
        let events = || self.subject.each();
        let numbered = events().filter_map(|(id, event)| {
            Some(ListEntry {
                heading: None,
                number: Some(*numbers.get(&id)?),
                event,
            })
        });
        let mut entries: Vec<ListEntry<'a>> = numbered.collect();
        let others = events().filter(|(id, _)| !drawn.contains(id));
        let heading = "Without a date";
        let mut heading = Some(heading.to_owned());
        entries.extend(others.map(|(_, event)| ListEntry {
            heading: heading.take(),
            number: None,
            event,
        }));
        entries
    }

    fn legend(
        &self,
        chart: Option<&LaneContent<'_>>,
        font: i32,
        drawn: &[EventId],
        has_numbers: bool,
    ) -> Legend {
        let drawn: BTreeSet<EventId> = drawn.iter().copied().collect();
        let listed = self.subject.each().filter(|(id, _)| !drawn.contains(id));
        let facts = LegendFacts {
            listed: listed.map(|(_, event)| event.family).collect(),
            has_flags: self.subject.each().any(|(_, event)| event.is_contested),
            has_bold: self.subject.each().any(|(_, event)| event.is_selected),
            has_numbers,
        };
        let room = self.room() - self.marking_width(font);
        Legend::new(chart.map(|it| &it.chart), &facts, font, room)
    }
}

/// The events on an axis between two edges; `None` if nothing is dated.
pub(super) fn chart_in<'a>(
    subject: &'a PictureSubject<'a>,
    font: i32,
    [left, right]: [i32; 2],
) -> Option<LaneContent<'a>> {
    let half = (font * 43 + 50) / 100;
    // Which lanes there are does not depend on the columns.
    let names = subject.chart.draw(1)?;
    let start = left + room_for_names(&names, font, right - left);
    // A sign at either end of the axis is whole.
    let columns = (right - half - start) / COLUMN;
    let chart = subject.chart.draw(u16::try_from(columns).ok()?)?;
    let scale = PictureScale {
        left: start,
        columns: chart.axis.width,
        half,
    };
    Some(LaneContent::new(chart, subject, scale, left))
}

/// The least distance from one row of a lane to the next.
const fn row(font: i32) -> i32 {
    font * 12 / 10
}

const fn title_font(font: i32) -> i32 {
    font * 17 / 10
}

/// Where the parts of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PagePlaces {
    pub title: i32,
    pub subtitle: i32,
    /// The labels of the axis.
    pub axis: i32,
    pub lanes: i32,
    pub list: i32,
    pub legend: i32,
    pub left_out: i32,
    /// The marking at the bottom.
    pub marking: i32,
}

impl PageLayout<'_> {
    pub const fn title_font(&self) -> i32 {
        title_font(self.font)
    }

    pub const fn title_pitch(&self) -> i32 {
        self.title_font() * 13 / 10
    }

    /// From one line of the foot to the next.
    pub const fn line_pitch(&self) -> i32 {
        self.font * 14 / 10
    }

    /// Between two parts.
    const fn gap(&self) -> i32 {
        self.font
    }

    /// Where the parts begin, on a page as high as this one.
    pub fn places(&self) -> PagePlaces {
        let (gap, marking) = (self.gap(), self.content.marking_height(self.font));
        let title = self.content.margin;
        let subtitle = title + int(self.title.len()) * self.title_pitch();
        let head = subtitle + int(self.subtitle.len()) * self.line_pitch();
        let axis = head.max(title + marking) + gap;
        let bottom = self.height - self.content.margin;
        let left_out = bottom - int(self.left_out.len()) * self.line_pitch();
        // The marking is to the right of what is left out and of the legend.
        let legend = left_out - self.legend.height();
        let list = legend.min(bottom - marking) - self.list_height();
        PagePlaces {
            title,
            subtitle,
            axis,
            lanes: axis + self.axis_height(),
            list,
            legend,
            left_out,
            marking: bottom - marking,
        }
    }

    const fn axis_height(&self) -> i32 {
        if self.lanes.is_some() {
            self.font * 2
        } else {
            0
        }
    }

    /// With the gap below it.
    fn list_height(&self) -> i32 {
        match self.list.height() {
            0 => 0,
            height => height + self.gap(),
        }
    }

    fn height_without_lanes(&self) -> i32 {
        let places = self.places();
        // What is below the lanes is placed from the bottom up.
        places.lanes + self.gap() + self.height - places.list
    }

    fn least_height(&self) -> i32 {
        let lanes = self.lanes.as_ref();
        self.height_without_lanes() + lanes.map_or(0, |lanes| lanes.height(self.pitch))
    }

    /// Makes the page higher. The lanes get the room, as far as that makes them better to read.
    pub fn stretch(&mut self, height: i32) {
        let spare = height - self.height;
        self.height = height;
        let Some(lanes) = &self.lanes else {
            return;
        };
        let (count, rows) = lanes.counts();
        let row = (self.pitch.row + spare / rows.max(1)).min(self.font * 18 / 10);
        let spare = spare - (row - self.pitch.row) * rows;
        let air = (self.pitch.air + spare / (2 * count).max(1)).min(self.font * 3 / 2);
        self.pitch = LanePitch { row, air };
    }
}

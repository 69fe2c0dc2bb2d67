//! The lanes of a picture: their names, and their marks with labels in rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::label::{Label, LabelKind, LabelStyle};
use super::mark;
use super::measure::{WrappedLine, bold_width, wrapped};
use super::rows::{LabelSide, LabelSize, LaneRoom, RowItem, RowPlace, place, row_count};
use super::scale::PictureScale;
use super::subject::PictureSubject;
use super::writing::{TextAnchor, TextLines};
use crate::chart::{Chart, ChartLane, EventMark};
use crate::document::PhaseFamily;
use crate::formats::writers::html::escape::escaped;
use crate::timeline::EventId;

/// The greatest width of a label next to a mark, in hundredths of the axis. A wider label is broken into lines.
const WIDEST_LABEL: i32 = 60;
/// Before the name of a lane, and between it and the axis.
const NAME_GAP: i32 = 8;

/// The events of a chart, and the room for them.
pub(super) struct LaneContent<'a> {
    pub chart: Chart,
    pub subject: &'a PictureSubject<'a>,
    pub scale: PictureScale,
    /// Where the names of the lanes begin.
    pub left: i32,
    /// Of each mark of each lane: whether it is the first of its event. Only that has a label.
    is_first: Vec<Vec<bool>>,
}

/// How lanes are laid out.
#[derive(Clone, Copy)]
pub(super) struct LaneStyle<'a> {
    pub labels: LabelStyle,
    /// Whether labels also go to the left of their marks where that saves rows.
    pub is_tight: bool,
    /// What is written next to the mark of an event.
    pub kind: &'a dyn Fn(EventId) -> LabelKind,
    /// The most rows of all lanes together.
    pub most_rows: usize,
}

/// Lanes whose marks and labels have their places.
pub(super) struct LaidLanes<'a> {
    lanes: Vec<LaidLane<'a>>,
    pub content: &'a LaneContent<'a>,
    labels: LabelStyle,
}

struct LaidLane<'a> {
    name: Vec<WrappedLine>,
    marks: Vec<LaidMark<'a>>,
    rows: usize,
}

struct LaidMark<'a> {
    mark: &'a EventMark,
    place: RowPlace,
    label: Option<Label>,
}

/// The vertical measures of lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::writers) struct LanePitch {
    /// From one row to the next.
    pub row: i32,
    /// Above and below the rows of a lane.
    pub air: i32,
}

/// Drawn lanes, in layers: the axis comes between them.
pub(super) struct DrawnLanes {
    pub ground: String,
    pub marks: String,
    /// Where they end.
    pub bottom: i32,
}

/// The room for the names of lanes: what the widest needs, up to a sixth of the picture.
pub(super) fn room_for_names(chart: &Chart, font: i32, width: i32) -> i32 {
    let names = chart.lanes.iter();
    let names = names.map(|lane| bold_width(&lane.name, font));
    let most = (width / 6).max(6 * font);
    names.max().unwrap_or(0).min(most) + 2 * NAME_GAP
}

impl<'a> LaneContent<'a> {
    pub fn new(
        chart: Chart,
        subject: &'a PictureSubject<'a>,
        scale: PictureScale,
        left: i32,
    ) -> Self {
        let mut seen: BTreeSet<EventId> = BTreeSet::new();
        let mut is_first = |lane: &ChartLane| {
            let marks = lane.marks.iter();
            marks.map(|mark| seen.insert(mark.event)).collect()
        };
        Self {
            is_first: chart.lanes.iter().map(&mut is_first).collect(),
            chart,
            subject,
            scale,
            left,
        }
    }

    /// The events with a label in a lane.
    pub fn labelled(&self, lane: usize) -> impl Iterator<Item = EventId> {
        let marks = self.chart.lanes[lane]
            .marks
            .iter()
            .zip(&self.is_first[lane]);
        marks
            .filter(|(_, is_first)| **is_first)
            .map(|(mark, _)| mark.event)
    }

    /// How many rows some items of a lane take in a font, if labels go to the left too.
    pub fn rows(&self, lane: usize, items: &[RowItem], font: i32) -> usize {
        let name = self.name(&self.chart.lanes[lane], font);
        let rows = row_count(items, self.tight_room(font)).unwrap_or(usize::MAX);
        rows.max(name.len())
    }

    /// What each mark of a lane takes of its rows, with its label in a style.
    pub fn items(&self, lane: usize, style: LaneStyle<'_>) -> Vec<RowItem> {
        self.row_items(lane, &self.labels(lane, style))
    }

    /// The events on the axis, each as often as it has marks.
    pub fn events(&self) -> Vec<EventId> {
        let marks = self.chart.lanes.iter().flat_map(|lane| &lane.marks);
        marks.map(|mark| mark.event).collect()
    }

    /// The lanes in a style; `None` if they take too many rows.
    pub fn laid_out(&'a self, style: LaneStyle<'_>) -> Option<LaidLanes<'a>> {
        let mut lanes = Vec::new();
        let mut most_rows = style.most_rows;
        for lane in 0..self.chart.lanes.len() {
            let laid = self.lane(lane, LaneStyle { most_rows, ..style })?;
            most_rows = most_rows.checked_sub(laid.rows)?;
            lanes.push(laid);
        }
        Some(LaidLanes {
            lanes,
            content: self,
            labels: style.labels,
        })
    }

    fn room(&self, style: LaneStyle<'_>) -> LaneRoom {
        LaneRoom {
            is_tight: style.is_tight,
            most_rows: style.most_rows,
            ..self.tight_room(style.labels.font)
        }
    }

    /// The room of as many rows as are needed, in which labels go to the left too.
    fn tight_room(&self, font: i32) -> LaneRoom {
        LaneRoom {
            left: self.scale.left,
            right: self.scale.right(),
            gap: font / 2,
            is_tight: true,
            most_rows: usize::MAX,
        }
    }

    /// Of each mark of a lane: its label next to it, and above it.
    fn labels(&self, lane: usize, style: LaneStyle<'_>) -> Vec<[Option<Label>; 2]> {
        let (lane, is_first) = (&self.chart.lanes[lane], &self.is_first[lane]);
        let room = self.room(style);
        let width = room.right - room.left;
        let label = |mark: &EventMark, is_first: bool, room: i32| {
            let event = self.subject.events.get(&mark.event).filter(|_| is_first)?;
            style.labels.label(event, (style.kind)(mark.event), room)
        };
        let marks = lane.marks.iter().zip(is_first);
        let labels = marks.map(|(mark, &is_first)| {
            [width * WIDEST_LABEL / 100, width].map(|room| label(mark, is_first, room))
        });
        labels.collect()
    }

    fn row_items(&self, lane: usize, labels: &[[Option<Label>; 2]]) -> Vec<RowItem> {
        let marks = self.chart.lanes[lane].marks.iter().zip(labels);
        let items = marks.map(|(mark, [next_to, above])| RowItem {
            mark: mark::extent(mark, self.scale),
            next_to: next_to.as_ref().map(Label::size),
            above: above.as_ref().map_or_else(LabelSize::default, Label::size),
        });
        items.collect()
    }

    fn name(&self, lane: &ChartLane, font: i32) -> Vec<WrappedLine> {
        let room = (self.scale.left - self.left - 2 * NAME_GAP).max(font);
        // Names are bold.
        wrapped(&lane.name, font, room * 100 / 118, 0)
    }

    fn lane(&'a self, index: usize, style: LaneStyle<'_>) -> Option<LaidLane<'a>> {
        let lane = &self.chart.lanes[index];
        let labels = self.labels(index, style);
        let (places, rows) = place(&self.row_items(index, &labels), self.room(style))?;
        let marks = lane.marks.iter().zip(places).zip(labels);
        let marks = marks.map(|((mark, place), [next_to, above])| {
            let is_above = |it: &RowPlace| it.label.is_some_and(|it| it.side == LabelSide::Above);
            let label = if is_above(&place) { above } else { next_to };
            LaidMark { mark, place, label }
        });
        let name = self.name(lane, style.labels.font);
        Some(LaidLane {
            marks: marks.collect(),
            rows: rows.max(name.len()),
            name,
        })
    }
}

impl LaidLanes<'_> {
    /// How high they are.
    pub fn height(&self, pitch: LanePitch) -> i32 {
        self.lanes.iter().map(|lane| lane.height(pitch)).sum()
    }

    /// Whether a label has a flag.
    pub fn has_flags(&self) -> bool {
        self.drawn_labels().any(|label| label.has_flag)
    }

    /// Whether a label is bold.
    pub fn has_bold(&self) -> bool {
        self.drawn_labels().any(Label::is_bold)
    }

    fn drawn_labels(&self) -> impl Iterator<Item = &Label> {
        let marks = self.lanes.iter().flat_map(|lane| &lane.marks);
        marks.filter_map(|laid| laid.label.as_ref())
    }

    /// How many lanes and rows there are.
    pub fn counts(&self) -> (i32, i32) {
        let rows: usize = self.lanes.iter().map(|lane| lane.rows).sum();
        (int(self.lanes.len()), int(rows))
    }

    /// The lanes from `top` down. `has_tooltips`: whether each mark has its name for a pointer.
    pub fn draw(&self, top: i32, pitch: LanePitch, has_tooltips: bool) -> DrawnLanes {
        let (left, right) = (self.content.left, self.content.scale.right());
        let (mut ground, mut marks) = (String::new(), String::new());
        let mut lines: BTreeMap<EventId, EventLine> = BTreeMap::new();
        let mut at = top;
        for (index, lane) in self.lanes.iter().enumerate() {
            let height = lane.height(pitch);
            let width = right + self.content.scale.half - left;
            if index % 2 == 0 {
                writeln!(
                    ground,
                    "<rect class=\"shaded\" x=\"{left}\" y=\"{at}\" width=\"{width}\" height=\"{height}\"/>"
                )
                .expect("a string takes all");
            }
            let first = at + pitch.air;
            marks.push_str(&self.name(lane, first, pitch));
            for laid in &lane.marks {
                let y = first + int(laid.place.row) * pitch.row + pitch.row / 2;
                let line = lines.entry(laid.mark.event);
                let line = line.or_insert_with(|| EventLine::of(laid.mark, self.content.scale, y));
                line.to = y;
                marks.push_str(&self.mark(laid.mark, y, has_tooltips));
                marks.push_str(&self.label(laid, first, pitch));
            }
            at += height;
        }
        ground.extend(lines.values().map(EventLine::draw));
        DrawnLanes {
            ground,
            marks,
            bottom: at,
        }
    }

    fn name(&self, lane: &LaidLane<'_>, first: i32, pitch: LanePitch) -> String {
        let lines = TextLines {
            class: "name",
            lead: "",
            lines: &lane.name,
            font: self.labels.font,
            pitch: pitch.row.min(self.labels.font * 13 / 10),
        };
        let at = (self.content.left + NAME_GAP, first + self.baseline(pitch));
        lines.draw(at, TextAnchor::Start)
    }

    /// From the top of a row to its line of writing.
    const fn baseline(&self, pitch: LanePitch) -> i32 {
        pitch.row / 2 + self.labels.font * 36 / 100
    }

    fn mark(&self, mark: &EventMark, y: i32, has_tooltips: bool) -> String {
        let selected = if mark.is_selected { " selected" } else { "" };
        let mut out = format!("<g class=\"{} event{selected}\">", class(mark.family));
        if has_tooltips {
            write!(out, "<title>{}</title>", escaped(&mark.name)).expect("a string takes all");
        }
        out.push_str(&mark::draw(mark, self.content.scale, y));
        out.push_str("</g>\n");
        out
    }

    fn label(&self, laid: &LaidMark<'_>, first: i32, pitch: LanePitch) -> String {
        let (Some(label), Some(place)) = (&laid.label, laid.place.label) else {
            return String::new();
        };
        let y = first + int(place.row) * pitch.row + self.baseline(pitch);
        label.draw(self.labels, place, y, pitch.row)
    }
}

impl LaidLane<'_> {
    fn height(&self, pitch: LanePitch) -> i32 {
        int(self.rows) * pitch.row + 2 * pitch.air
    }
}

/// A line that joins the marks of one event on several lanes.
struct EventLine {
    family: PhaseFamily,
    x: i32,
    from: i32,
    to: i32,
}

impl EventLine {
    fn of(mark: &EventMark, scale: PictureScale, y: i32) -> Self {
        let (left, _) = mark::extent(mark, scale);
        Self {
            family: mark.family,
            x: left + scale.half,
            from: y,
            to: y,
        }
    }

    fn draw(&self) -> String {
        if self.to == self.from {
            return String::new();
        }
        let (x, from, to, class) = (self.x, self.from, self.to, class(self.family));
        format!("<g class=\"{class}\"><path class=\"across\" d=\"M{x} {from}V{to}\"/></g>\n")
    }
}

/// The name of a family in the style.
pub(super) const fn class(family: PhaseFamily) -> &'static str {
    match family {
        PhaseFamily::Hostile => "hostile",
        PhaseFamily::Knowledge => "knowledge",
        PhaseFamily::Consequence => "consequence",
        PhaseFamily::Denial => "denial",
        PhaseFamily::Context => "context",
    }
}

/// A count in units: no picture holds more than that.
pub(super) fn int(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / 64)
}

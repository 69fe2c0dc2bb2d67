//! A picture inside a page that has a title, a marking and the events in words of its own.

use super::axis::{self, AxisPlace};
use super::label::{LabelKind, LabelStyle};
use super::lanes::{LaidLanes, LaneContent, LanePitch, LaneStyle};
use super::legend::{Legend, LegendFacts};
use super::page::chart_in;
use super::subject::PictureSubject;
use crate::chart::ChartEvents;
use crate::document::count;
use crate::timeline::EventId;

/// What a page requests of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats::writers) struct InnerRequest {
    pub width: i32,
    /// With titles it is at most so high; without room for them it has none.
    pub most_height: i32,
    pub font: i32,
    pub pitch: LanePitch,
    /// If there are more marks, only the selected event has its title.
    pub most_titles: usize,
    pub has_legend: bool,
}

/// A picture for a page.
pub(in crate::formats::writers) struct InnerPicture {
    pub svg: String,
    /// What is not drawn, in words; empty if everything is.
    pub not_drawn: String,
}

/// The events of a chart; `None` if nothing is dated. `elsewhere` says in the label where the same events are in words.
pub(in crate::formats::writers) fn inner(
    events: &ChartEvents<'_>,
    request: InnerRequest,
    elsewhere: &str,
) -> Option<InnerPicture> {
    let subject = PictureSubject::of_chart(events.clone());
    let content = chart_in(&subject, request.font, [0, request.width])?;
    let chart = &content.chart;
    let marks: usize = chart.lanes.iter().map(|lane| lane.marks.len()).sum();
    let top = request.font * 2;
    let lanes = laid_out(&content, request, marks)?;
    let drawn = lanes.draw(top, request.pitch, true);
    let (explained, facts) = if request.has_legend {
        let facts = LegendFacts {
            has_flags: lanes.has_flags(),
            has_bold: lanes.has_bold(),
            ..LegendFacts::default()
        };
        (Some(chart), facts)
    } else {
        (None, LegendFacts::default())
    };
    let legend = Legend::new(explained, &facts, request.font, request.width);
    let place = AxisPlace {
        labels: request.font + 2,
        top,
        bottom: drawn.bottom,
        font: request.font,
    };
    let legend_top = drawn.bottom + request.font;
    let height = match legend.height() {
        0 => drawn.bottom + 2,
        legend => legend_top + legend,
    };
    let svg = format!(
        "<svg role=\"img\" aria-label=\"{} on {} over one time axis{elsewhere}\" viewBox=\"0 0 {} {height}\" \
         font-size=\"{}\" xmlns=\"http://www.w3.org/2000/svg\">\n{}{}{}{}</svg>\n",
        count(marks, "mark"),
        count(chart.lanes.len(), "lane"),
        request.width,
        request.font,
        drawn.ground,
        axis::draw(chart, content.scale, place),
        drawn.marks,
        legend.draw((0, legend_top))
    );
    Some(InnerPicture {
        svg,
        not_drawn: chart.off_axis.words(),
    })
}

/// The lanes with titles if they have room, otherwise with that of the selected event, otherwise without.
fn laid_out<'a>(
    content: &'a LaneContent<'a>,
    request: InnerRequest,
    marks: usize,
) -> Option<LaidLanes<'a>> {
    let laid_out = |is_tight: bool, kind: &dyn Fn(EventId) -> LabelKind| {
        content.laid_out(LaneStyle {
            labels: LabelStyle {
                font: request.font,
                has_dates: false,
            },
            is_tight,
            kind,
            most_rows: usize::MAX,
        })
    };
    let fits = |lanes: &LaidLanes<'_>| lanes.height(request.pitch) <= request.most_height;
    let all = |_: EventId| LabelKind::Title;
    let selected = |id: EventId| {
        let event = content.subject.events.get(&id);
        if event.is_some_and(|event| event.is_selected) {
            LabelKind::Title
        } else {
            LabelKind::None
        }
    };
    let with_all = || {
        laid_out(false, &all)
            .filter(fits)
            .or_else(|| laid_out(true, &all))
    };
    let with_all = (marks <= request.most_titles).then(with_all).flatten();
    let with_selected = || laid_out(true, &selected);
    let with_titles = with_all.filter(fits).or_else(with_selected).filter(fits);
    with_titles.or_else(|| laid_out(false, &|_| LabelKind::None))
}

//! The first screen: the event that it selects, and the panel that explains it until the first move.

use super::page_view::PageView;
use super::timeline::{Focus, OpeningInputs, OpeningState, TimelineScreen};
use crate::app::page::Page;
use crate::chart::ColumnFill;
use crate::document::{Document, OpeningForm, OpeningPanel, PageSubject, PhaseFamily, ShadeSign};
use crate::text;
use crate::timeline::{EventId, Timeline};

/// What the panel cannot know from the timeline.
pub(in crate::app) struct OpeningTexts {
    /// The name of the file, or the number of files; may be empty.
    pub file: String,
    /// The keys that matter most, each with its words.
    pub keys: Vec<(String, String)>,
}

/// With fewer lines of a summary than this, the panel has its short form.
const FEW_LINES: usize = 4;

impl TimelineScreen {
    /// Selects the event that the author wants first, and explains the screen until the first move.
    pub fn open_at_start(&mut self, timeline: &Timeline) {
        let row = self.start_row(timeline);
        self.select(timeline, row);
        self.opening = OpeningState::Waiting(None);
        self.focus = Focus::List;
    }

    /// The row of the event that the file names, or else of the event that its first scene selects, or else of the
    /// first event on the axis.
    fn start_row(&self, timeline: &Timeline) -> usize {
        let dated = |event: &EventId| timeline.event(*event).bounds_on(self.clock).is_some();
        let first_scene = timeline.scenes().first().and_then(|scene| scene.select);
        let named = timeline.head().start.into_iter().chain(first_scene);
        let mut named = named.filter(dated);
        let row = named.find_map(|event| self.active_filter.row_of(event).ok());
        row.unwrap_or_else(|| self.first_on_axis(timeline))
    }

    fn first_on_axis(&self, timeline: &Timeline) -> usize {
        let Some(axis) = self.span() else { return 0 };
        let is_on = |event: &EventId| {
            let bounds = timeline.event(*event).bounds_on(self.clock);
            let whole = bounds.map(|bounds| bounds.whole());
            whole.is_some_and(|whole| {
                whole.earliest >= axis.earliest && whole.earliest <= axis.latest
            })
        };
        let mut rows = self.active_filter.rows().iter();
        rows.position(is_on).unwrap_or(0)
    }

    /// Leaves rows above the selected event of the first screen, which is seldom the first event.
    pub fn place_start(&mut self, rows: u16) {
        if self.opening.is_waiting() {
            self.top = self.selected.saturating_sub(usize::from(rows / 3));
        }
    }

    /// Draws the panel of the first screen into a place of `width` by `height` cells.
    pub(in crate::app) fn update_opening(
        &mut self,
        timeline: &Timeline,
        texts: &OpeningTexts,
        (width, height, rows): (u16, u16, u16),
    ) {
        let inputs = OpeningInputs {
            width,
            height,
            rows,
            top: self.top,
            overview: self.drawn,
        };
        let is_drawn = match &self.opening {
            OpeningState::Waiting(drawn) => drawn.as_deref() == Some(&inputs),
            OpeningState::Over => true,
        };
        if is_drawn {
            return;
        }
        let panel = OpeningPanel {
            file: texts.file.clone(),
            families: self.families_on_screen(timeline, rows),
            shades: self.shades_on_screen(),
            has_contested: (self.shown_lines(rows).flatten())
                .any(|id| !timeline.event(id).contested().is_empty()),
            keys: texts.keys.clone(),
        };
        let document = fitted(timeline, &panel, (width, height));
        self.detail = Some(PageView::of(PageSubject::Timeline, document));
        self.opening = OpeningState::Waiting(Some(Box::new(inputs)));
    }

    /// The families of the marks in the list and in the overview.
    fn families_on_screen(&self, timeline: &Timeline, rows: u16) -> Vec<PhaseFamily> {
        if !self.marks.are_families {
            return Vec::new();
        }
        let listed = self.shown_lines(rows).flatten();
        let mut seen: Vec<PhaseFamily> = listed
            .map(|id| PhaseFamily::of(timeline.event(id).phase()))
            .collect();
        let lanes = self.overview.iter().flat_map(|overview| &overview.lanes);
        let cells = lanes.flat_map(|lane| &lane.cells);
        seen.extend(
            cells
                .filter(|cell| cell.has_events())
                .map(|cell| cell.family),
        );
        let mut families = PhaseFamily::ALL.to_vec();
        families.retain(|family| seen.contains(family));
        families
    }

    /// The shades of the bands in the overview, the surest first.
    fn shades_on_screen(&self) -> Vec<ShadeSign> {
        let lanes = self.overview.iter().flat_map(|overview| &overview.lanes);
        let cells = lanes
            .flat_map(|lane| &lane.cells)
            .filter(|cell| cell.points == 0);
        let fills: Vec<ColumnFill> = cells.filter_map(|cell| cell.fill).collect();
        let shades = [
            (ColumnFill::Certain, ShadeSign::Certain),
            (ColumnFill::Core, ShadeSign::Core),
            (ColumnFill::Possible, ShadeSign::Possible),
            (ColumnFill::Open, ShadeSign::Open),
        ];
        let shades = shades.into_iter().filter(|(fill, _)| fills.contains(fill));
        shades.map(|(_, sign)| sign).collect()
    }
}

/// The panel in the longest form for which there is room; a long summary is cut.
fn fitted(timeline: &Timeline, panel: &OpeningPanel, (width, height): (u16, u16)) -> Document {
    let height = usize::from(height);
    let summary = timeline.head().summary.trim();
    let mut panel = panel.clone();
    for form in OpeningForm::ALL {
        if form == OpeningForm::Shortest {
            panel.shades.clear();
        }
        let rest = Document::opening(timeline, &panel, (form, ""));
        let lines = Page::set(&rest, width).lines.len();
        // Except in a short form, the summary has an empty line above it.
        let gap = usize::from(form == OpeningForm::Long);
        let room = height.saturating_sub(lines + gap);
        let cut = first_lines(summary, usize::from(width), room);
        let is_enough = form != OpeningForm::Long || cut == summary || room >= FEW_LINES;
        if lines <= height && is_enough {
            return Document::opening(timeline, &panel, (form, &cut));
        }
    }
    Document::opening(timeline, &panel, (OpeningForm::Shortest, ""))
}

/// The beginning of a text that fits in a number of lines.
fn first_lines(words: &str, width: usize, most: usize) -> String {
    let width = width.min(usize::from(crate::app::page::MEASURE)).max(1);
    let wrap = |line: &str| text::wrap(line.trim(), width);
    let mut lines: Vec<String> = words.lines().flat_map(wrap).collect();
    if lines.len() <= most {
        return words.to_owned();
    }
    lines.truncate(most);
    let Some(last) = lines.last_mut() else {
        return String::new();
    };
    while text::width(last) + 2 > width {
        match last.rfind(' ') {
            Some(at) => last.truncate(at),
            None => last.clear(),
        }
        if last.is_empty() {
            break;
        }
    }
    last.push_str(" …");
    lines.join(" ")
}

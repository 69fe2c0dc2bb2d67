//! The timeline screen: its filter, the selected event, the scroll position of the list, and the overview.

use super::date_columns::DateColumns;
use super::page_view::PageView;
use super::row_gap::GapColumn;
use super::row_marks::RowMarks;
use super::scrollbar::ListTicks;
use super::undated_fold::UndatedFold;
use crate::app::overview::lane_rows::{LaneStacks, MOST_TITLED};
use crate::app::overview::planned_axis::PlannedAxis;
use crate::app::overview::viewport::{self, Viewport};
use crate::app::overview::{Overview, OverviewInputs};
use crate::app::state::active_filter::ActiveFilter;
use crate::chart::{Axis, AxisEvents, Lanes, TimeExtent, fitted_span};
use crate::date::{Instant, Span};
use crate::document::PageSubject;
use crate::query::Matches;
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Timeline, View};

/// The part of a timeline screen that takes the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Focus {
    #[default]
    List,
    Detail,
}

/// The span that fits the shown events, and what it was computed from: the version of the filter, and the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct FittedSpan {
    /// Without a filter, the span of most events. While no shown event has a date, the span from before.
    span: Option<Span>,
    of: Option<(u64, Clock)>,
}

/// Whether the first screen waits for the first move: until then the detail explains the screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum OpeningState {
    /// It waits; with the inputs that its panel was last drawn from.
    Waiting(Option<Box<OpeningInputs>>),
    #[default]
    Over,
}

impl OpeningState {
    pub const fn is_waiting(&self) -> bool {
        matches!(self, Self::Waiting(_))
    }
}

/// The inputs that an overview was drawn from: it is drawn again only if one of them changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DrawnInputs {
    pub axis: Option<Axis>,
    /// The number of lanes that had room.
    pub rows: usize,
    pub active_filter: u64,
    pub grouping: Grouping,
    pub clock: Clock,
    pub lag: bool,
}

/// The inputs that the rows of lanes were made from, except the lanes: when these change, the drawing and the rows are
/// made again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StackInputs {
    axis: Axis,
    active_filter: u64,
    clock: Clock,
    lag: bool,
    is_titled: bool,
}

/// The inputs that the panel of the first screen was drawn from: it is drawn again only if one of them changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpeningInputs {
    /// In cells.
    pub width: u16,
    pub height: u16,
    /// The number of rows of the list.
    pub rows: u16,
    pub top: usize,
    pub overview: Option<DrawnInputs>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TimelineScreen {
    pub active_filter: ActiveFilter,
    /// For the axis and the order of the list.
    pub clock: Clock,
    /// Whether the time from an event to its disclosure and attribution is drawn.
    pub lag: bool,
    pub gaps: GapColumn,
    pub lanes: Lanes,
    /// The selected line of the list.
    pub selected: usize,
    /// The first visible line.
    pub top: usize,
    /// `None` on the clock *happened*, and where it would hide too few events, or all.
    pub fold: Option<UndatedFold>,
    pub focus: Focus,
    /// The detail of the selected event; `None` without events, or while it is not visible.
    pub detail: Option<PageView>,
    /// The span of the overview.
    pub viewport: Viewport,
    /// Whether the overview is a strip.
    pub folded: bool,
    /// Whether the detail is hidden.
    pub without_detail: bool,
    pub dates: DateColumns,
    pub axis: PlannedAxis,
    pub marks: RowMarks,
    pub ticks: ListTicks,
    pub opening: OpeningState,
    /// `None` if no event is dated.
    pub extent: Option<TimeExtent>,
    fit: FittedSpan,
    pub overview: Option<Overview>,
    /// What `overview` was drawn from.
    pub drawn: Option<DrawnInputs>,
    /// The rows of lanes, if lanes have several.
    pub stacks: Option<(StackInputs, LaneStacks)>,
}

impl TimelineScreen {
    /// Selects the first event.
    pub fn new(timeline: &Timeline) -> Self {
        let active_filter = ActiveFilter::open(timeline);
        Self {
            lanes: Lanes::of(timeline, Grouping::default(), active_filter.rows()),
            active_filter,
            clock: Clock::Happened,
            lag: false,
            gaps: GapColumn::Hidden,
            selected: 0,
            top: 0,
            fold: None,
            focus: Focus::List,
            detail: None,
            viewport: Viewport::Most,
            folded: false,
            without_detail: false,
            dates: DateColumns::of(std::iter::empty(), Clock::Happened),
            axis: PlannedAxis::default(),
            marks: RowMarks::of(timeline),
            ticks: ListTicks::default(),
            opening: OpeningState::default(),
            extent: TimeExtent::of(timeline.events(), Clock::Happened),
            fit: FittedSpan::default(),
            overview: None,
            drawn: None,
            stacks: None,
        }
    }

    /// The number of rows that the overview wants for its lanes; 0 if no event is dated.
    pub fn wanted_rows(&self) -> usize {
        match (&self.stacks, self.extent) {
            (_, None) => 0,
            (Some((_, stacks)), _) => stacks.wanted(),
            (None, _) => self.lanes.names.len(),
        }
    }

    /// Whether its events are so few that the overview may have their titles.
    pub fn has_few_events(&self) -> bool {
        self.active_filter.rows().len() <= MOST_TITLED
    }

    /// What the overview draws.
    pub const fn overview_inputs<'a>(&'a self, timeline: &'a Timeline) -> OverviewInputs<'a> {
        OverviewInputs {
            timeline,
            active_filter: &self.active_filter,
            lanes: &self.lanes,
            clock: self.clock,
            lag: self.lag,
        }
    }

    /// Gives each lane enough rows to keep its events apart on an axis of `width` columns.
    pub fn stack(&mut self, timeline: &Timeline, width: u16, is_titled: bool) {
        let Some(axis) = self.axis(timeline, width) else {
            self.stacks = None;
            return;
        };
        let inputs = StackInputs {
            axis,
            active_filter: self.active_filter.version(),
            clock: self.clock,
            lag: self.lag,
            is_titled,
        };
        let is_kept = self.drawn.is_some() && self.stacks.as_ref().is_some_and(|it| it.0 == inputs);
        if !is_kept {
            let stacks = LaneStacks::new(self.overview_inputs(timeline), &axis, is_titled);
            self.stacks = Some((inputs, stacks));
            self.drawn = None;
        }
    }

    /// The time axis in `width` columns; `None` if no event is dated.
    pub fn axis(&mut self, timeline: &Timeline, width: u16) -> Option<Axis> {
        if let Some(axis) = self.axis.frozen(width) {
            return Some(axis);
        }
        self.fit_to_shown(timeline);
        let span = self.span()?;
        let events = AxisEvents {
            timeline,
            events: self.active_filter.rows(),
            clock: self.clock,
            lag: self.lag,
        };
        let filter = self.active_filter.version();
        Some(self.axis.axis(&events, filter, span, width))
    }

    /// Takes over the axis of the same screen of another timeline, if it is frozen.
    pub fn carry_axis(&mut self, old: &Self) {
        self.axis = old.axis.carried();
        if self.axis.is_frozen {
            let before = old.lanes.names_before.iter().chain(&old.lanes.names);
            self.lanes.names_before = before.cloned().collect();
            self.lanes.names_before.sort_unstable();
            self.lanes.names_before.dedup();
        }
    }

    /// Sets whether the axis stays the same while its events change.
    pub fn freeze_axis(&mut self, is_frozen: bool) {
        self.axis.is_frozen = is_frozen;
        if !is_frozen {
            self.lanes.names_before.clear();
        }
    }

    /// The time that the overview shows; `None` if no event is dated.
    pub(super) fn span(&self) -> Option<Span> {
        let extent = self.extent?;
        Some(match self.viewport {
            Viewport::Most => extent.most,
            Viewport::All => extent.all,
            Viewport::Fit => self.fit.span.unwrap_or(extent.most),
            Viewport::Chosen(span) => span,
        })
    }

    /// Computes the span that fits the shown events, if they have changed.
    fn fit_to_shown(&mut self, timeline: &Timeline) {
        let of = Some((self.active_filter.version(), self.clock));
        if self.viewport != Viewport::Fit || self.fit.of == of {
            return;
        }
        self.fit.of = of;
        if self.active_filter.is_open() {
            self.fit.span = None;
            return;
        }
        let shown = self.active_filter.rows().iter();
        let fitted = fitted_span(shown.map(|&event| timeline.event(event)), self.clock);
        self.fit.span = fitted.or(self.fit.span);
    }

    /// Changes the clock, and keeps the selected event.
    pub fn go_by(&mut self, timeline: &Timeline, clock: Clock) {
        let event = self.event_before_clock();
        self.fold = None;
        self.clock = clock;
        self.active_filter.order_by(timeline, clock);
        self.extent = TimeExtent::of(timeline.events(), clock);
        self.fit = FittedSpan::default();
        if self.viewport != Viewport::Fit {
            self.viewport = Viewport::Most;
        }
        self.refold(timeline);
        self.reselect_on_clock(timeline, event);
    }

    /// Replaces the filter, and keeps the selected event if it is shown.
    pub fn put(&mut self, timeline: &Timeline, text: String, matches: Matches) {
        let selection = self.selection();
        self.active_filter.put(text, matches);
        self.refold(timeline);
        self.regroup(timeline);
        self.reselect(timeline, selection);
    }

    /// Hides events that only possibly match, or shows them again.
    pub fn toggle_possibles(&mut self, timeline: &Timeline) {
        let selection = self.selection();
        self.active_filter.toggle_possibles();
        self.refold(timeline);
        self.regroup(timeline);
        self.reselect(timeline, selection);
    }

    /// Groups lanes by another field.
    pub fn group(&mut self, timeline: &Timeline, grouping: Grouping) {
        self.lanes = Lanes::of(timeline, grouping, self.active_filter.rows());
        // The overview must be drawn again even if the grouping and the number of lanes are the same.
        self.drawn = None;
    }

    /// Applies the grouping and the clock of a view, if it names them. The caller requests its filter.
    pub fn arrange(&mut self, timeline: &Timeline, view: &View) {
        if let Some(grouping) = view.group {
            self.group(timeline, grouping);
        }
        if let Some(clock) = view.clock() {
            self.go_by(timeline, clock);
        }
    }

    /// Makes lanes for the shown events only; if none is shown, for all.
    pub fn group_left(&mut self, timeline: &Timeline) {
        let shown = self.active_filter.rows();
        self.lanes = Lanes::of_shown(timeline, self.lanes.grouping, shown);
        self.drawn = None;
    }

    /// Makes the lanes again, but keeps them while no event is shown.
    fn regroup(&mut self, timeline: &Timeline) {
        if self.active_filter.rows().is_empty() {
            return;
        }
        if self.lanes.is_of_shown {
            self.group_left(timeline);
        } else if self.lanes.grouping != Grouping::Lane {
            self.group(timeline, self.lanes.grouping);
        }
    }

    /// Moves a span that the user chose, if the selected event is outside it.
    pub(super) fn follow(&self, timeline: &Timeline, span: Span) -> Span {
        let whole = self
            .event()
            .and_then(|id| timeline.event(id).bounds_on(self.clock))
            .map(|bounds| bounds.whole());
        match whole {
            Some(whole) if whole.latest < span.earliest => viewport::moved_to(span, whole.latest),
            Some(whole) if whole.earliest > span.latest => viewport::moved_to(span, whole.earliest),
            _ => span,
        }
    }

    pub fn zoom(&mut self, timeline: &Timeline, numerator: i64, denominator: i64) {
        let Some(span) = self.span() else { return };
        let middle = self.middle_of_selected(timeline).unwrap_or(span.earliest);
        self.viewport = Viewport::Chosen(viewport::zoomed(span, middle, numerator, denominator));
    }

    /// Zooms so that the selected event covers a third of the axis.
    pub fn zoom_to_selected(&mut self, timeline: &Timeline) {
        let event = self.event().map(|id| timeline.event(id));
        let Some(when) = event.and_then(|event| event.bounds_on(self.clock)) else {
            return;
        };
        let Some(whole) = self.bounded(when.whole()) else {
            return;
        };
        self.viewport = Viewport::Chosen(viewport::zoomed(whole, whole.middle(), 3, 1));
    }

    /// Moves the overview by `parts / of` of its width.
    pub fn pan(&mut self, parts: i64, of: i64) {
        let Some(span) = self.span() else { return };
        let span = viewport::panned(span, parts, of);
        self.viewport = Viewport::Chosen(span);
    }

    fn middle_of_selected(&self, timeline: &Timeline) -> Option<Instant> {
        let when = timeline.event(self.event()?).bounds_on(self.clock)?;
        Some(self.bounded(when.whole())?.middle())
    }

    /// A span, cut to the extent of the timeline.
    fn bounded(&self, span: Span) -> Option<Span> {
        let all = self.extent?.all;
        Some(Span {
            earliest: span.earliest.clamp(all.earliest, all.latest),
            latest: span.latest.clamp(all.earliest, all.latest),
        })
    }

    /// Opens the detail of the selected event, if it is visible. The panel of the first screen is there before it.
    pub fn update_detail(&mut self, timeline: &Timeline, is_shown: bool) {
        if self.focus == Focus::Detail {
            self.opening = OpeningState::Over;
        }
        if self.opening.is_waiting() && is_shown {
            return;
        }
        let subject = self.event().map(PageSubject::Event);
        let is_order_open = self.is_order_open(timeline);
        let is_current = |detail: &PageView| {
            Some(detail.subject) == subject && detail.is_order_open == is_order_open
        };
        if !self.detail.as_ref().is_some_and(is_current) {
            let shown = subject.filter(|_| is_shown);
            self.detail = shown.map(|subject| PageView::of_row(timeline, subject, is_order_open));
            if let Some(detail) = self.detail.as_mut().filter(|_| self.focus == Focus::Detail) {
                detail.seek_a_link();
            }
        }
        if self.detail.is_none() || !is_shown {
            self.focus = Focus::List;
        }
    }
}

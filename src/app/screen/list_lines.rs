//! The lines of the list: a line for each shown event. On another clock than *happened*, events without a date are
//! behind one line, the fold, that opens to show them.
//!
//! Lines are counted as if the fold were open, so that opening it moves nothing.

use super::date_columns::DateColumns;
use super::row_order::is_order_established;
use super::scrollbar::{TickInputs, TickSources};
use super::timeline::{OpeningState, TimelineScreen};
use super::undated_fold::{ListSelection, UndatedFold};
use crate::app::overview::viewport::Viewport;
use crate::timeline::{Clock, EventId, Timeline};

/// The fewest events that are folded: a single event takes no more lines than the fold.
const LEAST_FOLDED: usize = 2;

impl TimelineScreen {
    /// The number of lines.
    pub fn lines(&self) -> usize {
        let all = self.all_lines();
        match &self.fold {
            Some(fold) if !fold.is_open => all - fold.count,
            _ => all,
        }
    }

    /// The number of lines if the fold were open.
    pub fn all_lines(&self) -> usize {
        self.active_filter.rows().len() + usize::from(self.fold.is_some())
    }

    /// The event of a line, also if the fold hides it; `None` for the fold.
    pub fn event_at(&self, line: usize) -> Option<EventId> {
        let row = match &self.fold {
            Some(fold) if line == fold.line => return None,
            Some(fold) if line > fold.line => line - 1,
            _ => line,
        };
        self.active_filter.rows().get(row).copied()
    }

    /// The selected event.
    pub fn event(&self) -> Option<EventId> {
        self.event_at(self.selected)
    }

    /// The events of the visible lines, from the top; `None` for the fold.
    pub fn shown_lines(&self, height: u16) -> impl Iterator<Item = Option<EventId>> {
        let end = self.lines().min(self.top + usize::from(height));
        (self.top..end).map(|line| self.event_at(line))
    }

    fn line_of_row(&self, row: usize) -> usize {
        let is_below = |fold: &UndatedFold| row >= fold.line;
        row + usize::from(self.fold.as_ref().is_some_and(is_below))
    }

    /// The fold, if it is selected.
    pub fn selected_fold(&self) -> Option<&UndatedFold> {
        (self.fold.as_ref()).filter(|fold| fold.line == self.selected)
    }

    /// The number of shown events without a date on the clock.
    pub fn without_date(&self, timeline: &Timeline) -> usize {
        let rows = self.active_filter.rows();
        rows.len() - self.dated_rows(timeline)
    }

    /// The number of shown events with a date on the clock: they come first.
    fn dated_rows(&self, timeline: &Timeline) -> usize {
        let rows = self.active_filter.rows();
        rows.partition_point(|&event| timeline.event(event).bounds_on(self.clock).is_some())
    }

    /// Folds the events without a date, if others have one. An open fold stays open.
    pub(super) fn refold(&mut self, timeline: &Timeline) {
        let before = self.fold.take();
        let line = self.dated_rows(timeline);
        let count = self.active_filter.rows().len() - line;
        let is_folded = self.clock != Clock::Happened && line > 0 && count >= LEAST_FOLDED;
        self.fold = is_folded.then(|| UndatedFold {
            line,
            count,
            is_open: before.is_some_and(|fold| fold.is_open),
            behind: before.and_then(|fold| fold.behind),
        });
    }

    /// Opens or closes the fold, if it is selected. Returns whether it was.
    pub fn toggle_fold(&mut self, timeline: &Timeline) -> bool {
        let selected = self.selected;
        let Some(fold) = self.fold.as_mut().filter(|fold| fold.line == selected) else {
            return false;
        };
        fold.is_open = !fold.is_open;
        let behind = fold.behind.take().filter(|_| fold.is_open);
        if let Some(event) = behind {
            self.select_event(timeline, event);
        }
        true
    }

    /// Closes the fold, if it is open and selected. Returns whether it was.
    pub fn close_fold(&mut self, timeline: &Timeline) -> bool {
        let is_open = self.selected_fold().is_some_and(|fold| fold.is_open);
        is_open && self.toggle_fold(timeline)
    }

    /// Opens or closes the fold as in `old`, the same screen of another timeline.
    pub fn carry_fold(&mut self, old: &Self) {
        if let (Some(fold), Some(old)) = (&mut self.fold, &old.fold) {
            fold.is_open = old.is_open;
        }
    }

    /// Selects an event. If the filter hides it, selects the neighbour that begins nearest to it.
    pub fn select_event(&mut self, timeline: &Timeline, event: EventId) {
        let row = match self.active_filter.row_of(event) {
            Ok(row) => row,
            Err(row) => self.nearer(timeline, event, row),
        };
        self.reach(timeline, self.line_of_row(row));
    }

    /// Chooses `row` or the row above it: the one whose event begins nearer to a hidden event.
    fn nearer(&self, timeline: &Timeline, event: EventId, row: usize) -> usize {
        let start = |event: EventId| {
            let bounds = timeline.event(event).bounds_on(self.clock);
            bounds.map(|bounds| bounds.order_key()[0].micros())
        };
        let distance = |row: usize| {
            let other = self.active_filter.rows().get(row).copied().and_then(start);
            start(event)
                .zip(other)
                .map(|(here, there)| here.abs_diff(there))
        };
        match row.checked_sub(1) {
            Some(before)
                if distance(row)
                    .is_none_or(|after| distance(before).is_some_and(|it| it <= after)) =>
            {
                before
            }
            _ => row,
        }
    }

    /// What is selected, to select it again after the shown events have changed.
    pub(super) fn selection(&self) -> ListSelection {
        match self.event() {
            Some(event) => ListSelection::Event(event),
            None if self.selected_fold().is_some() => ListSelection::Fold,
            None => ListSelection::Nothing,
        }
    }

    pub(super) fn reselect(&mut self, timeline: &Timeline, selection: ListSelection) {
        match (selection, self.fold) {
            (ListSelection::Event(event), _) => self.select_event(timeline, event),
            (ListSelection::Fold, Some(fold)) => self.select(timeline, fold.line),
            (ListSelection::Fold | ListSelection::Nothing, _) => self.select(timeline, 0),
        }
    }

    /// Selects the same event after the clock has changed. If it has no date, the fold is selected, and remembers it.
    pub(super) fn reselect_on_clock(&mut self, timeline: &Timeline, event: Option<EventId>) {
        let is_dated = |event: EventId| timeline.event(event).bounds_on(self.clock).is_some();
        let undated = event.filter(|&event| !is_dated(event) && self.active_filter.shows(event));
        match (self.fold, event) {
            (Some(fold), _) if undated.is_some() => {
                self.select(timeline, fold.line);
                self.fold = self.fold.map(|fold| UndatedFold {
                    behind: undated,
                    ..fold
                });
            }
            (_, Some(event)) => self.select_event(timeline, event),
            (_, None) => self.select(timeline, 0),
        }
    }

    /// The selected event, or the event that was selected before the clock changed.
    pub(super) fn event_before_clock(&self) -> Option<EventId> {
        let behind = self.selected_fold().and_then(|fold| fold.behind);
        self.event().or(behind)
    }

    /// Selects a line, and opens the fold if that hides it.
    pub fn reach(&mut self, timeline: &Timeline, line: usize) {
        if let Some(fold) = &mut self.fold {
            fold.is_open |= line > fold.line;
        }
        self.select(timeline, line);
    }

    /// Selects a line, or the last line.
    pub fn select(&mut self, timeline: &Timeline, line: usize) {
        self.opening = OpeningState::Over;
        self.selected = line.min(self.lines().saturating_sub(1));
        if let Some(fold) = &mut self.fold {
            fold.behind = None;
        }
        if let Viewport::Chosen(span) = self.viewport {
            self.viewport = Viewport::Chosen(self.follow(timeline, span));
        }
    }

    /// Selects the next or the previous event.
    pub fn turn(&mut self, timeline: &Timeline, by: isize) {
        let last = self.all_lines().saturating_sub(1);
        let next = |line: usize| line.saturating_add_signed(by).min(last);
        let line = next(self.selected);
        let is_fold = self.fold.as_ref().is_some_and(|fold| fold.line == line);
        self.reach(timeline, if is_fold { next(line) } else { line });
    }

    /// Scrolls to the selected line.
    pub fn scroll_to_selected(&mut self, rows: u16) {
        let count = self.lines();
        self.selected = self.selected.min(count.saturating_sub(1));
        let rows = usize::from(rows).max(1);
        let lowest_top = (self.selected + 1).saturating_sub(rows);
        self.top = self
            .top
            .clamp(lowest_top, self.selected)
            .min(count.saturating_sub(rows));
    }

    /// Fits the date columns to the visible lines.
    pub fn fit_dates(&mut self, timeline: &Timeline, rows: u16) {
        let shown = self.shown_lines(rows).flatten();
        let dates = DateColumns::of(shown.map(|id| timeline.event(id)), self.clock);
        self.dates = dates;
    }

    /// Computes the ticks of the scrollbar, if the lines or the search have changed.
    pub(in crate::app) fn update_ticks(&mut self, sources: TickSources<'_>) {
        let inputs = TickInputs {
            filter: self.active_filter.version(),
            lines: self.lines(),
            search: sources.hits.map(|hits| hits.needle.clone()),
            since: (sources.timeline.changes()).map(|changes| changes.since.clone()),
            marks: sources.marks_version,
        };
        let mut ticks = std::mem::take(&mut self.ticks);
        let marked = || self.marked_lines(sources.timeline);
        ticks.update(inputs, sources, |line| self.event_at(line), marked);
        self.ticks = ticks;
    }

    /// The lines of marked events.
    fn marked_lines(&self, timeline: &Timeline) -> Vec<usize> {
        let marks = timeline.marks();
        let rows: Vec<usize> = if self.clock == Clock::Happened {
            let rows = marks.events().map(|event| self.active_filter.row_of(event));
            rows.filter_map(Result::ok).collect()
        } else {
            let rows = self.active_filter.rows().iter().enumerate();
            let marked = rows.filter(|(_, event)| !marks.of(**event).is_empty());
            marked.map(|(row, _)| row).collect()
        };
        rows.into_iter().map(|row| self.line_of_row(row)).collect()
    }

    /// Whether the selected event may precede the event above.
    pub(super) fn is_order_open(&self, timeline: &Timeline) -> bool {
        let above = self.selected.checked_sub(1);
        let above = above.and_then(|above| self.event_at(above));
        let is_established = |(above, event)| {
            is_order_established(timeline.event(above), timeline.event(event), self.clock)
        };
        !above.zip(self.event()).is_none_or(is_established)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::query::Filter;

    /// A letter each: upper case if the event was discovered.
    fn screen(names: &str) -> (Timeline, TimelineScreen) {
        let event = |name: char| {
            let discovered = if name.is_uppercase() {
                "discovered = \"2022\"\n"
            } else {
                ""
            };
            format!("[[events]]\ntitle = \"{name}\"\nwhen = \"2021\"\n{discovered}")
        };
        let text: String = names.chars().map(event).collect();
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        let screen = TimelineScreen::new(&timeline);
        (timeline, screen)
    }

    /// The visible lines: the title of each event, `_` for the fold, and the selected one in brackets.
    fn lines(timeline: &Timeline, screen: &TimelineScreen) -> String {
        let line = |(at, id): (usize, Option<EventId>)| {
            let title = id.map_or("_", |id| timeline.event(id).title());
            if at == screen.selected {
                format!("[{title}]")
            } else {
                title.to_owned()
            }
        };
        screen.shown_lines(99).enumerate().map(line).collect()
    }

    fn filter(timeline: &Timeline, screen: &mut TimelineScreen, text: &str) {
        let matches = Filter::parse(timeline, text).expect(text).matches(timeline);
        screen.put(timeline, text.to_owned(), matches);
    }

    #[test]
    fn events_without_a_date_are_behind_one_line_that_opens_and_closes() {
        let (timeline, mut screen) = screen("aBcDe");
        assert_eq!(lines(&timeline, &screen), "[a]BcDe");
        screen.go_by(&timeline, Clock::Discovered);
        assert_eq!(lines(&timeline, &screen), "BD[_]");
        assert_eq!((screen.lines(), screen.all_lines()), (3, 6));
        assert_eq!(screen.event(), None);
        // It remembers the event that was selected.
        assert!(screen.toggle_fold(&timeline));
        assert_eq!(lines(&timeline, &screen), "BD_[a]ce");
        assert!(!screen.toggle_fold(&timeline), "an event is selected");
        screen.select(&timeline, 2);
        assert!(screen.close_fold(&timeline));
        assert_eq!(lines(&timeline, &screen), "BD[_]");
        screen.go_by(&timeline, Clock::Happened);
        assert_eq!(lines(&timeline, &screen), "[a]BcDe");
    }

    #[test]
    fn the_selected_event_stays_selected_through_clocks_on_which_it_has_no_date() {
        let (timeline, mut screen) = screen("aBcD");
        screen.select(&timeline, 2);
        for clock in [Clock::Discovered, Clock::Disclosed, Clock::Happened] {
            screen.go_by(&timeline, clock);
        }
        assert_eq!(lines(&timeline, &screen), "aB[c]D");
        screen.go_by(&timeline, Clock::Discovered);
        screen.select(&timeline, 0);
        screen.go_by(&timeline, Clock::Happened);
        assert_eq!(lines(&timeline, &screen), "a[B]cD", "a move is not undone");
    }

    #[test]
    fn there_is_no_fold_where_it_would_save_no_line_or_hide_all() {
        for names in ["aBCD", "abcd", "ABCD"] {
            let (timeline, mut screen) = screen(names);
            screen.go_by(&timeline, Clock::Discovered);
            assert_eq!(screen.fold, None, "{names}");
        }
    }

    #[test]
    fn what_lands_on_a_folded_event_opens_the_fold() {
        let folded = || {
            let (timeline, mut screen) = screen("aBcDe");
            screen.go_by(&timeline, Clock::Discovered);
            screen.select(&timeline, 1);
            assert_eq!(lines(&timeline, &screen), "B[D]_");
            (timeline, screen)
        };
        let (timeline, mut screen) = folded();
        let event = screen.event_at(4).expect("it is behind the fold");
        screen.select_event(&timeline, event);
        assert_eq!(lines(&timeline, &screen), "BD_a[c]e");
        let (timeline, mut screen) = folded();
        screen.turn(&timeline, 1);
        assert_eq!(lines(&timeline, &screen), "BD_[a]ce");
        screen.turn(&timeline, -1);
        assert_eq!(lines(&timeline, &screen), "B[D]_ace");
        let (timeline, mut screen) = folded();
        screen.select(&timeline, 99);
        assert_eq!(lines(&timeline, &screen), "BD[_]", "a move stops at it");
    }

    #[test]
    fn a_filter_keeps_the_fold_and_the_selection_in_it() {
        let (timeline, mut screen) = screen("aBcDe");
        screen.go_by(&timeline, Clock::Discovered);
        filter(&timeline, &mut screen, "-title:e");
        assert_eq!(lines(&timeline, &screen), "BD[_]");
        screen.toggle_fold(&timeline);
        screen.select(&timeline, 4);
        filter(&timeline, &mut screen, "-title:d");
        assert_eq!(lines(&timeline, &screen), "B_a[c]e");
        filter(&timeline, &mut screen, "title:a or title:c");
        assert_eq!(lines(&timeline, &screen), "a[c]", "no event has the date");
    }
}

//! The dates of the list: whole where there is room, else without what the row above or the heading says.

use ratatui::layout::Rect;

use super::columns::{GUTTER, ListColumns};
use crate::date::{DateWords, StampForm};
use crate::document::Role;
use crate::timeline::{Clock, Event};
use crate::ui::paint::{Painter, cells, skip};

/// Draws the dates of the rows from the top down.
pub(super) struct DateCells {
    pub(super) columns: ListColumns,
    clock: Clock,
    /// The date of the row above; of the first row its own, where the heading says what it leaves out.
    context: Option<DateWords>,
}

impl DateCells {
    pub(super) const fn new(columns: ListColumns, clock: Clock) -> Self {
        Self {
            columns,
            clock,
            context: None,
        }
    }

    /// The heading: the clock, and what the first row leaves out.
    pub(super) fn head(&mut self, painter: &mut Painter<'_>, first: Option<Event<'_>>, line: Rect) {
        let clock = match self.clock {
            Clock::Happened => "WHEN",
            Clock::Discovered => "DISCOVERED",
            Clock::Disclosed => "DISCLOSED",
            Clock::Attributed => "ATTRIBUTED",
        };
        let room = (GUTTER + self.columns.first).min(line.width);
        let words = first.and_then(|first| first.words_on(self.clock));
        let left_out = words.as_ref().map(|it| it.left_out_by(self.columns.form));
        let left_out = left_out.unwrap_or_default();
        let fits = |width: u16| width <= room && line.height > 0;
        let place = Rect {
            width: room,
            ..line
        };
        if !left_out.is_empty() && fits(cells(clock) + 1 + cells(&left_out)) {
            let rest = painter.right(place, &left_out, Role::Quiet);
            let width = rest.width.saturating_sub(1);
            painter.right(Rect { width, ..rest }, clock, Role::Label);
            self.context = words;
        } else if self.clock == Clock::Happened && left_out.contains(' ') && fits(cells(&left_out))
        {
            // A date is a heading of times: it needs no word.
            painter.right(place, &left_out, Role::Quiet);
            self.context = words;
        } else {
            let place = skip(place, GUTTER);
            painter.right(place, clock, Role::Label);
        }
    }

    /// Draws a date and returns how many cells of the line it takes.
    pub(super) fn draw(&mut self, painter: &mut Painter<'_>, event: Event<'_>, line: Rect) -> u16 {
        let columns = self.columns;
        let Some(when) = event.on(self.clock) else {
            let words = match self.clock {
                Clock::Happened => "undated",
                _ => "not stated",
            };
            let width = columns.first.min(line.width);
            painter.right(Rect { width, ..line }, words, Role::Imprecise);
            self.context = None;
            return columns.first;
        };
        if columns.first == 0 {
            return 0;
        }
        let words = when.words();
        let first = self.first(&words);
        let role = crate::document::date_role(&when);
        let end = u16::from(!words.last.is_empty());
        // A title gives more room to a point in time than to other dates, whose last word matters less.
        let stamp = if words.is_stamp() {
            (cells(&first) + end).min(columns.most_of_stamp)
        } else {
            0
        };
        let line = Rect {
            width: columns.dates().max(columns.most).max(stamp).min(line.width),
            ..line
        };
        let place = skip(line, columns.first.saturating_sub(cells(&first)));
        // A long date may run into the column of ends, and on; before an end a cell is left for its sign.
        let start = Rect {
            width: place.width.saturating_sub(end),
            ..place
        };
        let width = start.width - painter.clipped(start, &first, role).width;
        let mut rest = skip(place, width);
        if end > 0 {
            rest = draw_end(painter, &words, rest, role);
        }
        self.context = Some(words);
        rest.x - line.x
    }

    /// What a date begins with: in the form of the column where the row above says the rest, else in a longer one.
    fn first(&self, words: &DateWords) -> String {
        let columns = self.columns;
        let end = u16::from(!words.last.is_empty());
        let room = columns.dates().max(columns.most_of_stamp);
        let fits = |text: &String| cells(text) + end <= room;
        let is_said = |form: StampForm| {
            let above = self.context.as_ref();
            form == StampForm::Whole || above.is_some_and(|above| words.repeats(above, form))
        };
        let (columns_form, all) = (columns.form, StampForm::ALL.into_iter());
        let said: Vec<StampForm> = all.filter(|&form| is_said(form)).collect();
        let longer = said.iter().rev().find(|&&form| form <= columns_form);
        let shorter = said.iter().filter(|&&form| form > columns_form);
        let texts = longer.into_iter().chain(shorter);
        let mut texts = texts.map(|&form| words.first_in(form).into_owned());
        if let Some(text) = texts.find(fits) {
            return text;
        }
        // The row above does not say what has no room: the date is cut at its beginning, because its last digits
        // distinguish the rows of a log.
        let shorter = StampForm::ALL.into_iter().filter(|_| words.is_stamp());
        let mut cut = shorter.map(|form| format!("…{}", words.first_in(form)));
        cut.find(fits).unwrap_or_else(|| words.first.clone())
    }
}

/// Draws the joining word and the end; returns the line that is left.
fn draw_end(painter: &mut Painter<'_>, words: &DateWords, line: Rect, role: Role) -> Rect {
    // An end that is cut down to `…` would be an open one: then the joining word goes too.
    if line.width < cells(words.joiner) + cells(&words.last).min(2) {
        return painter.text(line, "…", role);
    }
    let rest = painter.text(line, words.joiner, Role::Quiet);
    painter.clipped(rest, &words.last, role)
}

//! The dates of the list: whole if there is room, otherwise without what the row above or the heading says.

use ratatui::layout::Rect;

use super::columns::ListColumns;
use crate::date::{DateWords, EventDate, StampForm};
use crate::document::Role;
use crate::timeline::{Clock, Event};
use crate::ui::paint::{Painter, cells, skip};

/// Draws the dates of the rows from the top down.
pub(super) struct DateCells {
    pub(super) columns: ListColumns,
    clock: Clock,
    /// The date of the row above. For the first row it is the row's own date if the heading says what the row leaves
    /// out.
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
        let room = (self.columns.gutter + self.columns.first).min(line.width);
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
            let place = skip(place, self.columns.gutter);
            painter.right(place, clock, Role::Label);
        }
    }

    /// Draws a date into its columns.
    pub(super) fn draw(&mut self, painter: &mut Painter<'_>, event: Event<'_>, line: Rect) {
        let columns = self.columns;
        let place = Rect {
            width: columns.dates().min(line.width),
            ..line
        };
        let Some(when) = event.on(self.clock) else {
            let words = match self.clock {
                Clock::Happened => "undated",
                _ => "not stated",
            };
            let width = columns.first.min(line.width);
            painter.right(Rect { width, ..line }, words, Role::Imprecise);
            self.context = None;
            return;
        };
        if columns.first == 0 {
            return;
        }
        let words = when.words();
        let role = crate::document::date_role(&when);
        let shown = if words.is_stamp() {
            self.stamp(&words)
        } else {
            self.spelling(&when, &words)
        };
        // In two columns the beginnings are aligned, in one the whole dates.
        let aligned = if columns.last > 0 {
            cells(&shown.first)
        } else {
            cells(&shown.to_string())
        };
        let mut rest = skip(place, columns.first.saturating_sub(aligned));
        rest = painter.clipped(rest, &shown.first, role);
        rest = painter.text(rest, shown.joiner, Role::Quiet);
        painter.clipped(rest, &shown.last, role);
        self.context = Some(words);
    }

    /// Whether words have room in the columns.
    fn fits(&self, words: &DateWords) -> bool {
        let columns = self.columns;
        let (first, end) = (
            cells(&words.first),
            cells(words.joiner) + cells(&words.last),
        );
        if columns.last == 0 || end == 0 {
            first + end <= columns.dates()
        } else {
            first <= columns.first && end <= columns.last
        }
    }

    /// The longest spelling of a date that has room, or else its beginning with the sign of a cut.
    fn spelling(&self, when: &EventDate, words: &DateWords) -> DateWords {
        if self.fits(words) {
            return words.clone();
        }
        let mut spellings = when.spellings().into_iter();
        let fitting = spellings.find(|spelling| self.fits(spelling));
        fitting.unwrap_or_else(|| words.cut_after(words.first.clone()))
    }

    /// A point in time, in the form of the column if the row above says the rest, otherwise in a longer form.
    fn stamp(&self, words: &DateWords) -> DateWords {
        let form = self.columns.form;
        let is_first_said = self.context.as_ref() == Some(words);
        let below = if is_first_said {
            form
        } else {
            words.form_below(self.context.as_ref(), form)
        };
        let whole = words.with_first(words.first_in(below).into_owned());
        if self.fits(&whole) {
            return whole;
        }
        // The row above may not say what has no room here: then the date is cut at its beginning, because its last
        // digits distinguish the rows of a log.
        let below = std::iter::once(words.first_in(below).into_owned());
        let shorter = StampForm::ALL.into_iter();
        let cut = shorter.map(|form| format!("…{}", words.first_in(form)));
        let mut texts = below.chain(cut).map(|first| words.cut_after(first));
        let fitting = texts.find(|it| self.fits(it));
        fitting.unwrap_or_else(|| words.cut_after(words.first.clone()))
    }
}

//! How the width of the list is divided among its columns.

use crate::app::screen::{DateColumns, RowMarks};
use crate::date::StampForm;

/// The mark of the selected row and of an order that is not established.
pub(super) const GUTTER: u16 = 3;
pub(super) const GAP: u16 = 2;
/// The mark of a family with a space on either side, in place of [`GAP`].
const MARK: u16 = 3;
/// The mark of what is contested.
const FLAG: u16 = 2;

/// The columns of the list, in cells; a column without room has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListColumns {
    /// What a date begins with, set right to align the years.
    pub first: u16,
    /// What follows in a date of two ends.
    pub last: u16,
    /// What separates the date from what follows.
    pub gap: u16,
    /// Whether the gap has the mark of the phase's family in it.
    pub has_marks: bool,
    pub phase: u16,
    pub title: u16,
    pub parties: u16,
    /// How much of a line a date may take that needs more than its columns.
    pub most: u16,
    /// And a point in time, which loses no digit to a title.
    pub most_of_stamp: u16,
    /// How much of a point in time is left to the row above where it says the same.
    pub form: StampForm,
}

/// Titles this wide come before the ends of dates.
const ROOMY_TITLE: u16 = 34;
/// And this wide where most dates have an end.
const FAIR_TITLE: u16 = 24;
/// A title of fewer cells says nothing.
const LEAST_TITLE: u16 = 5;
/// A joining word and an end that is open or not known: ` – …`.
const OPEN_END: u16 = 4;
/// A date that is not longer than this leaves only so much of a title.
const LONG_DATE: u16 = 40;
const TITLE_BESIDE_DATE: u16 = 6;
const PHASE: u16 = 14;

impl ListColumns {
    /// The columns for the dates of a timeline; titles have the first claim on the rest.
    pub(super) fn fit(width: u16, dates: DateColumns, marks: RowMarks) -> Self {
        let has_marks = marks == RowMarks::Families;
        let gap = if has_marks { MARK } else { GAP };
        let room = width.saturating_sub(GUTTER + gap + FLAG);
        let (form, first) = form(room, dates);
        let first = first.min(room);
        // Where a column of ends would cost too much of the titles, there is none: an end then takes the room
        // from the title of its own line.
        let title = if dates.are_mostly_two {
            FAIR_TITLE
        } else {
            ROOMY_TITLE
        };
        let last = if room >= first + dates.last + title {
            dates.last
        } else {
            dates.last.min(OPEN_END).min(room - first)
        };
        // A title says more than a date if both do not fit.
        let (first, last) = if room < first + last + LEAST_TITLE {
            (0, 0)
        } else {
            (first, last)
        };
        let title = room - first - last;
        let phase = if title >= PHASE + GAP + 48 { PHASE } else { 0 };
        let title = if phase > 0 {
            title - phase - GAP
        } else {
            title
        };
        let parties = if title > 76 { title - 50 } else { 0 };
        let title = if parties > 0 {
            title - parties - GAP
        } else {
            title
        };
        let beside_little = LONG_DATE.min(room.saturating_sub(TITLE_BESIDE_DATE));
        let beside_fair = room.saturating_sub(FAIR_TITLE);
        Self {
            first,
            last,
            gap,
            has_marks,
            phase,
            title,
            parties,
            most: dates.whole.min(beside_little.max(beside_fair)),
            most_of_stamp: room.saturating_sub(LEAST_TITLE),
            form,
        }
    }

    /// Where titles begin, on a line without the gutter.
    pub(super) fn dates(self) -> u16 {
        self.first + self.last
    }
}

/// The longest form of points in time that leaves a fair title, else the shortest; and the width of its column.
fn form(room: u16, dates: DateColumns) -> (StampForm, u16) {
    let end = dates.last.min(OPEN_END);
    let forms = || StampForm::ALL.into_iter().zip(dates.first);
    let fair = forms().find(|(_, first)| room >= first + end + FAIR_TITLE);
    // Of forms of one width the first is taken: it says the most.
    let shortest = || forms().min_by_key(|(_, first)| *first);
    fair.or_else(shortest)
        .unwrap_or((StampForm::Whole, dates.first[0]))
}

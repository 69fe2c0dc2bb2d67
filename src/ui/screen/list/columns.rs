//! How the width of the list is divided among its columns.

use crate::app::screen::{DateColumns, RowMarks};
use crate::date::StampForm;

/// The marks of the selected row and of an uncertain order.
const GUTTER: u16 = 3;
/// One cell more, for the mark of a change or of an unproven date, which would touch the dates.
const WIDE_GUTTER: u16 = GUTTER + 1;
pub(super) const GAP: u16 = 2;
/// The mark of a family with a space on either side, in place of [`GAP`].
const MARK: u16 = 3;
/// The mark of a contested event.
const FLAG: u16 = 2;

/// The columns of the list, in cells; a column without room has none.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListColumns {
    /// The column before the dates.
    pub gutter: u16,
    /// The date, aligned right to align the years; or only its beginning.
    pub first: u16,
    /// The rest of a date with two ends, if there is a column for it.
    pub last: u16,
    /// The time from the event above.
    pub times_between: u16,
    /// The space between the date and the next column.
    pub gap: u16,
    /// Whether the gap has the mark of the phase's family in it.
    pub has_marks: bool,
    pub phase: u16,
    pub title: u16,
    pub parties: u16,
    /// How much of a point in time is left out if the row above says the same.
    pub form: StampForm,
}

/// Up to this width, titles have priority over a column of ends.
const ROOMY_TITLE: u16 = 48;
/// Up to this width, titles have priority over the longest spellings of dates in one column.
const LONGEST_TITLE: u16 = 40;
/// Up to this width, titles have priority over spellings that leave out repetitions.
const LONG_TITLE: u16 = 37;
/// Up to this width, titles have priority over spellings of a usual width.
const USUAL_TITLE: u16 = 34;
/// Up to this width, titles have priority over a column of ends if most dates have two ends.
const FAIR_TITLE: u16 = 24;
/// Up to this width, titles have priority over the date of a log's row whose year or zone differs from the row above.
const SHORT_TITLE: u16 = 12;
/// A title of fewer cells says nothing.
const LEAST_TITLE: u16 = 5;
/// The least column of dates: `25 Mar 2024`.
const LEAST_DATE: u16 = 11;
const PHASE: u16 = 14;

impl ListColumns {
    /// The columns for the dates of a timeline, and for gaps of a width. Every title begins in the same column.
    pub(super) fn fit(width: u16, dates: DateColumns, marks: RowMarks, between: u16) -> Self {
        let has_marks = marks.are_families;
        let gap = if has_marks { MARK } else { GAP };
        let gutter = if marks.are_before_dates {
            WIDE_GUTTER
        } else {
            GUTTER
        };
        let room = width.saturating_sub(gutter + gap + FLAG);
        let times_between = if between > 0 && room > between + GAP + LEAST_DATE + SHORT_TITLE {
            between + GAP
        } else {
            0
        };
        let room = room - times_between;
        let form = form(room, dates);
        let (first, last) =
            two_columns(room, dates, form).unwrap_or_else(|| (one_column(room, dates, form), 0));
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
        Self {
            gutter,
            first,
            last,
            times_between,
            gap,
            has_marks,
            phase,
            title,
            parties,
            form,
        }
    }

    pub(super) fn dates(self) -> u16 {
        self.first + self.last
    }

    /// Where the mark of the family begins, on a line without the gutter.
    pub(super) fn before_mark(self) -> u16 {
        self.dates() + self.times_between
    }
}

/// The longest form of points in time that leaves a fair title, or else the shortest form.
fn form(room: u16, dates: DateColumns) -> StampForm {
    let widths = || StampForm::ALL.into_iter().zip(dates.stamps);
    let fair = widths().find(|(_, stamps)| room >= stamps + FAIR_TITLE);
    // If several forms have the same width, the first is taken, since it says the most.
    let shortest = || widths().min_by_key(|(_, stamps)| *stamps);
    fair.or_else(shortest)
        .map_or(StampForm::Whole, |(form, _)| form)
}

/// A column of beginnings and a column of ends, if they leave enough room for titles.
fn two_columns(room: u16, dates: DateColumns, form: StampForm) -> Option<(u16, u16)> {
    let title = if dates.are_mostly_two {
        FAIR_TITLE
    } else {
        ROOMY_TITLE
    };
    let is_whole = form == StampForm::Whole && dates.stamps[0] <= dates.first + dates.last;
    let is_roomy = room >= dates.first + dates.last + title;
    (dates.last > 0 && is_whole && is_roomy).then_some((dates.first, dates.last))
}

/// One column for whole dates, which is wider if there is more room for titles.
fn one_column(room: u16, dates: DateColumns, form: StampForm) -> u16 {
    let titles = [LONGEST_TITLE, LONG_TITLE, USUAL_TITLE, FAIR_TITLE];
    let mut roomy = dates.one.into_iter().zip(titles);
    let plain = roomy.find(|(one, title)| room >= one + title);
    let shortest = dates.one[dates.one.len() - 1];
    let plain = plain.map_or(shortest, |(one, _)| one);
    let plain = plain.min(room.saturating_sub(FAIR_TITLE).max(LEAST_DATE));
    plain.max(stamp_column(room, dates, form))
}

/// Every digit of a point in time is shown, so the column of these has priority over the titles.
fn stamp_column(room: u16, dates: DateColumns, form: StampForm) -> u16 {
    let at = StampForm::ALL.iter().position(|it| *it == form);
    let at = at.unwrap_or_default();
    let (typical, all) = (dates.stamps[at], dates.stamps_with_changes[at]);
    let stamps = if room >= all + SHORT_TITLE {
        all
    } else {
        // A cell for the sign that such a date is cut.
        (typical + 1).min(all)
    };
    let heading = dates.heading[at].saturating_sub(GUTTER);
    stamps.min(room.saturating_sub(LEAST_TITLE)).max(heading)
}

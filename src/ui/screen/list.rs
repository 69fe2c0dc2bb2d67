//! The list: one event a line, its date as stated, so aligned that the eye can run down the years.

use ratatui::layout::Rect;

use crate::app::model::{Mode, Model};
use crate::app::overlay::Overlay;
use crate::app::screen::{DateColumns, Focus, TimelineScreen};
use crate::date::{EventDate, Truth};
use crate::document::{Family, Role};
use crate::timeline::{Clock, EntityId, Event, Timeline};
use crate::ui::paint::{Painter, cells, row};

/// The columns of the list, in cells; a column without room has none.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// What a date begins with, set right so that years stand under years.
    first: u16,
    /// What follows in a date of two ends.
    last: u16,
    phase: u16,
    title: u16,
    parties: u16,
}

/// The mark of the selected row and of an order that is not established.
const GUTTER: u16 = 3;
const GAP: u16 = 2;
/// The mark of what is contested.
const FLAG: u16 = 2;
/// Titles this wide come before the ends of dates.
const ROOMY_TITLE: u16 = 44;
/// A title of fewer cells says nothing.
const LEAST_TITLE: u16 = 5;
/// A joining word without what it joins.
const JOINER: u16 = 3;
const PHASE: u16 = 14;

impl Columns {
    /// The columns for the dates of a timeline; titles have the first claim on the rest.
    fn fit(width: u16, dates: DateColumns) -> Self {
        let room = width.saturating_sub(GUTTER + GAP + FLAG);
        let first = dates.first.min(room);
        // Where it would cost too much of the titles, the end of a date is left to the detail; the
        // joining word stays, so that nothing seems to be over on the day on which it began.
        let is_roomy = room >= first + dates.last + ROOMY_TITLE;
        let last = if is_roomy {
            dates.last
        } else {
            dates.last.min(JOINER).min(room - first)
        };
        // Where there is no room for both, a title says more than a date.
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
            first,
            last,
            phase,
            title,
            parties,
        }
    }
}

/// The names of the columns and the rows that the list shows.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    screen: &TimelineScreen,
    head: Rect,
    area: Rect,
) {
    let timeline = &model.timeline;
    let rows = screen.sieve.rows();
    let end = rows.len().min(screen.top + usize::from(area.height));
    let shown: Vec<Event<'_>> = rows[screen.top..end]
        .iter()
        .map(|&id| timeline.event(id))
        .collect();
    let columns = Columns::fit(area.width, screen.dates);
    heads(painter, columns, screen.clock, head);
    if shown.is_empty() {
        let words = if timeline.is_empty() {
            "  no events"
        } else if model.mode_below() == Mode::Scene {
            "  no event is left in the view of this scene"
        } else if model.extent.grows() {
            "  no event that has been read yet matches"
        } else if matches!(model.overlay, Some(Overlay::AsOf(_))) {
            "  no event of the filter was public by then"
        } else if matches!(model.overlay, Some(Overlay::Filter(_))) {
            "  no event matches: {cancel} leaves things as they were"
        } else {
            "  no event matches: {undo} undoes the last change, {clear} clears the filter"
        };
        painter.clipped(row(area, 0), &model.keymap.says(words), Role::Quiet);
    }
    for (index, event) in (0u16..).zip(&shown) {
        let line = row(area, index);
        let above = (screen.top + usize::from(index))
            .checked_sub(1)
            .map(|above| timeline.event(rows[above]));
        gutter(painter, screen, above, *event, line);
        if let Some(change) = model.changes.of(*event) {
            painter.text(skip(line, 2), change.mark(), Role::Label);
        }
        event_row(painter, timeline, (columns, screen.clock), *event, line);
        if screen.top + usize::from(index) == screen.selected {
            let role = if screen.focus == Focus::List {
                Role::Selected
            } else {
                Role::Remembered
            };
            painter.tint(line, role);
            painter.text(line, "▸", role);
        }
    }
    if let Some(needle) = &model.needle {
        painter.mark(area, needle.as_str(), Role::Found);
    }
}

fn heads(painter: &mut Painter<'_>, columns: Columns, clock: Clock, line: Rect) {
    let when = match clock {
        Clock::Happened => "WHEN",
        Clock::Discovered => "DISCOVERED",
        Clock::Disclosed => "DISCLOSED",
        Clock::Attributed => "ATTRIBUTED",
    };
    let mut rest = skip(line, GUTTER);
    painter.right(
        Rect {
            width: columns.first.min(rest.width),
            ..rest
        },
        when,
        Role::Label,
    );
    rest = skip(rest, columns.first + columns.last + GAP);
    if columns.phase > 0 {
        painter.text(rest, "PHASE", Role::Label);
        rest = skip(rest, columns.phase + GAP);
    }
    painter.text(rest, "WHAT", Role::Label);
    if columns.parties > 0 {
        painter.text(skip(rest, columns.title + GAP), "WHO → WHOM", Role::Label);
    }
}

fn event_row(
    painter: &mut Painter<'_>,
    timeline: &Timeline,
    (columns, clock): (Columns, Clock),
    event: Event<'_>,
    line: Rect,
) {
    let mut rest = skip(line, GUTTER);
    date(painter, columns, (event, clock), rest);
    rest = skip(rest, columns.first + columns.last + GAP);
    if columns.phase > 0 {
        painter.clipped(
            Rect {
                width: columns.phase,
                ..rest
            },
            event.phase(),
            Family::of(event.phase()).into(),
        );
        rest = skip(rest, columns.phase + GAP);
    }
    let width = columns.title.min(rest.width);
    painter.clipped(Rect { width, ..rest }, event.title(), Role::Text);
    rest = skip(rest, columns.title);
    if columns.parties > 0 {
        let line = skip(rest, GAP);
        parties(
            painter,
            timeline,
            event,
            Rect {
                width: columns.parties.min(line.width),
                ..line
            },
        );
        rest = skip(rest, columns.parties + GAP);
    }
    if !event.contested().is_empty() {
        painter.text(skip(rest, 1), "⚑", Role::Contested);
    }
}

/// What only possibly matches the filter is marked, else an order that is only that of the list.
fn gutter(
    painter: &mut Painter<'_>,
    screen: &TimelineScreen,
    above: Option<Event<'_>>,
    event: Event<'_>,
    line: Rect,
) {
    if screen.sieve.truth(event.id()) == Truth::Maybe {
        painter.text(skip(line, 1), "?", Role::Imprecise);
    } else if !above.is_none_or(|above| is_order_established(above, event, screen.clock)) {
        painter.text(skip(line, 1), "┊", Role::Faint);
    }
}

/// The row above surely began before this one; if not, their order is only the order of the list.
fn is_order_established(above: Event<'_>, event: Event<'_>, clock: Clock) -> bool {
    match (above.on(clock), event.on(clock)) {
        (Some(above), Some(when)) => {
            above.starts_before(&when) == Truth::Yes || is_same_day(&above, &when)
        }
        _ => true,
    }
}

/// Two events of one day are shown as such by their dates; a mark would say it twice.
fn is_same_day(left: &EventDate, right: &EventDate) -> bool {
    left.order_key() == right.order_key()
}

fn date(
    painter: &mut Painter<'_>,
    columns: Columns,
    (event, clock): (Event<'_>, Clock),
    line: Rect,
) {
    let Some(when) = event.on(clock) else {
        let words = match clock {
            Clock::Happened => "undated",
            _ => "not stated",
        };
        painter.right(
            Rect {
                width: columns.first.min(line.width),
                ..line
            },
            words,
            Role::Imprecise,
        );
        return;
    };
    let words = when.words();
    let role = crate::document::date_role(&when);
    let both = Rect {
        width: (columns.first + columns.last).min(line.width),
        ..line
    };
    if words.last.is_empty() {
        // A long single date may run into the column that it leaves empty.
        let indent = columns.first.saturating_sub(cells(&words.first));
        painter.clipped(skip(both, indent), &words.first, role);
        return;
    }
    let indent = columns.first.saturating_sub(cells(&words.first));
    let first = Rect {
        width: columns.first.min(both.width),
        ..both
    };
    painter.clipped(skip(first, indent), &words.first, role);
    let rest = painter.text(skip(both, columns.first), words.joiner, Role::Quiet);
    painter.clipped(rest, &words.last, role);
}

fn parties(painter: &mut Painter<'_>, timeline: &Timeline, event: Event<'_>, line: Rect) {
    let names = |ids: &[EntityId]| -> String {
        let names: Vec<&str> = ids
            .iter()
            .map(|&id| timeline.entity(id).name.as_str())
            .collect();
        names.join(", ")
    };
    let (who, whom) = (names(event.actors()), names(event.targets()));
    if whom.is_empty() {
        painter.clipped(line, &who, Role::Actor);
        return;
    }
    // Both sides are seen: the first is cut where it would leave too little to the second.
    let arrow = if who.is_empty() { "→ " } else { " → " };
    let keep = cells(&whom).min(line.width / 2) + cells(arrow);
    let rest = painter.clipped(
        Rect {
            width: line.width.saturating_sub(keep),
            ..line
        },
        &who,
        Role::Actor,
    );
    let rest = Rect {
        width: line.right().saturating_sub(rest.x),
        ..rest
    };
    let rest = painter.text(rest, arrow, Role::Quiet);
    painter.clipped(rest, &whom, Role::Target);
}

/// What is left of a line after some cells.
fn skip(line: Rect, cells: u16) -> Rect {
    let cells = cells.min(line.width);
    Rect {
        x: line.x + cells,
        width: line.width - cells,
        ..line
    }
}

//! The list: one event a line, its date as stated, so aligned that the eye can run down the years.

mod nothing;

use ratatui::layout::Rect;

use crate::app::model::Model;
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
    /// How much of a line a date may take that needs more than its columns.
    most: u16,
}

/// The mark of the selected row and of an order that is not established.
const GUTTER: u16 = 3;
const GAP: u16 = 2;
/// The mark of what is contested.
const FLAG: u16 = 2;
/// Titles this wide come before the ends of dates.
const ROOMY_TITLE: u16 = 44;
/// And this wide where most dates have an end.
const FAIR_TITLE: u16 = 24;
/// A title of fewer cells says nothing.
const LEAST_TITLE: u16 = 5;
/// A joining word and an end that is open or not known: ` – …`.
const OPEN_END: u16 = 4;
/// What a date leaves of a title.
const TITLE_BESIDE_DATE: u16 = 12;
const PHASE: u16 = 14;

impl Columns {
    /// The columns for the dates of a timeline; titles have the first claim on the rest.
    fn fit(width: u16, dates: DateColumns) -> Self {
        let room = width.saturating_sub(GUTTER + GAP + FLAG);
        let first = dates.first.min(room);
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
            most: (dates.first + dates.last).min(room.saturating_sub(TITLE_BESIDE_DATE)),
        }
    }

    /// Where titles begin, on a line without the gutter.
    fn dates(self) -> u16 {
        self.first + self.last
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
        for (index, words) in (0..area.height).zip(nothing::told(model, screen)) {
            let words = format!("  {}", model.keymap.says(&words));
            painter.clipped(row(area, index), &words, Role::Quiet);
        }
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
    rest = skip(rest, columns.dates() + GAP);
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
    let over = date(painter, columns, (event, clock), rest).saturating_sub(columns.dates());
    rest = skip(rest, columns.dates() + over + GAP);
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
    let width = columns.title.saturating_sub(over).min(rest.width);
    painter.clipped(Rect { width, ..rest }, event.title(), Role::Text);
    rest = skip(rest, width);
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

/// Draws the date and says how many cells of the line it takes.
fn date(
    painter: &mut Painter<'_>,
    columns: Columns,
    (event, clock): (Event<'_>, Clock),
    line: Rect,
) -> u16 {
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
        return columns.first;
    };
    if columns.first == 0 {
        return 0;
    }
    let words = when.words();
    let role = crate::document::date_role(&when);
    let line = Rect {
        width: columns.dates().max(columns.most).min(line.width),
        ..line
    };
    let indent = columns.first.saturating_sub(cells(&words.first));
    if words.last.is_empty() {
        // A long single date may run into the column that it leaves empty, and on.
        let rest = painter.clipped(skip(line, indent), &words.first, role);
        return rest.x - line.x;
    }
    let first = Rect {
        width: columns.first.min(line.width),
        ..line
    };
    painter.clipped(skip(first, indent), &words.first, role);
    let rest = skip(line, columns.first);
    // An end that is cut down to `…` would be an open one: then the joining word goes too.
    let joiner = cells(words.joiner);
    let rest = if rest.width < joiner + cells(&words.last).min(2) {
        painter.text(rest, "…", role)
    } else {
        let rest = painter.text(rest, words.joiner, Role::Quiet);
        painter.clipped(rest, &words.last, role)
    };
    rest.x - line.x
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Size;

    use crate::app::model::Model;
    use crate::diagnostic::SourceText;
    use crate::timeline::Timeline;
    use crate::ui::theme::Theme;

    /// The lines of the list at a size, for events of these dates.
    fn list(dates: &[&str], width: u16) -> Vec<String> {
        let event = |when: &&str| format!("[[events]]\ntitle = \"Title\"\nwhen = \"{when}\"\n");
        let text: String = dates.iter().map(event).collect();
        let (timeline, findings) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        assert!(findings.is_empty(), "{findings:?}");
        let timeline: Arc<Timeline> = Arc::new(timeline);
        let size = Size::new(width, 40);
        let model = Model::new(timeline, Vec::new(), size);
        let mut cells = Buffer::empty(ratatui::layout::Rect::from(((0, 0).into(), size)));
        crate::ui::draw(&model, Theme::Dark, &mut cells);
        let area = model.regions().list;
        let line = |y| (area.left()..area.right()).map(move |x| (x, y));
        let rows = (area.top()..area.bottom()).map(line);
        let lines = rows.map(|row| row.map(|at| cells[at].symbol().to_owned()).collect());
        lines
            .map(|line: String| line.trim_end().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    #[test]
    fn the_end_of_a_date_takes_its_room_from_the_title_where_it_has_no_column() {
        let dates = ["2019", "2020", "late 2021/2022-10", "2023/..", "2024/"];
        assert_eq!(
            list(&dates, 50),
            [
                "▸         2019      Title",
                "          2020      Title",
                "     late 2021 – Oct 2022  Title",
                "          2023 – …  Title",
                "          2024 – ?  Title",
            ]
        );
    }

    #[test]
    fn where_most_dates_have_an_end_ends_have_a_column_sooner() {
        let dates = ["2019", "2020-01/2020-02", "late 2021/2022-10"];
        let titles = |width| {
            let lines = list(&dates, width);
            let at = |line: &String| Some(line.split_once("Title")?.0.chars().count());
            lines.iter().filter_map(at).collect::<Vec<_>>()
        };
        assert_eq!(titles(58), [27, 27, 27]);
        assert_eq!(titles(50), [20, 27, 27]);
    }

    /// Promise 1: whoever reads half a date must see that it is half a date, and not take it for an open one.
    #[test]
    fn no_date_is_cut_without_a_sign() {
        let written = [
            "late 2021/2022-10",
            "[2021-10-03, 2022-03-14]",
            "[2021-08..2022-10]",
            "about 2021-10-12",
            "2021-03-04T12:30:15Z/2021-03-05T09:10:00.25Z",
            "../2022-10-12",
        ];
        for date in written {
            let words = crate::date::EventDate::parse(date).expect(date).to_string();
            for width in 27..140 {
                let line = list(&[date], width).remove(0);
                let shown = line.trim_start_matches('▸').trim_start();
                let cut = shown.rsplit_once('…').map(|(before, _)| before.trim_end());
                let is_cut = cut.is_some_and(|before| {
                    words.starts_with(before) && !before.is_empty() && !before.ends_with('–')
                });
                // Where there is no room for dates, there are none.
                let is_whole = shown.starts_with(&words) || shown.starts_with("Title");
                assert!(is_whole || is_cut, "{width}: {line}");
            }
        }
    }
}

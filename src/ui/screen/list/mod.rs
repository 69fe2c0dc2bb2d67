//! The list: one event a line, its date as stated, aligned so that the eye can run down the years.

mod columns;
mod gaps;
mod nothing;
mod when;

use ratatui::layout::Rect;

use self::columns::{GAP, ListColumns};
use self::gaps::{gaps, title};
use self::when::DateCells;
use crate::app::model::Model;
use crate::app::screen::{Focus, GapColumn, TimelineScreen, UndatedFold, is_order_established};
use crate::date::{Lag, Truth};
use crate::document::{MARK, PartyNames, PhaseFamily, Role, STAR, parties_of};
use crate::timeline::{Clock, Event, Timeline};
use crate::ui::paint::{Painter, cells, row, skip};

/// The cells of the arrow from those who act to their targets.
const ARROW: u16 = 3;

/// A name gets at least this many cells, unless it is shorter.
const SHORTEST_NAME: u16 = 6;

/// Draws the column headings and the visible rows.
pub(super) fn draw(
    painter: &mut Painter<'_>,
    model: &Model,
    screen: &TimelineScreen,
    head: Rect,
    area: Rect,
) {
    let timeline = model.timeline();
    let shown: Vec<Option<Event<'_>>> = screen
        .shown_lines(area.height)
        .map(|id| id.map(|id| timeline.event(id)))
        .collect();
    let gaps = gaps(timeline, screen, shown.len());
    let widest = gaps
        .iter()
        .flatten()
        .filter(|_| screen.gaps == GapColumn::Shown);
    let widest = widest.map(|gap| cells(&gap.short_gap())).max();
    let columns = ListColumns::fit(
        area.width,
        screen.dates,
        screen.marks,
        widest.unwrap_or_default(),
    );
    let mut dates = DateCells::new(columns, screen.clock);
    heads(painter, columns, head);
    dates.head(painter, shown.first().copied().flatten(), head);
    if shown.is_empty() {
        for (index, words) in (0..area.height).zip(nothing::lines(model, screen)) {
            let words = format!("  {}", model.keymap().says(&words));
            painter.clipped(row(area, index), &words, Role::Quiet);
        }
    }
    let is_focused = screen.focus == Focus::List;
    if is_focused {
        painter.select(row(area, 0));
    }
    for ((index, event), gap) in (0u16..).zip(&shown).zip(gaps) {
        let line = row(area, index);
        if let Some(event) = *event {
            let above = (screen.top + usize::from(index)).checked_sub(1);
            let above = above.and_then(|above| screen.event_at(above));
            let above = above.map(|above| timeline.event(above));
            gutter(painter, screen, above, event, line);
            marks(painter, model, screen, event, line);
            event_row(painter, timeline, &mut dates, (event, gap), line);
        } else if let Some(fold) = &screen.fold {
            fold_row(painter, fold, screen.clock, columns, line);
        }
        if screen.top + usize::from(index) == screen.selected {
            let role = if is_focused {
                painter.select(line);
                Role::Selected
            } else {
                Role::Remembered
            };
            painter.tint(line, role);
            painter.text(line, "▸", role);
        }
    }
    if let Some(needle) = model.needle() {
        painter.mark(area, needle.as_str(), Role::Found);
    }
}

/// The marks of a match, of the pinned event, and of a change or an unproven date.
fn marks(
    painter: &mut Painter<'_>,
    model: &Model,
    screen: &TimelineScreen,
    event: Event<'_>,
    line: Rect,
) {
    if model.is_match(event.id()) {
        painter.text(line, "/", Role::Found);
    }
    if model.pinned() == Some(event.id()) {
        painter.text(skip(line, 1), "X", Role::Key);
    }
    let changes = model.timeline().changes();
    if let Some(item) = changes.and_then(|it| it.of(event.id())) {
        painter.text(skip(line, 2), item.presence.mark(), Role::Key);
    } else if screen.clock == Clock::Happened && event.redactions().date.is_unproven() {
        painter.text(skip(line, 2), "*", Role::Imprecise);
    }
}

/// The line of the events without a date on the clock: how many they are, and whether they are shown.
fn fold_row(
    painter: &mut Painter<'_>,
    fold: &UndatedFold,
    clock: Clock,
    columns: ListColumns,
    line: Rect,
) {
    let rest = skip(line, columns.gutter + columns.before_mark() + columns.gap);
    let sign = if fold.is_open { "▾" } else { "▸" };
    let rest = painter.text(rest, &undated(fold.count, clock), Role::Quiet);
    painter.text(skip(rest, 1), sign, Role::Quiet);
}

/// `80 have no discovery date`.
pub(in crate::ui) fn undated(count: usize, clock: Clock) -> String {
    let date = match clock {
        Clock::Happened => "date",
        Clock::Discovered => "discovery date",
        Clock::Disclosed => "disclosure date",
        Clock::Attributed => "attribution date",
    };
    format!("{count} have no {date}")
}

fn heads(painter: &mut Painter<'_>, columns: ListColumns, line: Rect) {
    if columns.times_between > 0 {
        let place = skip(line, columns.gutter + columns.dates());
        let width = columns.times_between.min(place.width);
        painter.right(Rect { width, ..place }, "GAP", Role::Label);
    }
    let mut rest = skip(line, columns.gutter + columns.before_mark() + columns.gap);
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
    dates: &mut DateCells,
    (event, gap): (Event<'_>, Option<Lag>),
    line: Rect,
) {
    let columns = dates.columns;
    let mut rest = skip(line, columns.gutter);
    dates.draw(painter, event, rest);
    if columns.times_between > 0 {
        let width = columns.before_mark().min(rest.width);
        let words = gap.map(Lag::short_gap).unwrap_or_default();
        painter.right(Rect { width, ..rest }, &words, Role::Quiet);
    }
    rest = skip(rest, columns.before_mark());
    if columns.has_marks {
        let family = PhaseFamily::of(event.phase());
        let mark = family.sign().encode_utf8(&mut [0; 4]).to_owned();
        painter.text(skip(rest, 1), &mark, family.into());
    }
    rest = skip(rest, columns.gap);
    if columns.phase > 0 {
        painter.clipped(
            Rect {
                width: columns.phase,
                ..rest
            },
            event.phase(),
            PhaseFamily::of(event.phase()).into(),
        );
        rest = skip(rest, columns.phase + GAP);
    }
    let width = columns.title.min(rest.width);
    let gap = gap.filter(|gap| columns.times_between == 0 && gap.is_long_gap());
    title(painter, event.title(), gap, Rect { width, ..rest });
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
    let is_contested = event.is_contested();
    if is_contested {
        painter.text(skip(rest, 1), "⚑", Role::Contested);
    }
    let marks = event.marks();
    if !marks.is_empty() {
        let sign = if marks.is_starred() { STAR } else { MARK };
        painter.text(skip(rest, u16::from(!is_contested)), sign, Role::Key);
    }
}

/// Draws the mark of a possible match, or else of an uncertain order.
fn gutter(
    painter: &mut Painter<'_>,
    screen: &TimelineScreen,
    above: Option<Event<'_>>,
    event: Event<'_>,
    line: Rect,
) {
    if screen.active_filter.truth(event.id()) == Truth::Possibly {
        painter.text(skip(line, 1), "?", Role::Imprecise);
    } else if !above.is_none_or(|above| is_order_established(above, event, screen.clock)) {
        painter.text(skip(line, 1), "┊", Role::Quiet);
    }
}

/// Draws the parties of an event on one line. An ellipsis replaces parties that have no room. Each of the others has at
/// least [`SHORTEST_NAME`] cells, so a name is cut if it would leave too little room for those behind it.
fn parties(painter: &mut Painter<'_>, timeline: &Timeline, event: Event<'_>, line: Rect) {
    let all = parties_of(timeline, event);
    let (shown, more) = fitting(&all, line.width);
    let width = |it: &PartyNames| cells(it.lead) + cells(&it.names);
    let end = line.right() - cells(more).min(line.width);
    let mut rest = line;
    for (at, party) in shown.iter().enumerate() {
        rest = painter.text(rest, party.lead, Role::Quiet);
        rest.width = end.saturating_sub(rest.x);
        let behind = shown.iter().skip(at + 1);
        let needed: u16 = behind.clone().map(shortest).sum();
        let wanted: u16 = behind.map(width).sum();
        let spare = rest
            .width
            .saturating_sub(cells(&party.names).min(SHORTEST_NAME));
        let keep = wanted.min((rest.width / 2 + ARROW).min(spare).max(needed));
        let room = Rect {
            width: rest.width.saturating_sub(keep),
            ..rest
        };
        let after = painter.clipped(room, &party.names, party.role);
        rest = Rect {
            width: line.right().saturating_sub(after.x),
            ..after
        };
    }
    painter.text(rest, more, Role::Quiet);
}

/// The parties that fit in a width, and the text for the others.
fn fitting(all: &[PartyNames], width: u16) -> (&[PartyNames], &'static str) {
    const MORE: &str = "; …";
    let needed = |shown: &[PartyNames]| shown.iter().map(shortest).sum::<u16>();
    if all.len() < 2 || needed(all) <= width {
        return (all, "");
    }
    let fewer = (1..all.len()).rev().map(|count| &all[..count]);
    let mut fitting = fewer.filter(|shown| needed(shown) + cells(MORE) <= width);
    (fitting.next().unwrap_or(&all[..1]), MORE)
}

/// The least width of the names in one aspect, with what separates them from those before.
fn shortest(party: &PartyNames) -> u16 {
    cells(party.lead) + cells(&party.names).min(SHORTEST_NAME)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Size;

    use crate::diagnostic::SourceText;
    use crate::timeline::Timeline;
    use crate::ui::theme::Theme;

    /// The lines of the list at a size, for events of these dates.
    fn list(dates: &[&str], width: u16) -> Vec<String> {
        let event = |when: &&str| format!("[[events]]\ntitle = \"Title\"\nwhen = \"{when}\"\n");
        let text: String = dates.iter().map(event).collect();
        let (timeline, findings) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        let errors = findings.iter().filter(|it| it.is_error());
        assert_eq!(errors.count(), 0, "{findings:?}");
        let timeline: Arc<Timeline> = Arc::new(timeline);
        let size = Size::new(width, 40);
        let model = crate::app::open(timeline, Vec::new(), size);
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

    /// The parties of an event, on a line of some width.
    fn parties_at(event: &str, width: u16) -> String {
        let text = format!("[[events]]\ntitle = \"T\"\nwhen = \"2021\"\n{event}");
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        let line = super::Rect::new(0, 0, width, 1);
        let mut cells = Buffer::empty(line);
        let event = timeline.events().next().expect("there is one");
        let mut painter = super::Painter::new(&mut cells, Theme::Dark.into());
        super::parties(&mut painter, &timeline, event, line);
        let line: String = (0..width).map(|x| cells[(x, 0)].symbol()).collect();
        line.trim_end().to_owned()
    }

    #[test]
    fn an_arrow_is_for_targets_and_words_are_for_the_accused_and_addressed() {
        let all =
            "actors = [\"A\"]\ntargets = [\"B\"]\naccused = [\"C\", \"D\"]\naddressees = [\"E\"]\n";
        assert_eq!(parties_at(all, 60), "A → B; accused: C, D; to: E");
        assert_eq!(parties_at("accused = [\"C\"]\n", 60), "accused: C");
        assert_eq!(parties_at("addressees = [\"E\"]\n", 60), "to: E");
        // Neither side is cut away.
        let long = "actors = [\"The ministry of foreign affairs\"]\naccused = [\"A group without a name\"]\n";
        assert_eq!(
            parties_at(long, 40),
            "The ministry of…; accused: A group with…"
        );
    }

    #[test]
    fn parties_without_room_are_an_ellipsis_and_no_name_is_empty() {
        let all = "actors = [\"Actor of the case\"]\ntargets = [\"Target\"]\naccused = [\"Accused\"]\naddressees = [\"To whom\"]\n";
        assert_eq!(parties_at(all, 28), "Actor of the ca… → Target; …");
        assert_eq!(parties_at(all, 35), "Actor… → Target; accused: Accus…; …");
        assert_eq!(
            parties_at(all, 44),
            "Actor… → Target; accused: Accus…; to: To wh…"
        );
        for width in 1..80 {
            let line = parties_at(all, width);
            assert!(!line.contains(": ;") && !line.contains("→ ;"), "{line}");
        }
    }

    #[test]
    fn the_order_inside_a_microsecond_is_not_certain() {
        let nine = "2024-01-02T00:00:00.0000009Z";
        let lines = list(&[nine, "2024-01-02T00:00:00.0000001Z", "2024-01-03"], 80);
        assert!(lines[1].starts_with(" ┊"), "{lines:?}");
        assert!(!lines[2].starts_with(" ┊"), "{lines:?}");
        assert!(!list(&[nine, nine], 80)[1].starts_with(" ┊"));
    }

    #[test]
    fn every_title_begins_in_one_column_and_long_dates_are_spelled_shorter() {
        let dates = ["2019", "2020", "late 2021/2022-10", "2023/..", "2024/"];
        assert_eq!(
            list(&dates, 50),
            [
                "▸         2019  Title",
                "          2020  Title",
                "   2021 – 2022  Title              after 6–24 mo",
                "      2023 – …  Title             after 12–30 mo",
                "      2024 – ?  Title",
            ]
        );
        let long = [
            "[2024-03-25, 2024-03-26]",
            "2021-04/2021-05",
            "before 2024-03-25",
        ];
        for dates in [&dates[..], &long] {
            for width in 24..200 {
                let lines = list(dates, width);
                let at = |line: &String| Some(line.split_once("Title")?.0.chars().count());
                let mut columns: Vec<_> = lines.iter().map(at).collect();
                columns.dedup();
                assert!(
                    columns.len() == 1 && columns[0].is_some(),
                    "{width}: {lines:?}"
                );
            }
        }
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
        assert_eq!(titles(50), [16, 16, 16]);
    }

    /// Whether all the words of a text are in another, in their order.
    fn is_in_order(part: &str, mut words: &str) -> bool {
        part.split_whitespace().all(|word| {
            let rest = words.split_once(word).map(|(_, rest)| rest);
            words = rest.unwrap_or_default();
            rest.is_some()
        })
    }

    /// Promise 1: half a date can be seen to be half a date, and is not mistaken for an open one.
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
            let date = crate::date::EventDate::parse(date).expect(date);
            let words = date.to_string();
            let spellings: Vec<String> = date.spellings().iter().map(ToString::to_string).collect();
            for width in 27..140 {
                let line = list(&[date.written()], width).remove(0);
                let shown = line.trim_start_matches('▸').trim_start();
                let cut = shown.rsplit_once('…').map(|(before, _)| before.trim_end());
                // The heading says what a time leaves out; where it has no room, `…` does.
                let is_cut = cut.is_some_and(|before| {
                    let is_open = words.starts_with('…');
                    let part = before.strip_prefix('…').filter(|_| !is_open);
                    let part = part.unwrap_or(before);
                    is_in_order(part, &words) && !part.is_empty() && !part.ends_with('–')
                });
                // Dates without room are left out.
                let is_spelled = |spelling: &String| shown.starts_with(&format!("{spelling}  "));
                let is_whole = spellings.iter().any(is_spelled) || shown.starts_with("Title");
                assert!(is_whole || is_cut, "{width}: {line}");
            }
        }
    }

    /// Rows of a log that lie within ten seconds differ at every width that has dates.
    #[test]
    fn no_digit_of_a_time_is_ever_left_out() {
        let clocks = ["10:22:31", "10:22:32", "10:22:32.5", "10:22:32.1234567"];
        for zone in ["", "Z", "+02:00"] {
            let days = ["2020-12-31", "2021-01-01", "2021-01-01", "2021-11-12"];
            let dates = days.into_iter().zip(clocks);
            let dates: Vec<String> = dates
                .map(|(day, clock)| format!("{day}T{clock}{zone}"))
                .collect();
            let dates: Vec<&str> = dates.iter().map(String::as_str).collect();
            for width in 30..300 {
                let lines = list(&dates, width);
                for (line, clock) in lines.iter().zip(clocks) {
                    assert!(line.contains(clock), "{width}: {line}");
                }
            }
        }
    }

    #[test]
    fn without_room_the_year_goes_first_then_the_zone_and_a_change_is_shown() {
        let dates = [
            "2020-12-31T10:22:31.123456Z",
            "2021-01-01T10:22:31.123456Z",
            "2021-01-02T10:22:31.123456Z",
            "2021-01-02T23:22:31.123456+02:00",
            "2021-01-02T23:22:31.123457+02:00",
            "2021-01-04",
            "2021-02-02T23:22:31.123457+02:00",
        ];
        let rows = [
            "▸            31 Dec 10:22:31.123456  Title",
            "        1 Jan 2021 10:22:31.123456Z  Title",
            "              2 Jan 10:22:31.123456  Title",
            "        2 Jan 23:22:31.123456+02:00  Title",
            "              2 Jan 23:22:31.123457  Title",
            "                         4 Jan 2021  Title",
            "   2 Feb 2021 23:22:31.123457+02:00  Title",
        ];
        assert_eq!(list(&dates, 56), rows);
    }
}

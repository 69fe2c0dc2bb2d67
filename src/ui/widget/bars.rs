//! The line at the top, with the place of the user, and the line at the bottom, with the keys and notices.

use ratatui::layout::Rect;

use super::hints;
use crate::app::model::Model;
use crate::app::overlay::{AsOf, DayInput, last_day};
use crate::app::reload::{self, ShownExtent};
use crate::app::state::notice::Notice;
use tui_input::Input;

use crate::app::overlay::{FilterPrompt, Overlay, TimeRange};
use crate::app::screen::{SceneScreen, Screen, TimelineScreen};
use crate::document::{PageSubject, Role};
use crate::query::{MatchCounts, QueryError};
use crate::timeline::Timeline;
use crate::timeline::term::Tlp;
use crate::ui::paint::{Painter, cells};

/// The title of the timeline, the way to where one is, and the marking.
pub(in crate::ui) fn title_bar(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    painter.fill(line, Role::Bar);
    let left = marking(painter, model.timeline(), line, line.width);
    let left = withheld(painter, model, left);
    let mut left = extent(painter, model, left);
    if left.width > 60 {
        let count = crate::document::count(model.timeline().len(), "event");
        left = painter.right(left, &format!(" {count}  "), Role::Bar);
    }
    let rest = painter.text(left, " dateline ", Role::Title);
    let rest = painter.text(rest, " ", Role::Bar);
    painter.clipped(rest, &trail(model), Role::Bar);
}

/// The marking, at the right end of the line at the top and of the line at the bottom: TLP in its own
/// colours, as strict as anything that can be come to, and before it the author's own line, in at most so many cells.
pub(in crate::ui) fn marking(
    painter: &mut Painter<'_>,
    timeline: &Timeline,
    line: Rect,
    most: u16,
) -> Rect {
    let mut left = line;
    if let Some(tlp) = timeline.effective_marking() {
        left = chip(painter, left, &format!(" TLP:{tlp} "), tlp_role(tlp));
    }
    if let Some(banner) = &timeline.head().banner {
        let width = left.width.min(most).min(cells(banner) + 2);
        let room = Rect {
            width,
            x: left.right() - width,
            ..left
        };
        painter.clipped(room, &format!(" {banner} "), Role::Title);
        left.width -= room.width;
    }
    left
}

/// Words on a ground of their own, at the right end of a line.
fn chip(painter: &mut Painter<'_>, line: Rect, label: &str, role: Role) -> Rect {
    let left = painter.right(line, label, role);
    let place = Rect {
        x: left.right(),
        width: line.right() - left.right(),
        ..line
    };
    painter.tint(place, role);
    left
}

/// What is withheld from the reader, and why: a day in the past, a marking.
fn withheld(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let withheld = model.timeline().redactions();
    let mut left = line;
    let reasons = [
        (withheld.as_of.as_ref()).map(|day| (format!("as of {day}"), &withheld.later)),
        withheld
            .ceiling
            .map(|tlp| (format!("up to TLP:{tlp}"), &withheld.marked)),
    ];
    for (reason, counts) in reasons.into_iter().flatten() {
        let hidden = match (counts.events, counts.claims) {
            (0, 0) if counts.is_nothing() => "nothing is hidden".to_owned(),
            (0, 0) => "notes and names are hidden".to_owned(),
            (0, claims) => format!("{} hidden", crate::document::count(claims, "claim")),
            (events, _) => format!("{} hidden", crate::document::count(events, "event")),
        };
        let full = format!(" {reason}: {hidden} ");
        let short = match counts.events {
            0 => format!(" {reason} "),
            events => format!(" {reason}: {events} hidden "),
        };
        // The title gives way to a count: what is hidden is always counted.
        let text = if cells(&full) + 30 <= left.width {
            full
        } else {
            short
        };
        left = chip(painter, left, &text, Role::AsOf);
    }
    left
}

/// How much of the files is shown, unless it is all of them.
fn extent(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let text = match model.reload().extent() {
        ShownExtent::Whole => return line,
        ShownExtent::Beginning {
            percent,
            is_stopping: true,
            ..
        } => {
            format!(" stopping at {percent} % ")
        }
        // What is left is to put the events in order.
        ShownExtent::Beginning { percent: 99.., .. } => " putting in order ".to_owned(),
        ShownExtent::Beginning { percent, .. } if reload::can_stop(model) => {
            let stop = model.keymap().says("{back} stops");
            format!(" reading {percent} %: {stop} ")
        }
        ShownExtent::Beginning { percent, .. } => format!(" reading {percent} % "),
        ShownExtent::Part { percent } => format!(" only {percent} % is read "),
    };
    chip(painter, line, &text, Role::AsOf)
}

fn tlp_role(tlp: Tlp) -> Role {
    match tlp {
        Tlp::Clear => Role::TlpClear,
        Tlp::Green => Role::TlpGreen,
        Tlp::Amber | Tlp::AmberStrict => Role::TlpAmber,
        Tlp::Red => Role::TlpRed,
    }
}

/// The way to where one is. Of a long way the end matters most.
fn trail(model: &Model) -> String {
    const SHOWN: usize = 3;
    let title = title(model);
    let is_scene = |screen: &Screen| matches!(screen, Screen::Scene(_));
    let screens: Vec<&Screen> = model.trail().collect();
    let scene = screens.iter().rposition(|screen| is_scene(screen));
    let steps = screens.get(scene.unwrap_or(0) + 1..).unwrap_or_default();
    let mut steps: Vec<&str> = steps.iter().map(|screen| name(model, screen)).collect();
    // The way back to the scene is short, however far one has gone: what counts is that one has left it.
    let start = match (scene, steps.first_mut()) {
        (None, None) => return title.to_owned(),
        (None, Some(first)) => {
            // The briefing that led there has gone, as where a day hides its scenes.
            if *first == "timeline" {
                *first = "exploring";
            }
            if model.timeline().head().title.is_empty() {
                title.to_owned()
            } else {
                "timeline".to_owned()
            }
        }
        (Some(_), None) => return format!("{} ▸ {title}", scene_number(model)),
        (Some(_), Some(first)) => {
            if *first == "timeline" {
                *first = "exploring";
            } else {
                steps.insert(0, "exploring");
            }
            scene_number(model)
        }
    };
    let skipped = steps.len().saturating_sub(SHOWN);
    let mut shown: Vec<&str> = steps.iter().skip(skipped).copied().collect();
    match (skipped, scene) {
        (0, _) => shown.insert(0, &start),
        (_, Some(_)) => shown.splice(0..0, [start.as_str(), "…"]).for_each(drop),
        (_, None) => shown.insert(0, "…"),
    }
    shown.join(" ▸ ")
}

/// The title of the timeline, else the name of its file. The name must not reveal a withheld title.
fn title(model: &Model) -> &str {
    let title = model.timeline().head().title.as_str();
    let is_withheld = model.timeline().redactions().ceiling.is_some();
    match (title, model.file_name()) {
        ("", "") => "(untitled timeline)",
        ("", _) if is_withheld => "(untitled timeline)",
        ("", name) => name,
        (title, _) => title,
    }
}

/// Where the briefing is.
fn scene_number(model: &Model) -> String {
    let count = model.briefing().map_or(0, |it| it.path.len());
    let at = model.scene().map_or(0, |(scene, _)| scene.at + 1);
    format!("scene {at} of {count}")
}

fn name<'m>(model: &'m Model, screen: &Screen) -> &'m str {
    match screen {
        Screen::Timeline(_) => "timeline",
        Screen::Scene(_) => "briefing",
        Screen::Follower(_) => "notes",
        Screen::Page(page_view) if page_view.subject == PageSubject::Timeline => "about",
        Screen::Page(page_view) => page_view.subject.name(model.timeline()),
    }
}

/// What is being typed, else a notice, else the filter and what can be done here.
pub(in crate::ui) fn status_bar(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    painter.fill(line, Role::Bar);
    // The line at the top has a long banner whole; here it leaves room to what happens.
    let line = marking(painter, model.timeline(), line, line.width / 3);
    match model.overlay() {
        Some(Overlay::Search(search)) => {
            let remark = model.notice().map_or("", |notice| &notice.text);
            typed(painter, line, ("/", &search.input), remark, Role::Bar);
            return;
        }
        Some(Overlay::Filter(prompt)) => {
            filter_prompt(painter, model, prompt, line);
            return;
        }
        Some(Overlay::Range(range)) if model.notice().is_none() => {
            let left = position(painter, model, line);
            let left = range_words(painter, *range, left);
            hints::draw(painter, model, left);
            return;
        }
        Some(Overlay::AsOf(AsOf {
            typed: Some(typed), ..
        })) => return day_prompt(painter, typed, line),
        Some(Overlay::AsOf(slider)) => {
            if let Some(notice) = model.notice() {
                let left = slider_words(painter, slider, line);
                draw_notice(painter, notice, left);
            } else {
                let left = position(painter, model, line);
                let left = slider_words(painter, slider, left);
                hints::draw(painter, model, left);
            }
            return;
        }
        _ => {}
    }
    let left = position(painter, model, line);
    if !model.pending_keys().is_empty() {
        let keys: String = model
            .pending_keys()
            .iter()
            .map(ToString::to_string)
            .collect();
        painter.text(left, &format!(" {keys} …"), Role::Bar);
    } else if let Some(notice) = model.notice() {
        draw_notice(painter, notice, left);
    } else {
        let left = filter(painter, model, left);
        hints::draw(painter, model, left);
    }
}

fn draw_notice(painter: &mut Painter<'_>, notice: &Notice, line: Rect) {
    let role = if notice.is_error {
        Role::Error
    } else {
        Role::Bar
    };
    painter.clipped(line, &format!(" {}", notice.text), role);
}

/// A line that is being edited, with a remark after it. Of a long one the part around the cursor is seen,
/// and some of the remark. Says where it is seen, and how many cells of it lie to the left of that.
fn typed(
    painter: &mut Painter<'_>,
    line: Rect,
    (sign, input): (&str, &Input),
    remark: &str,
    role: Role,
) -> (Rect, u16) {
    const GAP: &str = "   ";
    let start = painter.text(line, &format!(" {sign} "), Role::Key);
    let beside = if remark.is_empty() {
        0
    } else {
        cells(GAP) + cells(remark)
    };
    let room = start.width.saturating_sub(beside).max(start.width / 2);
    let scroll = input.visual_scroll(usize::from(room).saturating_sub(1));
    let scroll = u16::try_from(scroll).unwrap_or(u16::MAX);
    let cursor = u16::try_from(input.visual_cursor()).unwrap_or(u16::MAX);
    let cursor = start.x.saturating_add(cursor.saturating_sub(scroll));
    let seen = Rect {
        width: if beside == 0 { start.width } else { room },
        ..start
    };
    let after = painter.clipped(seen, without_cells(input.value(), scroll), Role::Bar);
    let rest = Rect {
        width: line.right().saturating_sub(after.x),
        ..after
    };
    if !remark.is_empty() {
        painter.clipped(rest, &format!("{GAP}{remark}"), role);
    }
    let seen = Rect {
        width: after.x - seen.x,
        ..seen
    };
    painter.caret(line, cursor);
    (seen, scroll)
}

/// A text without so many cells at its beginning.
fn without_cells(text: &str, gone: u16) -> &str {
    let mut ends = text.char_indices().map(|(at, _)| at);
    let from = ends.find(|&at| text.get(..at).is_some_and(|before| cells(before) >= gone));
    from.and_then(|from| text.get(from..)).unwrap_or_default()
}

/// The stretch of time that is being chosen, as the filter will have it.
fn range_words(painter: &mut Painter<'_>, range: TimeRange, line: Rect) -> Rect {
    let line = painter.text(line, " ", Role::Bar);
    painter.select(line);
    painter.text(line, &format!("{}  ", range.text()), Role::Bar)
}

/// The day of the slider.
fn slider_words(painter: &mut Painter<'_>, slider: &AsOf, line: Rect) -> Rect {
    let words = match slider.day() {
        Some(day) => day.sentence(),
        None => "today: all that is known".to_owned(),
    };
    let rest = painter.text(line, " as of ", Role::Key);
    let rest = painter.text(rest, "‹ ", Role::Bar);
    painter.select(rest);
    let rest = painter.clipped(rest, &words, Role::Bar);
    painter.text(rest, " ›  ", Role::Bar)
}

/// The filter prompt: a mistake is marked under its characters and explained next to them.
fn filter_prompt(painter: &mut Painter<'_>, model: &Model, prompt: &FilterPrompt, line: Rect) {
    let (left, remark, role) = match &prompt.mistake {
        // An unfinished filter is not a mistake: only what could come next is shown.
        Some(mistake) if mistake.range.start >= prompt.text().trim_end().len() => {
            (line, mistake.expected.clone(), Role::Bar)
        }
        Some(mistake) => (line, explanation(mistake), Role::Error),
        None => (position(painter, model, line), String::new(), Role::Bar),
    };
    let input = ("filter", &prompt.input);
    let (seen, scroll) = typed(painter, left, input, &remark, role);
    if let Some(mistake) = prompt.mistake.as_ref().filter(|_| role == Role::Error) {
        mark(painter, prompt.text(), mistake, (seen, scroll));
    }
}

/// The line into which a day is typed, with the day that it is, or with the mistake once it was to be taken.
fn day_prompt(painter: &mut Painter<'_>, entry: &DayInput, line: Rect) {
    let (remark, role) = match (&entry.mistake, entry.date()) {
        // The mistake is marked as well: in little room the remedy counts.
        (Some(mistake), _) => {
            let help = mistake.help.clone();
            (help.unwrap_or_else(|| explanation(mistake)), Role::Error)
        }
        (None, Ok(date)) => (format!("by the end of {}", last_day(&date)), Role::Bar),
        (None, Err(mistake)) => (mistake.expected, Role::Bar),
    };
    let input = ("as of", &entry.input);
    let (seen, scroll) = typed(painter, line, input, &remark, role);
    if let Some(mistake) = &entry.mistake {
        mark(painter, entry.input.value(), mistake, (seen, scroll));
    }
}

/// Marks the mistake in a line that is being edited, as far as it is on screen.
fn mark(painter: &mut Painter<'_>, text: &str, mistake: &QueryError, (seen, scroll): (Rect, u16)) {
    let before = text.get(..mistake.range.start).unwrap_or_default();
    let wrong = text.get(mistake.range.clone()).unwrap_or_default();
    // What lies to the left of what is seen is not marked.
    let hidden = scroll.saturating_sub(cells(before));
    let x = cells(before).saturating_sub(scroll);
    painter.tint(
        Rect {
            x: seen.x.saturating_add(x),
            width: cells(wrong).max(1).saturating_sub(hidden),
            ..seen
        }
        .intersection(seen),
        Role::Mistake,
    );
}

/// The mistake, and its remedy.
fn explanation(mistake: &QueryError) -> String {
    match (&mistake.help, mistake.expected.as_str()) {
        (Some(help), _) => format!("{}: {help}", mistake.message),
        (None, "") => mistake.message.clone(),
        (None, expected) => format!("{}; expected {expected}", mistake.message),
    }
}

/// The filter in force.
fn filter(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let Screen::Timeline(screen) = model.screen() else {
        return line;
    };
    let text = &screen.active_filter.text;
    let shown = match (text.is_empty(), screen.active_filter.surely_only) {
        (true, _) => return line,
        (false, true) => format!("surely({text})"),
        (false, false) => text.clone(),
    };
    let room = Rect {
        width: line.width * 2 / 3,
        ..line
    };
    let rest = painter.text(room, " filter ", Role::Key);
    let rest = painter.clipped(rest, &shown, Role::Bar);
    let rest = Rect {
        width: line.right().saturating_sub(rest.x),
        ..rest
    };
    painter.text(rest, "  ", Role::Bar)
}

/// Where one is among all events, at the right.
fn position(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let texts = match model.screen() {
        Screen::Page(page_view) => page_positions(model, page_view.subject.noun()),
        Screen::Timeline(_) if model.timeline().is_empty() => vec![" no events ".to_owned()],
        Screen::Timeline(screen) => positions(screen),
        Screen::Scene(scene) => vec![layers_to_come(model, scene)],
        Screen::Follower(_) => Vec::new(),
    };
    // The longest that leaves some room to the rest.
    let fits = |text: &&String| cells(text) <= line.width / 2 + 8;
    match texts.iter().find(fits) {
        Some(text) => painter.right(line, text, Role::Bar),
        None => line,
    }
}

/// How much of a scene is still to be revealed.
fn layers_to_come(model: &Model, screen: &SceneScreen) -> String {
    let briefing = model.briefing();
    let scene = briefing.and_then(|briefing| briefing.scene(model.timeline(), screen.at));
    let layers = scene.map_or(&[][..], |scene| &scene.reveal);
    match layers.get(screen.step) {
        Some(next) => format!(" next: {next} "),
        None => String::new(),
    }
}

/// What a page is about. A page shows what the filter hides as well, but turning its leaves does not:
/// so it says that there is a filter.
fn page_positions(model: &Model, noun: &str) -> Vec<String> {
    let active_filter = model
        .active_filter()
        .filter(|active_filter| !active_filter.is_open());
    let hidden =
        active_filter.map(|active_filter| model.timeline().len() - active_filter.rows().len());
    let hidden = hidden.map(|hidden| format!(" {noun} · {hidden} hidden by the filter "));
    hidden.into_iter().chain([format!(" {noun} ")]).collect()
}

/// Where one is and what the filter leaves, in full and shorter: what is hidden is always counted.
fn positions(screen: &TimelineScreen) -> Vec<String> {
    let shown = screen.active_filter.rows().len();
    let at = if shown == 0 { 0 } else { screen.selected + 1 };
    if screen.active_filter.is_open() {
        return vec![format!(" {at} of {shown} ")];
    }
    let MatchCounts {
        surely,
        possibly,
        hidden,
    } = screen.active_filter.counts();
    let (possibly, hidden) = if screen.active_filter.surely_only {
        (0, hidden + possibly)
    } else {
        (possibly, hidden)
    };
    vec![
        format!(" {at} of {shown}: {surely} surely · {possibly} possibly · {hidden} hidden "),
        format!(" {surely} surely · {possibly} possibly · {hidden} hidden "),
        format!(" {surely}+{possibly}, {hidden} hidden "),
    ]
}

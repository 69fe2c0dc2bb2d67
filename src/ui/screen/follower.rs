//! The screen of a follower. The lines at its top and bottom are its own.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::screen::{
    BriefingPace, BriefingTiming, FollowerPart, FollowerScreen, SceneBudget, clock_face,
};
use crate::app::state::notice::Notice;
use crate::document::{Role, count};
use crate::ui::overlay::boxed_at;
use crate::ui::paint::{Painter, cells, row};
use crate::ui::widget;
use crate::ui::widget::file_state;

/// Below this width, words that only explain are left out.
const NARROW: u16 = 60;

pub(in crate::ui) fn draw(painter: &mut Painter<'_>, model: &Model, screen: &FollowerScreen) {
    let layout = &screen.layout;
    let timing = screen.timing(model.timeline(), model.now());
    let states = states(model, screen);
    painter.fill(painter.area(), Role::Text);
    bar(painter, model, screen);
    title(painter, model, screen);
    clock(painter, timing, layout.clock);
    scene_clock(painter, timing, layout.scene_clock);
    room(painter, model, screen);
    notes(painter, screen);
    part(painter, &layout.say, "the room hears", |_| Role::Text);
    if layout.room.is_empty() && screen.not_in_room().is_none() {
        let words = screen.room_in_words(model.timeline());
        let heading = Rect {
            x: layout.say.head.x + cells("the room hears").min(layout.say.head.width),
            width: layout
                .say
                .head
                .width
                .saturating_sub(cells("the room hears")),
            ..layout.say.head
        };
        painter.clipped(heading, &format!("  and sees: {words}"), Role::Quiet);
    }
    let role = |index| {
        if index < layout.next_things {
            Role::Text
        } else {
            Role::Quiet
        }
    };
    part(painter, &layout.next, "next", role);
    painter.fill(layout.foot, Role::Bar);
    if layout.state != layout.foot || states.is_empty() {
        foot(painter, model, layout.foot);
    }
    draw_states(painter, &states, screen);
}

/// The texts of the status line: the notice or else the state of the files, then everything unusual about the
/// presenter.
fn states(model: &Model, screen: &FollowerScreen) -> Vec<Notice> {
    let says = |words: &str| model.keymap().says(words).into_owned();
    let notice = model.notice().cloned();
    let notice = notice.or_else(|| file_state(model).map(Notice::error));
    let states = screen.states(model.timeline(), model.now(), &says);
    notice.into_iter().chain(states).collect()
}

/// A small picture of the room: the scene as a small terminal would show it, or why the room does not see it.
fn room(painter: &mut Painter<'_>, model: &Model, screen: &FollowerScreen) {
    let layout = &screen.layout;
    if layout.room.is_empty() {
        return;
    }
    boxed_at(painter, layout.room, "the room sees");
    let inside = layout.room_inside();
    match (screen.not_in_room(), model.scene()) {
        (Some(why), _) => {
            painter.clipped(
                row(inside, inside.height / 2),
                &format!(" {why}"),
                Role::Quiet,
            );
        }
        (None, Some((scene, _))) => super::scene(painter, model, scene),
        (None, None) => {}
    }
}

fn bar(painter: &mut Painter<'_>, model: &Model, screen: &FollowerScreen) {
    let line = screen.layout.bar;
    painter.fill(line, Role::Bar);
    let left = widget::marking(painter, model.timeline(), line, line.width);
    let withheld = screen.withheld(model.timeline());
    let left = if withheld > 0 {
        let hidden = format!(" {withheld} withheld ");
        painter.right(left, &hidden, Role::Warning)
    } else {
        left
    };
    let left = match model.time_of_day() {
        Some(time) if line.width >= NARROW => painter.right(left, &format!(" {time} "), Role::Key),
        _ => left,
    };
    let rest = painter.text(left, " dateline ", Role::Title);
    let audience = screen.briefing.audience.as_deref();
    let mut words = " for the briefer".to_owned();
    if screen.can_drive() {
        words.push_str(" · drives the room");
    }
    if let Some(audience) = audience {
        words.push_str(" · audience: ");
        words.push_str(audience);
    }
    painter.clipped(rest, &words, Role::Bar);
}

fn title(painter: &mut Painter<'_>, model: &Model, screen: &FollowerScreen) {
    let line = screen.layout.title;
    painter.select(line);
    let timeline = model.timeline();
    let count = screen.briefing.numbered(timeline);
    let at = screen.at(timeline);
    let number = match screen.briefing.number(timeline, at) {
        Some(at) if line.width < NARROW => format!("{at}/{count} "),
        Some(at) => format!("scene {at} of {count}  "),
        None => format!("before scene 1 of {count}  "),
    };
    let rest = painter.text(line, &number, Role::Quiet);
    match screen.scene(model.timeline()) {
        Some(scene) => painter.clipped(rest, &scene.title, Role::Title),
        None => painter.clipped(rest, "this file has no such scene", Role::Error),
    };
}

/// The clock of the briefing, and its difference from the plan in words.
fn clock(painter: &mut Painter<'_>, timing: BriefingTiming, line: Rect) {
    let (words, role) = match timing.pace() {
        BriefingPace::NotStarted => ("not started".to_owned(), Role::Quiet),
        BriefingPace::Unplanned => ("no time is planned".to_owned(), Role::Quiet),
        BriefingPace::Ahead(by) => (format!("{} ahead", clock_face(by)), Role::Text),
        BriefingPace::OnTime => ("on time".to_owned(), Role::Text),
        BriefingPace::Behind(by) => (format!("{} BEHIND", clock_face(by)), Role::Warning),
        BriefingPace::Over(by) => (format!("{} OVER TIME", clock_face(by)), Role::Error),
    };
    let rest = label(painter, line, ["elapsed", "whole"]);
    let rest = painter.text(rest, &clock_face(timing.elapsed), Role::Title);
    let of = match timing.planned {
        0 => String::new(),
        planned => format!(" of {}", clock_face(planned)),
    };
    let rest = painter.text(rest, &of, Role::Quiet);
    let rest = painter.text(rest, "  ", Role::Text);
    let rest = painter.text(rest, &words, role);
    if line.width >= NARROW && timing.planned > 0 {
        let (from, to) = (clock_face(timing.before), clock_face(timing.due()));
        let planned = format!("  planned: here from {from} to {to}");
        painter.clipped(rest, &planned, Role::Quiet);
    }
}

/// The clock of the scene, and what is left of its time in words.
fn scene_clock(painter: &mut Painter<'_>, timing: BriefingTiming, line: Rect) {
    let (words, role) = match timing.scene_budget() {
        SceneBudget::Unplanned => ("no time is planned".to_owned(), Role::Quiet),
        SceneBudget::Left(left) => (format!("{} left", clock_face(left)), Role::Text),
        SceneBudget::Short(left) => (format!("only {} left", clock_face(left)), Role::Warning),
        SceneBudget::Over(by) => (format!("{} TOO LONG", clock_face(by)), Role::Error),
    };
    let rest = label(painter, line, ["this scene", "scene"]);
    let rest = painter.text(rest, &clock_face(timing.in_scene), Role::Title);
    let rest = match timing.budget {
        Some(budget) => painter.text(rest, &format!(" of {}", clock_face(budget)), Role::Quiet),
        None => rest,
    };
    let rest = painter.text(rest, "  ", Role::Text);
    painter.text(rest, &words, role);
}

/// Draws the name of a clock in a column, or its short name if there is little room.
fn label(painter: &mut Painter<'_>, line: Rect, [name, short]: [&str; 2]) -> Rect {
    let (name, width) = if line.width < NARROW {
        (short, 7)
    } else {
        (name, 12)
    };
    let width = width.min(line.width);
    painter.text(Rect { width, ..line }, name, Role::Label);
    Rect {
        x: line.x + width,
        width: line.width - width,
        ..line
    }
}

fn notes(painter: &mut Painter<'_>, screen: &FollowerScreen) {
    let notes = &screen.layout.notes;
    painter.select(row(notes.area, 0));
    let rest = painter.text(notes.head, "notes", Role::Heading);
    let below = notes
        .lines
        .len()
        .saturating_sub(screen.scroll + usize::from(notes.area.height));
    if screen.scroll > 0 {
        painter.text(
            rest,
            &format!("  {} above", count(screen.scroll, "line")),
            Role::Quiet,
        );
    }
    if notes.lines.is_empty() {
        painter.clipped(row(notes.area, 0), "no notes for this scene", Role::Quiet);
    }
    let shown = notes.lines.iter().skip(screen.scroll);
    for (index, line) in (0..notes.area.height).zip(shown) {
        let mut place = row(notes.area, index);
        if below > 0 && index + 1 == notes.area.height {
            place = painter.right(place, &format!(" ↓ {below}"), Role::Key);
        }
        painter.clipped(place, line, Role::Text);
    }
}

/// Draws a part below its heading, or behind the word that replaces the heading.
fn part(painter: &mut Painter<'_>, part: &FollowerPart, name: &str, role: impl Fn(usize) -> Role) {
    painter.text(part.head, name, Role::Heading);
    let is_cut = part.lines.len() > usize::from(part.area.height);
    for (index, line) in (0..part.area.height).zip(&part.lines) {
        let mut place = row(part.area, index);
        if is_cut && index + 1 == part.area.height {
            place = painter.right(place, " …", Role::Quiet);
        }
        let lead = if index == 0 { part.lead } else { "" };
        let rest = line.strip_prefix(lead).unwrap_or(line);
        let place = painter.text(place, lead, Role::Heading);
        painter.clipped(place, rest, role(index.into()));
    }
}

/// Draws the pending keys, or else the keys that matter here.
fn foot(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    if model.pending_keys().is_empty() {
        widget::hints(painter, model, line);
    } else {
        let keys: String = model
            .pending_keys()
            .iter()
            .map(ToString::to_string)
            .collect();
        painter.text(line, &format!(" {keys} …"), Role::Bar);
    }
}

fn draw_states(painter: &mut Painter<'_>, states: &[Notice], screen: &FollowerScreen) {
    let mut rest = screen.layout.state;
    if rest == screen.layout.foot && !states.is_empty() {
        rest = painter.text(rest, " ", Role::Bar);
    }
    for (index, state) in states.iter().enumerate() {
        if index > 0 {
            rest = painter.text(rest, " · ", Role::Quiet);
        }
        let role = if state.is_error {
            Role::Error
        } else {
            Role::Warning
        };
        rest = painter.clipped(rest, &state.text, role);
    }
}

//! How the second terminal looks: the same brush and the same roles as the viewer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::paint::{Painter, row};
use super::theme::Look;
use super::widget;
use crate::app::follow::timing::{Budget, Pace, clock_face};
use crate::app::follow::{DEEDS, Follower, Part};
use crate::app::input::keymap::pretty;
use crate::document::{Role, count};

/// Below this width words that only explain are left out.
const NARROW: u16 = 60;

/// Draws the second terminal into cells.
pub fn draw(follower: &Follower, look: impl Into<Look>, buffer: &mut Buffer) {
    let mut painter = Painter::new(buffer, look.into());
    painter.fill(painter.area(), Role::Text);
    bar(&mut painter, follower);
    title(&mut painter, follower);
    clock(&mut painter, follower);
    scene_clock(&mut painter, follower);
    notes(&mut painter, follower);
    let setting = &follower.setting;
    part(&mut painter, &setting.say, "the room hears", |_| Role::Text);
    let things = setting.next_things;
    let role = |index| {
        if index < things {
            Role::Text
        } else {
            Role::Quiet
        }
    };
    part(&mut painter, &setting.next, "next", role);
    foot(&mut painter, follower);
    state(&mut painter, follower);
}

fn bar(painter: &mut Painter<'_>, follower: &Follower) {
    let line = follower.setting.bar;
    painter.fill(line, Role::Bar);
    let left = widget::marking(painter, &follower.timeline, line, line.width);
    let withheld = follower.withheld();
    let left = if withheld > 0 {
        let hidden = format!(" {withheld} withheld ");
        painter.right(left, &hidden, Role::Warning)
    } else {
        left
    };
    let rest = painter.text(left, " dateline ", Role::Title);
    let audience = follower.briefing.audience.as_deref();
    let words = match audience {
        Some(audience) => format!(" for the briefer · audience: {audience}"),
        None => " for the briefer".to_owned(),
    };
    painter.clipped(rest, &words, Role::Bar);
}

fn title(painter: &mut Painter<'_>, follower: &Follower) {
    let line = follower.setting.title;
    let count = follower.briefing.path.len();
    let at = follower.at().saturating_add(1);
    let number = if line.width < NARROW {
        format!("{at}/{count} ")
    } else {
        format!("scene {at} of {count}  ")
    };
    let rest = painter.text(line, &number, Role::Quiet);
    match follower.scene() {
        Some(scene) => painter.clipped(rest, &scene.title, Role::Title),
        None => painter.clipped(rest, "this file has no such scene", Role::Error),
    };
}

/// The clock of the briefing, and in words how it stands against the plan.
fn clock(painter: &mut Painter<'_>, follower: &Follower) {
    let timing = follower.timing();
    let (words, role) = match timing.pace() {
        Pace::Fresh => ("not started".to_owned(), Role::Quiet),
        Pace::Unplanned => ("no time is planned".to_owned(), Role::Quiet),
        Pace::Ahead(by) => (format!("{} ahead", clock_face(by)), Role::Text),
        Pace::OnTime => ("on time".to_owned(), Role::Text),
        Pace::Behind(by) => (format!("{} BEHIND", clock_face(by)), Role::Warning),
        Pace::Over(by) => (format!("{} OVER TIME", clock_face(by)), Role::Error),
    };
    let line = follower.setting.clock;
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

/// The clock of the scene, and in words how much is left of its budget.
fn scene_clock(painter: &mut Painter<'_>, follower: &Follower) {
    let timing = follower.timing();
    let (words, role) = match timing.budget() {
        Budget::None => ("no time is planned".to_owned(), Role::Quiet),
        Budget::Left(left) => (format!("{} left", clock_face(left)), Role::Text),
        Budget::Short(left) => (format!("only {} left", clock_face(left)), Role::Warning),
        Budget::Over(by) => (format!("{} TOO LONG", clock_face(by)), Role::Error),
    };
    let line = follower.setting.scene_clock;
    let rest = label(painter, line, ["this scene", "scene"]);
    let rest = painter.text(rest, &clock_face(timing.in_scene), Role::Title);
    let rest = match timing.budget {
        Some(budget) => painter.text(rest, &format!(" of {}", clock_face(budget)), Role::Quiet),
        None => rest,
    };
    let rest = painter.text(rest, "  ", Role::Text);
    painter.text(rest, &words, role);
}

/// The name of a clock, in a column: the short one where there is little room.
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

fn notes(painter: &mut Painter<'_>, follower: &Follower) {
    let notes = &follower.setting.notes;
    let rest = painter.text(notes.head, "notes", Role::Heading);
    let below = notes
        .lines
        .len()
        .saturating_sub(follower.scroll + usize::from(notes.area.height));
    if follower.scroll > 0 {
        painter.text(
            rest,
            &format!("  {} above", count(follower.scroll, "line")),
            Role::Quiet,
        );
    }
    if notes.lines.is_empty() {
        painter.clipped(row(notes.area, 0), "no notes for this scene", Role::Quiet);
    }
    let shown = notes.lines.iter().skip(follower.scroll);
    for (index, line) in (0..notes.area.height).zip(shown) {
        let mut place = row(notes.area, index);
        if below > 0 && index + 1 == notes.area.height {
            place = painter.right(place, &format!(" ↓ {below}"), Role::Key);
        }
        painter.clipped(place, line, Role::Text);
    }
}

/// A part with its head, or with a word in place of it.
fn part(painter: &mut Painter<'_>, part: &Part, name: &str, role: impl Fn(usize) -> Role) {
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

fn foot(painter: &mut Painter<'_>, follower: &Follower) {
    let line = follower.setting.foot;
    painter.fill(line, Role::Bar);
    if follower.setting.state == line && !follower.states().is_empty() {
        return;
    }
    let mut rest = painter.text(line, " ", Role::Bar);
    for deed in DEEDS {
        let key = deed
            .keys
            .first()
            .map_or_else(String::new, |key| pretty(key));
        rest = painter.text(rest, &key, Role::Key);
        rest = painter.text(rest, &format!(" {}   ", deed.summary), Role::Bar);
    }
}

fn state(painter: &mut Painter<'_>, follower: &Follower) {
    let states = follower.states();
    let mut rest = follower.setting.state;
    if rest == follower.setting.foot && !states.is_empty() {
        rest = painter.text(rest, " ", Role::Bar);
    }
    for (index, state) in states.iter().enumerate() {
        if index > 0 {
            rest = painter.text(rest, " · ", Role::Quiet);
        }
        let role = if state.is_wrong {
            Role::Error
        } else {
            Role::Warning
        };
        rest = painter.clipped(rest, &state.text, role);
    }
}

//! The mouse: what a click or a turn of the wheel does where it happens. Each act has a key too.

use ratatui::layout::Position;

use super::Effect;
use super::act::{self, Step};
use super::key::{Mouse, MouseAct};
use super::layout;
use super::model::Model;
use super::screen::{Focus, Reading, Screen};
use crate::timeline::{Event, Timeline};

/// How many lines a notch of the wheel is.
const NOTCH: usize = 3;

pub(super) fn act(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    model.pending.clear();
    if model.overlay.is_some() {
        return in_overlay(model, mouse.act);
    }
    let at = Position::new(mouse.column, mouse.row);
    let regions = model.regions();
    if matches!(model.screen(), Screen::Page(_)) {
        return in_reading(model, mouse.act, at, layout::page_area(regions.body));
    }
    if regions.list.contains(at) {
        in_list(model, mouse.act, usize::from(at.y - regions.list.y))
    } else if regions.detail.contains(at) {
        in_reading(model, mouse.act, at, regions.detail)
    } else if regions.overview.contains(at) {
        in_overview(model, mouse.act, at)
    } else {
        Vec::new()
    }
}

fn in_overlay(model: &mut Model, act: MouseAct) -> Vec<Effect> {
    match act {
        MouseAct::Click => act::cancel(model),
        MouseAct::WheelUp => act::step(model, Step::Up),
        MouseAct::WheelDown => act::step(model, Step::Down),
    }
}

fn in_list(model: &mut Model, act: MouseAct, row: usize) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    let Some(screen) = model.timeline_screen_mut() else {
        return Vec::new();
    };
    screen.focus = Focus::List;
    let clicked = screen.top + row;
    match act {
        MouseAct::Click if clicked == screen.selected => return act::open(model),
        MouseAct::Click if clicked < timeline.len() => screen.select(&timeline, clicked),
        MouseAct::Click => {}
        MouseAct::WheelUp => screen.select(&timeline, screen.selected.saturating_sub(NOTCH)),
        MouseAct::WheelDown => screen.select(&timeline, screen.selected + NOTCH),
    }
    Vec::new()
}

fn in_reading(
    model: &mut Model,
    act: MouseAct,
    at: Position,
    area: ratatui::layout::Rect,
) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.focus = Focus::Detail;
    }
    let text = layout::text_area(area);
    let Some(reading) = model.reading_mut() else {
        return Vec::new();
    };
    match act {
        MouseAct::Click => {
            if let Some(link) = clicked_link(reading, at, text) {
                reading.link = Some(link);
                return act::open(model);
            }
        }
        MouseAct::WheelUp => reading.scroll_to(reading.scroll.saturating_sub(NOTCH)),
        MouseAct::WheelDown => reading.scroll_to(reading.scroll + NOTCH),
    }
    Vec::new()
}

fn clicked_link(reading: &Reading, at: Position, text: ratatui::layout::Rect) -> Option<usize> {
    let line = reading.scroll + usize::from(at.y.checked_sub(text.y)?);
    reading.link_at(line, usize::from(at.x.checked_sub(text.x)?))
}

fn in_overview(model: &mut Model, act: MouseAct, at: Position) -> Vec<Effect> {
    match act {
        MouseAct::WheelUp => return act::zoom(model, 1, 2),
        MouseAct::WheelDown => return act::zoom(model, 2, 1),
        MouseAct::Click => {}
    }
    let regions = model.regions();
    let columns = layout::axis_area(regions.overview, &model.timeline);
    let timeline = std::sync::Arc::clone(&model.timeline);
    let Some(screen) = model.timeline_screen_mut() else {
        return Vec::new();
    };
    let axis = screen.overview.as_ref().and_then(|overview| overview.axis);
    let (Some(axis), true) = (axis, columns.contains(at)) else {
        return Vec::new();
    };
    let cell = axis.cell(at.x - columns.x);
    let lane = usize::from(at.y - columns.y).checked_sub(1);
    let on_lane = |event: &Event<'_>| {
        lane.is_none_or(|lane| event.lanes().iter().any(|term| term.0 as usize == lane))
    };
    if let Some(row) = nearest_row(&timeline, cell.earliest, on_lane) {
        screen.select(&timeline, row);
    }
    Vec::new()
}

/// The row of the event on a lane that begins nearest to an instant.
fn nearest_row(
    timeline: &Timeline,
    instant: crate::date::Instant,
    on_lane: impl Fn(&Event<'_>) -> bool,
) -> Option<usize> {
    let start = |event: Event<'_>| event.when().map(|when| when.whole().earliest.micros());
    let events = timeline.events().filter(on_lane);
    let near =
        events.filter_map(|event| Some((start(event)?.abs_diff(instant.micros()), event.id())));
    near.min().map(|(_, id)| id.0 as usize)
}

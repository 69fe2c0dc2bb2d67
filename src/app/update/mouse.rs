//! The mouse: clicks, drags and the wheel. Everything that the mouse can do has a key too.

use ratatui::layout::Position;

use crate::app::commands::baseline;
use crate::app::commands::filter;
use crate::app::commands::navigation;
use crate::app::commands::overlay;
use crate::app::commands::overview;
use crate::app::effect::Effect;
use crate::app::input::key::{Mouse, MouseAct};
use crate::app::input::movement::MovementStep;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, TimeRange};
use crate::app::screen::layout::{self, PageColumns};
use crate::app::screen::{
    Focus, FollowerScreen, PageView, Screen, TickKind, TickSources, lines_of,
};
use crate::timeline::{Clock, Event};

/// The lines that one notch of the wheel scrolls.
const NOTCH: usize = 3;

pub(in crate::app) fn act(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    model.files.reload.note_input();
    model.input.pending.clear();
    let at = Position::new(mouse.column, mouse.row);
    // A release belongs to the click before it, whose notice stays.
    if !matches!(mouse.act, MouseAct::Drag | MouseAct::Release) {
        model.view.notice = None;
        model.input.asked = None;
    }
    if matches!(mouse.act, MouseAct::Drag | MouseAct::Release) {
        return drag(model, mouse.act, at);
    }
    if mouse.act == MouseAct::Click {
        model.input.dragged_from = None;
        model.input.is_scrolling = false;
    }
    if model.view.overlay.is_some() {
        return in_overlay(model, mouse.act);
    }
    let regions = model.regions();
    if matches!(model.screen(), Screen::Scene(_)) {
        return in_scene(model, mouse.act, at);
    }
    if let Some(screen) = model.follower_mut() {
        in_notes(screen, mouse.act);
        return Vec::new();
    }
    if matches!(model.screen(), Screen::Page(_)) {
        return in_page(model, mouse.act, at, layout::page_area(regions.body));
    }
    if regions.foot.contains(at) {
        if mouse.act == MouseAct::Click {
            return baseline::page(model);
        }
        Vec::new()
    } else if regions.scrollbar.contains(at) && mouse.act == MouseAct::Click {
        model.input.is_scrolling = true;
        scroll_to_cell(model, at.y - regions.scrollbar.y);
        Vec::new()
    } else if regions.list.contains(at) {
        in_list(model, mouse.act, usize::from(at.y - regions.list.y))
    } else if regions.detail.contains(at) {
        in_page(model, mouse.act, at, regions.detail)
    } else if regions.overview.contains(at) {
        in_overview(model, mouse.act, at)
    } else {
        Vec::new()
    }
}

fn in_overlay(model: &mut Model, act: MouseAct) -> Vec<Effect> {
    match act {
        MouseAct::Click => overlay::cancel(model),
        MouseAct::WheelUp => navigation::step(model, MovementStep::Up),
        MouseAct::WheelDown => navigation::step(model, MovementStep::Down),
        MouseAct::Drag | MouseAct::Release => Vec::new(),
    }
}

/// A click in a scene follows a link of the revealed layers and does nothing else: it may be a slip. The wheel scrolls
/// the layers.
fn in_scene(model: &mut Model, act: MouseAct, at: Position) -> Vec<Effect> {
    match act {
        MouseAct::Click => {
            let Screen::Scene(scene) = model.screen_mut() else {
                return Vec::new();
            };
            let columns = PageColumns::of(layout::text_area(scene.layout.layers), false);
            let is_blank = scene.is_blank;
            let layers = scene.layers.as_mut().filter(|_| !is_blank);
            let Some(layers) = layers else {
                return Vec::new();
            };
            let Some(link) = clicked_link(layers, at, columns) else {
                return Vec::new();
            };
            layers.link = Some(link);
            navigation::open(model)
        }
        MouseAct::WheelUp => navigation::step(model, MovementStep::Up),
        MouseAct::WheelDown => navigation::step(model, MovementStep::Down),
        MouseAct::Drag | MouseAct::Release => Vec::new(),
    }
}

fn in_notes(screen: &mut FollowerScreen, act: MouseAct) {
    match act {
        MouseAct::WheelUp => screen.scroll = screen.scroll.saturating_sub(NOTCH),
        MouseAct::WheelDown => screen.scroll = screen.scroll.saturating_add(NOTCH),
        MouseAct::Click | MouseAct::Drag | MouseAct::Release => {}
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
        MouseAct::Click if clicked == screen.selected => return navigation::open(model),
        MouseAct::Click if clicked < screen.lines() => {
            screen.select(&timeline, clicked);
            screen.toggle_fold(&timeline);
        }
        MouseAct::Click | MouseAct::Drag | MouseAct::Release => {}
        MouseAct::WheelUp => screen.select(&timeline, screen.selected.saturating_sub(NOTCH)),
        MouseAct::WheelDown => screen.select(&timeline, screen.selected + NOTCH),
    }
    Vec::new()
}

fn in_page(
    model: &mut Model,
    act: MouseAct,
    at: Position,
    area: ratatui::layout::Rect,
) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.focus = Focus::Detail;
    }
    let is_page = matches!(model.screen(), Screen::Page(_));
    let Some(page_view) = model.page_view_mut() else {
        return Vec::new();
    };
    let may_be_two = is_page && page_view.subject.has_columns();
    let columns = PageColumns::of(layout::text_area(area), may_be_two);
    match act {
        MouseAct::Click => {
            if let Some(link) = clicked_link(page_view, at, columns) {
                page_view.link = Some(link);
                return navigation::open(model);
            }
        }
        MouseAct::WheelUp => page_view.scroll_to(page_view.scroll.saturating_sub(NOTCH)),
        MouseAct::WheelDown => page_view.scroll_to(page_view.scroll + NOTCH),
        MouseAct::Drag | MouseAct::Release => {}
    }
    Vec::new()
}

fn clicked_link(page_view: &PageView, at: Position, columns: PageColumns) -> Option<usize> {
    let (line, column) = columns.at(at)?;
    page_view.link_at(page_view.scroll + line, column)
}

fn in_overview(model: &mut Model, act: MouseAct, at: Position) -> Vec<Effect> {
    match act {
        MouseAct::WheelUp => overview::zoom(model, 1, 2),
        MouseAct::WheelDown => overview::zoom(model, 2, 1),
        MouseAct::Click => {
            if let Some((field, value)) = beside_axis(model, at) {
                return filter::toggle_value(model, field, &value);
            }
            model.input.dragged_from = column(model, at);
            select_at(model, at);
            Vec::new()
        }
        MouseAct::Drag | MouseAct::Release => Vec::new(),
    }
}

/// What is written to the left of the axis, as a value of the filter: the name of a lane, or the number of undated
/// events.
fn beside_axis(model: &Model, at: Position) -> Option<(&'static str, String)> {
    let Screen::Timeline(screen) = model.screen() else {
        return None;
    };
    let overview = screen.overview.as_ref()?;
    let regions = model.regions();
    let columns = layout::axis_area(regions.overview, &screen.lanes);
    // Two cells separate the names from the axis.
    if at.x + 2 >= columns.x {
        return None;
    }
    if at.y == regions.overview.y {
        let is_counted = screen.clock == Clock::Happened && overview.off_axis.undated > 0;
        return is_counted.then(|| ("dated", "no".to_owned()));
    }
    let row = usize::from(at.y - regions.overview.y).checked_sub(1)?;
    // Only the first row of a lane has its name.
    let rows = overview.lanes.get(..=row)?.iter().enumerate().rev();
    let mut of_lane = rows.take_while(|&(other, _)| overview.rows.is_one_lane(other, row));
    let name = of_lane.find_map(|(_, lane)| lane.name.clone())?;
    let grouping = screen.lanes.grouping.as_str();
    // `2 more` and `no lane` are not values.
    let is_value = screen.lanes.names.contains(&name) && name != format!("no {grouping}");
    is_value.then_some((grouping, name))
}

/// The column of the time axis at a place.
fn column(model: &Model, at: Position) -> Option<u16> {
    let screen = model.last_timeline_screen()?;
    let axis = screen.overview.as_ref()?.axis?;
    let columns = layout::axis_area(model.regions().overview, &screen.lanes);
    Some(at.x.checked_sub(columns.x)?.min(axis.width - 1))
}

/// Selects the first line that a cell of the scrollbar stands for, or the first with a tick.
fn scroll_to_cell(model: &mut Model, cell: u16) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    let height = model.regions().scrollbar.height;
    let sources = TickSources {
        timeline: &timeline,
        hits: model.search.present_hits(),
        marks_version: model.files.marks.version,
    };
    let Some(Screen::Timeline(screen)) = model.view.screens.last_mut() else {
        return;
    };
    screen.focus = Focus::List;
    let lines = lines_of(cell, height, screen.lines());
    let has_tick = |&line: &usize| {
        let event = screen.event_at(line);
        let mut kinds = TickKind::ALL.into_iter();
        event.is_some_and(|event| kinds.any(|kind| kind.is_on(sources, event)))
    };
    let line = lines.clone().find(has_tick).unwrap_or(lines.start);
    screen.select(&timeline, line);
}

/// Drags the scrollbar: its first cell selects the first line, and its last cell the last line.
fn drag_scrollbar(model: &mut Model, row: u16) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    let scrollbar = model.regions().scrollbar;
    let last_cell = usize::from(scrollbar.height.saturating_sub(1));
    let cell = usize::from(row.saturating_sub(scrollbar.y)).min(last_cell);
    if let Some(screen) = model.timeline_screen_mut() {
        let last_line = screen.lines().saturating_sub(1);
        screen.select(&timeline, cell * last_line / last_cell.max(1));
    }
}

/// A drag over the overview chooses a range of time; the release filters to it. To the left of the axis the mouse
/// chooses the first column. A drag that began on the scrollbar scrolls.
fn drag(model: &mut Model, act: MouseAct, at: Position) -> Vec<Effect> {
    if model.input.is_scrolling {
        model.input.is_scrolling = act == MouseAct::Drag;
        if act == MouseAct::Drag && model.view.overlay.is_none() {
            drag_scrollbar(model, at.y);
        }
        return Vec::new();
    }
    let is_free = matches!(model.view.overlay, None | Some(Overlay::Range(_)))
        && matches!(model.screen(), Screen::Timeline(_));
    let from = model.input.dragged_from.filter(|_| is_free);
    if act == MouseAct::Release {
        model.input.dragged_from = None;
    }
    let Some(from) = from else {
        return Vec::new();
    };
    let to = column(model, at).unwrap_or(0);
    if let (MouseAct::Drag, Some(axis)) = (act, model.axis()) {
        // The axis may have changed since the mouse went down.
        let from = match model.view.overlay {
            Some(Overlay::Range(range)) => range.anchor.unwrap_or(from),
            _ => from.min(axis.width - 1),
        };
        model.view.notice = None;
        model.view.overlay = Some(Overlay::Range(TimeRange {
            axis,
            anchor: Some(from),
            column: to,
        }));
        return Vec::new();
    }
    match &model.view.overlay {
        Some(Overlay::Range(_)) => overlay::accept(model),
        _ => Vec::new(),
    }
}

/// Selects the event that begins nearest to the mouse, in the row of a lane under it.
fn select_at(model: &mut Model, at: Position) {
    let regions = model.regions();
    let timeline = std::sync::Arc::clone(&model.timeline);
    let Some(column) = column(model, at) else {
        return;
    };
    let Some(screen) = model.timeline_screen_mut() else {
        return;
    };
    let Some(overview) = &screen.overview else {
        return;
    };
    let Some(axis) = overview.axis else { return };
    let instant = axis.cell(column).earliest.micros();
    let lane = usize::from(at.y - regions.overview.y)
        .checked_sub(1)
        .filter(|&lane| lane < overview.lanes.len());
    let on_lane = |event: Event<'_>| {
        let mut is_on = lane.is_none();
        let rows = &overview.rows;
        rows.each(&screen.lanes, event, |row, _| is_on |= Some(row) == lane);
        is_on
    };
    let near = screen
        .active_filter
        .rows()
        .iter()
        .map(|&id| timeline.event(id))
        .filter(|&event| on_lane(event));
    let near = near.filter_map(|event| {
        let start = event.bounds_on(screen.clock)?.whole().earliest.micros();
        Some((start.abs_diff(instant), event.id()))
    });
    if let Some((_, event)) = near.min() {
        screen.select_event(&timeline, event);
    }
}

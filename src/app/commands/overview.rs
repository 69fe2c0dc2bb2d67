//! The commands of the overview: zoom, pan, fold, the clock of the axis, and what is drawn on it.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overview::viewport::Viewport;
use crate::timeline::Clock;

pub(in crate::app) fn zoom(model: &mut Model, numerator: i64, denominator: i64) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.zoom(&timeline, numerator, denominator);
    }
    Vec::new()
}

pub(in crate::app) fn zoom_to_event(model: &mut Model) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        let Some(event) = screen.event() else {
            model.notify("there is no event");
            return Vec::new();
        };
        let is_undated = timeline.event(event).bounds_on(screen.clock).is_none();
        screen.zoom_to_selected(&timeline);
        if is_undated {
            model.notify("this event has no date here: it has no place on the axis");
        }
    }
    Vec::new()
}

pub(in crate::app) fn view_span(model: &mut Model, viewport: Viewport) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.viewport = viewport;
    }
    Vec::new()
}

pub(in crate::app) fn pan(model: &mut Model, parts: i64) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.pan(parts, 4);
    }
    Vec::new()
}

/// The axis and the order of the list go by the next clock.
pub(in crate::app) fn next_clock(model: &mut Model) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.go_by(&timeline, screen.clock.next());
        let (clock, without) = (screen.clock, screen.without_date(&timeline));
        let words = match without {
            0 => format!("by when they were {clock}: every event has a date"),
            1 => format!("by when they were {clock}: 1 event has no such date"),
            _ => format!("by when they were {clock}: {without} events have no such date"),
        };
        model.notify(words.replace("were happened", "happened"));
    }
    Vec::new()
}

/// Draws the time from an event to its disclosure and attribution, or no longer.
pub(in crate::app) fn toggle_lag(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.lag = !screen.lag;
        let words = match (screen.lag, screen.clock) {
            (true, Clock::Happened) => {
                "┈ until ◇ disclosed and ◈ attributed; of the selected event on the axis"
            }
            (true, _) => "the time until events were known is drawn where the clock is: happened",
            (false, _) => "the time until events were known is no longer drawn",
        };
        model.notify(words);
    }
    Vec::new()
}

pub(in crate::app) fn fold(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.folded = !screen.folded;
    }
    Vec::new()
}

pub(in crate::app) fn toggle_detail(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.without_detail = !screen.without_detail;
    }
    Vec::new()
}

pub(in crate::app) fn zoom_to_filter(model: &mut Model) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.zoom_to_rows(&timeline);
    }
    Vec::new()
}

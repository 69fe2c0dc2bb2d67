//! The commands of the overview: zoom, pan, fold, its clock, the lag, and the detail.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overview::viewport::Viewport;
use crate::app::screen::GapColumn;
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
            model.notify("No event selected");
            return Vec::new();
        };
        let is_undated = timeline.event(event).bounds_on(screen.clock).is_none();
        screen.zoom_to_selected(&timeline);
        if is_undated {
            model.notify("Cannot zoom: the event has no date on this clock");
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

/// Changes the clock of the axis and of the order of the list.
pub(in crate::app) fn next_clock(model: &mut Model) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.go_by(&timeline, screen.clock.next());
        let (clock, without) = (screen.clock, screen.without_date(&timeline));
        let words = match without {
            0 => format!("Clock: {clock}; every event has a date"),
            1 => format!("Clock: {clock}; 1 event has no such date"),
            _ => format!("Clock: {clock}; {without} events have no such date"),
        };
        model.notify(words);
    }
    Vec::new()
}

/// Toggles the time from an event to its disclosure and attribution.
pub(in crate::app) fn toggle_lag(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        screen.lag = !screen.lag;
        let words = match (screen.lag, screen.clock) {
            (true, Clock::Happened) => {
                "┈ until ◇ disclosed, ◈ attributed; on the axis for the selected event"
            }
            (true, _) => "The time to disclosure is drawn on the clock happened only",
            (false, _) => "Time to disclosure and attribution hidden",
        };
        model.notify(words);
    }
    Vec::new()
}

/// Toggles the column of gaps between an event and the one above it.
pub(in crate::app) fn toggle_gaps(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        let (gaps, words) = match screen.gaps {
            GapColumn::Hidden => (
                GapColumn::Shown,
                "Gaps: the time from the event above, as far as dates allow",
            ),
            GapColumn::Shown => (
                GapColumn::Hidden,
                "Gaps hidden, except long ones behind a title",
            ),
        };
        screen.gaps = gaps;
        model.notify(words);
    }
    Vec::new()
}

pub(in crate::app) fn toggle_breaks(model: &mut Model) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.axis.has_breaks = !screen.axis.has_breaks;
        let axis = screen.overview.as_ref().and_then(|overview| overview.axis);
        let axis = axis.and_then(|axis| screen.axis(&timeline, axis.width));
        let is_broken = axis.is_some_and(|axis| axis.breaks().next().is_some());
        let words = match (screen.axis.has_breaks, is_broken) {
            (true, true) => "Axis breaks on: ≈ marks a long stretch without dates",
            (true, false) => "Axis breaks on; this axis needs none",
            (false, _) => "Axis breaks off",
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

/// Fits the axis to the events that the filter shows, or shows most events again.
pub(in crate::app) fn toggle_fit(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        let is_fit = screen.viewport == Viewport::Fit;
        let is_open = screen.active_filter.is_open();
        screen.viewport = if is_fit {
            Viewport::Most
        } else {
            Viewport::Fit
        };
        model.notify_keys(match (is_fit, is_open) {
            (true, _) => "The axis shows most events",
            (false, true) => "The axis will fit the events of a filter; {filter} asks for one",
            (false, false) => "The axis fits the filtered events; {zoom-filter} shows most events",
        });
    }
    Vec::new()
}

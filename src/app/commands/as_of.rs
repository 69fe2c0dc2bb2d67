//! The commands of "as of" views: the slider of days, and the line in which a day is typed.

use std::sync::Arc;

use tui_input::Input;

use super::filter;
use crate::app::effect::Effect;
use crate::app::input::key::Code;
use crate::app::model::Model;
use crate::app::overlay::{AsOf, DayInput, Overlay, SliderStart};
use crate::app::reload::swap::request_swap;
use crate::date::EventDate;

/// Opens the slider.
pub(in crate::app) fn slider(model: &mut Model) -> Vec<Effect> {
    let slider = AsOf::open(SliderStart {
        whole: Arc::clone(&model.files.whole),
        timeline: Arc::clone(&model.timeline),
        screens: model.view.screens.clone(),
        filter: model.filter_text().to_owned(),
        briefing: model.briefing.clone(),
    });
    if slider.stops.is_empty() {
        model.notify(if model.files.reload.is_beginning() {
            "No disclosure, source or claim has a date in the part read so far"
        } else {
            "No disclosure, source or claim in the file has a date"
        });
        return Vec::new();
    }
    model.view.overlay = Some(Overlay::AsOf(slider));
    Vec::new()
}

pub(in crate::app) fn step(model: &mut Model, by: isize) -> Vec<Effect> {
    let Some(Overlay::AsOf(slider)) = &mut model.view.overlay else {
        return Vec::new();
    };
    slider.at = slider.at.saturating_add_signed(by).min(slider.stops.len());
    let day = slider.day().cloned();
    ask(model, day)
}

/// Opens the line for a day. If a digit opened it, the line begins with that digit.
pub(in crate::app) fn type_day(model: &mut Model) -> Vec<Effect> {
    let digit = model.input.pressed.and_then(|key| match key.code {
        Code::Char(digit) if digit.is_ascii_digit() => Some(digit),
        _ => None,
    });
    if let Some(Overlay::AsOf(slider)) = &mut model.view.overlay {
        slider.typed = Some(DayInput {
            input: Input::new(digit.map(String::from).unwrap_or_default()),
            mistake: None,
        });
    }
    Vec::new()
}

/// Closes the slider, or shows the typed day. If the day has a mistake, the line stays open.
pub(in crate::app) fn accept(model: &mut Model, mut slider: AsOf) -> Vec<Effect> {
    let Some(typed) = &mut slider.typed else {
        return Vec::new();
    };
    if typed.input.value().trim().is_empty() {
        slider.typed = None;
        model.view.overlay = Some(Overlay::AsOf(slider));
        return Vec::new();
    }
    match typed.date() {
        Ok(day) => ask(model, Some(day)),
        Err(mistake) => {
            typed.mistake = Some(mistake);
            model.view.overlay = Some(Overlay::AsOf(slider));
            Vec::new()
        }
    }
}

/// Closes the line, or else the slider, and restores the day from before.
pub(in crate::app) fn cancel(model: &mut Model, mut slider: AsOf) -> Vec<Effect> {
    if slider.typed.take().is_some() {
        model.view.overlay = Some(Overlay::AsOf(slider));
        return Vec::new();
    }
    let day = slider.start.timeline.redactions().as_of.clone();
    let mut effects = if slider.has_swapped {
        restore(model, *slider.start)
    } else {
        Vec::new()
    };
    effects.extend(ask(model, day));
    effects
}

/// Restores the screens from before the slider was opened. After a save these hold old events: then nothing is
/// restored, and the swap keeps what it can.
fn restore(model: &mut Model, start: SliderStart) -> Vec<Effect> {
    if !Arc::ptr_eq(&start.whole, &model.files.whole) {
        return Vec::new();
    }
    model.timeline = start.timeline;
    model.view.screens = start.screens;
    // The stopwatch of a briefing runs on.
    if let (Some(before), Some(briefing)) = (start.briefing, &mut model.briefing) {
        (briefing.path, briefing.left_at) = (before.path, before.left_at);
        briefing.seen = before.seen;
    }
    // Answers about the events of the other day are useless.
    model.ask_no_more();
    (model.search.hits, model.search.asked) = (None, None);
    filter::want(model, &start.filter)
}

/// Shows everything again.
pub(in crate::app) fn whole(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = None;
    ask(model, None)
}

fn ask(model: &mut Model, day: Option<EventDate>) -> Vec<Effect> {
    model.files.wanted_as_of = day;
    let shown = &model.timeline.redactions().as_of;
    if *shown == model.files.wanted_as_of && model.files.reload.pending().is_none() {
        return Vec::new();
    }
    vec![request_swap(model)]
}

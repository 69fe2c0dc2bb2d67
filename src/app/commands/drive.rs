//! Steps in the room from the second terminal: how it asks for them, and how the presenter takes them.

use std::sync::Arc;

use super::{briefing, overlay};
use crate::app::effect::Effect;
use crate::app::input::key::{Code, UserInput};
use crate::app::input::keymap::KeySequence;
use crate::app::input::mode::Mode;
use crate::app::model::Model;
use crate::app::state::drive_request::{DriveRequest, DriveStep};

/// Asks the presenter for a step.
pub(in crate::app) fn ask(model: &mut Model, step: DriveStep) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let now = model.now;
    let Some(screen) = model.follower_mut() else {
        return Vec::new();
    };
    match screen.request(&timeline, step, now) {
        Ok(request) => vec![Effect::Drive(request)],
        Err(why) => {
            model.notify(why);
            Vec::new()
        }
    }
}

/// Asks for the scene whose number was pressed; 0 is the tenth.
pub(in crate::app) fn ask_for_number(model: &mut Model) -> Vec<Effect> {
    let digit = model.input.pressed.and_then(|key| match key.code {
        Code::Char(digit) => digit.to_digit(10),
        _ => None,
    });
    let timeline = Arc::clone(&model.timeline);
    let (Some(number), Some(screen)) = (digit, model.follower_mut()) else {
        model.notify("Press the number of a scene");
        return Vec::new();
    };
    let number = if number == 0 { 10 } else { number as usize };
    let at = screen.briefing.place_of_number(&timeline, number);
    ask(model, DriveStep::To(at))
}

/// Shows the room what the second terminal asks for, from wherever the presenter is. A scene that is not on the path is
/// ignored: the second terminal says that it has another version of the file.
pub(in crate::app) fn take(model: &mut Model, request: DriveRequest) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let Some(briefing) = &model.briefing else {
        return Vec::new();
    };
    let Some(at) = briefing.place_of(&timeline, request.at, request.scene) else {
        return Vec::new();
    };
    let is_elsewhere = briefing.left_at != (at, request.step);
    model.clear_status_line();
    model.input.asked = None;
    let mut effects = Vec::new();
    while model.view.overlay.is_some() {
        effects.extend(overlay::cancel(model));
    }
    model.back_to_scene();
    if is_elsewhere {
        briefing::start_clock(model);
    }
    effects.extend(briefing::go(model, at, request.step));
    if let Some(scene) = model.scene_mut() {
        scene.is_blank = request.blank;
    }
    effects
}

/// The keys with which the presenter would get to the requested place, for a command that prints the same screen.
pub fn keys_of(model: &Model, request: DriveRequest) -> Vec<UserInput> {
    let first = |name: &str| {
        let keys = model.settings.keymap.keys_of(name).first();
        keys.map(KeySequence::inputs).unwrap_or_default()
    };
    let steps = model.steps_to(request.at, request.step);
    let cancel = model.view.overlay.is_some().then(|| first("cancel"));
    let back = (model.mode_below() != Mode::Scene).then(|| first("brief"));
    let next = std::iter::repeat_n(first("scene-next"), steps);
    let blank = request.blank.then(|| first("blank"));
    let all = cancel.into_iter().chain(back).chain([first("scene-first")]);
    all.chain(next).chain(blank).flatten().collect()
}

//! The commands of the program itself: quit, suspend, redraw, and the mouse.

use crate::app::effect::Effect;
use crate::app::model::Model;

/// Quits. During a briefing it asks first: `q` is next to `w`, and the room would see the shell.
pub(in crate::app) fn quit(model: &mut Model) -> Vec<Effect> {
    quit_by(model, "quit")
}

/// Quits from anywhere. During a briefing it asks first, since it is also the key that copies in most programs; a
/// program that hangs does not ask.
pub(in crate::app) fn interrupt(model: &mut Model) -> Vec<Effect> {
    quit_by(model, "interrupt")
}

fn quit_by(model: &mut Model, command: &'static str) -> Vec<Effect> {
    if !model.has_room() || model.input.quit_asked.is_some() {
        return vec![Effect::Quit];
    }
    model.input.quit_asked = Some(command);
    Vec::new()
}

pub(in crate::app) fn suspend(model: &mut Model) -> Vec<Effect> {
    if model.has_room() {
        model.notify("Cannot suspend a briefing: the room would see the shell");
        return Vec::new();
    }
    vec![Effect::Suspend]
}

pub(in crate::app) fn redraw(_: &mut Model) -> Vec<Effect> {
    vec![Effect::Redraw]
}

pub(in crate::app) fn toggle_mouse(model: &mut Model) -> Vec<Effect> {
    model.settings.mouse = !model.settings.mouse;
    let now = if model.settings.mouse {
        "Mouse on: dateline takes clicks and the wheel"
    } else {
        "Mouse off: the terminal selects text"
    };
    model.notify(now);
    vec![Effect::Mouse(model.settings.mouse)]
}

//! The commands of the program itself: quit, suspend, redraw, and the mouse.

use crate::app::effect::Effect;
use crate::app::model::Model;

pub(in crate::app) fn quit(_: &mut Model) -> Vec<Effect> {
    vec![Effect::Quit]
}

pub(in crate::app) fn suspend(_: &mut Model) -> Vec<Effect> {
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

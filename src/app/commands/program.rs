//! The commands of the program itself: quit, suspend, redraw, the mouse, and the theme.

use super::navigation;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::state::theme::Theme;

/// Goes back from a page, and quits at the top. During a briefing it asks first: `q` is next to `w`, and the room would
/// see the shell. If it was chosen by name, it quits from any page.
pub(in crate::app) fn quit(model: &mut Model) -> Vec<Effect> {
    let is_meant = model.input.is_by_name || is_asked(model);
    if !is_meant && model.goes_back_to_quit() {
        return navigation::back(model);
    }
    quit_by(model, "quit")
}

/// Quits from anywhere. During a briefing it asks first, since the same key copies in most programs. A program that
/// hangs does not ask.
pub(in crate::app) fn interrupt(model: &mut Model) -> Vec<Effect> {
    quit_by(model, "interrupt")
}

fn quit_by(model: &mut Model, command: &'static str) -> Vec<Effect> {
    if !model.has_room() || is_asked(model) {
        return vec![Effect::Quit];
    }
    model.input.asked = Some(command);
    Vec::new()
}

/// Whether the question to quit is on the screen.
fn is_asked(model: &Model) -> bool {
    matches!(model.input.asked, Some("quit" | "interrupt"))
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

/// Changes to the next theme: the room may be too bright or too dark for the theme of the start.
pub(in crate::app) fn next_theme(model: &mut Model) -> Vec<Effect> {
    let now = model.view.theme.unwrap_or(model.settings.theme);
    change_theme(model, now.next())
}

pub(in crate::app) fn change_theme(model: &mut Model, theme: Theme) -> Vec<Effect> {
    model.view.theme = Some(theme);
    model.notify(format!("Theme: {}, {}", theme.as_str(), theme.summary()));
    Vec::new()
}

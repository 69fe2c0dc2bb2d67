//! The room as the follower of a briefing shows it.

use std::sync::Arc;

use super::briefing;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::screen::Screen;

/// Keeps the scene that the room sees on the stack, below the follower's screen, which draws a small picture of it.
/// Does nothing on any other screen. Returns the effects that the scene needs.
pub(in crate::app) fn show_room(model: &mut Model) -> Vec<Effect> {
    let Screen::Follower(screen) = model.screen() else {
        return Vec::new();
    };
    let timeline = Arc::clone(&model.timeline);
    let (at, step) = screen.place_in_room(&timeline);
    let shown = model.briefing.as_ref();
    let is_same_path = shown.is_some_and(|it| it.is_same_path(&screen.briefing));
    let shown = model.scene().map(|(scene, _)| (scene.at, scene.step));
    let has_scene = screen.scene(&timeline).is_some();
    if is_same_path && shown == has_scene.then_some((at, step)) {
        return Vec::new();
    }
    let path = (!is_same_path).then(|| screen.briefing.clone());
    let Some(follower) = model.view.screens.pop() else {
        return Vec::new();
    };
    if (path.is_some() || !has_scene) && model.scene().is_some() {
        model.back();
    }
    model.briefing = path.or(model.briefing.take());
    let effects = briefing::go(model, at, step);
    model.push(follower);
    effects
}

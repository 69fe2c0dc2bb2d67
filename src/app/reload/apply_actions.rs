//! Applies the actions of the state machine to the model.

use super::event::{ReloadAction, ReloadEvent};
use super::notice::ReloadNotice;
use super::phase::ShownExtent;
use super::swap::request_swap;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::screen::{Focus, Screen};
use crate::app::state::notice::Notice;

/// Gives an event to the state machine, and applies the actions that follow.
pub(in crate::app) fn take(model: &mut Model, event: ReloadEvent) -> Vec<Effect> {
    let actions = model.files.reload.on(event, &model.files.whole);
    let mut effects = Vec::new();
    for action in actions {
        match action {
            ReloadAction::Request(request) => effects.push(Effect::Files(request)),
            ReloadAction::ShowProblems(problems) => model.files.problems.of_files = problems,
            ReloadAction::PrepareSwap => effects.push(request_swap(model)),
            ReloadAction::SelectFirstEvent => select_first(model),
            ReloadAction::Notify(notice) => notify(model, &notice),
            ReloadAction::Fail(why) => effects.push(Effect::Fail(why)),
        }
    }
    effects
}

pub(in crate::app) fn reload(model: &mut Model) -> Vec<Effect> {
    take(model, ReloadEvent::Asked)
}

/// Whether *back* would stop the reading of long files, because there is nothing else to leave.
pub fn can_stop(model: &Model) -> bool {
    let is_list = matches!(model.screen(), Screen::Timeline(screen) if screen.focus == Focus::List);
    let leads_nowhere =
        model.depth() == 0 && model.view.overlay.is_none() && model.search.needle.is_none();
    // From 99 on, nothing is left to be stopped.
    let is_reading = matches!(
        model.files.reload.extent(),
        ShownExtent::Beginning { percent: ..99, .. }
    );
    is_reading && is_list && leads_nowhere
}

/// Stops the reading of long files. `None` if nothing can be stopped.
pub(in crate::app) fn stop(model: &mut Model) -> Option<Vec<Effect>> {
    can_stop(model).then(|| take(model, ReloadEvent::StopAsked))
}

fn select_first(model: &mut Model) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Screen::Timeline(screen) = model.screen_mut() {
        screen.select(&timeline, 0);
        screen.top = 0;
    }
}

fn notify(model: &mut Model, notice: &ReloadNotice) {
    // The follower reads the same files, and shows its own notice.
    if model.has_room() {
        return;
    }
    if *notice == ReloadNotice::Opened {
        if let Some(notice) = model.opening_notice() {
            model.view.notice = Some(notice);
        }
        return;
    }
    let news = model.files.write_notice.take();
    let says = |words: &str| model.settings.keymap.says(words).into_owned();
    let new = match (notice, news) {
        // A notice about an act of the user says more than a notice that the file has changed.
        (ReloadNotice::Changed(_), Some(news)) => news,
        _ => Notice {
            text: notice.text(&says),
            is_error: notice.is_error(),
        },
    };
    let before = model.view.notice.take();
    model.view.notice = Some(match (notice, before) {
        // The same failure is reported again after the next reading.
        (ReloadNotice::WatchFailed(_), Some(before)) if before.text.ends_with(&new.text) => before,
        (ReloadNotice::WatchFailed(_), Some(before)) => before.and(&new),
        _ => new,
    });
}

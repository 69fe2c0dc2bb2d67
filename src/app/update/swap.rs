//! Shows a prepared timeline, and updates everything else for it.

use std::sync::Arc;

use crate::app::commands::{baseline, filter, mark};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::reload::swap::{newest_timeline, request_swap, swap_scope};
use crate::app::reload::{self, ReloadEvent, SwapRequest, SwapResult};
use crate::app::state::notice::Notice;

/// Replaces the screens by the prepared ones, if these are still wanted.
pub(super) fn take(model: &mut Model, result: SwapResult) -> Vec<Effect> {
    let SwapRequest {
        whole,
        shown,
        scope,
    } = &result.request;
    // Another day or newer files have been requested since.
    if !Arc::ptr_eq(whole, newest_timeline(model)) || scope.day != model.files.wanted_as_of {
        return Vec::new();
    }
    if !Arc::ptr_eq(shown, &model.timeline) || *scope != swap_scope(model) {
        return vec![request_swap(model)];
    }
    let is_reload = model.files.reload.pending().is_some();
    let refused = model.rebase(result);
    let mut effects = mark::keep_unsaved(model);
    effects.extend(renew_overlay(model));
    if is_reload {
        effects.extend(finish_reload(model, refused));
        effects.extend(baseline::read_again(model));
    } else if let Some(filter) = refused {
        model.notify(format!("Not known by then: {filter}"));
    }
    baseline::report(model);
    effects
}

fn finish_reload(model: &mut Model, refused: Option<String>) -> Vec<Effect> {
    let before = model.view.notice.take();
    let effects = reload::take(model, ReloadEvent::Swapped);
    // Notices about the files are not for the room.
    let refused = refused.filter(|_| !model.has_room());
    let refused = refused.map(|filter| Notice {
        text: format!("The filter names nothing in this version: {filter}"),
        is_error: false,
    });
    let notices = model.view.notice.take().into_iter().chain(refused);
    model.view.notice = notices.reduce(|one, other| one.and(&other)).or(before);
    effects
}

/// Updates the overlay for the new timeline.
fn renew_overlay(model: &mut Model) -> Vec<Effect> {
    match &mut model.view.overlay {
        Some(overlay) if overlay.is_counted() => filter::count(model),
        Some(Overlay::Filter(_)) => filter::renew_prompt(model),
        Some(Overlay::AsOf(slider)) => {
            slider.renew(&model.files.whole, model.files.wanted_as_of.as_ref());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

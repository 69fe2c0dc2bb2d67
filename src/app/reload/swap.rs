//! Requests and prepares a swap of the timeline on screen, for another day, for saved files, or for the rest of long
//! files.
//!
//! Everything costly is prepared on another thread first, so no key waits and no frame mixes old and new.

use std::sync::Arc;

use super::rebase::RebaseContext;
use super::swap_request::{SwapRequest, SwapResult, SwapScope};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::state::briefing::Briefing;
use crate::timeline::Timeline;

/// Requests the screens of the newest timeline, as of the wanted day.
pub(in crate::app) fn request_swap(model: &Model) -> Effect {
    let whole = Arc::clone(newest_timeline(model));
    Effect::Swap(Box::new(swap_request(model, whole)))
}

/// The last timeline that was read, of all days; it may not be on screen yet.
pub(in crate::app) fn newest_timeline(model: &Model) -> &Arc<Timeline> {
    model.files.reload.pending().unwrap_or(&model.files.whole)
}

pub(in crate::app) fn swap_request(model: &Model, whole: Arc<Timeline>) -> SwapRequest {
    SwapRequest {
        whole,
        shown: Arc::clone(&model.timeline),
        scope: swap_scope(model),
    }
}

/// The screens that a swap has to prepare.
pub(in crate::app) fn swap_scope(model: &Model) -> SwapScope {
    let mut scope = SwapScope {
        day: model.files.wanted_as_of.clone(),
        baseline: model.files.baseline.chosen.clone(),
        // Only the path matters: its clock runs on.
        briefing: model.briefing.as_ref().map(|briefing| Briefing {
            audience: briefing.audience.clone(),
            path: briefing.path.clone(),
            ..Briefing::default()
        }),
        ..SwapScope::default()
    };
    for (depth, screen) in model.trail().enumerate() {
        scope.add(screen, model.asked_at(depth));
    }
    match &model.view.overlay {
        Some(Overlay::Search(search)) => scope.add(&search.screen, None),
        Some(Overlay::Filter(prompt)) => scope.add(&prompt.screen, None),
        _ => {}
    }
    scope
}

/// Prepares the screens. May run on any thread.
pub(in crate::app) fn prepare_swap(request: &SwapRequest) -> SwapResult {
    let SwapRequest {
        whole,
        shown,
        scope,
    } = request;
    let timeline = shown_of(whole, scope);
    let rebase = RebaseContext::new(shown, &timeline, scope.briefing.as_ref(), &[]);
    let scenes = scope.scenes.iter();
    let scenes = scenes.filter_map(|&at| rebase.key_of_scene(at));
    let keys = scope.keys.iter().cloned().chain(scenes);
    let screens = keys.map(|key| key.prepare(&timeline)).collect();
    SwapResult {
        request: request.clone(),
        timeline,
        screens,
    }
}

/// The timeline to show: as of a day, if one is wanted, and compared with the baseline. Without a baseline it keeps the
/// marks of the last save.
fn shown_of(whole: &Arc<Timeline>, scope: &SwapScope) -> Arc<Timeline> {
    let known = scope.day.as_ref().and_then(|day| whole.as_of(day).ok());
    match (&scope.baseline, known, whole.changes()) {
        (Some(baseline), known, _) => {
            let shown = known.unwrap_or_else(|| whole.as_ref().clone());
            Arc::new(baseline.compare(whole, shown))
        }
        (None, None, _) => Arc::clone(whole),
        (None, Some(known), None) => Arc::new(known),
        (None, Some(known), Some(changes)) => {
            let marks = changes.only_marks(whole, &known);
            Arc::new(known.with_changes(marks))
        }
    }
}

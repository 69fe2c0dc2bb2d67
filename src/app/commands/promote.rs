//! The command that promotes a row of a log: writes it as an event into the timeline that is open next to the log.

use std::sync::Arc;

use super::edit::here;
use super::filter;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, PromotionPreview};
use crate::app::reload::{self, ReloadEvent};
use crate::app::state::promotion::{DonePromotion, FileWrite, PromotionPlan, PromotionRequest};
use crate::document::{PageSubject, count};

/// Requests the text that the promotion of the selected row would add.
pub(in crate::app) fn promote(model: &mut Model) -> Vec<Effect> {
    if let Some(why) = refusal(model) {
        model.notify_error(why);
        return Vec::new();
    }
    let (Some(PageSubject::Event(row)), _) = here(model) else {
        model.notify("Select a row of a log to promote");
        return Vec::new();
    };
    vec![Effect::Promote(PromotionRequest {
        timeline: Arc::clone(&model.timeline),
        rows: vec![row],
    })]
}

fn refusal(model: &Model) -> Option<&'static str> {
    if model.has_room() {
        return Some("Cannot promote during a briefing: the room would see the file");
    }
    if !model.timeline.redactions().is_whole() {
        // The new event could say, or repeat, what is withheld.
        return Some(
            "Cannot promote while something is withheld; show all of it, without `--max-tlp` and `--as-of`",
        );
    }
    if model.files.reload.is_beginning() {
        return Some("Cannot promote yet: still loading the files");
    }
    None
}

/// Shows what would be added. If something else was opened since, the answer is dropped.
pub(in crate::app) fn take_plan(
    model: &mut Model,
    outcome: Result<PromotionPlan, String>,
) -> Vec<Effect> {
    match outcome {
        Err(why) => model.notify_error(format!("Cannot promote: {why}")),
        Ok(plan) if model.view.overlay.is_none() && refusal(model).is_none() => {
            let preview = PromotionPreview::new(plan);
            model.view.overlay = Some(Overlay::Promotion(preview));
        }
        Ok(_) => {}
    }
    Vec::new()
}

/// Has the file written.
pub(in crate::app) fn accept(plan: PromotionPlan) -> Vec<Effect> {
    vec![Effect::WriteFile(FileWrite {
        change: plan.change,
        rows: plan.rows,
        is_undo: false,
    })]
}

/// Undoes the last change: a promotion, or a change of the filter after it.
pub(in crate::app) fn undo(model: &mut Model) -> Vec<Effect> {
    if !model.undoes_promotion() {
        return filter::undo(model);
    }
    if let Some(why) = refusal(model) {
        model.notify_error(why.replace("promote", "undo a promotion"));
        return Vec::new();
    }
    let Some(DonePromotion { write, .. }) = model.files.promotion.done.pop() else {
        return Vec::new();
    };
    vec![Effect::WriteFile(FileWrite {
        change: write.change.undone(),
        is_undo: true,
        ..write
    })]
}

/// Takes the outcome of a write, and has the file read again.
pub(in crate::app) fn take_written(
    model: &mut Model,
    write: FileWrite,
    outcome: Result<(), String>,
) -> Vec<Effect> {
    let name = &write.change.name;
    let rows = count(write.rows, "event");
    if let Err(why) = outcome {
        let act = if write.is_undo {
            "Cannot undo"
        } else {
            "Cannot promote"
        };
        model.notify_error(format!("{act}: {why}"));
        return Vec::new();
    }
    let news = if write.is_undo {
        format!("Removed {rows} from `{name}` again")
    } else {
        let undo = model.settings.keymap.says("{undo} undoes it");
        format!("Added {rows} to `{name}`; {undo}")
    };
    if !write.is_undo {
        let filter_changes = model.undoable_filters();
        model.files.promotion.remember(DonePromotion {
            write,
            filter_changes,
        });
    }
    model.files.promotion.news = Some(news.clone());
    model.notify(news);
    reload::take(model, ReloadEvent::Recheck)
}

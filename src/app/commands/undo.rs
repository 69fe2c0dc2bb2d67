//! Undoes the last change: of the filter, of marks, or a promotion.

use super::{filter, mark, promote};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::state::undo::UndoableAct;

pub(in crate::app) fn undo(model: &mut Model) -> Vec<Effect> {
    let refusal = match model.undoable_act() {
        None => return filter::undo(model),
        Some(UndoableAct::Promotion(_)) => promote::refusal(model),
        Some(UndoableAct::Marks(_)) => mark::refusal(model),
    };
    if let Some(why) = refusal {
        model.notify_error(format!("Cannot undo: {why}"));
        return Vec::new();
    }
    match model.files.history.take() {
        Some(UndoableAct::Promotion(write)) => promote::undo(write),
        Some(UndoableAct::Marks(edits)) => mark::undo(model, &edits),
        None => Vec::new(),
    }
}

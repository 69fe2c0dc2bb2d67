//! The command that promotes a row of a log: writes it as an event into the timeline that is open next to the log.

use std::sync::Arc;

use super::edit::here;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, PromotionPreview};
use crate::app::reload::{self, ReloadEvent};
use crate::app::state::active_filter::ActiveFilter;
use crate::app::state::notice::Notice;
use crate::app::state::promotion::{FileWrite, PromotionPlan, PromotionRequest};
use crate::app::state::undo::UndoableAct;
use crate::document::{PageSubject, count};
use crate::timeline::EventId;

/// Requests the text that the promotion of the selected row would add.
pub(in crate::app) fn promote(model: &mut Model) -> Vec<Effect> {
    if let Some(why) = refusal(model) {
        model.notify_error(format!("Cannot promote: {why}"));
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

/// Requests the text that the promotion of every marked row of the list would add.
pub(in crate::app) fn promote_marked(model: &mut Model) -> Vec<Effect> {
    if let Some(why) = refusal(model) {
        model.notify_error(format!("Cannot promote: {why}"));
        return Vec::new();
    }
    let rows = model.active_filter().map_or(&[][..], ActiveFilter::rows);
    let marks = model.timeline.marks();
    let is_marked = |row: &&EventId| !marks.of(**row).is_empty();
    let rows: Vec<EventId> = rows.iter().filter(is_marked).copied().collect();
    if rows.is_empty() {
        model.notify_keys("No marked event in the list; {star} marks one");
        return Vec::new();
    }
    vec![Effect::Promote(PromotionRequest {
        timeline: Arc::clone(&model.timeline),
        rows,
    })]
}

/// Why a command is refused that needs the whole timeline.
pub(in crate::app) const WITHHELD: &str =
    "part of the timeline is withheld: run without `--max-tlp` and `--as-of`";

/// Why no file can be written now.
pub(in crate::app) fn refusal(model: &Model) -> Option<&'static str> {
    if model.has_room() {
        return Some("the room of the briefing would see the file");
    }
    if !model.timeline.redactions().is_whole() {
        // The new event could state or repeat something that is withheld.
        return Some(WITHHELD);
    }
    if model.files.reload.is_beginning() {
        return Some("the files are still being loaded");
    }
    None
}

/// Shows the plan, unless another overlay is open by now or promoting is no longer possible.
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

/// Requests the write of the file.
pub(in crate::app) fn accept(plan: PromotionPlan) -> Vec<Effect> {
    vec![Effect::WriteFile(FileWrite {
        change: plan.change,
        rows: plan.rows,
        is_undo: false,
    })]
}

/// Requests a write of the file as it was before.
pub(in crate::app) fn undo(write: FileWrite) -> Vec<Effect> {
    vec![Effect::WriteFile(FileWrite {
        change: write.change.undone(),
        is_undo: true,
        ..write
    })]
}

/// Handles the outcome of a write, and requests a reading of the file.
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
        let notice = Notice::error(format!("{act}: {why}"));
        // The reload after an earlier write, which is still going on, must not cover the failure.
        if let Some(earlier) = &mut model.files.write_notice {
            earlier.clone_from(&notice);
        }
        model.show_notice(notice);
        return Vec::new();
    }
    let news = if write.is_undo {
        format!("Removed {rows} from `{name}` again")
    } else {
        let undo = model.settings.keymap.says("{undo} undoes it");
        format!("Added {rows} to `{name}`; {undo}")
    };
    if !write.is_undo {
        model.remember(UndoableAct::Promotion(write));
    }
    let notice = Notice::new(news);
    model.files.write_notice = Some(notice.clone());
    model.show_notice(notice);
    reload::take(model, ReloadEvent::Recheck)
}

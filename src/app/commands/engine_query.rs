//! The commands of the overlay with a query for an engine of another program.

use super::filter::filter_of_view;
use super::promote::WITHHELD;
use crate::app::effect::{CopyRequest, Effect};
use crate::app::model::Model;
use crate::app::overlay::{EngineQueryPane, Overlay};
use crate::app::screen::TimelineScreen;

/// Shows the filter as a query.
pub(in crate::app) fn open(model: &mut Model) -> Vec<Effect> {
    show(model, 0)
}

/// Shows the filter as a query in another language.
pub(in crate::app) fn turn(model: &mut Model, by: isize) -> Vec<Effect> {
    show(model, by)
}

fn show(model: &mut Model, further: isize) -> Vec<Effect> {
    if let Some(why) = refusal(model) {
        model.notify_error(format!("Cannot write a query: {why}"));
        return Vec::new();
    }
    let filter = filter_of_view(model);
    let selected = model.last_timeline_screen().and_then(TimelineScreen::event);
    let file = selected.map(|id| model.timeline.event(id).place().file);
    match model.engines.write(&filter, file, further) {
        Ok(query) => model.view.overlay = Some(Overlay::Query(EngineQueryPane::new(query))),
        Err(why) => model.notify_error(format!("Cannot write a query: {why}")),
    }
    Vec::new()
}

/// Why no query can be shown now.
fn refusal(model: &Model) -> Option<&'static str> {
    if model.has_room() {
        return Some("the room of the briefing would see it");
    }
    // The columns of a file have no markings, so any of them may be withheld.
    (!model.timeline.redactions().is_whole()).then_some(WITHHELD)
}

/// Copies the query as it is.
pub(in crate::app) fn copy(model: &mut Model) -> Vec<Effect> {
    match &model.view.overlay {
        Some(Overlay::Query(pane)) => {
            let text = pane.query.text.clone();
            vec![Effect::Copy(CopyRequest::Query(text))]
        }
        _ => Vec::new(),
    }
}

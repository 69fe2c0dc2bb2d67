//! The lines of an empty list: what hides the events, and the key that shows them.

use crate::app::input::mode::Mode;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::TimelineScreen;
use crate::document::count;

/// A line for each cause; `{name}` stands for the key of a command.
pub(super) fn lines(model: &Model, screen: &TimelineScreen) -> Vec<String> {
    let is_scene = model.mode_below() == Mode::Scene;
    let mut lines = vec![first(model, is_scene).to_owned()];
    if model.timeline().is_empty() && model.timeline().redactions().is_whole() && !is_scene {
        lines.push("{edit} opens the file in your editor".to_owned());
        lines.push("{guide} lists the guide: `first-hour` begins with three lines".to_owned());
        lines.push("`dateline new` writes a file to begin with".to_owned());
    }
    let active_filter = &screen.active_filter;
    if is_scene && !active_filter.is_open() {
        lines.push(format!("its filter is {}", active_filter.text));
    }
    let possibly = active_filter.counts().possibly;
    if active_filter.surely_only && possibly > 0 {
        let matching = count(possibly, "event");
        lines.push(format!(
            "{matching} may match: {{surely}} shows what possibly matches too"
        ));
    }
    let withheld = model.timeline().redactions();
    if let Some(day) = withheld
        .as_of
        .as_ref()
        .filter(|_| withheld.later.events > 0)
    {
        let hidden = count(withheld.later.events, "event");
        // An open slider shows its own keys, and a scene has none for the day.
        let key = if is_scene || matches!(model.overlay(), Some(Overlay::AsOf(_))) {
            ""
        } else {
            ": {as-of} for another day"
        };
        lines.push(format!("{hidden} hidden, not public by {day}{key}"));
    }
    if let Some(tlp) = withheld.ceiling.filter(|_| withheld.marked.events > 0) {
        let hidden = count(withheld.marked.events, "event");
        lines.push(format!(
            "{hidden} hidden, marked more strictly than TLP:{tlp}"
        ));
    }
    lines
}

fn first(model: &Model, is_scene: bool) -> &'static str {
    let withheld = model.timeline().redactions();
    if model.timeline().is_empty() && withheld.is_whole() {
        "no events"
    } else if model.timeline().is_empty() && withheld.as_of.is_some() {
        "no event was public by then"
    } else if model.timeline().is_empty() {
        "no event may be shown"
    } else if is_scene {
        "no event is left in the view of this scene"
    } else if model.reload().is_beginning() {
        "no event that has been read yet matches"
    } else if matches!(model.overlay(), Some(Overlay::AsOf(_))) {
        "no event of the filter was public by then"
    } else if matches!(model.overlay(), Some(Overlay::Filter(_))) {
        "no event matches: {cancel} cancels"
    } else {
        "no event matches: {undo} undoes, {clear} clears the filter"
    }
}

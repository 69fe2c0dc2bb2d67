//! What commands do to overlays: opening them, moving in them, taking what they offer.

use crate::app::commands::as_of;
use crate::app::commands::briefing;
use crate::app::commands::filter;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{Facets, Matrix, Overlay, Palette, PaletteChoice, Range, Stub};
use crate::query::{FIELDS, FilterField, ValueSpelling};
use crate::timeline::Clock;

pub(in crate::app) fn help(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = Some(Overlay::Help(0));
    Vec::new()
}

pub(in crate::app) fn palette(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = Some(Overlay::Palette(Palette::default()));
    Vec::new()
}

pub(in crate::app) fn problems(model: &mut Model) -> Vec<Effect> {
    if model.files.problems.is_empty() {
        model.notify("nothing is wrong with the file");
    } else {
        model.view.overlay = Some(Overlay::Problems(0));
    }
    Vec::new()
}

/// Takes what an overlay offers.
pub(in crate::app) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.view.overlay.take() {
        Some(Overlay::Palette(palette)) => {
            match palette.choice(model.palette_scope()) {
                Some(PaletteChoice::Command(command)) => {
                    // The table that runs it is above the commands.
                    model.input.chosen = Some(command);
                    Vec::new()
                }
                Some(PaletteChoice::View(number)) => filter::view(model, number),
                Some(PaletteChoice::Scene { number, .. }) => briefing::to_scene(model, number),
                None => Vec::new(),
            }
        }
        Some(Overlay::Search(search)) => {
            if search.needle().is_none() {
                model.search.needle = search.before;
            }
            Vec::new()
        }
        Some(Overlay::Filter(prompt)) => filter::accept_prompt(model, *prompt),
        Some(Overlay::Range(range)) => accept_range(model, range),
        Some(Overlay::AsOf(slider)) => as_of::accept(model, slider),
        other => {
            model.view.overlay = other;
            Vec::new()
        }
    }
}

fn accept_range(model: &mut Model, range: Range) -> Vec<Effect> {
    let clock = model
        .last_timeline_screen()
        .map_or(Clock::Happened, |screen| screen.clock);
    let name = match clock {
        Clock::Happened => "when",
        other => other.as_str(),
    };
    let field = FIELDS.iter().find(|field| field.name == name);
    let field = field.expect("every clock has a field");
    let text = crate::query::set_range(model.filter_text(), field, Some(&range.text()));
    filter::change(model, &text)
}

pub(in crate::app) fn close(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = None;
    Vec::new()
}

/// Leaves an overlay as if it had not been opened.
pub(in crate::app) fn cancel(model: &mut Model) -> Vec<Effect> {
    match model.view.overlay.take() {
        Some(Overlay::Search(search)) => {
            model.search.needle = search.before;
            // The filter may have come into force since then.
            let filter = model.filter_text().to_owned();
            *model.screen_mut() = search.screen;
            filter::want(model, &filter)
        }
        Some(Overlay::Filter(prompt)) => {
            // What was asked for since then is no longer wanted.
            let prompt = *prompt;
            model.ask_no_more();
            *model.screen_mut() = prompt.screen;
            // What was asked for before is.
            filter::want(model, &prompt.before)
        }
        Some(Overlay::AsOf(slider)) => as_of::cancel(model, slider),
        _ => Vec::new(),
    }
}

pub(in crate::app) fn facets(model: &mut Model) -> Vec<Effect> {
    open_counted(model, Overlay::Facets(Facets::default()))
}

pub(in crate::app) fn matrix(model: &mut Model) -> Vec<Effect> {
    let matrix = Matrix::new(&model.timeline);
    open_counted(model, Overlay::Matrix(matrix))
}

/// Opens what is counted under the filter in force, unless that cannot be put to the events that are shown.
fn open_counted(model: &mut Model, overlay: Overlay) -> Vec<Effect> {
    model.view.overlay = Some(overlay);
    filter::count(model)
}

pub(in crate::app) fn step_matrix(model: &mut Model, levels: isize) -> Vec<Effect> {
    if let Some(Overlay::Matrix(matrix)) = &mut model.view.overlay {
        matrix.step(0, levels);
    }
    Vec::new()
}

/// Filters to the selected value, or no longer.
pub(in crate::app) fn toggle_choice(model: &mut Model) -> Vec<Effect> {
    filter_by_choice(model, crate::query::toggle)
}

/// Leaves out the selected value, or no longer.
pub(in crate::app) fn exclude_choice(model: &mut Model) -> Vec<Effect> {
    filter_by_choice(model, crate::query::exclude)
}

fn filter_by_choice(
    model: &mut Model,
    edit: fn(&str, &FilterField, &ValueSpelling) -> String,
) -> Vec<Effect> {
    let choice = model.view.overlay.as_ref().and_then(Overlay::choice);
    let Some((field, value)) = choice else {
        return Vec::new();
    };
    let text = edit(model.filter_text(), field, &value);
    filter::change(model, &text)
}

pub(in crate::app) fn turn_facet(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Overlay::Facets(facets)) = &mut model.view.overlay {
        facets.turn(by);
    }
    Vec::new()
}

/// Begins to choose a stretch of time, at the selected event.
pub(in crate::app) fn range(model: &mut Model) -> Vec<Effect> {
    let overview = model
        .last_timeline_screen()
        .and_then(|screen| screen.overview.as_ref());
    let Some((overview, axis)) = overview.and_then(|it| Some((it, it.axis?))) else {
        model.notify("there is no time axis to choose on");
        return Vec::new();
    };
    let column = overview.cursor.as_ref().map_or(0, |cursor| *cursor.start());
    model.view.overlay = Some(Overlay::Range(Range {
        axis,
        anchor: None,
        column,
    }));
    Vec::new()
}

pub(in crate::app) fn step_range(model: &mut Model, by: i32) -> Vec<Effect> {
    if let Some(Overlay::Range(range)) = &mut model.view.overlay {
        range.step(by);
    }
    Vec::new()
}

/// Sets the beginning of the stretch where the cursor is.
pub(in crate::app) fn anchor_range(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Range(range)) = &mut model.view.overlay {
        range.anchor = Some(range.column);
    }
    Vec::new()
}

pub(in crate::app) fn choose_completion(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Overlay::Filter(prompt)) = &mut model.view.overlay {
        prompt.choose(by);
    }
    filter::follow_prompt(model)
}

pub(in crate::app) fn recall(model: &mut Model, by: isize) -> Vec<Effect> {
    let history = model.filter.history.clone();
    if let Some(Overlay::Filter(prompt)) = &mut model.view.overlay {
        prompt.recall(&history, by);
    }
    filter::follow_prompt(model)
}

pub(in crate::app) fn scene_stub(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = Some(Overlay::Stub(Stub {
        lines: briefing::stub(model),
        is_view: false,
    }));
    Vec::new()
}

pub(in crate::app) fn stub(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = Some(Overlay::Stub(Stub {
        lines: filter::stub(model),
        is_view: true,
    }));
    Vec::new()
}

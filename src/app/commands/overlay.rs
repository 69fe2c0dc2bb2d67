//! The commands of overlays: open, move, accept and cancel.

use crate::app::commands::as_of;
use crate::app::commands::baseline;
use crate::app::commands::briefing;
use crate::app::commands::filter;
use crate::app::commands::mark;
use crate::app::commands::program;
use crate::app::commands::promote;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{
    CommandPalette, ConfidenceMatrix, FacetsPane, HelpPane, Overlay, PaletteChoice, TimeRange,
    TomlStub,
};
use crate::app::state::query_work::QueryKind;
use crate::query::{FIELDS, FilterField, ValueSpelling};
use crate::timeline::Clock;

pub(in crate::app) fn help(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = Some(Overlay::Help(HelpPane::default()));
    Vec::new()
}

pub(in crate::app) fn palette(model: &mut Model) -> Vec<Effect> {
    model.view.overlay = Some(Overlay::Palette(CommandPalette::default()));
    Vec::new()
}

pub(in crate::app) fn problems(model: &mut Model) -> Vec<Effect> {
    if model.has_room() {
        model.notify("Problems are not shown during a briefing; the follower shows them");
    } else if model.files.problems.is_empty() {
        model.notify("No problems in the file");
    } else {
        model.view.overlay = Some(Overlay::Problems(0));
    }
    Vec::new()
}

/// Accepts the choice or the text of an overlay, and closes it.
pub(in crate::app) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.view.overlay.take() {
        Some(Overlay::Palette(palette)) => {
            match palette.choice(model.palette_scope()) {
                Some(PaletteChoice::Command(command)) => {
                    // The table of commands, which runs it, is in a layer above.
                    model.input.chosen = Some(command);
                    Vec::new()
                }
                Some(PaletteChoice::View(number)) => filter::view(model, number),
                Some(PaletteChoice::Scene { number, .. }) => briefing::to_scene(model, number),
                Some(PaletteChoice::Theme(theme)) => program::change_theme(model, theme),
                Some(PaletteChoice::Advice { words, .. }) => {
                    model.notify_keys(words);
                    Vec::new()
                }
                None => {
                    model.view.overlay = Some(Overlay::Palette(palette));
                    model.notify_keys("No matching command; {cancel} closes");
                    Vec::new()
                }
            }
        }
        Some(Overlay::Search(search)) => {
            if search.needle().is_none() {
                model.search.needle = search.before;
            }
            Vec::new()
        }
        Some(Overlay::Filter(prompt)) => filter::accept_prompt(model, *prompt),
        Some(Overlay::Facets(mut facets)) => {
            facets.accept_find();
            model.view.overlay = Some(Overlay::Facets(facets));
            Vec::new()
        }
        Some(Overlay::Range(range)) => accept_range(model, range),
        Some(Overlay::AsOf(slider)) => as_of::accept(model, slider),
        Some(Overlay::Baseline(prompt)) => baseline::accept(model, prompt),
        Some(Overlay::Promotion(preview)) => promote::accept(preview.plan),
        Some(Overlay::Mark(prompt)) => mark::accept(model, &prompt),
        other => {
            model.view.overlay = other;
            Vec::new()
        }
    }
}

fn accept_range(model: &mut Model, range: TimeRange) -> Vec<Effect> {
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

/// Closes the help. If a filter is typed in it, the first key of the command clears that text instead.
pub(in crate::app) fn close_help(model: &mut Model) -> Vec<Effect> {
    let is_first = |key| model.settings.keymap.is_first_of("close-help", key);
    let is_clearing = model.input.pressed.is_some_and(is_first);
    match &mut model.view.overlay {
        Some(Overlay::Help(help)) if is_clearing && !help.input.value().is_empty() => {
            *help = HelpPane::default();
        }
        _ => model.view.overlay = None,
    }
    Vec::new()
}

/// Closes an overlay, and restores the state from before it was opened.
pub(in crate::app) fn cancel(model: &mut Model) -> Vec<Effect> {
    match model.view.overlay.take() {
        Some(Overlay::Search(search)) => {
            let asked = model.search.asked.take();
            let stopped = asked.map(|_| Effect::StopQuery(QueryKind::Search));
            model.search.needle = search.before;
            // A filter may have been answered since the prompt was opened.
            let filter = model.filter_text().to_owned();
            *model.screen_mut() = search.screen;
            let wanted = filter::want(model, &filter);
            stopped.into_iter().chain(wanted).collect()
        }
        Some(Overlay::Filter(prompt)) => {
            let prompt = *prompt;
            let asked = model.take_asked();
            let stopped = asked.map(|_| Effect::StopQuery(QueryKind::Filter));
            *model.screen_mut() = prompt.screen;
            // A request from before the prompt may have been cancelled: request it again.
            let wanted = filter::want(model, &prompt.before);
            stopped.into_iter().chain(wanted).collect()
        }
        Some(Overlay::AsOf(slider)) => as_of::cancel(model, slider),
        Some(Overlay::Baseline(_)) => baseline::cancel(model),
        Some(Overlay::Facets(mut facets)) if facets.find.is_some() => {
            facets.cancel_find();
            model.view.overlay = Some(Overlay::Facets(facets));
            Vec::new()
        }
        _ => Vec::new(),
    }
}

pub(in crate::app) fn facets(model: &mut Model) -> Vec<Effect> {
    open_counted(model, Overlay::Facets(FacetsPane::default()))
}

pub(in crate::app) fn matrix(model: &mut Model) -> Vec<Effect> {
    let matrix = ConfidenceMatrix::new(&model.timeline);
    open_counted(model, Overlay::Matrix(matrix))
}

/// Opens a pane of counts, and requests the counts under the current filter.
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

/// Toggles the selected value in the filter.
pub(in crate::app) fn toggle_choice(model: &mut Model) -> Vec<Effect> {
    filter_by_choice(model, crate::query::toggle)
}

/// Toggles the exclusion of the selected value in the filter.
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

/// Opens the line that finds a value of the facets.
pub(in crate::app) fn find_value(model: &mut Model) -> Vec<Effect> {
    if let Some(Overlay::Facets(facets)) = &mut model.view.overlay {
        facets.open_find();
    }
    Vec::new()
}

pub(in crate::app) fn turn_facet(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Overlay::Facets(facets)) = &mut model.view.overlay {
        facets.turn(by);
    }
    Vec::new()
}

/// Opens the overlay for a range of time, at the selected event.
pub(in crate::app) fn range(model: &mut Model) -> Vec<Effect> {
    let overview = model
        .last_timeline_screen()
        .and_then(|screen| screen.overview.as_ref());
    let Some((overview, axis)) = overview.and_then(|it| Some((it, it.axis?))) else {
        model.notify("No time axis to choose a range on");
        return Vec::new();
    };
    let column = overview.cursor.as_ref().map_or(0, |cursor| *cursor.start());
    model.view.overlay = Some(Overlay::Range(TimeRange {
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

/// Begins the range at the cursor.
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
    let lines = briefing::stub(model);
    open_stub(model, lines, false)
}

pub(in crate::app) fn stub(model: &mut Model) -> Vec<Effect> {
    let lines = filter::stub(model);
    open_stub(model, lines, true)
}

fn open_stub(model: &mut Model, lines: String, is_view: bool) -> Vec<Effect> {
    if model.has_room() {
        model.notify("Lines to paste are not shown during a briefing; leave it first");
    } else {
        model.view.overlay = Some(Overlay::Stub(TomlStub { lines, is_view }));
    }
    Vec::new()
}

//! The commands of the baseline: the version that the timeline is compared with.

use std::sync::Arc;

use super::filter;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{BaselinePrompt, Overlay, last_day};
use crate::app::reload::swap::request_swap;
use crate::app::state::baseline::{BaselineFailure, BaselineOutcome, BaselineRequest};
use crate::change::{Baseline, BaselineVersion};
use crate::date::EventDate;
use crate::document::PageSubject;
use crate::query::{self, QueryError};

/// Opens the line for a baseline, or takes off the current baseline.
pub(in crate::app) fn toggle(model: &mut Model) -> Vec<Effect> {
    if model.has_room() {
        // Its errors are about files and git, which do not concern the room.
        model.notify("A baseline is not chosen during a briefing; leave it first");
        return Vec::new();
    }
    if model.files.baseline.chosen.is_some() {
        return take_off(model);
    }
    let has_files = model.files.reload.has_files();
    let prompt = BaselinePrompt::open(&model.files.whole, has_files, &model.files.baseline.last);
    model.view.overlay = Some(Overlay::Baseline(prompt));
    Vec::new()
}

/// Opens the page of everything that differs.
pub(in crate::app) fn page(model: &mut Model) -> Vec<Effect> {
    if model.timeline.changes().is_none() {
        model.notify_keys("Not compared with an earlier version; {baseline} chooses one");
        return Vec::new();
    }
    model.visit(PageSubject::Changes);
    Vec::new()
}

pub(in crate::app) fn choose_candidate(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Overlay::Baseline(prompt)) = &mut model.view.overlay {
        prompt.choose(by);
    }
    Vec::new()
}

/// Accepts the typed text: nothing, a day, or the name of a version to read.
pub(in crate::app) fn accept(model: &mut Model, mut prompt: BaselinePrompt) -> Vec<Effect> {
    let name = prompt.line.input.value().trim().to_owned();
    if name.is_empty() {
        model.files.baseline.last.clear();
        return Vec::new();
    }
    if let Some(day) = day(&name) {
        return set(model, Arc::new(Baseline::day(day)));
    }
    prompt.is_reading = true;
    model.view.overlay = Some(Overlay::Baseline(prompt));
    model.files.baseline.asked = Some(name.clone());
    vec![Effect::ReadBaseline(BaselineRequest { name, known: None })]
}

/// Parses a date; `None` if it is not a date, or has no end.
fn day(name: &str) -> Option<EventDate> {
    let day = EventDate::parse(name).ok()?;
    day.end().latest.is_bounded().then_some(day)
}

/// Closes the line. The answer to a pending read request is then ignored.
pub(in crate::app) fn cancel(model: &mut Model) -> Vec<Effect> {
    model.files.baseline.asked = None;
    Vec::new()
}

/// Compares with a version.
pub(in crate::app) fn set(model: &mut Model, baseline: Arc<Baseline>) -> Vec<Effect> {
    let state = &mut model.files.baseline;
    state.asked = None;
    state.last.clone_from(&baseline.asked);
    state.chosen = Some(baseline);
    state.is_news = true;
    vec![request_swap(model)]
}

/// Stops comparing, and removes a filter for changes.
fn take_off(model: &mut Model) -> Vec<Effect> {
    let Some(baseline) = model.files.baseline.chosen.take() else {
        return Vec::new();
    };
    let field = query::find_field("changed").expect("the field is in the table");
    let text = query::clear(model.filter_text(), field);
    let mut effects = filter::change(model, &text);
    effects.push(request_swap(model));
    model.notify(format!("No longer compared with {}", baseline.name));
    effects
}

/// Handles the answer to a read request.
pub(in crate::app) fn take(model: &mut Model, name: &str, outcome: BaselineOutcome) -> Vec<Effect> {
    let state = &model.files.baseline;
    let is_asked = state.asked.as_deref() == Some(name);
    let is_again = !is_asked && state.chosen.as_ref().is_some_and(|it| it.asked == name);
    match outcome {
        BaselineOutcome::Read(baseline) if is_asked => {
            model.view.overlay = None;
            set(model, baseline)
        }
        BaselineOutcome::Read(baseline) if is_again => {
            model.files.baseline.chosen = Some(baseline);
            vec![request_swap(model)]
        }
        BaselineOutcome::Failed(failure) if is_asked => {
            model.files.baseline.asked = None;
            refuse(model, failure);
            Vec::new()
        }
        BaselineOutcome::Failed(failure) if is_again && !model.has_room() => {
            let why = failure.message;
            model.notify_error(format!("Still compared with the former {name}: {why}"));
            Vec::new()
        }
        BaselineOutcome::Read(_) | BaselineOutcome::Unchanged | BaselineOutcome::Failed(_) => {
            Vec::new()
        }
    }
}

/// Explains in the prompt why nothing can be compared.
fn refuse(model: &mut Model, failure: BaselineFailure) {
    let Some(Overlay::Baseline(prompt)) = &mut model.view.overlay else {
        return;
    };
    prompt.is_reading = false;
    prompt.mistake = Some(QueryError {
        range: 0..prompt.line.input.value().len(),
        message: failure.message,
        expected: String::new(),
        help: Some(failure.help).filter(|help| !help.is_empty()),
        meant: None,
        is_unknown_name: false,
    });
}

/// Rereads a baseline that is a file or a revision, after the files were reloaded: there may be a new commit too.
pub(in crate::app) fn read_again(model: &Model) -> Option<Effect> {
    let known = model.files.baseline.chosen.as_ref()?;
    let BaselineVersion::Older { .. } = known.version else {
        return None;
    };
    Some(Effect::ReadBaseline(BaselineRequest {
        name: known.asked.clone(),
        known: Some(Arc::clone(known)),
    }))
}

/// Reports what differs, once the comparison is on screen.
pub(in crate::app) fn report(model: &mut Model) {
    if !std::mem::take(&mut model.files.baseline.is_news) {
        return;
    }
    let Some((baseline, changes)) = model
        .files
        .baseline
        .chosen
        .clone()
        .zip(model.timeline.changes())
    else {
        return;
    };
    let since = changes.since();
    let mut words = match changes.summary().as_str() {
        "" => format!("No event differs {since}"),
        counts => format!("{counts} {since}"),
    };
    match &baseline.version {
        BaselineVersion::Day(day) => {
            // `2022-10` means the whole month.
            let last = last_day(day);
            if last != baseline.name {
                words = format!("{words}, by the end of {last}");
            }
        }
        BaselineVersion::Older { errors: 0, .. } => {}
        BaselineVersion::Older { errors, .. } => {
            let errors = crate::document::count(*errors, "error");
            words = format!(
                "{words}; what {errors} in {} hide counts as new",
                baseline.name
            );
        }
    }
    let key = model
        .settings
        .keymap
        .says("{changes} lists them")
        .into_owned();
    model.notify(format!("{words}; {key}"));
}

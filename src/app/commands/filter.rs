//! The commands of the filter, its prompt, views and lanes. Every change can be undone.
//!
//! A filter is parsed and bound immediately, so the key that makes a mistake also shows it. Its evaluation is an
//! effect, and only the newest answer counts.

use crate::app::effect::Effect;
use crate::app::input::key::Code;
use crate::app::model::Model;
use crate::app::overlay::{FilterPrompt, Overlay};
use crate::app::screen::Screen;
use crate::app::state::active_filter::{ActiveFilter, FilterSnapshot};
use crate::app::state::notice::Notice;
use crate::document::{Evidence, PageSubject};
use crate::query::{self, Completion, FIELDS, Filter, QueryError, ValueSpelling};
use crate::text::unprintable_in;
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Timeline, View};

/// Requests the evaluation of a filter.
///
/// # Errors
/// The first mistake in the text. The current filter stays.
pub(in crate::app) fn ask(model: &mut Model, text: &str) -> Result<Vec<Effect>, QueryError> {
    // A key must not wait until a file is read.
    let filter = Filter::parse_unread(&model.timeline, text).map_err(first)?;
    let generation = model.ask_for(text);
    let overlay = model.view.overlay.as_ref();
    let facets = overlay.is_some_and(Overlay::is_counted);
    Ok(vec![Effect::Filter {
        timeline: std::sync::Arc::clone(&model.timeline),
        generation,
        filter,
        facets,
    }])
}

fn first(errors: Vec<QueryError>) -> QueryError {
    errors
        .into_iter()
        .next()
        .expect("a refused filter has a mistake")
}

/// Changes the filter, and adds the previous text to the undo history.
pub(in crate::app) fn change(model: &mut Model, text: &str) -> Vec<Effect> {
    let before = model.filter_text().to_owned();
    if before == text {
        return Vec::new();
    }
    let effects = try_to(model, text);
    if !effects.is_empty()
        && let Some(active_filter) = model.active_filter_mut()
    {
        active_filter.remember(FilterSnapshot {
            text: before,
            look: None,
        });
    }
    effects
}

/// Requests a filter, unless it is the current or the requested one.
pub(in crate::app) fn want(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.filter_text() == text {
        Vec::new()
    } else {
        try_to(model, text)
    }
}

/// Requests a filter. A mistake becomes a notice.
fn try_to(model: &mut Model, text: &str) -> Vec<Effect> {
    match ask(model, text) {
        Ok(effects) => effects,
        Err(error) => {
            model.view.notice = Some(Notice {
                text: format!("Cannot use this filter: {error}"),
                is_error: true,
            });
            Vec::new()
        }
    }
}

/// Requests the counts of the open pane. If the current filter has a mistake, the pane closes.
pub(in crate::app) fn count(model: &mut Model) -> Vec<Effect> {
    let text = model.filter_text().to_owned();
    let effects = try_to(model, &text);
    if effects.is_empty() {
        model.view.overlay = None;
    }
    effects
}

pub(in crate::app) fn prompt(model: &mut Model) -> Vec<Effect> {
    let before = model.filter_text().to_owned();
    let prompt = FilterPrompt::open(before, model.screen().clone());
    model.view.overlay = Some(Overlay::Filter(Box::new(prompt)));
    completion(model)
}

/// Requests the candidates at the cursor of the prompt.
fn completion(model: &Model) -> Vec<Effect> {
    let Some(Overlay::Filter(prompt)) = &model.view.overlay else {
        return Vec::new();
    };
    let wanted = prompt.wants_completion().into_iter();
    wanted
        .map(|(text, cursor)| Effect::Complete { text, cursor })
        .collect()
}

/// Updates the list after each key of the prompt. If the text has a mistake, the last good filter stays.
pub(in crate::app) fn follow_prompt(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Filter(prompt)) = &model.view.overlay else {
        return Vec::new();
    };
    let text = prompt.finished_text().to_owned();
    // While the name of a field is being typed, the filter stays the same and need not be evaluated.
    let asked = if model.filter_text() == text.trim() {
        Ok(Vec::new())
    } else {
        ask(model, &text)
    };
    let (mut effects, mistake) = match asked {
        Ok(effects) => (effects, None),
        Err(error) => (Vec::new(), Some(error)),
    };
    if let Some(Overlay::Filter(prompt)) = &mut model.view.overlay {
        prompt.mistake = mistake;
    }
    effects.extend(completion(model));
    effects
}

/// Updates the prompt for another timeline, which may have other names.
pub(in crate::app) fn renew_prompt(model: &mut Model) -> Vec<Effect> {
    let effects = follow_prompt(model);
    if let Some(Overlay::Filter(prompt)) = &mut model.view.overlay {
        let mistakes = Filter::parse_unread(&model.timeline, prompt.finished_text()).err();
        prompt.mistake = mistakes.map(first);
    }
    effects
}

/// Stores the candidates at the cursor. If the user has pressed `tab` before, the first one is inserted.
pub(in crate::app) fn take_completion(
    model: &mut Model,
    known_for: (String, usize),
    completion: Completion,
) -> Vec<Effect> {
    let Some(Overlay::Filter(prompt)) = &mut model.view.overlay else {
        return Vec::new();
    };
    if prompt.take_completion(known_for, completion) {
        follow_prompt(model)
    } else {
        Vec::new()
    }
}

/// Applies the filter of the prompt. If it has a mistake, the prompt stays open.
pub(in crate::app) fn accept_prompt(model: &mut Model, prompt: FilterPrompt) -> Vec<Effect> {
    if prompt.mistake.is_some() {
        model.notify_keys("The filter has a mistake; fix it, or {cancel} cancels");
        model.view.overlay = Some(Overlay::Filter(Box::new(prompt)));
        return Vec::new();
    }
    let text = prompt.text().trim().to_owned();
    if !text.is_empty() && model.filter.history.last() != Some(&text) {
        model.filter.history.push(text.clone());
    }
    if prompt.before != text
        && let Some(active_filter) = model.active_filter_mut()
    {
        active_filter.remember(FilterSnapshot {
            text: prompt.before,
            look: None,
        });
    }
    try_to(model, &text)
}

pub(in crate::app) fn undo(model: &mut Model) -> Vec<Effect> {
    step_back(model, ActiveFilter::undone, "Nothing to undo")
}

pub(in crate::app) fn redo(model: &mut Model) -> Vec<Effect> {
    step_back(model, ActiveFilter::redone, "Nothing to redo")
}

/// Restores a state of the filter from its history.
fn step_back(
    model: &mut Model,
    step: fn(&mut ActiveFilter, FilterSnapshot) -> Option<FilterSnapshot>,
    none: &str,
) -> Vec<Effect> {
    let now = now(model);
    let Some(before) = model
        .active_filter_mut()
        .and_then(|active_filter| step(active_filter, now))
    else {
        model.notify(none);
        return Vec::new();
    };
    if let Some((grouping, clock)) = before.look {
        group(model, grouping);
        go_by(model, Some(clock));
    }
    try_to(model, &before.text)
}

/// The current filter, grouping and clock, for the history.
fn now(model: &Model) -> FilterSnapshot {
    let screen = model.last_timeline_screen();
    FilterSnapshot {
        text: model.filter_text().to_owned(),
        look: screen.map(|screen| (screen.lanes.grouping, screen.clock)),
    }
}

pub(in crate::app) fn clear(model: &mut Model) -> Vec<Effect> {
    if model.filter_text().is_empty() {
        model.notify("No filter to clear");
        return Vec::new();
    }
    model.notify_keys("Filter cleared; {undo} brings it back");
    change(model, "")
}

pub(in crate::app) fn toggle_possibles(model: &mut Model) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.toggle_possibles(&timeline);
        let now = if screen.active_filter.surely_only {
            "Uncertain matches hidden"
        } else {
            "Uncertain matches shown"
        };
        model.notify(now);
    }
    Vec::new()
}

/// Toggles the name of the selected link, or else the subject of the page, in the filter.
pub(in crate::app) fn to_name(model: &mut Model) -> Vec<Effect> {
    let page_view = match model.screen() {
        Screen::Timeline(screen) => screen.detail.as_ref(),
        Screen::Page(page_view) => Some(&**page_view),
        Screen::Scene(scene) => scene.layers.as_ref(),
        Screen::Follower(_) => None,
    };
    let subject = page_view.and_then(|page_view| {
        let page = matches!(model.screen(), Screen::Page(_)).then_some(page_view.subject);
        page_view.followed().or(page)
    });
    let Some((field, value)) = subject.and_then(|subject| term(&model.timeline, subject)) else {
        model.notify_keys("No name selected; {next-link} selects the next");
        return Vec::new();
    };
    if matches!(model.screen(), Screen::Page(_)) {
        model.visit_timeline_filtered();
    }
    toggle_value(model, field, &value)
}

/// Toggles a value of a field in the filter, and says what the filter is now.
pub(in crate::app) fn toggle_value(model: &mut Model, field: &str, value: &str) -> Vec<Effect> {
    let Some(field) = FIELDS.iter().find(|known| known.name == field) else {
        return Vec::new();
    };
    let text = query::toggle(model.filter_text(), field, &ValueSpelling::exact(value));
    let effects = change(model, &text);
    model.notify(if text.is_empty() {
        "No filter".to_owned()
    } else {
        format!("Filter: {text}")
    });
    effects
}

/// The field and the value of a filter for the events of a subject.
fn term(timeline: &Timeline, subject: PageSubject) -> Option<(&'static str, String)> {
    Some(match subject {
        PageSubject::Entity(id) => ("entity", timeline.entity(id).key.clone()),
        PageSubject::Source(id) => ("source", timeline.source(id).key.clone()),
        PageSubject::Technique(id) => ("technique", timeline.techniques().word(id).to_owned()),
        PageSubject::Event(id) => ("id", timeline.event(id).key().into_owned()),
        PageSubject::Evidence(Evidence::Entity(id)) => {
            return term(timeline, PageSubject::Entity(id));
        }
        PageSubject::Evidence(evidence) => {
            return term(timeline, PageSubject::Event(evidence.event(timeline)?));
        }
        PageSubject::Timeline
        | PageSubject::Entities
        | PageSubject::Sources
        | PageSubject::Guide
        | PageSubject::Topic(_)
        | PageSubject::Pair(..)
        | PageSubject::Questions
        | PageSubject::Changes => return None,
    })
}

/// Applies the view whose number was pressed.
pub(in crate::app) fn numbered_view(model: &mut Model) -> Vec<Effect> {
    let number = model.input.pressed.and_then(|key| match key.code {
        Code::Char(digit) => digit.to_digit(10),
        _ => None,
    });
    let Some(number) = number else {
        model.notify_keys("Press the number of a view; {palette} finds it by its name");
        return Vec::new();
    };
    view(model, number as usize)
}

/// Applies a view by its number, from 1.
pub(in crate::app) fn view(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(view) = number
        .checked_sub(1)
        .and_then(|index| model.timeline.views().get(index))
        .cloned()
    else {
        model.notify(match model.timeline.views().len() {
            0 => "No views in the file".to_owned(),
            count => format!("The file has {}", crate::document::count(count, "view")),
        });
        return Vec::new();
    };
    take_view(model, &view)
}

/// Applies the filter, grouping and clock of a view, as one change for undo.
pub(in crate::app) fn take_view(model: &mut Model, view: &View) -> Vec<Effect> {
    let before = now(model);
    let effects = want(model, view.filter.as_deref().unwrap_or_default());
    let is_refused = model
        .view
        .notice
        .as_ref()
        .is_some_and(|notice| notice.is_error);
    if is_refused {
        return effects;
    }
    if let Some(grouping) = view.group {
        group(model, grouping);
    }
    go_by(model, view.clock());
    let after = now(model);
    if before != after
        && let Some(active_filter) = model.active_filter_mut()
    {
        let look = before.look.filter(|_| before.look != after.look);
        active_filter.remember(FilterSnapshot { look, ..before });
    }
    if let Some(active_filter) = model.active_filter_mut() {
        active_filter.name_after(view);
    }
    // A title is text of the file, so it is added after the keys are filled in.
    let undoes = model.settings.keymap.says("{undo} undoes").into_owned();
    model.notify(format!("View: {}; {undoes}", view.title));
    effects
}

/// Changes the clock of the axis and of the order of the list; `None` keeps it.
pub(in crate::app) fn go_by(model: &mut Model, clock: Option<Clock>) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let (Some(clock), Some(screen)) = (clock, model.timeline_screen_mut())
        && clock != screen.clock
    {
        screen.go_by(&timeline, clock);
    }
}

pub(in crate::app) fn next_grouping(model: &mut Model) -> Vec<Effect> {
    if let Some(screen) = model.timeline_screen_mut() {
        let next = screen.lanes.grouping.next();
        group(model, next);
        model.notify(format!("Lanes: by {}", next.as_str()));
    }
    Vec::new()
}

pub(in crate::app) fn group(model: &mut Model, grouping: Grouping) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        screen.group(&timeline, grouping);
    }
}

/// The current filter, grouping and clock as a view in TOML, to paste into the file.
pub fn stub(model: &Model) -> String {
    let Some(screen) = model.last_timeline_screen() else {
        return String::new();
    };
    let filter = filter_of_view(model);
    // A comment, since an empty text would be a mistake: the author fills it in.
    let mut lines = vec!["# title = \"…\"".to_owned()];
    if !filter.is_empty() {
        lines.push(format!("filter = {}", toml_string(&filter)));
    }
    let grouping = screen.lanes.grouping.as_str();
    lines.push(format!("group  = {}", toml_string(grouping)));
    if screen.clock != Clock::Happened {
        let clock = toml_string(screen.clock.as_str());
        lines.push(format!("sort   = {clock}"));
    }
    format!("[views.name]\n{}\n", lines.join("\n"))
}

/// The filter of a view that shows the same events.
pub(in crate::app) fn filter_of_view(model: &Model) -> String {
    // A requested filter counts, even if its answer has not arrived.
    let text = model.filter_text();
    let is_sure = model
        .active_filter()
        .is_some_and(|active_filter| active_filter.surely_only);
    if is_sure && !text.is_empty() {
        format!("surely({text})")
    } else {
        text.to_owned()
    }
}

/// A basic string of TOML. It is printed to standard output, so control and invisible characters are escaped by their
/// numbers.
pub(in crate::app) fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    let mut hidden = unprintable_in(text).map(|(at, ..)| at).peekable();
    for (at, character) in text.char_indices() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            _ if hidden.next_if_eq(&at).is_some() => {
                let number = format!("\\U{:08X}", u32::from(character));
                out.push_str(&number);
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_to_paste_parses_back_and_has_no_control_characters() {
        let text = "say \"a\\b\" \u{1b}[31m \u{202e}x \u{301}\n";
        let written = toml_string(text);
        assert_eq!(unprintable_in(&written).next(), None, "{written}");
        let table: toml::Table = format!("filter = {written}").parse().expect("it is TOML");
        assert_eq!(table["filter"].as_str(), Some(text));
    }
}

//! Moving the selection, opening what is selected, and going back.

use super::filter;
use crate::app::effect::Effect;
use crate::app::input::mode::Mode;
use crate::app::input::movement::MovementStep;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, PaletteScope};
use crate::app::reload;
use crate::app::screen::{Focus, PageView, Screen};
use crate::app::state::query_work::QueryKind;
use crate::document::{PageSubject, evidence_of};

/// Moves the selection or scrolls, depending on the mode.
pub(in crate::app) fn step(model: &mut Model, step: MovementStep) -> Vec<Effect> {
    let body = model.regions().body;
    let height = usize::from(body.height);
    let mode_below = model.mode_below();
    let problems = model.files.problems.len();
    match &mut model.view.overlay {
        Some(Overlay::Help(help)) => help.step(step, &model.settings.keymap, mode_below, body),
        Some(Overlay::Problems(scroll)) => *scroll = step.among(*scroll, 1, problems),
        Some(Overlay::Promotion(preview)) => preview.step(step, body),
        Some(Overlay::Query(pane)) => pane.step(step, body),
        Some(Overlay::Palette(palette)) => {
            let scope = PaletteScope {
                keymap: &model.settings.keymap,
                timeline: &model.timeline,
                briefing: model.briefing.as_ref(),
                mode: mode_below,
            };
            let count = palette.choices(scope).len();
            palette.step(count, if step.is_up() { -1 } else { 1 });
        }
        Some(overlay) => overlay.step(step, height),
        None if mode_below == Mode::List => step_list(model, step),
        None if mode_below == Mode::Follower => step_notes(model, step),
        None => step_page(model, step),
    }
    Vec::new()
}

fn step_list(model: &mut Model, step: MovementStep) {
    let rows = usize::from(model.regions().list.height);
    let timeline = std::sync::Arc::clone(&model.timeline);
    if let Some(screen) = model.timeline_screen_mut() {
        let line = step.among(screen.selected, rows, screen.lines());
        screen.select(&timeline, line);
    }
}

fn step_notes(model: &mut Model, step: MovementStep) {
    if let Some(screen) = model.follower_mut() {
        let lines = screen.last_scroll() + 1;
        let seen = screen.screenful() + 1;
        screen.scroll = step.among(screen.scroll, seen, lines);
    }
}

fn step_page(model: &mut Model, step: MovementStep) {
    let Some(page_view) = model.page_view_mut() else {
        return;
    };
    match step {
        MovementStep::Down => page_view.down(),
        MovementStep::Up => page_view.up(),
        MovementStep::PageDown => page_view.page_down(),
        MovementStep::PageUp => page_view.page_up(),
        MovementStep::HalfPageDown => page_view.half_page_down(),
        MovementStep::HalfPageUp => page_view.half_page_up(),
        MovementStep::First => page_view.scroll_to(0),
        MovementStep::Last => page_view.end(),
    }
}

/// Selects the next link. After the last link of the detail, the list takes the keys.
pub(in crate::app) fn next_link(model: &mut Model) -> Vec<Effect> {
    step_link(model, PageView::is_on_last_link, PageView::next_link)
}

/// Selects the previous link. Before the first link of the detail, the list takes the keys.
pub(in crate::app) fn previous_link(model: &mut Model) -> Vec<Effect> {
    step_link(model, PageView::is_on_first_link, PageView::previous_link)
}

fn step_link(
    model: &mut Model,
    is_end: fn(&mut PageView) -> bool,
    step: fn(&mut PageView),
) -> Vec<Effect> {
    let is_detail = model.mode_below() == Mode::Detail;
    let Some(page_view) = model.page_view_mut() else {
        return Vec::new();
    };
    if !(is_detail && is_end(page_view)) {
        step(page_view);
        return Vec::new();
    }
    page_view.link = None;
    if let Some(screen) = model.timeline_screen_mut() {
        screen.focus = Focus::List;
    }
    Vec::new()
}

/// Goes to the next or the previous event, in the detail or on an event's page.
pub(in crate::app) fn turn(model: &mut Model, by: isize) -> Vec<Effect> {
    let timeline = std::sync::Arc::clone(&model.timeline);
    let Some(active_filter) = model.active_filter().cloned() else {
        return Vec::new();
    };
    let rows = active_filter.rows();
    let turned = |row: usize| {
        row.saturating_add_signed(by)
            .min(rows.len().saturating_sub(1))
    };
    match model.screen_mut() {
        Screen::Timeline(screen) => screen.turn(&timeline, by),
        Screen::Page(page_view) => {
            let PageSubject::Event(id) = page_view.subject else {
                model.notify("This page is not about an event");
                return Vec::new();
            };
            let row = match active_filter.row_of(id) {
                Ok(row) => turned(row),
                // A hidden event has no row: `row` is already the row of the next event.
                Err(row) if by > 0 => row,
                Err(row) => row.wrapping_sub(1),
            };
            if let Some(&next) = rows.get(row).filter(|&&next| next != id) {
                **page_view = PageView::open(&timeline, PageSubject::Event(next));
            }
        }
        Screen::Scene(_) | Screen::Follower(_) => {}
    }
    Vec::new()
}

/// Opens the selected event, toggles the selected fold, or follows the selected link.
pub(in crate::app) fn open(model: &mut Model) -> Vec<Effect> {
    if model.mode() == Mode::List {
        let timeline = std::sync::Arc::clone(&model.timeline);
        let screen = model.timeline_screen_mut();
        if screen.is_some_and(|screen| screen.toggle_fold(&timeline)) {
            return Vec::new();
        }
        return into_detail(model);
    }
    if let Some(page_view) = model.page_view_mut()
        && page_view.is_label_selected()
    {
        // A click may select another aspect: then its claims are shown, as after any key.
        if page_view.is_on_chosen_aspect() {
            page_view.into_claims();
        }
        return Vec::new();
    }
    let followed = model
        .page_view_mut()
        .and_then(|page_view| page_view.followed());
    match followed {
        Some(subject) => model.visit(subject),
        None => model.notify_keys("No link selected; {next-link} selects the next"),
    }
    Vec::new()
}

/// Moves the focus to the detail and to its first link, or opens the event's page if the detail has no room.
pub(in crate::app) fn into_detail(model: &mut Model) -> Vec<Effect> {
    if model.regions().detail.is_empty() {
        return full_page(model);
    }
    match model.timeline_screen_mut() {
        Some(screen) if screen.event().is_some() => {
            screen.focus = Focus::Detail;
            if let Some(detail) = &mut screen.detail {
                detail.select_a_link();
            }
        }
        _ => model.notify("No event selected"),
    }
    Vec::new()
}

pub(in crate::app) fn full_page(model: &mut Model) -> Vec<Effect> {
    let event = model
        .timeline_screen_mut()
        .and_then(|screen| screen.event());
    match event {
        Some(id) => model.visit(PageSubject::Event(id)),
        None => model.notify("No event selected"),
    }
    Vec::new()
}

/// Does the first of these that is possible: leaves the detail, closes the open fold, stops a filter or a search,
/// leaves the screen, ends the search, stops the reload, clears the filter.
pub(in crate::app) fn back(model: &mut Model) -> Vec<Effect> {
    if let Screen::Timeline(screen) = model.screen_mut()
        && screen.focus == Focus::Detail
    {
        screen.focus = Focus::List;
        return Vec::new();
    }
    let timeline = std::sync::Arc::clone(&model.timeline);
    let screen = model.timeline_screen_mut();
    if screen.is_some_and(|screen| screen.close_fold(&timeline)) {
        return Vec::new();
    }
    if let Some(effects) = stop_queries(model) {
        return effects;
    }
    if model.back() || model.search.needle.take().is_some() {
        return Vec::new();
    }
    // Only the first key of `back` stops a reload or clears the filter: users press the others repeatedly to scroll or
    // leave.
    let is_first = |key| model.settings.keymap.is_first_of("back", key);
    if model.input.pressed.is_some_and(is_first) {
        if let Some(effects) = reload::stop(model) {
            return effects;
        }
        if !model.filter_text().is_empty() {
            return filter::clear(model);
        }
    }
    model.notify_keys("Top level; {quit} quits");
    Vec::new()
}

/// Whether *back* would stop a filter or a search of the list.
pub fn can_stop_queries(model: &Model) -> bool {
    let is_list = matches!(model.screen(), Screen::Timeline(screen) if screen.focus == Focus::List);
    let is_asked = model.search.asked.is_some() || model.asked_at(model.depth()).is_some();
    is_list && model.view.overlay.is_none() && is_asked
}

/// Stops the pending filter or search. The list stays as it is. `None` if nothing is pending.
fn stop_queries(model: &mut Model) -> Option<Vec<Effect>> {
    if !can_stop_queries(model) {
        return None;
    }
    let mut effects = Vec::new();
    if model.search.asked.take().is_some() {
        model.search.needle = None;
        model.notify("Search stopped");
        effects.push(Effect::StopQuery(QueryKind::Search));
    }
    if let Some((_, text)) = model.take_asked() {
        let is_shown = model.filter_text() == text;
        if let Some(active_filter) = model.active_filter_mut() {
            active_filter.forget_undo_to_now();
        }
        model.notify(if is_shown {
            "Counting stopped"
        } else {
            "Filter stopped; the list is as before"
        });
        effects.push(Effect::StopQuery(QueryKind::Filter));
    }
    Some(effects)
}

/// Opens the timeline at the event of a page, or at the first event that it links to.
pub(in crate::app) fn in_timeline(model: &mut Model) -> Vec<Effect> {
    let Screen::Page(page_view) = model.screen_mut() else {
        return Vec::new();
    };
    page_view.set_whole();
    let linked = page_view.page.links.iter().map(|link| link.to);
    let subjects = std::iter::once(page_view.subject)
        .chain(page_view.followed())
        .chain(linked);
    let event = subjects.into_iter().find_map(|subject| match subject {
        PageSubject::Event(id) => Some(id),
        _ => None,
    });
    match event {
        Some(id) => model.visit_timeline(id),
        None => model.notify("This page links to no event"),
    }
    Vec::new()
}

pub(in crate::app) fn visit(model: &mut Model, subject: PageSubject) -> Vec<Effect> {
    // Opening the current page again would only lengthen the way back.
    let is_here = matches!(model.screen(), Screen::Page(page_view) if page_view.subject == subject);
    if !is_here {
        model.visit(subject);
    }
    Vec::new()
}

/// Opens the claims and the sources behind the selection, or goes back from them.
pub(in crate::app) fn says_who(model: &mut Model) -> Vec<Effect> {
    let (page, run) = match model.screen() {
        Screen::Page(page_view) if matches!(page_view.subject, PageSubject::Evidence(_)) => {
            model.back();
            return Vec::new();
        }
        Screen::Page(page_view) => (Some(page_view.subject), page_view.under_cursor()),
        Screen::Timeline(screen) => {
            let detail = (screen.detail.as_ref()).filter(|_| screen.focus == Focus::Detail);
            let run = detail.and_then(PageView::under_cursor);
            (screen.event().map(PageSubject::Event), run)
        }
        Screen::Scene(scene) => {
            let revealed = scene.layers.as_ref().map(|layers| layers.subject);
            (revealed.or(scene.event().map(PageSubject::Event)), None)
        }
        Screen::Follower(_) => (None, None),
    };
    let evidence = page.and_then(|page| evidence_of(&model.timeline, page, run.as_ref()));
    match (evidence, page) {
        (Some(evidence), _) => model.visit(evidence),
        (None, Some(PageSubject::Source(_))) => model.notify("This is the source itself"),
        (None, _) => model.notify("No claims behind this; select a name, date or claim first"),
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use crate::app::input::key::parse;
    use crate::app::model::Model;
    use crate::app::state::query_work::QueryKind;
    use crate::app::{Effect, Message, update};
    use crate::diagnostic::SourceText;

    fn model(events: usize) -> Model {
        let rows = "2021-01-01T00:00:00Z,straw\n".repeat(events);
        let text = format!("datetime,message\n{rows}");
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.csv", text)]);
        crate::app::open(Arc::new(timeline), Vec::new(), Size::new(80, 24))
    }

    /// Presses keys, and returns the effects of the last one. No effect is answered.
    fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
        let inputs = parse(keys).expect("keys").into_iter();
        let effects = inputs.map(|input| update(model, Message::Input(input)));
        effects.last().unwrap_or_default()
    }

    fn notice(model: &Model) -> &str {
        model.view.notice.as_ref().map_or("", |it| &it.text)
    }

    #[test]
    fn the_first_key_of_back_stops_a_filter_that_is_not_answered() {
        let mut model = model(3);
        press(&mut model, "ftitle:straw<enter>");
        let effects = press(&mut model, "<esc>");
        assert!(
            matches!(effects[..], [Effect::StopQuery(QueryKind::Filter)]),
            "{effects:?}"
        );
        assert_eq!(notice(&model), "Filter stopped; the list is as before");
        assert_eq!(model.filter_text(), "");
        press(&mut model, "u");
        assert_eq!(notice(&model), "Nothing to undo");
    }

    #[test]
    fn a_filter_is_stopped_when_its_prompt_is_left() {
        let mut model = model(3);
        let effects = press(&mut model, "ftitle:straw<esc>");
        assert!(
            matches!(effects[..], [Effect::StopQuery(QueryKind::Filter)]),
            "{effects:?}"
        );
    }

    #[test]
    fn a_search_is_stopped_from_its_prompt_and_from_the_list() {
        for keys in ["/needle<esc>", "/needle<enter><esc>"] {
            let mut model = model(50_001);
            let effects = press(&mut model, keys);
            assert!(
                matches!(effects[..], [Effect::StopQuery(QueryKind::Search)]),
                "{keys}: {effects:?}"
            );
            assert!(model.search.needle.is_none());
        }
    }
}

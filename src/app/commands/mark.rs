//! The commands of marks: a star, a note and tags on an event. An edit is on the screen at once and is written by an
//! effect.
//!
//! A room sees no marks: they are hidden while a briefing is given.

use std::sync::Arc;

use super::filter;
use super::pin;
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{MarkPart, MarkPrompt, Overlay};
use crate::app::reload::swap::request_swap;
use crate::app::screen::Screen;
use crate::app::state::marks::{SavedMarks, UnsavedEdit};
use crate::app::state::undo::UndoableAct;
use crate::document::count;
use crate::query::Filter;
use crate::timeline::{EventId, MarkEdit, Timeline, TimelineMarks};

/// The most events that can be starred at once. For more, a filter is the better tool.
const MOST_STARS: usize = 1000;

/// Why no mark can be made now.
pub(in crate::app) fn refusal(model: &Model) -> Option<&'static str> {
    if model.has_room() {
        return Some("the room of the briefing would see the marks");
    }
    if !model.timeline.redactions().is_whole() {
        // A mark could be on something withheld, or repeat its words.
        return Some("part of the timeline is withheld: run without `--max-tlp` and `--as-of`");
    }
    if model.files.reload.is_beginning() {
        return Some("the files are still being loaded");
    }
    None
}

/// The event to mark, or the notice why there is none.
fn markable(model: &mut Model) -> Option<EventId> {
    if let Some(why) = refusal(model) {
        model.notify_error(format!("Cannot mark: {why}"));
        return None;
    }
    let event = pin::event(model);
    if event.is_none() {
        model.notify("Select an event to mark");
    }
    event
}

/// Toggles the event's star.
pub(in crate::app) fn star(model: &mut Model) -> Vec<Effect> {
    let Some(event) = markable(model) else {
        return Vec::new();
    };
    let is_starred = model.timeline.event(event).marks().own().is_starred;
    let notice = if is_starred {
        "Star removed"
    } else {
        "Starred"
    };
    change(model, &[(event, MarkEdit::Star(!is_starred))], notice)
}

/// Stars every event that the filter leaves, once the user has given the command twice.
pub(in crate::app) fn star_all(model: &mut Model) -> Vec<Effect> {
    const COMMAND: &str = "star-all";
    if let Some(why) = refusal(model) {
        model.notify_error(format!("Cannot mark: {why}"));
        return Vec::new();
    }
    let rows = model.active_filter().map_or(&[][..], |it| it.rows());
    let without = |event: &&EventId| !model.timeline.event(**event).marks().own().is_starred;
    let events: Vec<EventId> = rows.iter().filter(without).copied().collect();
    if events.is_empty() {
        model.notify("Every event of the list has a star");
        return Vec::new();
    }
    if events.len() > MOST_STARS {
        model.notify(format!(
            "{} events are too many for stars; narrow the filter to {MOST_STARS} at most",
            events.len()
        ));
        return Vec::new();
    }
    if model.input.asked != Some(COMMAND) {
        model.input.asked = Some(COMMAND);
        return Vec::new();
    }
    model.input.asked = None;
    let edits: Vec<_> = events
        .iter()
        .map(|&event| (event, MarkEdit::Star(true)))
        .collect();
    let notice = format!("Starred {}", count(edits.len(), "event"));
    change(model, &edits, &notice)
}

pub(in crate::app) fn note(model: &mut Model) -> Vec<Effect> {
    open(model, MarkPart::Note)
}

pub(in crate::app) fn tag(model: &mut Model) -> Vec<Effect> {
    open(model, MarkPart::Tag)
}

fn open(model: &mut Model, part: MarkPart) -> Vec<Effect> {
    if let Some(event) = markable(model) {
        let prompt = MarkPrompt::open(&model.timeline, event, part);
        model.view.overlay = Some(Overlay::Mark(prompt));
    }
    Vec::new()
}

pub(in crate::app) fn choose_tag(model: &mut Model, by: isize) -> Vec<Effect> {
    if let Some(Overlay::Mark(prompt)) = &mut model.view.overlay {
        prompt.line.choose(by);
    }
    Vec::new()
}

/// Accepts the typed text. A tag that the event has is removed, and an empty note removes the note.
pub(in crate::app) fn accept(model: &mut Model, prompt: &MarkPrompt) -> Vec<Effect> {
    // The files may have been reloaded meanwhile.
    let Some(event) = model.timeline.find_event(&prompt.event) else {
        model.notify("The event to mark is gone");
        return Vec::new();
    };
    if let Some(why) = refusal(model) {
        model.notify_error(format!("Cannot mark: {why}"));
        return Vec::new();
    }
    let own = event.marks().own();
    let text = prompt.line.input.value().trim().to_owned();
    let (edit, notice) = match prompt.part {
        MarkPart::Note if text == own.note => return Vec::new(),
        MarkPart::Note if text.is_empty() => (MarkEdit::Note(text), "Note removed".to_owned()),
        MarkPart::Note => (MarkEdit::Note(text), "Note added".to_owned()),
        MarkPart::Tag if text.is_empty() => return Vec::new(),
        MarkPart::Tag if own.tags.contains(&text) => {
            let notice = format!("Tag `{text}` removed");
            (MarkEdit::Untag(text), notice)
        }
        MarkPart::Tag => {
            let notice = format!("Tagged `{text}`");
            (MarkEdit::Tag(text), notice)
        }
    };
    let edits = [(event.id(), edit)];
    change(model, &edits, &notice)
}

/// Edits marks, and remembers how to undo that.
fn change(model: &mut Model, edits: &[(EventId, MarkEdit)], notice: &str) -> Vec<Effect> {
    let undoing = edits.iter().map(|(id, edit)| {
        let event = model.timeline.event(*id);
        let own = event.marks().own();
        (event.key().into_owned(), edit.undoing(&own))
    });
    let undoing = undoing.collect();
    let effects = apply(model, edits);
    model.remember(UndoableAct::Marks(undoing));
    model.notify(notice);
    effects
}

/// Undoes edits of marks, except those on events that no longer exist.
pub(in crate::app) fn undo(model: &mut Model, edits: &[(String, MarkEdit)]) -> Vec<Effect> {
    let edits = edits.iter().filter_map(|(key, edit)| {
        let event = model.timeline.find_event(key)?;
        Some((event.id(), edit.clone()))
    });
    let edits: Vec<_> = edits.collect();
    let effects = apply(model, &edits);
    let events = count(edits.len(), "mark");
    model.notify(format!("{events} undone"));
    effects
}

/// Edits the marks on the screen, and requests that the edits be written.
fn apply(model: &mut Model, edits: &[(EventId, MarkEdit)]) -> Vec<Effect> {
    let (marks, items) = model.timeline.with_mark_edits(edits.iter().cloned());
    let keys = edits
        .iter()
        .map(|(id, _)| model.timeline.event(*id).key().into_owned());
    let unsaved = keys.zip(items).map(|(key, item)| UnsavedEdit { key, item });
    let unsaved: Vec<UnsavedEdit> = unsaved.collect();
    model.files.marks.unsaved.extend(unsaved);
    let mut effects = show(model, marks);
    effects.extend(save(model));
    effects
}

/// Requests a write of all unwritten edits, unless one is in progress.
fn save(model: &mut Model) -> Option<Effect> {
    let marks = &mut model.files.marks;
    if marks.in_flight > 0 || marks.unsaved.is_empty() {
        return None;
    }
    marks.in_flight = marks.unsaved.len();
    let items = marks.unsaved.iter().map(|it| it.item.clone());
    Some(Effect::SaveMarks(items.collect()))
}

/// Handles the outcome of a write. If it failed, the edits are kept and written with the next ones.
pub(in crate::app) fn take_saved(
    model: &mut Model,
    outcome: Result<SavedMarks, String>,
) -> Vec<Effect> {
    let marks = &mut model.files.marks;
    let written = std::mem::take(&mut marks.in_flight);
    match outcome {
        Ok(SavedMarks { file, fingerprint }) => {
            marks.unsaved.drain(..written.min(marks.unsaved.len()));
            model.files.reload.note_written(file, fingerprint);
            save(model).into_iter().collect()
        }
        Err(why) => {
            if !model.has_room() {
                model.notify_error(format!("Marks are kept for this session only: {why}"));
            }
            Vec::new()
        }
    }
}

/// Replaces the marks on the screen. Everything else about the timeline stays the same, including its events.
fn show(model: &mut Model, marks: TimelineMarks) -> Vec<Effect> {
    let is_whole = Arc::ptr_eq(&model.timeline, &model.files.whole);
    if !is_whole && model.timeline.redactions().is_whole() {
        let whole = Timeline::clone(&model.files.whole);
        model.files.whole = Arc::new(whole.with_marks(marks.clone()));
    }
    let timeline = Timeline::clone(&model.timeline);
    model.timeline = Arc::new(timeline.with_marks(marks));
    if is_whole {
        model.files.whole = Arc::clone(&model.timeline);
    }
    model.files.marks.version += 1;
    let timeline = Arc::clone(&model.timeline);
    for screen in &mut model.view.screens {
        match screen {
            Screen::Timeline(screen) => {
                if let Some(detail) = &mut screen.detail {
                    detail.renew(&timeline);
                }
            }
            Screen::Page(page) => page.renew(&timeline),
            Screen::Scene(_) | Screen::Follower(_) => {}
        }
    }
    let mut effects = Vec::new();
    let text = model.filter_text().to_owned();
    let parsed = Filter::parse_unread(&timeline, &text);
    if parsed.is_ok_and(|filter| filter.is_about_marks()) {
        effects.extend(filter::ask(model, &text).unwrap_or_default());
    }
    if model.files.wanted_as_of != timeline.redactions().as_of {
        // The screens that are being prepared have the old marks.
        effects.push(request_swap(model));
    }
    effects
}

/// Reapplies the unwritten edits after a reload, since the files do not contain them yet.
pub(in crate::app) fn keep_unsaved(model: &mut Model) -> Vec<Effect> {
    let unsaved = &model.files.marks.unsaved;
    model.files.marks.version += 1;
    if unsaved.is_empty() || !model.timeline.redactions().is_whole() {
        return Vec::new();
    }
    let edits = unsaved.iter().filter_map(|it| {
        let event = model.timeline.find_event(&it.key)?;
        Some((event.id(), it.item.edit.clone()))
    });
    let edits: Vec<_> = edits.collect();
    let (marks, _) = model.timeline.with_mark_edits(edits);
    show(model, marks)
}

/// Hides the marks while a room watches, and shows them again after that.
pub(in crate::app) fn hide_from_room(model: &mut Model) -> Vec<Effect> {
    if model.has_room() {
        let marks = model.timeline.marks();
        if marks.is_empty() {
            return Vec::new();
        }
        model.files.marks.hidden = Some(Arc::new(marks.clone()));
        let none = marks.without_any();
        return show(model, none);
    }
    match model.files.marks.hidden.take() {
        Some(marks) if model.timeline.marks().is_empty() => {
            let marks = TimelineMarks::clone(&marks);
            show(model, marks)
        }
        _ => Vec::new(),
    }
}

//! The line at the bottom, with the filter, the keys and notices.

use ratatui::layout::Rect;

use super::header::marking;
use super::hints;
use super::notice;
use crate::app::input::keymap::pretty_keys;
use crate::app::model::Model;
use crate::app::overlay::{AsOf, DayInput, last_day};
use crate::app::state::notice::Notice;
use tui_input::Input;

use crate::app::overlay::{BaselinePrompt, FilterPrompt, MarkPart, MarkPrompt, Overlay, TimeRange};
use crate::app::screen::layout::WIDE;
use crate::app::screen::{SceneScreen, Screen, TimelineScreen};
use crate::document::Role;
use crate::query::QueryError;
use crate::ui::overlay::has_mistake_box;
use crate::ui::paint::{Painter, cells};

/// Draws the line that is being typed, or else a notice, or else the filter and the keys that matter here.
pub(in crate::ui) fn status_bar(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    painter.fill(line, Role::Bar);
    // The line at the top has a long banner in full; here it leaves room for notices. A narrow screen has one marking:
    // in the line at the top, if it has that line.
    let line = if line.width < WIDE && model.regions().title.height > 0 {
        line
    } else {
        marking(painter, model.timeline(), line, line.width / 3)
    };
    if let Some(question) = model.question() {
        notice::draw(painter, &Notice::new(question), line);
        return;
    }
    match model.overlay() {
        Some(Overlay::Search(search)) => {
            let remark = model.notice().map_or("", |notice| &notice.text);
            typed(painter, line, ("/", &search.input), remark, Role::Bar);
        }
        Some(Overlay::Filter(prompt)) => filter_prompt(painter, model, prompt, line),
        Some(Overlay::Range(range)) if model.notice().is_none() => {
            let needed = cells(&range.text()) + 3;
            let left = position(painter, model, line, needed);
            let left = range_words(painter, *range, left);
            hints::draw(painter, model, left);
        }
        Some(Overlay::Baseline(prompt)) => baseline_prompt(painter, model, prompt, line),
        Some(Overlay::Mark(prompt)) => mark_prompt(painter, prompt, line),
        Some(Overlay::AsOf(AsOf {
            typed: Some(typed), ..
        })) => day_prompt(painter, model, typed, line),
        Some(Overlay::AsOf(slider)) => {
            if let Some(notice) = model.notice() {
                let left = slider_words(painter, slider, line);
                notice::draw(painter, notice, left);
            } else {
                let left = position(painter, model, line, line.width / 2);
                let left = slider_words(painter, slider, left);
                hints::draw(painter, model, left);
            }
        }
        _ => below_overlays(painter, model, line),
    }
}

/// Draws the line if no overlay has it: the way back to the briefing, then pending keys, a notice or hints.
fn below_overlays(painter: &mut Painter<'_>, model: &Model, line: Rect) {
    let noticed = model.notice().map_or(0, |it| cells(&it.text) + 1);
    let back = hints::way_back(model, line.width, line.width.saturating_sub(noticed));
    let line = hints::draw_way_back(painter, &back, line);
    let is_counting = model.overlay().is_some_and(Overlay::is_counted);
    let needed = match model.notice() {
        Some(notice) => cells(&notice.text) + 1,
        None => search_width(model) + filter_width(model) + hints::first_width(model),
    };
    // A pane of counts shows them itself: on a narrow screen its keys come first.
    let left = if is_counting && line.width < 60 {
        line
    } else {
        position(painter, model, line, needed)
    };
    if !model.pending_keys().is_empty() {
        let keys = pretty_keys(model.pending_keys());
        let rest = painter.text(left, &format!(" {keys} …   "), Role::Bar);
        let rest = painter.text(rest, "esc", Role::Key);
        painter.text(rest, " cancels", Role::Bar);
    } else if let Some(notice) = model.notice() {
        notice::draw(painter, notice, left);
    } else {
        let left = search(painter, model, left);
        let left = filter(painter, model, left);
        hints::draw(painter, model, left);
    }
}

/// The search, until it is cancelled: the rank of the selected match, or else its words.
fn search_words(model: &Model) -> Option<String> {
    let needle = model.needle()?;
    let is_searched = matches!(model.screen(), Screen::Timeline(_) | Screen::Page(_));
    let words = match model.reached_match() {
        Some((rank, of)) => format!(" {rank}/{of}"),
        None => format!(" /{}", needle.as_str()),
    };
    is_searched.then_some(words)
}

fn search_width(model: &Model) -> u16 {
    let width = search_words(model).map_or(0, |words| cells(&words) + NEXT_MATCH);
    width + u16::from(width > 0)
}

/// The cells of the hint of the next match, with the space before it.
const NEXT_MATCH: u16 = 8;

fn search(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let Some(words) = search_words(model) else {
        return line;
    };
    let room = Rect {
        width: line.width / 3,
        ..line
    };
    let rest = painter.clipped(room, &words, Role::Found);
    let rest = Rect {
        width: line.right().saturating_sub(rest.x),
        ..rest
    };
    let key = model.keymap().hint("next-match");
    if key.is_empty() || rest.width < NEXT_MATCH {
        return painter.text(rest, " ", Role::Bar);
    }
    let rest = painter.text(rest, "  ", Role::Bar);
    let place = Rect {
        width: NEXT_MATCH - 2,
        ..rest
    };
    painter.hint(place, "next-match");
    let rest = painter.text(rest, key, Role::Key);
    painter.text(rest, " next  ", Role::Bar)
}

/// Draws a line that is being edited, with a remark after it. A long line scrolls to its cursor and leaves some room
/// for the remark. Returns the area of the line, and how many of its cells are hidden to the left.
fn typed(
    painter: &mut Painter<'_>,
    line: Rect,
    (sign, input): (&str, &Input),
    remark: &str,
    role: Role,
) -> (Rect, u16) {
    const GAP: &str = "   ";
    let start = painter.text(line, &format!(" {sign} "), Role::Key);
    let beside = if remark.is_empty() {
        0
    } else {
        cells(GAP) + cells(remark)
    };
    let room = start.width.saturating_sub(beside).max(start.width / 2);
    let scroll = input.visual_scroll(usize::from(room).saturating_sub(1));
    let scroll = u16::try_from(scroll).unwrap_or(u16::MAX);
    let cursor = u16::try_from(input.visual_cursor()).unwrap_or(u16::MAX);
    let cursor = start.x.saturating_add(cursor.saturating_sub(scroll));
    let seen = Rect {
        width: if beside == 0 { start.width } else { room },
        ..start
    };
    let after = painter.clipped(seen, without_cells(input.value(), scroll), Role::Bar);
    let rest = Rect {
        width: line.right().saturating_sub(after.x),
        ..after
    };
    if !remark.is_empty() {
        painter.clipped(rest, &format!("{GAP}{remark}"), role);
    }
    let seen = Rect {
        width: after.x - seen.x,
        ..seen
    };
    painter.caret(line, cursor);
    (seen, scroll)
}

/// A text without its first `gone` cells.
fn without_cells(text: &str, gone: u16) -> &str {
    let mut ends = text.char_indices().map(|(at, _)| at);
    let from = ends.find(|&at| text.get(..at).is_some_and(|before| cells(before) >= gone));
    from.and_then(|from| text.get(from..)).unwrap_or_default()
}

/// Draws the range of time that is being chosen, as the filter will state it.
fn range_words(painter: &mut Painter<'_>, range: TimeRange, line: Rect) -> Rect {
    let line = painter.text(line, " ", Role::Bar);
    painter.select(line);
    painter.text(line, &format!("{}  ", range.text()), Role::Bar)
}

/// The day of the slider.
fn slider_words(painter: &mut Painter<'_>, slider: &AsOf, line: Rect) -> Rect {
    let words = match slider.day() {
        Some(day) => day.sentence(),
        None => "today: all that is known".to_owned(),
    };
    let rest = painter.text(line, " as of ", Role::Key);
    let rest = painter.text(rest, "‹ ", Role::Bar);
    painter.select(rest);
    let rest = painter.clipped(rest, &words, Role::Bar);
    painter.text(rest, " ›  ", Role::Bar)
}

/// The filter prompt: a mistake is marked under its characters and explained next to them.
fn filter_prompt(painter: &mut Painter<'_>, model: &Model, prompt: &FilterPrompt, line: Rect) {
    let (left, remark, role) = match (prompt.real_mistake(), &prompt.mistake) {
        _ if prompt.is_selected => {
            let remark = "type to replace it, → to add to it".to_owned();
            (line, remark, Role::Bar)
        }
        (Some(mistake), _) => (line, explanation(model, mistake), Role::Error),
        // An unfinished filter is not a mistake: only what could come next is shown.
        (None, Some(mistake)) => (line, mistake.expected.clone(), Role::Bar),
        (None, None) => {
            let needed = cells(" filter ") + cells(prompt.text()) + 1;
            let left = position(painter, model, line, needed);
            (left, String::new(), Role::Bar)
        }
    };
    let input = ("filter", &prompt.input);
    let (seen, scroll) = typed(painter, left, input, &remark, role);
    if prompt.is_selected {
        let width = seen.width.saturating_sub(1);
        painter.tint(Rect { width, ..seen }, Role::Selected);
    }
    if let Some(mistake) = prompt.mistake.as_ref().filter(|_| role == Role::Error) {
        mark(painter, prompt.text(), mistake, (seen, scroll));
    }
}

/// Draws the line in which a day is typed, with the day that it means, or with the mistake after an attempt to accept
/// it.
fn day_prompt(painter: &mut Painter<'_>, model: &Model, entry: &DayInput, line: Rect) {
    let (remark, role) = match (&entry.mistake, entry.date()) {
        (Some(mistake), _) => (explanation(model, mistake), Role::Error),
        (None, Ok(date)) => (format!("by the end of {}", last_day(&date)), Role::Bar),
        (None, Err(mistake)) => (mistake.expected, Role::Bar),
    };
    let input = ("as of", &entry.input);
    let (seen, scroll) = typed(painter, line, input, &remark, role);
    if let Some(mistake) = &entry.mistake {
        mark(painter, entry.input.value(), mistake, (seen, scroll));
    }
}

/// Draws the line in which a version to compare with is typed.
fn baseline_prompt(painter: &mut Painter<'_>, model: &Model, prompt: &BaselinePrompt, line: Rect) {
    let (remark, role) = match &prompt.mistake {
        Some(mistake) => (explanation(model, mistake), Role::Error),
        None if prompt.is_reading => ("reading …".to_owned(), Role::Bar),
        None => ("a revision, a file or a day".to_owned(), Role::Bar),
    };
    typed(painter, line, ("since", &prompt.line.input), &remark, role);
}

/// The line for a note or a tag.
fn mark_prompt(painter: &mut Painter<'_>, prompt: &MarkPrompt, line: Rect) {
    let (sign, remark) = match prompt.part {
        MarkPart::Note => ("note", "empty removes it"),
        MarkPart::Tag => ("tag", "the same tag removes it"),
    };
    typed(painter, line, (sign, &prompt.line.input), remark, Role::Bar);
}

/// Marks the mistake in a line that is being edited, as far as it is on screen.
fn mark(painter: &mut Painter<'_>, text: &str, mistake: &QueryError, (seen, scroll): (Rect, u16)) {
    let before = text.get(..mistake.range.start).unwrap_or_default();
    let wrong = text.get(mistake.range.clone()).unwrap_or_default();
    // The part that is hidden to the left is not marked.
    let hidden = scroll.saturating_sub(cells(before));
    let x = cells(before).saturating_sub(scroll);
    painter.tint(
        Rect {
            x: seen.x.saturating_add(x),
            width: cells(wrong).max(1).saturating_sub(hidden),
            ..seen
        }
        .intersection(seen),
        Role::Mistake,
    );
}

/// The remedy of a mistake, or the mistake; empty where a box above explains both in full.
fn explanation(model: &Model, mistake: &QueryError) -> String {
    if has_mistake_box(model.regions().body) {
        return String::new();
    }
    let help = mistake.help.as_ref();
    help.unwrap_or(&mistake.message).clone()
}

/// The filter in force, or the view that it belongs to, with its label.
fn filter_words(model: &Model) -> Option<(&'static str, String)> {
    let Screen::Timeline(screen) = model.screen() else {
        return None;
    };
    let text = &screen.active_filter.text;
    match (screen.active_filter.view(), text.is_empty()) {
        (Some(title), _) => Some((" view ", title.to_owned())),
        (None, true) => None,
        (None, false) if screen.active_filter.surely_only => {
            Some((" filter ", format!("surely({text})")))
        }
        (None, false) => Some((" filter ", text.clone())),
    }
}

/// The cells of the filter in force and of the spaces around it.
fn filter_width(model: &Model) -> u16 {
    filter_words(model).map_or(0, |(label, words)| cells(label) + cells(&words) + 2)
}

/// Draws the filter in force. The first hint keeps its room next to it.
fn filter(painter: &mut Painter<'_>, model: &Model, line: Rect) -> Rect {
    let Some((label, shown)) = filter_words(model) else {
        return line;
    };
    let hint = hints::first_width(model) + 2;
    let room = Rect {
        width: line.width.saturating_sub(hint).max(line.width / 2),
        ..line
    };
    let rest = painter.text(room, label, Role::Key);
    let rest = painter.clipped(rest, &shown, Role::Bar);
    let rest = Rect {
        width: line.right().saturating_sub(rest.x),
        ..rest
    };
    painter.text(rest, "  ", Role::Bar)
}

/// The position in the list of events, or of the findings above it, at the right: in the longest form that leaves
/// `needed` cells, or else the shortest.
fn position(painter: &mut Painter<'_>, model: &Model, line: Rect, needed: u16) -> Rect {
    if let Some(Overlay::Problems(at)) = model.overlay() {
        let count = model.problems().len();
        return painter.right(line, &format!(" {} of {count} ", at + 1), Role::Bar);
    }
    let texts = match model.screen() {
        Screen::Page(page_view) => page_positions(model, page_view.subject.noun()),
        Screen::Timeline(_) if model.timeline().is_empty() => vec![" no events ".to_owned()],
        Screen::Timeline(screen) => positions(model, screen),
        Screen::Scene(scene) => vec![layers_to_come(model, scene)],
        Screen::Follower(_) => Vec::new(),
    };
    let fits = |text: &&String| cells(text).saturating_add(needed) <= line.width;
    let is_small = |text: &&String| cells(text) <= line.width / 2 + 8;
    // A notice appears once, but the count after every key: the count makes room for a notice.
    let shortest = || {
        texts
            .last()
            .filter(|text| is_small(text) && model.notice().is_none())
    };
    match texts.iter().find(fits).or_else(shortest) {
        Some(text) => painter.right(line, text, Role::Bar),
        None => line,
    }
}

/// How much of a scene is still to be revealed.
fn layers_to_come(model: &Model, screen: &SceneScreen) -> String {
    let briefing = model.briefing();
    let scene = briefing.and_then(|briefing| briefing.scene(model.timeline(), screen.at));
    let layers = scene.map_or(&[][..], |scene| &scene.reveal);
    match layers.get(screen.step) {
        Some(next) => format!(" next: {next} "),
        None => String::new(),
    }
}

/// The subject of a page. A page also shows what the filter hides, but the next and previous page keep to the filter,
/// so the words mention it.
fn page_positions(model: &Model, noun: &str) -> Vec<String> {
    let active_filter = model
        .active_filter()
        .filter(|active_filter| !active_filter.is_open());
    let hidden =
        active_filter.map(|active_filter| model.timeline().len() - active_filter.rows().len());
    let hidden = hidden.into_iter().flat_map(|hidden| {
        let words = [" by the filter", ""];
        words.map(|words| format!(" {noun} · {hidden} hidden{words} "))
    });
    hidden.chain([format!(" {noun} ")]).collect()
}

/// The selected row and the number of events that the filter shows of all, in full and shorter.
fn positions(model: &Model, screen: &TimelineScreen) -> Vec<String> {
    let all = model.timeline().len();
    let shown = screen.active_filter.rows().len();
    let below_fold = screen.fold.is_some_and(|fold| screen.selected > fold.line);
    let at = if shown == 0 {
        0
    } else {
        screen.selected + 1 - usize::from(below_fold)
    };
    let fold = screen.selected_fold();
    if screen.active_filter.is_open() {
        return vec![match fold {
            Some(fold) if fold.is_open => format!(" {} of {shown} unfolded ", fold.count),
            Some(fold) => format!(" {} of {shown} folded ", fold.count),
            None => format!(" {at} of {shown} "),
        }];
    }
    let (surely, uncertain) = screen.active_filter.shown_counts();
    let mut texts = match uncertain {
        0 => vec![format!(" {surely} of {all} ")],
        _ => vec![
            format!(" {surely} of {all} (+{uncertain} uncertain) "),
            format!(" {surely}+{uncertain} of {all} "),
        ],
    };
    if shown > 1 && model.size().width >= 100 && fold.is_none() {
        let full = format!(" row {at} ·{}", texts[0]);
        texts.insert(0, full);
    }
    texts
}
